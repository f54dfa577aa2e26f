"""What on a page is not the letter: page numbers, running headers, stamps?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractors.rules import compile_once
from pipeline.readers.pdf.ink import Run
from pipeline.readers.pdf.rows import Row

_NUMBER = compile_once(
    r"[-–—.~ ]*(?:(?i:trang|page) ?)?(?:\d{1,4}|[ivx]{1,5})(?: ?/ ?\d{1,4})?[-–—.~ ]*"
)
_STROKES = "_-–—=. "
_GAZETTE = compile_once(r"(?:\d+ )?CÔNG BÁO ?/ ?(?:.* ?/ ?)?(?:Số|Ngày)|CÔNG BÁO/\S")
_SIGNED = compile_once(
    r"(?i)(?:người ký|ký bởi|ký số bởi|thời gian ký|ngày ký|được ký bởi|signed by|digitally signed"
    r"|signature (?:not )?(?:verified|valid)|chữ ký số)\b"
)
_SIGNED_TOO = compile_once(
    r"(?i)(?:email|e-mail|cơ quan|tổ chức|đơn vị|chức vụ|date|reason|location|dn) ?:"
    r"|\d{2}[./-]\d{2}[./-]\d{4} \d{1,2}:\d{2}:\d{2}|[+-]\d{2}:\d{2}$|\S+@\S+\.gov\.vn$"
)
_ARRIVED = compile_once(r"(?:CÔNG VĂN|CV|VĂN BẢN|VB) ?ĐẾN\b|ĐẾN$|ĐẾN ?(?=Số|Ngày|Giờ)")
_ARRIVED_TOO = compile_once(
    r"(?i)(?:số|ngày|giờ|chuyển|kính chuyển|lưu hồ sơ|số và ký hiệu hs|đến) ?:? ?[\d./:… h-]*$"
    r"|[\d./…: -]+$"
)


class PageRows(NamedTuple):
    """The rows of one page from top to bottom."""

    number: int
    width: float
    height: float
    rows: Sequence[Row]


def furniture_of(pages: Sequence[PageRows]) -> set[int]:
    """The identities of the rows that are no part of the letter."""
    found: set[int] = set()
    running = _running(pages)
    for page in pages:
        rows = page.rows
        for row in rows:
            if is_stroke(row.rough) or _is_furniture(row, page, running):
                found.add(id(row))
        found.update(id(row) for row in _signing_stamp(rows))
    return found


def is_stroke(text: str) -> bool:
    """Whether the words are a ruling typed with signs."""
    return len(text) >= 4 and not text.strip(_STROKES)


def _is_furniture(row: Row, page: PageRows, running: set[str]) -> bool:
    edge = _edge(row, page)
    if edge is None:
        return False
    text = row.rough
    if _NUMBER.fullmatch(text):
        return True
    return _key(text, edge) in running or _GAZETTE.match(text) is not None


def _edge(row: Row, page: PageRows) -> str | None:
    """At which edge of the page the row stands: among its outermost rows and near the edge."""
    if row.base < 0.11 * page.height and row in page.rows[:2]:
        return "top"
    if row.base > 0.915 * page.height and row in page.rows[-2:]:
        return "bottom"
    return None


_DIGITS = compile_once(r"\d+")


def _key(text: str, edge: str) -> str:
    return f"{edge} {_DIGITS.sub('#', text).casefold()}"


def _running(pages: Sequence[PageRows]) -> set[str]:
    """Headers and footers that come again, their numbers apart, on two pages of five or more."""
    counts: Counter[str] = Counter()
    for page in pages:
        keys = set()
        for row in page.rows:
            if edge := _edge(row, page):
                keys.add(_key(row.rough, edge))
        counts.update(keys)
    least = max(2, round(0.4 * len(pages)))
    return {key for key, count in counts.items() if count >= least}


def _signing_stamp(rows: Sequence[Row]) -> Iterator[Row]:
    """The lines of a digital signature: "Ký bởi: …" and what stands around it."""
    for row in rows:
        if _SIGNED.match(row.rough):
            yield row
            yield from (
                other
                for other in rows
                if abs(other.base - row.base) < 45
                and abs(other.x0 - row.x0) < 12
                and _SIGNED_TOO.match(other.rough)
            )


def arrival_stamps(runs: Sequence[Run], height: float) -> set[int]:
    """The identities of the runs of a stamp of arrival ("CÔNG VĂN ĐẾN; Số: …; Ngày: …").

    Asked of runs: a stamp stands anywhere between the lines of the letterhead.
    """
    upper = [run for run in runs if run.base < 0.4 * height and run.stamp is None]
    found: set[int] = set()
    for anchor in upper:
        if not _ARRIVED.match(anchor.text):
            continue
        members = [run for run in upper if _in_stamp(anchor, run)]
        if len(members) > 1:
            found.update(map(id, (anchor, *members)))
    return found


def _in_stamp(anchor: Run, run: Run) -> bool:
    near = -20 <= run.base - anchor.base <= 75 and run.x1 > anchor.x0 - 40
    return (
        run is not anchor
        and near
        and run.x0 < anchor.x1 + 70
        and _ARRIVED_TOO.match(run.text) is not None
    )


def stamped(runs: Iterable[Run], seals: frozenset[int]) -> set[int]:
    """The identities of runs that an annotation drew as a stamp: beside a seal, or many lines.

    An annotation of a few signs fills in the number or the day of the letter: it is text.
    """
    drawn = [run for run in runs if run.stamp is not None]
    lines = Counter(run.stamp for run in drawn)
    return {id(run) for run in drawn if run.stamp in seals or lines[run.stamp] > 2}
