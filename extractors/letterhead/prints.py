"""What does a printed line say, and where on the paper does it stand?"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from extractors.rules import CompiledRule, compile_once, either, rules
from extractors.titles import kind_titled
from schemas.letter import Letter, Part, Span
from schemas.letterhead import Words
from schemas.paper import Box

Match = regex.Match[str]


class Print(NamedTuple):
    """One printed line. `key` is what patterns read, `text` what is quoted.

    `opens`: it begins a paragraph of the letter.
    """

    start: int
    end: int
    text: str
    key: str
    box: Box | None = None
    opens: bool = False


def lines_of(letter: Letter, part: Part) -> list[Print]:
    """The printed lines of a part, in order."""
    lines: list[Print] = []
    for section in letter.sections:
        if section.part is part:
            lines += _printed(letter, section.start, section.end)
    return lines


def _printed(letter: Letter, start: int, end: int) -> Iterator[Print]:
    opening = {paragraph.start for paragraph in letter.paragraphs_in(start, end)}
    for piece in letter.pieces_in(start, end):
        yield Print(
            piece.start,
            piece.end,
            letter.text[piece.start : piece.end],
            letter.key[piece.start : piece.end],
            piece.box,
            piece.start in opening,
        )


@cache
def rows() -> dict[str, CompiledRule]:
    """The rows of landmarks and letterhead by id."""
    return {rule.id: rule for name in ("landmarks", "letterhead") for rule in rules(name)}


def matched(name: str, key: str) -> Match | None:
    """What the row reads in the key of a line."""
    return rows()[name].pattern.search(key)


def says(names: Iterable[str], key: str) -> bool:
    """Does one of the rows read the line? Asked at once: a line is searched once."""
    return _one_of(tuple(names)).search(key) is not None


@cache
def _one_of(names: tuple[str, ...]) -> regex.Pattern[str]:
    return either(rows()[name] for name in names)


def words_of(pieces: Sequence[tuple[str, Span]]) -> Words | None:
    """The pieces as one, without specks of a scan before them; None where no word is left."""
    kept = [trimmed for piece in pieces if (trimmed := _trimmed(piece))[0]]
    if not kept:
        return None
    return Words(text=" ".join(text for text, _ in kept), spans=tuple(span for _, span in kept))


def _trimmed(piece: tuple[str, Span]) -> tuple[str, Span]:
    """From the first letter, digit, opening quote or bracket to the last sign of a word."""
    text, span = piece
    match = _WORDS.search(text)
    if not match:
        return "", span
    return match[0], Span(span.start + match.start(), span.start + match.end())


def piece_of(line: Print, start: int = 0, end: int | None = None) -> tuple[str, Span]:
    """The characters start to end of a line, and where they stand in the letter."""
    stop = len(line.text) if end is None else end
    return line.text[start:stop], Span(line.start + start, line.start + stop)


_NOT_ISSUER = (
    "letterhead.number",
    "letterhead.dateline",
    "letterhead.matter",
    "letterhead.to",
    "letterhead.party",
    "letterhead.arrival",
    "urgency",
    "secrecy",
)


def above_number(head: Sequence[Print]) -> Iterator[Print]:
    """The lines from the top to the number or the title; a right column may stand between."""
    for line in head:
        if kind_titled(line.key) or says(("letterhead.matter", "letterhead.number"), line.key):
            return
        if not says(_NOT_ISSUER, line.key):
            yield line


def left_of_country(line: Print) -> Print:
    """The line up to the quốc hiệu or tiêu ngữ on the same line, without what a scan adds."""
    matches = (matched(name, line.key) for name in ("letterhead.country", "letterhead.motto"))
    end = min((match.start() for match in matches if match), default=len(line.text))
    named = _NAMED.search(line.key[:end])
    piece = cut_out(line, *named.span()) if named else cut_out(line, 0, 0)
    return piece if end == len(line.text) else piece._replace(box=None)


def is_capitals(text: str) -> bool:
    """A line of capitals; "Tp." and the like may stand in it, digits and colons may not."""
    if _NOT_CAPITALS.search(text):
        return False
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)


AFTER_SUBJECT = (
    "letterhead.country",
    "letterhead.motto",
    "letterhead.number",
    "letterhead.dateline",
    "letterhead.to",
    "annex.note",
)


NO_SUBJECT = (
    *AFTER_SUBJECT,
    "letterhead.stamp",
    "letterhead.arrival",
    "urgency",
    "secrecy",
)


def is_word(text: str) -> bool:
    """Scans turn rules and stamps into specks: a line of the letter holds a word, or begins with
    a short one as a wrapped line may ("tế.", "Bộ:")."""
    return _WORD.search(text) is not None


_CONSONANT = "[bcdđghklmnpqrstvx]"
_WORD = compile_once(
    rf"\p{{L}}{{3}}|^\W{{0,3}}(?i:{_CONSONANT}(?!{_CONSONANT}))\p{{Ll}}(?!\p{{L}})"
)


def is_below(line: Print, first: Print, reach: float) -> bool:
    """In the same column, where boxes are known: the middles lie within `reach` points."""
    if line.box is None or first.box is None:
        return True
    middles = [(box[0] + box[2]) / 2 for box in (line.box, first.box)]
    return abs(middles[0] - middles[1]) < reach


_WORDS = compile_once(r"[\p{L}\d“\"(\[].*[\p{L}\d”\"’')\].,;:%/-]|[\p{L}\d]")
_NAMED = compile_once(r"\p{L}.*(?:[\p{L})]|\d\d)(?:,| ?-)?")
_NOT_CAPITALS = compile_once(r"[:;|<>=#@*_~$%]|\d\W?\d{3}|\d[./]\d")
BULLET = compile_once(r"^ ?(?:[-+•*·]|\d{1,2}[.)]) ?")


def cut_out(line: Print, start: int, end: int) -> Print:
    """The characters start to end of a line, as a line."""
    return Print(
        line.start + start,
        line.start + end,
        line.text[start:end],
        line.key[start:end],
        line.box,
        line.opens and start == 0,
    )
