"""Where do addressees stand beside "Kính gửi:" in two columns, each of several lines?

Read line by line, "- Bộ trưởng các | Công Thương, Công an, / Bộ: | Tài chính" would mix both. A
block is told where white runs down beside the words or below them. One whose left column is a
single line at its top reads right as it is.
"""

from collections.abc import Sequence
from typing import NamedTuple

from extractors.rules import compile_once
from pipeline.readers.pdf.gridcells import GridCell
from pipeline.readers.pdf.grids import Grid
from pipeline.readers.pdf.rows import Row
from pipeline.readers.pdf.unruled import Found, Strip, gaps_of

_TO = compile_once(r"(?i)kính (?:gửi|trình)\b|.{0,60}\b(?:điện|gửi) ?:$")
_BULLET = compile_once(r"[-–+•*]|\(?\p{L}[.)]|\d{1,2}[.)]")
_NARROWEST = 6.0
"""Points between the columns; justified words are parted by less, or not on each line."""
_MOST_ROWS = 40
"""How many rows of the first page are looked at: the letterhead and the addressees."""


def addressees(rows: Sequence[Row]) -> Found | None:
    """The addressees of a page in two columns, as a table of one row."""
    for index, row in enumerate(rows[:_MOST_ROWS]):
        if _TO.match(row.rough):
            places = (index, index + 1) if index + 1 < len(rows) else (index,)
            return next((found for at in places if (found := _beside(rows, at))), None)
    return None


class _Block(NamedTuple):
    first: int
    last: int
    strip: Strip


def _beside(rows: Sequence[Row], at: int) -> Found | None:
    """The block that the row stands in, if both columns would mix."""
    block = next((block for gap in _wide(rows[at]) if (block := _grown(rows, at, gap))), None)
    if block is None:
        return None
    held = rows[block.first : block.last + 1]
    wall = 0.5 * (block.strip[0] + block.strip[1])
    left = [part for row in held if (part := row.part(-1e4, wall))]
    right = [part for row in held if (part := row.part(wall, 1e4))]
    mixed = len(left) > 1 or held[0].part(-1e4, wall) is None
    if len(right) < 2 or not mixed or _BULLET.fullmatch(left[0].rough):
        return None
    return _found(held, left, right, wall)


def _wide(row: Row) -> list[Strip]:
    return [gap for gap in gaps_of(row, _NARROWEST) if gap[1] - gap[0] >= _NARROWEST]


def _grown(rows: Sequence[Row], at: int, strip: Strip) -> _Block | None:
    """The rows down and up that leave the strip white, the right ones from one left edge."""
    edge = strip[1]
    last = at
    while last + 1 < len(rows) and _is_near(rows[last], rows[last + 1]):
        narrowed = _narrowed(strip, rows[last + 1], edge)
        if narrowed is None:
            break
        strip, last = narrowed, last + 1
    first = at
    while first and _is_near(rows[first - 1], rows[first]) and abs(rows[first - 1].x0 - edge) < 2:
        first -= 1
    return _Block(first, last, strip) if last > first else None


def _is_near(above: Row, below: Row) -> bool:
    return below.base - above.base < 1.7 * below.size and abs(above.size - below.size) < 0.6


def _narrowed(strip: Strip, row: Row, edge: float) -> Strip | None:
    """What stays white; None where words cross it or begin at another edge right of it."""
    for start, end in [(-1e4, row.x0), *gaps_of(row, _NARROWEST), (row.x1, 1e4)]:
        white = (max(start, strip[0]), min(end, strip[1]))
        if white[1] - white[0] >= _NARROWEST:
            return white if end > 1e3 or abs(end - edge) < 2 else None
    return None


def _found(held: Sequence[Row], left: list[Row], right: list[Row], wall: float) -> Found:
    top, bottom = held[0].box[1], held[-1].box[3]
    box = (min(row.x0 for row in held) - 5, top, max(row.x1 for row in held) + 5, bottom)
    cells = (
        GridCell(0, 0, 1, 1, (box[0], top, max(row.x1 for row in left) + 5, bottom)),
        GridCell(0, 1, 1, 1, (wall, top, box[2], bottom)),
    )
    grid = Grid(box, 1, 2, cells, ruled=False)
    return Found(grid, [left, right], frozenset(map(id, held)))
