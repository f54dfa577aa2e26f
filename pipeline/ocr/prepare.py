"""How is a scanned page made ready to be recognised?

Resolution, stamp ink, paper shade, orientation, skew, specks and ink, in this order. Everything
later works on one `Sheet`; `Sheet.place` takes a box of it back to the page it came from.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.ocr.ink import PixelBox
from schemas.paper import Box

Pixels = NDArray[Any]
"""Grey or ink, one byte a pixel."""

POINTS_PER_INCH = 72.0
READING_DPI = 220.0
"""Type of 13 or 14 points is then some 40 pixels high; Tesseract's network works at 36."""
STRAIGHT = 0.1
"""Degrees of skew that are left alone."""
APART = 0.03
"""Inches from the nearest letter to a speck that belongs to none."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page ready for recognition. `grey`: 0 black to 255 paper; `ink`: 1 where there is ink;
    `to_page`: 2×3 affine from pixels of the sheet to points of the upright page; `turns`: quarter
    turns clockwise that stood it upright; `skew`: degrees clockwise that were taken out."""

    grey: Pixels
    ink: Pixels
    dpi: float
    to_page: NDArray[np.float64]
    turns: int = 0
    skew: float = 0.0

    def place(self, box: PixelBox) -> Box:
        """The box in points of the page: its centre exactly, its size as on the upright sheet.

        A box turned with the page's skew would grow by its length times the sine.
        """
        x0, top, x1, bottom = box
        x, y = self.to_page @ ((x0 + x1) / 2, (top + bottom) / 2, 1.0)
        half = np.array([x1 - x0, bottom - top]) * POINTS_PER_INCH / self.dpi / 2
        return (round(x - half[0], 1), round(y - half[1], 1),
                round(x + half[0], 1), round(y + half[1], 1))  # fmt: skip


def prepare(image: Image.Image, dpi: float, turns: int = 0) -> Sheet:
    """The image of a page, `dpi` pixels an inch, turned by quarter turns, ready to be read."""
    cv2.setNumThreads(1)
    grey = without_stamps(np.asarray(image.convert("RGB")))
    grey, scale = _at_reading_size(grey, dpi)
    grey = np.ascontiguousarray(np.rot90(_flattened(grey), -turns))
    skew = skew_of(grey)
    back = np.eye(3)
    if abs(skew) >= STRAIGHT:
        grey, back = _turned(grey, skew)
    to_page = np.diag([POINTS_PER_INCH / (dpi * scale)] * 2 + [1.0]) @ back
    ink = ink_of(grey)
    grey, ink = without_specks(grey, ink, dpi * scale)
    return Sheet(grey, ink, dpi * scale, to_page[:2], turns, skew)


def without_stamps(rgb: Pixels) -> Pixels:
    """Grey in which red ink and faint coloured marks are paper: seals, red scribbles.

    Black ink is dark in every channel, red ink only in green and blue, so red's own channel
    shows the words under a seal without the seal. Blue stays: dates and numbers are filled in
    with blue pens.
    """
    if rgb.ndim == 2:
        return rgb
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    return np.where(red_of(rgb) > 40, cv2.max(grey, rgb[..., 0]), grey)


def red_of(rgb: Pixels) -> Pixels:
    """How much redder each pixel is than grey, 0 to 255."""
    red, green, blue = (rgb[..., i] for i in range(3))
    return cv2.subtract(red, cv2.max(green, blue))


def _at_reading_size(grey: Pixels, dpi: float) -> tuple[Pixels, float]:
    """The image at the reading resolution and the factor; near enough it stays as it is."""
    scale = READING_DPI / dpi
    if 0.8 <= scale <= 1.25:
        return grey, 1.0
    size = (round(grey.shape[1] * scale), round(grey.shape[0] * scale))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(grey, size, interpolation=way), scale


def _flattened(grey: Pixels) -> Pixels:
    """The paper made evenly white: shade, folds and coloured paper divided away."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, 9), (0, 0), 4)
    paper = cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, np.maximum(paper, 60), scale=255)


def skew_of(grey: Pixels, reach: float = 6.0) -> float:
    """Degrees clockwise by which the text runs down, the sharpest row profile telling."""
    side = max(grey.shape)
    small = 255 - cv2.resize(grey, None, fx=900 / side, fy=900 / side, interpolation=cv2.INTER_AREA)
    small = _without_borders(small)
    if small.mean() < 0.5:
        return 0.0
    best = 0.0
    for step, span in ((1.0, reach), (0.25, 1.0), (0.05, 0.25)):
        angles = np.arange(best - span, best + span + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(small, float(angle))))
    return best


def _without_borders(ink: Pixels) -> Pixels:
    """The middle of the page: black scan edges are straight, whatever the text is."""
    height, width = ink.shape
    return ink[height // 20 : -height // 20, width // 16 : -width // 16]


def _sharpness(ink: Pixels, angle: float) -> float:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height)).sum(axis=1, dtype=np.int64)
    return float(np.square(np.diff(rows)).sum())


def _turned(grey: Pixels, skew: float) -> tuple[Pixels, NDArray[np.float64]]:
    """The image straightened, and the 3×3 affine that leads back."""
    height, width = grey.shape
    there = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    straight = cv2.warpAffine(grey, there, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return straight, np.vstack([cv2.invertAffineTransform(there), (0, 0, 1)])


def ink_of(grey: Pixels, window: int = 51, k: float = 0.3) -> Pixels:
    """1 where there is ink: Sauvola's threshold m(1 + k(s/128 - 1)) over a square window.

    Sauvola and Pietikäinen, Adaptive document image binarization (2000). Mean and deviation
    are taken at half size: a quarter of the work, the same ink.
    """
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    half = half.astype(np.float32)
    side = (window // 2, window // 2)
    mean = cv2.boxFilter(half, -1, side, borderType=cv2.BORDER_REPLICATE)
    square = cv2.sqrBoxFilter(half, -1, side, borderType=cv2.BORDER_REPLICATE)
    deviation = np.sqrt(np.maximum(square - mean * mean, 0))
    level = np.clip(mean * (1 + k * (deviation / 128 - 1)), 0, 255).astype(np.uint8)
    full = cv2.resize(level, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return (grey < full).astype(np.uint8)


def without_specks(grey: Pixels, ink: Pixels, dpi: float) -> tuple[Pixels, Pixels]:
    """Both without specks that lie apart from letters, where there are many.

    Dots and tone marks are as small, but near a letter.
    """
    _, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    tiny = sides <= 0.02 * dpi
    letters = (~tiny)[labels] & (ink > 0)
    away = cv2.distanceTransform((~letters).astype(np.uint8), cv2.DIST_L2, 3)
    x, y = centres.round().astype(int).T
    lone = tiny & (away[y, x] > APART * dpi)
    lone[0] = False
    if int(lone.sum()) < 0.05 * int((~tiny).sum()):
        return grey, ink
    specks = lone[labels].astype(np.uint8)
    grown = cv2.dilate(specks, np.ones((3, 3), np.uint8))
    return np.where(grown > 0, np.uint8(255), grey), np.where(specks > 0, np.uint8(0), ink)
