"""What was said, before it is computed: one item for each thing a clause says of time."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from extractors.deadlines.units import Unit
from schemas.deadline import Bound, Doubt, Part, Relation

Opening = Literal["bound", "in", "from", "after", "now"]


@dataclass(slots=True)
class Dated:
    """Units of the calendar with the word before them: "trước ngày 15/5 và 15/12".

    `last_clock`: the time of day at which a range ends. `dated`: a year is said. `each`: the
    words say mỗi, hằng.
    """

    start: int
    end: int
    rule: str
    units: tuple[Unit, ...]
    opening: Opening | None = None
    bound: Bound | None = None
    ranged: bool = False
    last_bound: Bound = "inclusive"
    last_clock: str | None = None
    clock: str | None = None
    clock_only: bool = False
    day_part: Part | None = None
    horizon: bool = False
    until: bool = False
    dated: bool = False
    each: bool = False


def begins_in_month(item: Dated) -> bool:
    """True for "từ đầu tháng 9" without a year."""
    one = len(item.units) == 1 and not item.dated and not item.ranged
    return one and item.opening == "from" and item.units[0].level == "month"


class Period(NamedTuple):
    """One period of a recurrence; `rrule` None: no even one."""

    start: int
    end: int
    amount: int
    unit: str
    times: int = 1


@dataclass(slots=True)
class Every:
    """Again and again: the periods named.

    `forward`: its days come after it, never before.
    """

    start: int
    end: int
    rule: str
    periods: tuple[Period, ...]
    forward: bool = False
    doubts: tuple[Doubt, ...] = ()


@dataclass(slots=True)
class Repeated:
    """Days that recur: a dated item under a period, or days that recur by their own words."""

    start: int
    end: int
    rule: str
    dated: Dated
    every: Every | None = None


@dataclass(slots=True)
class Following:
    """And every unit after the one before it."""

    start: int
    end: int
    rule: str
    unit: str


@dataclass(slots=True)
class Length:
    """A length of time and from when it is counted."""

    start: int
    end: int
    rule: str
    amount: int
    unit: str
    working: bool = False
    relation: Relation | None = None
    bare: bool = False
    anchor: tuple[int, int] | None = None
    anchor_unit: Unit | None = None
    from_now: bool = False


@dataclass(slots=True)
class Said:
    """A condition, an event or guidance: free words after a relation."""

    start: int
    end: int
    rule: str
    kind: Literal["event", "condition", "guidance"]
    relation: Relation
    event: tuple[int, int]
    lowered: bool = False


@dataclass(slots=True)
class Plain:
    """All the time, at once, not said, not understood."""

    start: int
    end: int
    rule: str
    kind: Literal["ongoing", "immediate", "unspecified", "unread"]
    dated: Dated | None = None
    doubts: tuple[Doubt, ...] = ()


Item = Dated | Every | Repeated | Following | Length | Said | Plain
