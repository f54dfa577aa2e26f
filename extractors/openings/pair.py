"""What do two neighbouring lines show: labels, ends, capitals, indents, white between them?"""

from functools import lru_cache
from typing import NamedTuple

from extractors.openings.inked import Inked
from extractors.rules import compile_once
from schemas.paper import Box


class Area(NamedTuple):
    """Where the running text of a page stands, in points; `leading`: from line to line."""

    left: float
    right: float
    leading: float


class Pair(NamedTuple):
    """A line and the one before it, with their places and the areas of their pages."""

    before: Inked
    line: Inked
    above: Box
    box: Box
    area_above: Area
    area: Area

    @property
    def same_page(self) -> bool:
        """Whether both stand on one page."""
        return self.before.page == self.line.page

    @property
    def rough(self) -> bool:
        """Whether they were recognised: places are off by a few points, styles unknown."""
        return self.line.confidence is not None

    @property
    def labelled(self) -> bool:
        """Whether the line begins with a number, a letter, a bullet."""
        return is_labelled(self.line.text)

    @property
    def ended(self) -> bool:
        """Whether the line before ends like a sentence or an item."""
        return is_ended(self.before.text)

    @property
    def small(self) -> bool:
        """Whether the line begins with a small letter."""
        return self.line.text[:1].islower()

    @property
    def capitals(self) -> tuple[bool, bool]:
        """Whether the line before, whether the line is set in capitals."""
        return is_capitals(self.before.text), is_capitals(self.line.text)

    @property
    def indent(self) -> float:
        """How far the line begins right of the margin."""
        return self.box[0] - self.area.left

    @property
    def step(self) -> float:
        """How far the line begins right of where the line before began."""
        return self.indent - (self.above[0] - self.area_above.left)

    @property
    def is_indented(self) -> bool:
        """Whether the line begins visibly right of the margin."""
        return self.indent > max(8.0, 0.6 * (self.line.size or 12.0))

    @property
    def slack(self) -> float:
        """How much room the line before left at its end."""
        return self.area_above.right - self.above[2]


_LABEL = compile_once(
    r"(?:[-–—+•▪*●○■□▫✓❖➢Ø]|\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\p{Ll}{1,2}\d?\)|\((?:\d{1,2}|\p{Ll})\)"
    r"|[IVXLC]{1,6}[.)])(?=\s|\p{L})|[\p{Ll}\p{Lu}]\.\s"
    r"|(?i:điều|chương|mục|phần|phụ lục) (?:\d+|[IVXLC]+)\b|(?:Nơi nhận|Kính gửi)\b"
)
BULLETS = "-–+•"
_END = frozenset(".;:!?…")
_LAST_LETTER = compile_once(r"(?r)\w")


_SEEN = lru_cache(maxsize=256)
"""A line is asked the same as the later and as the earlier of a pair, by several questions."""


@_SEEN
def is_labelled(text: str) -> bool:
    """Whether a line begins with a number, a letter, a bullet."""
    return _LABEL.match(text) is not None


@_SEEN
def is_ended(text: str) -> bool:
    """Whether a line ends like a sentence or an item."""
    letter = _LAST_LETTER.search(text)
    tail = text[letter.end() :] if letter else text
    return not _END.isdisjoint(tail) or tail.endswith(("/", "/."))


@_SEEN
def is_capitals(text: str) -> bool:
    """Whether nearly all letters are capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def has_gap(pair: Pair) -> bool:
    """More white between the lines than the leading of the page."""
    step = pair.box[3] - pair.above[3]
    leading = pair.area.leading
    return step < 0 or step - leading > (0.3 if pair.rough else 0.13) * leading


def is_restyled(pair: Pair) -> bool:
    """Bold or italic, and the line before it not, or the other way round."""
    before, line = pair.before, pair.line
    return not pair.rough and (before.bold, before.italic) != (line.bold, line.italic)


def width_of(box: Box) -> float:
    """From the left edge to the right one."""
    return box[2] - box[0]
