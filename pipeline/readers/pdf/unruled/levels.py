"""What does each row of a page hold in which column of the table?"""

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.readers.pdf.rows import Row
from pipeline.readers.pdf.unruled.pieces import MARK, in_columns
from pipeline.readers.pdf.unruled.reach import Part


class Held(NamedTuple):
    """Words of one row in one cell, and over how many columns they stand."""

    column: int
    columns: int
    row: Row


class Level(NamedTuple):
    """A row of the page: what it holds; `crossing`: a heading among the rows."""

    base: float
    size: float
    held: list[Held]
    crossing: bool

    @property
    def first(self) -> str | None:
        """The words in the first column."""
        return next((held.row.rough for held in self.held if held.column == 0), None)

    @property
    def marked(self) -> bool:
        """Whether a number stands in the first column."""
        return self.first is not None and MARK.fullmatch(self.first) is not None


def levels_of(part: Part, walls: Sequence[float]) -> list[Level]:
    """The rows of a page below the header."""
    start = part.first + part.head
    levels = []
    for index, row in enumerate(part.page.rows[start : part.last + 1], start):
        crossing = index in part.crossing
        held = _heading(row, walls) if crossing else _beside(row, walls)
        levels.append(Level(row.base, row.size, held, crossing))
    return levels


def _beside(row: Row, walls: Sequence[float]) -> list[Held]:
    return [Held(at, 1, part) for at, part in enumerate(in_columns(row, walls)) if part]


def _heading(row: Row, walls: Sequence[float]) -> list[Held]:
    """Its number in the first column, its words over the others; without one over all."""
    number, rest = row.part(-1e4, walls[0]), row.part(walls[0], 1e4)
    if number and rest and MARK.fullmatch(number.rough):
        return [Held(0, 1, number), Held(1, len(walls), rest)]
    return [Held(0, len(walls) + 1, row)]
