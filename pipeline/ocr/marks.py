"""Which raised figures on the sheet call a note?

A mark is a small figure that stands off the baseline with nothing under it: quotation marks are
lower, tone marks have their vowel under them. Marks are lifted from the sheet before the lines
are read, since no engine reads them in place: they become quotes, degree signs, letters.
"""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

import cv2

from extractors.rules import compile_once
from pipeline.ocr import trueocr
from pipeline.ocr.ink import PixelBox, Word, united
from pipeline.ocr.prepare import Pixels

_MARK = compile_once(r"[1-9]\d?|\*{1,3}")
_POWER = compile_once(r"(?:(?:^|[\s\d/(])[kcdm]?m|[x×*.] ?10)$")
READ = 0.9
"""Confidence from which a figure is believed to be one."""
HEIGHT = (0.3, 0.6)
"""Of a mark, in parts of the height of its line; a quotation mark has a quarter."""
RISE = 0.22
"""Of its foot above the baseline, in the same parts."""


class Mark(NamedTuple):
    """A raised figure and where it stands."""

    text: str
    box: PixelBox


def find_marks(grey: Pixels, ink: Pixels, boxes: Sequence[PixelBox]) -> list[list[Mark]]:
    """The marks on each line, left to right."""
    held = [list(_raised(ink, box)) for box in boxes]
    spots = [spot for line in held for spot in line]
    texts = iter(_figures(grey, spots))
    return [
        [Mark(text, spot) for spot, text in zip(line, texts, strict=False) if text] if line else []
        for line in held
    ]


def _raised(ink: Pixels, line: PixelBox) -> Iterator[PixelBox]:
    """Small shapes of that line that stand above its baseline with nothing below."""
    x0, top, x1, bottom = line
    height = bottom - top
    top = max(top - height // 6, 0)
    part = ink[top : bottom + height // 10, x0:x1]
    _, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    shapes = [tuple(shape) for shape in stats[1:, :4].tolist()]
    letters = [y + h for _, y, w, h in shapes if 0.25 * height < h < height and w < 1.2 * height]
    if len(letters) < 4:
        return
    baseline = int(median(letters))
    marks: list[PixelBox] = []
    for x, y, w, h in sorted(shapes):
        if (
            not _fits(w, h, baseline - y - h, height)
            or part[y + h + 1 : baseline + 1, x : x + w].any()
        ):
            continue
        box = (x0 + x, top + y, x0 + x + w, top + y + h)
        if marks and box[0] - marks[-1][2] < 0.2 * height:
            marks[-1] = united((marks[-1], box))
        else:
            marks.append(box)
    yield from marks


def _fits(width: int, height: int, rise: int, line: int) -> bool:
    low, high = HEIGHT
    return low * line <= height <= high * line and 0.06 * line <= width <= 0.5 * line and (
        rise >= RISE * line
    )  # fmt: skip


def _figures(grey: Pixels, spots: Sequence[PixelBox]) -> list[str]:
    """What stands at each spot; empty where it is no figure. Read enlarged, on white."""
    cards = [_card(grey, spot) for spot in spots]
    return [
        reading.text if _MARK.fullmatch(reading.text) and reading.confidence >= READ else ""
        for reading in trueocr.recognise_crops(cards)
    ]


def _card(grey: Pixels, spot: PixelBox) -> Pixels:
    x0, top, x1, bottom = spot
    height = bottom - top
    crop = grey[max(top - 2, 0) : bottom + 2, max(x0 - 1, 0) : x1 + 1]
    card = cv2.copyMakeBorder(
        crop, height // 5, height // 5, height, height, cv2.BORDER_CONSTANT, value=255
    )
    scale = 36 / max(height, 1)
    return cv2.resize(card, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)


def without_marks(grey: Pixels, marks: Sequence[Sequence[Mark]]) -> Pixels:
    """The sheet with the marks turned to paper."""
    if not any(marks):
        return grey
    clean = grey.copy()
    for mark in (mark for line in marks for mark in line):
        x0, top, x1, bottom = mark.box
        clean[max(top - 2, 0) : bottom + 2, max(x0 - 2, 0) : x1 + 2] = 255
    return clean


def call_at(words: Sequence[Word], mark: Mark) -> int | None:
    """The place in the words, joined by spaces, before which the mark stood.

    None where it stood before every word: then it opens a note.
    """
    middle = (mark.box[0] + mark.box[2]) / 2
    at = end = 0
    last: Word | None = None
    for word in words:
        if word.box[0] > middle:
            break
        last, end = word, at + len(word.text)
        at = end + 1
    if last is None:
        return None
    if middle < last.box[2]:
        end -= len(last.text) - len(last.text.rstrip('.,;:)”"'))
    return end


def is_power(before: str) -> bool:
    """Whether a raised figure after this text is an exponent: m², km², 10⁶."""
    return _POWER.search(before) is not None
