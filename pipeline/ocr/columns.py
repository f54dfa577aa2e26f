"""Which found lines are two, standing side by side so close that they were found as one?"""

from collections.abc import Iterator
from itertools import pairwise

from extractors.rules import compile_once
from pipeline.ocr.ink import PixelBox, Reading

_RIGHT = compile_once(
    r"C[ỘO]NG H[ÒOỎ][ÀA]? ?X[ÃA] H[ỘO]I|Đ[ẢA]NG C[ỘO]NG S[ẢA]N VI[ỆE]T|Độc lập ?- ?Tự"
    r"|(?<=/\S{2,20} )\p{Lu}\p{L}+(?: \p{Lu}\p{L}+){0,3}, ?ngày"
)
"""What stands in the right half of every letterhead (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
GAP = 1.2
"""In heights of the line: wider than the blanks of justified text."""


def parted(box: PixelBox, reading: Reading) -> Iterator[tuple[PixelBox, Reading]]:
    """The line, or its two halves with their boxes."""
    at = _parting(box, reading)
    if at is None:
        yield box, reading
        return
    left, right = reading.words[:at], reading.words[at:]
    x0, top, x1, bottom = box
    middle = (left[-1].box[2] + right[0].box[0]) // 2
    middle = min(max(middle, x0 + 1), x1 - 1)
    yield (x0, top, middle, bottom), Reading(left)
    yield (middle, top, x1, bottom), Reading(right)


def _parting(box: PixelBox, reading: Reading) -> int | None:
    """The number of words left of the parting."""
    told = _RIGHT.search(reading.text)
    if told and told.start() > 0:
        return len(reading.text[: told.start()].split())
    words = reading.words
    height = box[3] - box[1]
    gaps = [b.box[0] - a.box[2] for a, b in pairwise(words)]
    widest = max(gaps, default=0)
    return gaps.index(widest) + 1 if widest > GAP * height else None
