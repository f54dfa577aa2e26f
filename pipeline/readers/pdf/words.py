"""What does a row say, and which footnote marks stand raised in it?"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

import regex

from extractors.rules import compile_once
from extractors.text import tidy
from pipeline.readers.pdf.ink import Run
from pipeline.readers.pdf.rows import BETWEEN_WORDS, MARK, Row, parted, spaced
from schemas.paper import Call

_SEVERAL = compile_once(r"[(\[]?\d{1,3}(?:[,;]\d{1,3})+[)\]]?")
_LETTER_MARK = compile_once(r"[(\[]?(\p{Ll}|[ivx]{1,4})[)\]]?")
_POWER = compile_once(r"(?:(?:^|[\s\d/(.,])(?:[kcdm]?m|ha)|[x×*.] ?10)$")


class Words(NamedTuple):
    """What a row says: tidied text and the footnote marks taken from it."""

    text: str
    calls: tuple[Call, ...]


_SIGN = "\ufffe"
_BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf06e": "■", "\uf0fc": "✓", "\uf076": "❖", "\uf0d8": "➢",
    "\uf02d": "-", "\uf02b": "+", "\uf0e0": "→", "\uf0e8": "➔", "\uf06f": "□", "\uf0f0": "⇨",
}  # fmt: skip
"""What Symbol and Wingdings show at their private codes."""
_BULLET = re.compile("[" + "".join(_BULLETS) + "]")


def words_of(row: Row, marks: frozenset[str]) -> Words:
    """The text of a row. `marks`: those of the page's notes, which letters must be to call."""
    if row.raised:
        return _with_calls(row, marks)
    runs = _drawn_together(row.runs)
    text = row.rough if runs is row.runs else tidy("".join(spaced(runs)))
    return Words(_with_bullets(text), ())


def _with_bullets(text: str) -> str:
    if text.isprintable():  # private codes are not
        return text
    return _BULLET.sub(lambda found: _BULLETS[found[0]], text)


def _with_calls(row: Row, marks: frozenset[str]) -> Words:
    pieces: list[str] = []
    called: list[list[str]] = []
    before: Run | None = None
    for raised, runs in _by_height(row):
        if before is not None and parted(before, runs[0]):
            pieces.append(" ")
        text = "".join(spaced(runs))
        called_here = _called(text, "".join(pieces), marks) if raised else []
        if called_here:
            called.append(called_here)
        pieces.append(_SIGN if called_here else text)
        before = runs[-1]
    whole = _IN_BRACKETS.sub(_SIGN, "".join(pieces))
    return _without_signs(tidy(_with_bullets(whole)), called)


def _by_height(row: Row) -> Iterator[tuple[bool, list[Run]]]:
    """The runs of the base line and those raised from it by turns: the figures and brackets of
    one mark may lie in several."""
    for raised, group in groupby(enumerate(row.runs), key=lambda place: place[0] in row.raised):
        yield raised, [run for _, run in group]


def _called(text: str, before: str, marks: frozenset[str]) -> list[str]:
    """The marks that raised words call; none for m², 10⁶, 1ˢᵗ and what has no note."""
    text = text.replace(" ", "")
    if not before.strip(" ([" + _SIGN):
        return []
    if found := MARK.fullmatch(text):
        power = found[1].isdigit() and _POWER.search(before.rstrip())
        return [] if power else [found[1]]
    if several := _SEVERAL.fullmatch(text):
        return [mark for mark in regex.split(r"[,;]", several[0].strip("()[]")) if mark]
    letter = _LETTER_MARK.fullmatch(text)
    return [letter[1]] if letter and letter[1] in marks else []


_IN_BRACKETS = compile_once(rf"[(\[] ?{_SIGN} ?[)\]]")
"""Brackets on the base line around a raised mark go with it."""
_CLOSES = compile_once(r" [.,;:)\]!?”]")


def _without_signs(whole: str, called: Sequence[Sequence[str]]) -> Words:
    if not called:
        return Words(whole, ())
    text = ""
    calls: list[tuple[int, str]] = []
    pieces = whole.split(_SIGN)
    for index, piece in enumerate(pieces):
        if not text or text.endswith(" ") or _CLOSES.match(piece):
            piece = piece.lstrip()  # noqa: PLW2901 - what the mark had parted closes up
        text += piece
        if index < len(called):
            calls += [(len(text.rstrip()), mark) for mark in called[index]]
    text = text.rstrip()
    return Words(text, tuple(Call(at=min(at, len(text)), mark=mark) for at, mark in calls))


def _drawn_together(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Letters set apart ("T H Ô N G   B Á O") as words: told by the wider gaps."""
    if len(runs) < 6 or sum(len(run.text) == 1 for run in runs) < 0.8 * len(runs):
        return runs
    gaps = [b.x0 - a.x1 for a, b in pairwise(runs)]
    usual = median(gaps)
    size = runs[0].size
    if usual < BETWEEN_WORDS * size and not all(run.spaced for run in runs[:-1]):
        return runs  # one run a letter, set as usual
    apart = [gap > max(1.7 * usual, usual + 0.15 * size) for gap in gaps]
    result = [runs[0]]
    for run, is_space in zip(runs[1:], apart, strict=True):
        last = result[-1]
        if is_space:
            result[-1] = last._replace(spaced=True)
            result.append(run)
        else:
            result[-1] = last._replace(text=last.text + run.text, x1=run.x1, spaced=False)
    return tuple(result)
