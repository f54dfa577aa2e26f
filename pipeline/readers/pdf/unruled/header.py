"""Is a row the header of a table, and where do its columns stand?"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

from extractors.rules import compile_once
from pipeline.readers.pdf.rows import Row
from pipeline.readers.pdf.unruled.pieces import MARK, Piece, Strip, pieces_of

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


_NUMBER_NAME = compile_once(r"(?i)S?TT|số (?:TT|thứ tự)")


def is_suspected(row: Row) -> bool:
    """Whether a row holds two names of columns or more, and nothing else."""
    if len(row.runs) < 2 or len(row.rough) > 160:
        return False
    told = row.rough.casefold()
    if not any(name in told for name in _OFTEN):
        return False
    pieces = pieces_of(row)
    if len(pieces) < 2:
        return False
    named = sum(_name().fullmatch(piece.text) is not None for piece in pieces)
    numbered = _NUMBER_NAME.fullmatch(pieces[0].text) is not None
    return named > 1 and (numbered or named >= 0.5 * len(pieces))


class Header(NamedTuple):
    """The first row and the last of a header, its columns, and from where to where those stand
    that a name stands over."""

    first: int
    last: int
    columns: list[Strip]
    over: dict[str, Strip]


def header_at(rows: Sequence[Row], at: int) -> Header | None:
    """The header around a row that is suspected to be one."""
    first, last = _header_rows(rows, at)
    lines = [pieces_of(row) for row in rows[first : last + 1]]
    over: dict[str, Strip] = {}
    names: list[Piece] = []
    for number, line in enumerate(lines):
        for piece in line:
            if under := _under(piece, line, lines[number + 1 :]):
                over[piece.text] = (under[0].x0, under[-1].x1)
            else:
                names.append(piece)
    columns = _clustered(names)
    return Header(first, last, columns, over) if _are_columns(lines, columns) else None


def _are_columns(pieces: Sequence[Sequence[Piece]], columns: Sequence[Strip]) -> bool:
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
    pieces = pieces_of(row)
    named = [_name().fullmatch(piece.text) is not None for piece in pieces]
    return all(named) or (len(pieces) > 1 and any(named)) or step < 0.85 * row.size


def _belongs_below(above: Row, row: Row, anchor: Row) -> bool:
    step = row.base - above.base
    if step > 1.9 * row.size or row.bold != anchor.bold or abs(row.size - anchor.size) > 0.6:
        return False
    pieces = pieces_of(row)
    if any(len(piece.text) > 40 for piece in pieces) or MARK.fullmatch(pieces[0].text):
        return False
    if any(len(_touched(piece, pieces_of(anchor))) > 1 for piece in pieces):
        return False  # a heading of the first rows
    if step < 0.85 * row.size or anchor.bold:
        return True
    return all(
        p.text[:1].islower() or p.text[:1] == "(" or _name().fullmatch(p.text) for p in pieces
    )


def _under(piece: Piece, beside: Sequence[Piece], below: Sequence[Sequence[Piece]]) -> list[Piece]:
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


def _touched(piece: Piece, line: Sequence[Piece]) -> list[Piece]:
    return [other for other in line if other.x0 < piece.x1 and other.x1 > piece.x0]


def _is_amid(piece: Piece, start: float, end: float) -> bool:
    return abs(0.5 * (start + end) - 0.5 * (piece.x0 + piece.x1)) < 0.2 * (end - start)


def _clustered(pieces: Sequence[Piece]) -> list[Strip]:
    """Where the columns' names stand: those under one another as one."""
    columns: list[Strip] = []
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if columns and piece.x0 < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], piece.x1))
        else:
            columns.append((piece.x0, piece.x1))
    return columns
