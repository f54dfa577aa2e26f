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
    named = [body for body in bodies if matched("issuer.head", body[0].key)]
    issuer = words_of([piece_of(line) for line in named[-1]]) if named else None
    superior = words_of([piece_of(line) for body in named[:-1] for line in body])
    return superior, issuer


def unknown_issuer(head: Sequence[Print]) -> Words | None:
    """The capitals right above the number, where no word says that they name a body."""
    lines = [line for line in map(left_of_country, above_number(head)) if is_capitals(line.key)]
    return words_of([piece_of(line) for line in lines[-1:]])


def _add_capitals(bodies: list[list[Print]], line: Print) -> None:
    """A line of capitals begins a body or goes on with the one right above."""
    if matched("issuer.head", line.key) or not bodies:
        bodies.append([line])
    elif is_below(line, bodies[-1][-1], reach=45) and not _is_far(line, bodies[-1][-1]):
        bodies[-1].append(line)


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
