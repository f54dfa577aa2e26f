"""What pieces of lines were recognised, and which stand side by side?"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from schemas.paper import Box, Call

Column = Literal["left", "right"] | None


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a line as recognised: `box` in points. `calls`: marks of notes that stood in
    it; `mark`: the mark that stood before it and opens a note."""

    text: str
    box: Box
    confidence: float
    bold: bool = False
    calls: tuple[Call, ...] = ()
    mark: str | None = None

    @property
    def height(self) -> float:
        """Height of the box, about the size of the type."""
        return self.box[3] - self.box[1]

    @property
    def middle(self) -> float:
        """y of the middle."""
        return (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A whole line in its place; `column` and `centered` as on a Line."""

    strips: tuple[Strip, ...]
    column: Column = None
    centered: bool = False

    @property
    def box(self) -> Box:
        """The box around its strips."""
        return around(self.strips)


def around(strips: Sequence[Strip]) -> Box:
    """The box around the strips."""
    return (
        min(s.box[0] for s in strips), min(s.box[1] for s in strips),
        max(s.box[2] for s in strips), max(s.box[3] for s in strips),
    )  # fmt: skip


Row = tuple[Strip, ...]


def rows_of(strips: Sequence[Strip]) -> list[Row]:
    """Strips side by side, top down, each row from left to right."""
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda s: s.middle):
        if rows and _beside(rows[-1], strip):
            rows[-1].append(strip)
        else:
            rows.append([strip])
    return [tuple(sorted(row, key=lambda s: s.box[0])) for row in rows]


def _beside(row: Sequence[Strip], strip: Strip) -> bool:
    """Whether the strip stands in that row: it overlaps none and lies at about their height."""
    apart = all(s.box[2] <= strip.box[0] + 3 or strip.box[2] <= s.box[0] + 3 for s in row)
    level = median(s.middle for s in row)
    return apart and abs(level - strip.middle) < 0.45 * min(strip.height, row[0].height)
