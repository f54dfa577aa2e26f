"""In which order are the lines of a scanned page read, and which stand beside one another?

Geometry, in points, and a few words of form: two-column blocks (letterhead, Nơi nhận beside the
signature) are told from running text, and pieces of one row are joined.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from extractors.rules import compile_once
from schemas.paper import Box, Call

Column = Literal["left", "right"] | None

_ADDRESSED = compile_once(r"K[íi]nh\s*g[ửứuư]i")
_LABELLED = compile_once(r"[-–+•*~]\s|\(?(?:\d{1,3}|\p{Ll})[.)]\s")
_RECIPIENTS = compile_once(r"N[ơoớờ]i\s*nh[ậaâạ]n")


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a line as recognised: `box` in points. `calls`: marks of notes that stood in
    it; `mark`: the mark that stood before it and opens a note."""

    text: str
    box: Box
    confidence: float
    bold: bool = False
    calls: tuple[Call, ...] = ()
    mark: str | None = None

    @property
    def height(self) -> float:
        """Height of the box, about the size of the type."""
        return self.box[3] - self.box[1]

    @property
    def middle(self) -> float:
        """y of the middle."""
        return (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A whole line in its place; `column` and `centered` as on a Line."""

    strips: tuple[Strip, ...]
    column: Column = None
    centered: bool = False

    @property
    def box(self) -> Box:
        """The box around its strips."""
        return around(self.strips)


def around(strips: Sequence[Strip]) -> Box:
    """The box around the strips."""
    return (
        min(s.box[0] for s in strips), min(s.box[1] for s in strips),
        max(s.box[2] for s in strips), max(s.box[3] for s in strips),
    )  # fmt: skip


Row = tuple[Strip, ...]


def arrange(strips: Sequence[Strip], width: float) -> list[Placed]:
    """The lines in reading order on a page `width` points wide."""
    rows = rows_of(strips)
    if not rows:
        return []
    margins = _margins(rows, width)
    placed: list[Placed] = []
    flow: list[Row] = []
    for gutter, run in _zones(rows, margins):
        if gutter is None:
            flow.extend(run)
            continue
        placed += _running(flow, margins)
        placed += _two_columns(run, gutter)
        flow = []
    return [*placed, *_running(flow, margins)]


def rows_of(strips: Sequence[Strip]) -> list[Row]:
    """Strips side by side, top down, each row from left to right."""
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda s: s.middle):
        if rows and _beside(rows[-1], strip):
            rows[-1].append(strip)
        else:
            rows.append([strip])
    return [tuple(sorted(row, key=lambda s: s.box[0])) for row in rows]


def _beside(row: Sequence[Strip], strip: Strip) -> bool:
    """Whether the strip stands in that row: it overlaps none and lies at about their height."""
    apart = all(s.box[2] <= strip.box[0] + 3 or strip.box[2] <= s.box[0] + 3 for s in row)
    level = median(s.middle for s in row)
    return apart and abs(level - strip.middle) < 0.45 * min(strip.height, row[0].height)


@dataclass(frozen=True, slots=True)
class Margins:
    """Where running text begins and ends, how far first lines are set in, the usual height."""

    left: float
    right: float
    height: float
    indent: float = 36.0

    @property
    def centre(self) -> float:
        """The middle of the text."""
        return (self.left + self.right) / 2


def _margins(rows: Sequence[Row], width: float) -> Margins:
    boxes = [around(row) for row in rows]
    height = median(s.height for row in rows for s in row)
    wide = [box for box in boxes if box[2] - box[0] > 0.55 * width]
    if len(wide) < 3:
        return Margins(min(b[0] for b in boxes), max(b[2] for b in boxes), height)
    lefts, rights = sorted(b[0] for b in wide), sorted(b[2] for b in wide)
    left = lefts[len(wide) // 5]
    indents = [box[0] - left for box in boxes if 15 < box[0] - left < 60] or [36.0]
    return Margins(left, rights[-1 - len(wide) // 5], height, median(indents))


Gutter = tuple[float, float]


def _zones(rows: Sequence[Row], margins: Margins) -> Iterator[tuple[Gutter | None, list[Row]]]:
    """Runs of rows: in two columns with their gutter, or running text with None."""
    at = done = 0
    while at < len(rows):
        gutter = _gap(rows[at], margins)
        if gutter is None:
            at += 1
            continue
        end, gutter = _reach(rows, at, gutter, margins)
        begin, gutter = _reach_up(rows, done, at, gutter, margins)
        if not _has_both(rows[begin:end], gutter):
            at = end
            continue
        yield None, list(rows[done:begin])
        yield gutter, list(rows[begin:end])
        at = done = end
    yield None, list(rows[done:])


def _has_both(rows: Sequence[Row], gutter: Gutter) -> bool:
    """Whether something stands on each side."""
    middle = sum(gutter) / 2
    sides = {sum(strip.box[::2]) / 2 < middle for row in rows for strip in row}
    return len(sides) == 2


def _gap(row: Row, margins: Margins) -> Gutter | None:
    """The widest gap of a row in which two columns stand beside one another."""
    if len(row) == 1 and _RECIPIENTS.match(row[0].text):
        return row[0].box[2], margins.right + 1
    gaps = [(a.box[2], b.box[0]) for a, b in itertools.pairwise(row)]
    third = (margins.right - margins.left) / 5
    gaps = [
        gap for gap in gaps
        if gap[1] - gap[0] > 0.7 * margins.height
        and margins.left + third < sum(gap) / 2 < margins.right - third
    ]  # fmt: skip
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)


def _reach(rows: Sequence[Row], at: int, gutter: Gutter, margins: Margins) -> tuple[int, Gutter]:
    """How far the two columns reach from the row at `at`, and the gutter they share."""
    end = at + 1
    while end < len(rows):
        narrowed = _narrowed(gutter, rows[end])
        if narrowed is None or _leaves(rows, end, margins):
            break
        gutter, end = narrowed, end + 1
    return end, gutter


def _reach_up(
    rows: Sequence[Row], done: int, at: int, gutter: Gutter, margins: Margins
) -> tuple[int, Gutter]:
    """Where the two columns begin: their first lines need not stand at one height.

    Above the first common row the right column may have lines of its own, the left one only
    down from "Nơi nhận".
    """
    begin, lefts = at, 0
    headed = _RECIPIENTS.match(rows[at][0].text) is not None
    for index in range(at - 1, done - 1, -1):
        narrowed = _narrowed(gutter, rows[index])
        if narrowed is None or _leaves(rows, index, margins, up=True):
            break
        is_left = rows[index][0].box[2] <= narrowed[0]
        if is_left and headed:
            break
        gutter = narrowed
        headed = headed or _RECIPIENTS.match(rows[index][0].text) is not None
        lefts += is_left
        if headed or not lefts:
            begin = index
    return begin, gutter


def _narrowed(gutter: Gutter, row: Row) -> Gutter | None:
    """The gutter that also parts this row; None where a line runs across."""
    low, high = gutter
    for strip in row:
        x0, _, x1, _ = strip.box
        if x1 <= high and (x0 + x1) / 2 < (low + high) / 2:
            low = max(low, x1)
        elif x0 >= low and (x0 + x1) / 2 > (low + high) / 2:
            high = min(high, x0)
        else:
            return None
    return (low, high) if high - low > -2 else None


def _leaves(rows: Sequence[Row], at: int, margins: Margins, up: bool = False) -> bool:
    """Whether this row stands apart from the two columns: a title, an addressee, far away."""
    row = rows[at]
    box = around(row)
    next_to = around(rows[at + 1 if up else at - 1])
    if max(box[1] - next_to[3], next_to[1] - box[3]) > 9 * margins.height:
        return True
    if len(row) > 1:
        return False
    centred = abs((box[0] + box[2]) / 2 - margins.centre) < 0.05 * (margins.right - margins.left)
    return centred or _ADDRESSED.match(row[0].text) is not None


def _two_columns(rows: Sequence[Row], gutter: Gutter) -> Iterator[Placed]:
    middle = sum(gutter) / 2
    strips = [strip for row in rows for strip in row]
    sides: tuple[tuple[Column, list[Strip]], ...] = (
        ("left", [s for s in strips if (s.box[0] + s.box[2]) / 2 < middle]),
        ("right", [s for s in strips if (s.box[0] + s.box[2]) / 2 >= middle]),
    )
    for column, side in sides:
        yield from (Placed(row, column) for row in rows_of(side))


def _running(rows: Sequence[Row], margins: Margins) -> Iterator[Placed]:
    """Lines of running text."""
    before: Row | None = None
    for row in rows:
        centred = _is_centred(row, margins) or (
            before is not None and _widens(before, row, margins)
        )
        yield Placed(row, None, centred)
        before = row if centred else None


def _off_centre(row: Row, margins: Margins) -> float:
    x0, _, x1, _ = around(row)
    return abs((x0 + x1) / 2 - margins.centre)


def _is_centred(row: Row, margins: Margins) -> bool:
    """Whether the row stands in the middle and is no indented line that happens to end there."""
    x0, _, x1, _ = around(row)
    inset = min(x0 - margins.left, margins.right - x1)
    if _LABELLED.match(row[0].text) or abs(x0 - margins.left - margins.indent) < 4:
        return False
    return inset > margins.height and _off_centre(row, margins) < (
        6 if inset < 2.5 * margins.height else 20
    )


def _widens(before: Row, row: Row, margins: Margins) -> bool:
    """Whether a title in the middle goes on in a line nearly as wide as the page."""
    near = around(row)[1] - around(before)[3] < 0.5 * margins.height
    short = around(row)[0] - margins.left > 3 and margins.right - around(row)[2] > 3
    return near and short and _off_centre(row, margins) < 6
