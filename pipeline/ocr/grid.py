"""Which cells do drawn lines make?

Lines that touch form a grid; a missing wall between two places of it makes one merged cell.
A streak of dirt crosses a grid but does not end on it, which tells it from a wall.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.ocr.ink import PixelBox, united
from pipeline.ocr.rulings import Rulings

Pair = tuple[int, int]


class GridCell(NamedTuple):
    """A cell: its place in the grid, how many rows and columns it covers, its box."""

    row: int
    column: int
    rows: int
    columns: int
    box: PixelBox


class InkGrid(NamedTuple):
    """A table or frame as drawn; one cell: a frame."""

    box: PixelBox
    rows: int
    columns: int
    cells: tuple[GridCell, ...]


def find_grids(rulings: Rulings, dpi: float) -> list[InkGrid]:
    """The grids of a page, top down."""
    near = max(3, round(0.05 * dpi))
    grids = []
    for across, down in _touching(rulings.across, _walls(rulings, near), near):
        if len(across) > 1 and len(down) > 1:
            grids.append(_grid(_Drawn(across, down, near)))
    return sorted(grids, key=lambda grid: grid.box[1])


def _touching(
    across: Sequence[PixelBox], down: Sequence[PixelBox], near: int
) -> Iterator[tuple[list[PixelBox], list[PixelBox]]]:
    """Lines grouped by touch."""
    groups: list[tuple[list[PixelBox], list[PixelBox]]] = [([line], []) for line in across]
    for wall in down:
        met = [group for group in groups if any(_touch(line, wall, near) for line in group[0])]
        if not met:
            continue
        groups = [group for group in groups if group not in met]
        groups.append(
            ([line for group in met for line in group[0]],
             [*(line for group in met for line in group[1]), wall])
        )  # fmt: skip
    yield from groups


def _touch(line: PixelBox, wall: PixelBox, near: int) -> bool:
    return (
        line[0] - near <= wall[2] and wall[0] <= line[2] + near
        and wall[1] - near <= line[3] and line[1] <= wall[3] + near
    )  # fmt: skip


def _walls(rulings: Rulings, near: int) -> list[PixelBox]:
    """The lines down that end as walls do: on a line across, or level with other walls.

    A table cut by the end of the page has walls without a last line under them. What touches
    the edge of the page is dirt on the scanner's glass.
    """
    edge = 0.02 * rulings.mask.shape[0]
    low, high = edge, rulings.mask.shape[0] - edge
    return [
        wall for wall in rulings.down
        if low < wall[1] and wall[3] < high
        and all(_ends_on(wall, end, rulings, near) for end in (wall[1], wall[3]))
    ]  # fmt: skip


def _ends_on(wall: PixelBox, end: int, rulings: Rulings, near: int) -> bool:
    edge = (wall[0], end - 2 * near, wall[2], end + 2 * near)
    if any(_touch(line, edge, near) for line in rulings.across):
        return True
    level = sum(min(abs(end - w[1]), abs(end - w[3])) <= 2 * near for w in rulings.down)
    return level > 2


class _Drawn(NamedTuple):
    """The lines of one grid and the distance at which two of them touch."""

    across: Sequence[PixelBox]
    down: Sequence[PixelBox]
    near: int

    def wall(self, x: int, top: int, bottom: int) -> bool:
        """Whether a line down at x covers most of the height."""
        return _covers(self.down, 0, x, (top, bottom), self.near)

    def floor(self, y: int, left: int, right: int) -> bool:
        """Whether a line across at y covers most of the width."""
        return _covers(self.across, 1, y, (left, right), self.near)


def _grid(drawn: _Drawn) -> InkGrid:
    across, down, near = drawn
    box = united([*across, *down])
    ys = _levels([(y0 + y1) // 2 for _, y0, _, y1 in across], box[1], box[3], near)
    xs = _levels([(x0 + x1) // 2 for x0, _, x1, _ in down], box[0], box[2], near)
    merged = _merged(xs, ys, drawn)
    cells = tuple(_cell(places, xs, ys) for places in merged)
    return InkGrid(box, len(ys) - 1, len(xs) - 1, tuple(sorted(cells)))


def _levels(middles: Iterable[int], low: int, high: int, near: int) -> list[int]:
    """Distinct positions of lines; the grid's own edge closes a side that is not drawn."""
    levels: list[list[int]] = []
    for middle in sorted([*middles, low, high]):
        if levels and middle - levels[-1][-1] <= 2 * near:
            levels[-1].append(middle)
        else:
            levels.append([middle])
    return [sum(level) // len(level) for level in levels]


def _merged(xs: Sequence[int], ys: Sequence[int], drawn: _Drawn) -> Iterator[list[Pair]]:
    """Places of the grid grouped into cells: no wall between two of one cell."""
    group = {(r, c): (r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)}

    def root(place: Pair) -> Pair:
        while group[place] != place:
            place = group[place]
        return place

    for r, c in group:
        if c + 2 < len(xs) and not drawn.wall(xs[c + 1], ys[r], ys[r + 1]):
            group[root((r, c + 1))] = root((r, c))
        if r + 2 < len(ys) and not drawn.floor(ys[r + 1], xs[c], xs[c + 1]):
            group[root((r + 1, c))] = root((r, c))
    cells: dict[Pair, list[Pair]] = {}
    for place in group:
        cells.setdefault(root(place), []).append(place)
    yield from cells.values()


def _covers(lines: Sequence[PixelBox], side: int, at: int, span: Pair, near: int) -> bool:
    """Whether lines at level `at` (side 0: x, 1: y) cover most of the span."""
    low, high = span
    other = 1 - side
    covered = sum(
        max(0, min(line[other + 2], high) - max(line[other], low))
        for line in lines
        if line[side] - 2 * near <= at <= line[side + 2] + 2 * near
    )
    return covered > 0.55 * (high - low)


def _cell(places: Sequence[Pair], xs: Sequence[int], ys: Sequence[int]) -> GridCell:
    top, bottom = min(r for r, _ in places), max(r for r, _ in places)
    left, right = min(c for _, c in places), max(c for _, c in places)
    box = (xs[left], ys[top], xs[right + 1], ys[bottom + 1])
    return GridCell(top, left, bottom - top + 1, right - left + 1, box)


def split_at_walls(boxes: Iterable[PixelBox], grids: Sequence[InkGrid]) -> list[PixelBox]:
    """The boxes cut where a wall of a grid stands across them."""
    walls = [
        (x, cell.box[1], cell.box[3])
        for grid in grids for cell in grid.cells for x in (cell.box[0], cell.box[2])
    ]  # fmt: skip
    return [piece for box in boxes for piece in _cut(box, walls)]


def _cut(box: PixelBox, walls: Iterable[tuple[int, int, int]]) -> Iterator[PixelBox]:
    x0, top, x1, bottom = box
    edge = 0.55 * (bottom - top)  # what a found line reaches beyond its last letter is no word
    middle = (top + bottom) / 2
    cuts = sorted({x for x, y0, y1 in walls if y0 < middle < y1 and x0 + edge < x < x1 - edge})
    for left, right in itertools.pairwise([x0, *cuts, x1]):
        yield left, top, right, bottom


def cell_at(grid: InkGrid, x: float, y: float) -> GridCell | None:
    """The cell that holds the point."""
    for cell in grid.cells:
        if cell.box[0] <= x < cell.box[2] and cell.box[1] <= y < cell.box[3]:
            return cell
    return None
