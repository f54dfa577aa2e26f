"""Where is it worth looking? A letter is scanned for plain words before any pattern is asked."""

from collections.abc import Iterator
from functools import cache

import regex

from extractors.rules import BLIND, compile_once, rules

# A figure after a word that no joint or unit goes on from: 57, but not 57-NQ/TW, 3/4, 20%.
_FIGURES = compile_once(r"(?<=\p{Ll} )\d{1,4}[a-c]?(?![\p{L}\d]|[-/,.] ?[\p{L}\d]| ?[-/%])")


def ending(pattern: str) -> regex.Pattern[str]:
    """A pattern that ends where a citation begins, matched from there backwards: `match` tries it
    at the end of the window and nowhere else.
    """
    return compile_once(f"(?r){pattern}", BLIND)


@cache
def rule(name: str) -> regex.Pattern[str]:
    """The pattern of the row with that id."""
    return next(row.pattern for row in rules("references") if row.id == name)


@cache
def rule_ending(name: str) -> regex.Pattern[str]:
    """The same, searched backwards from the end of its window."""
    return ending(rule(name).pattern)


def near(
    key: str, words: tuple[str, ...], pattern: regex.Pattern[str], reach: int
) -> Iterator[regex.Match[str]]:
    """What the pattern reads around the words, in reading order, each once.

    `reach`: how many characters before a word the pattern may begin.
    """
    last = 0
    for at in sorted({at for word in words for at in _places(key, word)}):
        match = pattern.search(key, max(at - reach, last), min(at + 2 * reach, len(key)))
        if match:
            yield match
            last = match.end()


def figures(key: str, endings: tuple[str, ...]) -> Iterator[int]:
    """Where a bare figure follows a word with one of these endings."""
    return (at.start() for at in _FIGURES.finditer(key) if key.endswith(endings, 0, at.start()))


def around(key: str, at: int, pattern: regex.Pattern[str], reach: int) -> regex.Match[str] | None:
    """What the pattern reads across position `at`, from at most `reach` characters before it."""
    match = pattern.search(key, max(at - reach, 0), min(at + 2 * reach, len(key)))
    return match if match and match.start() < at < match.end() else None


def _places(key: str, word: str) -> Iterator[int]:
    at = key.find(word)
    while at >= 0:
        yield at
        at = key.find(word, at + 1)
