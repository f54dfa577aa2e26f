"""How does a sheet of a spreadsheet become lines and tables?

An annex in a spreadsheet is a table with drawn lines, titles above it and signatures below.
Rows with drawn lines are the table; other rows are lines, two cells side by side a layout table.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from pipeline.readers.halves import goes_on, going_on
from pipeline.readers.legacy import restore
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
        return self._areas.get(place, Merged(*place, *place))

    @cached_property
    def _areas(self) -> dict[Place, Merged]:
        return {(area.top, area.left): area for area in self.merged}

    @cached_property
    def shown(self) -> dict[int, list[Place]]:
        """The cells that show something themselves, by row: not those under a merged range."""
        covered = {
            place
            for area in self.merged
            for place in _places(area, {row for row, _ in self.cells})
            if place != (area.top, area.left)
        }
        rows: dict[int, list[Place]] = {}
        for place in sorted(self.cells.keys() - covered):
            rows.setdefault(place[0], []).append(place)
        return rows

    def written(self, row: int) -> list[Place]:
        """The cells of a row with words in them."""
        return [place for place in self.shown.get(row, ()) if self.cells[place].run.text.strip()]


def _places(area: Merged, rows: set[int]) -> Iterator[Place]:
    """The places of a merged range in rows that hold something; a range may span a whole sheet."""
    for row in rows.intersection(range(area.top, area.bottom + 1)):
        yield from ((row, column) for column in range(area.left, min(area.right, 999) + 1))


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
    start = next((at for at, row in enumerate(rows) if len(sheet.written(row)) > 2), len(rows))
    end = start
    while end < len(rows) and rows[end] - rows[start] == end - start:  # until a blank row
        end += 1
    return frozenset(rows[start:end])


def _outside(sheet: Sheet, rows: Sequence[int], page: int) -> Iterator[Block]:
    """Rows without drawn lines: two or more cells side by side are a layout table."""
    sides = groupby(rows, key=lambda row: len(sheet.written(row)) > 1)
    for beside, group in sides:
        if beside:
            yield from _table(sheet, list(group), page)
            continue
        for row in group:
            for place in sheet.written(row):
                yield from _lines(sheet.cells[place], page)


def _table(sheet: Sheet, rows: Sequence[int], page: int) -> Iterator[Table]:
    """The table of those rows, without columns and last rows in which nothing stands."""
    while rows and not sheet.written(rows[-1]):
        rows = rows[:-1]
    places = [place for row in rows for place in sheet.shown.get(row, ())]
    columns = sorted({column for row in rows for _, column in sheet.written(row)})
    cells = tuple(_cells(sheet, places, (rows, columns), page))
    if any(cell.lines for cell in cells):
        ruled = len(columns) > 2 or any(sheet.cells[place].edges > 1 for place in places)
        yield Table(page=page, rows=len(rows), columns=len(columns), cells=cells, ruled=ruled)


def _cells(
    sheet: Sheet, places: Sequence[Place], grid: tuple[Sequence[int], Sequence[int]], page: int
) -> Iterator[Cell]:
    rows, columns = grid
    for place in places:
        area = sheet.span(place)
        high, wide = _covered(rows, area.top, area.bottom), _covered(columns, area.left, area.right)
        if wide:
            yield Cell(
                row=high.start,
                column=wide.start,
                rows=len(high),
                columns=len(wide),
                lines=tuple(_lines(sheet.cells[place], page)),
            )


def _covered(numbers: Sequence[int], first: int, last: int) -> range:
    """Where the numbers from first to last stand among the sorted ones."""
    return range(bisect_left(numbers, first), bisect_right(numbers, last))


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
