"""How do the sheets of a letter become pages of lines, tables and notes?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from extractors.lines import openings
from pipeline.readers.pdf.addressees import addressees
from pipeline.readers.pdf.columns import Sided, Strip, in_columns
from pipeline.readers.pdf.drafts import Draft, note_of, sided_draft, tell_centred
from pipeline.readers.pdf.furniture import PageRows, furniture_of, is_stroke
from pipeline.readers.pdf.grids import open_grid
from pipeline.readers.pdf.ink import Sheet
from pipeline.readers.pdf.leaf import Leaf, leaf_of, taken_by
from pipeline.readers.pdf.notes import part_foot
from pipeline.readers.pdf.rows import rows_of
from pipeline.readers.pdf.tables import table_of
from pipeline.readers.pdf.unruled import Sheetful, unruled_tables
from schemas.paper import Line, Page, Table


def compose(leaves: Sequence[Sheet | Page]) -> tuple[Page, ...]:
    """The pages of a letter; those that were recognised stay as they are."""
    opened = [leaf_of(leaf) for leaf in leaves if isinstance(leaf, Sheet)]
    _take_furniture(opened)
    _take_notes(opened)
    _take_unruled_tables(opened)
    _take_open_grids(opened)
    pages = iter(_pages(opened))
    return tuple(next(pages) if isinstance(leaf, Sheet) else leaf for leaf in leaves)


# --- Tables -------------------------------------------------------------------------------------


def _take_unruled_tables(leaves: Sequence[Leaf]) -> None:
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


def _take_open_grids(leaves: Sequence[Leaf]) -> None:
    """Tables between lines across whose columns have no names that we know."""
    for leaf in leaves:
        for stack in leaf.stacks:
            runs = [run for row in leaf.rows for run in row.runs]
            grid = open_grid(stack, runs)
            if grid is None:
                continue
            inside, outside = taken_by(grid, runs)
            leaf.grids.append((grid, inside))
            leaf.grids.sort(key=lambda grid: grid[0].box[1])
            leaf.rows = rows_of(outside)


# --- Furniture and notes ------------------------------------------------------------------------


def _take_furniture(leaves: Sequence[Leaf]) -> None:
    pages = [
        PageRows(leaf.sheet.number, leaf.sheet.width, leaf.sheet.height, leaf.rows)
        for leaf in leaves
    ]
    found = furniture_of(pages)
    for leaf in leaves:
        leaf.furniture = [*(row for row in leaf.rows if id(row) in found), *leaf.stamps]
        leaf.rows = [row for row in leaf.rows if id(row) not in found]


def _take_notes(leaves: Sequence[Leaf]) -> None:
    body = _body_size(leaves)
    pending = False
    for leaf in leaves:
        foot = part_foot(leaf.rows, leaf.strokes, leaf.sheet.height, body, pending=pending)
        leaf.rows, leaf.notes = foot
        pending = bool(foot.notes)


def _body_size(leaves: Sequence[Leaf]) -> float:
    """The type size that most letters outside tables are set in."""
    counts: Counter[float] = Counter()
    for leaf in leaves:
        for row in leaf.rows:
            counts[round(row.size * 2) / 2] += len(row.rough)
    return counts.most_common(1)[0][0] if counts else 13.0


# --- Lines --------------------------------------------------------------------------------------


def _pages(leaves: Sequence[Leaf]) -> Iterator[Page]:
    """The finished pages: a paragraph may run over from one to the next."""
    running: list[list[Draft | Table]] = []
    strip: Strip | None = None
    for leaf in leaves:
        sided, strip = in_columns(leaf.rows, leaf.sheet.width, strip)
        running.append(_running(leaf, sided))
    starts = iter(_starts([block for blocks in running for block in blocks]))
    notes = [[note_of(leaf, note) for note in leaf.notes] for leaf in leaves]
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


def _running(leaf: Leaf, sided: Sequence[Sided]) -> list[Draft | Table]:
    """The text of a page in reading order, tables among it."""
    drafts = [sided_draft(leaf, place) for place in sided]
    tell_centred(drafts)
    blocks: list[Draft | Table] = []
    waiting = list(leaf.grids)
    for place, draft in zip(sided, drafts, strict=True):
        while waiting and place.row.base > waiting[0][0].box[1]:
            blocks.append(table_of(leaf, *waiting.pop(0)))
        if is_stroke(draft.text):
            leaf.furniture.append(place.row)
        elif draft.text or draft.calls:
            blocks.append(draft)
    blocks += [table_of(leaf, *grid) for grid in waiting]
    return blocks
