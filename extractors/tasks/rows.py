"""What are the rows of an assignment table: duties, headings, halves of rows?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from extractors.rules import compile_once
from extractors.tasks.header import Cells, Plan, is_header_row
from schemas.letter import GridCell, Letter, Span

VALUES = ("lead", "support", "owner", "monitor", "approver", "time", "product", "funding")
"""The kinds of columns whose cells say something about the duty of their row."""

LABELLED = compile_once(r"(?P<label>[IVX]{1,6}|[A-HĐ]|\d{1,2})[.)/:-] ?", regex.V1)
_NOTHING = compile_once(r"[-–—./…x0 ]*", regex.V1)
_NUMBER = compile_once(
    r"\(?(?P<label>[IVX]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3}){0,3}|[a-zđ]\d?)[.):/]*", regex.V1
)
_CELL_LABEL = compile_once(r"(?P<label>\d{1,2}(?:\.\d{1,2})?)[.)] (?=\p{Lu})", regex.V1)
_ROMAN = compile_once(r"[IVX]{1,6}|[A-HĐ]", regex.V1)


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header: its label, its duty's words, its values by column.

    `group`: a heading of the rows below it.
    """

    place: int
    label: str
    task: Span
    values: dict[int, Span]
    group: bool


def read_rows(cells: Cells, plan: Plan) -> list[Row]:
    """The rows below the header, each half with its other half, headings told."""
    rows = _numbered(_repaired(list(_joined(cells, plan))))
    letter = cells.letter
    return [_with_group(row, rows[nth + 1 : nth + 2], letter) for nth, row in enumerate(rows)]


def _joined(cells: Cells, plan: Plan) -> Iterator[Row]:
    """The rows in order, halves that a page break parted put together."""
    held: Row | None = None
    for row in _rows(cells, plan):
        if held and _goes_on(cells, held, row):
            held = _with_half(held, row)
            continue
        if held:
            yield held
        held = row
    if held:
        yield held


def _rows(cells: Cells, plan: Plan) -> Iterator[Row]:
    for place in range(plan.first, cells.grid.rows):
        row = None if is_header_row(cells, plan, place) else _row(cells, plan, place)
        if row:
            yield row


def _row(cells: Cells, plan: Plan, place: int) -> Row | None:
    """One row; None where it holds no duty and no heading."""
    filled = [cell for cell in cells.row(place) if cells.words(cell)]
    if not filled or plan.task is None:
        return None
    if len(filled) <= 2 and _spans_values(filled, plan):
        return _title(cells, place, filled)
    task = cells.at(place, plan.task.place)
    if task is None or not cells.words(task):
        return _title(cells, place, filled) if len(filled) == 1 else None
    label, shared = _label(cells, plan, place)
    label, words = _own_label(cells, label, shared, Span(task.start, task.end))
    return Row(place, label, words, dict(_values(cells, plan, place)), False)


def _spans_values(filled: Sequence[GridCell], plan: Plan) -> bool:
    """A cell merged over the columns of owners and times is a heading."""
    places = [column.place for column in plan.of(*VALUES)]
    return any(
        cell.columns >= 2
        and any(cell.column <= place < cell.column + cell.columns for place in places)
        for cell in filled
    )


def _title(cells: Cells, place: int, filled: Sequence[GridCell]) -> Row:
    """A row that is only a heading, its label in a cell of its own or before its words."""
    words = cells.words(filled[0])
    match = _NUMBER.fullmatch(words) if len(filled) > 1 else LABELLED.match(words)
    longest = max(filled, key=lambda cell: cell.end - cell.start)
    return Row(place, match["label"] if match else "", Span(longest.start, longest.end), {}, True)


def _label(cells: Cells, plan: Plan, place: int) -> tuple[str, bool]:
    """The figure in the row's first column, and whether other rows share its cell."""
    for column in plan.of("number"):
        cell = cells.at(place, column.place)
        match = _NUMBER.fullmatch(cells.words(cell))
        if cell and match:
            return str(match["label"]), cell.rows > 1
    return "", False


def _own_label(cells: Cells, label: str, shared: bool, task: Span) -> tuple[str, Span]:
    """A figure that opens the duty's cell is the row's own, below the one of its first column."""
    match = _CELL_LABEL.match(cells.letter.key, task.start, task.end)
    if not match:
        return label, task
    inner = str(match["label"])
    joined = inner if not label or (label == inner and not shared) else f"{label}.{inner}"
    return (inner if inner.startswith(f"{label}.") else joined), Span(match.end(), task.end)


def _values(cells: Cells, plan: Plan, place: int) -> Iterator[tuple[int, Span]]:
    for column in plan.of(*VALUES, "remark"):
        cell = cells.at(place, column.place)
        words = cells.words(cell)
        if cell and words and not _NOTHING.fullmatch(words):
            yield column.place, Span(cell.start, cell.end)


def _goes_on(cells: Cells, held: Row, row: Row) -> bool:
    """Is a row only the lower half of the one before it?"""
    if row.group or held.group or row.label:
        return False
    return cells.letter.text[row.task.start : row.task.start + 1].islower()


def _with_half(held: Row, half: Row) -> Row:
    task = Span(held.task.start, half.task.end)
    return replace(held, task=task, values={**half.values, **held.values})


def _numbered(rows: Sequence[Row]) -> list[Row]:
    """Rows whose figure could not be read get the one that is missing between their neighbours."""
    found: list[Row] = []
    for nth, row in enumerate(rows):
        before = found[-1].label if found else ""
        after = next((one.label for one in rows[nth + 1 :] if one.label), "")
        lost = not row.label and not row.group and bool(row.values)
        missing = lost and _misses(before, after)
        found.append(replace(row, label=str(int(before) + 1)) if missing else row)
    return found


def _repaired(rows: Sequence[Row]) -> list[Row]:
    """Labels whose dot was not read: "28" between "2.7" and "2.9", "11" after "1"."""
    found: list[Row] = []
    for nth, row in enumerate(rows):
        before = found[-1].label if found else ""
        after = rows[nth + 1].label if nth + 1 < len(rows) else ""
        label = _dotted(row.label, before, after) if row.label.isdigit() else row.label
        found.append(replace(row, label=label))
    return found


def _dotted(label: str, before: str, after: str) -> str:
    stem, _, last = before.rpartition(".")
    if stem and last.isdigit() and label == f"{stem}{int(last) + 1}".replace(".", ""):
        return f"{stem}.{int(last) + 1}"
    if before.isdigit() and label == f"{before}1" and after in (f"{before}.2", f"{before}2"):
        return f"{before}.1"
    return label


def _misses(before: str, after: str) -> bool:
    """Is there room for a figure between two: 5 and 7?"""
    return before.isdigit() and (not after.isdigit() or int(after) > int(before) + 1)


def _with_group(row: Row, following: Sequence[Row], letter: Letter) -> Row:
    """A row with a label, without values, over deeper rows is a heading."""
    if row.group or row.values:
        return row
    titled = LABELLED.match(letter.key, row.task.start, row.task.end)
    if not row.label and titled:
        return replace(row, group=True, label=str(titled["label"]))
    below = following[0].label if following else ""
    over = bool(row.label and below and is_deeper(below, row.label))
    shouted = letter.text[row.task.start : row.task.end].isupper()
    return replace(row, group=bool(_ROMAN.fullmatch(row.label)) or over or shouted)


def is_deeper(label: str, above: str) -> bool:
    """Does a row with `label` stand under one with `above`?"""
    if not label and not above:
        return False
    return _level(label) > _level(above)


def _level(label: str) -> int:
    if not label:
        return 9
    if _ROMAN.fullmatch(label):
        return 1 if len(label) > 1 or label in "IVX" else 0
    return 2 + label.count(".") if label[0].isdigit() else 7
