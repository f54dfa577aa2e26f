"""What is known of a page on its way: its ink parted into tables, rows, furniture and notes?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.readers.pdf.furniture import arrival_stamps, stamped
from pipeline.readers.pdf.grids import Grid, grids_of
from pipeline.readers.pdf.ink import Run, Sheet
from pipeline.readers.pdf.notes import NoteRow
from pipeline.readers.pdf.rows import Row, rows_of
from pipeline.readers.pdf.spans import Span, stacks_of
from schemas.paper import Box


@dataclass(slots=True)
class Leaf:
    """A sheet on its way: tables taken out, rows sorted by what they are.

    `stacks`: lines across that may be those of a table without lines down; `strokes`: the others.
    """

    sheet: Sheet
    grids: list[tuple[Grid, list[list[Row]]]]
    stacks: list[list[Span]]
    strokes: list[Span]
    rows: list[Row]
    stamps: list[Row]
    furniture: list[Row] = field(default_factory=list)
    notes: list[NoteRow] = field(default_factory=list)

    @property
    def marks(self) -> frozenset[str]:
        """The marks of the notes that stand on this page."""
        return frozenset(note.mark for note in self.notes if note.mark)


def leaf_of(sheet: Sheet) -> Leaf:
    """The sheet with stamps set apart, ruled tables taken out and the rest in rows."""
    signs = stamped(sheet.runs, sheet.seals)
    signs |= arrival_stamps(sheet.runs, sheet.height)
    seen = _seen(sheet.runs)
    aslant = [run for run in seen if run.turns is None or id(run) in signs]
    runs = [run for run in seen if run.turns is not None and id(run) not in signs]
    runs = _filled_in(runs)
    grids, strokes = grids_of(sheet.rules, runs)
    tables: list[tuple[Grid, list[list[Row]]]] = []
    for grid in grids:
        inside, runs = taken_by(grid, runs)
        tables.append((grid, inside))
    stacks = list(stacks_of(strokes))
    single = [stroke for stroke in strokes if not any(stroke in stack for stack in stacks)]
    return Leaf(sheet, tables, stacks, single, rows_of(runs), rows_of(aslant))


def _seen(runs: Sequence[Run]) -> Sequence[Run]:
    """The runs; under a printed page an invisible layer says the same again."""
    hidden = sum(len(run.text) for run in runs if run.hidden)
    if not hidden or hidden > 0.5 * sum(len(run.text) for run in runs):
        return runs
    return [run for run in runs if not run.hidden]


def _filled_in(runs: Sequence[Run]) -> list[Run]:
    """What annotations fill in is set on the base line of the words beside it."""
    return [_on_base(run, runs) if run.stamp is not None else run for run in runs]


def _on_base(run: Run, runs: Sequence[Run]) -> Run:
    beside = [
        other
        for other in runs
        if other.stamp is None
        and abs(other.base - run.base) < 0.7 * run.size
        and max(other.x0 - run.x1, run.x0 - other.x1) < 60
    ]
    if not beside:
        return run
    nearest = min(beside, key=lambda other: abs(other.base - run.base))
    return run._replace(base=nearest.base, size=nearest.size, font=nearest.font, spaced=True)


def taken_by(grid: Grid, runs: Sequence[Run]) -> tuple[list[list[Row]], list[Run]]:
    """The rows of each cell of a grid, and the runs outside the grid."""
    held: list[list[Run]] = [[] for _ in grid.cells]
    outside: list[Run] = []
    x0, top, x1, bottom = grid.box
    for run in runs:
        x, y = 0.5 * (run.x0 + run.x1), 0.5 * (run.top + run.bottom)
        if not (x0 - 1 <= x <= x1 + 1 and top - 1 <= y <= bottom + 1):
            outside.append(run)
            continue
        held[_cell_at(grid, x, y)].append(run)
    return [_cell_rows(cell) for cell in held], outside


def _cell_at(grid: Grid, x: float, y: float) -> int:
    for index, cell in enumerate(grid.cells):
        if cell.box[0] <= x <= cell.box[2] and cell.box[1] <= y <= cell.box[3]:
            return index
    return min(
        range(len(grid.cells)),
        key=lambda index: _distance(grid.cells[index].box, x, y),
    )


def _distance(box: Box, x: float, y: float) -> float:
    return max(box[0] - x, x - box[2], 0.0) + max(box[1] - y, y - box[3], 0.0)


def _cell_rows(runs: Sequence[Run]) -> list[Row]:
    level = [run for run in runs if run.turns == 0]
    turned = [run for run in runs if run.turns != 0]
    # Words on their side: column by column, from the left where they read upwards.
    turned.sort(key=lambda run: (run.x0, -run.base) if run.turns == 1 else (-run.x0, run.base))
    return [*rows_of(level), *(Row.of([run]) for run in turned)]
