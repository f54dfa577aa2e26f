"""Citations across a batch: which cited letter is in it, and the graph of them all."""

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from extractors.layout import plain
from extractors.references import find_references
from extractors.references.batch import letters_of, resolve_in_batch
from pipeline.writers import BATCH_WRITERS
from pipeline.writers.graph import GRAPHML, Edge, Graph, Node
from schemas.program import LetterFacts, Number, Program, Source
from schemas.reference import Kind

PLAN = Kind(code="KH", name="kế hoạch")


def program(file: str, number: str, issued: date | None, text: str) -> Program:
    """A letter of that number and date with that text."""
    return Program(
        source=Source(name=file, sha256="0" * 64, media_type="text/plain", pages=1, origin="text"),
        letter=LetterFacts(
            kind=PLAN,
            number=Number(text=number, canonical=number) if number else None,
            issued=issued,
            subject=f"Nội dung {file}",
        ),
        tasks=(),
        footnotes=(),
        references=find_references(plain(text), issued=issued, own_number=number),
        abbreviations=(),
        text=text,
    )


FIRST = program("a.txt", "1003/KH-UBND", date(2021, 3, 29), "Thực hiện Nghị quyết số 28/NQ-CP")
SECOND = program(
    "b.txt", "12/KH-SNV", date(2021, 4, 12),
    "khoản 2 Điều 5 Luật Bình đẳng giới; Kế hoạch số 1003 /KH-UBND ngày 29/3/2021 và"
    " Kế hoạch số 1003/KH-UBND ngày 29/3/2020\nKế hoạch số 1003/KH-UBND ngày 29/3/2021",
)  # fmt: skip
UNNUMBERED = program("c.txt", "", None, "Luật Bình đẳng giới, Điều 9")
BATCH = (FIRST, SECOND, UNNUMBERED)


def graph_of(programs: Sequence[Program]) -> tuple[list[Node], list[Edge]]:
    """Nodes and edges of a batch."""
    with closing(Graph()) as graph:
        for one in programs:
            graph.take(one)
        graph.settle()
        return list(graph.nodes()), list(graph.edges())


def test_a_cited_letter_of_the_batch_is_known_by_number_and_date() -> None:
    references = resolve_in_batch(SECOND, letters_of(BATCH)).references
    found = {r.id: r.resolved.title for r in references if r.resolved and r.number}
    assert found == {"r2": "Nội dung a.txt", "r4": "Nội dung a.txt"}
    assert [str(r.issued) for r in references if r.number] == [
        "2021-03-29", "2020-03-29", "2021-03-29",
    ]  # fmt: skip
    assert {r.resolved.source for r in references if r.id in found and r.resolved} == {"batch"}


def test_two_letters_alike_leave_the_citation_as_it_was() -> None:
    twin = program("d.txt", "1003/KH-UBND", date(2021, 3, 29), "")
    resolved = resolve_in_batch(SECOND, letters_of((*BATCH, twin)))
    assert resolved == SECOND


def test_letters_without_a_whole_number_are_not_citable() -> None:
    blank = program("e.txt", "/KH-UBND", date(2021, 3, 29), "")
    assert letters_of([blank, UNNUMBERED]) == {}


def test_nodes_are_documents_and_a_letter_is_one_of_them() -> None:
    documents, _ = graph_of(BATCH)
    nodes = {node.id: node for node in documents}
    assert nodes["vn/kh/1003-kh-ubnd/2021-03-29"].file == "a.txt"
    assert nodes["vn/luat/73-2006-qh11"].title == "Luật Bình đẳng giới"
    assert "file:c.txt#00000000" in nodes
    assert len(nodes) == len(documents)


def test_edges_tell_role_provisions_and_how_often() -> None:
    edges = {(edge.source, edge.target): edge for edge in graph_of(BATCH)[1]}
    own = "vn/kh/12-kh-snv/2021-04-12"
    assert edges[own, "vn/luat/73-2006-qh11"].provisions == ("khoản 2 Điều 5",)
    assert edges[own, "vn/kh/1003-kh-ubnd/2021-03-29"].times == 2
    assert edges["file:c.txt#00000000", "vn/luat/73-2006-qh11"].provisions == ("Điều 9",)


def test_a_citation_without_identifier_stays_with_its_letter() -> None:
    targets = [edge.target for edge in graph_of(BATCH)[1]]
    assert "vn/kh/1003-kh-ubnd/2021-03-29#28/NQ-CP" in targets


def test_both_files_tell_the_same_graph(tmp_path: Path) -> None:
    BATCH_WRITERS["graph"].write(BATCH, tmp_path / "citations.json")
    BATCH_WRITERS["graphml"].write(BATCH, tmp_path / "citations.graphml")
    told = json.loads((tmp_path / "citations.json").read_text(encoding="utf-8"))
    root = ElementTree.parse(tmp_path / "citations.graphml").getroot()
    nodes = [node.get("id") for node in root.iter(f"{{{GRAPHML}}}node")]
    edges = [(edge.get("source"), edge.get("target")) for edge in root.iter(f"{{{GRAPHML}}}edge")]
    assert nodes == [node["id"] for node in told["nodes"]]
    assert edges == [(edge["source"], edge["target"]) for edge in told["edges"]]


def test_every_attribute_is_declared(tmp_path: Path) -> None:
    BATCH_WRITERS["graphml"].write(BATCH, tmp_path / "citations.graphml")
    root = ElementTree.parse(tmp_path / "citations.graphml").getroot()
    keys = {key.get("id") for key in root.iter(f"{{{GRAPHML}}}key")}
    used = {data.get("key") for data in root.iter(f"{{{GRAPHML}}}data")}
    assert used
    assert used <= keys


def test_letters_of_one_name_without_a_number_are_two_documents() -> None:
    twin = UNNUMBERED.model_copy(
        update={"source": UNNUMBERED.source.model_copy(update={"sha256": "1" * 64})}
    )
    nodes, _ = graph_of([UNNUMBERED, twin])
    assert [node.id for node in nodes if node.file] == [
        "file:c.txt#00000000",
        "file:c.txt#11111111",
    ]


@pytest.mark.parametrize("name", ["graph", "graphml"])
def test_an_empty_batch_is_an_empty_graph(name: str, tmp_path: Path) -> None:
    BATCH_WRITERS[name].write((), tmp_path / "graph")
    assert (tmp_path / "graph").stat().st_size > 0
