"""Which parties are listed from here on?"""

from dataclasses import replace

import regex

from extractors.parties.bodies import placed
from extractors.parties.distribution import LIST, one_of
from extractors.parties.gazetteer import gazetteer
from extractors.parties.phrases import party_at
from extractors.parties.shapes import Body, Phrase
from extractors.parties.unknown import unknown_end

_BRACKET = regex.compile(r" \([^()]{1,160}\)")


def run_at(key: str, at: int, end: int, expected: bool = False) -> tuple[Phrase, ...]:
    """The parties listed from `at` on, joined by commas, semicolons, "và", "cùng".

    `expected`: the letter's words say that a party stands here, so a name that no row
    reads is one too.
    """
    found: list[Phrase] = []
    place = at
    while more := _listed_at(key, place, end, found, expected):
        found.extend(more)
        joint = LIST.match(key, _past_bracket(key, more[-1].end, end), end)
        if joint is None:
            break
        place = joint.end()
    return tuple(found)


def _listed_at(
    key: str, at: int, end: int, found: list[Phrase], expected: bool
) -> tuple[Phrase, ...]:
    read = party_at(key, at, end, bare=True) or _elided(key, at, end, found)
    return read or (_unknown(key, at, end) if expected and not found else ())


def _unknown(key: str, at: int, end: int) -> tuple[Phrase, ...]:
    """A name whose head the gazetteer does not hold."""
    ended = unknown_end(key, at, end)
    if ended is None:
        return ()
    body = placed(key, Body(ended, key[at:ended], None, "free", rule="model.party"), end)
    return (Phrase(at, at, body.end, "agency", body=body, rule=body.rule),)


def _past_bracket(key: str, at: int, end: int) -> int:
    """Past a remark in brackets between two parties of a list."""
    bracket = _BRACKET.match(key, at, end)
    return bracket.end() if bracket else at


def _elided(key: str, at: int, end: int, found: list[Phrase]) -> tuple[Phrase, ...]:
    """ "Sở Tài chính, Tư pháp và Nội vụ": the head said once."""
    before = found[-1].body if found else None
    if before is None or before.tail != "field" or not key[at : at + 1].isupper():
        return ()
    field = gazetteer("fields").at(key, at, end)
    if field is None:
        return ()
    body = replace(before, end=field.end, name=f"{before.head} {field.row.value['name']}",
                   place=None, above=None)  # fmt: skip
    body = placed(key, body, end)
    office = found[-1].office
    position = office.position if office else None
    return (one_of(at, at, body, position),)
