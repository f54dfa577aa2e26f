"""Where are the lines of print, which way up is the page, and what does TrueOCR read?

TrueOCR ships its four ONNX models in its wheel (all Apache-2.0), so scans are read without a
system package. Its line finder keeps columns and table cells apart; its reader is fast, sure of
letters and digits, and weaker than Tesseract at Vietnamese vowel marks.
"""

import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.ocr.ink import PixelBox, Reading, Word
from pipeline.ocr.prepare import Pixels

if TYPE_CHECKING:
    from trueocr.page import PageEngine
    from trueocr.recognizer import Recognizer

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # ONNX Runtime (1.29 on) tells its maker of each start
SURE = 0.95
VERTICAL = 4


def is_available() -> bool:
    """Whether the wheel is here."""
    try:
        import trueocr  # noqa: F401, PLC0415 - an extra, loaded when a scan arrives
    except ImportError:
        return False
    return True


def _models() -> Path:
    import trueocr  # noqa: PLC0415

    return Path(trueocr.__file__).parent / "models"


@cache
def _pages() -> "PageEngine":
    from trueocr.page import PageEngine  # noqa: PLC0415

    return PageEngine(_models(), threads=1)


@cache
def _lines() -> "Recognizer":
    from trueocr.recognizer import Recognizer  # noqa: PLC0415

    return Recognizer(_models(), threads=1)


def turns_of(grey: Pixels) -> int:
    """Quarter turns clockwise by which the page must be turned to stand upright, 0 to 3."""
    turned = int(_pages().orientation(grey))
    return 0 if turned == VERTICAL else turned


def find_lines(grey: Pixels) -> list[PixelBox]:
    """The boxes of lines of print, top down; the parts of a row in two columns are two lines."""
    height, width = grey.shape
    boxes = _pages().detect(grey)
    found = []
    for x0, top, x1, bottom, _ in sorted(boxes.tolist(), key=lambda box: (box[1], box[0])):
        box = (max(int(x0), 0), max(int(top), 0), min(int(np.ceil(x1)), width),
               min(int(np.ceil(bottom)), height))  # fmt: skip
        if box[2] > box[0] and box[3] > box[1]:
            found.append(box)
    return found


def recognise(grey: Pixels, boxes: Sequence[PixelBox]) -> list[Reading]:
    """One reading a box, in their order."""
    return [
        Reading(tuple(_words(crop.text, box, crop.confidence)))
        for crop, box in zip(
            recognise_crops([grey[top:bottom, x0:x1] for x0, top, x1, bottom in boxes]),
            boxes, strict=True,
        )
    ]  # fmt: skip


class Crop(NamedTuple):
    """What a piece of the sheet says; `confidence` 0 to 1."""

    text: str
    confidence: float


def recognise_crops(crops: Sequence[Pixels]) -> list[Crop]:
    """What each piece says, one line each."""
    if not crops:
        return []
    return [Crop(item.text, item.confidence) for item in _lines().predict(list(crops))]


def _words(text: str, box: PixelBox, confidence: float) -> list[Word]:
    """The words with boxes told by their share of the line's letters."""
    x0, top, x1, bottom = box
    step = (x1 - x0) / max(len(text), 1)
    words, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        left, right = round(x0 + at * step), round(x0 + (at + len(word)) * step)
        words.append(Word(word, (left, top, right, bottom), confidence))
        at += len(word)
    return words
