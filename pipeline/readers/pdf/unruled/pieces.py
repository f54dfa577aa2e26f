"""Where is a row of a page white, and which pieces or columns does white part it into?"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.rules import compile_once
from pipeline.readers.pdf.rows import Row

Strip = tuple[float, float]
"""White from x to x."""

MARK = compile_once(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[IVXL]{1,6}|\p{L})[.)]{0,2}|[-+*•]")
"""A number or a letter of a row."""


class Piece(NamedTuple):
    """Runs of a row that no wide gap parts."""

    x0: float
    x1: float
    row: Row

    @property
    def text(self) -> str:
        """What it says."""
        return self.row.rough


def pieces_of(row: Row, widest: float = 0.6) -> list[Piece]:
    """The row where gaps wider than that share of its size part it."""
    ends = [(row.x0 - 1, row.x0 - 1), *gaps_of(row, max(widest * row.size, 5.0))]
    starts = [end for _, end in ends]
    stops = [start for start, _ in ends[1:]] + [row.x1 + 1]
    parts = (row.part(start, stop) for start, stop in zip(starts, stops, strict=True))
    return [Piece(part.x0, part.x1, part) for part in parts if part]


def gaps_of(row: Row, narrowest: float) -> list[Strip]:
    """The white between the runs of a row, as wide as that or wider."""
    gaps: list[Strip] = []
    end = row.runs[0].x1
    for run in row.runs[1:]:
        if run.x0 - end >= narrowest:
            gaps.append((end, run.x0))
        end = max(end, run.x1)
    return gaps


def walls_between(strips: Sequence[Sequence[Strip]]) -> list[float]:
    """Where each two columns part: in the widest white between them."""
    widest = (max(strip, key=lambda white: white[1] - white[0]) for strip in strips)
    return [0.5 * (start + end) for start, end in widest]


def in_columns(row: Row, walls: Sequence[float]) -> list[Row | None]:
    """What of a row stands in each column."""
    edges = [-1e4, *walls, 1e4]
    return [row.part(start, end) for start, end in pairwise(edges)]
