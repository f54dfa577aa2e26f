"""Which rows of which tables are duties?

Rows with a roman figure, a capital letter or nothing but a title are headings; an empty cell
has what the row above it in the hierarchy says; "nt", "Như trên" have what the row before says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from extractors.parties import Home
from extractors.sections import section_rule
from extractors.tasks.header import Cells, Column, Plan, is_header_row, read_plan
from extractors.tasks.prose import Prose, read_run
from schemas.letter import Grid, GridCell, Letter, Part, Span
from schemas.party import Role
from schemas.task import Claim, Clause, Duty

_DITTO = regex.compile(r'(?:như trên|n\.?t\.?|như (?:mục|nhiệm vụ|dòng) trên|-? ?nt ?-?|"|//|-//-|-"-|tương tự)\.?',
                       regex.V1 | regex.I)  # fmt: skip
_NOTHING = regex.compile(r"[-–—./…x0 ]*", regex.V1)
_CLOCK = regex.compile(r"\b\d{1,2} ?(?:giờ|h|g|:) ?\d{0,2}\b", regex.V1 | regex.I)
_NUMBER = regex.compile(r"\(?(?P<label>[IVX]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3}){0,3}|[a-zđ]\d?)[.):/]*", regex.V1)
_ROMAN = regex.compile(r"[IVX]{1,6}|[A-HĐ]", regex.V1)
_VALUES = ("lead", "support", "owner", "monitor", "approver", "time", "product", "funding")
_ROLES: dict[str, Role] = {
    "lead": "lead", "support": "support", "monitor": "monitor", "approver": "approver",
}  # fmt: skip
_TELLS_ROLES = regex.compile(r"chủ trì|phối hợp|đầu mối", regex.V1 | regex.I)


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header: its label, its depth, its duty's cell and its values."""

    place: int
    label: str
    task: Span
    values: dict[int, Span]
    group: bool


@dataclass(slots=True)
class _Above:
    """The rows that a row stands under, from the outermost."""

    rows: list[Row] = field(default_factory=list)

    def enter(self, row: Row) -> None:
        """Let a row take its place: what is as deep or deeper is left."""
        self.rows = [one for one in self.rows if _deeper(row.label, one.label)]
        self.rows.append(row)

    def path(self) -> list[str]:
        """The labels from the outermost, a label that repeats its parent's shortened."""
        return [_short(row.label, above.label if above else "") for above, row in
                zip([None, *self.rows], self.rows, strict=False) if row.label]  # fmt: skip

    def heading(self) -> Row | None:
        """The nearest heading above the last row."""
        return next((row for row in reversed(self.rows[:-1])), None)


def _level(label: str) -> int:
    if not label:
        return 9
    if _ROMAN.fullmatch(label):
        return 1 if len(label) > 1 or label in "IVX" else 0
    if label[0].isdigit():
        return 2 + label.count(".")
    return 7


def _deeper(label: str, above: str) -> bool:
    """Does a row with `label` stand under one with `above`?"""
    if label == "" and above == "":
        return False
    return _level(label) > _level(above)


def _short(label: str, above: str) -> str:
    return label[len(above) + 1 :] if above and label.startswith(above + ".") else label


def table_duties(letter: Letter, clauses: Sequence[Clause], home: Home) -> Iterator[Duty]:
    """The duties of the assignment tables in body and annexes."""
    before: Plan | None = None
    for grid in letter.grids:
        if _part(letter, grid) not in (Part.BODY, Part.ANNEX):
            continue
        plan = read_plan(letter, grid) or _lost_header(before, grid)
        before = plan
        if plan and plan.assigns and not _told_off(letter, clauses, grid):
            owner = _owner_above(letter, clauses, grid, home)
            yield from _duties(letter, grid, plan, _prefix(letter, clauses, grid), home, owner)


def _part(letter: Letter, grid: Grid) -> Part | None:
    for section in letter.sections:
        if section.start <= grid.start <= section.end and section.end > section.start:
            return section.part
    return None


def _lost_header(before: Plan | None, grid: Grid) -> Plan | None:
    """A table as wide as the one before it and without a header goes on with that one."""
    if before is None or before.width != grid.columns:
        return None
    return replace(before, first=0)


def _clause_of(clauses: Sequence[Clause], grid: Grid) -> Clause | None:
    """The innermost numbered clause in which the table stands."""
    inside = [one for one in clauses if one.span.start <= grid.start <= one.span.end]
    numbered = [one for one in inside if one.style and one.style not in ("-", "+")]
    return max(numbered, key=lambda one: one.span.start, default=None)


def _told_off(letter: Letter, clauses: Sequence[Clause], grid: Grid) -> bool:
    """Does the table stand in a section whose contents are no duties?"""
    by_id = {clause.id: clause for clause in clauses}
    clause = _clause_of(clauses, grid)
    while clause:
        rule = section_rule(letter, clause.own)
        if rule and rule.value.get("duties") == "none":
            return True
        clause = by_id.get(clause.parent) if clause.parent else None
    return False


def _owner_above(
    letter: Letter, clauses: Sequence[Clause], grid: Grid, home: Home
) -> Claim | None:
    """The party that the heading over a table names."""
    before = [one for one in clauses if grid.start - _NEAR <= one.own.start < grid.start]
    nearest = max(before, key=lambda one: one.own.start, default=None)
    return _party_claim(letter, nearest.own, nearest.id, home) if nearest else None


def _party_claim(letter: Letter, own: Span, source: str, home: Home) -> Claim | None:
    """A heading that is the name of a party, a figure before it and a remark after it left out."""
    match = _LABELLED.match(letter.key, own.start, own.end)
    prose = Prose(letter, match.end() if match else own.start, own.end, home)
    run = read_run(prose, prose.start, own.end)
    rest = letter.key[run.end : own.end].strip(" .:;") if run else "…"
    if run is None or (rest and not rest.startswith("(")):
        return None
    return Claim(run, "lead", source, True, None, "heading")


_NEAR = 400


def _prefix(letter: Letter, clauses: Sequence[Clause], grid: Grid) -> tuple[str, ...]:
    """What the ids of a table's rows begin with: the clause it stands in, or its annex."""
    clause = _clause_of(clauses, grid)
    if clause:
        return (clause.id,)
    if grid.annex:
        return (f"PL{grid.annex}",)
    return ("PL",) if _part(letter, grid) is Part.ANNEX else ()


def _duties(
    letter: Letter,
    grid: Grid,
    plan: Plan,
    prefix: tuple[str, ...],
    home: Home,
    owner: Claim | None,
) -> Iterator[Duty]:
    cells = Cells(letter, grid)
    rows = _numbered(list(_rows(cells, plan)))
    if _is_schedule(letter, plan, rows):
        return
    owned = bool(plan.of("lead", "owner"))
    above, last = _Above(), dict[int, Claim]()
    for place, row in enumerate(rows):
        row = _with_group(row, rows[place + 1 :], letter)
        above.enter(row)
        if row.group and not owned:
            owner = _party_claim(letter, row.task, row.label or "above", home) or owner
        claims = _claims(letter, plan, row, above, last)
        last.update(claims)
        if not row.group:
            yield _duty(letter, plan, row, above, claims, prefix, None if owned else owner)


def _numbered(rows: Sequence[Row]) -> list[Row]:
    """Rows whose figure could not be read get the one that is missing between their neighbours."""
    found: list[Row] = []
    for place, row in enumerate(rows):
        before = found[-1].label if found else ""
        after = next((one.label for one in rows[place + 1 :] if one.label), "")
        if not row.label and not row.group and row.values and _misses(before, after):
            row = replace(row, label=str(int(before) + 1))
        found.append(row)
    return found


def _misses(before: str, after: str) -> bool:
    """Is there room for a figure between two: 5 and 7?"""
    return before.isdigit() and (not after.isdigit() or int(after) > int(before) + 1)


def _rows(cells: Cells, plan: Plan) -> Iterator[Row]:
    """The rows below the header, halves that a page break parted put together."""
    held: Row | None = None
    for place in range(plan.first, cells.grid.rows):
        if is_header_row(cells, plan, place):
            continue
        row = _row(cells, plan, place)
        if row is None:
            continue
        if held and _goes_on(cells, held, row):
            held = _joined(held, row)
            continue
        if held:
            yield held
        held = row
    if held:
        yield held


def _row(cells: Cells, plan: Plan, place: int) -> Row | None:
    distinct = cells.row(place)
    filled = [cell for cell in distinct if cells.words(cell)]
    if not filled or plan.task is None:
        return None
    if len(filled) <= 2 and _spans_all(cells, filled, plan):
        return _title_row(cells, place, filled)
    task = cells.at(place, plan.task.place)
    if task is None or not cells.words(task):
        return _title_row(cells, place, filled) if len(filled) == 1 else None
    label, words = _own_label(cells, _label(cells, plan, place), Span(task.start, task.end))
    return Row(place, label, words, dict(_values(cells, plan, place)), False)


def _own_label(cells: Cells, label: str, task: Span) -> tuple[str, Span]:
    """A figure that opens the duty's cell is the row's own, below the one of its first column."""
    match = _CELL_LABEL.match(cells.letter.key, task.start, task.end)
    if not match:
        return label, task
    inner = match["label"]
    joined = inner if not label or label == inner else f"{label}.{inner}"
    return (inner if inner.startswith(f"{label}.") else joined), Span(match.end(), task.end)


_CELL_LABEL = regex.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2})?)[.)] (?=\p{Lu})", regex.V1)


def _spans_all(cells: Cells, filled: Sequence[GridCell], plan: Plan) -> bool:
    """A cell merged over the columns of owners and times is a heading."""
    valued = plan.of(*_VALUES)
    return any(
        cell.columns >= 2 and any(cell.column <= one.place < cell.column + cell.columns
                                  for one in valued)
        for cell in filled
    )  # fmt: skip


def _title_row(cells: Cells, place: int, filled: Sequence[GridCell]) -> Row:
    words = cells.words(filled[0])
    match = _NUMBER.fullmatch(words) if len(filled) > 1 else _LABELLED.match(words)
    label = match["label"] if match else ""
    longest = max(filled, key=lambda cell: cell.end - cell.start)
    return Row(place, label, Span(longest.start, longest.end), {}, True)


_LABELLED = regex.compile(r"(?P<label>[IVX]{1,6}|[A-HĐ]|\d{1,2})[.)/:-] ?", regex.V1)


def _label(cells: Cells, plan: Plan, place: int) -> str:
    for column in plan.of("number"):
        match = _NUMBER.fullmatch(cells.words(cells.at(place, column.place)))
        if match:
            return match["label"]
    return ""


def _values(cells: Cells, plan: Plan, place: int) -> Iterator[tuple[int, Span]]:
    for column in plan.of(*_VALUES):
        cell = cells.at(place, column.place)
        words = cells.words(cell)
        if cell and words and not _NOTHING.fullmatch(words):
            yield column.place, Span(cell.start, cell.end)


def _goes_on(cells: Cells, held: Row, row: Row) -> bool:
    """Is a row only the lower half of the one before it?"""
    if row.group or held.group or row.label:
        return False
    first = cells.letter.text[row.task.start : row.task.start + 1]
    return first.islower() and not first.isdigit()


def _joined(held: Row, row: Row) -> Row:
    values = {**{place: span for place, span in row.values.items()}, **held.values}
    return replace(held, task=Span(held.task.start, row.task.end), values=values)


def _with_group(row: Row, following: Sequence[Row], letter: Letter) -> Row:
    """A row with a label, without values, over deeper rows is a heading."""
    if row.group or row.values:
        return row
    titled = _LABELLED.match(letter.key, row.task.start, row.task.end)
    if not row.label and titled:
        return replace(row, group=True, label=titled["label"])
    below = following[0] if following else None
    roman = bool(_ROMAN.fullmatch(row.label))
    over = bool(below and row.label and below.label and _deeper(below.label, row.label))
    shouted = letter.text[row.task.start : row.task.end].isupper()
    return replace(row, group=roman or over or shouted)


def _is_schedule(letter: Letter, plan: Plan, rows: Sequence[Row]) -> bool:
    """Times of day in most rows: the schedule of a meeting."""
    times = [row.values[column.place] for row in rows for column in plan.of("time")
             if column.place in row.values]  # fmt: skip
    clocks = [span for span in times if _CLOCK.search(letter.key, span.start, span.end)]
    return bool(times) and 2 * len(clocks) >= len(times)


# The values of a row ------------------------------------------------------------------------


def _claims(
    letter: Letter, plan: Plan, row: Row, above: _Above, last: dict[int, Claim]
) -> dict[int, Claim]:
    """The row's own cells, or what the rows above say, by column."""
    found: dict[int, Claim] = {}
    for column in plan.of(*_VALUES):
        claim = _own_claim(letter, column, row, last) or _inherited(column, above)
        if claim:
            found[column.place] = claim
    return found


def _own_claim(
    letter: Letter, column: Column, row: Row, last: dict[int, Claim]
) -> Claim | None:
    span = row.values.get(column.place)
    if span is None:
        return None
    words = letter.key[span.start : span.end].strip()
    if _DITTO.fullmatch(words):
        before = last.get(column.place)
        return before._replace(inherited_from=before.inherited_from or "above") if before else None
    return Claim(span, _role(column, words), None, True, column.unit, column.rule)


def _role(column: Column, words: str) -> Role | None:
    if column.kind == "owner":
        return None if _TELLS_ROLES.search(words) else "lead"
    return _ROLES.get(column.kind)


def _inherited(column: Column, above: _Above) -> Claim | None:
    """An empty cell has what the nearest row above it in the hierarchy says."""
    if not above.rows[-1].label:
        return None
    for row in reversed(above.rows[:-1]):
        span = row.values.get(column.place)
        if span:
            role = _ROLES.get(column.kind, "lead" if column.kind == "owner" else None)
            return Claim(span, role, row.label or "above", True, column.unit, column.rule)
    return None


def _duty(
    letter: Letter,
    plan: Plan,
    row: Row,
    above: _Above,
    claims: dict[int, Claim],
    prefix: tuple[str, ...],
    owner: Claim | None,
) -> Duty:
    def of(*kinds: str) -> tuple[Claim, ...]:
        return tuple(claims[c.place] for c in plan.of(*kinds) if c.place in claims)

    heading = above.heading()
    path = (*prefix, *(above.path() if row.label else [*above.path(), f"r{row.place}"]))
    funding = of("funding")
    return Duty(
        id=".".join(path),
        label=row.label,
        parent=".".join(path[:-1]) or None,
        layout="table",
        heading=_words(letter, heading.task) if heading else None,
        span=row.task,
        texts=(row.task,),
        owners=(*((owner,) if owner else ()), *of("lead", "owner", "support", "monitor", "approver")),
        times=(*of("time"), Claim(row.task, None, None, False, None, "prose")),
        products=tuple(claim.span for claim in of("product")),
        funding=funding[0].span if funding else None,
        rule="table",
    )


def _words(letter: Letter, span: Span) -> str:
    return " ".join(letter.text[span.start : span.end].split())


