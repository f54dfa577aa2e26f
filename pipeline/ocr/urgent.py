"""Which stamps of urgency or secrecy are on the page?

They are red (Nghị định 30/2020/NĐ-CP, Phụ lục I; Thông tư 24/2020/TT-BCA), so they vanish with
the seals. The red ink alone is read once more, and only their few words are kept.
"""

import cv2
import numpy as np

from extractors.rules import compile_once
from extractors.text import fold
from pipeline.ocr import trueocr
from pipeline.ocr.ink import PixelBox, Reading
from pipeline.ocr.prepare import Pixels, red_of

_STAMPS = compile_once(r"(?:HỎA TỐC(?: HẸN GIỜ)?|THƯỢNG KHẨN|KHẨN|TUYỆT MẬT|TỐI MẬT|MẬT)")
_LEAST = 0.0004
"""Share of the page that is red where a stamp can be."""


def find_stamps(rgb: Pixels) -> list[tuple[PixelBox, Reading]]:
    """Stamps with their boxes in pixels of the image as scanned."""
    red = red_of(rgb) > 40
    if red.mean() < _LEAST:
        return []
    alone = np.where(red, np.uint8(0), np.uint8(255))
    alone = cv2.GaussianBlur(alone, (0, 0), 0.8)
    boxes = trueocr.find_lines(alone)
    readings = trueocr.recognise(alone, boxes)
    return [pair for pair in zip(boxes, readings, strict=True) if _is_stamp(pair[1])]


def _is_stamp(reading: Reading) -> bool:
    return _STAMPS.fullmatch(fold(reading.text.strip("|[](). "))) is not None
