"""Which ruling lines make the grid of a table?

A drawing with at least two columns is a table. The short line under an agency's name, a frame
around a paragraph and a stamp's box are none.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.readers.pdf.gridcells import GridCell, cells_between
from pipeline.readers.pdf.ink import Rule, Run
from pipeline.readers.pdf.spans import SAME, Span, drawings, merged, without_underlines
from schemas.paper import Box


class Grid(NamedTuple):
    """The cells between rulings, or where rulings would be, in row order."""

    box: Box
    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    ruled: bool = True


def grids_of(rules: Sequence[Rule], runs: Sequence[Run]) -> tuple[list[Grid], list[Span]]:
    """The tables' grids from top to bottom, and the lines across that belong to none."""
    plain = without_underlines(rules, runs)
    across = merged(Span(0.5 * (r.top + r.bottom), r.x0, r.x1) for r in plain if r.across)
    down = merged(Span(0.5 * (r.x0 + r.x1), r.top, r.bottom) for r in rules if not r.across)
    down = [span for span in down if span.end - span.start > 5]
    grids: list[Grid] = []
    used: set[Span] = set()
    for rows, columns in drawings(across, down):
        if grid := _grid(rows, columns):
            grids.append(grid)
            used.update(rows)
    return sorted(grids, key=lambda grid: grid.box[1]), [s for s in across if s not in used]


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
    cells = tuple(cells_between(xs, ys, across, down))
    columns, rows = len(xs) - 1, len(ys) - 1
    if len(cells) < 2 or all(cell.columns == columns for cell in cells):
        return None
    return Grid((xs[0], ys[0], xs[-1], ys[-1]), rows, columns, cells)


def _positions(values: Iterable[float]) -> list[float]:
    """The values in order, those nearer than a double border as one."""
    result: list[list[float]] = []
    for value in sorted(values):
        if result and value - result[-1][-1] <= SAME:
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
