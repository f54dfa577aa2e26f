"""Which rows of a page stand in two columns, and where is the gutter between them?"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.rules import compile_once
from pipeline.ocr.strips import Row, around

_ADDRESSED = compile_once(r"K[íi]nh\s*g[ửứuư]i")
_RECIPIENTS = compile_once(r"N[ơoớờ]i\s*nh[ậaâạ]n")


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


Gutter = tuple[float, float]


def zones(rows: Sequence[Row], margins: Margins) -> Iterator[tuple[Gutter | None, list[Row]]]:
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
