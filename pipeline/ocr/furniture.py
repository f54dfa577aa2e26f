"""Which lines on a scan are not the letter's: page numbers, stamps, fragments of noise?"""

from collections.abc import Sequence

from extractors.rules import compile_once
from pipeline.ocr.strips import Strip
from pipeline.readers.syllables import is_syllable
from schemas.paper import Box

_PAGE_NUMBER = compile_once(r"[-–—. ]{0,3}(?:[Tt]rang\s)?\d{1,3}(?:/\d{1,3})?[-–—. ]{0,3}")
_SIGNED = compile_once(
    r"(?i)^\W{0,2}(?:người ký|ký bởi|ký số bởi|thời gian ký|giờ ký|ngày ký\s*:)"
    r"|^\W{0,2}cơ quan\s*:\s*\S+( \S+){0,6}$"
    r"|^\W{0,2}e-?mail\s*:\s*\S+$|^\S+@\S+\.gov\.vn$"
    r"|\d{2}[./-]\d{2}[./-]\d{4}\s+\d{2}:\d{2}:\d{2}|^\+07:00$"
)
_ARRIVED = compile_once(r"(?:CÔNG VĂN|C\.?V)?\s*ĐẾN\b")
_STAMP_FIELDS = compile_once(r"(?i)(?:số|giờ|ngày|chuyển|lưu hồ sơ|kính chuyển)\s*[:.…_]")
_FORM = compile_once(r"(?i)\bsố\b|\bngày\b|/[A-ZĐ]{2}|^[-–+*]?\s*\p{L}+;$")
_COUNTRY = compile_once(r"C[ỘO]NG H[ÒOỎ][ÀA]? ?X[ÃA] H[ỘO]I|Đ[ẢA]NG C[ỘO]NG S[ẢA]N|Độc lập")
_LETTERS = compile_once(r"\p{L}{2,}")
SURE = 0.55
"""Confidence below which a line that is not the form's is noise."""


def is_page_number(strip: Strip, width: float, height: float) -> bool:
    """Whether figures stand alone at the top or the foot of the page, in the middle or right."""
    at_edge = strip.box[1] < 0.1 * height or strip.box[3] > 0.9 * height
    inside = (strip.box[0] + strip.box[2]) / 2 > 0.35 * width
    return at_edge and inside and _PAGE_NUMBER.fullmatch(strip.text) is not None


def is_noise(strip: Strip) -> bool:
    """Whether the line is a fragment: read with little confidence and not spelt like words."""
    if _FORM.search(strip.text) or (strip.text.startswith("- ") and strip.confidence > 0.4):
        return False
    words = _LETTERS.findall(strip.text)
    if not words:
        figures = any(letter.isdigit() for letter in strip.text)
        return strip.confidence < (0.4 if figures else 0.7)
    spelt = sum(map(is_syllable, words)) / len(words)
    return strip.confidence < SURE and (spelt < 0.5 or strip.confidence < 0.3)


def in_margin(strip: Strip, strips: Sequence[Strip], width: float) -> bool:
    """Whether a short line begins well outside the text, below the letterhead: stamps, scribbles.

    Letterheads may be wider than the text; what stands beside the text is not the letter's. Most
    lines may be the first of a paragraph and indented: the text begins where two long lines do.
    """
    head = max((s.box[3] for s in strips if _COUNTRY.search(s.text)), default=0.0)
    below = [s.box for s in strips if s.box[1] > head + 30]
    wide = sorted(x0 for x0, _, x1, _ in below if x1 - x0 > 0.55 * width)
    if len(wide) < 5 or strip.box[2] - strip.box[0] > 0.45 * width:
        return False
    return strip.box[0] < wide[1] - 30 and strip.box in below


def is_signature_stamp(strip: Strip) -> bool:
    """Whether the line belongs to the stamp of an electronic signature."""
    return _SIGNED.search(strip.text) is not None and len(strip.text) < 90


def is_arrival_stamp(strips: Sequence[Strip], box: Box, width: float, height: float) -> bool:
    """Whether a small frame on the upper page is the stamp of the office that received it."""
    if box[2] - box[0] > 0.5 * width or box[3] - box[1] > 0.2 * height:
        return False
    text = " ".join(strip.text for strip in strips)
    fields = len(_STAMP_FIELDS.findall(text))
    unsure = sum(strip.confidence for strip in strips) < 0.75 * len(strips)
    return _ARRIVED.search(text) is not None or fields > 1 or unsure
