"""Where is it worth looking? A letter is scanned for plain words before any pattern is asked."""

from collections.abc import Iterator

import regex

_FIGURES = regex.compile(r"(?<=\p{Ll} )\d{1,4}")


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


def near_figures(
    key: str, endings: tuple[str, ...], pattern: regex.Pattern[str], reach: int
) -> Iterator[regex.Match[str]]:
    """What the pattern reads up to a figure that follows a word with one of these endings."""
    last = 0
    for figure in _FIGURES.finditer(key):
        at = figure.start()
        if key.endswith(endings, 0, at):
            match = pattern.search(key, max(at - reach, last), min(at + 2 * reach, len(key)))
            if match and match.start() < at < match.end():
                yield match
                last = match.end()


def _places(key: str, word: str) -> Iterator[int]:
    at = key.find(word)
    while at >= 0:
        yield at
        at = key.find(word, at + 1)
