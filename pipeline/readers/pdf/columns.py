"""Where do two columns stand side by side: the letterhead, Nơi nhận beside the signature?

A block of two columns begins at a landmark (Quốc hiệu, Đảng Cộng sản Việt Nam, Nơi nhận, two
offices in capitals side by side) and reaches as far as an upright strip between the columns
stays white. The left column is read first, then the right one.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import regex

from pipeline.readers.pdf.rows import Row

Side = Literal["left", "right"]

_COUNTRY = regex.compile(
    r"C[ỘO]NG H[ÒO][ÀA]? ?X[ÃA] H[ỘO]I CH[ỦU] NGH[ĨI]A|ĐẢNG CỘNG SẢN VIỆT NAM"
    r"|(?i:Độc lập ?[-–] ?Tự do)"
)
_RECIPIENTS = regex.compile(r"(?i)^\W{0,2}n[ơo]i (?:nhận|gửi) ?[:;]?")
_BELOW = regex.compile(r"(?i)^kính (?:gửi|trình|thưa)")
_NARROWEST = 5.0
"""Points: the strip between the columns of a tight letterhead."""


class Sided(NamedTuple):
    """A row, or its half, with the column it stands in."""

    row: Row
    column: Side | None = None


class _Block(NamedTuple):
    first: int
    last: int
    at: float


def in_columns(rows: Sequence[Row], width: float) -> Iterator[Sided]:
    """The rows in reading order."""
    at = 0
    for block in _blocks(rows, width):
        yield from (Sided(row) for row in rows[at : block.first])
        held = rows[block.first : block.last + 1]
        for side, start, end in (("left", -1e9, block.at), ("right", block.at, 1e9)):
            for row in held:
                if half := row.part(start, end):
                    yield Sided(half, side)  # type: ignore[arg-type]
        at = block.last + 1
    yield from (Sided(row) for row in rows[at:])


def _blocks(rows: Sequence[Row], width: float) -> Iterator[_Block]:
    free = 0
    for index in range(len(rows)):
        if index < free:
            continue
        block = _block_at(rows, index, width, free)
        if block:
            yield block
            free = block.last + 1


def _block_at(rows: Sequence[Row], index: int, width: float, free: int) -> _Block | None:
    row = rows[index]
    strip = _strip_at(row, width)
    if strip is None:
        return None
    last, strip = _down(rows, index, strip)
    first, strip = _up(rows, index, strip, free)
    at = 0.5 * (strip[0] + strip[1])
    held = rows[first : last + 1]
    sides = [(row.part(-1e9, at) is not None, row.part(at, 1e9) is not None) for row in held]
    if not any(left for left, _ in sides) or not any(right for _, right in sides):
        return None
    return _Block(first, last, at)


Strip = tuple[float, float]


def _strip_at(row: Row, width: float) -> Strip | None:
    """The white strip of a row that is a landmark; None for any other row."""
    gaps = _gaps(row, width)
    landmark = next((run for run in row.runs if _COUNTRY.search(run.text)), None)
    whole = row.rough
    if landmark or _COUNTRY.search(whole):
        return _before_country(row, gaps, width)
    if _RECIPIENTS.match(whole) and row.x0 < 0.4 * width:
        wide = [gap for gap in gaps if gap[0] > row.x0 and gap[1] - gap[0] > 1.5 * row.size]
        return wide[0] if wide else None
    inner = [gap for gap in gaps if gap[0] > row.x0 and gap[1] < row.x1]
    wide = [gap for gap in inner if gap[1] - gap[0] > 2 * row.size]
    if len(wide) == 1 and _is_capitals(whole) and row.bold and len(whole) > 8:
        return wide[0]
    return None


def _before_country(row: Row, gaps: Sequence[Strip], width: float) -> Strip | None:
    """The strip left of Quốc hiệu; a row with nothing left of it is white up to the margin."""
    inner = [gap for gap in gaps if row.x0 < gap[1] <= 0.6 * width and gap[0] > row.x0]
    inner = [gap for gap in inner if gap[1] - gap[0] > 0.6 * row.size]
    if inner:
        return max(inner, key=lambda gap: gap[1] - gap[0])
    if row.x0 > 0.3 * width:
        return (0.12 * width, row.x0)
    return None


def _gaps(row: Row, width: float) -> list[Strip]:
    """The white between the runs of a row, and from its ends to the edges of the page."""
    gaps: list[Strip] = []
    end = 0.0
    for run in row.runs:
        if run.x0 - end >= _NARROWEST:
            gaps.append((end, run.x0))
        end = max(end, run.x1)
    if width - end >= _NARROWEST:
        gaps.append((end, width))
    return gaps


def _narrowed(strip: Strip, row: Row, width: float = 1e4) -> Strip | None:
    """What stays white of the strip where the row stands too."""
    best: Strip | None = None
    for start, end in _gaps(row, width):
        left, right = max(start, strip[0]), min(end, strip[1])
        if right - left >= _NARROWEST and (best is None or right - left > best[1] - best[0]):
            best = (left, right)
    return best


def _down(rows: Sequence[Row], index: int, strip: Strip) -> tuple[int, Strip]:
    last = index
    right: list[float] = []
    for number in range(index, len(rows)):
        row = rows[number]
        narrowed = _narrowed(strip, row)
        if narrowed is None or (number > index and _ends_block(rows[last], row, narrowed, right)):
            break
        last, strip = number, narrowed
        half = row.part(strip[1] - 0.1, 1e9)
        if half:
            right.append(0.5 * (half.x0 + half.x1))
    return last, strip


def _ends_block(before: Row, row: Row, strip: Strip, right: Sequence[float]) -> bool:
    """Whether a row that leaves the strip white is nevertheless text over the whole page."""
    if _BELOW.match(row.rough) or row.base - before.base > 9 * row.size:
        return True
    if row.x0 >= strip[1] and right:
        # A title in the middle of the page stands left of the middle of the right column.
        middle = sum(right) / len(right)
        return 0.5 * (row.x0 + row.x1) < middle - 2.5 * row.size
    return False


def _up(rows: Sequence[Row], index: int, strip: Strip, free: int) -> tuple[int, Strip]:
    """Rows above the landmark that belong beside it: an agency or an office in capitals."""
    first = index
    for number in range(index - 1, free - 1, -1):
        row = rows[number]
        narrowed = _narrowed(strip, row)
        if narrowed is None or rows[first].base - row.base > 2.6 * row.size:
            break
        if not _is_capitals(row.rough) and number < index - 1:
            break
        if not _is_capitals(row.rough) and row.part(-1e9, narrowed[0] + 1):
            break
        first, strip = number, narrowed
    return first, strip


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 3 and sum(letter.isupper() for letter in letters) > 0.85 * len(letters)
