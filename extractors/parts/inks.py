"""What are the lines of the paper, in one run?"""

from collections.abc import Iterator

from extractors.parts.ink import Column, Ink
from extractors.parts.landmarks import says
from extractors.text import fold
from schemas.paper import Cell, Line, Page, Paper, Table


def inks_of(paper: Paper) -> Iterator[Ink]:
    """The lines of all pages in reading order, layout tables as their lines."""
    previous = ""
    for page in paper.pages:
        edges = _edges(page) if len(paper.pages) > 1 else ()
        for at, block in enumerate(page.blocks):
            if isinstance(block, Line):
                previous = fold(block.text)
                yield _ink(block, previous, page.number, block.column, edge=at in edges)
            elif _is_layout(block, previous):
                yield from _flattened(block, page.number, by_row=_lists_addressees(block, previous))
            else:
                yield Ink(block, "", page.number)


def _edges(page: Page) -> tuple[int, ...]:
    return (0, len(page.blocks) - 1)


def _ink(line: Line, key: str, page: int, column: Column | None, *, edge: bool = False) -> Ink:
    return Ink(line, key, page, column, line.bold, line.centered, line.box, edge)


def _is_layout(table: Table, before: str) -> bool:
    """A table that only puts lines side by side: letterhead, addressees, Nơi nhận and signature."""
    if _lists_addressees(table, before):
        return True
    if len(table.cells) > 16:
        return False
    lines = [fold(line.text) for cell in table.cells for line in cell.lines]
    if any(says(name, line) for line in lines for name in _LAYOUT):
        return True
    return not table.ruled and any(
        says(name, line) for line in lines for name in ("tail.position", "letterhead.dateline")
    )


_LAYOUT = (
    "letterhead.country",
    "letterhead.motto",
    "letterhead.party",
    "tail.recipients",
    "tail.authority",
)


def _lists_addressees(table: Table, before: str) -> bool:
    """Kính gửi as a table: below the words or with them in its first cell."""
    if len(table.cells) > 16:
        return False
    first = next((fold(line.text) for cell in table.cells for line in cell.lines), "")
    return any(says("letterhead.to", key) and key.endswith(":") for key in (before, first))


def _flattened(table: Table, page: int, *, by_row: bool) -> Iterator[Ink]:
    """The lines of a layout table, column by column."""

    def reading(cell: Cell) -> tuple[int, int]:
        return (cell.row, cell.column) if by_row else (cell.column, cell.row)

    for cell in sorted(table.cells, key=reading):
        column = None if by_row else _side(cell, table)
        for line in cell.lines:
            yield _ink(line, fold(line.text), page, column)


def _side(cell: Cell, table: Table) -> Column | None:
    if table.columns < 2 or cell.columns >= table.columns:
        return None
    return "left" if cell.column < table.columns / 2 else "right"
