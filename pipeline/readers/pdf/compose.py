"""How do the sheets of a letter become pages of lines, tables and notes?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, pairwise
from typing import Literal

from extractors.lines import openings, openings_in_cell
from pipeline.readers.pdf.addressees import addressees
from pipeline.readers.pdf.columns import Sided, Strip, in_columns
from pipeline.readers.pdf.furniture import STROKE, PageRows, arrival_stamps, furniture_of, stamped
from pipeline.readers.pdf.grids import Grid, Span, grids_of, open_grid, stacks_of
from pipeline.readers.pdf.ink import Run, Sheet
from pipeline.readers.pdf.notes import NoteRow, part_foot
from pipeline.readers.pdf.rows import Row, rows_of, words_of
from pipeline.readers.pdf.unruled import Sheetful, unruled_tables
from schemas.paper import Box, Call, Cell, Line, Page, Role, Table


@dataclass(slots=True)
class Draft:
    """A line before it is known whether it opens a paragraph."""

    text: str
    page: int
    box: Box
    size: float | None
    bold: bool = False
    italic: bool = False
    centered: bool = False
    role: Role = "text"
    mark: str | None = None
    column: Literal["left", "right"] | None = None
    calls: tuple[Call, ...] = ()
    starts: bool | None = None
    confidence: float | None = None

    def line(self, starts: bool) -> Line:
        """The finished line."""
        return Line(
            text=self.text,
            page=self.page,
            box=self.box,
            size=self.size,
            bold=self.bold,
            italic=self.italic,
            centered=self.centered,
            starts=starts,
            role=self.role,
            mark=self.mark,
            column=self.column,
            calls=self.calls,
        )


@dataclass(slots=True)
class _Leaf:
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


def compose(leaves: Sequence[Sheet | Page]) -> tuple[Page, ...]:
    """The pages of a letter; those that were recognised stay as they are."""
    opened = [_leaf(leaf) for leaf in leaves if isinstance(leaf, Sheet)]
    _take_furniture(opened)
    _take_notes(opened)
    _take_unruled_tables(opened)
    _take_open_grids(opened)
    pages = iter(_pages(opened))
    return tuple(next(pages) if isinstance(leaf, Sheet) else leaf for leaf in leaves)


def _leaf(sheet: Sheet) -> _Leaf:
    signs = stamped(sheet.runs, sheet.seals)
    signs |= arrival_stamps(sheet.runs, sheet.height)
    seen = _seen(sheet.runs)
    aslant = [run for run in seen if run.turns is None or id(run) in signs]
    runs = [run for run in seen if run.turns is not None and id(run) not in signs]
    runs = _filled_in(runs)
    grids, strokes = grids_of(sheet.rules, runs)
    tables: list[tuple[Grid, list[list[Row]]]] = []
    for grid in grids:
        inside, runs = _inside(grid, runs)
        tables.append((grid, inside))
    stacks = list(stacks_of(strokes))
    single = [stroke for stroke in strokes if not any(stroke in stack for stack in stacks)]
    return _Leaf(sheet, tables, stacks, single, rows_of(runs), rows_of(aslant))


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


# --- Tables -------------------------------------------------------------------------------------


def _inside(grid: Grid, runs: Sequence[Run]) -> tuple[list[list[Row]], list[Run]]:
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


def _table(leaf: _Leaf, grid: Grid, rows: Sequence[Sequence[Row]]) -> Table:
    return Table(
        page=leaf.sheet.number,
        box=_rounded(grid.box),
        rows=grid.rows,
        columns=grid.columns,
        cells=tuple(
            Cell(
                row=cell.row,
                column=cell.column,
                rows=cell.rows,
                columns=cell.columns,
                lines=tuple(_cell_lines(leaf, held, cell.box)),
            )
            for cell, held in zip(grid.cells, rows, strict=True)
        ),
        ruled=grid.ruled,
    )


def _rounded(box: Box) -> Box:
    return (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))


def _cell_lines(leaf: _Leaf, rows: Sequence[Row], box: Box) -> Iterator[Line]:
    drafts = [draft for row in rows if (draft := _draft(leaf, row)).text or draft.calls]
    for draft in drafts:
        middle = 0.5 * (draft.box[0] + draft.box[2])
        draft.centered = abs(middle - 0.5 * (box[0] + box[2])) < 4 and draft.box[0] > box[0] + 8
    for draft, starts in zip(drafts, openings_in_cell(drafts, box[0], box[2]), strict=True):
        yield draft.line(starts)


def _take_unruled_tables(leaves: Sequence[_Leaf]) -> None:
    """Tables that only white tells, their rows taken out of the text."""
    pages = [
        Sheetful(leaf.rows, [*leaf.strokes, *chain(*leaf.stacks)], leaf.sheet.width)
        for leaf in leaves
    ]
    found = unruled_tables(pages)
    if leaves and (block := addressees(leaves[0].rows)):
        found[0].append(block)
    for leaf, tables in zip(leaves, found, strict=True):
        for table in tables:
            leaf.grids.append((table.grid, table.cells))
            leaf.rows = [row for row in leaf.rows if id(row) not in table.rows]
        if tables:
            leaf.grids.sort(key=lambda grid: grid[0].box[1])


def _take_open_grids(leaves: Sequence[_Leaf]) -> None:
    """Tables between lines across whose columns have no names that we know."""
    for leaf in leaves:
        for stack in leaf.stacks:
            runs = [run for row in leaf.rows for run in row.runs]
            grid = open_grid(stack, runs)
            if grid is None:
                continue
            inside, outside = _inside(grid, runs)
            leaf.grids.append((grid, inside))
            leaf.grids.sort(key=lambda grid: grid[0].box[1])
            leaf.rows = rows_of(outside)


# --- Furniture and notes ------------------------------------------------------------------------


def _take_furniture(leaves: Sequence[_Leaf]) -> None:
    pages = [
        PageRows(leaf.sheet.number, leaf.sheet.width, leaf.sheet.height, leaf.rows)
        for leaf in leaves
    ]
    found = furniture_of(pages)
    for leaf in leaves:
        leaf.furniture = [*(row for row in leaf.rows if id(row) in found), *leaf.stamps]
        leaf.rows = [row for row in leaf.rows if id(row) not in found]


def _take_notes(leaves: Sequence[_Leaf]) -> None:
    body = _body_size(leaves)
    pending = False
    for leaf in leaves:
        foot = part_foot(leaf.rows, leaf.strokes, leaf.sheet.height, body, pending=pending)
        leaf.rows, leaf.notes = foot
        pending = bool(foot.notes)


def _body_size(leaves: Sequence[_Leaf]) -> float:
    """The type size that most letters outside tables are set in."""
    counts: Counter[float] = Counter()
    for leaf in leaves:
        for row in leaf.rows:
            counts[round(row.size * 2) / 2] += len(row.rough)
    return counts.most_common(1)[0][0] if counts else 13.0


# --- Lines --------------------------------------------------------------------------------------


def _pages(leaves: Sequence[_Leaf]) -> Iterator[Page]:
    """The finished pages: a paragraph may run over from one to the next."""
    running: list[list[Draft | Table]] = []
    strip: Strip | None = None
    for leaf in leaves:
        sided, strip = in_columns(leaf.rows, leaf.sheet.width, strip)
        running.append(_running(leaf, sided))
    starts = iter(_starts([block for blocks in running for block in blocks]))
    notes = [[_note(leaf, note) for note in leaf.notes] for leaf in leaves]
    for leaf, blocks, below in zip(leaves, running, notes, strict=True):
        lines: list[Line | Table] = [
            block.line(next(starts)) if isinstance(block, Draft) else block for block in blocks
        ]
        lines += [draft.line(draft.mark is not None) for draft in below]
        lines += [
            Draft(row.rough, leaf.sheet.number, row.box, row.size, role="furniture").line(True)
            for row in leaf.furniture
        ]
        yield Page(
            number=leaf.sheet.number,
            width=round(leaf.sheet.width, 1),
            height=round(leaf.sheet.height, 1),
            blocks=tuple(lines),
        )


def _starts(blocks: Sequence[Draft | Table]) -> Iterator[bool]:
    """For each line whether it opens a paragraph; none goes on over a table."""
    for is_line, group in groupby(blocks, key=lambda block: isinstance(block, Draft)):
        if is_line:
            yield from openings([block for block in group if isinstance(block, Draft)])


def _draft(leaf: _Leaf, row: Row) -> Draft:
    words = words_of(row, leaf.marks)
    return Draft(
        words.text,
        leaf.sheet.number,
        row.box,
        row.size,
        bold=row.bold,
        italic=row.italic,
        calls=words.calls,
    )


def _note(leaf: _Leaf, note: NoteRow) -> Draft:
    draft = _draft(leaf, note.row)
    draft.role, draft.mark = "note", note.mark
    return draft


def _running(leaf: _Leaf, sided: Sequence[Sided]) -> list[Draft | Table]:
    """The text of a page in reading order, tables among it."""
    drafts = [_sided_draft(leaf, place) for place in sided]
    _tell_centred(drafts)
    blocks: list[Draft | Table] = []
    waiting = list(leaf.grids)
    for place, draft in zip(sided, drafts, strict=True):
        while waiting and place.row.base > waiting[0][0].box[1]:
            blocks.append(_table(leaf, *waiting.pop(0)))
        if STROKE.fullmatch(draft.text):
            leaf.furniture.append(place.row)
        elif draft.text or draft.calls:
            blocks.append(draft)
    blocks += [_table(leaf, *grid) for grid in waiting]
    return blocks


def _sided_draft(leaf: _Leaf, place: Sided) -> Draft:
    draft = _draft(leaf, place.row)
    draft.column = place.column
    return draft


def _tell_centred(drafts: Sequence[Draft]) -> None:
    """Lines whose middle is that of the text area, or of their column, and that fill neither."""
    for side in (None, "left", "right"):
        lines = [draft for draft in drafts if draft.column == side]
        if not lines:
            continue
        left = min(line.box[0] for line in lines)
        right = max(line.box[2] for line in lines)
        if side is None:
            left, right = _margins(lines, left, right)
        for line in lines:
            line.centered = _is_centred(line, left, right, in_column=side is not None)
        for above, below in pairwise(lines):
            if abs(above.box[0] - below.box[0]) < 2 and abs(above.box[2] - below.box[2]) > 15:
                above.centered = below.centered = False  # they keep one left edge


def _is_centred(line: Draft, left: float, right: float, *, in_column: bool) -> bool:
    """Whether as much is white on either side; titles may be off by more than a coincidence."""
    space = line.box[0] - left
    off = abs(0.5 * (line.box[0] + line.box[2]) - 0.5 * (left + right))
    if in_column:
        return space > 4 and off < 9
    title = line.bold or line.italic or line.text.isupper()
    return (space > 14 and off < (9 if title else 5)) or (space > 5 and off < 2)


def _margins(lines: Sequence[Draft], left: float, right: float) -> tuple[float, float]:
    long = [line.box for line in lines if line.box[2] - line.box[0] > 0.7 * (right - left)]
    if len(long) < 3:
        return left, right
    lefts, rights = sorted(box[0] for box in long), sorted(box[2] for box in long)
    return lefts[len(lefts) // 10], rights[len(rights) * 3 // 4]
