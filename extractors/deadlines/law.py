"""How are days counted?

A period does not count its first day (Bộ luật Dân sự 2015, Điều 147, khoản 2 and 3) and, where
its last day is a day off, ends on the next working day (Điều 148, khoản 5). Working days are
the days that are neither Saturday or Sunday nor a public holiday of Vietnam, days in lieu and
swapped days included (package `holidays`).
"""

from datetime import date, timedelta
from functools import cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

    from holidays import HolidayBase

SATURDAY = 5
ONE_DAY = timedelta(days=1)
_STEPS = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}


@cache
def _holidays() -> "HolidayBase":
    """Vietnam's table alone: the package's own door loads 250 countries in 90 ms first."""
    table = _table_of_vietnam()
    if table is None or table.loader is None:
        from holidays import country_holidays  # noqa: PLC0415 - the door, where there is no file

        return country_holidays("VN")
    module = module_from_spec(table)
    table.loader.exec_module(module)
    days: HolidayBase = module.Vietnam()
    return days


def _table_of_vietnam() -> "ModuleSpec | None":
    """The file of the package that holds Vietnam, to be loaded by itself."""
    package = find_spec("holidays")
    if package is None or package.origin is None:
        return None
    file = Path(package.origin).parent / "countries" / "vietnam.py"
    return spec_from_file_location("holidays_of_vietnam", file) if file.exists() else None


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
    later = moved(anchor, count, unit)
    return rolled(later) if later is not None else None


def moved(day: date, count: int, unit: str) -> date | None:
    """The day so many units later, or earlier where `count` is negative; None for hours."""
    return day + relativedelta(**{_STEPS[unit]: count}) if unit in _STEPS else None  # type: ignore[arg-type]
