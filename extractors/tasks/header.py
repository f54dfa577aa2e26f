"""How is an assignment table laid out: what stands in which column, where do its rows begin?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from extractors.rules import BLIND, CompiledRule, compile_once, expanded, rules
from extractors.tasks.labelled import bare_of
from extractors.text import unaccented, unaccented_pattern
from schemas.letter import Grid, GridCell, Letter
from schemas.task import Bare

_ROWS = "table_headers"
_AROUND = " .:*\"'|“”"
_DEEPEST_HEADER = 6
_OWNERS = ("lead", "owner")
_COUNTED = compile_once(r"\(?(?:\d{1,2}|[A-Z]|[IVX]{1,4})\)?", regex.V1)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands in it, what its bare figures mean, the row that read its header."""

    place: int
    kind: str
    rule: str
    bare: Bare | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The layout of a table. `first`: its first row below the header."""

    columns: tuple[Column, ...]
    first: int
    width: int

    def of(self, *kinds: str) -> tuple[Column, ...]:
        """The columns of these kinds, from left to right."""
        return tuple(column for column in self.columns if column.kind in kinds)

    @property
    def task(self) -> Column | None:
        """The column that holds the duty: the strongest name, the rightmost of several."""
        tasks = self.of("task")
        strong = [column for column in tasks if not column.weak]
        return (strong or tasks)[-1] if tasks else None

    @property
    def assigns(self) -> bool:
        """Does the table give work? It names duties and who does them or until when."""
        if self.task is None or self.of("people"):
            return False
        if self.of("place") and not self.of("lead"):
            return False
        if self.of(*_OWNERS):
            return not self.task.weak or bool(
                self.of("lead", "time", "support", "product", "number")
            )
        sure = not self.task.weak or bool(self.of("product"))
        return bool(self.of("time")) and sure and len(self.of("figure")) <= 1


class Cells:
    """The cells of a grid by row and column, merged ones at every place they cover."""

    def __init__(self, letter: Letter, grid: Grid) -> None:
        self.letter, self.grid = letter, grid
        self._at: dict[tuple[int, int], GridCell] = {}
        for cell in grid.cells:
            for row in range(cell.row, cell.row + max(cell.rows, 1)):
                for column in range(cell.column, cell.column + max(cell.columns, 1)):
                    self._at[row, column] = cell

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that covers a place."""
        return self._at.get((row, column))

    def words(self, cell: GridCell | None) -> str:
        """A cell's key in one line."""
        if cell is None:
            return ""
        return " ".join(self.letter.key[cell.start : cell.end].split())

    def row_words(self, row: int) -> list[str]:
        """The words of the distinct cells of a row."""
        return [self.words(cell) for cell in self.row(row)]

    def row(self, row: int) -> list[GridCell]:
        """The distinct cells of a row from left to right."""
        cells = (self._at.get((row, column)) for column in range(self.grid.columns))
        return list(dict.fromkeys(cell for cell in cells if cell is not None))


def read_plan(letter: Letter, grid: Grid) -> Plan | None:
    """The layout told by a table's header; None where it has none that we know."""
    cells = Cells(letter, grid)
    top = _header_top(cells)
    if top is None:
        return None
    bottom = _header_bottom(cells, top)
    columns = tuple(_columns(cells, range(top, bottom + 1)))
    first = _after_counted(cells, bottom + 1)
    return Plan((*columns, *_unnamed_task(cells, columns, first)), first, grid.columns)


def _unnamed_task(cells: Cells, columns: Sequence[Column], first: int) -> tuple[Column, ...]:
    """Where owners and times have columns and duties none that we know ("Mô hình"), they are what
    is longest in the columns left."""
    kinds = {column.kind for column in columns}
    if "task" in kinds or "time" not in kinds or kinds.isdisjoint(_OWNERS):
        return ()
    known = {column.place for column in columns}
    left = [place for place in range(cells.grid.columns) if place not in known]
    rows = range(first, cells.grid.rows)
    lengths = {place: sum(len(cells.words(cells.at(row, place))) for row in rows) for place in left}
    longest = max(left, key=lengths.__getitem__, default=None)
    if longest is None or not lengths[longest]:
        return ()
    return (Column(longest, "task", "column.unnamed"),)


def _header_top(cells: Cells) -> int | None:
    """The first row with two cells that are names of columns."""
    for row in range(min(cells.grid.rows, _DEEPEST_HEADER)):
        if sum(read_column(words) is not None for words in cells.row_words(row)) >= 2:
            return row
    return None


def _header_bottom(cells: Cells, top: int) -> int:
    """The last row of the header: as deep as its merged cells, and rows of nothing but names."""
    bottom = max(cell.row + cell.rows - 1 for cell in cells.row(top))
    bottom = min(bottom, top + 2, cells.grid.rows - 1)
    while bottom + 1 < cells.grid.rows and _names_only(cells, bottom + 1):
        bottom += 1
    return bottom


def _names_only(cells: Cells, row: int) -> bool:
    names = [words for words in cells.row_words(row) if words]
    return len(names) >= 2 and all(read_column(words) for words in names)


def _after_counted(cells: Cells, row: int) -> int:
    """Past a row that only counts the columns: (1), (2), (3)."""
    if row < cells.grid.rows:
        words = [words for words in cells.row_words(row) if words]
        if len(words) >= 3 and all(_COUNTED.fullmatch(word) for word in words):
            return row + 1
    return row


def is_header_row(cells: Cells, plan: Plan, row: int) -> bool:
    """Is a row the header once more, as on the next page?"""
    words = [cells.words(cells.at(row, column.place)) for column in plan.columns]
    named = [column for column, name in zip(plan.columns, words, strict=True)
             if (rule := read_column(name)) and rule.id == column.rule]  # fmt: skip
    return len(named) >= 2 and len(named) >= len([word for word in words if word]) - 1


def _columns(cells: Cells, header: range) -> Iterable[Column]:
    for place in range(cells.grid.columns):
        names = _names(cells, header, place)
        column = _column(place, names)
        if column:
            yield column


def _names(cells: Cells, header: range, place: int) -> list[str]:
    """The header's words over a column, the lowest first."""
    found = dict.fromkeys(cells.words(cells.at(row, place)) for row in reversed(header))
    return [words for words in found if words]


def _column(place: int, names: Sequence[str]) -> Column | None:
    for name in (*names, " ".join(reversed(names))):
        rule = read_column(name)
        if rule:
            return _made(place, rule)
    return None


def _made(place: int, rule: CompiledRule) -> Column:
    return Column(
        place,
        str(rule.value["column"]),
        rule.id,
        bare_of(rule),
        bool(rule.value.get("weak")),
    )


# Each row is asked whether it is the header once more.
@lru_cache(maxsize=1024)
def read_column(words: str) -> CompiledRule | None:
    """The row of table_headers.toml that reads a header's words, else as a scan may spell them."""
    name = words.strip(_AROUND)
    if not name or len(name) > 120:
        return None
    found = next((rule for rule in rules(_ROWS) if rule.pattern.match(name)), None)
    return found or _misspelt(unaccented(name))


def _misspelt(name: str) -> CompiledRule | None:
    return next((rule for rule, pattern in _unaccented() if pattern.match(name)), None)


@cache
def _unaccented() -> tuple[tuple[CompiledRule, "regex.Pattern[str]"], ...]:
    """The rows without diacritics: OCR writes "Đơn vị phôi hợp"."""
    patterns = ((rule, expanded(rule.rule.pattern, rule.fragments)) for rule in rules(_ROWS))
    return tuple(
        (rule, compile_once(unaccented_pattern(pattern), BLIND)) for rule, pattern in patterns
    )
