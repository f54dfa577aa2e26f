"""Which names share one head: "các Sở: Nội vụ, Y tế", "Giám đốc: Sở A, Sở B"?"""

from dataclasses import replace
from typing import NamedTuple

from extractors.parties.bodies import LIST, body_at, name_end, placed
from extractors.parties.gazetteer import Hit, gazetteer, piece
from extractors.parties.groups import PLURAL, group_scope
from extractors.parties.shapes import Body, Office, Phrase
from extractors.rules import compile_once

_COLON = compile_once(r":? ")


class _Head(NamedTuple):
    """The head that several names share: where its words begin, its row, the position."""

    opens: int
    start: int
    hit: Hit
    position: str | None

    def name(self, key: str) -> str:
        return str(self.hit.row.value.get("name", key[self.start : self.hit.end]))


def distributed(key: str, at: int, end: int) -> tuple[Phrase, ...]:
    """ "các Sở: Nội vụ, Y tế và Tài chính", "Giám đốc các Sở …"."""
    office = gazetteer("positions").at(key, at, end)
    if office and key.startswith(": ", office.end):
        return _heads(key, at, office, end)
    from_ = office.end + 1 if office and key.startswith(" ", office.end) else at
    plural = PLURAL.match(key, from_, end)
    hit = gazetteer("agencies").at(key, plural.end(), end) if plural else None
    if plural is None or hit is None or hit.tail != "field":
        return ()
    position = key[at : office.end] if office else None
    return _fields(key, _Head(at, plural.end(), hit, position), end)


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
    while field := _field(key, place, end, told=colon is not None and key[colon.start()] == ":"):
        body = placed(
            key, Body(field.end, f"{name} {field.name}", level, "field", head=name, rule=rule), end
        )
        found.append(one_of(head.opens, place, body, head.position))
        joint = LIST.match(key, body.end, end)
        place = joint.end() if joint else end
    if len(found) == 1:
        return (_all_of(key, found[0], end),)
    return tuple(found)


class _Field(NamedTuple):
    """What a body is for, and where the words end."""

    name: str
    end: int


def _field(key: str, at: int, end: int, told: bool) -> _Field | None:
    """The field that is named at a position; after a colon (`told`) also one that no row knows:
    "Trưởng các phòng: Đào tạo, Khảo thí"."""
    known = gazetteer("fields").at(key, at, end)
    if known is not None and key[at].isupper():
        return _Field(str(known.row.value["name"]), known.end)
    if not told or gazetteer("positions").at(key, at, end) or body_at(key, at, end):
        return None
    if not key[at:end][:1].isupper() or piece("stop").match(key[at:end].lower()):
        return None  # "Các phòng: Rà soát hồ sơ"
    comma = key.find(",", at, end)
    end = comma if comma >= 0 else end
    stopped = name_end(key, at - 1, end, needed=True)
    while key.startswith(" - ", stopped) and key[stopped + 3 : stopped + 4].isupper():
        stopped = name_end(key, stopped + 2, end, needed=True)  # "Hành chính - Tổ chức"
    return _Field(key[at:stopped], stopped) if stopped > at else None


def _all_of(key: str, one: Phrase, end: int) -> Phrase:
    """ "các Sở Y tế": the department of every province, and none in particular."""
    ended = group_scope(key, one.end, end)
    office = replace(one.office, body=None, group=True) if one.office else None
    return Phrase(one.opens, one.opens, ended, "group", office=office, rule=one.rule)


def one_of(opens: int, start: int, body: Body, position: str | None) -> Phrase:
    """One of the names under the head, an office of it where a position was said."""
    if position is None:
        return Phrase(opens, start, body.end, "agency", body=body, rule=body.rule)
    office = Office(body.end, position, body, rule=body.rule)
    return Phrase(opens, start, body.end, "official", body=body, office=office, rule=body.rule)
