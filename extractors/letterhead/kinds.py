"""Which kind of document is it, and which line says so?"""

from collections.abc import Sequence

from extractors.letterhead.prints import Print, matched
from extractors.titles import DocumentKind, kind_coded, kind_misread, kind_opening, kind_titled
from schemas.program import Number
from schemas.reference import Kind


def title_at(head: Sequence[Print]) -> int | None:
    """The line that names the kind: a whole name first, else a line that opens with one."""
    limit = next((at for at, line in enumerate(head) if matched("letterhead.to", line.key)), None)
    lines = list(enumerate(head[:limit]))
    whole = (at for at, line in lines if kind_titled(line.key))
    opening = (at for at, line in lines if kind_opening(line.key))
    return next(whole, next(opening, None))


def misread_title(head: Sequence[Print]) -> int | None:
    """A title that a scan spoilt, told by the kind inside the number."""
    symbols = (match["symbol"] for line in head if (match := matched("number", line.key)))
    code = next(symbols, "").partition("-")[0]
    found = (at for at, line in enumerate(head) if code and kind_misread(line.key, code))
    return next(found, None)


def kind_printed(head: Sequence[Print], title: int | None) -> DocumentKind | None:
    """The kind that the title line names."""
    if title is None:
        return None
    return kind_titled(head[title].key) or kind_opening(head[title].key)


def kind_of(
    head: Sequence[Print], printed: DocumentKind | None, number: Number | None
) -> Kind | None:
    """From the title; where it is spoilt or missing, from the number: no code means công văn."""
    found = printed
    if not found and number and number.kind:
        found = kind_coded(number.kind)
    elif not found and (number or any(_is_of_letters(line) for line in head)):
        found = kind_coded("CV")
    return Kind(code=found.code, name=found.name) if found else None


def _is_of_letters(line: Print) -> bool:
    """V/v, Kính gửi: only a công văn has them without a title (Nghị định 30/2020/NĐ-CP, Phụ lục
    III, Mẫu 1.5)."""
    return any(matched(row, line.key) for row in ("letterhead.matter", "letterhead.to"))
