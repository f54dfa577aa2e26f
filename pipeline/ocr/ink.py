"""What did an engine see: words with boxes in pixels of the sheet."""

from collections.abc import Iterable
from typing import NamedTuple

PixelBox = tuple[int, int, int, int]
"""x0, top, x1, bottom in pixels of the sheet."""


class Word(NamedTuple):
    """A word as recognised; `confidence` 0 to 1."""

    text: str
    box: PixelBox
    confidence: float


class Reading(NamedTuple):
    """What one engine makes of one line of ink."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def confidence(self) -> float:
        """The mean over characters, 0 to 1; 0 where nothing was read."""
        length = sum(len(word.text) for word in self.words)
        return sum(word.confidence * len(word.text) for word in self.words) / max(length, 1)


def united(boxes: Iterable[PixelBox]) -> PixelBox:
    """The box around the boxes."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)
