"""Which words are the name of an agency, and where does the name end?"""

from dataclasses import replace

import regex

from extractors.parties.gazetteer import Hit, gazetteer, piece
from extractors.parties.places import Place, level_of, place_at
from extractors.parties.shapes import Body
from extractors.rules import compile_once, fragment

_WORD = compile_once(r"(?P<gap> - | – | |-)(?P<word>[\p{L}\p{N}][\p{L}\p{N}'&/.]*(?<!\.)\+?)")
_COMMA = compile_once(r", ")
_DANGLING = compile_once(r"(?:,| (?:và|các|của|về|cho|-))+$")
_COMPOUND = compile_once(r"(?:cán|trụ|cơ|toàn|nội|phân|hội|đội|văn|dự|quốc|đề) $", regex.IGNORECASE)
_AND = compile_once(r" (?:và|&) (?=(?P<upper>\p{Lu}|\d)|(?:các )?(?:khu|KCN|cụm|công trình))")
_OF = compile_once(r",? ?(?:\(|- )?(?:của|thuộc|trực thuộc) ", regex.IGNORECASE)
LIST = compile_once(r"(?:,|;)? (?:và|cùng) |, |; |,(?=\p{Lu})")
OF_BODY = compile_once(r" (?:của )?")
_NAMES = compile_once(
    r":? (?P<first>(?P<name>\p{Lu}\p{Ll}*(?:(?: |-)\p{Lu}\p{Ll}*){0,4}))"
    r"(?:(?:, | và )(?&name)(?=[,.;:)]|$| (?!\p{Lu})))+"
)
"""Names after several kinds: "các xã, phường: Đăk Cấm, Đăk Bla"; one alone may be a sentence."""
_SENTENCE = compile_once(r" \p{Ll}")
_MAX_WORDS = 18


def body_at(key: str, at: int, end: int, any_case: bool = False) -> Body | None:
    """The agency whose name begins at `at`."""
    hit = gazetteer("agencies").at(key, at, end)
    if hit is None or not (any_case or _headlike(key, at, hit)):
        return None
    named = _named(key, at, end, hit)
    return None if named is None else placed(key, named, end)


def _headlike(key: str, at: int, hit: Hit) -> bool:
    """A name begins with a capital; "sở Y tế", "khoa Nội" are seen as one by what follows."""
    if key[at].isupper():
        return True
    seen = hit.tail == "field" or bool(hit.row.value.get("lower"))
    return seen and not _COMPOUND.search(key[max(0, at - 6) : at])


def _named(key: str, at: int, end: int, hit: Hit) -> Body | None:
    head = str(hit.row.value.get("name", key[at : hit.end]))
    rest = _rest_of_name(key, hit, end)
    if rest is None:
        return None
    more, ended = rest
    return Body(ended, head + more, hit.level, hit.tail, head=head, rule=hit.row.id)


def _rest_of_name(key: str, hit: Hit, end: int) -> tuple[str, int] | None:
    """What follows the head in the name, and where it ends; None where a needed name is not."""
    match hit.tail:
        case "field" | "code":
            return _field(key, hit, end)
        case "free" | "open":
            return _own_name(key, hit.end, end, needed=hit.tail == "free")
        case _:
            return "", hit.end


def _field(key: str, head: Hit, end: int) -> tuple[str, int] | None:
    gap = 0 if head.tail == "code" else 1
    hit = gazetteer("fields").at(key, head.end + gap, end)
    if hit is not None and (gap or hit.row.value):
        return f" {hit.row.value['name']}", hit.end
    return None if head.tail == "code" else _own_name(key, head.end, end, needed=True)


def _own_name(key: str, at: int, end: int, needed: bool) -> tuple[str, int] | None:
    if place_at(key, at, end) is not None:
        return "", at
    stopped = name_end(key, at, end, needed)
    return None if needed and stopped == at else (key[at:stopped], stopped)


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
    ends = not first and (shout or key[start].islower()) and piece("stop").match(key, start)
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
    if comma is not None and piece("inside").match(key, comma.end(), end):
        return comma.end() - 1
    both = _AND.match(key, at, end)
    if both is not None and not party_begins(key, both.end(), end):
        return both.end() - 1
    return at


def party_begins(key: str, at: int, end: int) -> bool:
    """Does an agency, an office or a group begin here?"""
    hit = gazetteer("agencies").at(key, at, end)
    if hit is not None and key[at].isupper():
        return True
    return (
        gazetteer("positions").at(key, at, end) is not None
        or gazetteer("groups", bare=False).at(key, at, end) is not None
    )


def placed(key: str, body: Body, end: int) -> Body:
    """The body with its place and the body it is part of."""
    space = OF_BODY.match(key, body.end, end)
    place = place_at(key, space.end() - 1, end) if space else None
    if place is not None:
        place = _with_its_like(key, place, end)
        body = replace(body, end=place.end, place=place, several=place.plural)
        body = _about(key, body, end)
    return _under(key, body, end)


def _with_its_like(key: str, place: Place, end: int) -> Place:
    """ "các huyện Đăk Glei, Ngọc Hồi và thành phố Kon Tum": one place of several names."""
    if not place.plural:
        return place
    start, last = place.end - len(place.words), place
    if place.kind and place.name:
        if _SENTENCE.match(key, place.end, end) and ":" in place.words:
            words = place.words[: place.words.index(":")]
            return replace(place, end=start + len(words), words=words, name=None)
        while (more := _next_place(key, last, place.kind, end)) is not None:
            last = more
        return replace(place, end=last.end, words=key[start : last.end])
    names = _NAMES.match(key, place.end, end) if place.kind is None else None
    if names is None or party_begins(key, names.start("first"), end):
        return place
    return replace(place, end=names.end(), words=key[start : names.end()])


def _next_place(key: str, last: Place, kind: str, end: int) -> Place | None:
    joint = LIST.match(key, last.end, end)
    if joint is None or party_begins(key, joint.end(), end):
        return None
    place = place_at(key, joint.end() - 1, end)
    if place is not None and place.kind and place.name:
        return place
    name = fragment("places", "name").match(key, joint.end(), end)
    return Place(name.end(), name[0], kind, name[0], level=level_of(kind)) if name else None


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
