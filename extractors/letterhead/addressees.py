"""Whom is it addressed to?"""

from collections.abc import Iterator, Sequence

from extractors.letterhead.prints import (
    BULLET,
    NO_SUBJECT,
    Print,
    is_word,
    matched,
    piece_of,
    says,
    words_of,
)
from extractors.letterhead.shared import apart
from extractors.rules import compile_once
from schemas.letter import Span
from schemas.letterhead import Words

_TO = ("letterhead.to",)


_BETWEEN = compile_once(r"(?<=^|;)[^;]*")


def find_addressees(head: Sequence[Print]) -> Iterator[Words]:
    """Each line of Kính gửi, or each name between semicolons; wrapped lines joined."""
    at = next((at for at, line in enumerate(head) if matched("letterhead.to", line.key)), None)
    if at is None:
        return
    entry: list[tuple[str, Span]] = []
    bulleted = any(BULLET.match(line.key) for line in head[at:])
    for line in head[at:]:
        if not says(_TO, line.key) and (says(NO_SUBJECT, line.key) or not is_word(line.key)):
            continue
        label = matched("addressees.label", line.key) if says(_TO, line.key) else None
        bullet = label or BULLET.match(line.key)
        if bullet or (not bulleted and _begins_entry(entry, line)) or _is_closed(entry):
            yield from _split(entry)
            entry = []
        entry.append(piece_of(line, bullet.end() if bullet else 0))
    yield from _split(entry)


def _is_closed(entry: Sequence[tuple[str, Span]]) -> bool:
    return bool(entry) and entry[-1][0].rstrip().endswith(";")


def _begins_entry(entry: Sequence[tuple[str, Span]], line: Print) -> bool:
    """In a list without dashes: a paragraph of its own that does not go on with a name."""
    before = entry[-1][0].rstrip() if entry else ""
    return line.opens and line.key[:1].isupper() and not before.endswith((",", ":", " và", "-"))


def _split(entry: Sequence[tuple[str, Span]]) -> Iterator[Words]:
    """The names of one entry, parted at semicolons."""
    pieces: list[tuple[str, Span]] = []
    for text, span in entry:
        *closed, rest = _parted(text, span)
        for part in closed:
            yield from _named([*pieces, part])
            pieces = []
        pieces.append(rest)
    yield from _named(pieces)


def _parted(text: str, span: Span) -> list[tuple[str, Span]]:
    """The words between semicolons with their places."""
    return [
        (match[0], Span(span.start + match.start(), span.start + match.end()))
        for match in _BETWEEN.finditer(text)
    ] or [("", span)]


def _named(pieces: Sequence[tuple[str, Span]]) -> Iterator[Words]:
    words = words_of([*pieces[:-1], *map(_without_stop, pieces[-1:])])
    if words:
        yield from apart(words)


def _without_stop(piece: tuple[str, Span]) -> tuple[str, Span]:
    text, span = piece
    kept = text.rstrip(" .,;:")
    return kept, Span(span.start, span.end - (len(text) - len(kept)))
