"""Layout "table": which rows of which tables are duties, and what do their cells say?

Rows with a roman figure, a capital letter or nothing but a title are headings; an empty cell
has what the row above it in the hierarchy says; "nt", "Như trên" have what the row before says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import regex

from extractors.clauses import read_label
from extractors.parties import Home
from extractors.rules import compile_once
from extractors.sections import section_rule
from extractors.tasks.duty import paragraphs_of
from extractors.tasks.header import Cells, Column, Plan, read_plan
from extractors.tasks.labelled import of_field, take_apart
from extractors.tasks.prose import Prose
from extractors.tasks.rows import LABELLED, VALUES, Row, is_deeper, read_rows
from extractors.tasks.runs import read_run
from extractors.tasks.verbs import verb_led
from schemas.letter import Grid, Letter, Part, Span
from schemas.party import Role
from schemas.task import Claim, Clause, Duty

_DITTO = compile_once(
    r'(?:như trên|n\.?t\.?|như (?:mục|nhiệm vụ|dòng) trên|-? ?nt ?-?|"|//|-//-|-"-|tương tự)\.?',
    regex.V1 | regex.I,
)
_CLOCK = compile_once(r"\b\d{1,2} ?(?:giờ|h|g|:) ?\d{0,2}\b", regex.V1 | regex.I)
_TELLS_ROLES = compile_once(r"chủ trì|phối hợp|đầu mối", regex.V1 | regex.I)
_ROLES: dict[str, Role] = {
    "lead": "lead",
    "support": "support",
    "monitor": "monitor",
    "approver": "approver",
}
_NEAR = 400
"""How far above a table the heading stands that names its owner, in characters."""


def table_duties(letter: Letter, clauses: Sequence[Clause], home: Home) -> Iterator[Duty]:
    """The duties of the assignment tables in body and annexes."""
    before: Plan | None = None
    for grid in letter.grids:
        if _part(letter, grid) not in (Part.BODY, Part.ANNEX):
            continue
        before = read_plan(letter, grid) or _lost_header(before, grid)
        if before and before.assigns and not _told_off(letter, clauses, grid):
            yield from _Sheet(letter, before, home, _prefix(letter, clauses, grid)).duties(
                grid, _owner_above(letter, clauses, grid, home)
            )


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


# Where the table stands ---------------------------------------------------------------------


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


def _prefix(letter: Letter, clauses: Sequence[Clause], grid: Grid) -> tuple[str, ...]:
    """What the ids of a table's rows begin with: the clause it stands in, or its annex."""
    clause = _clause_of(clauses, grid)
    if clause:
        return (clause.id,)
    if grid.annex:
        return (f"PL{grid.annex}",)
    return ("PL",) if _part(letter, grid) is Part.ANNEX else ()


def _owner_above(letter: Letter, clauses: Sequence[Clause], grid: Grid, home: Home) -> Claim | None:
    """The party that the heading over a table names."""
    before = [one for one in clauses if grid.start - _NEAR <= one.own.start < grid.start]
    nearest = max(before, key=lambda one: one.own.start, default=None)
    return _party_claim(letter, nearest.own, nearest.id, home) if nearest else None


def _party_claim(letter: Letter, own: Span, source: str, home: Home) -> Claim | None:
    """A heading that is the name of a party, a figure before it and a remark after it left out."""
    match = LABELLED.match(letter.key, own.start, own.end)
    prose = Prose(letter, match.end() if match else own.start, own.end, home)
    run = read_run(prose, prose.start, own.end)
    rest = letter.key[run.end : own.end].strip(" .:;") if run else "…"
    if run is None or (rest and not rest.startswith("(")):
        return None
    return Claim(run, "lead", source, True, None, "heading")


# The rows -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Above:
    """The rows that a row stands under, from the outermost, itself the last."""

    rows: list[Row] = field(default_factory=list)

    def enter(self, row: Row) -> None:
        """Let a row take its place: what is as deep or deeper is left."""
        self.rows = [one for one in self.rows if is_deeper(row.label, one.label)]
        self.rows.append(row)

    def path(self) -> list[str]:
        """The labels from the outermost; a label that repeats its parent's is shortened."""
        labels = [row.label for row in self.rows if row.label]
        return [
            label.removeprefix(f"{above}.")
            for above, label in zip(["", *labels], labels, strict=False)
        ]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table with its layout; `prefix` begins the ids of its rows."""

    letter: Letter
    plan: Plan
    home: Home
    prefix: tuple[str, ...]

    def duties(self, grid: Grid, owner: Claim | None) -> Iterator[Duty]:
        """The duties of the rows; `owner` owns them where the table has no column for that.

        Where it has one, a row of which nothing is said, not even above it, is a heading.
        """
        rows = read_rows(Cells(self.letter, grid), self.plan)
        if self._is_schedule(rows):
            return
        owned = bool(self.plan.of("lead", "owner"))
        above, last = _Above(), dict[int, Claim]()
        for row in rows:
            above.enter(row)
            last.update(claims := self._claims(row, above, last))
            if not row.group and (claims or not owned):
                duty = self._duty(row, above, claims, None if owned else owner)
                yield from _parted(self.letter, duty)
            elif not owned:
                owner = self._named(row) or owner

    def _named(self, row: Row) -> Claim | None:
        return _party_claim(self.letter, row.task, row.label or "above", self.home)

    def _is_schedule(self, rows: Sequence[Row]) -> bool:
        """Times of day in most rows: the schedule of a meeting."""
        places = [column.place for column in self.plan.of("time")]
        times = [row.values[place] for row in rows for place in places if place in row.values]
        clocks = [span for span in times if _CLOCK.search(self.letter.key, *span)]
        return bool(times) and 2 * len(clocks) >= len(times)

    def _claims(self, row: Row, above: _Above, last: dict[int, Claim]) -> dict[int, Claim]:
        """The row's own cells, or what the rows above say, by column."""
        found = (
            (column.place, self._own(column, row, last) or _inherited(column, above))
            for column in self.plan.of(*VALUES)
        )
        return {place: claim for place, claim in found if claim}

    def _own(self, column: Column, row: Row, last: dict[int, Claim]) -> Claim | None:
        span = row.values.get(column.place)
        if span is None:
            return None
        words = self.letter.key[slice(*span)].strip()
        if _DITTO.fullmatch(words):
            before = last.get(column.place)
            return before and before._replace(inherited_from=before.inherited_from or "above")
        return Claim(span, _role(column, words), None, True, column.bare, column.rule)

    def _duty(self, row: Row, above: _Above, claims: dict[int, Claim], owner: Claim | None) -> Duty:
        def of(*kinds: str) -> tuple[Claim, ...]:
            return tuple(claims[c.place] for c in self.plan.of(*kinds) if c.place in claims)

        path = (*self.prefix, *above.path(), *(() if row.label else (f"r{row.place}",)))
        funding = of("funding")
        places = [column.place for column in self.plan.of("remark")]
        remarks = [row.values[place] for place in places if place in row.values]
        said = of("lead", "owner", "support", "monitor", "approver")
        owners = tuple(one for claim in said for one in _by_label(self.letter, claim))
        return Duty(
            id=".".join(path),
            label=row.label,
            parent=".".join(path[:-1]) or None,
            layout="table",
            heading=self._heading(above),
            span=row.task,
            texts=paragraphs_of(self.letter, row.task),
            owners=(owner, *owners) if owner else owners,
            times=(
                *of("time"),
                Claim(row.task, None, None, False, None, "prose"),
                *(Claim(remark, None, None, False, None, "remark") for remark in remarks),
            ),
            products=tuple(claim.span for claim in of("product")),
            funding=funding[0].span if funding else None,
            rule="table",
        )

    def _heading(self, above: _Above) -> str | None:
        """The words of the nearest row that the last row stands under."""
        if len(above.rows) < 2:
            return None
        return " ".join(self.letter.text[slice(*above.rows[-2].task)].split())


def _parted(letter: Letter, duty: Duty) -> Iterator[Duty]:
    """A cell with several numbered or dashed points of work holds as many duties."""
    points = [_point(letter, text) for text in duty.texts]
    told = [point for point in points if point]
    if len(told) < 2 or len(told) < len(points):
        yield duty
        return
    for place, point in enumerate(told, start=1):
        prose = Claim(point, None, None, False, None, "prose")
        times = (*(claim for claim in duty.times if claim.labelled), prose)
        yield replace(
            duty, id=f"{duty.id}-{place}", parent=duty.id, span=point, texts=(point,), times=times
        )


def _point(letter: Letter, text: Span) -> Span | None:
    """A paragraph's words after its label, where it has one and they begin with work."""
    label = next(read_label(letter, *text), None)
    own = Span(label.end, text.end) if label else text
    return own if label and verb_led(letter, own) else None


def _by_label(letter: Letter, claim: Claim) -> tuple[Claim, ...]:
    """ "Chủ trì: Sở Y tế. Phối hợp: Sở Nội vụ.": a cell in which labels tell the roles."""
    taken = take_apart(letter, claim.span)
    owners = of_field(taken.parts, "owner")
    if taken.texts or not owners:
        return (claim,)
    return tuple(part.claim(claim.inherited_from) for part in owners)


def _role(column: Column, words: str) -> Role | None:
    """The role a column gives; None where the words of the cell must tell."""
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
            source = row.label or "above"
            return Claim(span, _role(column, ""), source, True, column.bare, column.rule)
    return None
