"""Which words are a party: where does it begin, where does it end, what are its pieces?

Nothing here knows of home, date or canonical names: only of words.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

import regex

from extractors.parties.gazetteer import Hit, gazetteer, inside, stop
from extractors.parties.places import Place, level_of, place_at
from extractors.parties.unknown import unknown_end
from extractors.rules import fragment
from schemas.rule import Rule

_WORD = regex.compile(r"(?P<gap> - | – | |-)(?P<word>[\p{L}\p{N}][\p{L}\p{N}'&/.]*(?<!\.)\+?)")
_COMMA = regex.compile(r", ")
_DANGLING = regex.compile(r"(?:,| (?:và|các|của|về|cho|-))+$")
_COMPOUND = regex.compile(
    r"(?:cán|trụ|cơ|toàn|nội|phân|hội|đội|văn|dự|quốc|đề) $", regex.IGNORECASE
)
_AND = regex.compile(r" (?:và|&) (?=(?P<upper>\p{Lu}|\d)|(?:các )?(?:khu|KCN|cụm|công trình))")
_OF = regex.compile(r",? ?(?:\(|- )?(?:của|thuộc|trực thuộc) ", regex.IGNORECASE)
_SPACE = regex.compile(r" (?:của )?")
_HATS = regex.compile(
    r",? (?P<how>đồng thời là|kiêm(?: nhiệm| chức vụ)?|là|- |\()? ?", regex.IGNORECASE
)
_PERSON = regex.compile(
    r"(?P<title>(?i:(?:các )?(?:đồng chí|đ/c|ông|bà|anh|chị))(?: \(bà\))?:?) "
    r"(?P<name>(?:\p{Lu}\p{Ll}*|Y|A|H'\p{L}+)(?: \p{Lu}[\p{Ll}']*){1,4}(?!\p{L}))"
)
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Tô|Trương|Đinh|Mai|"
    "Đoàn|Lâm|Trịnh|Đào|Cao|Lương|Lưu|Tạ|Chu|Châu|Quách|Thái|Tăng|Kiều|Nông|Vi|Giàng|Lò|Hà|Phùng|"
    "Vương|Bạch|Tống|Nghiêm|Từ|Đàm|Triệu|Khuất|La|Thạch|Sơn|Ksor|Rơ|Siu|Rah|Y|A"
)
_NAME = regex.compile(rf" (?P<name>(?:{_SURNAMES})(?: \p{{Lu}}[\p{{Ll}}'’]*){{1,4}})(?!\p{{L}})")
_GROUP_OF = regex.compile(
    r" (?:thuộc|trực thuộc|của|(?:đóng |hoạt động )?trên địa bàn|tại)(?= )", regex.IGNORECASE
)
_TITLES = frozenset(("đồng", "đ", "ông", "bà", "anh", "chị", "các"))
_BRACKET = regex.compile(r" \([^()]{1,160}\)")
_COMRADE = regex.compile(r"(?i:(?:các )?(?:đồng chí|đ/c)) ")
_PERSON_OFFICE = regex.compile(r", | - | \(|, là | là ")
_LIST = regex.compile(r"(?:,|;)? (?:và|cùng) |, |; |,(?=\p{Lu})")
_DISTRIBUTED = regex.compile(r"(?i:(?:các )+)")
_COLON = regex.compile(r":? ")
_JOINED = regex.compile(r", | và |/| hoặc | - ")
_MAX_WORDS = 18


@dataclass(frozen=True, slots=True)
class Body:
    """An agency as written: `name` in full without its place, the place, the body above."""

    end: int
    name: str
    level: str | None
    tail: str
    place: Place | None = None
    above: "Body | None" = None
    head: str = ""
    rule: str = ""
    several: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """An office as written; `group` the words of the group it heads."""

    end: int
    position: str
    body: Body | None = None
    group: bool = False
    committee: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One party as written. `opens`: where the words that belong to it and to its
    neighbours begin ("các Sở: Nội vụ, Y tế": both are opened by "các Sở")."""

    opens: int
    start: int
    end: int
    kind: Literal["official", "agency", "group", "person"]
    body: Body | None = None
    office: Office | None = None
    other_hat: Office | None = None
    person: str | None = None
    rule: str = ""


# ------------------------------------------------------------------ agencies


def body_at(key: str, at: int, end: int, any_case: bool = False) -> Body | None:
    """The agency whose name begins at `at`."""
    hit = gazetteer("agencies").at(key, at, end)
    if hit is None or not (any_case or _headlike(key, at, hit)):
        return None
    named = _named(key, at, end, hit)
    return None if named is None else _placed(key, named, end)


def _headlike(key: str, at: int, hit: Hit) -> bool:
    """A name begins with a capital; "sở Y tế" is seen as one by its field."""
    if key[at].isupper():
        return True
    return hit.tail == "field" and not _COMPOUND.search(key[max(0, at - 6) : at])


def _named(key: str, at: int, end: int, hit: Hit) -> Body | None:
    head = str(hit.row.value.get("name", key[at : hit.end]))
    body = Body(hit.end, head, hit.level, hit.tail, head=head, rule=hit.row.id)
    match hit.tail:
        case "field" | "code":
            return _with_field(key, body, end)
        case "free" | "open":
            return _with_name(key, body, end, needed=hit.tail == "free")
        case _:
            return body


def _with_field(key: str, body: Body, end: int) -> Body | None:
    gap = 0 if body.tail == "code" else 1
    hit = gazetteer("fields").at(key, body.end + gap, end)
    if hit is not None and (gap or hit.row.value):
        return replace(body, end=hit.end, name=f"{body.head} {hit.row.value['name']}")
    return None if body.tail == "code" else _with_name(key, body, end, needed=True)


def _with_name(key: str, body: Body, end: int, needed: bool) -> Body | None:
    if place_at(key, body.end, end) is not None:
        return body
    stopped = name_end(key, body.end, end, needed)
    if stopped == body.end:
        return None if needed else body
    return replace(body, end=stopped, name=body.head + key[body.end : stopped])


def name_end(key: str, at: int, end: int, needed: bool = False) -> int:
    """Where a name that the gazetteer does not hold ends: at a stop word, a mark, a place.

    `needed`: the first word belongs to the name whatever it is ("Văn phòng đăng ký đất đai").
    """
    shout = key[at - 2 : at].isupper() and key[at + 1 : at + 4].isupper()
    place = at
    for count in range(_MAX_WORDS):
        step = _step(key, place, end, shout, needed and count == 0)
        if step == place:
            break
        place = step
    dangling = _DANGLING.search(key, at, place)
    return dangling.start() if dangling else place


def _step(key: str, at: int, end: int, shout: bool, first: bool) -> int:
    """One word, field or joint further; `at` itself where the name ends."""
    if key.startswith(" ", at):
        field = gazetteer("fields").at(key, at + 1, end)
        if field is not None and key[at + 1].isupper():
            return field.end
        if not first and _parts(key, at, end):
            return at
    joint = _joint(key, at, end)
    if joint != at:
        return joint
    return _word(key, at, end, shout, first)


def _word(key: str, at: int, end: int, shout: bool, first: bool) -> int:
    word = _WORD.match(key, at, end)
    if word is None:
        return at
    start = word.start("word")
    ends = not first and (shout or key[start].islower()) and stop().match(key, start)
    if ends or word["word"].casefold() in ("và", "hoặc", "của", "thuộc"):
        return at
    return word.end()


def _parts(key: str, at: int, end: int) -> bool:
    """A place begins here, or another party without any mark between."""
    place = place_at(key, at, end)
    if place is not None and (place.kind or place.plural or place.level or place.name):
        return True
    hit = gazetteer("agencies").at(key, at + 1, end)
    return hit is not None and key[at + 1].isupper() and hit.tail in ("place", "none", "field")


def _joint(key: str, at: int, end: int) -> int:
    """Past a comma or "và" that stands inside a name."""
    comma = _COMMA.match(key, at, end)
    if comma is not None and inside().match(key, comma.end(), end):
        return comma.end() - 1
    both = _AND.match(key, at, end)
    if both is not None and not _party_begins(key, both.end(), end):
        return both.end() - 1
    return at


def _party_begins(key: str, at: int, end: int) -> bool:
    hit = gazetteer("agencies").at(key, at, end)
    if hit is not None and key[at].isupper():
        return True
    return (
        gazetteer("positions").at(key, at, end) is not None
        or gazetteer("groups", bare=False).at(key, at, end) is not None
    )


def _placed(key: str, body: Body, end: int) -> Body:
    """The body with its place and the body it is part of."""
    space = _SPACE.match(key, body.end, end)
    place = place_at(key, space.end() - 1, end) if space else None
    if place is not None:
        body = replace(body, end=place.end, place=place, several=place.plural)
        body = _about(key, body, end)
    return _under(key, body, end)


def _about(key: str, body: Body, end: int) -> Body:
    """ "Ban Chỉ đạo tỉnh về chuyển đổi số": the name goes on after the place."""
    if body.tail != "open" or not key.startswith(" về ", body.end) or body.several:
        return body
    stopped = name_end(key, body.end, end)
    return replace(body, end=stopped, name=body.name + key[body.end : stopped])


def _under(key: str, body: Body, end: int) -> Body:
    """ "Phòng Quản lý đô thị thuộc Sở Xây dựng", "Ban Pháp chế HĐND tỉnh"."""
    of = _OF.match(key, body.end, end)
    at = of.end() if of else body.end + 1
    if of is None and not (key.startswith(" ", body.end) and body.place is None):
        return body
    above = body_at(key, at, end)
    if above is None or (of is None and above.tail == "free"):
        return body
    return replace(body, end=above.end, above=above)


# ------------------------------------------------------------------ officials


def office_at(key: str, at: int, end: int) -> Office | None:
    """The office whose words begin at `at`, with the body or the group it is held in."""
    hit = gazetteer("positions").at(key, at, end)
    if hit is None:
        return None
    hit = _joined_positions(key, hit, end)
    committee = bool(hit.row.value.get("committee"))
    position = key[at : hit.end]
    made = Office(hit.end, position, committee=committee, rule=hit.row.id)
    return _held_in(key, at, end, hit, made)


def _joined_positions(key: str, hit: Hit, end: int) -> Hit:
    """ "Chủ tịch, Phó Chủ tịch UBND tỉnh": one phrase of two positions."""
    joint = _JOINED.match(key, hit.end, end)
    more = gazetteer("positions").at(key, joint.end(), end) if joint else None
    if more is None or not _joinable(hit.row, more.row):
        return hit
    return _joined_positions(key, more, end)


def _joinable(first: Rule, second: Rule) -> bool:
    """Hats of one committee are joined; "Thủ tướng, Phó Thủ tướng" stand each alone."""
    both = first.value.get("committee") and second.value.get("committee")
    return bool(both) or not first.value.get("alone")


def _held_in(key: str, at: int, end: int, hit: Hit, made: Office) -> Office | None:
    if hit.row.value.get("whole"):
        return made
    return _inner(key, at, end, hit, made) or _outer(key, end, hit, made) or _by_itself(hit, made)


def _outer(key: str, end: int, hit: Hit, made: Office) -> Office | None:
    """ "Giám đốc Sở Nội vụ", "Thủ trưởng các đơn vị": what follows the position."""
    space = _SPACE.match(key, hit.end, end)
    if space is None:
        return None
    body = body_at(key, space.end(), end)
    if body is not None:
        return replace(made, end=body.end, body=body)
    group = group_end(key, space.end(), end, bare=True)
    if group is None or (hit.row.value.get("alone") and not hit.row.value.get("plain")):
        return None
    return replace(made, end=group, group=True)


def _inner(key: str, at: int, end: int, hit: Hit, made: Office) -> Office | None:
    """ "Chánh Văn phòng UBND tỉnh": the body's name begins inside the position."""
    inner = str(hit.row.value.get("inner", "")).casefold()
    found = key[at : hit.end].casefold().rfind(inner) if inner else -1
    twice = key[hit.end + 1 : hit.end + 1 + len(inner)].casefold() == inner
    if found < 0 or twice:
        return None
    body = body_at(key, at + found, end, any_case=True)
    if body is None or body.end <= hit.end:
        return None
    return replace(made, end=body.end, body=replace(body, name=_capital(body.name)))


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _by_itself(hit: Hit, made: Office) -> Office | None:
    """ "Thủ tướng", "Trưởng Ban"; people named by their rank alone are a group."""
    if not hit.row.value.get("alone"):
        return None
    if hit.row.value.get("plain"):
        return replace(made, group=True)
    body = hit.row.value.get("body")
    if body is None:
        return made
    return replace(made, body=Body(made.end, str(body), "central", "none", rule=hit.row.id))


# ------------------------------------------------------------------ groups


def group_end(key: str, at: int, end: int, bare: bool) -> int | None:
    """Where the group that begins at `at` ends."""
    hit = gazetteer("groups", bare).at(key, at, end)
    ends = [hit.end] if hit else []
    plural = _DISTRIBUTED.match(key, at, end)
    if plural is not None:
        body = body_at(key, plural.end(), end)
        ends += [body.end] if body else []
    return _group_scope(key, max(ends), end) if ends else None


def _group_scope(key: str, at: int, end: int) -> int:
    """Past "của Sở …", "thuộc UBND tỉnh", "trên địa bàn tỉnh Kon Tum"."""
    of = _GROUP_OF.match(key, at, end)
    if of is None:
        place = place_at(key, at, end)
        return place.end if place and (place.kind or place.level) else at
    body = body_at(key, of.end() + 1, end)
    if body is not None:
        return body.end
    group = group_end(key, of.end() + 1, end, bare=False)
    if group is not None:
        return group
    place = place_at(key, of.end(), end)
    return place.end if place else at


# ------------------------------------------------------------------ one party, several


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
    if at >= end:
        return ()
    return (
        _distributed(key, at, end)
        or _person(key, at, end)
        or _official(key, at, end)
        or _group_or_agency(key, at, end, bare)
    )


def _group_or_agency(key: str, at: int, end: int, bare: bool) -> tuple[Phrase, ...]:
    body = body_at(key, at, end)
    if body is not None:
        kind: Literal["agency", "group"] = "group" if body.several else "agency"
        return (Phrase(at, at, body.end, kind, body=body, rule=body.rule),)
    group = group_end(key, at, end, bare)
    return () if group is None else (Phrase(at, at, group, "group", rule="group"),)


def _official(key: str, at: int, end: int) -> tuple[Phrase, ...]:
    comrade = _COMRADE.match(key, at, end)
    office = office_at(key, comrade.end() if comrade else at, end)
    if office is None:
        return ()
    made = _with_hats(key, Phrase(at, at, office.end, "official", office=office), end)
    named = _NAME.match(key, made.end, end)
    return (replace(made, end=named.end(), person=named["name"]) if named else made,)


def _with_hats(key: str, phrase: Phrase, end: int) -> Phrase:
    """The second hat: "… là Giám đốc Sở …", "… kiêm Trưởng Ban …"."""
    first = phrase.office
    assert first is not None
    kind = "group" if first.group else "official"
    joint = _HATS.match(key, phrase.end, end)
    if joint is None or joint["how"] is None or first.group:
        return replace(phrase, kind=kind, body=first.body, rule=first.rule)  # type: ignore[arg-type]
    second = office_at(key, joint.end(), end)
    if second is None or not _two_hats(joint["how"], first, second):
        return replace(phrase, kind=kind, body=first.body, rule=first.rule)  # type: ignore[arg-type]
    end_at = second.end + (joint["how"] == "(" and key.startswith(")", second.end))
    work, hat = _by_work(joint["how"], first, second)
    return replace(
        phrase, end=end_at, body=work.body, office=work, other_hat=hat, rule=f"two-hats.{work.rule}"
    )


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


def _person(key: str, at: int, end: int) -> tuple[Phrase, ...]:
    match = _PERSON.match(key, at, end)
    if match is None or gazetteer("positions").at(key, match.start("name"), end):
        return ()
    joint = _PERSON_OFFICE.match(key, match.end(), end)
    office = office_at(key, joint.end(), end) if joint else None
    if joint is None or office is None:
        return (Phrase(at, at, match.end(), "person", person=match["name"], rule="person"),)
    closed = office.end + (joint[0] == " (" and key.startswith(")", office.end))
    made = Phrase(at, at, closed, "official", office=office, person=match["name"])
    return (
        _with_hats(key, made, end) if closed == office.end else replace(made, body=office.body),
    )


class _Head(NamedTuple):
    """The head that several names share: where its words begin, its row, the position."""

    opens: int
    start: int
    hit: Hit
    position: str | None

    def name(self, key: str) -> str:
        return str(self.hit.row.value.get("name", key[self.start : self.hit.end]))


def _distributed(key: str, at: int, end: int) -> tuple[Phrase, ...]:
    """ "các Sở: Nội vụ, Y tế và Tài chính", "Giám đốc các Sở …", "UBND các huyện A, B"."""
    office = gazetteer("positions").at(key, at, end)
    from_ = office.end + 1 if office and key.startswith(" ", office.end) else at
    plural = _DISTRIBUTED.match(key, from_, end)
    start = plural.end() if plural else from_
    hit = gazetteer("agencies").at(key, start, end)
    if hit is None:
        return ()
    head = _Head(at, start, hit, key[at : office.end] if office else None)
    if hit.tail == "field" and plural is not None:
        return _fields(key, head, end)
    return _places(key, head, end) if hit.tail == "place" and plural is None else ()


def _fields(key: str, head: _Head, end: int) -> tuple[Phrase, ...]:
    colon = _COLON.match(key, head.hit.end, end)
    place = colon.end() if colon else end
    name, level, rule = head.name(key), head.hit.level, head.hit.row.id
    found: list[Phrase] = []
    while (field := gazetteer("fields").at(key, place, end)) is not None and key[place].isupper():
        full = f"{name} {field.row.value['name']}"
        body = _placed(key, Body(field.end, full, level, "field", head=name, rule=rule), end)
        found.append(_one_of(head.opens, place, body, head.position))
        joint = _LIST.match(key, body.end, end)
        place = joint.end() if joint else end
    if len(found) == 1 and head.position is None:
        return (_all_of(found[0]),)
    return tuple(found)


def _all_of(one: Phrase) -> Phrase:
    """ "các Sở Y tế": the department of every province, and none in particular."""
    return Phrase(one.opens, one.opens, one.end, "group", rule=one.rule)


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
        found.append(_one_of(head.opens, start, body, head.position))
        joint = _LIST.match(key, place.end, end)
        start = joint.end() if joint else end
        place = _next_place(key, start, end, kind) if joint else None
    return tuple(found)


def _next_place(key: str, at: int, end: int, kind: str) -> Place | None:
    place = place_at(key, at - 1, end)
    if place is not None and place.kind and place.name:
        return place
    if _party_begins(key, at, end):
        return None
    name = fragment("places", "name").match(key, at, end)
    return Place(name.end(), name[0], kind, name[0], level=level_of(kind)) if name else None


def _one_of(opens: int, start: int, body: Body, position: str | None) -> Phrase:
    if position is None:
        return Phrase(opens, start, body.end, "agency", body=body, rule=body.rule)
    office = Office(body.end, position, body, rule=body.rule)
    return Phrase(opens, start, body.end, "official", body=body, office=office, rule=body.rule)


# ------------------------------------------------------------------ lists


def run_at(key: str, at: int, end: int, expected: bool = False) -> tuple[Phrase, ...]:
    """The parties listed from `at` on, joined by commas, semicolons, "và", "cùng".

    `expected`: the letter's words say that a party stands here, so a name that no row
    reads is one too.
    """
    found: list[Phrase] = []
    place = at
    while more := _listed_at(key, place, end, found, expected):
        found.extend(more)
        joint = _LIST.match(key, _past_bracket(key, more[-1].end, end), end)
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
    body = _placed(key, Body(ended, key[at:ended], None, "free", rule="model.party"), end)
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
    body = _placed(key, body, end)
    office = found[-1].office
    position = office.position if office else None
    return (_one_of(at, at, body, position),)
