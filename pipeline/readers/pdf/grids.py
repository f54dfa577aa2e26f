"""Which ruling lines make the grid of a table, and which of its cells are merged?

Lines that touch one another are one drawing; a drawing with at least two columns is a table.
The short line under an agency's name, a frame around a paragraph and a stamp's box are none.
Where a piece of ruling between two cells is missing, the cells are one.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.readers.pdf.ink import Rule, Run
from schemas.paper import Box

_TOUCH = 4.0
"""Points: borders drawn in pieces leave gaps at the corners."""
_SAME = 3.0
"""Points: two lines nearer than this are one, double borders too."""


class Span(NamedTuple):
    """A straight line: across at y = `at` or down at x = `at`, from `start` to `end`."""

    at: float
    start: float
    end: float


class GridCell(NamedTuple):
    """A cell of the grid and the rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


class Grid(NamedTuple):
    """The cells between rulings, or where rulings would be, in row order."""

    box: Box
    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    ruled: bool = True


def grids_of(rules: Sequence[Rule], runs: Sequence[Run]) -> tuple[list[Grid], list[Span]]:
    """The tables' grids from top to bottom, and the lines across that belong to none."""
    plain = _without_underlines(rules, runs)
    across = _merged(Span(0.5 * (r.top + r.bottom), r.x0, r.x1) for r in plain if r.across)
    down = _merged(Span(0.5 * (r.x0 + r.x1), r.top, r.bottom) for r in rules if not r.across)
    down = [span for span in down if span.end - span.start > 5]
    grids: list[Grid] = []
    used: set[Span] = set()
    for rows, columns in _drawings(across, down):
        if grid := _grid(rows, columns):
            grids.append(grid)
            used.update(rows)
    return sorted(grids, key=lambda grid: grid.box[1]), [s for s in across if s not in used]


def _without_underlines(rules: Sequence[Rule], runs: Sequence[Run]) -> list[Rule]:
    """The rules without the strokes under words."""
    ordered = sorted(runs, key=lambda run: run.base)
    bases = [run.base for run in ordered]
    return [rule for rule in rules if not (rule.across and _underlines(rule, ordered, bases))]


def _underlines(rule: Rule, ordered: Sequence[Run], bases: Sequence[float]) -> bool:
    near = ordered[bisect(bases, rule.top - 4.5) : bisect(bases, rule.bottom + 0.5)]
    over = [
        run
        for run in near
        if run.x1 > rule.x0 and run.x0 < rule.x1 and rule.top - run.base < 0.28 * run.size
    ]
    if not over:
        return False
    start, end = min(run.x0 for run in over), max(run.x1 for run in over)
    return start <= rule.x0 + 3 and end >= rule.x1 - 3


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Pieces on one line as one, where no gap parts them."""
    result: list[Span] = []
    for line in _lines(sorted(spans)):
        at = sum(span.at for span in line) / len(line)
        start, end = None, 0.0
        for span in sorted(line, key=lambda span: span.start):
            if start is None:
                start, end = span.start, span.end
            elif span.start - end <= _TOUCH:
                end = max(end, span.end)
            else:
                result.append(Span(at, start, end))
                start, end = span.start, span.end
        if start is not None:
            result.append(Span(at, start, end))
    return result


def _lines(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Spans at the same height (or, of those down, at the same x)."""
    line: list[Span] = []
    for span in spans:
        if line and span.at - line[0].at > 1.6:
            yield line
            line = []
        line.append(span)
    if line:
        yield line


def _drawings(
    across: Sequence[Span], down: Sequence[Span]
) -> Iterator[tuple[list[Span], list[Span]]]:
    """Lines that touch one another: (those across, those down)."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    heights = [span.at for span in across]
    for number, span in enumerate(down):
        first, last = bisect(heights, span.start - _TOUCH), bisect(heights, span.end + _TOUCH)
        for index in range(first, last):
            if across[index].start - _TOUCH <= span.at <= across[index].end + _TOUCH:
                parent[root(index)] = root(len(across) + number)
    groups: dict[int, tuple[list[Span], list[Span]]] = {}
    for index, span in enumerate((*across, *down)):
        group = groups.setdefault(root(index), ([], []))
        group[0 if index < len(across) else 1].append(span)
    yield from (group for group in groups.values() if group[0] and len(group[1]) > 1)


def stacks_of(across: Iterable[Span]) -> Iterator[list[Span]]:
    """Three or more long lines between the same ends under one another: a table without
    lines down."""
    ends: dict[tuple[int, int], list[Span]] = {}
    for span in across:
        if span.end - span.start > 200:
            ends.setdefault((round(span.start / 6), round(span.end / 6)), []).append(span)
    yield from (stack for stack in ends.values() if len(stack) > 2)


def open_grid(across: Sequence[Span], runs: Sequence[Run]) -> Grid | None:
    """The table between lines across: columns where white runs down between all of them."""
    left, right = across[0].start, across[0].end
    top, bottom = across[0].at, across[-1].at
    inside = sorted(
        (run.x0, run.x1)
        for run in runs
        if top < run.base < bottom + 1 and left - 2 < run.x0 and run.x1 < right + 2
    )
    if not inside:
        return None
    xs, end = [left], inside[0][1]
    for x0, x1 in inside:
        if x0 - end > 9:
            xs.append(0.5 * (x0 + end))
        end = max(end, x1)
    xs.append(right)
    ys = [span.at for span in across]
    if len(xs) < 4:
        return None
    cells = tuple(
        GridCell(row, column, 1, 1, (xs[column], ys[row], xs[column + 1], ys[row + 1]))
        for row in range(len(ys) - 1)
        for column in range(len(xs) - 1)
    )
    return Grid((left, top, right, bottom), len(ys) - 1, len(xs) - 1, cells)


def _grid(across: Sequence[Span], down: Sequence[Span]) -> Grid | None:
    xs = _positions([span.at for span in down])
    ys = _positions([span.at for span in across])
    _add_open_sides(xs, [(span.start, span.end) for span in across])
    _add_open_sides(ys, [(span.start, span.end) for span in down])
    if len(xs) < 3 or len(ys) < 2:
        return None
    cells = tuple(_cells(xs, ys, across, down))
    columns, rows = len(xs) - 1, len(ys) - 1
    if len(cells) < 2 or all(cell.columns == columns for cell in cells):
        return None
    return Grid((xs[0], ys[0], xs[-1], ys[-1]), rows, columns, cells)


def _positions(values: Iterable[float]) -> list[float]:
    """The values in order, those nearer than a double border as one."""
    result: list[list[float]] = []
    for value in sorted(values):
        if result and value - result[-1][-1] <= _SAME:
            result[-1].append(value)
        else:
            result.append([value])
    return [sum(group) / len(group) for group in result]


def _add_open_sides(positions: list[float], reaches: Sequence[tuple[float, float]]) -> None:
    """A side without a drawn border: where most lines across it end together."""
    if not positions or len(reaches) < 2:
        return
    start, end = min(start for start, _ in reaches), max(end for _, end in reaches)
    if positions[0] - start > 12 and sum(s - start < 6 for s, _ in reaches) > 0.5 * len(reaches):
        positions.insert(0, start)
    if end - positions[-1] > 12 and sum(end - e < 6 for _, e in reaches) > 0.5 * len(reaches):
        positions.append(end)


def _cells(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Span], down: Sequence[Span]
) -> Iterator[GridCell]:
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
    return [[span for span in spans if abs(span.at - at) <= _SAME] for at in positions]


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
