"""What is a word of the language, and what does it hold beside its letters?"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from extractors.rules import compile_once
from extractors.text import fold
from pipeline.ocr.ink import Word
from pipeline.readers.syllables import is_syllable

EDGES = compile_once(r"^\P{L}+|\P{L}+$")
FIGURES = compile_once(r"\d")


def is_word(text: str) -> bool:
    """Whether a word is spelt as a Vietnamese syllable or holds figures."""
    core = core_of(text)
    return is_syllable(core) if core else bool(FIGURES.search(text))


@lru_cache(maxsize=8192)
def core_of(text: str) -> str:
    """The word in small letters without what stands around it."""
    return fold(EDGES.sub("", text).lower())


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Letters and figures without marks: what both engines see alike."""
    parted = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in parted if letter.isalnum())


def share_spelt(words: Sequence[Word]) -> float:
    """Share of words that are words of the language."""
    return sum(is_word(word.text) for word in words) / max(len(words), 1)


def dressed(text: str, core: str) -> str:
    """The syllable in the case of the text and with the punctuation around it."""
    inner = EDGES.sub("", text)
    cased = core.upper() if inner.isupper() and len(inner) > 1 else core
    cased = cased.capitalize() if inner[:1].isupper() and not inner.isupper() else cased
    return text.replace(inner, cased, 1)
