"""In which order are the lines of a scanned page read, and which stand beside one another?

Geometry, in points, and a few words of form: two-column blocks (letterhead, Nơi nhận beside the
signature) are told from running text, and pieces of one row are joined.
"""

from collections.abc import Iterator, Sequence
from statistics import median

from extractors.rules import compile_once
from pipeline.ocr.strips import Column, Placed, Row, Strip, around, rows_of
from pipeline.ocr.zones import Gutter, Margins, zones

_LABELLED = compile_once(r"[-–+•*~]\s|\(?(?:\d{1,3}|\p{Ll})[.)]\s")


def arrange(strips: Sequence[Strip], width: float) -> list[Placed]:
    """The lines in reading order on a page `width` points wide."""
    rows = rows_of(strips)
    if not rows:
        return []
    margins = _margins(rows, width)
    placed: list[Placed] = []
    flow: list[Row] = []
    for gutter, run in zones(rows, margins):
        if gutter is None:
            flow.extend(run)
            continue
        placed += _running(flow, margins)
        placed += _two_columns(run, gutter)
        flow = []
    return [*placed, *_running(flow, margins)]


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
