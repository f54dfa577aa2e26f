"""What does each cell of a table say?"""

from collections.abc import Iterator, Sequence

from extractors.lines import openings_in_cell
from pipeline.readers.pdf.drafts import draft_of
from pipeline.readers.pdf.grids import Grid
from pipeline.readers.pdf.leaf import Leaf
from pipeline.readers.pdf.rows import Row
from schemas.paper import Box, Cell, Line, Table


def table_of(leaf: Leaf, grid: Grid, rows: Sequence[Sequence[Row]]) -> Table:
    """The table of a grid; `rows`: those in each of its cells."""
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


def _cell_lines(leaf: Leaf, rows: Sequence[Row], box: Box) -> Iterator[Line]:
    drafts = [draft for row in rows if (draft := draft_of(leaf, row)).text or draft.calls]
    for draft in drafts:
        middle = 0.5 * (draft.box[0] + draft.box[2])
        draft.centered = abs(middle - 0.5 * (box[0] + box[2])) < 4 and draft.box[0] > box[0] + 8
    for draft, starts in zip(drafts, openings_in_cell(drafts, box[0], box[2]), strict=True):
        yield draft.line(starts)
