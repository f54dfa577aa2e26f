"""Who: which parties stand in these words, and which body in the country is each?

home_of(letter, …)            the place and date that bare words are read from
find_parties(letter, a, b, h) every party in the span, in reading order
find_run(letter, a, b, h)     the list of parties that begins exactly at a
find_list(letter, a, b, h)    the parties of a span that is nothing but a list of them
read_party(letter, a, b, h)   the whole span as one party
find_abbreviations(letter)    the short forms that the letter itself introduces
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from extractors.parties.abbreviations import find_short_forms
from extractors.parties.home import Home, body_of, home_from
from extractors.parties.lists import listed_after, run_at, whole_list
from extractors.parties.names import agency_of
from extractors.parties.phrases import may_open, party_at, readings
from extractors.parties.shapes import Office, Phrase
from extractors.rules import compile_once
from extractors.text import fold
from schemas.letter import Letter
from schemas.party import Abbreviation, Agency, Capacity, Party

__all__ = [
    "FoundParty",
    "Home",
    "find_abbreviations",
    "find_list",
    "find_parties",
    "find_run",
    "home_of",
    "read_party",
]

_WORD = re.compile(r"[^\W_]+")
# The letters of a document number ("12/TTr-SNV") are no mention of the body.
_NAMES = compile_once(r"(?<![/\-](?=\p{Lu}{2}))(?<![\p{L}\p{N}])\p{L}")
_REACH = 2000
"""No list of parties is longer, in characters."""
_LEAD_IN = compile_once(r"[\s\-–+*•\"'“”(]*")


@dataclass(frozen=True, slots=True)
class FoundParty:
    """A party and its words, `letter.text[start:end]`.

    `opens`: where the words begin that this party shares with its neighbours
    ("các Sở: Nội vụ, Y tế": both open at "các"); equal to `start` for all others.
    `rule`: the row that read it.
    """

    start: int
    end: int
    party: Party
    opens: int
    rule: str


def home_of(
    letter: Letter,
    *,
    place: str | None,
    issued: date | None,
    issuer: str | None,
    superior: str | None = None,
) -> Home:
    """The letter's place in the state, with the short forms that it introduces."""
    home = home_from(place, issued, issuer, superior)
    return replace(home, abbreviations=find_abbreviations(letter))


def find_abbreviations(letter: Letter) -> tuple[Abbreviation, ...]:
    """Short forms in brackets after their long form, in reading order."""
    return find_short_forms(letter)


def find_parties(letter: Letter, start: int, end: int, home: Home) -> tuple[FoundParty, ...]:
    """Every agency, official, group and person named in the span; none overlaps another."""
    return tuple(_found(letter, home, start, end))


def _found(letter: Letter, home: Home, start: int, end: int) -> Iterator[FoundParty]:
    at, key, own = start, letter.key, home.short_starts
    for word in _WORD.finditer(key, start, end):
        if not (may_open(word[0]) or word[0] in own):
            continue
        if word.start() >= at and _NAMES.match(key, word.start()):
            for phrase in _parties_at(key, word.start(), end, home):
                yield _made(letter.text, phrase, home)
                at = phrase.end


def find_run(
    letter: Letter, start: int, end: int, home: Home, expected: bool = False
) -> tuple[FoundParty, ...]:
    """The parties listed from `start` on ("Sở A, Sở B và các đơn vị liên quan"); empty where
    no party begins there. Groups without "các" are read here too.

    `expected`: the words before say that a party stands here; a name that no row reads is
    then read by the trained component (words.py), which is loaded on the first such name.
    """
    skipped = _LEAD_IN.match(letter.key, start, end)
    at = skipped.end() if skipped else start
    reach = min(end, at + _REACH)
    if readings(letter.key, at, reach, bare=True) or _own(letter.key, at, reach, home):
        found = _run(letter.text[at:reach], letter.key[at:reach], home)
        if found:
            return tuple(_moved(party, at) for party in found)
    phrases = run_at(letter.key, at, end, expected=True) if expected else ()
    return tuple(_made(letter.text, phrase, home) for phrase in phrases)


def find_list(letter: Letter, start: int, end: int, home: Home) -> tuple[FoundParty, ...]:
    """The parties of a span that holds nothing else: no word of it is left over."""
    text, key = (words[start:end].replace("\n", " ") for words in (letter.text, letter.key))
    listed = _list(text, key, home)
    return tuple(_moved(party, start) for party in listed)


# The same list stands above many duties: it is read once.
@lru_cache(maxsize=4096)
def _list(text: str, key: str, home: Home) -> tuple[FoundParty, ...]:
    own = _own(key, 0, len(key), home)
    if own and not key[own.end :].strip(" .,;:"):
        return (_made(text, own, home),)
    return tuple(
        _made(text, _known(key, phrase, home), home) for phrase in whole_list(key, 0, len(key))
    )


def _known(key: str, phrase: Phrase, home: Home) -> Phrase:
    """A party in a list that only the letter's own short forms explain."""
    own = _own(key, phrase.start, phrase.end, home) if phrase.rule == "unknown" else None
    return own or phrase


@lru_cache(maxsize=4096)
def _run(text: str, key: str, home: Home) -> tuple[FoundParty, ...]:
    own = _own(key, 0, len(key), home)
    phrases = (own, *listed_after(key, own.end, len(key))) if own else run_at(key, 0, len(key))
    return tuple(_made(text, phrase, home) for phrase in phrases)


def _moved(found: FoundParty, by: int) -> FoundParty:
    start, end = found.start + by, found.end + by
    return FoundParty(start, end, found.party, found.opens + by, found.rule)


def read_party(letter: Letter, start: int, end: int, home: Home) -> Party:
    """The whole span as one party; what no row reads is an agency by its words."""
    run = _parties_at(letter.key, start, end, home) or run_at(letter.key, start, end)
    text = letter.text[start:end]
    if not run:
        return Party(text=text, kind="agency")
    return _party(text, run[0], home)


def _parties_at(key: str, at: int, end: int, home: Home) -> tuple[Phrase, ...]:
    own = _own(key, at, end, home)
    return (own,) if own else party_at(key, at, end)


# ------------------------------------------------------------------ the letter's own short forms


def _own(key: str, at: int, end: int, home: Home) -> Phrase | None:
    """A party written in a short form that the letter introduced."""
    if not home.abbreviations:
        return None
    match = home.short_form.match(key, at, end)
    if match is None:
        return None
    long = home.long_forms[match[0]]
    run = party_at(long, 0, len(long))
    if len(run) != 1 or run[0].end < len(long):
        return None
    longer = party_at(key, at, end)
    if longer and longer[-1].end > match.end():
        return None
    return replace(run[0], opens=at, start=at, end=match.end(), rule="abbreviation")


# ------------------------------------------------------------------ values


def _made(text: str, phrase: Phrase, home: Home) -> FoundParty:
    party = _as_written(text[phrase.start : phrase.end], phrase, home)
    return FoundParty(phrase.start, phrase.end, party, phrase.opens, phrase.rule)


# A letter names the same few parties again and again.
@lru_cache(maxsize=4096)
def _as_written(words: str, phrase: Phrase, home: Home) -> Party:
    return _party(words, phrase, home)


def _party(text: str, phrase: Phrase, home: Home) -> Party:
    body = phrase.body
    return Party(
        text=text,
        kind=phrase.kind,
        position=phrase.office.position if phrase.office else None,
        agency=agency_of(body, home) if body else _own_agency(text, phrase, home),
        capacity=_capacity(phrase.other_hat, home) if phrase.other_hat else None,
        person=phrase.person,
    )


def _own_agency(text: str, phrase: Phrase, home: Home) -> Agency | None:
    """The issuer, where a body is named by the first word of its name ("gửi về Sở",
    "báo cáo Giám đốc Sở")."""
    word = fold(text).casefold()
    if phrase.office:
        _, _, word = word.rpartition(f"{phrase.office.position.casefold()} ")
        word = word if phrase.end > phrase.start + len(phrase.office.position) else ""
    if not phrase.own or not word or not home.issuer:
        return None
    if not fold(home.issuer).casefold().startswith(word):
        return None
    body = body_of(home.issuer)
    return agency_of(body, home) if body else None


def _capacity(hat: Office, home: Home) -> Capacity:
    return Capacity(position=hat.position, agency=agency_of(hat.body, home) if hat.body else None)
