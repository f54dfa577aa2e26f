"""How are days counted?

A period does not count its first day (Bộ luật Dân sự 2015, Điều 147, khoản 2 and 3) and, where
its last day is a day off, ends on the next working day (Điều 148, khoản 5). Working days are
the days that are neither Saturday or Sunday nor a public holiday of Vietnam, days in lieu and
swapped days included (package `holidays`).
"""

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from holidays import HolidayBase

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@cache
def _holidays() -> "HolidayBase":
    """Built once: reading the tables of Vietnam takes about 60 ms."""
    from holidays import country_holidays  # noqa: PLC0415 - only letters that count days need it

    return country_holidays("VN")


@cache
def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday."""
    return day.weekday() < SATURDAY and day not in _holidays()


def rolled(day: date) -> date:
    """The day, or the next working day where it is a day off."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def working_days_after(anchor: date, count: int) -> date:
    """The `count`-th working day after the anchor."""
    day = anchor
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day)
    return day


def period_end(anchor: date, count: int, unit: str, *, working: bool) -> date | None:
    """The last day of a period of `count` units (D, W, M, Y) after the anchor, rolled.

    None for hours: they end at a time of day that the letter does not give.
    """
    if working:
        return working_days_after(anchor, count)
    steps = {
        "D": relativedelta(days=count),
        "W": relativedelta(weeks=count),
        "M": relativedelta(months=count),
        "Y": relativedelta(years=count),
    }
    if unit not in steps:
        return None
    return rolled(anchor + steps[unit])
