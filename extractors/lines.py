"""Which lines of ink are one paragraph?

A reader that knows (paragraphs of a DOCX) says so in `Line.starts`; for lines that come with a
place only (PDF, scans) it is told from the page, see `extractors.openings`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TypeVar

from extractors.openings import (
    Area,
    Inked,
    Pair,
    opens_in_cell,
    opens_in_centred_cell,
    opens_in_column,
    opens_in_text,
    opens_in_title,
)
from extractors.rules import compile_once
from extractors.tables import join_tables
from schemas.paper import Box

__all__ = ["is_split", "join_tables", "openings", "openings_in_cell", "paragraphs_of"]

AnyLine = TypeVar("AnyLine", bound=Inked)
Areas = dict[int, Area]


def paragraphs_of(lines: Sequence[AnyLine]) -> Iterator[Sequence[AnyLine]]:
    """The lines grouped into paragraphs, in order."""
    group: list[AnyLine] = []
    for line, opens in zip(lines, openings(lines), strict=True):
        if group and opens:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


_BROKEN = compile_once(r"[\p{L}\p{N}][-/]$|(?<!\S)(?:https?://|www\.)\S+[./-]$")


def is_split(before: str, after: str) -> bool:
    """Whether a line ends inside a word: "số 77/UBND-" and "VX" are one number."""
    if not before.endswith(("-", "/", ".")) or not after[:1].isalnum():
        return False  # nearly all lines
    return _BROKEN.search(before) is not None


def openings(lines: Sequence[Inked]) -> list[bool]:
    """For each line whether it opens a paragraph."""
    if all(line.starts is not None for line in lines):
        return [bool(line.starts) for line in lines]
    areas = _areas(lines)
    inset = _inset(lines, areas)
    result: list[bool] = []
    before: Inked | None = None
    for index, line in enumerate(lines):
        if line.starts is not None:
            result.append(line.starts)
        elif before is None or line.role == before.role == "note":
            result.append(line.role != "note" or line.mark is not None)
        else:
            result.append(_opens(before, line, inset.get(index, areas)))
        before = line
    return result


def _opens(before: Inked, line: Inked, areas: Areas) -> bool:
    if line.role != before.role or line.column != before.column:
        return True
    pair = _pair(before, line, areas)
    if pair is None:
        return True
    if line.column is not None:
        return opens_in_column(pair)
    if _of_other_size(pair):
        return True
    if before.centered or line.centered:
        return opens_in_title(pair)
    return opens_in_text(pair)


def _pair(before: Inked, line: Inked, areas: Areas) -> Pair | None:
    """Both with their places; None for lines without one."""
    nowhere = Area(0.0, 0.0, 0.0) if line.column else None
    area, above = areas.get(line.page, nowhere), areas.get(before.page, nowhere)
    if before.box is None or line.box is None or area is None or above is None:
        return None
    return Pair(before, line, before.box, line.box, above, area)


def _of_other_size(pair: Pair) -> bool:
    before, line = pair.before.size, pair.line.size
    return not pair.rough and before is not None and line is not None and abs(before - line) > 1.2


# --- Where text stands ----------------------------------------------------------------------------


def _areas(lines: Iterable[Inked]) -> Areas:
    """The text area of each page; a page of few lines borrows the one before."""
    pages: dict[int, list[Inked]] = {}
    for line in lines:
        if line.box and line.role == "text" and line.column is None:
            pages.setdefault(line.page, []).append(line)
    areas: Areas = {}
    known: Area | None = None
    for page, inked in pages.items():
        area = area_of(inked)
        if known and len(inked) < 6:
            near = abs(area.left - known.left) < 80 and area.right < known.right + 40
            leading = area.leading or known.leading
            area = Area(known.left, known.right, leading) if near else area
        else:
            known = area
        areas[page] = area
    return areas


def area_of(lines: Sequence[Inked]) -> Area:
    """The text area of lines of one page: the margins that most of the long lines keep."""
    boxes = [line.box for line in lines if line.box]
    if not boxes:
        return Area(0.0, 0.0, 0.0)
    widest = max(box[2] - box[0] for box in boxes)
    long = [box for box in boxes if box[2] - box[0] >= 0.75 * widest]
    left = _nth(sorted(box[0] for box in long), 0.1)
    right = _nth(sorted(box[2] for box in long), 0.75)
    return Area(left, right, _leading(line.box for line in _of_usual_size(lines)))


def _of_usual_size(lines: Sequence[Inked]) -> Sequence[Inked]:
    """The lines of the size most have; of recognised ones all, as no two have quite the same."""
    usual, count = Counter(line.size for line in lines).most_common(1)[0]
    few = count < min(3, len(lines))
    return lines if few else [line for line in lines if line.size == usual]


def _leading(boxes: Iterable[Box | None]) -> float:
    """From line to line: what most neighbours keep."""
    places = [box for box in boxes if box]
    steps = sorted(b[3] - a[3] for a, b in pairwise(places) if 4 < b[3] - a[3] < 60)
    return _nth(steps, 0.3) if steps else 0.0


def _nth(values: Sequence[float], share: float) -> float:
    return values[min(int(len(values) * share), len(values) - 1)]


def _inset(lines: Sequence[Inked], areas: Areas) -> dict[int, Areas]:
    """For lines of a block set far to the right (addressees, a quotation) its own margins."""
    result: dict[int, Areas] = {}
    at = 0
    for place, group in groupby(lines, key=lambda line: _far_left(line, areas)):
        block = list(group)
        if place is not None and len(block) > 2:
            right = max(line.box[2] for line in block if line.box)
            own = {place[0]: areas[place[0]]._replace(right=right)}
            result.update(dict.fromkeys(range(at, at + len(block)), own))
        at += len(block)
    return result


def _far_left(line: Inked, areas: Areas) -> tuple[int, int] | None:
    """Page and rounded left edge of a line that begins beyond any indent of a paragraph."""
    area = areas.get(line.page)
    if area is None or line.box is None or line.column or line.box[0] - area.left < 55:
        return None
    return line.page, round(line.box[0] / 6)


# --- Table cells ----------------------------------------------------------------------------------

_PADDING = 4.0
"""Points between the text of a cell and its border."""


def openings_in_cell(lines: Sequence[Inked], left: float, right: float) -> list[bool]:
    """For each line of a table cell between those borders whether it opens a paragraph."""
    area = Area(left, right - _PADDING, _leading(line.box for line in lines))
    question = opens_in_centred_cell if _is_centred(lines, left, right) else opens_in_cell
    result = [True] if lines else []
    for before, line in pairwise(lines):
        pair = _pair(before, line, {before.page: area, line.page: area})
        result.append(pair is None or question(pair))
    return result


def _is_centred(lines: Sequence[Inked], left: float, right: float) -> bool:
    boxes = [line.box for line in lines if line.box]
    middle = 0.5 * (left + right)
    return len(boxes) > 1 and all(abs(0.5 * (box[0] + box[2]) - middle) < 4 for box in boxes)
