"""Where do two columns stand side by side: the letterhead, Nơi nhận beside the signature?

A block of two columns begins at a landmark (Quốc hiệu, Đảng Cộng sản Việt Nam, Nơi nhận, two
offices in capitals side by side) and reaches as far as an upright strip between the columns
stays white. The left column is read first, then the right one.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from extractors.rules import compile_once
from pipeline.readers.pdf.rows import Row

Side = Literal["left", "right"]
Strip = tuple[float, float]
"""White from x to x."""

_MOTTO = r"(?i:ộc lập ?[-–] ?Tự do)"
_COUNTRY = compile_once(
    r"C[ỘO]NG H[ÒO][ÀA]? ?X[ÃA] H[ỘO]I CH[ỦU] NGH[ĨI]A"
    rf"|Đ(?:ẢNG CỘNG SẢN VIỆT NAM|{_MOTTO})|đ{_MOTTO}"
)
"""Asked of every row: a search for few first letters is over soon."""
_RECIPIENTS = compile_once(r"(?i)^\W{0,2}n[ơo]i (?:nhận|gửi) ?[:;]?")
_BELOW = compile_once(r"(?i)^kính (?:gửi|trình|thưa)")
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


class _Anchor(NamedTuple):
    """Where a block of columns is told: white strips of its row; `head`: of a letterhead."""

    strips: tuple[Strip, ...]
    head: bool


def in_columns(
    rows: Sequence[Row], width: float, going_on: Strip | None = None
) -> tuple[list[Sided], Strip | None]:
    """The rows in reading order, and the strip of a block that reaches the foot of the page.

    `going_on`: that strip of the page before; the block may go on at the top of this one.
    """
    blocks = list(_blocks(rows, width, going_on))
    ordered: list[Sided] = []
    at = 0
    for block in blocks:
        ordered += (Sided(row) for row in rows[at : block.first])
        ordered += _by_column(rows[block.first : block.last + 1], block.at)
        at = block.last + 1
    ordered += (Sided(row) for row in rows[at:])
    open_block = blocks[-1] if blocks and blocks[-1].last == len(rows) - 1 else None
    return ordered, (open_block.at - 3, open_block.at + 3) if open_block else None


def _by_column(rows: Sequence[Row], at: float) -> Iterator[Sided]:
    for row in rows:
        if half := row.part(-1e9, at):
            yield Sided(half, "left")
    for row in rows:
        if half := row.part(at, 1e9):
            yield Sided(half, "right")


def _blocks(rows: Sequence[Row], width: float, going_on: Strip | None) -> Iterator[_Block]:
    free = 0
    if going_on and (block := _carried(rows, going_on)):
        yield block
        free = block.last + 1
    right = max((row.x1 for row in rows), default=0.0)
    for index, row in enumerate(rows):
        anchor = _anchor(row, width, right) if index >= free else None
        block = _block_around(rows, index, anchor, free) if anchor else None
        if block:
            yield block
            free = block.last + 1


def _carried(rows: Sequence[Row], strip: Strip) -> _Block | None:
    """The rest of a block from the page before: rows at the top that leave its strip white."""
    if not rows or not _narrowed([strip], rows[0]):
        return None
    last, strips = _down(rows, 0, _Anchor((strip,), head=False))
    at = _between_ink(rows[: last + 1], strips) or 0.5 * (strip[0] + strip[1])
    right = any(row.part(at, 1e9) for row in rows[: last + 1])
    return _Block(0, last, at) if right else None


def _block_around(rows: Sequence[Row], index: int, anchor: _Anchor, free: int) -> _Block | None:
    last, strips = _down(rows, index, anchor)
    first, strips = _up(rows, index, strips, free)
    at = _between_ink(rows[first : last + 1], strips)
    return None if at is None else _Block(first, last, at)


def _between_ink(rows: Sequence[Row], strips: Sequence[Strip]) -> float | None:
    """The middle of the widest strip that has ink on either side."""
    for start, end in sorted(strips, key=lambda strip: strip[0] - strip[1]):
        at = 0.5 * (start + end)
        if any(row.part(-1e9, at) for row in rows) and any(row.part(at, 1e9) for row in rows):
            return at
    return None


def _anchor(row: Row, width: float, right: float) -> _Anchor | None:
    """The white strips of a row that is a landmark; None for any other row.

    `right`: where the ink of the page ends.
    """
    whole = row.rough
    if _COUNTRY.search(whole):
        strip = _before_country(row, _gaps(row, right), width)
        return _Anchor((strip,), head=True) if strip else None
    if row.x0 < 0.4 * width and _RECIPIENTS.match(whole):
        gaps = _gaps(row, right)
        wide = [gap for gap in gaps if gap[0] > row.x0 and gap[1] - gap[0] > 1.5 * row.size]
        return _Anchor(tuple(wide), head=False) if wide else None
    if not row.bold or len(whole) <= 8 or not _is_capitals(whole):
        return None
    inner = [gap for gap in _gaps(row, right) if gap[0] > row.x0 and gap[1] < row.x1]
    wide = [gap for gap in inner if gap[1] - gap[0] > 2 * row.size]
    return _Anchor((wide[0],), head=False) if len(wide) == 1 else None


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


def _narrowed(strips: Sequence[Strip], row: Row) -> list[Strip]:
    """What stays white of the strips where the row stands too."""
    return [
        (max(start, left), min(end, right))
        for left, right in strips
        for start, end in _gaps(row, 1e4)
        if min(end, right) - max(start, left) >= _NARROWEST
    ]


def _down(rows: Sequence[Row], index: int, anchor: _Anchor) -> tuple[int, list[Strip]]:
    last, strips = index, list(anchor.strips)
    right: list[float] = []
    for number in range(index, len(rows)):
        row = rows[number]
        narrowed = _narrowed(strips, row)
        if not narrowed or (number > index and _ends_block(rows[last], row)):
            break
        if anchor.head:
            narrowed = [max(narrowed, key=lambda strip: strip[1] - strip[0])]
            if number > index and _is_title(row, narrowed[0], right):
                break
            if half := row.part(narrowed[0][1] - 0.1, 1e9):
                right.append(0.5 * (half.x0 + half.x1))
        last, strips = number, narrowed
    return last, strips


def _ends_block(before: Row, row: Row) -> bool:
    """Whether a row that leaves a strip white is nevertheless text over the whole page."""
    return _BELOW.match(row.rough) is not None or row.base - before.base > 9 * row.size


def _is_title(row: Row, strip: Strip, right: Sequence[float]) -> bool:
    """A title in the middle of the page stands left of the middle of the right column."""
    if row.x0 < strip[1] or not right:
        return False
    return 0.5 * (row.x0 + row.x1) < sum(right) / len(right) - 2.5 * row.size


def _up(rows: Sequence[Row], index: int, strips: list[Strip], free: int) -> tuple[int, list[Strip]]:
    """Rows above the landmark that belong beside it: an agency or an office in capitals."""
    first = index
    for number in range(index - 1, free - 1, -1):
        row = rows[number]
        narrowed = _narrowed(strips, row)
        if not narrowed or rows[first].base - row.base > 2.6 * row.size:
            break
        if not _is_capitals(row.rough) and (
            number < index - 1 or row.part(-1e9, narrowed[0][0] + 1)
        ):
            break
        first, strips = number, narrowed
    return first, strips


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 3 and sum(letter.isupper() for letter in letters) > 0.85 * len(letters)
