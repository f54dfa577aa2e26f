"""Do two texts, two names say the same?"""

import unicodedata
from difflib import SequenceMatcher
from functools import cache

NAMES = 0.82
"""Two names are one party where they are at least this similar …"""
CONTAINED = 0.4
"""… or one holds the other and is at most 1 / 0.4 times as long."""


@cache
def bare(text: str) -> str:
    """The text without case, diacritics, punctuation and double spaces."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ð", "d"))
    kept = (char if char.isalnum() else " " for char in letters if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


@cache
def similar(one: str, other: str) -> float:
    """How alike two texts are, tone-blind, from 0 to 1."""
    return SequenceMatcher(None, bare(one), bare(other), autojunk=False).ratio()


def same_name(one: str, other: str) -> float:
    """Whether two names are one party: 0 no, else how alike."""
    a, b = sorted((bare(one), bare(other)), key=len)
    if a and a in b and len(a) >= CONTAINED * len(b):
        return max(len(a) / len(b), NAMES)
    likeness = similar(one, other)
    return likeness if likeness >= NAMES else 0


def same_text(one: str | None, other: str | None) -> float:
    """Whether two texts say the same: 0 no, else how alike."""
    likeness = similar(one or "", other or "")
    return likeness if likeness >= NAMES else 0


def exact(one: str, other: str) -> float:
    """Whether two words are the same, letter by letter."""
    return float(one == other)
