"""Which straight lines are drawn on the sheet, and which cells do they make?

Rulings of tables, strokes under headings, the separator above footnotes, streaks of a dirty
scanner: all are found together and taken out before recognition, so that no letter is read
through a line.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.ocr.ink import PixelBox
from pipeline.ocr.prepare import Pixels, Sheet

SHORTEST = 0.6
"""Inches: longer than the bars of TTĐT in a row, or two stems that touch."""
ROW = 0.2
"""Inches: a line down as short as a row of a table, where it joins two lines across."""
THICKEST = 0.055
"""Inches: thicker runs of ink are pictures or black borders, unless they run down half a page."""
STREAK = 3.0
"""Inches: from this length on a line may be twice as thick (dirt on the scanner's glass)."""


@dataclass(frozen=True, slots=True)
class Rulings:
    """Drawn lines as boxes in pixels; `mask`: 1 where their ink is."""

    across: tuple[PixelBox, ...]
    down: tuple[PixelBox, ...]
    mask: Pixels


def find_rulings(sheet: Sheet) -> Rulings:
    """The straight lines of the sheet."""
    across, mask_across = _strokes(sheet.ink, sheet.dpi, 0, SHORTEST)
    down, mask = _strokes(sheet.ink, sheet.dpi, 1, SHORTEST)
    mask |= mask_across
    short, mask_short = _strokes(sheet.ink, sheet.dpi, 1, ROW)
    joints = [wall for wall in short if _joins(wall, across, round(0.03 * sheet.dpi))]
    for x0, top, x1, bottom in joints:
        mask[top:bottom, x0:x1] |= mask_short[top:bottom, x0:x1]
    return Rulings(across, tuple(dict.fromkeys([*down, *joints])), mask)


def _joins(wall: PixelBox, across: Sequence[PixelBox], near: int) -> bool:
    """Whether the wall goes from one line across to another, as in a row between merged ones."""
    x = (wall[0] + wall[2]) // 2
    met = [line for line in across if line[0] - near <= x <= line[2] + near]
    return all(
        any(line[1] - near <= end <= line[3] + near for line in met) for end in (wall[1], wall[3])
    )


def _strokes(
    ink: Pixels, dpi: float, axis: int, shortest: float
) -> tuple[tuple[PixelBox, ...], Pixels]:
    """Lines along one axis (0 across, 1 down): runs of ink long and thin enough.

    Slightly skewed or frayed lines are runs of short pieces: they are joined before the
    length is asked.
    """
    piece, length, bridge = (round(dpi * part) for part in (0.12, shortest, 0.03))
    runs = cv2.morphologyEx(ink, cv2.MORPH_OPEN, _bar(piece, axis))
    joined = cv2.morphologyEx(
        cv2.dilate(runs, _bar(3, 1 - axis)), cv2.MORPH_CLOSE, _bar(bridge, axis)
    )
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    along, across = stats[:, 2 + axis], stats[:, 3 - axis]
    thickest = THICKEST * dpi * np.where(along > STREAK * dpi, 2, 1)
    fits = (along >= length) & (stats[:, cv2.CC_STAT_AREA] <= thickest * along)
    fits &= across <= np.maximum(thickest, 0.04 * along)
    fits[0] = False
    boxes = tuple((x, y, x + w, y + h) for x, y, w, h, _ in stats[fits].tolist())
    return boxes, runs & fits[labels].astype(np.uint8)


def _bar(length: int, axis: int) -> Pixels:
    """A line of ones: across for axis 0, down for axis 1."""
    return np.ones((1, length) if axis == 0 else (length, 1), np.uint8)


def without_rulings(grey: Pixels, rulings: Rulings) -> Pixels:
    """The sheet with the lines' ink turned to paper, strokes that cross them kept."""
    if not rulings.across and not rulings.down:
        return grey
    clean = grey.copy()
    mask = cv2.dilate(rulings.mask, np.ones((3, 3), np.uint8))
    for x0, top, x1, bottom in rulings.down:
        part = np.s_[top:bottom, max(x0 - 3, 0) : x1 + 3]
        clean[part] = _mended(clean[part], mask[part])
    for x0, top, x1, bottom in rulings.across:
        part = np.s_[max(top - 3, 0) : bottom + 3, x0:x1]
        clean[part] = _mended(clean[part].T, mask[part].T).T
    return clean


def _mended(part: Pixels, mask: Pixels) -> Pixels:
    """Each row with its masked run as bright as the brighter of its neighbours.

    Where both sides are ink a stroke goes through the line and stays.
    """
    width = part.shape[1]
    rows = np.arange(part.shape[0])
    first = mask.argmax(axis=1)
    last = width - 1 - mask[:, ::-1].argmax(axis=1)
    fill = np.maximum(
        part[rows, np.maximum(first - 1, 0)], part[rows, np.minimum(last + 1, width - 1)]
    )
    return np.where(mask > 0, fill[:, None], part)
