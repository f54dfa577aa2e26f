"""Where and when does the letter speak from?"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import regex

from extractors.parties.bodies import body_at
from extractors.parties.places import COMMUNE, DISTRICT, PROVINCE, districts, provinces
from extractors.parties.shapes import Body
from extractors.rules import compile_once
from extractors.text import fold, tidy
from schemas.party import Abbreviation

_WORD = compile_once(r"[\p{L}\p{N}]+")
_PLACE_KIND = compile_once(
    r"^(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+", regex.IGNORECASE
)


@dataclass(frozen=True)
class Home:
    """The letter's own place in the state: bare words are read from here.

    `province`: the province or centrally-run city ("Kon Tum"), None for a central letter.
    `level`: central, province, district, commune or party, as far as the issuer tells.
    `district`, `commune`: with their kind ("huyện Sa Thầy"), where the issuer is one.
    """

    province: str | None = None
    issued: date | None = None
    issuer: str | None = None
    level: str | None = None
    abbreviations: tuple[Abbreviation, ...] = ()
    district: str | None = None
    commune: str | None = None

    def __hash__(self) -> int:
        """Cheap: homes are keys of what has been read from them."""
        return hash((self.province, self.issued, self.issuer, len(self.abbreviations)))

    @cached_property
    def long_forms(self) -> dict[str, str]:
        """What each of the letter's own short forms stands for, both as its key has them."""
        return {fold(item.short): fold(item.long) for item in self.abbreviations}

    @cached_property
    def short_form(self) -> regex.Pattern[str]:
        """Reads one of the letter's own short forms."""
        words = "|".join(map(regex.escape, sorted(self.long_forms, key=len, reverse=True)))
        return regex.compile(rf"(?:{words})(?![\p{{L}}\p{{N}}])")

    @cached_property
    def short_starts(self) -> frozenset[str]:
        """The words with which the letter's own short forms begin."""
        first = (_WORD.search(short) for short in self.long_forms)
        return frozenset(word[0] for word in first if word)


def home_from(
    place: str | None, issued: date | None, issuer: str | None, superior: str | None
) -> Home:
    """Home by the names in the letterhead first, by the place line where they are silent."""
    bodies = [body for words in (issuer, superior) if (body := body_of(words))]
    home = Home(issued=issued, issuer=tidy(issuer) if issuer else None)
    for body in bodies:
        home = _by_body(home, body)
    central = home.level == "central" or (
        bool(bodies) and bodies[0].level == "central" and home.province is None
    )
    return home if central else _by_place(home, place)


def body_of(words: str | None) -> Body | None:
    """The body that a line of the letterhead names."""
    key = fold(tidy(words)) if words else ""
    return body_at(key, 0, len(key), any_case=True) if key else None


def _by_body(home: Home, body: Body) -> Home:
    place = body.place
    level = home.level or (place.level if place else None) or body.level
    if place is None or place.name is None:
        return replace(home, level=level)
    known = provinces().get(place.name.casefold())
    if known is not None and place.kind in (None, "tỉnh", "thành phố"):
        city = PROVINCE if level == DISTRICT and home.district is None else level
        return replace(home, level=city, province=home.province or known.name)
    named = f"{place.kind} {_title(place.name)}"
    if place.level == COMMUNE:
        home = replace(home, commune=home.commune or named, level=level)
    elif place.level == DISTRICT:
        province = home.province or districts().get(place.name.casefold())
        home = replace(home, district=home.district or named, level=level, province=province)
    upper = place.upper
    return _by_body(home, replace(body, place=upper)) if upper else home


def _by_place(home: Home, place: str | None) -> Home:
    """The place line: a province, or a district seat ("Ba Tơ, ngày …")."""
    if home.province is not None or not place:
        return home
    name = _PLACE_KIND.sub("", fold(tidy(place))).casefold()
    known = provinces().get(name)
    if known is not None:
        return replace(home, province=known.name)
    return replace(home, province=districts().get(name))


def _title(words: str) -> str:
    return words.title() if words.isupper() else words
