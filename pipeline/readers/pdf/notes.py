"""Which rows at the foot of a page are footnotes, and where does each note begin?

Under a short ruling (Word: 2 inches, LibreOffice: a quarter of the text) in smaller type; without
a ruling, the rows from the first that begins with a raised mark. A note that runs over the page
goes on under a ruling, without a mark.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.rules import compile_once
from pipeline.readers.pdf.rows import MARK, Row
from pipeline.readers.pdf.spans import Span

_TYPED = compile_once(r"[(\[]?(\d{1,3}|\*{1,3})[)\].]?(?=[\s\p{L}])")


class NoteRow(NamedTuple):
    """A row of a footnote; `mark` on the first row of each."""

    row: Row
    mark: str | None = None


class Foot(NamedTuple):
    """A page parted: the rows above, and those of the notes."""

    rows: list[Row]
    notes: list[NoteRow]


def part_foot(
    rows: Sequence[Row], strokes: Sequence[Span], height: float, body: float, *, pending: bool
) -> Foot:
    """The rows of a page (from top to bottom) without and with its footnotes.

    `body`: the type size of the letter's running text. `pending`: the page before ended in a
    note, so one may go on here.
    """
    for stroke in sorted(strokes, key=lambda span: -span.at):
        below = [row for row in rows if row.base - 0.75 * row.size > stroke.at - 1]
        if below and _is_separator(stroke, below, height, body, pending):
            above = [row for row in rows if row not in below]
            return Foot(above, list(_marked(below)))
    at = _first_raised(rows, height, body)
    if at is None:
        return Foot(list(rows), [])
    return Foot(list(rows[:at]), list(_marked(rows[at:])))


def _is_separator(
    stroke: Span, below: Sequence[Row], height: float, body: float, pending: bool
) -> bool:
    length = stroke.end - stroke.start
    if length < 40 or stroke.at < 0.12 * height:
        return False
    first = min(below, key=lambda row: row.base)
    if length < 220 and _raised_mark(first) is not None and first.x0 - stroke.start < 40:
        return first.base - stroke.at < 2 * first.size  # notes may be set as large as the text
    if any(row.size > 0.93 * body for row in below):
        return False
    if first.base - stroke.at > 2.6 * first.size + 4 or abs(stroke.start - first.x0) > 60:
        return False
    return _raised_mark(first) is not None or pending or _typed_mark(first, None) is not None


def _first_raised(rows: Sequence[Row], height: float, body: float) -> int | None:
    """Where notes without a ruling begin: small type from a raised mark down to the foot."""
    at = None
    for index in range(len(rows) - 1, -1, -1):
        row = rows[index]
        if row.size > 0.9 * body or row.base < 0.4 * height:
            break
        if _raised_mark(row) is not None:
            at = index
    return at


def _marked(rows: Sequence[Row]) -> Iterator[NoteRow]:
    last: str | None = None
    for row in rows:
        mark, cut = _raised_mark(row), None
        if mark is None and (typed := _typed_mark(row, last)):
            mark, cut = typed, typed
        if mark is None:
            yield NoteRow(row)
            continue
        last = mark
        yield NoteRow(_without_mark(row, cut), mark)


def _raised_mark(row: Row) -> str | None:
    """The mark that a row begins with, raised from its base."""
    if 0 not in row.raised or len(row.runs) < 2:
        return None
    text = "".join(row.runs[index].text for index in range(len(row.runs)) if _leads(row, index))
    found = MARK.fullmatch(text.strip())
    return found[1] if found else None


def _leads(row: Row, index: int) -> bool:
    return all(earlier in row.raised for earlier in range(index + 1))


def _typed_mark(row: Row, last: str | None) -> str | None:
    """A mark on the base line: the next number, or a star."""
    found = _TYPED.match(row.rough)
    if not found:
        return None
    mark: str = found[1]
    if mark.isdigit() and last is not None and last.isdigit() and int(mark) != int(last) + 1:
        return None
    return mark


def _without_mark(row: Row, typed: str | None) -> Row:
    """The row without the mark before it."""
    if typed is None:
        kept = [index for index in range(len(row.runs)) if not _leads(row, index)]
        raised = frozenset(new for new, old in enumerate(kept) if old in row.raised)
        return Row.of([row.runs[index] for index in kept], raised)
    first = row.runs[0]
    rest = _TYPED.sub("", first.text, count=1) if _TYPED.match(first.text) else ""
    if not rest.strip() and len(row.runs) > 1:
        return Row.of(row.runs[1:], frozenset(index - 1 for index in row.raised if index))
    return Row.of((first._replace(text=rest.lstrip()), *row.runs[1:]), row.raised)
