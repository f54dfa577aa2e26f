"""With which words can a pattern begin, and without which word can it not be?

Rows are compiled only when a word stands that they can begin with, and a pattern is compiled a
hundred times slower than it is read. So the beginning is read off the pattern's own text: its
groups, alternatives and optional parts; what stands in a look-around says nothing. A row is
tried only in a clause that holds what every reading of it holds ("lần" of 6 tháng/lần): to look
for a word is ten times quicker than to try a pattern.
"""

import re
from typing import NamedTuple

from extractors.kept import kept

DIGIT = "0"
"""Stands for any figure."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LOOK = re.compile(r"\(\?(?:[=!]|<[=!])")
_OPEN = re.compile(r"\((?:\?:|\?P<\w+>)")
_CLASS = re.compile(r"\[\^?(?:\\.|[^\]\\])+\]")
_OFTEN = re.compile(r"(?P<none>[?*]|\{0?,\d*\}|\{0\})|\+|\{\d+(?:,\d*)?\}")
_ESCAPE = re.compile(r"\\(?:x[0-9a-f]{2}|.)")
_SIGNS = "-/"
"""Signs that stand for themselves, of which a clause without figures has none."""


class _Read(NamedTuple):
    """The beginnings of a piece, whether it may be empty, where it ends, what it always holds."""

    words: frozenset[str]
    empty: bool
    end: int
    needs: frozenset[str] = frozenset()


@kept
def beginnings(pattern: str) -> frozenset[str]:
    """The first words of everything the pattern reads; "0" for a figure, "(" for a bracket."""
    return _alternatives(pattern, 0).words


@kept
def need(pattern: str) -> str:
    """The longest word that stands in everything the pattern reads, beside its beginning."""
    read = _alternatives(pattern, 0)
    return max(sorted(read.needs - read.words), key=len, default="")


def _alternatives(pattern: str, at: int) -> _Read:
    read = _sequence(pattern, at)
    while pattern.startswith("|", read.end):
        branch = _sequence(pattern, read.end + 1)
        read = _Read(
            read.words | branch.words,
            read.empty or branch.empty,
            branch.end,
            read.needs & branch.needs,
        )
    return read


def _sequence(pattern: str, at: int) -> _Read:
    """Pieces one after the other: those after an optional one can begin, too."""
    words: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    empty = True
    while at < len(pattern) and pattern[at] not in "|)":
        piece = _piece(pattern, at)
        often = _OFTEN.match(pattern, piece.end)
        optional = bool(often and often["none"])
        if empty:
            words |= piece.words
            empty = piece.empty or optional
        if not optional:
            needs |= piece.needs
        at = often.end() if often else piece.end
    return _Read(words, empty, at, needs)


def _piece(pattern: str, at: int) -> _Read:
    looked = _LOOK.match(pattern, at)
    if looked is not None:
        return _Read(frozenset(), True, _alternatives(pattern, looked.end()).end + 1)
    opened = _OPEN.match(pattern, at)
    if opened is not None:
        group = _alternatives(pattern, opened.end())
        return group._replace(end=group.end + 1)
    letters = _LETTERS.match(pattern, at)
    if letters is not None:
        return _letters(pattern, letters[0], letters.end())
    chosen = _CLASS.match(pattern, at)
    if chosen is not None:
        return _Read(_figure(chosen[0]), False, chosen.end())
    escaped = _ESCAPE.match(pattern, at)
    if escaped is not None:
        return _Read(_figure(escaped[0]), False, escaped.end())
    sign = pattern[at]
    return _Read(_figure(sign), False, at + 1, frozenset(sign if sign in _SIGNS else ()))


def _letters(pattern: str, word: str, end: int) -> _Read:
    """A word; its last letter stands alone where a sign of how often follows it."""
    if _OFTEN.match(pattern, end) is None:
        return _Read(frozenset({word}), False, end, frozenset({word}))
    if len(word) == 1:
        return _Read(frozenset({word}), False, end, frozenset({word}))
    return _Read(frozenset({word, word[:-1]}), False, end - 1, frozenset({word[:-1]}))


def _figure(words: str) -> frozenset[str]:
    """ "0" for signs that can be figures, "(" for a bracket."""
    if r"\d" in words or any(sign.isdigit() for sign in words):
        return frozenset({DIGIT})
    return frozenset({"("} if words == r"\(" else {words} if words.isalpha() else ())
