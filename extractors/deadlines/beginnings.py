"""With which words can a pattern begin?

Rows are compiled only when a word stands that they can begin with, and a pattern is compiled a
hundred times slower than it is read. So the beginning is read off the pattern's own text: its
groups, alternatives and optional parts; what stands in a look-around says nothing.
"""

import re
from typing import NamedTuple

DIGIT = "0"
"""Stands for any figure."""
_LETTERS = re.compile(r"[^\W\d_]+")
_LOOK = re.compile(r"\(\?(?:[=!]|<[=!])")
_OPEN = re.compile(r"\((?:\?:|\?P<\w+>)")
_CLASS = re.compile(r"\[\^?(?:\\.|[^\]\\])+\]")
_OFTEN = re.compile(r"(?P<none>[?*]|\{0?,\d*\}|\{0\})|\+|\{\d+(?:,\d*)?\}")


class _Read(NamedTuple):
    """The beginnings of a piece, whether it may be empty, and where the piece ends."""

    words: frozenset[str]
    empty: bool
    end: int


def beginnings(pattern: str) -> frozenset[str]:
    """The first words of everything the pattern reads; "0" for a figure, "(" for a bracket."""
    return _alternatives(pattern, 0).words


def _alternatives(pattern: str, at: int) -> _Read:
    words: frozenset[str] = frozenset()
    empty = False
    while True:
        branch = _sequence(pattern, at)
        words, empty, at = words | branch.words, empty or branch.empty, branch.end
        if not pattern.startswith("|", at):
            return _Read(words, empty, at)
        at += 1


def _sequence(pattern: str, at: int) -> _Read:
    """Pieces one after the other: those after an optional one can begin, too."""
    words: frozenset[str] = frozenset()
    empty = True
    while at < len(pattern) and pattern[at] not in "|)":
        piece = _piece(pattern, at)
        often = _OFTEN.match(pattern, piece.end)
        if empty:
            words |= piece.words
            empty = piece.empty or bool(often and often["none"])
        at = often.end() if often else piece.end
    return _Read(words, empty, at)


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
    if pattern[at] == "\\":
        return _Read(_figure(pattern[at : at + 2]), False, at + 2)
    return _Read(_figure(pattern[at]), False, at + 1)


def _letters(pattern: str, word: str, end: int) -> _Read:
    """A word; its last letter stands alone where a sign of how often follows it."""
    if _OFTEN.match(pattern, end) is None:
        return _Read(frozenset({word}), False, end)
    if len(word) == 1:
        return _Read(frozenset({word}), False, end)
    return _Read(frozenset({word, word[:-1]}), False, end - 1)


def _figure(words: str) -> frozenset[str]:
    """ "0" for signs that can be figures, "(" for a bracket."""
    if r"\d" in words or any(sign.isdigit() for sign in words):
        return frozenset({DIGIT})
    return frozenset({"("} if words == r"\(" else {words} if words.isalpha() else ())
