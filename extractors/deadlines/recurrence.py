"""Which days recur, and when do they come?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby, islice

from dateutil.rrule import rrulestr

from extractors.deadlines import values
from extractors.deadlines.items import (
    Dated,
    Every,
    Item,
    Length,
    Period,
    Plain,
    Repeated,
    begins_in_month,
)
from extractors.deadlines.units import Unit, placed
from schemas.deadline import Deadline, Doubt, Precision

_STOP = re.compile(r"[;.\n]")
_TOUCHING = re.compile(r"[\s,:(]*(?:và|là|vào|của|định kỳ|báo cáo|trong)?[\s,:(]*")
_ONE_LIST = re.compile(r"[\s,()]*(?:và|hoặc)?[\s,(]*")
# "báo cáo 6 tháng gửi trước ngày 10/6, báo cáo năm gửi trước ngày 05/12 hằng năm": both
_REPORTS = re.compile(
    r"[\s,()]*(?:và|hoặc)?[\s,(]*(?:báo cáo (?:tuần|tháng|quý|năm|cả năm|\d+ tháng) )?(?:gửi )?"
)
_RECURS_LATER = re.compile(
    r"[^.;\n]{0,40}?(?<!\w)(?:hằng|hàng|hăng|hãng|mỗi|từng|các|trong) "
    r"(?:tuần|tháng|quý)(?! ?\d)(?!\w)"
)
_GOAL = re.compile(r"[\s,]*(?:phải |cơ bản )*(?:hoàn thành|xong|đạt|có|trên|không|là)(?!\w)")
_MONTHLY_SAID = re.compile(r"(?<!\w)(?:báo cáo|thanh toán|quyết toán|hằng|hàng|mỗi) tháng(?!\w)")
_NEAR_REPORT = 160  # characters
LIMIT = 1000
NEAR = 12  # characters: "hằng năm, chậm nhất ngày …" is quoted whole, a far one is not


def put_together(items: Sequence[Item], key: str) -> list[Item]:
    """The items with each "hằng …" joined to the days it repeats."""
    if len(items) == 1:  # most clauses: nothing to join
        return [_bracket_closed(_by_itself(_of_next_month(items[0], key)), key)]
    found = list(items)
    for place in reversed(range(len(found))):  # "hằng năm … trước ngày 10/12 hằng năm": the nearer
        if isinstance(found[place], Every):
            _join(found, place, key)
    absorbed = _absorbed(found, key)
    joined = [item for item in _no_one_day(found, key) if item not in absorbed]
    read = [_by_itself(_of_next_month(item, key)) for item in joined]
    alone = _only_alone(_bounds_shared(read, key), key)
    return [_bracket_closed(item, key) for item in alone]


def _bracket_closed(item: Item, key: str) -> Item:
    """ "hằng năm (tháng 12)": the words with the bracket they opened."""
    if not isinstance(item, Repeated):
        return item
    start, end = item.start, item.end
    closes = key.startswith(")", end) and key.count("(", start, end) > key.count(")", start, end)
    return replace(item, end=end + 1) if closes else item


def _join(items: list[Item], place: int, key: str) -> None:
    """Days right before "hằng tháng" recur, and days after it in the same sentence."""
    every = items[place]
    assert isinstance(every, Every)
    here, right = place - 1, every.start
    while (
        here >= 0
        and not every.forward
        and (_recurs(items[here], every) or _begins(items[here], every))
        and _between(key, items[here].end, right, here, place)
    ):
        right = items[here].start
        items[here] = _repeated(items[here], every)
        here -= 1
    if here < place - 1:
        return
    here, left = place + 1, every.end
    while (
        here < len(items)
        and _recurs(items[here], every)
        and not _STOP.search(key, left, items[here].start)
    ):
        if here > place + 1 and not _ONE_LIST.fullmatch(key, left, items[here].start):
            return
        left = items[here].end
        items[here] = _repeated(items[here], every)
        here += 1


def _between(key: str, left: int, right: int, here: int, place: int) -> bool:
    pattern = _TOUCHING if here == place - 1 else _REPORTS
    return pattern.fullmatch(key, left, right) is not None


def _recurs(item: Item, every: Every) -> bool:
    """True for days without a year, and for days that are already joined to a period."""
    if isinstance(item, Repeated):
        return item.every is None or _said(item.every) == _said(every)
    if not isinstance(item, Dated) or (item.opening in ("from", "after") and not item.ranged):
        return False
    if item.clock_only:
        return True
    return (not item.ranged or _months_of_each_year(item, every)) and all(
        not unit.dated
        or (unit.year_step is not None or (unit.step is not None and unit.day is not None))
        for unit in item.units
    )


def _begins(item: Item, every: Every) -> bool:
    """ "từ đầu tháng 9 hằng năm": a month in which each year it begins."""
    return isinstance(item, Dated) and begins_in_month(item) and _said(every) == ((1, "năm"),)


def lasts_until(item: Dated, key: str) -> bool:
    """ "hằng quý | đến năm 2030": after a recurrence its end; "đến năm 2030 đạt …" is a goal."""
    one = len(item.units) == 1 and item.dated and item.clock is None
    until = item.rule == "bound.until" and item.bound == "inclusive"
    return one and until and _GOAL.match(key, item.end) is None


def _no_one_day(items: Sequence[Item], key: str) -> list[Item]:
    """A weekday before "hằng tháng" that was not joined to it is no one day, nor understood."""
    return [
        Plain(item.start, item.end, item.rule, "unread", doubts=("residue",))
        if isinstance(item, Dated) and _is_weekday(item) and _RECURS_LATER.match(key, item.end)
        else item
        for item in items
    ]


def _of_next_month(item: Item, key: str) -> Item:
    """ "báo cáo tháng: trước ngày 05 của tháng kế tiếp": each month, the next one's day."""
    if not isinstance(item, Dated) or len(item.units) != 1:
        return item
    unit = item.units[0]
    monthly = unit.level == "day" and unit.day is not None and unit.step == 1
    said = _MONTHLY_SAID.search(key, max(0, item.start - _NEAR_REPORT), item.start)
    if not monthly or said is None or _STOP.search(key, said.end(), item.start):
        return item
    period = Period(said.start(), said.end(), 1, "tháng")
    every = Every(said.start(), said.end(), item.rule, (period,))
    return Repeated(item.start, item.end, item.rule, item, every)


def _is_weekday(item: Dated) -> bool:
    return any(unit.level == "weekday" and unit.step is None for unit in item.units)


def _months_of_each_year(item: Dated, every: Every) -> bool:
    """ "hằng năm, từ tháng 5 đến tháng 8": months of the same year."""
    months = [unit.month or 0 for unit in item.units if unit.level == "month"]
    yearly = _said(every) == ((1, "năm"),) and item.bound is None
    return yearly and len(months) == len(item.units) == 2 and months[0] <= months[1]


def _repeated(item: Item, every: Every) -> Item:
    if isinstance(item, Repeated):
        return item
    assert isinstance(item, Dated)
    start, end = item.start, item.end
    if start - every.end <= NEAR and every.start - end <= NEAR:
        start, end = min(start, every.start), max(end, every.end)
    return Repeated(start, end, every.rule, item, every)


def _absorbed(items: Sequence[Item], key: str) -> list[Item]:
    """The "hằng …" whose days were found; "hằng năm, cao điểm …" is said beside them."""
    taken = [
        item.every
        for item in items
        if isinstance(item, Repeated)
        and item.every
        and "cao điểm" not in key[item.every.end : item.dated.start]
    ]
    said = [_said(every) for every in taken]
    return [item for item in items if isinstance(item, Every) and _said(item) in said]


def _said(every: Every) -> tuple[tuple[int, str], ...]:
    return tuple((period.amount, period.unit) for period in every.periods)


def _only_alone(items: list[Item], key: str) -> list[Item]:
    """A bare length in a list with other times is not understood, nor is the list:
    "6 tháng và cuối năm". Elsewhere in the clause only the length itself is not."""
    found: list[Item] = []
    for item in items:
        last = found[-1] if found else None
        if last is not None and _of_period(last, item, key):
            found[-1] = item
        elif last is not None and (_listed(last, item, key) or _broken(last, item, key)):
            found[-1] = Plain(last.start, item.end, last.rule, "unread")
        else:
            found.append(item)
    if len(found) < 2:
        return found
    return [Plain(i.start, i.end, i.rule, "unread") if _bare(i) else i for i in found]


def _listed(last: Item, item: Item, key: str) -> bool:
    return (_bare(last) or _bare(item)) and _ONE_LIST.fullmatch(
        key, last.end, item.start
    ) is not None


def _of_period(last: Item, item: Item, key: str) -> bool:
    """ "quyết toán năm 2023 | trước ngày 30/6/2024": a period that what is due is of, then a last
    day with its own year."""
    if not isinstance(last, Dated) or not isinstance(item, Dated):
        return False
    period = last.opening is None and all(unit.level != "day" for unit in last.units)
    sure = item.opening == "bound" and item.dated and item.units[-1].level == "day"
    return period and sure and key[last.end : item.start].strip() == ""


def _broken(last: Item, item: Item, key: str) -> bool:
    """ "ngày 3 1/12/2024": two days with nothing but a gap between are one misread day;
    "quý IV trước ngày 05/12": the quarter may name a report or place the day; "trước ngày 15/5 của
    năm sau" is one day."""
    return (
        isinstance(last, Dated)
        and isinstance(item, Dated)
        and (item.opening is None or (item.opening == "bound" and last.opening is None))
        and not item.day_part
        and key[last.end : item.start].strip() in ("", "của", "thuộc")
    )


def _bounds_shared(items: list[Item], key: str) -> list[Item]:
    """ "trước ngày 20 tháng cuối quý và ngày 15/12": the bound holds for both days."""
    found: list[Item] = []
    for item in items:
        found.append(_with_bound(found[-1], item, key) if found else item)
    return found


def _with_bound(last: Item, item: Item, key: str) -> Item:
    dated = last.dated if isinstance(last, Repeated) else last
    if not isinstance(dated, Dated) or not isinstance(item, Dated):
        return item
    if dated.bound is None or item.opening is not None or not item.units:
        return item
    listed = _ONE_LIST.fullmatch(key, last.end, item.start) is not None
    if not listed or item.units[0].level != "day":
        return item
    clock = item.clock or dated.clock
    return replace(item, opening="bound", bound=dated.bound, rule=dated.rule, clock=clock)


def _bare(item: Item) -> bool:
    return isinstance(item, Length) and item.bare and item.anchor is None


def _by_itself(item: Item) -> Item:
    """Days that recur by their own words, alone: "ngày cuối cùng của tháng"."""
    if isinstance(item, Dated) and item.units and item.units[0].level == "rule":
        return Repeated(item.start, item.end, item.rule, item)
    return item


class Rule:
    """A recurrence as computed: RRULE, precision and doubts; `rrule` None where it cannot be."""

    def __init__(self, rrule: str | None, precision: Precision, *doubts: Doubt) -> None:
        self.rrule, self.precision, self.doubts = rrule, precision, doubts


def rules_of_days(repeated: Repeated) -> list[Rule]:
    """The rules of days that recur; one rule for each set of days that one RRULE can say."""
    dated, every = repeated.dated, repeated.every
    if dated.clock_only:
        return [_of_clock(every)]
    if begins_in_month(dated):
        return [Rule(f"FREQ=YEARLY;BYMONTH={dated.units[0].month}", "month")]
    found = _spread(list(dated.units))
    if dated.ranged:
        first, last = (unit.month or 0 for unit in found)
        months = ",".join(map(str, range(first, last + 1)))
        return [Rule(f"FREQ=YEARLY;BYMONTH={months}", "months")]
    if all(unit.level == "day" and unit.month is not None for unit in found):
        return _of_dates(found, every)
    rules = [_of_unit(unit, every, first=dated.bound == "exclusive") for unit in found]
    return _months_merged(rules) or _days_merged(rules, found) or rules


def _spread(units: list[Unit]) -> list[Unit]:
    """ "15 và 20/12": the month of the last day is the month of the first."""
    month = None
    spread = []
    for unit in reversed(units):
        month = unit.month or month
        spread.append(unit._replace(month=month) if unit.level == "day" else unit)
    return spread[::-1]


def _of_clock(every: Every | None) -> Rule:
    if every is None or len(every.periods) != 1:
        return Rule(None, "none")
    period = every.periods[0]
    if period.unit != "ngày" or period.times != 1:
        return Rule(None, "none")
    return Rule(values.rrule_of(period.amount, period.unit)[0], "minute")


def _of_dates(units: list[Unit], every: Every | None) -> list[Rule]:
    """Days of the year: those of the same day number in one rule."""
    if every is not None and any(_short(period) for period in every.periods):
        return [Rule(None, "none")]
    if any(not _exists(unit) for unit in units):
        return [Rule(None, "none", "invalid_date")]
    return [
        Rule(f"FREQ=YEARLY;BYMONTH={','.join(str(u.month) for u in group)};BYMONTHDAY={day}", "day")
        for day, group in ((day, list(group)) for day, group in groupby(units, lambda u: u.day))
    ]


def _exists(unit: Unit) -> bool:
    try:
        date(2024, unit.month or 0, unit.day or 0)
    except ValueError:
        return False
    return True


def _short(period: Period) -> bool:
    months = values.months_in(period.amount, period.unit)
    return months is None or months < 3


def _of_unit(unit: Unit, every: Every | None, *, first: bool) -> Rule:
    if unit.level == "rule":
        doubts: tuple[Doubt, ...] = () if every is not None else unit.doubts
        valid = unit.rrule if unit.day is None or unit.day <= 31 else None
        return Rule(valid, unit.precision, *doubts)
    if every is None or len(every.periods) != 1 or every.periods[0].times != 1:
        return Rule(None, "none")
    period = every.periods[0]
    months = values.months_in(period.amount, period.unit)
    if unit.level == "weekday":
        weekly = period.unit == "tuần" and period.amount == 1
        day = values.RRULE_DAYS[unit.weekday or 0]
        return Rule(f"FREQ=WEEKLY;BYDAY={day}" if weekly else None, "day")
    if unit.level == "day" and months is not None and unit.day is not None and unit.day <= 31:
        return _of_day(unit.day, months)
    return _of_window(unit, months, first)


def _of_day(day: int, months: int) -> Rule:
    if months == 1:
        return Rule(f"FREQ=MONTHLY;BYMONTHDAY={day}", "day")
    if months == 3:
        return Rule(f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={day}", "day", "even_spacing")
    return Rule(None, "none")


def _of_window(unit: Unit, months: int | None, first: bool) -> Rule:
    """A month, quarter, half or part of the year that recurs: its last day; after trước the
    first day, which is too late."""
    if months != 12 or unit.half_part is not None or unit.nth is not None:
        return Rule(None, "none")
    if unit.level not in ("month", "quarter", "months", "year") or (
        unit.level == "year" and unit.part is None
    ):
        return Rule(None, "none")
    try:  # any year without 29 February: the last day of that month is then said as -1
        window = placed(unit, 2023)
    except ValueError:
        return Rule(None, "none")
    day = window.first if first else window.last
    ends = not first and (day + timedelta(days=1)).day == 1
    return Rule(
        f"FREQ=YEARLY;BYMONTH={day.month};BYMONTHDAY={-1 if ends else day.day}", unit.precision
    )


_YEARLY = re.compile(r"FREQ=YEARLY;BYMONTH=(\d+);BYMONTHDAY=(-?\d+)")
_MONTHLY = re.compile(r"FREQ=MONTHLY;BYMONTHDAY=(-?\d+)")


def _months_merged(rules: list[Rule]) -> list[Rule] | None:
    """ "tháng 3 và tháng 9 hằng năm" is one rule."""
    read = [_YEARLY.fullmatch(rule.rrule or "") for rule in rules]
    if len(rules) < 2 or not all(read) or len({match[2] for match in read if match}) > 1:
        return None
    months = ",".join(match[1] for match in read if match)
    day = next(match[2] for match in read if match)
    return [Rule(f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}", rules[0].precision)]


def _days_merged(rules: list[Rule], units: list[Unit]) -> list[Rule] | None:
    """ "ngày 15 và ngày 30 hằng tháng" is one rule."""
    read = [_MONTHLY.fullmatch(rule.rrule or "") for rule in rules]
    if len(units) < 2 or not all(read):
        return None
    days = ",".join(match[1] for match in read if match)
    return [Rule(f"FREQ=MONTHLY;BYMONTHDAY={days}", "day")]


def rule_of_period(period: Period) -> Rule:
    """The rule of a bare period; several times in a unit are taken as evenly spaced."""
    if period.times == 1:
        if (period.amount, period.unit) == (9, "tháng"):
            return Rule("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=-1", "months", "even_spacing")
        return Rule(*values.rrule_of(period.amount, period.unit))
    months = values.months_in(period.amount, period.unit)
    if months is None or months % period.times:
        return Rule(None, "none")
    rrule, precision = values.rrule_of(months // period.times, "tháng")
    return Rule(rrule, precision, "even_spacing")


def occurrences(deadline: Deadline, until: date, since: date | None = None) -> tuple[date, ...]:
    """The days on which a recurring deadline comes, up to and including `until`.

    `since`: the first day to count from, the letter's date; a deadline that says its own
    beginning uses the later of the two. Days are as written: with `bound` exclusive the last
    day in time is the one before. At most 1,000.
    """
    start = max((day for day in (deadline.start, since) if day is not None), default=None)
    if deadline.rrule is None or start is None:
        return ()
    rule = rrulestr(deadline.rrule, dtstart=datetime(start.year, start.month, start.day))
    last = datetime(until.year, until.month, until.day)
    return tuple(day.date() for day in islice(_until(rule, last), LIMIT))


def _until(rule: Iterable[datetime], last: datetime) -> Iterator[datetime]:
    for day in rule:
        if day > last:
            return
        yield day
