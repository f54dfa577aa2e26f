"""Which names share one head: "các Sở: Nội vụ, Y tế", "UBND các huyện A, B"?"""

from dataclasses import replace
from typing import NamedTuple

import regex

from extractors.parties.bodies import body_at, party_begins, placed
from extractors.parties.gazetteer import Hit, gazetteer
from extractors.parties.groups import PLURAL, group_scope
from extractors.parties.places import Place, level_of, place_at
from extractors.parties.shapes import Body, Office, Phrase
from extractors.rules import fragment

LIST = regex.compile(r"(?:,|;)? (?:và|cùng) |, |; |,(?=\p{Lu})")
_COLON = regex.compile(r":? ")


class _Head(NamedTuple):
    """The head that several names share: where its words begin, its row, the position."""

    opens: int
    start: int
    hit: Hit
    position: str | None

    def name(self, key: str) -> str:
        return str(self.hit.row.value.get("name", key[self.start : self.hit.end]))


def distributed(key: str, at: int, end: int) -> tuple[Phrase, ...]:
    """ "các Sở: Nội vụ, Y tế và Tài chính", "Giám đốc các Sở …", "UBND các huyện A, B"."""
    office = gazetteer("positions").at(key, at, end)
    if office and key.startswith(": ", office.end):
        return _heads(key, at, office, end)
    from_ = office.end + 1 if office and key.startswith(" ", office.end) else at
    plural = PLURAL.match(key, from_, end)
    start = plural.end() if plural else from_
    hit = gazetteer("agencies").at(key, start, end)
    if hit is None:
        return ()
    head = _Head(at, start, hit, key[at : office.end] if office else None)
    if hit.tail == "field" and plural is not None:
        return _fields(key, head, end)
    return _places(key, head, end) if hit.tail == "place" and plural is None else ()


def _heads(key: str, at: int, office: Hit, end: int) -> tuple[Phrase, ...]:
    """ "Giám đốc: Sở Nội vụ, Sở Y tế": one position, held in each of the bodies."""
    place = PLURAL.match(key, office.end + 2, end)
    if place is not None:
        return ()
    found: list[Phrase] = []
    start, position = office.end + 2, key[at : office.end]
    while (body := body_at(key, start, end)) is not None:
        found.append(one_of(at, start, body, position))
        joint = LIST.match(key, body.end, end)
        start = joint.end() if joint else end
    return tuple(found) if len(found) > 1 else ()


def _fields(key: str, head: _Head, end: int) -> tuple[Phrase, ...]:
    colon = _COLON.match(key, head.hit.end, end)
    place = colon.end() if colon else end
    name, level, rule = head.name(key), head.hit.level, head.hit.row.id
    found: list[Phrase] = []
    while (field := gazetteer("fields").at(key, place, end)) is not None and key[place].isupper():
        full = f"{name} {field.row.value['name']}"
        body = placed(key, Body(field.end, full, level, "field", head=name, rule=rule), end)
        found.append(one_of(head.opens, place, body, head.position))
        joint = LIST.match(key, body.end, end)
        place = joint.end() if joint else end
    if len(found) == 1:
        return (_all_of(key, found[0], end),)
    return tuple(found)


def _all_of(key: str, one: Phrase, end: int) -> Phrase:
    """ "các Sở Y tế": the department of every province, and none in particular."""
    ended = group_scope(key, one.end, end)
    office = replace(one.office, body=None, group=True) if one.office else None
    return Phrase(one.opens, one.opens, ended, "group", office=office, rule=one.rule)


def _places(key: str, head: _Head, end: int) -> tuple[Phrase, ...]:
    """ "UBND các huyện Đăk Glei, Ngọc Hồi và thành phố Kon Tum" """
    place = place_at(key, head.hit.end, end)
    if place is None or place.name is None or not place.plural or place.kind is None:
        return ()
    name, rule = head.name(key), head.hit.row.id
    found: list[Phrase] = []
    start, kind = head.opens, place.kind
    while place is not None and place.name is not None:
        kind = place.kind or kind
        single = replace(place, kind=kind, plural=False, words=f"{kind} {place.name}")
        body = Body(place.end, name, head.hit.level, "place", single, head=name, rule=rule)
        found.append(one_of(head.opens, start, body, head.position))
        joint = LIST.match(key, place.end, end)
        start = joint.end() if joint else end
        place = _next_place(key, start, end, kind) if joint else None
    return tuple(found)


def _next_place(key: str, at: int, end: int, kind: str) -> Place | None:
    place = place_at(key, at - 1, end)
    if place is not None and place.kind and place.name:
        return place
    if party_begins(key, at, end):
        return None
    name = fragment("places", "name").match(key, at, end)
    return Place(name.end(), name[0], kind, name[0], level=level_of(kind)) if name else None


def one_of(opens: int, start: int, body: Body, position: str | None) -> Phrase:
    """One of the names under the head, an office of it where a position was said."""
    if position is None:
        return Phrase(opens, start, body.end, "agency", body=body, rule=body.rule)
    office = Office(body.end, position, body, rule=body.rule)
    return Phrase(opens, start, body.end, "official", body=body, office=office, rule=body.rule)
