"""Who cites what? The citations of a batch as a graph, in JSON and in GraphML.

Nodes are documents, named by their canonical identifier (docs/references.md); a letter of the
batch is a node like any other, with its file. Edges go from the letter that cites to the document
cited, one for each role, with the provisions and the tasks that cite. A citation without an
identifier (no date, a law not resolved) is a node of its letter alone, so that nothing is merged
on a guess.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from extractors.references.batch import Batch, letter_identifier, letters_of, named_in_batch
from schemas.program import Program
from schemas.reference import Reference

GRAPHML = "http://graphml.graphdrawing.org/xmlns"


class Node(NamedTuple):
    """A document. `file`: its file where it is a letter of the batch."""

    id: str
    kind: str | None
    number: str | None
    title: str | None
    issued: str | None
    file: str | None


class Edge(NamedTuple):
    """A citation of `target` by `source`: its role, provisions, tasks and how often."""

    source: str
    target: str
    role: str
    provisions: tuple[str, ...]
    tasks: tuple[str, ...]
    times: int


class Graph(NamedTuple):
    """Nodes by identifier, edges in the order of the letters."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def write_graph_json(programs: Iterable[Program], path: Path) -> None:
    """{"nodes": […], "edges": […]}, indented UTF-8."""
    graph = graph_of(programs)
    document = {
        "directed": True,
        "nodes": [node._asdict() for node in graph.nodes],
        "edges": [edge._asdict() for edge in graph.edges],
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_graphml(programs: Iterable[Program], path: Path) -> None:
    """GraphML 1.0: every attribute declared as a key; lists are joined by "; "."""
    graph = graph_of(programs)
    root = ElementTree.Element("graphml", xmlns=GRAPHML)
    _keys(root, "node", Node._fields[1:])
    _keys(root, "edge", Edge._fields[2:])
    body = ElementTree.SubElement(root, "graph", id="citations", edgedefault="directed")
    for node in graph.nodes:
        _data(ElementTree.SubElement(body, "node", id=node.id), "node", node._asdict())
    for edge in graph.edges:
        element = ElementTree.SubElement(body, "edge", source=edge.source, target=edge.target)
        _data(element, "edge", edge._asdict())
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def graph_of(programs: Iterable[Program]) -> Graph:
    """The citations of all letters as one graph."""
    letters = tuple(programs)
    batch = letters_of(letters)
    ids = {program.source.name: _letter_id(program) for program in letters}
    nodes = {ids[program.source.name]: _letter_node(program) for program in letters}
    edges: dict[tuple[str, str, str], Edge] = {}
    for program in letters:
        for reference in program.references:
            node = _cited(program, reference, batch, ids)
            nodes.setdefault(node.id, node)
            _add(edges, _edge(program, reference, node.id))
    return Graph(tuple(nodes.values()), tuple(edges.values()))


def _letter_id(program: Program) -> str:
    return letter_identifier(program.letter) or f"file:{program.source.name}"


def _letter_node(program: Program) -> Node:
    letter = program.letter
    return Node(
        _letter_id(program),
        letter.kind.name if letter.kind else None,
        letter.number.canonical if letter.number else None,
        letter.subject,
        letter.issued.isoformat() if letter.issued else None,
        program.source.name,
    )


def _cited(program: Program, reference: Reference, batch: Batch, ids: dict[str, str]) -> Node:
    """The node of the cited document: a letter of the batch, or a document outside it."""
    letter = named_in_batch(reference, batch)
    resolved = reference.resolved
    number = reference.number or (resolved.number if resolved else None)
    title = reference.title or (resolved.title if resolved else None)
    issued = reference.issued or (resolved.issued if resolved else None)
    local = f"{_letter_id(program)}#{number or title}"
    return Node(
        ids[letter.file] if letter else reference.canonical or local,
        reference.kind.name if reference.kind else None,
        number,
        title,
        issued.isoformat() if issued else None,
        None,
    )


def _edge(program: Program, reference: Reference, target: str) -> Edge:
    tasks = tuple(task.id for task in program.tasks if reference.id in task.references)
    places = tuple(place.text for place in reference.provisions)
    return Edge(_letter_id(program), target, reference.role, places, tasks, 1)


def _add(edges: dict[tuple[str, str, str], Edge], edge: Edge) -> None:
    """Citations of one document in one role are one edge."""
    known = edges.setdefault(edge[:3], edge._replace(times=0))
    edges[edge[:3]] = Edge(
        *edge[:3],
        tuple(dict.fromkeys(known.provisions + edge.provisions)),
        tuple(dict.fromkeys(known.tasks + edge.tasks)),
        known.times + 1,
    )


def _keys(root: ElementTree.Element, domain: str, names: Iterable[str]) -> None:
    for name in names:
        kind = "int" if name == "times" else "string"
        attributes = {"id": f"{domain}.{name}", "for": domain, "attr.name": name,
                      "attr.type": kind}  # fmt: skip
        ElementTree.SubElement(root, "key", attributes)


def _data(element: ElementTree.Element, domain: str, values: dict[str, object]) -> None:
    for name, value in values.items():
        if name in ("id", "source", "target") or value in (None, ()):
            continue
        data = ElementTree.SubElement(element, "data", key=f"{domain}.{name}")
        data.text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
