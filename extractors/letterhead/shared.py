"""Which names stand in a list whose head is said once?

"Các sở: Nội vụ, Tài chính" addresses two sở; "Bộ trưởng các Bộ: Y tế, Công an" two ministers.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from extractors.layout import plain
from extractors.letterhead.prints import matched
from extractors.parties import FoundParty, find_parties, home_of
from extractors.rules import compile_once
from schemas.letter import Span
from schemas.letterhead import Words

_COMMA = compile_once(r", ?|; ?")
_AND = compile_once(r",? (?:và|cùng) ")
_PLACE = compile_once(r"(?:các|tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường) ")


class _List(NamedTuple):
    """A list at start..end of the words, with what its names share before and as a head."""

    lead: Span
    head: Span
    start: int
    parties: tuple[FoundParty, ...]


def apart(words: Words) -> Iterator[Words]:
    """Each name of the list with what it shares; the words themselves where they are no list."""
    shared = matched("addressees.shared", words.text)
    if shared is not None:
        named = _List(Span(*shared.span("lead")), Span(*shared.span("head")), shared.end(),
                      _parties(words.text))  # fmt: skip
        names = list(_names(words.text, named))
        if len(names) > 1:
            yield from (_named(words, named, name) for name in names)
            return
    elif _COMMA.search(words.text):
        parties = _parties(words.text)
        if len(parties) > 1 and _are_all(words.text, parties):
            yield from (_part(words, [Span(party.start, party.end)]) for party in parties)
            return
    yield words


def _parties(text: str) -> tuple[FoundParty, ...]:
    letter = plain(text)
    home = home_of(letter, place=None, issued=None, issuer=None)
    return find_parties(letter, 0, len(letter.text), home)


def _are_all(text: str, parties: tuple[FoundParty, ...]) -> bool:
    """Nothing but agencies and joints: Sở Tài chính, Sở Nội vụ và Công an tỉnh."""
    if any(party.party.kind != "agency" or party.opens != party.start for party in parties):
        return False
    gaps = pairwise(parties)
    joined = all(
        (_COMMA.fullmatch(gap) or _AND.fullmatch(gap))
        for one, other in gaps
        for gap in [text[one.end : other.start]]
    )
    return joined and parties[0].start == 0 and parties[-1].end == len(text)


def _names(text: str, named: _List) -> Iterator[Span]:
    """The names between the joints; a joint inside a known name parts nothing."""
    start, parties = named.start, named.parties
    units = _PLACE.fullmatch(f"{text[named.head.start : named.head.end].strip()} ".lower())
    joints = [joint.span() for joint in _COMMA.finditer(text, start)]
    joints += [
        joint.span() for joint in _AND.finditer(text, start) if units or _parts(joint, parties)
    ]
    held = [(party.start, party.end) for party in parties if party.start >= start]
    for begin, end in sorted(joints):
        if begin >= start and not any(a < begin and end < b for a, b in held):
            yield Span(start, begin)
            start = end
    yield Span(start, len(text))


def _parts(joint: regex.Match[str], parties: tuple[FoundParty, ...]) -> bool:
    """ "và" between two names, and not inside one: a known name ends or begins at it."""
    return any(joint.start() == party.end or joint.end() == party.start for party in parties)


def _named(words: Words, named: _List, name: Span) -> Words:
    """The name with what it shares; a name may have a head of its own: Công an tỉnh among sở."""
    shared = [named.lead] if _has_own_head(words.text, named, name) else [named.lead, named.head]
    return _part(words, [*(span for span in shared if span.end > span.start), name])


def _has_own_head(text: str, named: _List, name: Span) -> bool:
    head, said = text[named.head.start : named.head.end].lower(), text[name.start : name.end]
    party = next((party for party in named.parties if party.start == name.start), None)
    if _PLACE.match(said):
        return True
    if party is not None:
        return party.opens == party.start
    if matched("issuer.head", said.upper()):
        return True
    return not head or head.split()[-1] in said.lower().split()[:2]


def _part(words: Words, pieces: list[Span]) -> Words:
    """These pieces of the words as words of their own, with a capital at the beginning."""
    text = " ".join(words.text[piece.start : piece.end].strip() for piece in pieces)
    spans = tuple(span for piece in pieces for span in _spans(words, piece))
    return Words(text=text[:1].upper() + text[1:], spans=spans)


def _spans(words: Words, piece: Span) -> Iterator[Span]:
    """Where a piece of the joined text stands in the letter."""
    at = 0
    for span in words.spans:
        length = span.end - span.start
        start, end = max(piece.start - at, 0), min(piece.end - at, length)
        if start < end:
            yield Span(span.start + start, span.start + end)
        at += length + 1
