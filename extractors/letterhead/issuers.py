"""Who issued it, and under which superior?"""

from collections.abc import Sequence

from extractors.letterhead.prints import (
    Print,
    above_number,
    is_below,
    is_capitals,
    left_of_country,
    matched,
    piece_of,
    says,
    words_of,
)
from extractors.letterhead.stated import Stated
from schemas.letter import Letter, Part, Span
from schemas.letterhead import Words


def find_issuers(head: Sequence[Print]) -> tuple[Words | None, Words | None]:
    """Superior and issuer: the capitals above the number; the last body named issues."""
    bodies: list[list[Print]] = []
    for line in above_number(head):
        piece = left_of_country(line)
        if matched("letterhead.stamp", line.key):
            bodies.clear()
        elif is_capitals(piece.text):
            _add_capitals(bodies, piece)
    named = [body for body in bodies if says(_OPENING, body[0].key)]
    issuer = words_of(_pieces(named[-1])) if named else None
    superior = words_of([piece for body in named[:-1] for piece in _pieces(body)])
    return superior, issuer


def _pieces(body: Sequence[Print]) -> list[tuple[str, Span]]:
    """The lines of a body's name; no joint at its end."""
    *before, last = body
    end = len(last.text.rstrip(" -,"))
    return [*map(piece_of, before), piece_of(last, 0, end)]


def unknown_issuer(head: Sequence[Print]) -> Words | None:
    """The capitals right above the number, where no word says that they name a body."""
    lines = [line for line in map(left_of_country, above_number(head)) if is_capitals(line.key)]
    return words_of([piece_of(line) for line in lines[-1:]])


_OPENING = ("issuer.head", "issuer.office")
_PEERS = ("SỞ ", "BỘ ", "PHÒNG ")  # none is above another of its name: they issue together


def _add_capitals(bodies: list[list[Print]], line: Print) -> None:
    """A line of capitals begins a body or goes on with the one right above."""
    opens = says(_OPENING, line.key)
    if not bodies or (opens and not _is_one_name(bodies[-1], line)):
        bodies.append([line])
    elif opens or (is_below(line, bodies[-1][-1], reach=45) and not _is_far(line, bodies[-1][-1])):
        bodies[-1].append(line)


def _is_one_name(body: Sequence[Print], line: Print) -> bool:
    """An office and its body, two bodies that issue together, a name that goes on."""
    first, last = body[0].key, body[-1].key
    if says(("issuer.office", "issuer.open"), last):
        return True
    return any(first.startswith(peer) and line.key.startswith(peer) for peer in _PEERS)


def _is_far(line: Print, before: Print) -> bool:
    """More than a line of white space between the two, where boxes are known."""
    if line.box is None or before.box is None:
        return False
    return line.box[1] - before.box[3] > 1.2 * (before.box[3] - before.box[1])


def issuer_stated(letter: Letter, stated: Stated | None) -> Words | None:
    """The issuer named below the kind or in the note of an annex."""
    span = stated.span("issuer") if stated else None
    if span is None:
        return None
    return Words(text=letter.text[span.start : span.end].replace("\n", " "), spans=(span,))


def issuer_in_sentence(letter: Letter) -> Words | None:
    """The body that issues, where no letterhead names it."""
    body = letter.section(Part.BODY)
    for paragraph in letter.paragraphs_in(body.start, body.end)[:6]:
        match = matched("issuer.sentence", letter.key[paragraph.start : paragraph.end])
        if match:
            start, end = (paragraph.start + at for at in match.span("issuer"))
            return Words(text=letter.text[start:end], spans=(Span(start, end),))
    return None
