"""How does text in an element of the page look?"""

from collections.abc import Sequence
from typing import NamedTuple

import regex
from lxml import html

from extractors.rules import compile_once

_NOTE = compile_once(r"(?i)mso-element:\s*(?:foot|end)note\b(?!-list)")
HIDDEN = compile_once(r"(?i)display:\s*none|visibility:\s*hidden|mso-hide:\s*all")
_SIZE = compile_once(r"(?i)font-size:\s*(\d+(?:\.\d+)?)(pt|px)")
_WEIGHT = compile_once(r"(?i)font-weight:\s*(\w+)")
_SLANT = compile_once(r"(?i)font-style:\s*(\w+)")
_ALIGN = compile_once(r"(?i)text-align:\s*(\w+)")
_FAMILY = compile_once(r"(?i)font-family:\s*[\"']?([^;,\"']+)")
_RAISED = compile_once(r"(?i)vertical-align:\s*super")


class Style(NamedTuple):
    """What an element hands on to what stands in it."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    centered: bool = False
    size: float | None = None
    font: str | None = None
    note: bool = False


def styled(item: html.HtmlElement, said: str, style: Style) -> Style:
    """The style in an element: its tag, its attributes and its style attribute."""
    tag = item.tag
    if not item.attrib and tag not in _STYLED:
        return style
    face = item.get("face") if tag == "font" else None
    bold = _said(_WEIGHT, said, ("bold", "bolder", "600", "700", "800", "900"))
    italic = _said(_SLANT, said, ("italic", "oblique"))
    return Style(
        bold=(style.bold or tag in _STRONG) if bold is None else bold,
        italic=(style.italic or tag in ("i", "em", "cite")) if italic is None else italic,
        raised=style.raised or tag == "sup" or _RAISED.search(said) is not None,
        centered=_centered(item, said, style.centered),
        size=_points(said) or style.size,
        font=face or _family(said) or style.font,
        note=style.note or _NOTE.search(said) is not None,
    )


_STRONG = ("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6")
_STYLED = frozenset((*_STRONG, "i", "em", "cite", "sup", "center"))


def _said(pattern: regex.Pattern[str], said: str, values: Sequence[str]) -> bool | None:
    """Whether a property has one of the values; None where it is not said."""
    found = pattern.search(said)
    return found[1].lower() in values if found else None


def _centered(item: html.HtmlElement, said: str, inherited: bool) -> bool:
    if found := _ALIGN.search(said):
        return bool(found[1].lower() == "center")
    if (aligned := item.get("align")) is not None:
        return bool(aligned.lower() == "center")
    return bool(inherited or item.tag == "center")


def _points(said: str) -> float | None:
    """A font size in points; 96 pixels are an inch."""
    found = _SIZE.search(said)
    return float(found[1]) * (0.75 if found[2].lower() == "px" else 1) if found else None


def _family(said: str) -> str | None:
    found = _FAMILY.search(said)
    return found[1].strip() if found else None
