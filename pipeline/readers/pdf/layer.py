"""Can the text layer of a page be trusted, or must the page be recognised as an image?

Measured on real letters: a sound layer has more than 0.8 of its words spelt as Vietnamese
syllables and more than 0.65 with a letter beyond ASCII; the invisible layer that a scanner's
English recogniser left has 0.6–0.75 syllables by accident and none beyond ASCII; annexes full of
technical English still have 0.4. An invisible layer is kept only where it is as good as print:
recognising the page again errs in a few words of a hundred, a bad layer in every other.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extractors.rules import compile_once
from pipeline.readers.pdf.ink import Run, Sheet
from pipeline.readers.syllables import is_syllable

_WORD = compile_once(r"(?<![\p{L}\p{N}./_-])\p{L}+(?![\p{L}\p{N}./_)-])")
_ABBREVIATION = compile_once(r"[A-ZĐƯ]{2,}")
_STRAY = compile_once(
    r"(?<![\p{L}\p{N}.])(?:[B-DG-HK-NP-TVX](?![\p{L}\p{N}.):/,-])|(?:n?g|[ptc]h|nh|tr)(?!\p{L}))"
)
"""Consonants on their own: words that lost their vowels with an unmapped font."""

_JUNK = re.compile("[\ufffd\ue000-\uf01f\uf100-\uf8ff\x00-\x1f]")
"""Unmapped or of private use; the bullets of Symbol and Wingdings lie between."""

FEW_WORDS = 15
"""A page number and a stamp over an image are not yet a text layer."""


class Layer(NamedTuple):
    """`words` counted; shares 0 to 1 of `syllables`, `marked` words (beyond ASCII), `junk`
    characters (unmapped, private use) and `stray` consonants among the words; `hidden` text."""

    words: int
    syllables: float
    marked: float
    junk: float
    stray: float
    hidden: bool


def layer_of(sheet: Sheet) -> Layer:
    """What is measured of a page's text (annotations apart)."""
    runs = [run for run in sheet.runs if run.stamp is None]
    text = _flowing(runs)
    # No sign that a pattern asks for is white: what stands between blanks is weighed by itself.
    weights = map(_weighed, text.split())
    sums = _Weight(*map(sum, zip(_NOTHING, *weights, strict=True)))
    ink = max(len(text) - text.count(" "), 1)
    return Layer(
        words=sums.words,
        syllables=sums.syllables / max(sums.plain, 1),
        marked=sums.marked / max(sums.plain, 1),
        junk=len(_JUNK.findall(text)) / ink,
        stray=sums.stray / max(sums.plain, 1),
        hidden=sum(len(run.text) for run in runs if run.hidden) > 0.5 * ink,
    )


class _Weight(NamedTuple):
    """How many words, those that are no abbreviations, of these the syllables and the marked
    ones, and stray consonants."""

    words: int
    plain: int
    syllables: int
    marked: int
    stray: int


_NOTHING = _Weight(0, 0, 0, 0, 0)


@lru_cache(maxsize=16384)
def _weighed(token: str) -> _Weight:
    """What stands between two blanks; most of it comes again on every page."""
    words = _WORD.findall(token)
    plain = [word for word in words if not _ABBREVIATION.fullmatch(word)]
    return _Weight(
        words=len(words),
        plain=len(plain),
        syllables=sum(map(is_syllable, plain)),
        marked=sum(not word.isascii() for word in plain),
        stray=len(_STRAY.findall(token)),
    )


def _flowing(runs: Sequence[Run]) -> str:
    """The text in the order of the content; a run may hold part of a word."""
    pieces: list[str] = []
    before: Run | None = None
    for run in runs:
        if before is not None and (before.spaced or _leaves(before, run)):
            pieces.append(" ")
        pieces.append(run.text)
        before = run
    return "".join(pieces)


def _leaves(before: Run, run: Run) -> bool:
    return abs(run.base - before.base) > 2 or not -2 < run.x0 - before.x1 < 0.2 * run.size


def is_usable(layer: Layer, sheet: Sheet) -> bool:
    """Whether the page is read from its text layer."""
    if layer.junk > 0.05:
        return False
    pictured = sheet.pictured > 0.5
    if layer.words < FEW_WORDS:
        return not pictured and (layer.words > 0 or sheet.drawn < 150)
    if layer.hidden or pictured:
        return layer.syllables > 0.9 and layer.marked > 0.6 and layer.stray < 0.03
    if layer.syllables < 0.4 and layer.marked < 0.3:
        return False
    strays = layer.stray * layer.words
    return strays < 8 or layer.stray < 0.02 or layer.syllables > 0.95


def is_better_than_nothing(layer: Layer) -> bool:
    """Whether a bad layer is kept where no recogniser is installed."""
    return layer.words >= FEW_WORDS and layer.syllables > 0.5 and layer.junk < 0.2
