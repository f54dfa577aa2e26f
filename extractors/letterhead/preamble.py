"""On what does the letter rest?"""

from collections.abc import Iterator

from extractors.letterhead.prints import Match, matched, rows, says
from extractors.text import fold
from schemas.letter import Letter, Part, Span

_SHORTEST_BASIS = 20  # "Căn cứ Luật Đất đai;"


_OPENERS = (
    "body.basis",
    "preamble.opener",
    "preamble.read",
    "preamble.received",
    "preamble.carried",
    "preamble.day",
)
_STOPS = (";", ".", ",", ":")  # a scan that took the lines of a clause apart ends it with none


def find_bases(letter: Letter, issuer: str | None) -> Iterator[Span]:
    """The paragraphs of the preamble that say on what the letter rests."""
    body = letter.section(Part.BODY)
    others, goes_on = 0, False
    for paragraph in letter.paragraphs_in(body.start, body.end):
        key = letter.key[paragraph.start : paragraph.end]
        if says(("body.operative", "body.clause"), key) or others > 1:
            return
        opener = _opener(key, issuer)
        if goes_on or opener:
            opened = paragraph.start + (opener.end() if opener else 0)
            basis = _without_deed(letter, paragraph.start, opened, paragraph.end)
            goes_on = basis.end == paragraph.end and not key.rstrip().endswith(_STOPS)
            yield basis
        elif not matched("body.maker", key):
            others += 1


def _opener(key: str, issuer: str | None) -> Match | None:
    """The words that make the paragraph a basis; what the issuer did itself is none."""
    if len(key) <= _SHORTEST_BASIS:
        return None
    found = next(((name, match) for name in _OPENERS if (match := matched(name, key))), None)
    if found is None or (found[0] == "preamble.day" and issuer and _names(found[1][0], issuer)):
        return None
    return found[1]


def _names(words: str, issuer: str) -> bool:
    return fold(issuer).lower() in words.lower()


def _without_deed(letter: Letter, start: int, opened: int, end: int) -> Span:
    """The paragraph up to where, after the words that open it, the issuer does something."""
    deed = rows()["preamble.deed"].pattern.search(letter.key, opened, end)
    return Span(start, deed.start() if deed else end)
