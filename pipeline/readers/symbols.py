"""Which character does a glyph of a symbol font stand for?

Symbol and Wingdings put their glyphs at F020–F0FF of the private use area.
"""

from extractors.rules import compile_once

_SYMBOL = {
    0x2D: "-", 0x2B: "+", 0xA3: "≤", 0xA7: "♣", 0xA8: "♦", 0xAE: "→", 0xAC: "←", 0xB0: "°",
    0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…",
    0xBE: "-", 0xD7: "·", 0xDE: "⇒", 0x61: "α", 0x62: "β", 0x44: "Δ", 0x6D: "μ", 0x53: "Σ",
}  # fmt: skip
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x46: "☞", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆",
    0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xAB: "★",
    0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_GLYPH = compile_once("[\uf000-\uf0ff]")
_DASHES = "-–—−‒―\u00ad\u2010\u2011"


def glyph(code: int, font: str | None) -> str:
    """The character of a glyph code in that font; an empty string where it is not known."""
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    name = (font or "Symbol").casefold()
    if name.startswith("wingdings"):
        return _WINGDINGS.get(low, "")
    if name.startswith("symbol") or low != code:
        return _SYMBOL.get(low, chr(low) if 0x20 <= low <= 0x40 else "")
    return chr(code)


def without_glyphs(text: str, font: str | None) -> str:
    """The text with glyphs of symbol fonts as characters."""
    if text.isascii() or _GLYPH.search(text) is None:
        return text
    return "".join(glyph(ord(c), font) if "\uf000" <= c <= "\uf0ff" else c for c in text)


def bullet(text: str, font: str | None) -> str:
    """A list's bullet as shown: "-", "+", "*", or "•" for every dot, square and arrow."""
    shown = "".join(glyph(ord(c), font) if ord(c) >= 0xF000 else c for c in text.strip())
    if shown and all(sign in _DASHES for sign in shown):
        return "-"
    return shown if shown in ("+", "*", "#") else "•"
