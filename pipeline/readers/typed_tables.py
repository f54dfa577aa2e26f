"""Which typed lines are rows of a table, their cells parted by tabs or bars?

Text copied out of Word parts cells by tabs; letters typed by hand part them by " | ".
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import regex

from schemas.paper import Cell, Line, Table

_FEWEST_ROWS = 2
_FEWEST_CELLS = 3  # two columns are a letterhead, or the recipients beside the signature
_PARTS = (regex.compile(r"\t"), regex.compile(r"(?<=^| )\|(?= |$)"))


def cells_of(text: str) -> list[str]:
    """The cells of a line; [] where no tab and no bar parts it."""
    for part in _PARTS:
        cells = [cell.strip() for cell in part.split(text.strip(" "))]
        if len(cells) > 1 and any(cells):
            return cells
    return []


def table_rows(texts: Sequence[str]) -> Iterator[range]:
    """The lines that are tables: rows one after the other, the first and most of them with words
    in three cells or more; a row with fewer is the title of a group."""
    counts = [len([cell for cell in cells_of(text) if cell]) for text in texts]
    at = 0
    while at < len(counts):
        end = at
        while end < len(counts) and counts[end] >= (_FEWEST_CELLS if end == at else 1):
            end += 1
        whole = sum(count >= _FEWEST_CELLS for count in counts[at:end])
        if whole >= _FEWEST_ROWS and 2 * whole >= end - at:
            yield range(at, end)
        at = max(end, at + 1)


def table_of(
    grid: Sequence[Sequence[str]], page: int, lines_of: Callable[[str], Iterable[Line]]
) -> Table:
    """The table of these cells; its first row is the header."""
    return Table(
        page=page,
        rows=len(grid),
        columns=max(map(len, grid)),
        cells=tuple(
            Cell(row=at, column=column, lines=tuple(lines_of(text)))
            for at, row in enumerate(grid)
            for column, text in enumerate(row)
        ),
        header_rows=1,
    )
