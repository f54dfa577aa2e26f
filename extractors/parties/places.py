"""Of which place is it: which words name a place, and where does that place lie?"""

import json
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import regex

from extractors.kept import kept
from extractors.rules import expanded, rule_file
from extractors.text import fold

_FIRST_LETTERS = 5
PROVINCE, DISTRICT, COMMUNE = "province", "district", "commune"
_LEVELS = {
    "tỉnh": PROVINCE, "thành phố": DISTRICT, "huyện": DISTRICT, "quận": DISTRICT,
    "thị xã": DISTRICT, "xã": COMMUNE, "phường": COMMUNE, "thị trấn": COMMUNE,
    "đặc khu": COMMUNE,
}  # fmt: skip
_LONG = {"tp": "thành phố", "t.p": "thành phố", "tx": "thị xã", "h": "huyện", "p": "phường"}


class Province(NamedTuple):
    """A province or centrally-run city; `into` the unit it was merged into on 01/7/2025."""

    name: str
    kind: str
    into: str | None
    city_since: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place as written: its kind in full, its name, whether all or several are meant.

    `kind` None: only a level was written ("cấp huyện", "các cấp") or a bare province name.
    """

    end: int = field(compare=False)
    words: str
    kind: str | None = None
    name: str | None = None
    plural: bool = False
    level: str | None = None
    upper: "Place | None" = None


@cache
def _provinces_file() -> dict[str, list[dict[str, str]]]:
    path = files("extractors") / "data" / "provinces.json"
    loaded: dict[str, list[dict[str, str]]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


@cache
def provinces() -> dict[str, Province]:
    """Every province and centrally-run city by each of its folded spellings."""
    found: dict[str, Province] = {}
    for unit in _provinces_file()["units"]:
        province = Province(unit["name"], unit["kind"], unit.get("into"), unit.get("city_since"))
        for spelling in (unit["name"], *unit.get("aliases", ())):
            found[fold(spelling).casefold()] = province
    return found


@cache
def districts() -> dict[str, str]:
    """District names (to 30/6/2025) that lie in one province only, folded: its name."""
    path = files("extractors") / "data" / "districts.tsv"
    homes: dict[str, set[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        name, _, province = line.split("\t")
        homes.setdefault(fold(name).casefold(), set()).add(province)
    return {name: next(iter(where)) for name, where in homes.items() if len(where) == 1}


@cache
@kept
def _pattern() -> regex.Pattern[str]:
    """All the ways to say of which place, each opening with a space."""
    shapes = rule_file("places").fragment
    known = [name for name in provinces() if len(name) > 2]
    ways = (
        r"(?P<kinds>{kinds}){within}?"
        r"|(?P<level>{level})(?!\p{L})"
        r"|(?P<each>các |mỗi |từng )?(?P<kind>(?:{kind})(?!\p{L}))"
        r"(?:[: ]{1,2}(?P<name>(?-i:(?=\p{Lu}))\L<known>(?!\p{L})|(?<!tỉnh ){name}))?"
        r"|(?P<country>(?-i:Việt Nam|VN)(?!\p{L}))"
        r"|(?:- )?(?P<known>(?-i:(?=\p{Lu}))\L<known>(?!\p{L}))"
    )
    return regex.compile(
        rf" (?:{expanded(ways, shapes)})", regex.IGNORECASE | regex.VERSION0, known=known
    )


def place_at(key: str, at: int, end: int) -> Place | None:
    """The place whose words begin with the space at `at`."""
    if not _may_begin(key[at : min(at + _FIRST_LETTERS, end)]):
        return None
    match = _pattern().match(key, at, end)
    if match is None:
        return None
    place = _read(key, match)
    return place if place.name is None else _with_upper(key, place, end)


@lru_cache(maxsize=20_000)
def _may_begin(letters: str) -> bool:
    """Can a place begin with these letters? Asked first: most words begin none."""
    return _pattern().match(letters, partial=True) is not None


def _read(key: str, match: regex.Match[str]) -> Place:
    words = match[0][1:]
    if match["kinds"]:
        kinds = words.replace(". ", ", ")
        return Place(match.end(), kinds, plural=True, level=_level_of_kinds(match["kinds"]))
    if match["level"]:
        return Place(match.end(), words, level=_named_level(match["level"]))
    if match["country"]:
        return Place(match.end(), words, name="Việt Nam", level="central")
    if match["known"]:
        return Place(match.end(), words, name=match["known"], level=PROVINCE)
    kind = long_kind(match["kind"])
    return Place(match.end(), words, kind, match["name"], bool(match["each"]), _LEVELS[kind])


def _with_upper(key: str, place: Place, end: int) -> Place:
    """ "huyện Sa Thầy, tỉnh Kon Tum": the place around the place."""
    at = place.end + 1 if key.startswith(",", place.end) else place.end
    upper = _pattern().match(key, at, end)
    if place.kind is None or upper is None or not (upper["kind"] and upper["name"]):
        return place
    around = place_at(key, at, end)
    if around is None or around.level == place.level:
        return place
    return Place(around.end, place.words, place.kind, place.name, False, place.level, around)


def long_kind(words: str) -> str:
    """The kind of a unit in full: "TP." → "thành phố"."""
    plain = words.casefold().rstrip(".")
    if plain.startswith("thành ph"):
        return "thành phố"
    if plain == "tình":
        return "tỉnh"
    return _LONG.get(plain, plain)


def level_of(kind: str) -> str:
    """The level of a kind of unit; a city is taken for one of a district's rank."""
    return _LEVELS[kind]


def _level_of_kinds(words: str) -> str:
    folded = words.casefold()
    if "xã," in folded or folded.startswith(("các xã", "xã", "phường", "các phường")):
        return COMMUNE
    if "tỉnh" in folded:
        return PROVINCE
    return COMMUNE if "phường" in folded and "huyện" not in folded else DISTRICT


def _named_level(words: str) -> str | None:
    folded = words.casefold()
    if folded in ("trung ương", "tw"):
        return "central"
    for kind, level in (("tỉnh", PROVINCE), ("huyện", DISTRICT), ("xã", COMMUNE)):
        if folded == f"cấp {kind}":
            return level
    return None
