"""Whom does the letter ask where a sentence names nobody: those it is addressed to?"""

from collections.abc import Iterator

import regex

from extractors.rules import compile_once
from schemas.letter import Letter, Part, Span
from schemas.task import Claim

_LABEL = compile_once(r"(?m)^(?:Đồng )?Kính gửi ?:? ?", regex.V1 | regex.I)
_ALSO = compile_once(r"(?m)^Đồng kính gửi", regex.V1 | regex.I)
_MARKS = " -•+;.,:"


def addressees(letter: Letter) -> tuple[Claim, ...]:
    """The parties after "Kính gửi" in the letterhead, one claim a paragraph."""
    return tuple(Claim(span, "lead", "letter", True, None, "addressee") for span in _spans(letter))


def _spans(letter: Letter) -> Iterator[Span]:
    for section in letter.sections:
        if section.part is not Part.LETTERHEAD:
            continue
        label = _LABEL.search(letter.key, section.start, section.end)
        if label is None:
            return
        also = _ALSO.search(letter.key, label.end(), section.end)
        end = also.start() if also else section.end
        for start, stop in _lines(letter, label.end(), end):
            yield from _stripped(letter, start, stop)


def _lines(letter: Letter, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = letter.key.find("\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _stripped(letter: Letter, start: int, end: int) -> Iterator[Span]:
    words = letter.key[start:end]
    left = len(words) - len(words.lstrip(_MARKS))
    kept = words.strip(_MARKS)
    if kept:
        yield Span(start + left, start + left + len(kept))
