"""Do these words begin as a duty does?"""

from functools import cache, lru_cache

import regex

from extractors.kept import kept
from extractors.once import asked_once
from extractors.rules import (
    CompiledRule,
    compile_once,
    compiled,
    expanded,
    rows_at,
    rule_file,
    rules,
)
from extractors.tasks.alternation import grouped
from extractors.text import unaccented, unaccented_pattern
from schemas.letter import Letter, Span

_MOST_MANNERS = 6
_LONGEST_VERB = 24
_FIRST_LETTERS = 6
_QUOTES = ' "“'


@cache
@kept
def piece(name: str) -> "regex.Pattern[str]":
    """A named piece of directives.toml."""
    source = rule_file("directives").fragment
    return compiled(grouped(expanded(source[name].pattern, source)), {})


@cache
def used_as(use: str) -> tuple[CompiledRule, ...]:
    """The rows of directives.toml with that use."""
    return tuple(rule for rule in rules("directives") if rule.value.get("use") == use)


def used_at(use: str, letter: Letter, at: int, end: int) -> tuple[CompiledRule, ...]:
    """The rows with that use that can begin with the letters at a position."""
    return rows_at("directives", letter.key, at, end, use)


def used_in(use: str, letter: Letter, words: Span) -> tuple[CompiledRule, ...]:
    """The rows with that use one of whose hints stands in the words; no other reads them."""
    small = letter.key[slice(*words)].lower()
    return tuple(rule for rule in used_as(use) if rule.is_hinted(small))


def skip(letter: Letter, at: int, end: int, marks: str) -> int:
    """The first position from `at` on that holds none of the marks."""
    while at < end and letter.key[at] in marks:
        at += 1
    return at


def after_word(letter: Letter, at: int, end: int, word: str) -> int:
    """Past a word, where it stands at a position."""
    return at + len(word) if letter.key.startswith(word, at, end) else at


@asked_once
def starts_with_verb(letter: Letter, at: int, end: int) -> bool:
    """Does a verb of duties stand at a position, or its manner ("khẩn trương") and then it?"""
    for _ in range(_MOST_MANNERS):
        if _is_verb(letter.key, at, end):
            return True
        match = piece("manner").match(letter.key, at, end)
        if not match or letter.key[match.end() : match.end() + 1] not in (" ", ","):
            return False
        at = after_word(letter, skip(letter, match.end(), end, " ,"), end, "và ")
    return False


def verb_led(letter: Letter, own: Span) -> bool:
    """Does a clause begin with what is to be done?"""
    return starts_with_verb(letter, skip(letter, own.start, own.end, _QUOTES), own.end)


def is_circumstance(letter: Letter, own: Span) -> bool:
    """Does a stretch begin with a circumstance: "Để …", "Trên cơ sở …", "Khi …"?"""
    at = skip(letter, own.start, own.end, _QUOTES)
    rows = used_at("circumstance", letter, at, own.end)
    return any(rule.pattern.match(letter.key, at, own.end) for rule in rows)


def announces(letter: Letter, own: Span) -> bool:
    """Does a stretch end by announcing what follows: "… như sau:", "… các nhiệm vụ sau:"?"""
    ends = own.start + len(letter.key[slice(*own)].rstrip())
    found = piece("announces").finditer(letter.key, own.start, ends)
    return any(match.end() == ends for match in found)


def _is_verb(key: str, at: int, end: int) -> bool:
    if piece("verb").match(key, at, end) or piece("short_verb").match(key, at, end):
        return True
    words = key[at : min(end, at + _LONGEST_VERB)]
    return _may_be_blind(words[:_FIRST_LETTERS]) and bool(_blind_verb().match(unaccented(words)))


@lru_cache(maxsize=50_000)
def _may_be_blind(letters: str) -> bool:
    """Can a verb without diacritics begin with these letters?"""
    return bool(_blind_verb().match(unaccented(letters), partial=True))


@cache
def _blind_verb() -> "regex.Pattern[str]":
    """The verbs of two syllables and more without diacritics, for letters read by OCR."""
    return compile_once(unaccented_pattern(piece("verb").pattern), regex.V1 | regex.I)
