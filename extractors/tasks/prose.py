"""What stands where in a stretch of running text: parties, quotations, brackets?"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any

import regex

from extractors.parties import FoundParty, Home, find_parties
from extractors.rules import compile_once
from schemas.letter import Letter, Span

_QUOTED = compile_once(r"“[^”]{0,600}”|\"[^\"]{0,600}\"", regex.V1)
_BRACKETED = compile_once(r"\([^()]*\)", regex.V1)


class Reading:
    """A letter and its home, each stretch of it read once."""

    def __init__(self, letter: Letter, home: Home) -> None:
        self.letter, self.home = letter, home
        self._read: dict[tuple[int, int], Prose] = {}

    def prose(self, start: int, end: int) -> "Prose":
        """The stretch as running text."""
        known = self._read.get((start, end))
        if known is None:
            known = self._read[start, end] = Prose(self.letter, start, end, self.home)
        return known


class Prose:
    """A stretch of running text with its parties, quotations and brackets, each found once."""

    def __init__(self, letter: Letter, start: int, end: int, home: Home) -> None:
        self.letter, self.start, self.end, self.home = letter, start, end, home
        self.answers: dict[object, Any] = {}

    @cached_property
    def parties(self) -> tuple[FoundParty, ...]:
        """The parties named in it, in reading order."""
        found = find_parties(self.letter, self.start, self.end, self.home)
        return tuple(self._to_colon(party) for party in found)

    def _to_colon(self, party: FoundParty) -> FoundParty:
        """A name ends at a colon; only a list of several has one inside it."""
        colon = self.letter.key.find(":", party.start, party.end)
        if colon < 0 or party.party.kind == "group" or "," in self.letter.key[colon : party.end]:
            return party
        return replace(party, end=colon)

    @cached_property
    def bracketed(self) -> tuple[Span, ...]:
        """What stands in brackets, the brackets included."""
        return self._spans(_BRACKETED)

    @cached_property
    def _quoted(self) -> tuple[Span, ...]:
        return self._spans(_QUOTED)

    def _spans(self, pattern: "regex.Pattern[str]") -> tuple[Span, ...]:
        found = pattern.finditer(self.letter.key, self.start, self.end)
        return tuple(Span(*match.span()) for match in found)

    def masked(self, at: int) -> bool:
        """Does a position stand in a quotation or in brackets?"""
        return within(at, self._quoted) or within(at, self.bracketed)

    def party_at(self, at: int) -> FoundParty | None:
        """The party that begins at a position."""
        return next((party for party in self.parties if at in (party.start, party.opens)), None)

    def ends_party(self, at: int) -> bool:
        """Does a party's name end at a position?"""
        return any(party.end == at for party in self.parties)

    def in_party(self, at: int) -> bool:
        """Does a position stand inside a party's name, beyond its first letter?"""
        return any(party.opens < at < party.end for party in self.parties)


def within(at: int, spans: Iterable[Span]) -> bool:
    """Does a position stand inside one of the spans?"""
    return any(start < at < end for start, end in spans)
