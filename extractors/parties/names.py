"""Which body in the country is meant: its canonical name, key, level, code, successor."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import regex

from extractors.parties.home import Home
from extractors.parties.places import PROVINCE, Place, Province, long_kind, provinces
from extractors.parties.shapes import Body
from extractors.rules import compile_once
from extractors.text import fold
from schemas.party import Agency, Successor

_LOCAL_PARTY = compile_once(r"(?:Tỉnh ủy|Thành ủy|Tỉnh đoàn|Thành đoàn)$", regex.IGNORECASE)
_NOT_SLUG = compile_once(r"[^a-z0-9]+")
_MERGED = "2025-07-01"


class Seat(NamedTuple):
    """Where a body sits: province with its kind, and the words of the unit below it."""

    province: Province | None
    unit: str | None
    level: str | None


def agency_of(body: Body, home: Home) -> Agency:
    """The body as known in the country, seen from the letter's home and date."""
    seat = _seat(body, home)
    name = _called(body, seat)
    canonical = _canonical(body, name, seat, home)
    code, source = _code(canonical, home.issued)
    return Agency(
        name=name,
        canonical=canonical,
        key=_key(body, seat),
        level=seat.level,
        code=code,
        code_source=source,
        successor=_successor(body, seat, canonical),
    )


# ------------------------------------------------------------------ where it sits


def _seat(body: Body, home: Home) -> Seat:
    """Where it sits; a body without a place sits where the body above it does."""
    if body.place is None and body.above is not None:
        return _seat(body.above, home)
    place = body.place
    if body.level == "central" or (place and place.level == "central"):
        return Seat(None, None, "central")
    if not _local(body, place, home):
        return Seat(None, None, body.level)
    if place is not None and place.plural and place.name and place.level == PROVINCE:
        return Seat(None, place.words, PROVINCE)
    province = _province_of(place, home)
    level = _level(body, place, province, home)
    return Seat(province, _unit(place, level, province, home), _told(body, level))


def _told(body: Body, level: str | None) -> str | None:
    """The Party stands beside the levels of the state; a department is the province's."""
    return body.level or level


def _local(body: Body, place: Place | None, home: Home) -> bool:
    """Does the body belong to a place, so that home completes its name?"""
    if place is not None or body.level == PROVINCE or _of_home(body, home):
        return True
    return body.tail == "place" or bool(_LOCAL_PARTY.search(body.name))


def _of_home(body: Body, home: Home) -> bool:
    """ "Phòng Nội vụ" in a district's letter is that district's; in a province's it is not."""
    return body.head == "Phòng" and home.level in ("district", "commune")


def _province_of(place: Place | None, home: Home) -> Province | None:
    while place is not None:
        known = provinces().get((place.name or "").casefold())
        if (
            known is not None
            and place.kind in (None, "tỉnh", "thành phố")
            and _is_seat(place, known)
        ):
            return known
        place = place.upper
    return provinces().get(fold(home.province).casefold()) if home.province else None


def _is_seat(place: Place, known: Province) -> bool:
    """ "thành phố Kon Tum" is a city of the province Kon Tum, "thành phố Hà Nội" a province."""
    if place.kind == "thành phố":
        return known.kind == "thành phố" or bool(known.city_since)
    return place.kind in (None, "tỉnh")


def _level(body: Body, place: Place | None, province: Province | None, home: Home) -> str | None:
    """Which level of the state the place is of."""
    if place is None:
        local = body.tail == "place" and body.level is None
        return home.level if local or _of_home(body, home) else PROVINCE
    if place.kind == "thành phố" and not place.plural:
        return PROVINCE if _city_is_home(place, province, home) else place.level
    return place.level


def _city_is_home(place: Place, province: Province | None, home: Home) -> bool:
    """ "UBND Thành phố" in a letter of Hà Nội is the city of the province's rank."""
    if province is None:
        return False
    city = province.kind == "thành phố" or _city_by(province, home.issued)
    named = place.name is None or provinces().get(place.name.casefold()) == province
    return city and named


def _city_by(province: Province, issued: date | None) -> bool:
    return bool(province.city_since and issued and issued.isoformat() >= province.city_since)


def _unit(
    place: Place | None, level: str | None, province: Province | None, home: Home
) -> str | None:
    """The unit below the province: "huyện Sa Thầy", "các huyện, thành phố", "cấp xã"."""
    own = {"district": home.district, "commune": home.commune}.get(level or "")
    if place is None:
        return own
    if place.plural or (place.kind is None and (level != PROVINCE or province is None)):
        return place.words
    if level == PROVINCE or place.kind is None:
        return None
    return f"{place.kind} {place.name}" if place.name else own


# ------------------------------------------------------------------ what it is called


def _called(body: Body, seat: Seat) -> str:
    """The name as the letter's own place calls it: "Ủy ban nhân dân tỉnh", "Sở Nội vụ"."""
    name = body.name
    if body.above is not None:
        return f"{name} {_called(body.above, seat)}"
    place = body.place
    if place is None or body.tail == "field":
        return name
    if place.kind is None or place.plural:
        return f"{name} {place.words}"
    words = f"{place.kind} {place.name}" if place.name and seat.unit else place.kind
    return f"{name} {words}"


def _canonical(body: Body, name: str, seat: Seat, home: Home) -> str:
    if seat.level == "central" or seat.province is None:
        return name
    where = _where(seat.province, home)
    base = _bare(body)
    if _LOCAL_PARTY.search(base):
        return f"{base} {seat.province.name}"
    if seat.unit:
        return f"{base} {seat.unit}, {where}"
    return f"{base} {where}"


def _bare(body: Body) -> str:
    """The name without its place; "Việt Nam" and "Trung ương" belong to the name."""
    if body.above is not None:
        return f"{body.name} {_bare(body.above)}"
    place = body.place
    return f"{body.name} {place.words}" if place and place.level == "central" else body.name


def _where(province: Province, home: Home) -> str:
    kind = "thành phố" if _city_by(province, home.issued) else province.kind
    return f"{kind} {province.name}"


def _key(body: Body, seat: Seat) -> str:
    parts = [slug(_bare(body))]
    if seat.province is not None:
        parts.append(slug(seat.province.name))
    if seat.unit:
        parts.append(slug(_full(seat.unit)))
    return ".".join(parts)


def _full(unit: str) -> str:
    first, _, rest = unit.partition(" ")
    return f"{long_kind(first)} {rest}" if first.endswith(".") else unit


@lru_cache(maxsize=4096)
def slug(words: str) -> str:
    """Lower-case ASCII words joined by "-": "Sở Y tế" → "so-y-te"."""
    plain = unicodedata.normalize("NFD", fold(words).casefold().replace("đ", "d"))
    return _NOT_SLUG.sub("-", plain.encode("ascii", "ignore").decode()).strip("-")


# ------------------------------------------------------------------ codes and successors


@dataclass(frozen=True, slots=True)
class _Code:
    code: str
    source: str
    since: str = ""
    until: str = "9999"


@cache
def _codes() -> dict[str, _Code]:
    listed: dict[str, dict[str, str]] = _data("codes.json")["codes"]
    return {name: _Code(**entry) for name, entry in listed.items()}


def _code(canonical: str, issued: date | None) -> tuple[str | None, str | None]:
    """The electronic identifier, for a letter of a day on which the source lists the body."""
    code = _codes().get(canonical)
    if code is None or issued is None or not code.since <= issued.isoformat() < code.until:
        return None, None
    return code.code, code.source


@cache
def _data(name: str) -> dict[str, Any]:
    text = (files("extractors") / "data" / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def _dissolved() -> dict[str, Successor]:
    return {
        entry["name"]: Successor(
            name=entry["successor"], since=entry["since"], source=entry["source"]
        )
        for entry in _data("successors.json")["bodies"]
    }


def _successor(body: Body, seat: Seat, canonical: str) -> Successor | None:
    """Who took over in 2025: the body itself dissolved, its province merged, its level ended."""
    dissolved = _dissolved().get(body.name)
    if seat.level == "central":
        return dissolved
    if seat.level == "district" and body.name == "Ủy ban nhân dân":
        ended = _data("successors.json")["district"]
        return Successor(name=ended["successor"], since=ended["since"], source=ended["source"])
    if seat.province is None or seat.level not in (PROVINCE, "party"):
        return dissolved
    return _with_province(dissolved, body, seat.province)


def _with_province(dissolved: Successor | None, body: Body, province: Province) -> Successor | None:
    """The successor with its province; a merged province sends its bodies to the new one."""
    name = dissolved.name if dissolved else _bare(body)
    if province.into is None:
        if dissolved is None:
            return None
        where = f"{name} {province.kind} {province.name}"
        return Successor(name=where, since=dissolved.since, source=dissolved.source)
    into = provinces()[fold(province.into).casefold()]
    joint = " " if _LOCAL_PARTY.search(name) else f" {into.kind} "
    merged = "Nghị quyết 202/2025/QH15"
    source = f"{dissolved.source}; {merged}" if dissolved else merged
    return Successor(name=f"{name}{joint}{into.name}", since=_MERGED, source=source)
