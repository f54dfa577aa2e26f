"""Which number does a word processor show before a paragraph of a list?

Numbers of list paragraphs are not in the text: they are counted here as ECMA-376, Part 1,
17.9 says and Word does. Lists that share an abstract definition share its counters, until a
list begins anew (startOverride).
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from extractors.rules import compile_once
from pipeline.readers.figures import figure
from pipeline.readers.legacy import decode
from pipeline.readers.symbols import bullet, without_glyphs

_PLACE = compile_once(r"%([1-9])")


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
