"""Which words are an office, and in which body or group is it held?"""

from dataclasses import replace

from extractors.parties.bodies import OF_BODY, body_at
from extractors.parties.gazetteer import Hit, gazetteer
from extractors.parties.groups import group_end
from extractors.parties.shapes import Body, Office
from extractors.rules import compile_once
from schemas.rule import Rule

_JOINED = compile_once(r", | và |/| hoặc | - ")


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
    """Hats of one committee are joined; "Thủ tướng, Phó Thủ tướng" and "Chánh Văn phòng, Vụ
    trưởng Vụ Pháp chế" stand each alone."""
    if first.value.get("committee") and second.value.get("committee"):
        return True
    holds_own = first.value.get("inner") and first != second
    return not (first.value.get("alone") or holds_own)


def _held_in(key: str, at: int, end: int, hit: Hit, made: Office) -> Office | None:
    if hit.row.value.get("whole"):
        return made
    return _inner(key, at, end, hit, made) or _outer(key, end, hit, made) or _by_itself(hit, made)


def _outer(key: str, end: int, hit: Hit, made: Office) -> Office | None:
    """ "Giám đốc Sở Nội vụ", "Thủ trưởng các đơn vị": what follows the position."""
    space = OF_BODY.match(key, hit.end, end)
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
