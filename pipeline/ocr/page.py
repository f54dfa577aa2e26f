"""How does the image of a page become a Page?"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from pipeline.ocr import tesseract, trueocr
from pipeline.ocr.columns import parted
from pipeline.ocr.grid import InkGrid, find_grids, split_at_walls
from pipeline.ocr.ink import PixelBox, Reading
from pipeline.ocr.layout import Layout, Strips, within
from pipeline.ocr.marks import Mark, call_at, find_marks, is_power, without_marks
from pipeline.ocr.notes import has_notes
from pipeline.ocr.prepare import Pixels, Sheet, prepare
from pipeline.ocr.rulings import Rulings, find_rulings, without_rulings
from pipeline.ocr.strips import Strip
from pipeline.ocr.urgent import find_stamps
from pipeline.ocr.vote import agreed
from schemas.paper import Block, Call, Page, lines_in

MARGIN = (0.15, 0.15, 0.1)
"""What recognition needs around a found line, in parts of its height: sides, top, bottom."""


def read_page(image: Image.Image, number: int, width: float, height: float) -> Page:
    """The page as ink: `image` shows the whole page of `width` × `height` points.

    A page that lies on its side is stood upright: size and boxes are those of the upright page.
    """
    sheet = _upright(image, width)
    if sheet.turns % 2:
        width, height = height, width
    rulings = find_rulings(sheet)
    grids = find_grids(rulings, sheet.dpi)
    strips = _strips(sheet, rulings, grids)
    if number == 1 and not sheet.turns:
        stamps = _stamps(image, sheet, image.width * 72 / width)
        strips |= {box: strip for box, strip in stamps.items() if not _is_read(box, strips)}
    blocks = tuple(Layout(sheet, rulings, number, width, height).blocks(grids, strips))
    return Page(
        number=number,
        width=width,
        height=height,
        blocks=blocks,
        origin="ocr",
        confidence=_confidence(blocks),
    )


def _confidence(blocks: Sequence[Block]) -> float | None:
    """The mean over the letter's own characters; None for a page that has none."""
    lines = [line for line in lines_in(blocks) if line.role != "furniture"]
    length = sum(len(line.text) for line in lines)
    total = sum((line.confidence or 0.0) * len(line.text) for line in lines)
    return round(total / length, 3) if length else None


def _upright(image: Image.Image, width: float) -> Sheet:
    dpi = image.width * 72 / width
    sheet = prepare(image, dpi)
    turns = trueocr.turns_of(sheet.grey)
    return prepare(image, dpi, turns) if turns else sheet


def _strips(sheet: Sheet, rulings: Rulings, grids: Sequence[InkGrid]) -> Strips:
    """What is read on the sheet, by the boxes it was read in."""
    grey = without_rulings(sheet.grey, rulings)
    boxes = split_at_walls(trueocr.find_lines(grey), grids)
    marks = find_marks(grey, sheet.ink * (1 - rulings.mask), boxes)
    if not has_notes(sheet, rulings, boxes, marks):
        marks = [[] for _ in boxes]
    readings = _readings(without_marks(grey, marks), boxes, sheet.dpi)
    return {
        piece: _strip(sheet, piece, part, [mark for mark in held if _holds(piece, mark)])
        for box, reading, held in zip(boxes, readings, marks, strict=True)
        for piece, part in parted(box, reading)
        if part.text
    }


def _stamps(image: Image.Image, sheet: Sheet, dpi: float) -> Strips:
    """Stamps of urgency and secrecy, which vanished with the red ink."""
    if image.mode not in {"RGB", "RGBA", "P", "CMYK"}:
        return {}
    found: Strips = {}
    for (x0, top, x1, bottom), reading in find_stamps(np.asarray(image.convert("RGB"))):
        scale = sheet.dpi / dpi
        box = (round(x0 * scale), round(top * scale), round(x1 * scale), round(bottom * scale))
        found[box] = Strip(reading.text.strip("|[](). "), sheet.place(box), reading.confidence)
    return found


def _is_read(box: PixelBox, strips: Strips) -> bool:
    """Whether a faint stamp was read with the black ink."""
    return any(within(other, box) or within(box, other) for other in strips)


def _holds(box: PixelBox, mark: Mark) -> bool:
    return box[0] - 3 <= mark.box[0] < box[2] + 3


def _readings(grey: Pixels, boxes: Sequence[PixelBox], dpi: float) -> list[Reading]:
    """What is read in each box: by both engines, or by TrueOCR where Tesseract is not here."""
    second = trueocr.recognise(grey, boxes)
    if not tesseract.is_available():
        return second
    first = tesseract.recognise(grey, [_widened(box, grey.shape) for box in boxes], dpi)
    readings: list[Reading] = []
    for index, pair in enumerate(zip(first, second, strict=True)):
        above = readings[-1].words if readings else ()
        below = first[index + 1].words if index + 1 < len(first) else ()
        before, after = (above[-1:], below[:1])
        readings.append(agreed(*pair, *("".join(w.text for w in part) for part in (before, after))))
    return readings


def _widened(box: PixelBox, shape: tuple[int, ...]) -> PixelBox:
    x0, top, x1, bottom = box
    side, above, below = (round(part * (bottom - top)) for part in MARGIN)
    return (max(x0 - side, 0), max(top - above, 0),
            min(x1 + side, shape[1]), min(bottom + below, shape[0]))  # fmt: skip


def _strip(sheet: Sheet, box: PixelBox, reading: Reading, marks: Sequence[Mark]) -> Strip:
    strip = Strip(reading.text, sheet.place(box), reading.confidence)
    for mark in marks:
        at = call_at(reading.words, mark)
        if at is None:
            strip = replace(strip, mark=mark.text)
        elif is_power(reading.text[:at]):
            strip = replace(strip, text=f"{strip.text[:at]}{mark.text}{strip.text[at:]}")
        else:
            strip = replace(strip, calls=(*strip.calls, Call(at=at, mark=mark.text)))
    return strip
