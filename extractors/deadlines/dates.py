"""Which units of the calendar does a clause name, alone, in a list or as a range?"""

import re
from typing import NamedTuple

from extractors.deadlines import values
from extractors.deadlines.clause import DASH, LIST, TOUCHING, Clause
from extractors.deadlines.items import Dated
from extractors.deadlines.leads import Lead, read_lead
from extractors.deadlines.lexer import Token
from extractors.deadlines.units import Unit
from extractors.rules import compile_once
from schemas.deadline import Bound

UnitAt = tuple[Unit, int]
"""A unit and the first token after it."""

_EACH = compile_once(r"(?<!\w)(?:mỗi|hằng|hàng|từng|các ngày làm việc|tất cả)(?!\w)")
_SPACE = re.compile(r"\s+")
_CLOSED = re.compile(r"\)?[\s,(]*")
_FROM_TODAY = ("bound.from_now", "bound.from_issue")


class _Units(NamedTuple):
    """The units of one item, whether they are a range, and the first token after them."""

    units: tuple[Unit, ...]
    after: int
    ranged: bool = False
    last_bound: Bound = "inclusive"
    last_clock: str | None = None


def read_dated(clause: Clause, at: int) -> tuple[Dated, int] | None:
    """The bound, time of day and units that begin at that token."""
    lead, here = read_lead(clause, at)
    first = read_unit(clause, here)
    if first is None or (here > at and not clause.touches(here)):
        return _clock_alone(clause, lead, here)
    if lead.opening is None and first[0].rule in _FROM_TODAY:
        lead.opening = "from"
    found = _all_units(clause, first, lead)
    clock, here = None if lead.clock_range else lead.clock, found.after
    if here < len(clause.tokens):
        found = _with_weekday(clause, found)
        clock, here = _clock_after(clause, found, lead)
        here = _onwards(clause, lead, here)
    end = _closed(clause, lead.start, clause.tokens[here - 1].end)
    return _item(clause, lead, found, clock, end), here


def _item(clause: Clause, lead: Lead, found: _Units, clock: str | None, end: int) -> Dated:
    return Dated(
        start=lead.start,
        end=end,
        rule=lead.rule or found.units[0].rule,
        units=found.units,
        opening=lead.opening,
        bound=lead.bound,
        ranged=found.ranged,
        last_bound=found.last_bound,
        last_clock=found.last_clock,
        clock=clock,
        day_part=lead.day_part,
        horizon=lead.horizon,
        until=lead.until,
        dated=any(unit.dated for unit in found.units),
        each=found.units[0].level == "rule" and _says_each(clause, lead.start, end),
    )


def _says_each(clause: Clause, start: int, end: int) -> bool:
    return _EACH.search(clause.key, start, end) is not None


def _clock_alone(clause: Clause, lead: Lead, here: int) -> tuple[Dated, int] | None:
    """ "trước 17 giờ" of a day that is said elsewhere (hằng ngày) or not at all."""
    if lead.clock is None or lead.clock_range:
        return None
    end = clause.tokens[here - 1].end
    alone = Dated(
        lead.start, end, lead.rule, (), lead.opening, lead.bound, clock=lead.clock, clock_only=True
    )
    return alone, here


def _clock_after(clause: Clause, found: _Units, lead: Lead) -> tuple[str | None, int]:
    """ "ngày 20/4 lúc 17 giờ"."""
    here = found.after
    if lead.clock is None and clause.kind(here) == "clock" and clause.touches(here):
        return values.clock_of(clause.tokens[here]), here + 1
    return (None if lead.clock_range else lead.clock), here


def _onwards(clause: Clause, lead: Lead, here: int) -> int:
    """ "từ năm 2022 trở đi"."""
    onwards = lead.opening == "from" and clause.kind(here) == "onwards" and clause.touches(here)
    return here + 1 if onwards else here


def _with_weekday(clause: Clause, found: _Units) -> _Units:
    """ "ngày 09/11/2024 (sáng Thứ Bảy)"."""
    here = found.after
    skip = here + 1 if clause.kind(here) == "day_part" else here
    if found.units[-1].level != "day" or clause.kind(skip) != "weekday":
        return found
    if not all(clause.touches(place) for place in range(here, skip + 1)):
        return found
    named = values.unit_of(clause.tokens[skip], clause.issued)
    last = found.units[-1]._replace(weekday=named.weekday if named else None)
    return found._replace(units=(*found.units[:-1], last), after=skip + 1)


def _closed(clause: Clause, start: int, end: int) -> int:
    """The end with a closing bracket where the words opened one."""
    key = clause.key
    closes = key.startswith(")", end) and key.count("(", start, end) > key.count(")", start, end)
    return end + 1 if closes else end


# ---------------------------------------------------------------- one unit


def read_unit(clause: Clause, at: int) -> UnitAt | None:
    """The unit at that token with its part, week or lunar mark."""
    kind = clause.kind(at)
    if kind in _PARTS:
        return _part(clause, at)
    if kind not in values.UNIT_KINDS:
        return None
    unit = values.unit_of(clause.tokens[at], clause.issued)
    if unit is None:
        return None
    if unit.level == "weekday" or kind == "today":
        return _named_day(clause, unit, at)
    return _day(clause, unit, at) if unit.level == "day" else (unit, at + 1)


def _day(clause: Clause, unit: Unit, at: int) -> UnitAt:
    """A day with what touches it: "âm lịch", "tháng cuối quý"."""
    kind = clause.kind(at + 1)
    if kind not in ("lunar", "quarter_month") or not clause.touches(at + 1):
        return unit, at + 1
    token = clause.tokens[at + 1]
    if kind == "lunar":
        return unit._replace(lunar=True, end=token.end), at + 2
    if unit.month is not None or unit.step is not None:
        return unit, at + 1
    months = ",".join(map(str, values.quarter_months(token.words["place"])))
    rrule = f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={unit.day}"
    return unit._replace(level="rule", rrule=rrule, end=token.end), at + 2


def _named_day(clause: Clause, unit: Unit, at: int) -> UnitAt:
    """ "thứ Sáu (16/4/2021)": the date counts; a wrong day of the week is a doubt."""
    if not clause.joined(unit.end, at + 1, TOUCHING):
        return unit, at + 1
    inner = values.unit_of(clause.tokens[at + 1], clause.issued)
    if inner is None or inner.level != "day" or inner.month is None:
        return unit, at + 1
    return inner._replace(start=unit.start, weekday=unit.weekday), at + 2


def _part(clause: Clause, at: int) -> UnitAt | None:
    """A part, week or last day and the unit it belongs to."""
    token = clause.tokens[at]
    inner = read_unit(clause, at + 1)
    if inner is None or inner[0].level not in ("month", "quarter", "year"):
        return None
    unit = inner[0]._replace(start=token.start, rule=token.rule.id)
    return _PARTS[token.kind](unit, token), inner[1]


def _last_day(unit: Unit, _: Token) -> Unit:
    return unit._replace(last_day=True, precision="day")


def _week(unit: Unit, token: Token) -> Unit:
    nth = values.week_of(token.words["nth"])
    return unit._replace(nth=nth, precision="week").doubting("week_assumed")


def _portion(unit: Unit, token: Token) -> Unit:
    half = values.half_of(token.words["part"])
    part = values.part_of(token.words["part"])
    portion = unit._replace(part=part, half_part=half, precision="part")
    return portion if part == "late" else portion.doubting("part_of_month")


_PARTS = {"part": _portion, "week": _week, "last_day_of": _last_day}


# ---------------------------------------------------------------- lists and ranges


def _all_units(clause: Clause, first: UnitAt, lead: Lead) -> _Units:
    """The units that go on from the first: a range, a list, or it alone."""
    unit, here = first
    if here == len(clause.tokens):
        return _Units((unit,), here)
    ranged = _range(clause, unit, here, lead)
    if ranged is not None:
        return ranged
    units = [unit]
    while (more := _listed(clause, units[-1], here)) is not None:
        unit, here = more
        units.append(unit)
    return _Units(tuple(units), here)


def _range(clause: Clause, unit: Unit, here: int, lead: Lead) -> _Units | None:
    """ "từ A đến B", "A - B", "A đến trước B"; not "trước A đến B"."""
    aside = clause.kind(here) == "weekday" and clause.touches(here)
    to, bound = _to(clause, here + aside, _CLOSED if aside else TOUCHING)
    if aside and to == here + aside:
        return None
    dashed = to == here and clause.joined(unit.end, here, DASH)
    worded = to > here and clause.touches(to) and lead.opening != "bound"
    if not dashed and not worded:
        return None
    clock = None
    if worded and clause.kind(to) == "clock" and clause.touches(to + 1):  # "đến 17 giờ ngày 31/3"
        clock, to = values.clock_of(clause.tokens[to]), to + 1
    found = _number(clause, unit, to) or read_unit(clause, to)
    if found is None:
        return None
    second = _like(unit, found[0])
    if "rule" in (unit.level, second.level) or (dashed and second.level != unit.level):
        return None
    return _Units((unit, second), found[1], ranged=True, last_bound=bound, last_clock=clock)


def _to(clause: Clause, here: int, touching: re.Pattern[str]) -> tuple[int, Bound]:
    """The first token after "đến", "đến hết", "đến trước", and how they bound the end.

    `touching`: what may stand before it; after "ngày 23/3 (thứ Hai)" a bracket that closes.
    """
    bound: Bound = "inclusive"
    to = here
    while clause.kind(to) == "bound" and clause.touches(to, TOUCHING if to > here else touching):
        token = clause.tokens[to]
        exclusive = token.says("bound") == "exclusive"
        reaches = token.says("until") or token.text.startswith("đến")
        if token.says("horizon") or (to == here and not reaches):
            return here, "inclusive"
        bound = "exclusive" if exclusive else bound
        to += 1
    return to, bound


def _listed(clause: Clause, unit: Unit, here: int) -> UnitAt | None:
    """One more unit of the same level after "," or "và"; a month or quarter with its year also
    below another in a cell."""
    below = unit.year is not None and clause.joined(unit.end, here, _SPACE)
    if unit.level in ("rule", "years") or not (below or clause.joined(unit.end, here, LIST)):
        return None
    found = _number(clause, unit, here) or read_unit(clause, here)
    if found is None:
        return None
    second = _like(unit, found[0])
    if below and (second.level not in ("month", "quarter") or second.year is None):
        return None
    return (second, found[1]) if second.level == unit.level else None


def _number(clause: Clause, unit: Unit, at: int) -> UnitAt | None:
    """A bare figure that goes on from a month, quarter or day."""
    if clause.kind(at) != "number":
        return None
    token = clause.tokens[at]
    words = token.words["number"]
    figure, year = values.number(words), values.year_of(token)
    if figure is None or (not words.isdigit() and unit.level != "quarter"):
        return None
    place = unit._replace(
        start=token.start, end=token.end, year=year, year_step=None, step=None, named=False
    )
    if unit.level == "quarter":
        return place._replace(quarter=figure), at + 1
    if unit.level == "month":
        return place._replace(month=figure), at + 1
    if unit.level == "day" and unit.month is None and year is None:
        return place._replace(day=figure), at + 1
    return None


def _like(unit: Unit, second: Unit) -> Unit:
    """ "quý III, 4/2021": a figure with a year after a quarter is a quarter, not a month."""
    month = second.month or 0
    if unit.level == "quarter" and second.rule == "unit.month_figures" and 1 <= month <= 4:
        return second._replace(
            level="quarter", quarter=month, month=None, precision="quarter", named=False
        )
    if unit.level == "years" and second.level == "year":
        return second._replace(level="years", last_year=second.year)
    return second
