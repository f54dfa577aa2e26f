"""Which typed lines are rows of a table, their cells parted by tabs or bars?

Text copied out of Word parts cells by tabs; letters typed by hand part them by " | ", and some
draw a bar at both ends of a row and a rule of dashes below the header, as Markdown does.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import regex

from schemas.paper import Cell, Line, Table

_FEWEST_ROWS = 2
_FEWEST_CELLS = 3  # two columns are a letterhead, or the recipients beside the signature
_PARTS = (regex.compile(r"\t"), regex.compile(r"(?<=^| )\|(?= |$)"))
_OUTER_BARS = regex.compile(r"^\|(?= )|(?<= )\|$")
_RULED = regex.compile(r"\s*[|+](?:\s*[:=-]{2,}\s*[|+])+\s*")


def cells_of(text: str) -> list[str]:
    """The cells of a line; [] where no tab and no bar parts it.

    A row barred at both ends may be one cell.
    """
    if "\t" not in text and "|" not in text:
        return []
    row = text.strip(" ")
    if bars := len(_OUTER_BARS.findall(row)) > 1:
        row = row[1:-1]
    for part in _PARTS:
        cells = [cell.strip() for cell in part.split(row)]
        if len(cells) > 1 and any(cells):
            return cells
    return [row.strip()] if bars else []


def is_ruled(text: str) -> bool:
    """A rule drawn between two rows: "|---|---|"."""
    return _RULED.fullmatch(text) is not None


def table_rows(texts: Sequence[str]) -> Iterator[range]:
    """The lines that are tables: rows one after the other, the first and most of them with words
    in three cells or more; a row with fewer is the title of a group."""
    counts = [len([cell for cell in cells_of(text) if cell]) for text in texts]
    at = 0
    while at < len(counts):
        end = at + 1 if counts[at] >= _FEWEST_CELLS else at
        while at < end < len(counts) and (counts[end] or is_ruled(texts[end])):
            end += 1
        whole = sum(count >= _FEWEST_CELLS for count in counts[at:end])
        if whole >= _FEWEST_ROWS and 2 * whole >= sum(map(bool, counts[at:end])):
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
