"""Which straight lines are drawn on a page: borders of tables, strokes under words?"""

from collections.abc import Iterator, Sequence

from pipeline.readers.pdf import pdfium as asked
from pipeline.readers.pdf.frame import Frame
from pipeline.readers.pdf.ink import Rule
from pipeline.readers.pdf.objects import Thing

_THICKEST = 3.0
"""Points: borders of tables are 0.5 to 1.5, double ones up to 3."""
_THINNEST = 0.5
"""The same of an edge, which may be slightly aslant."""
_SHORTEST = 2.0
_MOST_SEGMENTS = 50_000
"""Maps and drawings have hundreds of thousands; tables never."""


def rules_of(frame: Frame, things: Sequence[Thing]) -> Iterator[Rule]:
    """The straight lines across and down."""
    budget = _MOST_SEGMENTS
    for thing in things:
        if thing.kind != asked.PATH:
            continue
        segments = asked.count_segments(thing.address)
        budget -= segments
        if budget < 0:
            return
        yield from _in_path(frame, thing, segments)


def _in_path(frame: Frame, thing: Thing, segments: int) -> Iterator[Rule]:
    filled, stroked = asked.is_drawn(thing.address)
    if not filled and not stroked:
        return
    if segments <= 5:
        whole = frame.placed(thing, asked.bounds_of(thing.address))
        if min(whole.right - whole.left, whole.top - whole.bottom) <= _THICKEST:
            yield from _long(Rule(*whole))
            return
    own = asked.matrix_of(thing.address).then(thing.outer)
    for part in asked.corners(thing.address):
        yield from _edges([frame.matrix.point(*own.point(*at)) for at in part], stroked)


def _long(rule: Rule) -> Iterator[Rule]:
    if max(rule.x1 - rule.x0, rule.bottom - rule.top) >= _SHORTEST:
        yield rule


def _edges(points: Sequence[tuple[float, float]], stroked: bool) -> Iterator[Rule]:
    """A thin part is one line; of a stroked part each straight edge is one."""
    if len(points) < 2:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    whole = Rule(min(xs), min(ys), max(xs), max(ys))
    if min(whole.x1 - whole.x0, whole.bottom - whole.top) <= _THICKEST:
        yield from _long(whole)
    elif stroked:
        for (xa, ya), (xb, yb) in zip(points, (*points[1:], points[0]), strict=True):
            edge = Rule(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))
            if min(edge.x1 - edge.x0, edge.bottom - edge.top) <= _THINNEST:
                yield from _long(edge)
