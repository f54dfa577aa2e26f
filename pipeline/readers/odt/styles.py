"""How does text in that style look?"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex
from lxml import etree

from pipeline.readers.looks import PLAIN, Look
from pipeline.readers.odt.names import FO, STYLE, TEXT
from pipeline.readers.zipped import Archive


@dataclass(slots=True)
class Styles:
    """The styles by family and name, resolved on first use."""

    items: dict[tuple[str, str], etree._Element]
    looks: dict[tuple[str, str], Look] = field(default_factory=dict)

    def look(self, family: str, name: str | None) -> Look:
        """The resolved look of a style of that family."""
        key = (family, name or "")
        if key not in self.looks:
            look, chain = PLAIN, self._chain(key)
            for item in chain:
                look = look.under(_look(item))
            self.looks[key] = look
        return self.looks[key]

    def _chain(self, key: tuple[str, str]) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while (item := self.items.get(key)) is not None and item not in chain:
            chain.insert(0, item)
            key = (key[0], item.get(STYLE + "parent-style-name", ""))
        return chain


def _look(item: etree._Element) -> Look:
    text = item.find(STYLE + "text-properties")
    paragraph = item.find(STYLE + "paragraph-properties")
    said = {str(key): str(value) for key, value in text.attrib.items()} if text is not None else {}
    alignment = paragraph.get(FO + "text-align") if paragraph is not None else None
    position = said.get(STYLE + "text-position")
    weight, slant = said.get(FO + "font-weight"), said.get(FO + "font-style")
    return Look(
        bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        italic=None if slant is None else slant in ("italic", "oblique"),
        size=_points(said.get(FO + "font-size")),
        font=said.get(STYLE + "font-name") or said.get(FO + "font-family"),
        raised=None if position is None else _raises(position),
        hidden=None if text is None else said.get(TEXT + "display") == "none" or None,
        centered=None if alignment is None else alignment == "center",
    )


def _raises(position: str) -> bool:
    """A text position is a height in per cent of the font, or super."""
    first = position.partition(" ")[0]
    return first == "super" or (first.endswith("%") and not first.startswith(("-", "0")))


def _points(text: str | None) -> float | None:
    found = regex.fullmatch(r"(\d+(?:\.\d+)?)pt", text or "")
    return float(found[1]) if found else None


def style_roots(archive: Archive, content: etree._Element) -> Iterator[etree._Element]:
    """The parts that define styles: the one for styles, then the content."""
    styles = archive.xml_or_none("styles.xml")
    if styles is not None:
        yield styles
    yield content


def read_styles(archive: Archive, content: etree._Element) -> Styles:
    """The styles of both parts; the content's own win."""
    items = {
        (item.get(STYLE + "family", ""), item.get(STYLE + "name", "")): item
        for root in style_roots(archive, content)
        for item in root.iter(STYLE + "style")
    }
    return Styles(items)
