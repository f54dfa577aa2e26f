"""How does a sheet of a spreadsheet become lines and tables?

An annex in a spreadsheet is a table with drawn lines, titles above it and signatures below.
Rows with drawn lines are the table; other rows are lines, two cells side by side a layout table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from pipeline.readers.legacy import restore
from pipeline.readers.notes import goes_on, going_on
from pipeline.readers.runs import Frame, Run, line_of
from schemas.paper import Block, Cell, Line, Table

Place = tuple[int, int]
"""Row and column of a sheet."""


class Filled(NamedTuple):
    """A cell of a sheet: what it shows and how. `edges`: how many of its sides are drawn."""

    run: Run
    centered: bool = False
    edges: int = 0


class Merged(NamedTuple):
    """Rows and columns of a merged range, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """The cells of a sheet that hold something or are ruled, and its merged ranges."""

    cells: Mapping[Place, Filled]
    merged: Sequence[Merged]

    def span(self, place: Place) -> Merged:
        """The range that a cell covers."""
        return next(
            (area for area in self.merged if (area.top, area.left) == place), Merged(*place, *place)
        )

    def hidden(self, place: Place) -> bool:
        """Whether a cell lies under a merged range and shows nothing itself."""
        row, column = place
        return any(
            area.top <= row <= area.bottom
            and area.left <= column <= area.right
            and (area.top, area.left) != place
            for area in self.merged
        )


def blocks_of_sheet(sheet: Sheet, page: int) -> Iterator[Block]:
    """The lines and tables of a sheet, from the top."""
    rows = sorted({row for row, _ in sheet.cells})
    of_tables = _table_rows(sheet, rows)
    for is_table, group in groupby(rows, key=of_tables.__contains__):
        if is_table:
            yield from _table(sheet, list(group), page)
        else:
            yield from _outside(sheet, list(group), page)


def _table_rows(sheet: Sheet, rows: Sequence[int]) -> frozenset[int]:
    """Rows of a table: those with drawn lines; without any, from the first with three cells on."""
    ruled = {row for (row, _), cell in sheet.cells.items() if cell.edges > 1}
    if ruled:
        return frozenset(ruled)
    start = next((at for at, row in enumerate(rows) if len(_written(sheet, row)) > 2), len(rows))
    end = start
    while end < len(rows) and rows[end] - rows[start] == end - start:  # until a blank row
        end += 1
    return frozenset(rows[start:end])


def _outside(sheet: Sheet, rows: Sequence[int], page: int) -> Iterator[Block]:
    """Rows without drawn lines: two or more cells side by side are a layout table."""
    sides = groupby(rows, key=lambda row: len(_written(sheet, row)) > 1)
    for beside, group in sides:
        if beside:
            yield from _table(sheet, list(group), page)
            continue
        for row in group:
            for place in _written(sheet, row):
                yield from _lines(sheet.cells[place], page)


def _written(sheet: Sheet, row: int) -> list[Place]:
    return [
        place
        for place, cell in sorted(sheet.cells.items())
        if place[0] == row and cell.run.text.strip() and not sheet.hidden(place)
    ]


def _table(sheet: Sheet, rows: Sequence[int], page: int) -> Iterator[Table]:
    """The table of those rows, without columns and last rows in which nothing stands."""
    while rows and not _written(sheet, rows[-1]):
        rows = rows[:-1]
    places = [p for p in sheet.cells if p[0] in set(rows) and not sheet.hidden(p)]
    columns = sorted({column for row in rows for _, column in _written(sheet, row)})
    cells = tuple(_cells(sheet, sorted(places), (rows, columns), page))
    if any(cell.lines for cell in cells):
        ruled = len(columns) > 2 or any(sheet.cells[place].edges > 1 for place in places)
        yield Table(page=page, rows=len(rows), columns=len(columns), cells=cells, ruled=ruled)


def _cells(
    sheet: Sheet, places: Sequence[Place], grid: tuple[Sequence[int], Sequence[int]], page: int
) -> Iterator[Cell]:
    rows, columns = grid
    for place in places:
        area = sheet.span(place)
        covered_rows = [at for at, row in enumerate(rows) if area.top <= row <= area.bottom]
        covered = [at for at, column in enumerate(columns) if area.left <= column <= area.right]
        if covered:
            yield Cell(
                row=covered_rows[0],
                column=covered[0],
                rows=len(covered_rows),
                columns=len(covered),
                lines=tuple(_lines(sheet.cells[place], page)),
            )


def _lines(cell: Filled, page: int) -> Iterator[Line]:
    """The lines of a cell; one that breaks in mid-sentence goes on."""
    (run,) = restore([cell.run])
    last: Line | None = None
    for text in run.text.splitlines():
        line = line_of([run._replace(text=text)], Frame(page, centered=cell.centered))
        if line is None:
            continue
        if last is not None and goes_on(last.text, line.text):
            line = going_on(line)
        yield line
        last = line
