"""When does an event come that the whole country knows?"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from extractors.rules import compile_once, rules
from extractors.text import fold

_YEAR = compile_once(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class NationalDay:
    """The first day of an event and the document that set it."""

    day: date
    source: str


def known_event(text: str, context_year: int | None, issued: date | None) -> NationalDay | None:
    """The day of the event that the words name, in the year they name or the letter's."""
    key = fold(text)
    year = _year(key) or context_year or (issued.year if issued else None)
    if year is None:
        return None
    for row in rules("events"):
        if row.pattern.match(key):
            return _days(row.id).get(year)
    return None


def _year(key: str) -> int | None:
    match = _YEAR.search(key)
    return int(match[0]) if match else None


@cache
def _days(rule: str) -> dict[int, NationalDay]:
    """The days of one row, by year."""
    row = next(row for row in rules("events") if row.id == rule)
    days = ((date.fromisoformat(day), str(source)) for day, source in row.value.items())
    return {day.year: NationalDay(day, source) for day, source in days}
