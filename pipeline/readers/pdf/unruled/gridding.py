"""Which cells does a table without closed ruling have, and what does each hold?"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.readers.pdf.gridcells import GridCell
from pipeline.readers.pdf.grids import Grid
from pipeline.readers.pdf.rows import Row
from pipeline.readers.pdf.unruled.levels import Held, Level, levels_of
from pipeline.readers.pdf.unruled.pieces import Strip, pieces_of, walls_between
from pipeline.readers.pdf.unruled.reach import Part, Table
from pipeline.readers.pdf.unruled.starts import is_in_middle, starts_of, strokes_in
from schemas.paper import Box

_PADDING = 5.0
"""Points between the words of a cell and where its border would be."""


class Found(NamedTuple):
    """A table, or the part of one on a page: its grid, the rows of each cell, those it takes."""

    grid: Grid
    cells: list[list[Row]]
    rows: frozenset[int]


def found_in(table: Table, part: Part) -> Found:
    """The grid of what stands on one page."""
    walls = walls_between(table.strips)
    rows = part.page.rows[part.first : part.last + 1]
    levels = levels_of(part, walls)
    starts = starts_of(levels, strokes_in(part), is_in_middle(levels_of(table.parts[0], walls)))
    records = _records(levels, starts)
    head = _head(rows[: part.head], table.header.over, walls)
    return _gridded(head, records, _edges(table, walls), frozenset(map(id, rows)))


def _edges(table: Table, walls: Sequence[float]) -> list[Strip]:
    """From where to where each column's words stand."""
    held = [
        (piece.column, piece.row)
        for part in table.parts
        for level in levels_of(part, walls)
        if not level.crossing
        for piece in level.held
    ]
    edges = []
    for column, (left, right) in enumerate(table.header.columns):
        x0 = min([row.x0 for at, row in held if at == column], default=left)
        x1 = max([row.x1 for at, row in held if at == column], default=right)
        edges.append((x0 - _PADDING, x1 + _PADDING))
    return edges


class _Slot(NamedTuple):
    """A cell: the rows and columns it covers, and what it holds from top to bottom."""

    row: int
    column: int
    rows: int
    columns: int
    held: list[Row]


def _records(levels: Sequence[Level], starts: Sequence[bool]) -> list[list[Held]]:
    records: list[list[Held]] = []
    for level, start in zip(levels, starts, strict=True):
        if start or not records:
            records.append([])
        records[-1] += level.held
    return records


def _head(rows: Sequence[Row], over: dict[str, Strip], walls: Sequence[float]) -> list[_Slot]:
    """The cells of the header: two rows high where a name stands over several columns."""
    deep = 2 if over else 1
    cells: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        for piece in pieces_of(row):
            start, end = over.get(piece.text, (piece.x0, piece.x1))
            first = sum(wall < start + 1 for wall in walls)
            last = max(first, sum(wall < end - 1 for wall in walls))
            cells.setdefault((first, last), []).append(piece.row)
    covered = {c for first, last in cells if last > first for c in range(first, last + 1)}
    slots = []
    for (first, last), held in cells.items():
        wide, below = last > first, deep > 1 and last == first and first in covered
        high = 1 if wide or below else deep
        slots.append(_Slot(int(below), first, high, last - first + 1, held))
    return slots


def _gridded(
    head: Sequence[_Slot],
    records: Sequence[Sequence[Held]],
    edges: Sequence[Strip],
    rows: frozenset[int],
) -> Found:
    """The grid with every cell that is empty, and what the others hold."""
    deep = max((slot.row + slot.rows for slot in head), default=0)
    slots = [*head]
    for number, record in enumerate(records, deep):
        slots += _slots(number, record)
    high = deep + len(records)
    slots += _empty(slots, high, len(edges))
    slots.sort(key=lambda slot: slot[:2])
    reaches = _reaches(slots, high)
    box: Box = (edges[0][0], reaches[0][0], edges[-1][1], reaches[-1][1])
    cells = tuple(_cell(slot, edges, reaches) for slot in slots)
    grid = Grid(box, high, len(edges), cells, ruled=False)
    return Found(grid, [slot.held for slot in slots], rows)


def _empty(slots: Sequence[_Slot], high: int, wide: int) -> list[_Slot]:
    """The cells that no slot covers."""
    taken = {
        (row, column)
        for slot in slots
        for row in range(slot.row, slot.row + slot.rows)
        for column in range(slot.column, slot.column + slot.columns)
    }
    places = ((row, column) for row in range(high) for column in range(wide))
    return [_Slot(*place, 1, 1, []) for place in places if place not in taken]


def _cell(slot: _Slot, edges: Sequence[Strip], reaches: Sequence[Strip]) -> GridCell:
    across = (edges[slot.column][0], edges[slot.column + slot.columns - 1][1])
    down = (reaches[slot.row][0], reaches[slot.row + slot.rows - 1][1])
    box = (across[0], down[0], across[1], down[1])
    return GridCell(slot.row, slot.column, slot.rows, slot.columns, box)


def _slots(number: int, record: Sequence[Held]) -> Iterator[_Slot]:
    """The cells of a row of the table."""
    cells: dict[int, list[Held]] = {}
    for held in record:
        cells.setdefault(held.column, []).append(held)
    for column, pieces in cells.items():
        wide = max(held.columns for held in pieces)
        yield _Slot(number, column, 1, wide, [held.row for held in pieces])


def _reaches(slots: Sequence[_Slot], high: int) -> list[Strip]:
    """From where to where each row of the table stands."""
    reaches: list[Strip] = []
    for number in range(high):
        boxes = [row.box for slot in slots if slot.row == number for row in slot.held]
        end = reaches[-1][1] if reaches else 0.0
        reaches.append(
            (min(box[1] for box in boxes), max(box[3] for box in boxes)) if boxes else (end, end)
        )
    return reaches
