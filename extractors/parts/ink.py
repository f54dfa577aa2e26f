"""What does zoning ask of a line?"""

from typing import Literal, NamedTuple

from schemas.letter import Part
from schemas.paper import Block, Box

Column = Literal["left", "right"]


class Ink(NamedTuple):
    """A line (or a table that is no layout) with what zoning asks of it.

    `key`: folded text. `edge`: the first or last line of a page of several.
    """

    block: Block
    key: str
    page: int
    column: Column | None = None
    bold: bool = False
    centered: bool = False
    box: Box | None = None
    edge: bool = False


class Place(NamedTuple):
    """Where a block goes."""

    part: Part
    annex: int | None = None
