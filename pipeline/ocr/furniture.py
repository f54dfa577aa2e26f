"""Which lines on a scan are not the letter's: page numbers, stamps, fragments of noise?"""

from collections.abc import Sequence

import regex

from pipeline.ocr.arrange import Strip
from schemas.paper import Box

_PAGE_NUMBER = regex.compile(r"\W{0,3}(?:[Tt]rang\s)?\d{1,3}(?:/\d{1,3})?\W{0,3}")
_SIGNED = regex.compile(
    r"(?i)(?:người ký|ký bởi|ký số bởi|thời gian ký|ngày ký|giờ ký|cơ quan:|email\s*:|e-mail)"
    r"|\d{2}[./]\d{2}[./]\d{4}\s+\d{2}:\d{2}(?::\d{2})?|\+07:00|\.gov\.vn\b"
)
_ARRIVED = regex.compile(r"(?:CÔNG VĂN|C\.?V)?\s*ĐẾN\b")
_STAMP_FIELDS = regex.compile(r"(?i)(?:số|giờ|ngày|chuyển|lưu hồ sơ|kính chuyển)\s*[:.…_]")
_FORM = regex.compile(r"(?i)\bsố\b|\bngày\b|/[A-ZĐ]{2}|^[-–+*]?\s*\p{L}+;$")
_LETTERS = regex.compile(r"\p{L}{2,}")
SURE = 0.55
"""Confidence below which a line that is not the form's is noise."""


def is_page_number(strip: Strip, height: float) -> bool:
    """Whether the line is a page number: figures alone at the top or the foot of the page."""
    at_edge = strip.box[1] < 0.1 * height or strip.box[3] > 0.9 * height
    return at_edge and _PAGE_NUMBER.fullmatch(strip.text) is not None


def is_noise(strip: Strip) -> bool:
    """Whether the line is a fragment: read with little confidence and not spelt like words."""
    if _FORM.search(strip.text):
        return False
    if not _LETTERS.search(strip.text):
        return strip.confidence < 0.7 and not any(letter.isdigit() for letter in strip.text)
    return strip.confidence < SURE


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
