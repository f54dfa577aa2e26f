"""Which number does Word show before a paragraph?

Numbers of list paragraphs are not in the text: they are counted here as ECMA-376, Part 1,
17.9 says and Word does. Lists that share an abstract definition share its counters, until a
list begins anew (startOverride).
"""

from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import regex
from lxml import etree

from pipeline.readers.docx.figures import figure
from pipeline.readers.docx.package import MC, VAL, W
from pipeline.readers.docx.symbols import bullet, without_glyphs
from pipeline.readers.legacy import decode

_PLACE = regex.compile(r"%([1-9])")
_LEVELS = 9


class Level(NamedTuple):
    """One level of a list. `restart`: the level (from 1) whose use restarts it, 0 never."""

    start: int = 0
    form: str = "decimal"
    text: str = ""
    custom: str | None = None
    restart: int | None = None
    legal: bool = False
    font: str | None = None
    style: str | None = None
    picture: bool = False


class List(NamedTuple):
    """A list (w:num): the definition it counts in, its levels, the values it begins anew with."""

    abstract: str
    levels: dict[int, Level]
    anew: dict[int, int]


class Place(NamedTuple):
    """The list and level of a paragraph."""

    list: str
    level: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, List]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[Place] = field(default_factory=set)

    def label(self, place: Place) -> str | None:
        """The next label at that place; None where the list shows nothing."""
        if (found := self.lists.get(place.list)) is None:
            return None
        level = found.levels.get(place.level, Level(1, text=f"%{place.level + 1}."))
        self._count(found, place)
        if level.picture:
            return "•"
        if level.form == "bullet":
            return bullet(level.text, level.font) if level.text.strip() else None
        return self._written(found, level) or None

    def _count(self, found: List, place: Place) -> None:
        counts = self.counts.setdefault(found.abstract, {})
        for above in range(place.level):
            counts.setdefault(above, _start(found, above))
        if place.level in found.anew and place not in self.begun:
            counts[place.level] = found.anew[place.level]
        elif place.level in counts:
            counts[place.level] += 1
        else:
            counts[place.level] = _start(found, place.level)
        self.begun.add(place)
        for deeper in [d for d in counts if d > place.level and _restarts(found, d, place.level)]:
            del counts[deeper]

    def _written(self, found: List, level: Level) -> str:
        counts = self.counts[found.abstract]

        def put(match: regex.Match[str]) -> str:
            at = int(match[1]) - 1
            of = found.levels.get(at, Level())
            number = counts.get(at, _start(found, at))
            return figure(number, "decimal" if level.legal else of.form, of.custom)

        text = without_glyphs(_PLACE.sub(put, level.text), level.font)
        return decode(text, level.font).strip()

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level of a list that a paragraph style is bound to."""
        levels = self.lists[number].levels if number in self.lists else {}
        return next((at for at, level in levels.items() if level.style == style), None)


def _start(found: List, at: int) -> int:
    return found.levels[at].start if at in found.levels else 1


def _restarts(found: List, deeper: int, used: int) -> bool:
    """Whether using a level begins a deeper one anew."""
    restart = found.levels[deeper].restart if deeper in found.levels else None
    return restart is None or (restart > 0 and used + 1 <= restart)


def read_numbering(part: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists of the numbering part; list styles are followed through the styles part."""
    if part is None:
        return Numbering({})
    pictures = any(True for _ in part.iter(W + "numPicBullet"))
    abstracts = {item.get(W + "abstractNumId", ""): item for item in part.iter(W + "abstractNum")}
    nums = {item.get(W + "numId", ""): item for item in part.iter(W + "num")}

    @cache
    def levels(abstract: str, depth: int = 0) -> dict[int, Level]:
        item = abstracts.get(abstract)
        if item is None or depth > _LEVELS:
            return {}
        linked = _list_of_style(styles, _value(item, "numStyleLink"))
        if linked in nums:
            return levels(_value(nums[linked], "abstractNumId") or "", depth + 1)
        return _levels(item, pictures)

    def read(num: etree._Element) -> List:
        abstract = _value(num, "abstractNumId") or ""
        found = dict(levels(abstract))
        anew = {}
        for override in num.iter(W + "lvlOverride"):
            at = _number(override.get(W + "ilvl"), 0)
            found.update(_levels(override, pictures))
            if (start := _value(override, "startOverride")) is not None:
                anew[at] = _number(start, 1)
        return List(abstract, found, anew)

    return Numbering({number: read(num) for number, num in nums.items()})


def _list_of_style(styles: etree._Element | None, style: str | None) -> str | None:
    """The list that a list style stands for."""
    if styles is None or style is None:
        return None
    for item in styles.iter(W + "style"):
        if item.get(W + "styleId") == style:
            found = item.find(f"{W}pPr/{W}numPr/{W}numId")
            return found.get(VAL) if found is not None else None
    return None


def _levels(item: etree._Element, pictures: bool) -> dict[int, Level]:
    return {
        _number(level.get(W + "ilvl"), 0): _level(level, pictures)
        for level in item.findall(W + "lvl")
    }


def _level(item: etree._Element, pictures: bool) -> Level:
    form, custom = _form(item)
    restart = _value(item, "lvlRestart")
    legal = item.find(W + "isLgl")
    fonts = item.find(f"{W}rPr/{W}rFonts")
    return Level(
        start=_number(_value(item, "start"), 0),
        form=form,
        text=_value(item, "lvlText") or "",
        custom=custom,
        restart=_number(restart, 0) if restart is not None else None,
        legal=legal is not None and legal.get(VAL) not in ("0", "false", "off"),
        font=fonts.get(W + "hAnsi") or fonts.get(W + "ascii") if fonts is not None else None,
        style=_value(item, "pStyle"),
        picture=pictures and item.find(W + "lvlPicBulletId") is not None,
    )


def _form(item: etree._Element) -> tuple[str, str | None]:
    """The number format; a custom one stands in a choice beside its plain fallback."""
    choice = item.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    found = choice if choice is not None else item.find(W + "numFmt")
    if found is None:
        return "decimal", None
    return found.get(VAL, "decimal"), found.get(W + "format")


def _value(item: etree._Element, name: str) -> str | None:
    found = item.find(W + name)
    return found.get(VAL) if found is not None else None


def _number(text: str | None, otherwise: int) -> int:
    """A whole number of the file, bounded; damaged ones are `otherwise`."""
    try:
        return max(-1, min(int(text or ""), 100_000))
    except ValueError:
        return otherwise
