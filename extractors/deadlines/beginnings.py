"""With which words can a pattern begin, and without which word can it not be?

Rows are compiled only when a word stands that they can begin with, and a pattern is compiled a
hundred times slower than it is read. So the beginning is read off the pattern's own text: its
groups, alternatives and optional parts; what stands in a look-around begins nothing. Many rows
begin with "ngày", few go on with a figure: the first letter of the next word is read off, too. A
row is tried only in a clause that holds what every reading of it holds ("lần" of 6 tháng/lần): to
look for a word is ten times quicker than to try a pattern.
"""

import re
from functools import cache
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
_FIGURES = re.compile(r"\\d|\d-\d|\d")
_SIGNS = ("-", "/", r"\(")
"""Signs that stand for themselves, of which a clause without figures has none."""
_NOTHING = frozenset({""})
_ANY = "*"
"""Stands for any letter or figure, or none."""


class _Read(NamedTuple):
    """What a piece of a pattern reads.

    `heads`: its first words, each with the first letter of the next, "" where none need come.
    `letters`: its first letters, signs passed over, "" where it need not hold any. `needs`: what
    it always holds.
    """

    heads: frozenset[tuple[str, str]]
    letters: frozenset[str]
    empty: bool
    end: int
    needs: frozenset[str] = frozenset()

    def followed(self, letters: frozenset[str]) -> frozenset[tuple[str, str]]:
        """The heads where those letters come next; what follows a figure is not asked."""
        return frozenset(
            (word, letter)
            for word, after in self.heads
            for letter in ((after,) if after or word == DIGIT else letters)
        )


@kept
def openings(pattern: str) -> frozenset[tuple[str, str]]:
    """The first words of everything the pattern reads, each with the first letter of the next.

    "0" for a figure, "(" for a bracket; "" where anything can follow.
    """
    return frozenset((word, letter.strip(_ANY)) for word, letter in _whole(pattern).heads)


@kept
def need(pattern: str) -> str:
    """The longest word that stands in everything the pattern reads, beside its beginning."""
    needs = _whole(pattern).needs - {word for word, _ in _whole(pattern).heads}
    return max(sorted(needs), key=len, default="")


@cache
def _whole(pattern: str) -> _Read:
    return _alternatives(pattern, 0)


def _alternatives(pattern: str, at: int) -> _Read:
    read = _sequence(pattern, at)
    while pattern.startswith("|", read.end):
        branch = _sequence(pattern, read.end + 1)
        read = _Read(
            read.heads | branch.heads,
            read.letters | branch.letters,
            read.empty or branch.empty,
            branch.end,
            read.needs & branch.needs,
        )
    return read


def _sequence(pattern: str, at: int) -> _Read:
    """Pieces one after the other: those after an optional one can begin, too."""
    read = _Read(frozenset(), _NOTHING, True, at)
    while at < len(pattern) and pattern[at] not in "|)":
        piece = _piece(pattern, at)
        often = _OFTEN.match(pattern, piece.end)
        optional = bool(often and often["none"])
        if often and often[0] != "?":
            piece = piece._replace(heads=piece.followed(piece.letters | _NOTHING))
        letters = piece.letters | _NOTHING if optional else piece.letters
        at = often.end() if often else piece.end
        read = _Read(
            read.followed(letters) | (piece.heads if read.empty else frozenset()),
            read.letters - _NOTHING | letters if "" in read.letters else read.letters,
            read.empty and (piece.empty or optional),
            at,
            read.needs if optional else read.needs | piece.needs,
        )
    return read


def _piece(pattern: str, at: int) -> _Read:
    looked = _LOOK.match(pattern, at)
    if looked is not None:
        seen = _alternatives(pattern, looked.end())
        needs = seen.needs if looked[0] == "(?=" else frozenset()
        return _Read(frozenset(), _NOTHING, True, seen.end + 1, needs)
    opened = _OPEN.match(pattern, at)
    if opened is not None:
        group = _alternatives(pattern, opened.end())
        return group._replace(end=group.end + 1)
    letters = _LETTERS.match(pattern, at)
    if letters is not None:
        return _word(pattern, letters[0], letters.end())
    sign = _CLASS.match(pattern, at) or _ESCAPE.match(pattern, at)
    words, end = (sign[0], sign.end()) if sign is not None else (pattern[at], at + 1)
    needs = frozenset({words[-1]} if words in _SIGNS else ())
    return _Read(_heads(_figure(words)), _first_letters(words), False, end, needs)


def _word(pattern: str, word: str, end: int) -> _Read:
    """A word; its last letter stands alone where a sign of how often follows it."""
    letters = frozenset(word[0])
    if _OFTEN.match(pattern, end) is None or len(word) == 1:
        words = frozenset({word})
        return _Read(_heads(words), letters, False, end, words)
    kept_part = frozenset({word[:-1]})
    return _Read(_heads(kept_part | {word}), letters, False, end - 1, kept_part)


def _heads(words: frozenset[str]) -> frozenset[tuple[str, str]]:
    return frozenset((word, "") for word in words)


def _figure(words: str) -> frozenset[str]:
    """ "0" for signs that can be figures, "(" for a bracket."""
    if r"\d" in words or any(sign.isdigit() for sign in words):
        return frozenset({DIGIT})
    return frozenset({"("} if words == r"\(" else {words} if words.isalpha() else ())


def _first_letters(words: str) -> frozenset[str]:
    """ "0" for figures, "" for signs between words, "*" where letters can be among them."""
    rest = _FIGURES.sub("", words.strip("[]"))
    if words == "." or "^" in words or any(sign.isalpha() for sign in rest.replace(r"\s", "")):
        return frozenset({_ANY})
    figure = frozenset({DIGIT}) if rest != words.strip("[]") else frozenset()
    return figure | _NOTHING if rest else figure
