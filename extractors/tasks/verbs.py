"""Do these words begin as a duty does?"""

from functools import cache

import regex

from extractors.rules import CompiledRule, compiled, expanded, rule_file, rules
from extractors.tasks.alternation import grouped
from extractors.text import unaccented, unaccented_pattern
from schemas.letter import Letter, Span

_MOST_MANNERS = 6
_LONGEST_VERB = 24
_QUOTES = ' "“'


@cache
def piece(name: str) -> "regex.Pattern[str]":
    """A named piece of directives.toml."""
    source = rule_file("directives").fragment
    return compiled(grouped(expanded(source[name].pattern, source)), {})


@cache
def used_as(use: str) -> tuple[CompiledRule, ...]:
    """The rows of directives.toml with that use."""
    return tuple(rule for rule in rules("directives") if rule.value.get("use") == use)


def skip(letter: Letter, at: int, end: int, marks: str) -> int:
    """The first position from `at` on that holds none of the marks."""
    while at < end and letter.key[at] in marks:
        at += 1
    return at


def after_word(letter: Letter, at: int, end: int, word: str) -> int:
    """Past a word, where it stands at a position."""
    return at + len(word) if letter.key.startswith(word, at, end) else at


def starts_with_verb(letter: Letter, at: int, end: int) -> bool:
    """Does a verb of duties stand at a position, or its manner ("khẩn trương") and then it?"""
    for _ in range(_MOST_MANNERS):
        if _is_verb(letter, at, end):
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
    return any(rule.pattern.match(letter.key, at, own.end) for rule in used_as("circumstance"))


def announces(letter: Letter, own: Span) -> bool:
    """Does a stretch end by announcing what follows: "… như sau:", "… các nhiệm vụ sau:"?"""
    ends = own.start + len(letter.key[slice(*own)].rstrip())
    found = piece("announces").finditer(letter.key, own.start, ends)
    return any(match.end() == ends for match in found)


def _is_verb(letter: Letter, at: int, end: int) -> bool:
    if piece("verb").match(letter.key, at, end):
        return True
    if piece("short_verb").match(letter.key, at, end):
        return True
    return bool(_blind_verb().match(unaccented(letter.key[at : min(end, at + _LONGEST_VERB)])))


@cache
def _blind_verb() -> "regex.Pattern[str]":
    """The verbs of two syllables and more without diacritics, for letters read by OCR."""
    return regex.compile(unaccented_pattern(piece("verb").pattern), regex.V1 | regex.I)
