"""How does a table of a word processor or a web page become one of the letter?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from schemas.paper import Block, Cell, Line, Table


@dataclass(slots=True)
class Spot:
    """A cell's place in the grid; `item`: the element whose content it shows."""

    item: etree._Element
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Layout:
    """A table's cells in row order."""

    rows: int
    columns: int
    spots: list[Spot] = field(default_factory=list)
    header_rows: int = 0
    ruled: bool = True


def blocks_of_table(
    layout: Layout, read: Callable[[etree._Element], Iterable[Line]], *, as_lines: bool = False
) -> Iterator[Block]:
    """The table, its cells read in order; one of a single cell is a frame around its lines."""
    cells = tuple(
        Cell(
            row=spot.row,
            column=spot.column,
            rows=spot.rows,
            columns=spot.columns,
            lines=tuple(read(spot.item)),
        )
        for spot in layout.spots
    )
    lines = [line for cell in cells for line in cell.lines]
    if as_lines or len(cells) == 1:
        yield from lines
    elif lines:
        yield Table(
            page=min(line.page for line in lines),
            rows=layout.rows,
            columns=layout.columns,
            cells=cells,
            ruled=layout.ruled,
            header_rows=layout.header_rows,
        )
