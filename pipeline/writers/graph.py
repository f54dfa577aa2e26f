"""Who cites what? The citations of a batch as a graph, in JSON and in GraphML.

Nodes are documents, named by their canonical identifier (docs/references.md); a letter of the
batch is a node like any other, with its file. Edges go from the letter that cites to the document
cited, one for each role, with the provisions and the tasks that cite. A citation without an
identifier (no date, a law not resolved) is a node of its letter alone, so that nothing is merged
on a guess; so is a letter without a number, named by its file and its content.

Which letter is cited is known when all of them have come. Until then they wait in a file of SQLite
that is gone with the connection, so that memory does not grow with the batch.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from extractors.references.batch import BatchLetter, letter_identifier, named_in_batch
from schemas.program import Program
from schemas.reference import Reference

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_TABLES = """
CREATE TABLE letters (number TEXT, issued TEXT, subject TEXT, file TEXT, id TEXT);
CREATE INDEX by_number ON letters (number);
CREATE TABLE citations (number TEXT, issued TEXT, node TEXT, edge TEXT);
CREATE TABLE nodes (id TEXT PRIMARY KEY, told TEXT);
CREATE TABLE edges (source TEXT, target TEXT, role TEXT, told TEXT,
    PRIMARY KEY (source, target, role));
"""


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


class Graph:
    """Takes the letters one by one, then tells nodes and edges in their order."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")

    def close(self) -> None:
        """Give the file free."""
        self._db.close()

    def take(self, program: Program) -> None:
        """A letter as a node, and what it cites."""
        node = _letter_node(program)
        self._put(node)
        number = (node.number or "").upper()
        if number[:1].isdigit():
            cells = (number, node.issued, node.title, node.file, node.id)
            self._db.execute("INSERT INTO letters VALUES (?, ?, ?, ?, ?)", cells)
        self._db.executemany(
            "INSERT INTO citations VALUES (?, ?, ?, ?)",
            (_citation(program, reference, node.id) for reference in program.references),
        )

    def settle(self) -> None:
        """All letters have come: every citation finds its document."""
        for number, issued, node, edge in self._db.execute("SELECT * FROM citations"):
            cited = Node(*json.loads(node))
            letter = self._named(number, date.fromisoformat(issued) if issued else None)
            if letter is None:
                self._put(cited)
            self._add(_edge_of(edge)._replace(target=letter or cited.id))

    def nodes(self) -> Iterator[Node]:
        """Every document once: a letter, then what the letters cite."""
        rows = self._db.execute("SELECT told FROM nodes ORDER BY rowid")
        return (Node(*json.loads(told)) for (told,) in rows)

    def edges(self) -> Iterator[Edge]:
        """Every citation, in the order of the letters."""
        rows = self._db.execute("SELECT told FROM edges ORDER BY rowid")
        return (_edge_of(told) for (told,) in rows)

    def _named(self, number: str, issued: date | None) -> str | None:
        """The node of the one letter of the batch that a citation names."""
        found = self._db.execute("SELECT * FROM letters WHERE number = ?", (number,))
        alike = {
            BatchLetter(number, date.fromisoformat(day) if day else None, subject, file): id_
            for _, day, subject, file, id_ in found
        }
        letter = named_in_batch(number, issued, {number: tuple(alike)})
        return alike[letter] if letter else None

    def _put(self, node: Node) -> None:
        self._db.execute("INSERT OR IGNORE INTO nodes VALUES (?, ?)", (node.id, json.dumps(node)))

    def _add(self, edge: Edge) -> None:
        """Citations of one document in one role are one edge."""
        row = self._db.execute(
            "SELECT told FROM edges WHERE source = ? AND target = ? AND role = ?", edge[:3]
        ).fetchone()
        whole = _joined(_edge_of(row[0]), edge) if row else edge
        self._db.execute(
            "INSERT INTO edges VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET told = excluded.told",
            (*edge[:3], json.dumps(whole)),
        )


@contextmanager
def graph_json_at(path: Path) -> Iterator[Callable[[Program], None]]:
    """{"nodes": […], "edges": […]}, a node or an edge a line."""
    with _settled() as graph:
        yield graph.take
        graph.settle()
        with path.open("w", encoding="utf-8") as stream:
            stream.write('{"directed": true,\n"nodes": [')
            stream.writelines(_listed(graph.nodes()))
            stream.write('],\n"edges": [')
            stream.writelines(_listed(graph.edges()))
            stream.write("]}\n")


@contextmanager
def graphml_at(path: Path) -> Iterator[Callable[[Program], None]]:
    """GraphML 1.0: every attribute declared as a key; lists are joined by "; "."""
    with _settled() as graph:
        yield graph.take
        graph.settle()
        with etree.xmlfile(str(path), encoding="utf-8") as stream:
            stream.write_declaration()
            with stream.element("graphml", xmlns=GRAPHML):
                for key in (*_keys("node", Node._fields[1:]), *_keys("edge", Edge._fields[2:])):
                    stream.write(key, "\n")
                with stream.element("graph", id="citations", edgedefault="directed"):
                    for node in graph.nodes():
                        stream.write(_element("node", {"id": node.id}, node._asdict()), "\n")
                    for edge in graph.edges():
                        ends = {"source": edge.source, "target": edge.target}
                        stream.write(_element("edge", ends, edge._asdict()), "\n")


def _settled() -> closing[Graph]:
    return closing(Graph())


def _letter_node(program: Program) -> Node:
    letter, source = program.letter, program.source
    return Node(
        letter_identifier(letter) or f"file:{source.name}#{source.sha256[:8]}",
        letter.kind.name if letter.kind else None,
        letter.number.canonical if letter.number else None,
        letter.subject,
        letter.issued.isoformat() if letter.issued else None,
        source.name,
    )


def _citation(program: Program, reference: Reference, letter: str) -> tuple[str | None, ...]:
    """What a citation names, the document as it tells it, and its edge."""
    return (
        (reference.number or "").upper(),
        reference.issued.isoformat() if reference.issued else None,
        json.dumps(_cited(reference, letter)),
        json.dumps(_edge(program, reference, letter)),
    )


def _cited(reference: Reference, letter: str) -> Node:
    """The node of a document outside the batch."""
    resolved = reference.resolved
    number = reference.number or (resolved.number if resolved else None)
    title = reference.title or (resolved.title if resolved else None)
    issued = reference.issued or (resolved.issued if resolved else None)
    return Node(
        reference.canonical or f"{letter}#{number or title}",
        reference.kind.name if reference.kind else None,
        number,
        title,
        issued.isoformat() if issued else None,
        None,
    )


def _edge(program: Program, reference: Reference, letter: str) -> Edge:
    tasks = tuple(task.id for task in program.tasks if reference.id in task.references)
    places = tuple(place.text for place in reference.provisions)
    return Edge(letter, "", reference.role, places, tasks, 1)


def _edge_of(told: str) -> Edge:
    source, target, role, provisions, tasks, times = json.loads(told)
    return Edge(source, target, role, tuple(provisions), tuple(tasks), times)


def _joined(known: Edge, edge: Edge) -> Edge:
    return known._replace(
        provisions=tuple(dict.fromkeys(known.provisions + edge.provisions)),
        tasks=tuple(dict.fromkeys(known.tasks + edge.tasks)),
        times=known.times + edge.times,
    )


def _listed(things: Iterable[Node | Edge]) -> Iterator[str]:
    """Each thing on a line of its own."""
    for number, thing in enumerate(things):
        yield ("," if number else "") + "\n" + json.dumps(thing._asdict(), ensure_ascii=False)


def _keys(domain: str, names: Iterable[str]) -> "Iterator[etree._Element]":
    for name in names:
        kind = "int" if name == "times" else "string"
        key = {"id": f"{domain}.{name}", "for": domain, "attr.name": name, "attr.type": kind}
        yield etree.Element("key", key)


def _element(domain: str, ends: dict[str, str], told: dict[str, object]) -> "etree._Element":
    element = etree.Element(domain, ends)
    for name, value in told.items():
        if name in ("id", "source", "target") or value in (None, ()):
            continue
        data = etree.SubElement(element, "data", key=f"{domain}.{name}")
        data.text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return element
