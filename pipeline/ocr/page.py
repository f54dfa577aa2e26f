"""How does the image of a page become a Page?"""

from collections.abc import Sequence

from PIL import Image

from extractors.text import tidy
from pipeline.ocr import tesseract, trueocr
from pipeline.ocr.arrange import Placed, Strip, arrange
from pipeline.ocr.ink import PixelBox, Reading
from pipeline.ocr.prepare import POINTS_PER_INCH, Sheet, prepare
from pipeline.ocr.rulings import find_rulings, without_rulings
from schemas.paper import Line, Page


def ocr_page(image: Image.Image, number: int, width_pt: float, height_pt: float) -> Page:
    """The page as ink: `image` shows the whole page of `width_pt` × `height_pt` points."""
    dpi = image.width * POINTS_PER_INCH / width_pt
    sheet = prepare(image, dpi)
    strips = strips_of(sheet)
    lines = tuple(_line(placed, number) for placed in arrange(strips, width_pt))
    return Page(
        number=number,
        width=width_pt,
        height=height_pt,
        blocks=lines,
        origin="ocr",
        confidence=_mean(strips),
    )


def strips_of(sheet: Sheet) -> list[Strip]:
    """The pieces of lines that were read on the sheet."""
    grey = without_rulings(sheet.grey, find_rulings(sheet))
    boxes = trueocr.find_lines(grey)
    return [
        _strip(sheet, box, reading)
        for box, reading in zip(boxes, _readings(grey, boxes, sheet.dpi), strict=True)
        if reading.text
    ]


def _readings(grey, boxes: Sequence[PixelBox], dpi: float) -> list[Reading]:
    if not tesseract.is_available():
        return trueocr.recognise(grey, boxes)
    first = tesseract.recognise(grey, boxes, dpi)
    second = trueocr.recognise(grey, boxes)
    return [b if a.confidence < 0.75 and b.confidence > a.confidence else a for a, b in zip(first, second)]


def _strip(sheet: Sheet, box: PixelBox, reading: Reading) -> Strip:
    x0, _, x1, _ = reading.words[0].box
    return Strip(
        reading.text, sheet.place(box), reading.confidence, (x1 - x0) * POINTS_PER_INCH / sheet.dpi
    )


def _mean(strips: Sequence[Strip]) -> float | None:
    length = sum(len(strip.text) for strip in strips)
    if not length:
        return None
    return round(sum(strip.confidence * len(strip.text) for strip in strips) / length, 3)


def _line(placed: Placed, number: int) -> Line:
    return Line(
        text=tidy(" ".join(strip.text for strip in placed.strips)),
        page=number,
        box=placed.box,
        size=round(max(strip.height for strip in placed.strips) * 0.93, 1),
        centered=placed.centered,
        starts=placed.starts,
        column=placed.column,
        confidence=_mean(placed.strips),
    )
