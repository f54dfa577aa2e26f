"""What ink is on a page: runs of text, ruling lines, images; upright, from the top left."""

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.readers.pdf.pdfium import Font


class Run(NamedTuple):
    """Text in one style on one baseline; boxes in points from the page's top left.

    `spaced`: white space follows (None: only a gap that looks like one). `hidden`: invisible
    text. `stamp`: drawn by that annotation.
    `turns`: quarter turns clockwise that make it read from left to right; None: it lies aslant.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    font: Font
    spaced: bool | None = False
    hidden: bool = False
    stamp: int | None = None
    turns: int | None = 0


class Rule(NamedTuple):
    """A drawn straight line (or thin rectangle), across or down."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def across(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of ink. `pictured`: the share of the page that its largest image covers.

    `drawn`: how many curves and lines stand on it; `seals`: annotations with an image.
    """

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...]
    pictured: float = 0.0
    drawn: int = 0
    seals: frozenset[int] = frozenset()
