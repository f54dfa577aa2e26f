"""Which rows of a page begin a row of the table?

At a number in the first column, at a ruling or, where the first column holds words, at white or
at a fresh sentence.
"""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extractors.rules import compile_once
from pipeline.readers.pdf.unruled.levels import Level
from pipeline.readers.pdf.unruled.reach import Part

_FRESH = compile_once(r"[\p{Lu}\d(\-+•*–“\"]")


def strokes_in(part: Part) -> list[float]:
    """The lines across the table between its rows."""
    rows = part.page.rows[part.first : part.last + 1]
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    return [
        stroke.at
        for stroke in part.page.strokes
        if rows[0].base < stroke.at < rows[-1].base
        and min(stroke.end, right) - max(stroke.start, left) > 0.6 * (right - left)
    ]


def starts_of(levels: Sequence[Level], strokes: Sequence[float], in_middle: bool) -> list[bool]:
    """For each row of the page whether a row of the table begins with it."""
    if len(strokes) > 1:
        told = [
            _is_parted(above, level, strokes) or (level.marked and not in_middle)
            for above, level in pairwise(levels)
        ]
        return [True, *told] if levels else []
    if not _is_numbered(levels):
        return _by_sentence(levels)
    if in_middle:
        return _around_numbers(levels)
    return [
        level.first is not None or not n or (levels[n - 1].crossing and not _goes_on(level))
        for n, level in enumerate(levels)
    ]


def _is_parted(above: Level, below: Level, strokes: Sequence[float]) -> bool:
    return any(above.base - 1 < at < below.base - 0.5 * below.size for at in strokes)


def _goes_on(level: Level) -> bool:
    return len(level.held) == 1 and level.held[0].row.rough[:1].islower()


def _is_numbered(levels: Sequence[Level]) -> bool:
    """Whether the first column holds numbers."""
    firsts = [level for level in levels if level.first is not None and not level.crossing]
    return bool(firsts) and sum(level.marked for level in firsts) >= 0.6 * len(firsts)


def is_in_middle(levels: Sequence[Level]) -> bool:
    """Whether numbers stand in the middle of their rows: above the first, words of its row;
    beside many, nothing or the middle of a sentence, or words half a line off."""
    first = next((level for level in levels if not level.crossing), None)
    numbers = [n for n, level in enumerate(levels) if level.marked and not level.crossing]
    inside = sum(_is_inside(levels, number) for number in numbers)
    return first is not None and (first.first is None or inside > 0.3 * len(numbers))


def _is_inside(levels: Sequence[Level], number: int) -> bool:
    level = levels[number]
    if len(level.held) == 1 or any(held.row.rough[:1].islower() for held in level.held[1:]):
        return True
    near = [*levels[max(number - 1, 0) : number], *levels[number + 1 : number + 2]]
    return any(abs(other.base - level.base) < 0.75 * level.size for other in near)


def _around_numbers(levels: Sequence[Level]) -> list[bool]:
    """As much of each row of the table stands above its number as below it."""
    starts = [n == 0 or level.crossing for n, level in enumerate(levels)]
    seams = _seams(levels)
    numbers = [n for n, level in enumerate(levels) if level.first is not None]
    top = 0
    for number, following in pairwise(numbers):
        if levels[number].crossing or levels[following].crossing:
            top = number + 1 if levels[number].crossing else following
        else:
            top = _bottom(levels, top, number, _among(seams, number + 1, following))
        starts[top] = True
    return starts


def _bottom(levels: Sequence[Level], top: int, number: int, places: Sequence[int]) -> int:
    """Which of the places ends the row of the table that begins at `top` around its number."""
    middle = levels[number].base - 0.3 * levels[number].size
    bottom = 2 * middle - (levels[top].base - 0.8 * levels[top].size)
    return min(places, key=lambda place: abs(_above(levels, place) - bottom))


def _above(levels: Sequence[Level], place: int) -> float:
    """The height between a row of the page and the one before it."""
    above, below = levels[place - 1], levels[place]
    return 0.5 * (above.base + below.base - 0.6 * below.size)


def _among(seams: Sequence[bool], first: int, last: int) -> Sequence[int]:
    places = range(first, last + 1)
    return [place for place in places if seams[place]] or places


def _seams(levels: Sequence[Level]) -> list[bool]:
    """Before which rows of the page more is white in every column than between two lines."""
    columns: dict[int, list[int]] = {}
    for number, level in enumerate(levels):
        for held in level.held:
            columns.setdefault(held.column, []).append(number)
    pairs = [pair for numbers in columns.values() for pair in pairwise(numbers)]
    steps = sorted(levels[b].base - levels[a].base for a, b in pairs)
    leading = steps[len(steps) // 4] if steps else 0.0
    seams = [True] * len(levels)
    for a, b in pairs:
        if levels[b].base - levels[a].base < 1.06 * leading:
            seams[a + 1 : b + 1] = [False] * (b - a)
    return seams


def _by_sentence(levels: Sequence[Level]) -> list[bool]:
    """Where the first column holds words: at white, or where a fresh sentence begins in each."""
    steps = [b.base - a.base for a, b in pairwise(levels)]
    leading = median(steps) if steps else 0.0
    starts = [True] if levels else []
    for above, level in pairwise(levels):
        step = level.base - above.base
        fresh = all(_FRESH.match(held.row.rough) for held in level.held)
        more = len(level.held) > max(1, min(len(above.held), 2)) or above.crossing
        starts.append(
            level.crossing
            or (level.first is not None and fresh and (more or step > 1.25 * leading))
        )
    return starts
