"""Which days does a unit of the calendar cover: a day, a month, a quarter, a part of it?"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from dateutil.relativedelta import relativedelta

from schemas.deadline import Doubt, Part, Precision

Level = Literal[
    "day", "weekday", "week", "month", "quarter", "months", "year", "years", "ten_days", "rule"
]
DAY = timedelta(days=1)


class Unit(NamedTuple):
    """A unit of the calendar as said; what is not said is None.

    `step`: the unit now (0) or the next (1) instead of a number. `months`: first and last
    month of a half or of nine months. `nth`: the week of a month, 0 the last. `rrule`: a day
    that by its own words recurs. `named`: False for a figure that goes on from the unit before.
    """

    level: Level
    start: int
    end: int
    rule: str
    day: int | None = None
    month: int | None = None
    quarter: int | None = None
    year: int | None = None
    last_year: int | None = None
    months: tuple[int, int] | None = None
    step: int | None = None
    year_step: int | None = None
    nth: int | None = None
    part: Part | None = None
    half_part: int | None = None
    last_day: bool = False
    weekday: int | None = None
    fixed: date | None = None
    lunar: bool = False
    rrule: str | None = None
    named: bool = True
    precision: Precision = "day"
    doubts: tuple[Doubt, ...] = ()

    @property
    def dated(self) -> bool:
        """True where the words themselves fix the year."""
        return (
            self.year is not None
            or self.fixed is not None
            or self.step is not None
            or self.year_step is not None
        )

    def doubting(self, *doubts: Doubt) -> "Unit":
        """The same unit with more doubts."""
        return self._replace(doubts=(*self.doubts, *doubts))


@dataclass(slots=True)
class Window:
    """First and last day."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the letter knows. `issued`: its own day. `context_year`: the year a plan is for, where
    its title says so."""

    issued: date | None
    context_year: int | None = None


def window_of(unit: Unit, calendar: Calendar) -> tuple[Window, tuple[Doubt, ...]] | None:
    """The days of the unit and the doubts of reading it; None where there is no such day."""
    try:
        return _window(unit, calendar)
    except (ValueError, OverflowError):
        return None


def _window(unit: Unit, calendar: Calendar) -> tuple[Window, tuple[Doubt, ...]] | None:
    if unit.fixed is not None:
        return Window(unit.fixed, unit.fixed), ()
    if unit.step is not None or unit.level == "weekday":
        return _relative(unit, calendar)
    if unit.year is not None:
        return placed(unit, unit.year), ()
    if unit.year_step is not None:
        return (
            (placed(unit, calendar.issued.year + unit.year_step), ()) if calendar.issued else None
        )
    return _yearless(unit, calendar)


def _yearless(unit: Unit, calendar: Calendar) -> tuple[Window, tuple[Doubt, ...]] | None:
    """The plan's year, else the letter's, else the next where that would lie before the letter."""
    if calendar.context_year is not None:
        return placed(unit, calendar.context_year), ()
    if calendar.issued is None:
        return None
    year = calendar.issued.year
    try:
        window = placed(unit, year)
    except ValueError:  # 29/2: the next year may have one
        window = None
    if window is not None and window.last >= calendar.issued:
        return window, ()
    return placed(unit, year + 1), ("year_rolled",)


def _relative(unit: Unit, calendar: Calendar) -> tuple[Window, tuple[Doubt, ...]] | None:
    issued = calendar.issued
    if issued is None:
        return None
    step = unit.step or 0
    if unit.level == "weekday":
        return _weekday(unit, issued)
    if unit.level == "week":
        return _week_from(unit, issued + timedelta(weeks=step)), ()
    if unit.level == "quarter":
        first = date(issued.year, (issued.month - 1) // 3 * 3 + 1, 1) + relativedelta(
            months=3 * step
        )
        quarter = unit._replace(step=None, quarter=(first.month + 2) // 3)
        return placed(quarter, first.year), ()
    first = issued.replace(day=1) + relativedelta(months=step)
    return placed(unit._replace(step=None, month=first.month), first.year), ()


def _weekday(unit: Unit, issued: date) -> tuple[Window, tuple[Doubt, ...]]:
    """That day of this week or the next; without a week the first one after the letter."""
    weekday = unit.weekday or 0
    if unit.step is not None:
        day = issued - timedelta(days=issued.weekday()) + timedelta(days=weekday, weeks=unit.step)
        return Window(day, day), ()
    day = issued + timedelta(days=(weekday - issued.weekday() - 1) % 7 + 1)
    return Window(day, day), ("week_assumed",)


def _week_from(unit: Unit, day: date) -> Window:
    monday = day - timedelta(days=day.weekday())
    starts = {"early": 0, "mid": 2, "late": 4}
    if unit.part in starts:
        first = monday + timedelta(days=starts[unit.part])
        return Window(first, first + DAY)
    return Window(monday, monday + timedelta(days=6))


def placed(unit: Unit, year: int) -> Window:
    """The unit in that year; ValueError where there is no such day."""
    if unit.level == "day":
        return _day(unit, year)
    if unit.level == "years":
        return Window(date(year, 1, 1), date(unit.last_year or year, 12, 31))
    first, last = _months(unit)
    window = Window(date(year, first, 1), _month_end(year, last))
    if unit.last_day:
        return Window(window.last, window.last)
    if unit.part is not None or unit.half_part is not None:
        return _part_of(unit, window)
    if unit.nth is not None:
        return _nth_week(window, unit.nth)
    return window


def _day(unit: Unit, year: int) -> Window:
    if unit.day is None or unit.month is None:
        raise ValueError("a day without its month")
    solar = date if not unit.lunar else _solar
    day = solar(year, unit.month, unit.day)
    return Window(day, day)


def _solar(year: int, month: int, day: int) -> date:
    from lunar_vn import LunarDate, lunar_to_solar  # noqa: PLC0415 - few letters name lunar days

    converted = lunar_to_solar(LunarDate(day, month, year))
    return date(converted.year, converted.month, converted.day)


def _months(unit: Unit) -> tuple[int, int]:
    if unit.months is not None:
        return unit.months
    if unit.quarter is not None:
        return 3 * unit.quarter - 2, 3 * unit.quarter
    if unit.month is not None:
        return unit.month, unit.month
    if unit.level == "year":
        return 1, 12
    raise ValueError("a month without its number")


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _part_of(unit: Unit, window: Window) -> Window:
    """Early, mid, late: days 1-10, 11-20, 21-end of a month; months of a quarter; first
    quarter, June, last quarter of a year. Halves of a month end on the 15th."""
    year, first, last = window.first.year, window.first.month, window.last.month
    if unit.half_part is not None:
        if unit.level != "month":
            raise ValueError("half of a quarter has no day")
        middle = window.first.replace(day=15)
        return (
            Window(window.first, middle)
            if unit.half_part == 1
            else Window(middle + DAY, window.last)
        )
    place = {"early": 0, "mid": 1, "late": 2}[unit.part or "late"]
    if unit.level == "month":
        starts = (1, 11, 21)
        ends = (10, 20, window.last.day)
        return Window(
            window.first.replace(day=starts[place]), window.first.replace(day=ends[place])
        )
    if unit.level == "quarter":
        return Window(date(year, first + place, 1), _month_end(year, first + place))
    spans = ((1, 3), (6, 6), (10, 12))
    first, last = spans[place]
    return Window(date(year, first, 1), _month_end(year, last))


def _nth_week(month: Window, nth: int) -> Window:
    """Days 1-7, 8-14 … of the month; 0: its last seven days."""
    if nth == 0:
        return Window(month.last - timedelta(days=6), month.last)
    first = month.first + timedelta(weeks=nth - 1)
    if first > month.last:
        raise ValueError("no such week")
    return Window(first, min(first + timedelta(days=6), month.last))


def years_from_the_right(units: Sequence[Unit]) -> list[Unit]:
    """Units without a year take it from the next unit of their list that has one.

    "từ 15/11 đến 15/12/2021": both in 2021. Where the unit would then come after that one,
    the year before: "tháng 12 và tháng 01/2022".
    """
    filled: list[Unit] = []
    for unit in reversed(units):
        right = filled[-1] if filled else None
        filled.append(_with_year(unit, right) if right is not None else unit)
    return filled[::-1]


def year_of_the_next(unit: Unit, following: Unit) -> Unit:
    """The year of a unit that stands further right in the clause, where that keeps the order:
    "50% trong quý II, 100% trong quý IV năm 2021"."""
    if unit.dated or following.year is None or unit.level in ("rule", "weekday", "years"):
        return unit
    same = unit._replace(year=following.year)
    return same if _order(same) <= _order(following) else unit


def years_of_the_last(units: Sequence[Unit], calendar: Calendar) -> list[Unit]:
    """A list or range without any year lies where its last unit lies: "quý I, II, III, IV"
    in a letter of April is this year's, though its first quarter is over."""
    fixed = any(u.dated or u.level in ("rule", "weekday", "years") for u in units)
    if len(units) < 2 or fixed or calendar.context_year is not None:
        return list(units)
    last = units[-1]
    read = window_of(last, calendar)
    if read is None:
        return list(units)
    window, doubts = read
    right = last._replace(year=window.last.year, doubts=(*last.doubts, *doubts))
    placed_units = [right]
    for unit in reversed(units[:-1]):
        placed_units.append(_with_year(unit, placed_units[-1]))
    return placed_units[::-1]


def _with_year(unit: Unit, right: Unit) -> Unit:
    if unit.level == "day" and unit.month is None and right.level == "day":
        falling = (unit.day or 0) > (right.day or 0)  # "ngày 28 và 2/10": misread, no day at all
        unit = unit._replace(month=right.month, step=right.step, day=None if falling else unit.day)
    if unit.dated or right.year is None or unit.level in ("rule", "weekday", "years"):
        return unit
    same = unit._replace(year=right.year)
    if _order(same) > _order(right) and right.level != "year":
        return unit._replace(year=right.year - 1)
    return same


def years_from_the_left(units: Sequence[Unit]) -> list[Unit]:
    """The last unit of a list without a year takes that of the one before, or the next year."""
    filled = list(units[:1])
    for unit in units[1:]:
        filled.append(_with_year_of(filled[-1], unit))
    return filled


def _with_year_of(left: Unit, unit: Unit) -> Unit:
    if unit.dated or left.year is None or left.level in ("years", "year"):
        return unit
    same = unit._replace(year=left.year)
    return same if _order(same) >= _order(left) else unit._replace(year=left.year + 1)


def _order(unit: Unit) -> tuple[int, int, int]:
    month = unit.month or (unit.months or (1, 1))[0]
    if unit.quarter is not None:
        month = 3 * unit.quarter - 2
    return unit.year or 0, month, unit.day or 1
