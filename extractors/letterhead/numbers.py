"""Which number and symbol does the letter bear?"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from extractors.letterhead.prints import Match, Print, matched
from extractors.letterhead.stated import Stated, find_notes
from extractors.titles import DocumentKind, bare, kind_coded
from schemas.letter import Letter
from schemas.program import Number


def find_number(
    letter: Letter, head: Sequence[Print], stated: Stated | None, kind: DocumentKind | None
) -> Number | None:
    """Số, ký hiệu: from its line, from below or inside the title, or from an annex's note."""
    for line, key in _numbering(letter, head):
        match = matched("number", key)
        if match and (match["sign"] == "/" or "/" in match["symbol"]):
            return _numbered(letter, line.start, match, kind)
    if stated:
        return _numbered(letter, stated.start, stated.match, kind)
    for line in head:
        match = matched("number.bare", line.key)
        number = _numbered(letter, line.start, match, kind) if match else None
        if number and not _of_another(number, kind):
            return number
    return None


def _of_another(number: Number, kind: DocumentKind | None) -> bool:
    """ "KẾ HOẠCH" over "thực hiện Chỉ thị số 03/CT-TTg": the number of another document."""
    return bool(kind and number.kind and number.kind != kind.code)


class Noted(NamedTuple):
    """What the note of an annex says of the letter itself."""

    number: Number
    stated: Stated


def noted(letter: Letter, number: Number | None, printed: DocumentKind | None) -> Noted | None:
    """The note of an annex that names this letter: the same symbol, no other figures."""
    if number is None:
        return None
    told = (
        Noted(_numbered(letter, note.start, note.match, printed), note)
        for note in find_notes(letter)
    )
    return next((each for each in told if _is_same(number, each.number)), None)


def _is_same(number: Number, other: Number) -> bool:
    symbols = {each.canonical.removeprefix(each.sequence or "") for each in (number, other)}
    figures = {each.sequence for each in (number, other)} - {None}
    return len(symbols) == 1 and len(figures) < 2


def _numbering(letter: Letter, head: Sequence[Print]) -> Iterator[tuple[Print, str]]:
    """Each line of the letterhead; then a line that only begins a number with the next."""
    yield from ((line, line.key) for line in head)
    for line, after in pairwise(head):
        if matched("number.begun", line.key):
            yield line, letter.key[line.start : after.end].replace("\n", " ")


def _numbered(letter: Letter, offset: int, match: Match, printed: DocumentKind | None) -> Number:
    start, end = (offset + at for at in match.span("text"))
    sequence = None if _is_spoilt(match) else closed(match["sequence"])
    symbol = _restored(closed(match["symbol"]) or "", printed)
    kind, issuer = _symbol(symbol, match["sign"])
    middle = "/".join(part for part in (match["year"], symbol) if part)
    return Number(
        text=letter.text[start:end].strip(),
        canonical=f"{sequence or ''}{match['sign']}{middle}",
        sequence=sequence,
        year=match["year"],
        kind=kind,
        issuer=issuer,
        quote=letter.quote(start, end),
    )


def _is_spoilt(match: Match) -> bool:
    """Signs or capitals between the figures and the stroke: handwriting that no one read."""
    groups = match.groupdict()
    strange = regex.search(r"[^\s.…_'-]", groups.get("filler") or "")
    return bool(
        groups.get("garbled") or strange or regex.search(r"\p{Lu}", match["sequence"] or "")
    )


_STROKES = "ILJ1|"  # what a T, an H or a Đ becomes when a scan loses a stroke


def _restored(symbol: str, printed: DocumentKind | None) -> str:
    """The symbol with a kind code that a scan spoilt (TIr, CI) as the title says it."""
    first = regex.match(r"\w*", symbol)
    code = printed.code if printed else ""
    if not first or not code or kind_coded(first[0]) or len(first[0]) != len(code):
        return symbol
    strange = [a for a, b in zip(bare(first[0]), bare(code), strict=True) if a != b]
    return code + symbol[len(code) :] if len(strange) == 1 and strange[0] in _STROKES else symbol


def closed(text: str | None) -> str | None:
    """Without the spaces that writers and scans put inside a number."""
    return text.replace(" ", "") or None if text else None


def _symbol(symbol: str, sign: str) -> tuple[str | None, str | None]:
    """Kind code and issuer code: QĐ-UBND, UBND-KGVX (công văn), KH/TU (Party), QH15."""
    first, _, rest = symbol.partition("/" if sign == "-" and "/" in symbol else "-")
    if not rest:
        return None, symbol or None
    if kind_coded(first):
        return first, rest
    return None, first
