"""How does text in that style look?"""

from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from pipeline.readers.docx.package import VAL, W
from pipeline.readers.docx.properties import flag, value_of
from pipeline.readers.looks import PLAIN, Look
from pipeline.readers.numbering import Numbering, Place


def look_of(properties: etree._Element | None) -> Look:
    """What run properties (w:rPr) say themselves."""
    if properties is None or not len(properties):
        return PLAIN
    said = {item.tag: item for item in properties}
    fonts = said.get(W + "rFonts")
    return Look(
        bold=flag(said.get(W + "b")),
        italic=flag(said.get(W + "i")),
        size=_points(said.get(W + "sz")),
        font=fonts.get(W + "hAnsi") or fonts.get(W + "ascii") if fonts is not None else None,
        raised=_raised(said.get(W + "vertAlign"), said.get(W + "position")),
        hidden=flag(said.get(W + "vanish")),
        capitals=flag(said.get(W + "caps")),
    )


def _raised(aligned: etree._Element | None, position: etree._Element | None) -> bool | None:
    """Superscript, or set 3 points or more above the line by hand."""
    if aligned is not None:
        return aligned.get(VAL) == "superscript"
    height = _points(position)
    return None if height is None else height >= 3


def _points(half_points: etree._Element | None) -> float | None:
    if half_points is None:
        return None
    try:
        return float(half_points.get(VAL, "")) / 2
    except ValueError:
        return None


class ParagraphStyle(NamedTuple):
    """What a paragraph style says, with all it is based on."""

    look: Look = PLAIN
    centered: bool = False
    number: str | None = None
    level: int | None = None
    numbered_by: str | None = None
    """The style of the chain that names the list: levels are bound to it."""


@dataclass(slots=True)
class Styles:
    """The styles of a document, resolved on first use."""

    items: dict[str, etree._Element]
    defaults: Look
    default_paragraph: str | None
    paragraphs: dict[str | None, ParagraphStyle] = field(default_factory=dict)
    characters: dict[str, Look] = field(default_factory=dict)

    def paragraph(self, style: str | None) -> ParagraphStyle:
        """The resolved paragraph style; the default one for None."""
        style = style if style in self.items else self.default_paragraph
        if style not in self.paragraphs:
            self.paragraphs[style] = self._resolved(style)
        return self.paragraphs[style]

    def character(self, style: str | None) -> Look:
        """The resolved look of a character style."""
        if style is None:
            return PLAIN
        if style not in self.characters:
            look = PLAIN
            for item in self._chain(style):
                look = look.under(look_of(item.find(W + "rPr")))
            self.characters[style] = look
        return self.characters[style]

    def _resolved(self, style: str | None) -> ParagraphStyle:
        resolved = ParagraphStyle(self.defaults)
        for item in self._chain(style):
            resolved = _based_on(resolved, item)
        return resolved

    def _chain(self, style: str | None) -> list[etree._Element]:
        """The style and what it is based on, the farthest ancestor first."""
        chain: list[etree._Element] = []
        while style in self.items and self.items[style] not in chain:
            chain.insert(0, self.items[style])
            style = value_of(self.items[style], "basedOn")
        return chain

    def place(self, properties: etree._Element | None, numbering: Numbering) -> Place | None:
        """The list and level of a paragraph, said by itself or by its style."""
        style = self.paragraph(value_of(properties, "pStyle"))
        said = properties.find(W + "numPr") if properties is not None else None
        number = value_of(said, "numId") or style.number
        if number in (None, "0", ""):
            return None
        assert number is not None
        level = _level(value_of(said, "ilvl"))
        if level is None and style.numbered_by and number == style.number:
            bound = numbering.level_of_style(number, style.numbered_by)
            level = bound if bound is not None else style.level
        return Place(number, min(level or 0, 8))


def _based_on(base: ParagraphStyle, item: etree._Element) -> ParagraphStyle:
    properties = item.find(W + "pPr")
    said = properties.find(W + "numPr") if properties is not None else None
    number, level = value_of(said, "numId"), _level(value_of(said, "ilvl"))
    alignment = value_of(properties, "jc")
    return ParagraphStyle(
        look=base.look.under(look_of(item.find(W + "rPr"))),
        centered=base.centered if alignment is None else alignment == "center",
        number=base.number if number is None else number,
        level=base.level if level is None else level,
        numbered_by=base.numbered_by if said is None else item.get(W + "styleId"),
    )


def _level(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() else None


def read_styles(part: etree._Element | None) -> Styles:
    """The styles part."""
    if part is None:
        return Styles({}, PLAIN, None)
    items = {item.get(W + "styleId", ""): item for item in part.iter(W + "style")}
    default = next(
        (name for name, item in items.items()
         if item.get(W + "type") == "paragraph" and item.get(W + "default") in ("1", "true", "on")),
        None,
    )  # fmt: skip
    defaults = look_of(part.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    return Styles(items, defaults, default)
