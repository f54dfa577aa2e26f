"""congvan's reading in the few keys that peers can be compared on."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.parse import parse
from pipeline.readers import read
from schemas.paper import Line, Table
from schemas.task import Task


def facts_of(path: Path) -> dict[str, Any]:
    program = parse(path)
    number, issued = program.letter.number, program.letter.issued
    return {
        "number": number.canonical if number and number.sequence else None,
        "issued": issued.isoformat() if issued else None,
        "tasks": [_task(task) for task in program.tasks],
        "references": sorted({r.number for r in program.references if r.number}),
        "footnotes": [[note.mark, note.text] for note in program.footnotes],
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "text": task.text,
        "leads": [owner.party.text for owner in task.owners if owner.role == "lead"],
        "dues": [day.due.isoformat() for day in task.deadlines if day.due],
    }


def marked_text(path: Path) -> str:
    """The paper as Markdown: calls as [^mark], notes below, tables as rows."""
    paper = read(path.read_bytes(), path.name)
    return "\n".join(piece for page in paper.pages for piece in map(_marked, page.blocks) if piece)


def _marked(block: Line | Table) -> str:
    if isinstance(block, Table):
        return "\n".join(_rows(block))
    if block.role == "furniture":
        return ""
    return f"[^{block.mark}]: {block.text}" if block.role == "note" and block.mark else _line(block)


def _line(line: Line) -> str:
    text = line.text
    for call in sorted(line.calls, key=lambda call: -call.at):
        text = f"{text[: call.at]}[^{call.mark}]{text[call.at :]}"
    return text


def _rows(table: Table) -> Iterator[str]:
    """The rows of the table, a merged cell in each row that it covers."""
    places = (
        (row, cell.column, " ".join(map(_line, cell.lines)))
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rows)
    )
    for _, row in groupby(sorted(places), key=lambda place: place[0]):
        yield "| " + " | ".join(words for _, _, words in row) + " |"
