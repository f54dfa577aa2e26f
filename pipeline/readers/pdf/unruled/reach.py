"""How far does a table reach below its header, and over which pages?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extractors.rules import compile_once
from pipeline.readers.pdf.rows import Row
from pipeline.readers.pdf.spans import Span
from pipeline.readers.pdf.unruled.header import Header, header_at
from pipeline.readers.pdf.unruled.pieces import (
    MARK,
    Strip,
    gaps_of,
    in_columns,
    pieces_of,
    walls_between,
)

_NARROWEST = 4.5
"""Points: the strip between two columns whose words fill them."""
_LEADERS = compile_once(r"[.…]{5,}")
_ENDS_TABLE = compile_once(
    r"(?i)n[ơo]i (?:nhận|gửi) ?:|kính (?:gửi|trình)|ghi chú ?:|(?-i:T ?/ ?M|TM\.|KT\.|TL\.|TUQ\.)"
)


class Sheetful(NamedTuple):
    """What of a page is neither in a grid nor furniture nor a note, and the lines across it."""

    rows: Sequence[Row]
    strokes: Sequence[Span]
    width: float


@dataclass(slots=True)
class Part:
    """Of a table what stands on one page, rows by number; `head`: rows of the header."""

    page: Sheetful
    first: int
    head: int
    last: int
    crossing: frozenset[int] = frozenset()


class _Extent(NamedTuple):
    """How far a table reaches on a page, the rows that cross its strips, what stays white."""

    last: int
    crossing: frozenset[int]
    strips: list[list[Strip]]


@dataclass(slots=True)
class Table:
    """A table on its way: its header, what of it stands on each page, the white between columns."""

    header: Header
    parts: list[Part]
    strips: list[list[Strip]]


def table_at(pages: Sequence[Sheetful], number: int, at: int) -> Table | None:
    """The table whose header stands there, with what of it stands on the pages after it."""
    page = pages[number]
    header = header_at(page.rows, at)
    if header is None:
        return None
    strips = [[(left[1], right[0])] for left, right in pairwise(header.columns)]
    extent = _extent(page.rows, header.last + 1, strips, page.rows[at].rough)
    parts = [Part(page, header.first, header.last - header.first + 1, extent.last, extent.crossing)]
    strips = extent.strips
    while parts[-1].last == len(parts[-1].page.rows) - 1 and number + len(parts) < len(pages):
        following = _carried(pages[number + len(parts)], page, header, strips)
        if following is None:
            break
        part, strips = following
        parts.append(part)
    table = Table(header, parts, strips)
    return table if _is_table(table) else None


def _carried(
    page: Sheetful, before: Sheetful, header: Header, strips: list[list[Strip]]
) -> tuple[Part, list[list[Strip]]] | None:
    """What of a table stands at the top of the next page, its header repeated or not."""
    if abs(page.width - before.width) > 2 or not page.rows:
        return None
    head = _repeated(page.rows, before.rows[header.first : header.last + 1])
    extent = _extent(page.rows, head, strips, before.rows[header.first].rough)
    if extent.last < head:
        return None
    return Part(page, 0, head, extent.last, extent.crossing), extent.strips


def _repeated(rows: Sequence[Row], header: Sequence[Row]) -> int:
    same = [a.rough == b.rough for a, b in zip(rows, header, strict=False)]
    return len(header) if len(same) == len(header) and all(same) else 0


def _extent(rows: Sequence[Row], start: int, strips: list[list[Strip]], again: str) -> _Extent:
    """The rows from `start` that leave the strips white, headings that cross them between.

    `again`: what the header says; where it comes again another table begins.
    """
    last, crossing = start - 1, set[int]()
    waiting: list[int] = []
    for index in range(start, len(rows)):
        row = rows[index]
        before = rows[index - 1] if index else None
        if row.rough == again or _ENDS_TABLE.match(row.rough) or _is_far(before, row):
            break
        narrowed = _narrowed(strips, row)
        if all(narrowed) and not (waiting and _ends_heading(row, strips)):
            strips, last = narrowed, index
            crossing.update(waiting)
            waiting = []
        elif len(waiting) < 4 and _is_heading(row, strips, narrowed, goes_on=bool(waiting)):
            waiting.append(index)
        else:
            break
    while last > start and _closes(rows[last - 1], rows[last]):
        last -= 1
    return _Extent(last, frozenset(crossing), strips)


def _closes(above: Row, row: Row) -> bool:
    """Whether the last row is words of the letter below its table: alone, in another style or far
    below, where no number of a row stands."""
    if len(pieces_of(row)) > 1 or MARK.fullmatch(row.rough):
        return False
    set_off = row.base - above.base > 2.2 * row.size or abs(row.size - above.size) > 0.6
    return set_off or ((row.bold or row.rough.isupper()) and not above.bold)


def _ends_heading(row: Row, strips: Sequence[Sequence[Strip]]) -> bool:
    """Whether a row goes on from the heading above it: in one place, right of the numbers."""
    goes_on = row.rough[:1].islower() or row.rough[:1] == "("
    return goes_on and row.x0 > strips[0][0][0] and len(pieces_of(row)) == 1


def _is_far(before: Row | None, row: Row) -> bool:
    return before is not None and row.base - before.base > 5 * row.size


def _narrowed(strips: Sequence[Sequence[Strip]], row: Row) -> list[list[Strip]]:
    """What stays white of each strip where the row stands too."""
    white = [(-1e4, row.x0), *gaps_of(row, _NARROWEST), (row.x1, 1e4)]
    return [
        [
            (max(left, start), min(right, end))
            for left, right in strip
            for start, end in white
            if min(right, end) - max(left, start) >= _NARROWEST
        ]
        for strip in strips
    ]


def _is_heading(
    row: Row,
    strips: Sequence[Sequence[Strip]],
    narrowed: Sequence[Sequence[Strip]],
    *,
    goes_on: bool,
) -> bool:
    """Words over several columns: after a number in the first one, in bold, in capitals, or few
    words that begin in the first column; `goes_on`: a heading stands above."""
    if row.bold or row.italic or row.rough.isupper():
        return True
    first, *others = pieces_of(row)
    edge = strips[0][-1][1]
    if narrowed[0]:
        return goes_on or (first.x1 <= edge and MARK.fullmatch(first.text) is not None)
    return first.x0 < edge and not others and first.x1 < strips[len(strips) // 2][0][0]


def _is_table(table: Table) -> bool:
    """Whether words stand side by side below the header often enough."""
    body = [
        row
        for part in table.parts
        for index, row in enumerate(part.page.rows[part.first : part.last + 1], part.first)
        if index >= part.first + part.head and index not in part.crossing
    ]
    if len(body) < 2:
        return False
    walls = walls_between(table.strips)
    beside = [sum(part is not None for part in in_columns(row, walls)) for row in body]
    leaders = sum(_LEADERS.search(row.rough) is not None for row in body)
    most = 2 if len(walls) > 2 else len(walls) + 1
    return leaders < 0.3 * len(body) and sum(count >= most for count in beside) > 1
