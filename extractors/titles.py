"""Is this line the title of a document, and of which kind?

A ground module: zoning and the letterhead both ask. Kinds are rows of rules/letterhead.toml.
"""

import unicodedata
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.rules import rules

_AROUND = " .*_-#'\"`,|"
_LONGEST = 110  # "CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA …" on one line; a sentence in capitals is longer


class DocumentKind(NamedTuple):
    """A row of kinds: its code and name, and the name without tone marks in capitals."""

    id: str
    code: str
    name: str
    bare: str


# A line in capitals is asked whether it is a title, an office, an annex.
@lru_cache(maxsize=1024)
def bare(text: str) -> str:
    """The text in capitals without tone marks and accents: KÉ HOẠCH and Kế hoạch → KE HOACH."""
    plain = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def kinds() -> tuple[DocumentKind, ...]:
    """The kinds of document, longest name first."""
    rows = (rule for rule in rules("letterhead") if rule.id.startswith("kind."))
    found = (
        DocumentKind(row.id, str(row.value["code"]), str(row.value["name"]), "") for row in rows
    )
    named = (kind._replace(bare=bare(kind.name)) for kind in found)
    return tuple(sorted(named, key=lambda kind: -len(kind.bare)))


def kind_titled(key: str) -> DocumentKind | None:
    """The kind whose name is the whole line, in capitals."""
    title = key.strip(_AROUND + ":")
    if not title.isupper() or len(title) > _LONGEST:
        return None
    plain = bare(title)
    return next((kind for kind in kinds() if plain == kind.bare), None)


def kind_opening(key: str) -> DocumentKind | None:
    """The kind whose name opens a line of capitals: CHƯƠNG TRÌNH CÔNG TÁC."""
    title = key.strip(_AROUND)
    if not title.isupper() or len(title) > _LONGEST or title.endswith(":"):
        return None
    plain = bare(title)
    return next((kind for kind in kinds() if plain.startswith(kind.bare + " ")), None)


def kind_misread(key: str, code: str) -> DocumentKind | None:
    """The kind with that code, where a scan spoilt a few letters of its name: QUY! ĐỊNH."""
    kind = kind_coded(code)
    if kind is None or len(key) > len(kind.bare) + 4:
        return None
    read, name = _letters(bare(key)), _letters(kind.bare)
    return kind if SequenceMatcher(None, read, name).ratio() > 0.8 else None


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


@cache
def kind_coded(code: str) -> DocumentKind | None:
    """The kind with that code in a number; exact first, then without case and accents."""
    rows = [rule for rule in rules("letterhead") if rule.id.startswith("kind.")]
    codes = [str(rule.value["code"]) for rule in rows]
    exact = next((at for at, known in enumerate(codes) if known == code), None)
    loose = next((at for at, known in enumerate(codes) if bare(known) == bare(code)), None)
    at = exact if exact is not None else loose
    return None if at is None else next(kind for kind in kinds() if kind.id == rows[at].id)
