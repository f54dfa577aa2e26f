"""Which words are a group, kept whole, and where does it end?"""

import regex

from extractors.parties.bodies import body_at
from extractors.parties.gazetteer import gazetteer
from extractors.parties.places import place_at
from extractors.rules import compile_once

_GROUP_OF = compile_once(
    r"(?: \([^()]{1,60}\))? (?:thuộc|trực thuộc|của|(?:đóng |hoạt động )?trên địa bàn|tại)(?= )",
    regex.IGNORECASE,
)
_SECTOR = compile_once(r" (?:thuộc |trong |của )?ngành ", regex.IGNORECASE)
PLURAL = compile_once(r"(?i:(?:các )+)")


def group_end(key: str, at: int, end: int, bare: bool) -> int | None:
    """Where the group that begins at `at` ends."""
    hit = gazetteer("groups", bare).at(key, at, end)
    ends = [hit.end] if hit else []
    plural = PLURAL.match(key, at, end)
    if plural is not None:
        body = body_at(key, plural.end(), end)
        ends += [body.end] if body else []
    return group_scope(key, max(ends), end) if ends else None


def group_scope(key: str, at: int, end: int) -> int:
    """Past "của Sở …", "thuộc UBND tỉnh", "trên địa bàn tỉnh Kon Tum"."""
    sector = _sector_end(key, at, end)
    if sector is not None:
        return sector
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


def _sector_end(key: str, at: int, end: int) -> int | None:
    """Past "ngành Y tế"; the word ngành may have been read as one of the group's sorts."""
    sector = _SECTOR.match(key, at, end)
    start = sector.end() if sector else at + 1
    if sector is None and key[max(0, at - 6) : at].casefold() != " ngành":
        return None
    field = gazetteer("fields").at(key, start, end) if key[start : start + 1].isupper() else None
    return field.end if field else None
