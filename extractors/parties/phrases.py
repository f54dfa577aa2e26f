"""Which words are one party: where does it begin, where does it end, what are its pieces?

Nothing here knows of home, date or canonical names: only of words.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import regex

from extractors.parties.bodies import body_at
from extractors.parties.distribution import distributed
from extractors.parties.gazetteer import gazetteer, opening, piece
from extractors.parties.groups import PLURAL, group_end
from extractors.parties.offices import office_at
from extractors.parties.shapes import Kind, Office, Phrase
from extractors.rules import compile_once

_HATS = compile_once(
    r",? (?P<how>đồng thời là|kiêm(?: nhiệm| chức vụ)?|là|- |\()? ?", regex.IGNORECASE
)
_PERSON = compile_once(
    r"(?:(?P<title>(?i:(?:các )?(?:đồng chí|đ/c|ông|bà|anh|chị))(?: \(bà\))?:?) "
    r"|(?:(?:GS|PGS|TS|ThS|BSCK(?:II?|[12])|BS|CNĐD|CN|KS|DS|LS)\. ?)+)"
    r"(?P<name>(?:\p{Lu}\p{Ll}*|Y|A|H'\p{L}+)(?: \p{Lu}[\p{Ll}']*){1,4}(?!\p{L}))"
)
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Tô|Trương|Đinh|Mai|"
    "Đoàn|Lâm|Trịnh|Đào|Cao|Lương|Lưu|Tạ|Chu|Châu|Quách|Thái|Tăng|Kiều|Nông|Vi|Giàng|Lò|Hà|Phùng|"
    "Vương|Bạch|Tống|Nghiêm|Từ|Đàm|Triệu|Khuất|La|Thạch|Sơn|Ksor|Rơ|Siu|Rah|Y|A"
)
_NAME = compile_once(rf" (?P<name>(?:{_SURNAMES})(?: \p{{Lu}}[\p{{Ll}}'’]*){{1,4}})(?!\p{{L}})")
_DEGREES = (
    "gs", "pgs", "ts", "ths", "bscki", "bsckii", "bsck", "bs", "cnđd", "cn", "ks", "ds", "ls",
)  # fmt: skip
_TITLES = frozenset(("đồng", "đ", "ông", "bà", "anh", "chị", "các", *_DEGREES))
_COMRADE = compile_once(r"(?i:(?:các )?(?:đồng chí|đ/c|ông(?:,? \(?bà\)?|/bà)?|bà|ngài):?) ")
_FURTHER = compile_once(r", (?:kiêm )?| - ")
_SMALL = compile_once(r" [\p{Ll}\d]")
_NAMED = compile_once(r" \p{Lu}")
_PERSON_OFFICE = compile_once(r", | - | \(|, là | là ")


_Reading = Callable[[str, int, int, bool], tuple[Phrase, ...]]
"""Reads the party that begins at a place, up to an end; True where a party must stand."""


@lru_cache(maxsize=100_000)
def may_open(word: str) -> bool:
    """Can a party begin with this word? Most words of a letter begin none."""
    return bool(
        word.casefold() in _TITLES
        or gazetteer("agencies").beginning(word)
        or gazetteer("positions").beginning(word)
        or gazetteer("groups", bare=False).beginning(word)
    )


def party_at(key: str, at: int, end: int, bare: bool = False) -> tuple[Phrase, ...]:
    """The party that begins at `at`; several where one head serves several names."""
    for read in readings(key, at, end, bare):
        if found := read(key, at, end, bare):
            return found
    return ()


def readings(key: str, at: int, end: int, bare: bool = False) -> tuple[_Reading, ...]:
    """The ways to read a party at `at` that its first words leave open. Most words leave none."""
    return _left_open(opening(key, at, end), bare) if at < end else ()


@lru_cache(maxsize=100_000)
def _left_open(words: str, bare: bool) -> tuple[_Reading, ...]:
    plural = PLURAL.match(words)
    office = gazetteer("positions").beginning(words)
    body = gazetteer("agencies").beginning(words[plural.end() :] if plural else words)
    ways: tuple[tuple[_Reading, object], ...] = (
        (_distributed, office or (plural and body)),
        (_person, _PERSON.match(words, partial=True)),
        (_official, office or _COMRADE.match(words, partial=True)),
        (_group_or_agency, body or gazetteer("groups", bare).beginning(words)),
        (_own_body, bare and piece("own").match(words, partial=True)),
    )
    return tuple(way for way, can_begin in ways if can_begin)


def _distributed(key: str, at: int, end: int, _bare: bool) -> tuple[Phrase, ...]:
    return distributed(key, at, end)


def _group_or_agency(key: str, at: int, end: int, bare: bool) -> tuple[Phrase, ...]:
    body = body_at(key, at, end)
    if body is not None:
        kind: Kind = "group" if body.several else "agency"
        return (Phrase(at, at, body.end, kind, body=body, rule=body.rule),)
    group = group_end(key, at, end, bare)
    return () if group is None else (Phrase(at, at, group, "group", rule="group"),)


def _own_body(key: str, at: int, end: int, _bare: bool) -> tuple[Phrase, ...]:
    """ "gửi về Sở": a body named by its first word, where a party must stand."""
    match = piece("own").match(key, at, end)
    if match is None or _goes_on(key, match.end(), end):
        return ()
    return (Phrase(at, at, match.end(), "agency", rule="own", own=True),)


def _goes_on(key: str, at: int, end: int) -> bool:
    """Does a word follow that is neither an act nor what is told, so that it may be a name's?"""
    if _SMALL.match(key, at, end) is None:
        return False
    return not (piece("stop").match(key, at + 1, end) or piece("told").match(key, at + 1, end))


def _own_head(key: str, at: int, start: int, end: int) -> tuple[Phrase, ...]:
    """ "báo cáo Bộ trưởng": the head of a body that is not named, where a party must stand."""
    hit = gazetteer("positions").at(key, start, end)
    if hit is None or not hit.row.value.get("own"):
        return ()
    ended = _past_own_word(key, hit.end, end)
    if hit.row.value["own"] == "named" and ended == hit.end:
        return ()
    if _NAMED.match(key, ended, end):
        return ()
    office = Office(ended, key[start : hit.end], rule=hit.row.id)
    return (Phrase(at, at, ended, "official", office=office, rule=hit.row.id, own=True),)


def _past_own_word(key: str, at: int, end: int) -> int:
    """Past the first word of the body's name: "báo cáo Giám đốc Sở"."""
    body = piece("own").match(key, at + 1, end) if key.startswith(" ", at) else None
    return at if body is None or _goes_on(key, body.end(), end) else body.end()


def _official(key: str, at: int, end: int, bare: bool) -> tuple[Phrase, ...]:
    comrade = _COMRADE.match(key, at, end)
    start = comrade.end() if comrade else at
    office = office_at(key, start, end)
    if office is None:
        return _own_head(key, at, start, end) if bare or comrade else ()
    made = _with_hats(key, at, office, end)
    named = _NAME.match(key, made.end, end)
    if named is None:
        return (made,)
    return (_further_hat(key, replace(made, end=named.end(), person=named["name"]), end),)


def _further_hat(key: str, made: Phrase, end: int) -> Phrase:
    """ "ông Lê Văn A - Ủy viên UBND, Trưởng Công an huyện": a named person's second office."""
    joint = _FURTHER.match(key, made.end, end)
    first = made.office
    second = office_at(key, joint.end(), end) if joint and first and not made.other_hat else None
    if first is None or second is None or not _second_hat(first, second):
        return made
    work, hat = (second, first) if first.committee else (first, second)
    return replace(made, end=second.end, body=work.body, office=work, other_hat=hat)


def _with_hats(key: str, at: int, first: Office, end: int) -> Phrase:
    """The office with its second hat: "… là Giám đốc Sở …", "… kiêm Trưởng Ban …"."""
    kind: Kind = "group" if first.group else "official"
    made = Phrase(at, at, first.end, kind, first.body, first, rule=first.rule)
    joint = _HATS.match(key, first.end, end)
    if joint is None or joint["how"] is None or first.group:
        return made
    second = office_at(key, joint.end(), end)
    if second is None or not _two_hats(joint["how"], first, second):
        return made
    work, hat = _by_work(joint["how"], first, second)
    ended = second.end + (joint["how"] == "(" and key.startswith(")", second.end))
    rule = f"two-hats.{work.rule}"
    return Phrase(at, at, ended, "official", work.body, work, other_hat=hat, rule=rule)


def _two_hats(how: str, first: Office, second: Office) -> bool:
    """A dash or a bracket joins two hats only where one is of a committee."""
    return how.strip() not in ("-", "(") or first.committee != second.committee


def _by_work(how: str, first: Office, second: Office) -> tuple[Office, Office]:
    """Where the work lands, and the hat it is given under: after "là" the office follows."""
    if how.casefold().startswith("kiêm"):
        return first, second
    if how.strip() in ("-", "(", "đồng thời là") and second.committee:
        return first, second
    return second, first


def _second_hat(first: Office, second: Office) -> bool:
    """Is one an office of a committee or of the Party, the other not?"""
    if first.committee != second.committee:
        return True
    return first.rule != second.rule and "position.bi-thu" in (first.rule, second.rule)


def _person(key: str, at: int, end: int, _bare: bool) -> tuple[Phrase, ...]:
    match = _PERSON.match(key, at, end)
    if match is None or gazetteer("positions").at(key, match.start("name"), end):
        return ()
    joint = _PERSON_OFFICE.match(key, match.end(), end)
    office = office_at(key, joint.end(), end) if joint else None
    if joint is None or office is None:
        bare = _bare_office(key, joint.end(), end) if joint and joint[0] in (" - ", " (") else None
        ended = bare.end if bare else match.end()
        named = Phrase(at, at, ended, "person", office=bare, person=match["name"], rule="person")
        return (named,)
    closed = joint[0] == " (" and key.startswith(")", office.end)
    made = _with_hats(key, at, office, end)
    ended = office.end + 1 if closed else made.end
    return (_further_hat(key, replace(made, end=ended, person=match["name"]), end),)


def _bare_office(key: str, at: int, end: int) -> Office | None:
    """ "đồng chí Lê Văn A - Phó Giám đốc": a named person's office, its body not said."""
    hit = gazetteer("positions").at(key, at, end)
    if hit is None or _NAMED.match(key, hit.end, end):
        return None
    return Office(hit.end + key.startswith(")", hit.end), key[at : hit.end], rule=hit.row.id)
