"""Which lists does the numbering part of a DOCX define?"""

from dataclasses import dataclass, field

from lxml import etree

from pipeline.readers.docx.package import MC, VAL, W
from pipeline.readers.docx.properties import is_on, value_of
from pipeline.readers.numbering import Level, List, Numbering

_LEVELS = 9


def read_numbering(part: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """The lists of the numbering part; list styles are followed through the styles part."""
    if part is None:
        return Numbering({})
    defined = _Definitions(
        abstracts={
            item.get(W + "abstractNumId", ""): item for item in part.iter(W + "abstractNum")
        },
        nums={item.get(W + "numId", ""): item for item in part.iter(W + "num")},
        styles=styles,
        pictures=any(True for _ in part.iter(W + "numPicBullet")),
    )
    return Numbering({number: defined.list_of(num) for number, num in defined.nums.items()})


@dataclass(slots=True)
class _Definitions:
    """What the numbering part defines, by number; `pictures`: it holds pictures as bullets."""

    abstracts: dict[str, etree._Element]
    nums: dict[str, etree._Element]
    styles: etree._Element | None
    pictures: bool
    known: dict[str, dict[int, Level]] = field(default_factory=dict)

    def list_of(self, num: etree._Element) -> List:
        """The list, with the levels that it defines anew."""
        abstract = value_of(num, "abstractNumId") or ""
        found = dict(self._levels(abstract))
        anew = {}
        for override in num.iter(W + "lvlOverride"):
            at = _number(override.get(W + "ilvl"), 0)
            found.update(_levels(override, self.pictures))
            if (start := value_of(override, "startOverride")) is not None:
                anew[at] = _number(start, 1)
        return List(abstract, found, anew)

    def _levels(self, abstract: str, depth: int = 0) -> dict[int, Level]:
        """The levels of a definition, or of the one that its list style leads to."""
        if abstract not in self.known:
            item = self.abstracts.get(abstract)
            if item is None or depth > _LEVELS:
                return {}
            linked = self._list_of_style(value_of(item, "numStyleLink"))
            if linked in self.nums:
                further = value_of(self.nums[linked], "abstractNumId") or ""
                self.known[abstract] = self._levels(further, depth + 1)
            else:
                self.known[abstract] = _levels(item, self.pictures)
        return self.known[abstract]

    def _list_of_style(self, style: str | None) -> str | None:
        """The list that a list style stands for."""
        if self.styles is None or style is None:
            return None
        for item in self.styles.iter(W + "style"):
            if item.get(W + "styleId") == style:
                return value_of(item.find(f"{W}pPr/{W}numPr"), "numId")
        return None


def _levels(item: etree._Element, pictures: bool) -> dict[int, Level]:
    return {
        _number(level.get(W + "ilvl"), 0): _level(level, pictures)
        for level in item.findall(W + "lvl")
    }


def _level(item: etree._Element, pictures: bool) -> Level:
    form, custom = _form(item)
    restart = value_of(item, "lvlRestart")
    fonts = item.find(f"{W}rPr/{W}rFonts")
    return Level(
        start=_number(value_of(item, "start"), 0),
        form=form,
        text=value_of(item, "lvlText") or "",
        custom=custom,
        restart=_number(restart, 0) if restart is not None else None,
        legal=is_on(item, "isLgl"),
        font=fonts.get(W + "hAnsi") or fonts.get(W + "ascii") if fonts is not None else None,
        style=value_of(item, "pStyle"),
        picture=pictures and item.find(W + "lvlPicBulletId") is not None,
    )


def _form(item: etree._Element) -> tuple[str, str | None]:
    """The number format; a custom one stands in a choice beside its plain fallback."""
    choice = item.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    found = choice if choice is not None else item.find(W + "numFmt")
    if found is None:
        return "decimal", None
    return found.get(VAL, "decimal"), found.get(W + "format")


def _number(text: str | None, otherwise: int) -> int:
    """A whole number of the file, bounded; damaged ones are `otherwise`."""
    try:
        return max(-1, min(int(text or ""), 100_000))
    except ValueError:
        return otherwise
