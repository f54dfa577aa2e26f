"""What ink is on a page: runs of text, ruling lines, images; upright, from the top left."""

import ctypes
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.readers.pdf import pdfium as asked
from pipeline.readers.pdf.pdfium import Bounds, Font, Matrix, Stretch, Thing


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


def read_sheet(page: pdfium.PdfPage, number: int, *, flattened: bool = False) -> Sheet:
    """The ink of an open page; a page whose text lies on its side is stood upright.

    `flattened`: the annotations have been drawn into the page, as its last object.
    """
    things = list(asked.things(_address(page.raw), flattened=flattened))
    text_page = page.get_textpage()
    handle = _address(text_page.raw)
    frame = _Frame.of(page)
    rules = tuple(frame.rules(things))
    runs = tuple(frame.runs(things, handle, rules))
    if aslant := _turned(runs):
        frame = _Frame.of(page, aslant)
        rules = tuple(frame.rules(things))
        runs = tuple(frame.runs(things, handle, rules))
    text_page.close()
    images = [thing for thing in things if thing.kind == asked.IMAGE]
    return Sheet(
        number=number,
        width=frame.width,
        height=frame.height,
        runs=runs,
        rules=rules,
        pictured=max((frame.share(thing) for thing in images if thing.stamp is None), default=0.0),
        drawn=sum(thing.kind == asked.PATH for thing in things),
        seals=frozenset(thing.stamp for thing in images if thing.stamp is not None),
    )


def _turned(runs: Sequence[Run]) -> int:
    """By how many quarter turns clockwise most of the text must be turned to read."""
    counts: Counter[int] = Counter()
    for run in runs:
        counts[run.turns or 0] += len(run.text)
    return counts.most_common(1)[0][0] if counts else 0


def _address(handle: object) -> int:
    address = ctypes.cast(handle, ctypes.c_void_p).value  # type: ignore[arg-type]
    return address or 0


@dataclass(frozen=True, slots=True)
class _Frame:
    """From user space to the upright page: `matrix` turns and flips, origin top left."""

    width: float
    height: float
    matrix: Matrix

    @classmethod
    def of(cls, page: pdfium.PdfPage, turns: int = 0) -> "_Frame":
        """The page as it is shown, turned clockwise by more quarter turns."""
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page.raw, box)
        wide, high = box.right - box.left, box.top - box.bottom
        match (page.get_rotation() // 90 + turns) % 4:
            case 0:
                return cls(wide, high, Matrix(1, 0, 0, -1, -box.left, box.top))
            case 1:
                return cls(high, wide, Matrix(0, 1, 1, 0, -box.bottom, -box.left))
            case 2:
                return cls(wide, high, Matrix(-1, 0, 0, 1, box.right, -box.bottom))
            case _:
                return cls(high, wide, Matrix(0, -1, -1, 0, box.top, box.right))

    def share(self, image: Thing) -> float:
        """Which share of the page an image covers."""
        box = self.matrix.box(image.outer.box(asked.bounds_of(image.address)))
        wide = max(min(box.right, self.width) - max(box.left, 0.0), 0.0)
        high = max(min(box.top, self.height) - max(box.bottom, 0.0), 0.0)
        return wide * high / (self.width * self.height or 1.0)

    # --- text ---

    def runs(self, things: Sequence[Thing], text_page: int, rules: Sequence[Rule]) -> Iterator[Run]:
        """The runs in the order of the content, parted where they hold more than one place."""
        found = list(self._whole_runs(things, text_page))
        downs = sorted((rule for rule in rules if not rule.across), key=_left)
        lefts = [rule.x0 for rule in downs]
        filled = [run for run, _ in found if run.stamp is not None]
        for run, stretch in found:
            if run.turns == 0 and " " in run.text and _must_part(run, downs, lefts, filled):
                yield from self._parted(run, stretch, text_page)
            else:
                yield run

    def _whole_runs(self, things: Sequence[Thing], text_page: int) -> Iterator[tuple[Run, Stretch]]:
        of = {thing.address: thing for thing in things if thing.kind == asked.TEXT}
        places: dict[Matrix, Matrix] = {}
        fonts: dict[int | None, Font] = {}
        for stretch in asked.stretches(text_page):
            thing = of.get(stretch.address)
            if thing is None:
                continue
            handle = asked.font_address(thing.address)
            font = fonts.get(handle)
            if font is None:
                font = fonts[handle] = asked.font_of(handle)
            place = places.get(thing.outer)
            if place is None:
                place = places[thing.outer] = thing.outer.then(self.matrix)
            run = _run(thing, stretch, font, place)
            if run.x1 >= 0 and run.x0 <= self.width and run.bottom >= 0 and run.top <= self.height:
                yield run, stretch

    def _parted(self, run: Run, stretch: Stretch, text_page: int) -> Iterator[Run]:
        """The run word by word."""
        for number, word in enumerate(stretch.words, 1):
            yield run._replace(
                text=word.text,
                x0=self._character_box(text_page, word.first).left,
                x1=self._character_box(text_page, word.last).right,
                spaced=True if number < len(stretch.words) else run.spaced,
            )

    def _character_box(self, text_page: int, index: int) -> Bounds:
        return self.matrix.box(asked.box_of_character(text_page, index))

    # --- drawings ---

    def rules(self, things: Sequence[Thing]) -> Iterator[Rule]:
        """The straight lines across and down."""
        budget = _MOST_SEGMENTS
        for thing in things:
            if thing.kind != asked.PATH:
                continue
            segments = asked.count_segments(thing.address)
            budget -= segments
            if budget < 0:
                return
            yield from self._rules_of(thing, segments)

    def _rules_of(self, thing: Thing, segments: int) -> Iterator[Rule]:
        box = self._placed(thing, asked.bounds_of(thing.address))
        wide, high = box.right - box.left, box.top - box.bottom
        if segments <= 5 and min(wide, high) <= _THICKEST:
            filled, stroked = asked.is_drawn(thing.address)
            if (filled or stroked) and max(wide, high) >= _SHORTEST:
                yield Rule(box.left, box.bottom, box.right, box.top)
            return
        filled, stroked = asked.is_drawn(thing.address)
        if not filled and not stroked:
            return
        own = asked.matrix_of(thing.address).then(thing.outer)
        for part in asked.corners(thing.address):
            yield from self._edges([own.point(*corner) for corner in part], stroked)

    def _placed(self, thing: Thing, bounds: Bounds) -> Bounds:
        return self.matrix.box(thing.outer.box(bounds))

    def _edges(self, corners: Sequence[tuple[float, float]], stroked: bool) -> Iterator[Rule]:
        """A thin part is one line; of a stroked part each straight edge is one."""
        if len(corners) < 2:
            return
        points = [self.matrix.point(*corner) for corner in corners]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        whole = Rule(min(xs), min(ys), max(xs), max(ys))
        if min(whole.x1 - whole.x0, whole.bottom - whole.top) <= _THICKEST:
            if max(whole.x1 - whole.x0, whole.bottom - whole.top) >= _SHORTEST:
                yield whole
        elif stroked:
            for (xa, ya), (xb, yb) in zip(points, (*points[1:], points[0]), strict=True):
                edge = Rule(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
                wide, high = edge.x1 - edge.x0, edge.bottom - edge.top
                if min(wide, high) <= 0.5 and max(wide, high) >= _SHORTEST:
                    yield edge


_THICKEST = 3.0
"""Points: borders of tables are 0.5 to 1.5, double ones up to 3."""
_SHORTEST = 2.0
_MOST_SEGMENTS = 50_000
"""Maps and drawings have hundreds of thousands; tables never."""


def _run(thing: Thing, stretch: Stretch, font: Font, place: Matrix) -> Run:
    own = asked.matrix_of(thing.address)
    a, b, c, d, _, f = own if place.a == 1 and place.d == -1 else own.then(place)
    if place.a == 1 and place.d == -1:  # the commonest page: nothing is turned or scaled
        b, d, f = -b, -d, place.f - f
    box = place.box(asked.bounds_of(thing.address))
    turns = 0 if abs(b) < 0.1 * a else _turns(a, b)
    return Run(
        " ".join([word.text for word in stretch.words]),
        box.left,
        box.bottom,
        box.right,
        box.top,
        f if turns == 0 else box.top,
        asked.size_of(thing.address) * (c * c + d * d) ** 0.5,
        font,
        stretch.spaced,
        asked.is_invisible(thing.address),
        thing.stamp,
        turns,
    )


def _turns(a: float, b: float) -> int | None:
    """Quarter turns clockwise that lay the direction (a, b), y downwards, to the right."""
    if abs(b) < 0.1 * abs(a):
        return 0 if a > 0 else 2
    if abs(a) < 0.1 * abs(b):
        return 3 if b > 0 else 1
    return None


def _left(rule: Rule) -> float:
    return rule.x0


def _must_part(
    run: Run, downs: Sequence[Rule], lefts: Sequence[float], filled: Sequence[Run]
) -> bool:
    """Whether a run holds more than one place: wide gaps, letters set apart, cells of a table,
    a blank that an annotation fills in ("ngày     tháng 11")."""
    text = run.text
    if run.x1 - run.x0 > 0.8 * run.size * len(text) or _set_apart(text):
        return True
    crossed = downs[bisect(lefts, run.x0 + 2) : bisect(lefts, run.x1 - 2)]
    if any(rule.top - 1 <= run.base - 1 <= rule.bottom + 1 for rule in crossed):
        return True
    return any(
        run.x0 < other.x0 and other.x1 < run.x1 and abs(run.base - other.base) < 0.7 * run.size
        for other in filled
        if other.stamp != run.stamp
    )


def _set_apart(text: str) -> bool:
    """Whether the letters are parted by spaces: "T H Ô N G B Á O"."""
    words = text.split(" ")
    return len(words) >= 5 and sum(map(len, words)) <= 1.3 * len(words)
