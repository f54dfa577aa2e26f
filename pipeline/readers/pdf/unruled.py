"""Which rows are a table whose ruling lines are absent or do not close?

A row of the names that columns have (STT, Nội dung, Cơ quan chủ trì, Thời hạn …) is suspected to
be a header. It is one where white runs down between its names over the rows below: each such
strip parts two columns. The table goes on over the page as long as the strips stay white. Words
that stand over several strips are a heading among the rows. A row of the table may be several
lines high: a new one begins at a number in the first column, at a ruling or, where the first
column holds words, at white or at a fresh sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import regex

from pipeline.readers.pdf.grids import Grid, GridCell, Span
from pipeline.readers.pdf.rows import Row
from schemas.paper import Box

Strip = tuple[float, float]
"""White from x to x."""

_NARROWEST = 4.5
"""Points: the strip between two columns whose words fill them."""
_PADDING = 5.0
"""Points between the words of a cell and where its border would be."""

_OFTEN = ("tt", "nội dung", "nhiệm vụ", "công việc", "cơ quan", "đơn vị", "chủ trì", "thời ")
"""One at least of these stands over every table that tells work."""


@cache
def _name() -> regex.Pattern[str]:
    """What a name of a column begins with; compiled when first asked, as few letters need it."""
    return regex.compile(
        r"(?i)(?:S?TT|số (?:TT|thứ tự)|(?:tên )?(?:nội dung|nhiệm vụ|công việc|hoạt động|chỉ tiêu"
        r"|đề án|dự án|văn bản|đề tài)|(?:các )?(?:cơ quan|đơn vị|bộ phận)"
        r"|(?:phòng|người|cấp|lãnh đạo|cá nhân)(?:, ban)? (?:chủ trì|thực hiện|phối hợp|phụ trách"
        r"|theo dõi|chỉ đạo|chịu trách nhiệm|trình)|chủ trì|phối hợp|tham gia|thực hiện|phụ trách"
        r"|phân công|thời (?:gian|hạn|điểm)|tiến độ|hạn|sản phẩm|kết quả|kinh phí|ghi chú)\b"
        r"[^:;.?!]{0,45}"
    )


_NUMBER_NAME = regex.compile(r"(?i)S?TT|số (?:TT|thứ tự)")
_MARK = regex.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXL]{1,6}|\p{L})[.)]{0,2}|[-+*•]")
"""A number or a letter of a row."""
_ENDS_TABLE = regex.compile(
    r"(?i)n[ơo]i (?:nhận|gửi) ?:|kính (?:gửi|trình)|ghi chú ?:|(?-i:T ?/ ?M|TM\.|KT\.|TL\.|TUQ\.)"
)
_LEADERS = regex.compile(r"[.…]{5,}")
_FRESH = regex.compile(r"[\p{Lu}\d(\-+•*–“\"]")


class Sheetful(NamedTuple):
    """What of a page is neither in a grid nor furniture nor a note, and the lines across it."""

    rows: Sequence[Row]
    strokes: Sequence[Span]
    width: float


class Found(NamedTuple):
    """A table, or the part of one on a page: its grid, the rows of each cell, those it takes."""

    grid: Grid
    cells: list[list[Row]]
    rows: frozenset[int]


def unruled_tables(pages: Sequence[Sheetful]) -> list[list[Found]]:
    """The tables of each page without closed ruling."""
    found: list[list[Found]] = [[] for _ in pages]
    for number, page in enumerate(pages):
        at = 0
        while at < len(page.rows):
            table = _table_at(pages, number, at) if _is_suspected(page.rows[at]) else None
            if table is None:
                at += 1
                continue
            for offset, part in enumerate(table.parts):
                found[number + offset].append(_found(table, part))
            at = table.parts[0].last + 1
    return _without_twice(found)


def _without_twice(found: Sequence[Sequence[Found]]) -> list[list[Found]]:
    """A header that is repeated on the next page was part of the table before it."""
    result: list[list[Found]] = []
    for tables in found:
        taken: set[int] = set()
        kept: list[Found] = []
        for table in tables:
            if taken.isdisjoint(table.rows):
                kept.append(table)
                taken |= table.rows
        result.append(kept)
    return result


# --- Pieces of a row ------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """Runs of a row that no wide gap parts."""

    x0: float
    x1: float
    row: Row

    @property
    def text(self) -> str:
        return self.row.rough


def _pieces(row: Row, widest: float = 0.6) -> list[_Piece]:
    """The row where gaps wider than that share of its size part it."""
    ends = [(row.x0 - 1, row.x0 - 1), *gaps_of(row, max(widest * row.size, 5.0))]
    starts = [end for _, end in ends]
    stops = [start for start, _ in ends[1:]] + [row.x1 + 1]
    parts = (row.part(start, stop) for start, stop in zip(starts, stops, strict=True))
    return [_Piece(part.x0, part.x1, part) for part in parts if part]


def gaps_of(row: Row, narrowest: float) -> list[Strip]:
    """The white between the runs of a row, as wide as that or wider."""
    gaps: list[Strip] = []
    end = row.runs[0].x1
    for run in row.runs[1:]:
        if run.x0 - end >= narrowest:
            gaps.append((end, run.x0))
        end = max(end, run.x1)
    return gaps


# --- The header -----------------------------------------------------------------------------------


def _is_suspected(row: Row) -> bool:
    """Whether a row holds two names of columns or more, and nothing else."""
    if len(row.runs) < 2 or len(row.rough) > 160:
        return False
    told = row.rough.casefold()
    if not any(name in told for name in _OFTEN):
        return False
    pieces = _pieces(row)
    if len(pieces) < 2:
        return False
    named = sum(_name().fullmatch(piece.text) is not None for piece in pieces)
    numbered = _NUMBER_NAME.fullmatch(pieces[0].text) is not None
    return named > 1 and (numbered or named >= 0.5 * len(pieces))


class _Header(NamedTuple):
    """The first row and the last of a header, its columns, and from where to where those stand
    that a name stands over."""

    first: int
    last: int
    columns: list[Strip]
    over: dict[str, Strip]


def _header_at(rows: Sequence[Row], at: int) -> _Header | None:
    first, last = _header_rows(rows, at)
    lines = [_pieces(row) for row in rows[first : last + 1]]
    over: dict[str, Strip] = {}
    names: list[_Piece] = []
    for number, line in enumerate(lines):
        for piece in line:
            if under := _under(piece, line, lines[number + 1 :]):
                over[piece.text] = (under[0].x0, under[-1].x1)
            else:
                names.append(piece)
    columns = _clustered(names)
    return _Header(first, last, columns, over) if _are_columns(lines, columns) else None


def _are_columns(pieces: Sequence[Sequence[_Piece]], columns: Sequence[Strip]) -> bool:
    """Whether they are enough to part a page: three columns, or two that are no numbers."""
    first = next((p.text for line in pieces for p in line if p.x0 < columns[0][1]), "")
    return len(columns) > 2 or (len(columns) == 2 and not _NUMBER_NAME.fullmatch(first))


def _header_rows(rows: Sequence[Row], at: int) -> tuple[int, int]:
    """From where to where the names reach: those of several lines, set in the middle of others."""
    first = last = at
    while first and _belongs_above(rows[first - 1], rows[first], rows[at]):
        first -= 1
    while last + 1 < len(rows) and _belongs_below(rows[last], rows[last + 1], rows[at]):
        last += 1
    return first, last


def _belongs_above(row: Row, below: Row, anchor: Row) -> bool:
    step = below.base - row.base
    if step > 1.6 * row.size or row.bold != anchor.bold or abs(row.size - anchor.size) > 0.6:
        return False
    pieces = _pieces(row)
    named = [_name().fullmatch(piece.text) is not None for piece in pieces]
    return all(named) or (len(pieces) > 1 and any(named)) or step < 0.85 * row.size


def _belongs_below(above: Row, row: Row, anchor: Row) -> bool:
    step = row.base - above.base
    if step > 1.9 * row.size or row.bold != anchor.bold or abs(row.size - anchor.size) > 0.6:
        return False
    pieces = _pieces(row)
    if any(len(piece.text) > 40 for piece in pieces) or _MARK.fullmatch(pieces[0].text):
        return False
    if any(len(_touched(piece, _pieces(anchor))) > 1 for piece in pieces):
        return False  # a heading of the first rows
    if step < 0.85 * row.size or anchor.bold:
        return True
    return all(
        p.text[:1].islower() or p.text[:1] == "(" or _name().fullmatch(p.text) for p in pieces
    )


def _under(
    piece: _Piece, beside: Sequence[_Piece], below: Sequence[Sequence[_Piece]]
) -> list[_Piece]:
    """The names of a lower line that a name stands over; none where it stands over one or none."""
    start = max((other.x1 for other in beside if other.x1 < piece.x0), default=-1e4)
    end = min((other.x0 for other in beside if other.x0 > piece.x1), default=1e4)
    for line in below:
        touched = _touched(piece, line)
        if len(touched) > 1:
            return touched
        under = [other for other in line if start < other.x0 and other.x1 < end]
        if len(under) > 1 and _is_amid(piece, under[0].x0, under[-1].x1):
            return under
    return []


def _touched(piece: _Piece, line: Sequence[_Piece]) -> list[_Piece]:
    return [other for other in line if other.x0 < piece.x1 and other.x1 > piece.x0]


def _is_amid(piece: _Piece, start: float, end: float) -> bool:
    return abs(0.5 * (start + end) - 0.5 * (piece.x0 + piece.x1)) < 0.2 * (end - start)


def _clustered(pieces: Sequence[_Piece]) -> list[Strip]:
    """Where the columns' names stand: those under one another as one."""
    columns: list[Strip] = []
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if columns and piece.x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.x1))
        else:
            columns.append((piece.x0, piece.x1))
    return columns


# --- The rows below -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Part:
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
class _Table:
    header: _Header
    parts: list[_Part]
    strips: list[list[Strip]]


def _table_at(pages: Sequence[Sheetful], number: int, at: int) -> _Table | None:
    """The table whose header stands there, with what of it stands on the pages after it."""
    page = pages[number]
    header = _header_at(page.rows, at)
    if header is None:
        return None
    strips = [[(left[1], right[0])] for left, right in pairwise(header.columns)]
    extent = _extent(page.rows, header.last + 1, strips, page.rows[at].rough)
    parts = [
        _Part(page, header.first, header.last - header.first + 1, extent.last, extent.crossing)
    ]
    strips = extent.strips
    while parts[-1].last == len(parts[-1].page.rows) - 1 and number + len(parts) < len(pages):
        following = _carried(pages[number + len(parts)], page, header, strips)
        if following is None:
            break
        part, strips = following
        parts.append(part)
    table = _Table(header, parts, strips)
    return table if _is_table(table) else None


def _carried(
    page: Sheetful, before: Sheetful, header: _Header, strips: list[list[Strip]]
) -> tuple[_Part, list[list[Strip]]] | None:
    """What of a table stands at the top of the next page, its header repeated or not."""
    if abs(page.width - before.width) > 2 or not page.rows:
        return None
    head = _repeated(page.rows, before.rows[header.first : header.last + 1])
    extent = _extent(page.rows, head, strips, before.rows[header.first].rough)
    if extent.last < head:
        return None
    return _Part(page, 0, head, extent.last, extent.crossing), extent.strips


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
    if len(_pieces(row)) > 1 or _MARK.fullmatch(row.rough):
        return False
    set_off = row.base - above.base > 2.2 * row.size or abs(row.size - above.size) > 0.6
    return set_off or ((row.bold or row.rough.isupper()) and not above.bold)


def _ends_heading(row: Row, strips: Sequence[Sequence[Strip]]) -> bool:
    """Whether a row goes on from the heading above it: in one place, right of the numbers."""
    goes_on = row.rough[:1].islower() or row.rough[:1] == "("
    return goes_on and row.x0 > strips[0][0][0] and len(_pieces(row)) == 1


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
    first, *others = _pieces(row)
    edge = strips[0][-1][1]
    if narrowed[0]:
        return goes_on or (first.x1 <= edge and _MARK.fullmatch(first.text) is not None)
    return first.x0 < edge and not others and first.x1 < strips[len(strips) // 2][0][0]


def _is_table(table: _Table) -> bool:
    """Whether words stand side by side below the header often enough."""
    body = [
        row
        for part in table.parts
        for index, row in enumerate(part.page.rows[part.first : part.last + 1], part.first)
        if index >= part.first + part.head and index not in part.crossing
    ]
    if len(body) < 2:
        return False
    walls = _walls(table.strips)
    beside = [sum(part is not None for part in _in_columns(row, walls)) for row in body]
    leaders = sum(_LEADERS.search(row.rough) is not None for row in body)
    most = 2 if len(walls) > 2 else len(walls) + 1
    return leaders < 0.3 * len(body) and sum(count >= most for count in beside) > 1


# --- The grid -------------------------------------------------------------------------------------


def _walls(strips: Sequence[Sequence[Strip]]) -> list[float]:
    """Where each two columns part: in the widest white between them."""
    widest = (max(strip, key=lambda white: white[1] - white[0]) for strip in strips)
    return [0.5 * (start + end) for start, end in widest]


def _in_columns(row: Row, walls: Sequence[float]) -> list[Row | None]:
    edges = [-1e4, *walls, 1e4]
    return [row.part(start, end) for start, end in pairwise(edges)]


class _Held(NamedTuple):
    """Words of one row in one cell, and over how many columns they stand."""

    column: int
    columns: int
    row: Row


class _Level(NamedTuple):
    """A row of the page: what it holds; `crossing`: a heading among the rows."""

    base: float
    size: float
    held: list[_Held]
    crossing: bool

    @property
    def first(self) -> str | None:
        """The words in the first column."""
        return next((held.row.rough for held in self.held if held.column == 0), None)

    @property
    def marked(self) -> bool:
        """Whether a number stands in the first column."""
        return self.first is not None and _MARK.fullmatch(self.first) is not None


def _levels(part: _Part, walls: Sequence[float]) -> list[_Level]:
    start = part.first + part.head
    levels = []
    for index, row in enumerate(part.page.rows[start : part.last + 1], start):
        crossing = index in part.crossing
        held = _heading(row, walls) if crossing else _beside(row, walls)
        levels.append(_Level(row.base, row.size, held, crossing))
    return levels


def _beside(row: Row, walls: Sequence[float]) -> list[_Held]:
    return [_Held(at, 1, part) for at, part in enumerate(_in_columns(row, walls)) if part]


def _heading(row: Row, walls: Sequence[float]) -> list[_Held]:
    """Its number in the first column, its words over the others; without one over all."""
    number, rest = row.part(-1e4, walls[0]), row.part(walls[0], 1e4)
    if number and rest and _MARK.fullmatch(number.rough):
        return [_Held(0, 1, number), _Held(1, len(walls), rest)]
    return [_Held(0, len(walls) + 1, row)]


def _found(table: _Table, part: _Part) -> Found:
    walls = _walls(table.strips)
    rows = part.page.rows[part.first : part.last + 1]
    levels = _levels(part, walls)
    starts = _starts(levels, _strokes_in(part), _is_in_middle(_levels(table.parts[0], walls)))
    records = _records(levels, starts)
    head = _head(rows[: part.head], table.header.over, walls)
    return _gridded(head, records, _edges(table, walls), frozenset(map(id, rows)))


def _edges(table: _Table, walls: Sequence[float]) -> list[Strip]:
    """From where to where each column's words stand."""
    held = [
        (piece.column, piece.row)
        for part in table.parts
        for level in _levels(part, walls)
        if not level.crossing
        for piece in level.held
    ]
    edges = []
    for column, (left, right) in enumerate(table.header.columns):
        x0 = min([row.x0 for at, row in held if at == column], default=left)
        x1 = max([row.x1 for at, row in held if at == column], default=right)
        edges.append((x0 - _PADDING, x1 + _PADDING))
    return edges


# --- Where a row of the table begins --------------------------------------------------------------


def _strokes_in(part: _Part) -> list[float]:
    """The lines across the table between its rows."""
    rows = part.page.rows[part.first : part.last + 1]
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    return [
        stroke.at
        for stroke in part.page.strokes
        if rows[0].base < stroke.at < rows[-1].base
        and min(stroke.end, right) - max(stroke.start, left) > 0.6 * (right - left)
    ]


def _starts(levels: Sequence[_Level], strokes: Sequence[float], in_middle: bool) -> list[bool]:
    """For each row of the page whether a row of the table begins with it."""
    if len(strokes) > 1:
        told = [
            _is_parted(above, level, strokes) or (level.marked and not in_middle)
            for above, level in pairwise(levels)
        ]
        return [True, *told] if levels else []
    if not _is_numbered(levels):
        return _by_sentence(levels)
    if in_middle:
        return _around_numbers(levels)
    return [
        level.first is not None or not n or (levels[n - 1].crossing and not _goes_on(level))
        for n, level in enumerate(levels)
    ]


def _is_parted(above: _Level, below: _Level, strokes: Sequence[float]) -> bool:
    return any(above.base - 1 < at < below.base - 0.5 * below.size for at in strokes)


def _goes_on(level: _Level) -> bool:
    return len(level.held) == 1 and level.held[0].row.rough[:1].islower()


def _is_numbered(levels: Sequence[_Level]) -> bool:
    """Whether the first column holds numbers."""
    firsts = [level for level in levels if level.first is not None and not level.crossing]
    return bool(firsts) and sum(level.marked for level in firsts) >= 0.6 * len(firsts)


def _is_in_middle(levels: Sequence[_Level]) -> bool:
    """Whether numbers stand in the middle of their rows: above the first, words of its row;
    beside many, nothing or the middle of a sentence, or words half a line off."""
    first = next((level for level in levels if not level.crossing), None)
    numbers = [n for n, level in enumerate(levels) if level.marked and not level.crossing]
    inside = sum(_is_inside(levels, number) for number in numbers)
    return first is not None and (first.first is None or inside > 0.3 * len(numbers))


def _is_inside(levels: Sequence[_Level], number: int) -> bool:
    level = levels[number]
    if len(level.held) == 1 or any(held.row.rough[:1].islower() for held in level.held[1:]):
        return True
    near = [*levels[max(number - 1, 0) : number], *levels[number + 1 : number + 2]]
    return any(abs(other.base - level.base) < 0.75 * level.size for other in near)


def _around_numbers(levels: Sequence[_Level]) -> list[bool]:
    """As much of each row of the table stands above its number as below it."""
    starts = [n == 0 or level.crossing for n, level in enumerate(levels)]
    seams = _seams(levels)
    numbers = [n for n, level in enumerate(levels) if level.first is not None]
    top = 0
    for number, following in pairwise(numbers):
        if levels[number].crossing or levels[following].crossing:
            top = number + 1 if levels[number].crossing else following
        else:
            top = _bottom(levels, top, number, _among(seams, number + 1, following))
        starts[top] = True
    return starts


def _bottom(levels: Sequence[_Level], top: int, number: int, places: Sequence[int]) -> int:
    """Which of the places ends the row of the table that begins at `top` around its number."""
    middle = levels[number].base - 0.3 * levels[number].size
    bottom = 2 * middle - (levels[top].base - 0.8 * levels[top].size)
    return min(places, key=lambda place: abs(_above(levels, place) - bottom))


def _above(levels: Sequence[_Level], place: int) -> float:
    """The height between a row of the page and the one before it."""
    above, below = levels[place - 1], levels[place]
    return 0.5 * (above.base + below.base - 0.6 * below.size)


def _among(seams: Sequence[bool], first: int, last: int) -> Sequence[int]:
    places = range(first, last + 1)
    return [place for place in places if seams[place]] or places


def _seams(levels: Sequence[_Level]) -> list[bool]:
    """Before which rows of the page more is white in every column than between two lines."""
    columns: dict[int, list[int]] = {}
    for number, level in enumerate(levels):
        for held in level.held:
            columns.setdefault(held.column, []).append(number)
    pairs = [pair for numbers in columns.values() for pair in pairwise(numbers)]
    steps = sorted(levels[b].base - levels[a].base for a, b in pairs)
    leading = steps[len(steps) // 4] if steps else 0.0
    seams = [True] * len(levels)
    for a, b in pairs:
        if levels[b].base - levels[a].base < 1.06 * leading:
            seams[a + 1 : b + 1] = [False] * (b - a)
    return seams


def _by_sentence(levels: Sequence[_Level]) -> list[bool]:
    """Where the first column holds words: at white, or where a fresh sentence begins in each."""
    steps = [b.base - a.base for a, b in pairwise(levels)]
    leading = median(steps) if steps else 0.0
    starts = [True] if levels else []
    for above, level in pairwise(levels):
        step = level.base - above.base
        fresh = all(_FRESH.match(held.row.rough) for held in level.held)
        more = len(level.held) > max(1, min(len(above.held), 2)) or above.crossing
        starts.append(
            level.crossing
            or (level.first is not None and fresh and (more or step > 1.25 * leading))
        )
    return starts


# --- The grid -------------------------------------------------------------------------------------


class _Slot(NamedTuple):
    """A cell: the rows and columns it covers, and what it holds from top to bottom."""

    row: int
    column: int
    rows: int
    columns: int
    held: list[Row]


def _records(levels: Sequence[_Level], starts: Sequence[bool]) -> list[list[_Held]]:
    records: list[list[_Held]] = []
    for level, start in zip(levels, starts, strict=True):
        if start or not records:
            records.append([])
        records[-1] += level.held
    return records


def _head(rows: Sequence[Row], over: dict[str, Strip], walls: Sequence[float]) -> list[_Slot]:
    """The cells of the header: two rows high where a name stands over several columns."""
    deep = 2 if over else 1
    cells: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        for piece in _pieces(row):
            start, end = over.get(piece.text, (piece.x0, piece.x1))
            first = sum(wall < start + 1 for wall in walls)
            last = max(first, sum(wall < end - 1 for wall in walls))
            cells.setdefault((first, last), []).append(piece.row)
    covered = {c for first, last in cells if last > first for c in range(first, last + 1)}
    slots = []
    for (first, last), held in cells.items():
        wide, below = last > first, deep > 1 and last == first and first in covered
        high = 1 if wide or below else deep
        slots.append(_Slot(int(below), first, high, last - first + 1, held))
    return slots


def _gridded(
    head: Sequence[_Slot],
    records: Sequence[Sequence[_Held]],
    edges: Sequence[Strip],
    rows: frozenset[int],
) -> Found:
    """The grid with every cell that is empty, and what the others hold."""
    deep = max((slot.row + slot.rows for slot in head), default=0)
    slots = [*head]
    for number, record in enumerate(records, deep):
        slots += _slots(number, record)
    high = deep + len(records)
    taken = {
        (row, column)
        for slot in slots
        for row in range(slot.row, slot.row + slot.rows)
        for column in range(slot.column, slot.column + slot.columns)
    }
    slots += (
        _Slot(row, column, 1, 1, [])
        for row in range(high)
        for column in range(len(edges))
        if (row, column) not in taken
    )
    slots.sort(key=lambda slot: slot[:2])
    reaches = _reaches(slots, high)
    cells = tuple(
        GridCell(
            slot.row, slot.column, slot.rows, slot.columns,
            (edges[slot.column][0], reaches[slot.row][0],
             edges[slot.column + slot.columns - 1][1], reaches[slot.row + slot.rows - 1][1]),
        )
        for slot in slots
    )  # fmt: skip
    box: Box = (edges[0][0], reaches[0][0], edges[-1][1], reaches[-1][1])
    grid = Grid(box, high, len(edges), cells, ruled=False)
    return Found(grid, [slot.held for slot in slots], rows)


def _slots(number: int, record: Sequence[_Held]) -> Iterator[_Slot]:
    """The cells of a row of the table."""
    cells: dict[int, list[_Held]] = {}
    for held in record:
        cells.setdefault(held.column, []).append(held)
    for column, pieces in cells.items():
        wide = max(held.columns for held in pieces)
        yield _Slot(number, column, 1, wide, [held.row for held in pieces])


def _reaches(slots: Sequence[_Slot], high: int) -> list[Strip]:
    """From where to where each row of the table stands."""
    reaches: list[Strip] = []
    for number in range(high):
        boxes = [row.box for slot in slots if slot.row == number for row in slot.held]
        end = reaches[-1][1] if reaches else 0.0
        reaches.append(
            (min(box[1] for box in boxes), max(box[3] for box in boxes)) if boxes else (end, end)
        )
    return reaches
