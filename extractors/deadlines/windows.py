"""Which last day, first day or window do dated words come to?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.deadlines import law
from extractors.deadlines.dateline import Dateline
from extractors.deadlines.drafts import Draft, unread
from extractors.deadlines.items import Dated, Item
from extractors.deadlines.units import (
    Calendar,
    Unit,
    Window,
    window_of,
    year_of_the_next,
    years_from_the_left,
    years_from_the_right,
    years_of_the_last,
)
from schemas.deadline import Doubt, Precision

DAY = timedelta(days=1)
_ORDER: tuple[Precision, ...] = (
    "day", "week", "part", "month", "quarter", "months", "half", "year", "years",
)  # fmt: skip


@dataclass(slots=True)
class Placed:
    """A unit and the days it covers."""

    unit: Unit
    window: Window
    doubts: tuple[Doubt, ...]


def drafts_of_dates(item: Dated, dateline: Dateline) -> list[Draft]:
    """One draft for each last day, or for each run of units that touch."""
    if item.clock_only or not item.units:
        return [unread(item)]
    placed = [_placed(unit, dateline) for unit in item.units]
    known = [place for place in placed if place is not None]
    if len(known) < len(placed):
        return [_undated(item, dateline)]
    if item.ranged and item.opening == "bound":  # "trước ngày 30/4-1/5": which of the two?
        return [unread(item)]
    if item.ranged:
        return [_range(item, known[0], known[-1], dateline)]
    if item.bound is not None:
        return [_last_day(item, place, dateline) for place in known]
    return _windows(item, known, dateline)


def whole_window(item: Dated, dateline: Dateline) -> Window | None:
    """From the first unit's first day to the last unit's last; None where there is no such day."""
    first, last = _placed(item.units[0], dateline), _placed(item.units[-1], dateline)
    if first is None or last is None or first.window.first > last.window.last:
        return None
    return Window(first.window.first, last.window.last)


def _placed(unit: Unit, dateline: Dateline) -> Placed | None:
    read = window_of(unit, dateline)
    return Placed(unit, read[0], (*unit.doubts, *read[1])) if read is not None else None


def _undated(item: Dated, dateline: Dateline) -> Draft:
    """No such day, or a day without the year or month that would place it."""
    known = dateline.issued is not None or dateline.context_year is not None or item.dated
    return unread(item, "invalid_date" if known else "year_unknown")


def _last_day(item: Dated, place: Placed, dateline: Dateline) -> Draft:
    """ "trước …", "chậm nhất …": the second of a list has its own words only."""
    unit, window = place.unit, place.window
    exclusive = _excludes(item, unit, dateline)
    end = window.first if exclusive else window.last
    due = end - DAY if exclusive and item.clock is None else end
    draft = _draft("by", item, place)
    draft.values = {
        "end": end,
        "bound": "exclusive" if exclusive else "inclusive",
        "due": due,
        **_of_day(item, unit),
    }
    if item.horizon:
        draft.doubts.append("horizon")
    if item.until and unit.level in ("year", "years") and unit.part is None:
        draft.doubts.append("goal_year")
    draft.doubts += _doubts_of(due, place, dateline)
    if unit is not item.units[0]:
        draft.start = unit.start
    return draft


def _excludes(item: Dated, unit: Unit, dateline: Dateline) -> bool:
    """The setting turns a day inclusive; trước a month or quarter always ends before it."""
    lenient = dateline.before == "inclusive" and unit.level in ("day", "weekday")
    return item.bound == "exclusive" and not lenient


def _of_day(item: Dated, unit: Unit) -> dict[str, object]:
    """Time of day, part of day or part of a month, and how exact they make the deadline."""
    precision: Precision = "part" if item.day_part else unit.precision
    return {
        "time": item.clock,
        "part": item.day_part or unit.part,
        "precision": "minute" if item.clock else precision,
    }


def _range(item: Dated, first: Placed, last: Placed, dateline: Dateline) -> Draft:
    """ "từ A đến hết B", "từ A đến trước B"."""
    exclusive = item.last_bound == "exclusive"
    end = last.window.first if exclusive else last.window.last
    due = end - DAY if exclusive else end
    draft = _draft("within", item, last)
    draft.doubts = [*first.unit.doubts, *last.doubts, *_doubts_of(due, last, dateline)]
    draft.values = {
        "start": first.window.first,
        "end": end,
        "bound": item.last_bound,
        "due": due,
        "precision": max(first.unit.precision, last.unit.precision, key=_ORDER.index),
    }
    if item.last_clock is not None:
        draft.values |= {"time": item.last_clock, "due": end, "precision": "minute"}
    return draft


def _windows(item: Dated, placed: Sequence[Placed], dateline: Dateline) -> list[Draft]:
    """Windows, those that touch made one: "quý III, IV"; not "quý III và quý IV"."""
    runs: list[list[Placed]] = []
    for place in placed:
        goes_on = place.unit.level != "quarter" or not place.unit.named
        if runs and goes_on and runs[-1][-1].window.last + DAY == place.window.first:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [_one_window(item, run, dateline, alone=len(runs) == 1) for run in runs]


def _one_window(item: Dated, run: Sequence[Placed], dateline: Dateline, *, alone: bool) -> Draft:
    last = run[-1]
    window = Window(run[0].window.first, last.window.last)
    if item.opening in ("from", "after"):
        return _first_day(item, window, last)
    draft = _draft("within", item, last)
    draft.doubts = [doubt for place in run for doubt in place.doubts]
    draft.values = {"start": window.first, "end": window.last, "bound": "inclusive",
                    "due": window.last, **_of_day(item, last.unit)}  # fmt: skip
    if len(run) > 1:
        draft.values |= {"part": None, "precision": last.unit.precision}
    if len(item.units) > 1 and not item.dated and dateline.context_year is None:
        draft.doubts.append("list_without_year")
    if len(item.units) == 1 and _is_bare(item):
        draft.doubts.append("bare_date")
    draft.doubts += _doubts_of(window.last, last, dateline)
    if not alone:
        draft.start = item.start if run[0].unit is item.units[0] else run[0].unit.start
        draft.end = last.unit.end
    return draft


def _is_bare(item: Dated) -> bool:
    """A day with no word before it: on that day, or perhaps by it."""
    unit = item.units[0]
    alone = item.opening is None and item.clock is None and item.day_part is None
    return alone and unit.level == "day" and unit.weekday is None


def _first_day(item: Dated, window: Window, place: Placed) -> Draft:
    """ "từ …": its first day; "sau …": the day after its last."""
    draft = _draft("from", item, place)
    start = window.last + DAY if item.opening == "after" else window.first
    draft.values = {"start": start, **_of_day(item, place.unit), "part": None}
    draft.doubts += _wrong_weekday(place)
    return draft


def _draft(kind: str, item: Dated, place: Placed) -> Draft:
    rule = item.rule if item.opening == "bound" else place.unit.rule
    return Draft(kind, item.start, item.end, rule, list(place.doubts))


def _doubts_of(due: date, place: Placed, dateline: Dateline) -> list[Doubt]:
    doubts: list[Doubt] = []
    if dateline.issued is not None and due < dateline.issued:
        doubts.append("past_at_issue")
    if place.unit.level == "day" and not law.is_working_day(due):
        doubts.append("not_working_day")
    return [*doubts, *_wrong_weekday(place)]


def _wrong_weekday(place: Placed) -> list[Doubt]:
    named = place.unit.weekday
    wrong = place.unit.level == "day" and named is not None
    return ["weekday_mismatch"] if wrong and place.window.first.weekday() != named else []


def fill_years(items: Sequence[Item], calendar: Calendar) -> None:
    """Units without a year take it from their own list, else from what follows in the clause."""
    said = [unit for item in items if isinstance(item, Dated) for unit in item.units]
    if len(said) < 2 or all(_says_year(unit) for unit in said):
        return
    following: Unit | None = None
    for item in reversed(items):
        if not isinstance(item, Dated) or not item.units:
            continue
        units = years_from_the_left(years_from_the_right(item.units))
        if following is not None:
            units = years_from_the_right([*units[:-1], year_of_the_next(units[-1], following)])
        following = units[0] if units[0].year is not None else following
        item.units = tuple(years_of_the_last(units, calendar))


def _says_year(unit: Unit) -> bool:
    """True where there is nothing to take from the units beside it."""
    return unit.year is not None and (unit.month is not None or unit.level != "day")
