"""Which strokes are one straight line, and which lines one drawing?

Lines that touch one another are one drawing. The strokes under words are none.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.readers.pdf.ink import Rule, Run

_TOUCH = 4.0
"""Points: borders drawn in pieces leave gaps at the corners."""
SAME = 3.0
"""Points: two lines nearer than this are one, double borders too."""


class Span(NamedTuple):
    """A straight line: across at y = `at` or down at x = `at`, from `start` to `end`."""

    at: float
    start: float
    end: float


def without_underlines(rules: Sequence[Rule], runs: Sequence[Run]) -> list[Rule]:
    """The rules without the strokes under words."""
    ordered = sorted(runs, key=lambda run: run.base)
    bases = [run.base for run in ordered]
    return [rule for rule in rules if not (rule.across and _underlines(rule, ordered, bases))]


def _underlines(rule: Rule, ordered: Sequence[Run], bases: Sequence[float]) -> bool:
    near = ordered[bisect(bases, rule.top - 4.5) : bisect(bases, rule.bottom + 0.5)]
    over = [
        run
        for run in near
        if run.x1 > rule.x0 and run.x0 < rule.x1 and rule.top - run.base < 0.28 * run.size
    ]
    if not over:
        return False
    start, end = min(run.x0 for run in over), max(run.x1 for run in over)
    return start <= rule.x0 + 3 and end >= rule.x1 - 3


def merged(spans: Iterable[Span]) -> list[Span]:
    """Pieces on one line as one, where no gap parts them."""
    result: list[Span] = []
    for line in _lines(sorted(spans)):
        at = sum(span.at for span in line) / len(line)
        start, end = None, 0.0
        for span in sorted(line, key=lambda span: span.start):
            if start is None:
                start, end = span.start, span.end
            elif span.start - end <= _TOUCH:
                end = max(end, span.end)
            else:
                result.append(Span(at, start, end))
                start, end = span.start, span.end
        if start is not None:
            result.append(Span(at, start, end))
    return result


def _lines(spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Spans at the same height (or, of those down, at the same x)."""
    line: list[Span] = []
    for span in spans:
        if line and span.at - line[0].at > 1.6:
            yield line
            line = []
        line.append(span)
    if line:
        yield line


def drawings(
    across: Sequence[Span], down: Sequence[Span]
) -> Iterator[tuple[list[Span], list[Span]]]:
    """Lines that touch one another: (those across, those down)."""
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    heights = [span.at for span in across]
    for number, span in enumerate(down):
        first, last = bisect(heights, span.start - _TOUCH), bisect(heights, span.end + _TOUCH)
        for index in range(first, last):
            if across[index].start - _TOUCH <= span.at <= across[index].end + _TOUCH:
                parent[root(index)] = root(len(across) + number)
    groups: dict[int, tuple[list[Span], list[Span]]] = {}
    for index, span in enumerate((*across, *down)):
        group = groups.setdefault(root(index), ([], []))
        group[0 if index < len(across) else 1].append(span)
    yield from (group for group in groups.values() if group[0] and len(group[1]) > 1)


def stacks_of(across: Iterable[Span]) -> Iterator[list[Span]]:
    """Three or more long lines between the same ends under one another: a table without
    lines down."""
    ends: dict[tuple[int, int], list[Span]] = {}
    for span in across:
        if span.end - span.start > 200:
            ends.setdefault((round(span.start / 6), round(span.end / 6)), []).append(span)
    yield from (stack for stack in ends.values() if len(stack) > 2)
