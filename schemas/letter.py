"""One text, one ruler: the letter laid out part by part."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, NamedTuple

from schemas.base import Value
from schemas.paper import Block, Box


class Part(StrEnum):
    """A part of the letter; each occurrence is contiguous in `Letter.text`, in this order."""

    LETTERHEAD = "letterhead"
    BODY = "body"
    SIGNATURE = "signature"
    RECIPIENTS = "recipients"
    ANNEX = "annex"
    FOOTNOTES = "footnotes"
    FURNITURE = "furniture"


class Span(NamedTuple):
    """Half-open range of `Letter.text`."""

    start: int
    end: int


class Region(Value):
    """Where words stand on paper; `box` in points from the top left, None where unknown."""

    page: int
    box: Box | None = None


class Quote(Value):
    """Words of the letter, verbatim: `text == Letter.text[start:end]`."""

    text: str
    start: int
    end: int
    regions: tuple[Region, ...] = ()


class Zone(NamedTuple):
    """The blocks of one part, in reading order, before they are laid out. `annex`: 1, 2, …"""

    part: Part
    blocks: tuple[Block, ...]
    annex: int | None = None


class Section(NamedTuple):
    """One part as laid out."""

    part: Part
    start: int
    end: int
    annex: int | None = None


class Piece(NamedTuple):
    """One line of ink as laid out."""

    start: int
    end: int
    page: int
    box: Box | None


class PlacedCall(NamedTuple):
    """A footnote mark called before character `at`."""

    at: int
    mark: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, joined by one space; paragraphs are parted by a newline.

    `mark`: this paragraph is a footnote with that mark. `grid`, `row`, `column`: its table cell.
    `left`: x of its first line in points.
    """

    start: int
    end: int
    part: Part
    annex: int | None = None
    bold: bool = False
    italic: bool = False
    centered: bool = False
    size: float | None = None
    left: float | None = None
    level: int | None = None
    mark: str | None = None
    grid: int | None = None
    row: int | None = None
    column: int | None = None


class GridCell(NamedTuple):
    """A table cell as laid out; rows and columns it covers."""

    row: int
    column: int
    rows: int
    columns: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as laid out, row by row; halves of a table over several pages are one grid."""

    start: int
    end: int
    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    header_rows: int = 0
    annex: int | None = None


@dataclass(frozen=True)
class Letter:
    """The text every position points into, and what is known of its places.

    `key` has the length of `text`: tone placement, dashes, quotes and look-alike letters
    folded, case kept. Patterns are matched on `key`, words are quoted from `text`.
    """

    text: str
    key: str
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    pieces: tuple[Piece, ...] = ()
    calls: tuple[PlacedCall, ...] = ()
    grids: tuple[Grid, ...] = ()
    answers: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What was asked of the letter so far (extractors/once.py)."""

    @cached_property
    def _piece_starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def quote(self, start: int, end: int) -> Quote:
        """The words from start to end with their places, one region for each page."""
        regions = _regions(self.pieces_in(start, end))
        return Quote(text=self.text[start:end], start=start, end=end, regions=regions)

    def pieces_in(self, start: int, end: int) -> Sequence[Piece]:
        """The lines of ink that touch the span, in order."""
        first = max(bisect_right(self._piece_starts, start) - 1, 0)
        last = bisect_left(self._piece_starts, end)
        if first < last and self.pieces[first].end <= start:  # only the first may end before
            first += 1
        return self.pieces[first:last]

    def section(self, part: Part) -> Span:
        """The first section of that part; an empty span at the end where there is none."""
        for section in self.sections:
            if section.part is part:
                return Span(section.start, section.end)
        return Span(len(self.text), len(self.text))

    def paragraphs_in(self, start: int, end: int) -> tuple[Paragraph, ...]:
        """The paragraphs that begin in the span, in order."""
        first = bisect_right(self._paragraph_starts, start - 1)
        last = bisect_right(self._paragraph_starts, end - 1)
        return self.paragraphs[first:last]

    def paragraph_at(self, at: int) -> Paragraph | None:
        """The paragraph that holds position `at`."""
        index = bisect_right(self._paragraph_starts, at) - 1
        if index < 0 or self.paragraphs[index].end < at:
            return None
        return self.paragraphs[index]


def _regions(pieces: Sequence[Piece]) -> tuple[Region, ...]:
    """Lines of one page united into one box; a page without boxes is told once."""
    if len(pieces) == 1:  # most of what is quoted
        page, box = pieces[0].page, pieces[0].box
        return (Region(page=page, box=box),) if box else _unplaced(page)
    pages: dict[int, Box | None] = {}
    for piece in pieces:
        known = pages.get(piece.page)
        box = piece.box
        if known is not None and box is not None:
            box = (min(known[0], box[0]), min(known[1], box[1]),
                   max(known[2], box[2]), max(known[3], box[3]))  # fmt: skip
        pages[piece.page] = box or known
    return tuple(Region(page=page, box=box) for page, box in pages.items())


@cache
def _unplaced(page: int) -> tuple[Region, ...]:
    """A page of text that has no places."""
    return (Region(page=page),)
