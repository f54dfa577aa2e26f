"""What does a plain text file say: which lines are one paragraph, which are notes?

Lines are paragraphs of their own, unless the text is wrapped: then a full line goes on in the
next. Form feeds part pages; notes in the middle of the text are told by their raised figure.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import regex

from extractors.rules import compile_once
from pipeline.readers.breaks import ITEM
from pipeline.readers.flattened import unflattened
from pipeline.readers.halves import goes_on
from pipeline.readers.kinds import TEXT
from pipeline.readers.legacy import decode, from_bytes
from pipeline.readers.limits import Limits
from pipeline.readers.papers import paper_of
from pipeline.readers.runs import Frame, Run, line_of, opening_mark
from pipeline.readers.torn import mended
from pipeline.readers.typed import runs_of
from pipeline.readers.typed_tables import cells_of, is_ruled, table_of, table_rows
from schemas.paper import Block, Line, Paper

_PAGE_NUMBER = compile_once(
    r"\s*(?:[-–]\s*\d{1,4}\s*[-–]|(?:Trang|Page)\s+\d+(?:\s*/\s*\d+)?)\s*", regex.I
)
_BARE_NUMBER = compile_once(r"\s*\d{1,4}\s*")
_OPENING = compile_once(
    r"Ngày \d{1,2} ?(?:tháng|/)|Căn cứ (?-i:\p{Lu})|Thực hiện (?-i:\p{Lu})|Xét đề nghị|"
    r"Kính gửi ?:|Nơi nhận ?:|Điều \d{1,3} ?[.:]"
)
"""Words that, in this case, begin the opening of a letter or an article of it."""

_NOTE = compile_once(r"^\s{0,3}\[\^(?P<mark>[^\]\s]{1,12})\]:?\s*(?P<text>.*)$")
_BRACKETED_NOTE = compile_once(r"^\s{0,3}\[(?P<mark>\d{1,3})\]\s+(?P<text>\S.*)$")
_BRACKETED_CALL = compile_once(r"(?<=\S)\[(\d{1,3})\](?!\()")


class Typed(NamedTuple):
    """A line as typed. `after_blank`: a blank line stands above. `ended`: a hard break ends it."""

    text: str
    page: int = 1
    after_blank: bool = True
    edge: bool = False
    ended: bool = False


def read_text(data: bytes, limits: Limits) -> Paper:
    """The letter of a text file, whatever its encoding."""
    text = mended(decode(from_bytes(data).text))
    typed = tuple(typed_lines(text))
    pages = max((line.page for line in typed), default=1)
    blocks = tuple(_blocks(_with_bracketed(typed)))
    return paper_of(TEXT, blocks, limits, paged=pages > 1)


def _blocks(typed: Sequence[Typed]) -> Iterator[Block]:
    """Lines and tables in order."""
    at = 0
    for rows in table_rows([line.text for line in typed]):
        yield from lines_of(typed[at : rows.start])
        page = typed[rows.start].page
        written = [line.text for line in typed[rows.start : rows.stop] if not is_ruled(line.text)]
        grid = [cells_of(text) for text in written]
        yield table_of(grid, page, partial(_cell_lines, page=page))
        at = rows.stop
    yield from lines_of(typed[at:])


def _cell_lines(text: str, page: int) -> Iterator[Line]:
    yield from _some(line_of(runs_of(text), Frame(page)))


def typed_lines(text: str) -> Iterator[Typed]:
    """The lines with something on them, and where they stand."""
    for page, sheet in enumerate(text.rstrip("\f\n\r ").split("\f"), start=1):
        rows = unflattened(sheet.splitlines())
        written = [at for at, row in enumerate(rows) if row.strip()]
        for at in written:
            edge = "\f" in text and at in (written[0], written[-1])
            blank = at == 0 or not rows[at - 1].strip()
            yield Typed(rows[at].rstrip("\r\n"), page, blank, edge)


def _with_bracketed(lines: Sequence[Typed]) -> tuple[Typed, ...]:
    """The lines with "[1]" as a note's mark, where a note of that mark stands in the text."""
    notes = {found["mark"] for line in lines if (found := _BRACKETED_NOTE.match(line.text))}
    calls = {mark for line in lines for mark in _BRACKETED_CALL.findall(line.text)}
    if not (told := notes & calls):
        return tuple(lines)

    def put(found: regex.Match[str]) -> str:
        return f"[^{found[1]}]" if found[1] in told else found[0]

    pattern = regex.compile(r"(?:(?<=^\s{0,3})|(?<=\S))\[(\d{1,3})\](?!\()")
    return tuple(line._replace(text=pattern.sub(put, line.text)) for line in lines)


def lines_of(typed: Sequence[Typed]) -> Iterator[Line]:
    """The lines, each told whether it begins a paragraph, a note, or is a page number."""
    width = wrapped_at(typed)
    last: Typed | None = None
    in_note = False
    for item in typed:
        if _is_number(item):
            yield from _some(line_of((Run(item.text),), Frame(item.page, role="furniture")))
            continue
        note = _note(item)
        if note is not None:
            in_note, last = True, item
            yield from _some(note)
            continue
        joined = last is not None and _continues(last, item, width)
        in_note = in_note and (joined or (not item.after_blank and ITEM.search(item.text) is None))
        frame = Frame(
            page=item.page,
            centered=_is_centered(item.text, width),
            starts=not joined and not in_note,
            role="note" if in_note else "text",
            gaps=not in_note,
        )
        yield from _some(line_of(runs_of(item.text), frame))
        last = item


def _some(line: Line | None) -> Iterator[Line]:
    if line is not None:
        yield line


def _is_number(item: Typed) -> bool:
    """A page number: told by its dashes, or bare at the edge of a page."""
    return _PAGE_NUMBER.fullmatch(item.text) is not None or (
        item.edge and _BARE_NUMBER.fullmatch(item.text) is not None
    )


def _note(item: Typed) -> Line | None:
    """The first line of a note, told by its mark; None for other lines."""
    found = _NOTE.match(item.text)
    if found is not None and (
        found[0].lstrip().startswith(f"[^{found['mark']}]:") or found["text"]
    ):
        frame = Frame(item.page, role="note", mark=found["mark"])
        return line_of(runs_of(found["text"]), frame)
    opening = opening_mark(runs_of(item.text))
    if opening is None:
        return None
    mark, rest = opening
    return line_of(rest, Frame(item.page, role="note", mark=mark))


def wrapped_at(typed: Sequence[Typed]) -> int | None:
    """The width at which the text was wrapped; None where each line is a paragraph."""
    pairs = [
        (first, second)
        for first, second in pairwise(typed)
        if not second.after_blank and not second.ended
    ]
    going = sum(goes_on(_plain(first.text), _plain(second.text)) for first, second in pairs)
    if going < 2 or going * 8 < len(pairs):
        return None
    lengths = sorted(len(first.text.strip()) for first, _ in pairs)
    width = lengths[len(lengths) * 9 // 10]
    return width if width <= 160 else None


def _continues(last: Typed, item: Typed, width: int | None) -> bool:
    """Whether a line goes on with the paragraph of the line above."""
    words = item.text.strip()
    if last.ended or ITEM.search(words) or _OPENING.match(words):
        return False
    going = goes_on(_plain(last.text), _plain(item.text))
    if width is None or item.after_blank:
        return going and (not item.after_blank or item.page != last.page)
    if _indent(item.text) > _indent(last.text) + 2:
        return False
    full = len(last.text.strip()) >= 0.75 * width
    return going or (full and not last.text.isupper())


def _plain(text: str) -> str:
    """The text without the signs of emphasis at its ends."""
    return text.strip().strip("*_").strip()


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _is_centered(text: str, width: int | None) -> bool:
    """Whether a short line stands in the middle of the page's width."""
    indent, length = _indent(text.expandtabs()), len(text.strip())
    middle = (width or 80) / 2
    return indent >= 8 and length < middle * 2 - 8 and abs(indent + length / 2 - middle) <= 8
