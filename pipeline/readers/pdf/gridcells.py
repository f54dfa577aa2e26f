"""Which cells lie between the lines of a grid?

Where a piece of ruling between two cells is missing, the cells are one.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.readers.pdf.spans import SAME, Span
from schemas.paper import Box


class GridCell(NamedTuple):
    """A cell of the grid and the rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


def cells_between(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Span], down: Sequence[Span]
) -> Iterator[GridCell]:
    """The cells between lines down at `xs` and lines across at `ys`, those not parted as one."""
    rows, columns = len(ys) - 1, len(xs) - 1
    walls = _walls(xs, down)
    floors = _walls(ys, across)
    parent = {(r, c): (r, c) for r in range(rows) for c in range(columns)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while parent[place] != place:
            place = parent[place]
        return place

    for row, column in parent:
        if column and not _covered(walls[column], ys[row], ys[row + 1]):
            parent[root((row, column))] = root((row, column - 1))
        if row and not _covered(floors[row], xs[column], xs[column + 1]):
            parent[root((row, column))] = root((row - 1, column))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in parent:
        groups.setdefault(root(place), []).append(place)
    blocks = [block for group in groups.values() for block in _rectangles(group)]
    for row, column, high, wide in sorted(blocks):
        box = (xs[column], ys[row], xs[column + wide], ys[row + high])
        yield GridCell(row, column, high, wide, box)


def _walls(positions: Sequence[float], spans: Sequence[Span]) -> list[list[Span]]:
    return [[span for span in spans if abs(span.at - at) <= SAME] for at in positions]


def _covered(spans: Sequence[Span], start: float, end: float) -> bool:
    """Whether lines run along more than half of the way."""
    drawn = sum(max(min(span.end, end) - max(span.start, start), 0.0) for span in spans)
    return drawn > 0.5 * (end - start)


def _rectangles(group: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """A group of places as (row, column, rows, columns); one that is no rectangle row by row."""
    top, left = min(r for r, _ in group), min(c for _, c in group)
    high = max(r for r, _ in group) - top + 1
    wide = max(c for _, c in group) - left + 1
    if high * wide == len(group):
        yield top, left, high, wide
        return
    for row in sorted({r for r, _ in group}):
        places = sorted(c for r, c in group if r == row)
        start = places[0]
        for column, after in zip(places, (*places[1:], None), strict=True):
            if after != column + 1:
                yield row, start, 1, column - start + 1
                start = after if after is not None else 0
