"""What does one token say: which unit of the calendar, which time of day, which period?"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache

from extractors.deadlines.lexer import Token
from extractors.deadlines.units import Level, Unit
from extractors.rules import compile_once
from schemas.deadline import Doubt, Part, Precision

_ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
_ALSO = {"tư": 4, "lăm": 5, "mốt": 1, "giêng": 1, "chạp": 12, "nhất": 1, "nửa": 6}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_OCR = str.maketrans("lio", "110")
_PARTS: dict[str, Part] = {
    "đầu": "early", "giữa": "mid", "cuối": "late", "sau": "late",
    "thượng": "early", "trung": "mid", "hạ": "late",
}  # fmt: skip
_HALVES = {"nửa đầu": 1, "nửa cuối": 2, "nửa sau": 2}
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "nhật": 6}
_PLACES = {"đầu": 0, "giữa": 1, "cuối": 2, "nhất": 0, "hai": 1, "ba": 2, "1": 0, "2": 1, "3": 2}
_PERIOD = compile_once(r"(?:(?P<count>[\w ]+?)(?: \(\d+\))? )?(?P<unit>tháng|quý|năm|tuần|ngày)")
_SPLIT = compile_once(r", và |,? ?và |, ?|,? hoặc |/")
_EACH = compile_once(r"^(?:(?:hằng|hàng|hăng|hẳng|hâng|hãng|hắng|mỗi|cả) )+")
_BESIDE = compile_once(r", ?| và | hoặc ")
RRULE_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@cache
def number(words: str) -> int | None:
    """The number of figures, roman figures or Vietnamese number words up to 99."""
    if words.isdigit():
        return int(words)
    if words in _ROMAN:
        return _ROMAN[words]
    if words in _ALSO:
        return _ALSO[words]
    parts = words.split()
    if "mươi" in parts:
        tens, _, ones = words.partition(" mươi")
        return 10 * (number(tens) or 0) + (number(ones.strip()) or 0 if ones.strip() else 0)
    if parts[:1] == ["mười"] and len(parts) == 2:
        return 10 + (number(parts[1]) or 0)
    return _ONES.index(words) if words in _ONES else None


def clock_of(token: Token) -> str | None:
    """HH:MM of a time of day; "5 giờ chiều" is 17:00."""
    hour, minute = int(token.words["hour"]), int(token.words.get("minute", "0"))
    if token.words.get("half") in ("chiều", "tối") and hour < 12:
        hour += 12
    return f"{hour:02d}:{minute:02d}" if hour * 60 + minute <= 24 * 60 else None


def of_half(clock: str | None, half: Part) -> str | None:
    """ "5 giờ | chiều" is 17:00."""
    if clock is None or half != "afternoon" or int(clock[:2]) >= 12:
        return clock
    return f"{int(clock[:2]) + 12}{clock[2:]}"


def day_part_of(token: Token) -> Part:
    """Morning or afternoon."""
    return "morning" if token.words["half"] == "sáng" else "afternoon"


def part_of(words: str) -> Part:
    """Early, mid or late: "giữa", "trung", "nửa cuối"."""
    return _PARTS[words.removeprefix("nửa ").split(maxsplit=1)[0]]


def half_of(words: str) -> int | None:
    """1 for the first half of a month, 2 for the second, None where it is no half."""
    return _HALVES.get(words)


def week_of(words: str) -> int:
    """The week of a month; 0 the last."""
    first = words.split(maxsplit=1)[0]
    return {"đầu": 1, "cuối": 0}.get(first) if first in ("đầu", "cuối") else number(first) or 0  # type: ignore[return-value]


def step_of(words: str) -> int:
    """0 for the unit now, 1 for the next."""
    return 0 if words in ("nay", "này") else 1


def quarter_months(place: str) -> tuple[int, ...]:
    """The months of the year that are the first, second or last of their quarter."""
    first = 1 + _PLACES[place.removeprefix("thứ ").split()[0]]
    return tuple(range(first, 13, 3))


@lru_cache(maxsize=1024)
def periods_of(words: str) -> tuple[tuple[int, str], ...]:
    """Count and unit of each period of a list: "tháng, quý, 6 tháng" → (1, tháng) (1, quý) …"""
    found = []
    for piece in _SPLIT.split(words):
        match = _PERIOD.fullmatch(_EACH.sub("", piece.strip()))
        if match is not None:
            found.append((number((match["count"] or "một").strip()) or 1, match["unit"]))
    return tuple(found)


def rrule_of(count: int, unit: str) -> tuple[str, Precision]:
    """RFC 5545 rule and precision of a period."""
    if unit in ("ngày", "tuần"):
        frequency, precision = ("DAILY", "day") if unit == "ngày" else ("WEEKLY", "week")
        return _interval(frequency, count), precision  # type: ignore[return-value]
    months = count * {"tháng": 1, "quý": 3, "năm": 12}[unit]
    if months % 12 == 0:
        return _interval("YEARLY", months // 12), "year" if months == 12 else "years"
    names: dict[int, Precision] = {1: "month", 3: "quarter", 6: "half"}
    return _interval("MONTHLY", months), names.get(months, "months")


def _interval(frequency: str, count: int) -> str:
    return f"FREQ={frequency}" + (f";INTERVAL={count}" if count > 1 else "")


def months_in(count: int, unit: str) -> int | None:
    """The length of a period in months; None for days and weeks."""
    return count * {"tháng": 1, "quý": 3, "năm": 12}[unit] if unit not in ("ngày", "tuần") else None


def unit_of(token: Token, issued: date | None) -> Unit | None:
    """The unit of the calendar that the token names; None where it names none."""
    read = _READERS.get(token.kind)
    return read(token, issued) if read is not None else None


def year_of(token: Token) -> int | None:
    """The year that the token says; two figures are of this century."""
    words = token.words.get("year")
    if words is None:
        return None
    year = int(words if words.isdigit() else words.translate(_OCR))
    return 2000 + year if len(words) == 2 else year


def _year_step(token: Token) -> int | None:
    words = token.words.get("next_year")
    return step_of(words) if words else None


def _figure(token: Token, name: str) -> int | None:
    words = token.words.get(name)
    if words is None:
        return None
    return number(words.translate(_OCR) if token.says("ocr") else words)


def _date(token: Token, _: date | None) -> Unit:
    doubts: tuple[Doubt, ...] = ("ocr_repaired",) if token.says("ocr") else ()
    following = token.words.get("next_month")
    return Unit(
        "day", token.start, token.end, token.rule.id,
        day=_figure(token, "day"), month=_figure(token, "month"), year=year_of(token),
        year_step=_year_step(token), step=step_of(following) if following else None,
        doubts=doubts,
    )  # fmt: skip


def _step(token: Token) -> int | None:
    which = token.words.get("which")
    return step_of(which) if which else 0 if token.says("vague") else None


def _vague(token: Token) -> tuple[Doubt, ...]:
    return ("year_assumed",) if token.says("vague") else ()


def _month(token: Token, _: date | None) -> Unit:
    return Unit(
        "month", token.start, token.end, token.rule.id,
        month=_figure(token, "month"), year=year_of(token), year_step=_year_step(token),
        step=_step(token), precision="month",
        doubts=("short_month",) if token.says("short") else _vague(token),
    )  # fmt: skip


def _quarter(token: Token, _: date | None) -> Unit:
    return Unit(
        "quarter", token.start, token.end, token.rule.id,
        quarter=_figure(token, "quarter"), year=year_of(token), year_step=_year_step(token),
        step=_step(token), precision="quarter", doubts=_vague(token),
    )  # fmt: skip


def _month_of_quarter(token: Token, _: date | None) -> Unit:
    quarter = _figure(token, "quarter") or 1
    place = _PLACES[token.words["place"]]
    return Unit(
        "month", token.start, token.end, token.rule.id,
        month=3 * quarter - 2 + place, year=year_of(token), year_step=_year_step(token),
        precision="month",
    )  # fmt: skip


def _half(token: Token, _: date | None) -> Unit:
    count = _figure(token, "count") or 6
    months = (1, count) if token.words["which"] == "đầu" else (13 - count, 12)
    return Unit(
        "months", token.start, token.end, token.rule.id,
        months=months, year=year_of(token), year_step=_year_step(token),
        precision="half" if count == 6 else "months",
    )  # fmt: skip


def _year_unit(token: Token, _: date | None) -> Unit:
    which = token.words.get("which")
    return Unit(
        "year", token.start, token.end, token.rule.id,
        year=year_of(token), year_step=step_of(which) if which else None, precision="year",
        doubts=("year_assumed",) if token.says("vague") else (),
    )  # fmt: skip


def _years(token: Token, _: date | None) -> Unit:
    return Unit(
        "years", token.start, token.end, token.rule.id,
        year=year_of(token), last_year=int(token.words["last"]), precision="year",
    )  # fmt: skip


def _year_part(token: Token, _: date | None) -> Unit:
    part = part_of(token.words["part"])
    return Unit(
        "year", token.start, token.end, token.rule.id,
        year=year_of(token), year_step=_year_step(token), part=part, precision="part",
        doubts=() if part == "late" else ("part_of_month",),
    )  # fmt: skip


def _part_now(token: Token, _: date | None) -> Unit:
    part = part_of(token.words["part"])
    level: Level = "month" if token.words["unit"] == "tháng" else "quarter"
    return Unit(
        level, token.start, token.end, token.rule.id,
        step=step_of(token.words.get("which", "này")), part=part, precision="part",
        doubts=("part_of_month",) if part != "late" or "which" not in token.words else (),
    )  # fmt: skip


def _today(token: Token, issued: date | None) -> Unit | None:
    if issued is None:
        return None
    days = {"ngày mai": 1, "sáng mai": 1, "chiều mai": 1, "ngày kia": 2, "ngày mốt": 2}
    day = issued + timedelta(days=days.get(token.words["which"], 0))
    parts: dict[str, Part] = {"sáng mai": "morning", "chiều mai": "afternoon"}
    return Unit(
        "day", token.start, token.end, token.rule.id, fixed=day,
        part=parts.get(token.words["which"]),
    )  # fmt: skip


def _now(token: Token, issued: date | None) -> Unit | None:
    if issued is None:
        return None
    return Unit("day", token.start, token.end, token.rule.id, fixed=issued)


def _weekday(token: Token, _: date | None) -> Unit:
    week = token.words.get("week")
    return Unit(
        "weekday", token.start, token.end, token.rule.id,
        weekday=_weekday_of(token.words["weekday"]), step=step_of(week) if week else None,
    )  # fmt: skip


def _weekday_of(words: str) -> int:
    name = words.rsplit(maxsplit=1)[-1]
    return int(name) - 2 if name.isdigit() else _WEEKDAYS[name]


def _weekdays(token: Token, _: date | None) -> Unit:
    names = _BESIDE.split(token.words["weekdays"])
    return _recurring(
        token, f"FREQ=WEEKLY;BYDAY={','.join(RRULE_DAYS[_weekday_of(name)] for name in names)}"
    )


def _weekday_of_month(token: Token, _: date | None) -> Unit:
    nth = week_of(token.words["nth"].removeprefix("thứ ")) or -1
    names = _BESIDE.split(token.words["weekdays"])
    days = ",".join(f"{nth}{RRULE_DAYS[_weekday_of(name)]}" for name in names)
    return _recurring(token, f"FREQ=MONTHLY;BYDAY={days}")


def _week_relative(token: Token, _: date | None) -> Unit:
    part = token.words.get("part")
    return Unit(
        "week", token.start, token.end, token.rule.id,
        step=step_of(token.words["which"]), part=part_of(part) if part else None,
        precision="week",
    )  # fmt: skip


def _last_day(token: Token, _: date | None) -> Unit:
    unit, working = token.words["unit"], "làm việc" in token.words["working"]
    months = {"tháng": "", "quý": ";BYMONTH=3,6,9,12", "năm": ";BYMONTH=12"}[unit]
    frequency = "MONTHLY" if unit == "tháng" else "YEARLY"
    last = ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1" if working else ";BYMONTHDAY=-1"
    return _recurring(
        token, f"FREQ={frequency}{months}{last}" if not working or unit == "tháng" else None
    )


def _nth_working_day(token: Token, _: date | None) -> Unit:
    nth = number(token.words.get("nth", "1")) or 1
    return _recurring(token, f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={nth}")


def _quarter_month(token: Token, _: date | None) -> Unit:
    months = ",".join(map(str, quarter_months(token.words["place"])))
    return _recurring(token, f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY=-1", "month")


def _quarter_day(token: Token, _: date | None) -> Unit:
    return _recurring(token, f"FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY={int(token.words['day'])}")


def _every_part(token: Token, _: date | None) -> Unit:
    part, unit = part_of(token.words["part"]), token.words["unit"]
    place = {"early": 0, "mid": 1, "late": 2}[part]
    if unit == "tháng":
        rrule = f"FREQ=MONTHLY;BYMONTHDAY={(10, 20, -1)[place]}"
    elif unit == "quý":
        months = ",".join(map(str, range(1 + place, 13, 3)))
        rrule = f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY=-1"
    else:
        rrule = f"FREQ=YEARLY;BYMONTH={(3, 6, 12)[place]};BYMONTHDAY=-1"
    found = _recurring(token, rrule, "part", part)
    return found if part == "late" else found.doubting("part_of_month")


def _every_working_day(token: Token, _: date | None) -> Unit:
    return _recurring(token, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")


def _recurring(
    token: Token, rrule: str | None, precision: Precision = "day", part: Part | None = None
) -> Unit:
    return Unit(
        "rule", token.start, token.end, token.rule.id, rrule=rrule, precision=precision, part=part
    )


_READERS: dict[str, Callable[[Token, date | None], Unit | None]] = {
    "date": _date,
    "month": _month,
    "quarter": _quarter,
    "month_of_quarter": _month_of_quarter,
    "half": _half,
    "year": _year_unit,
    "years": _years,
    "year_part": _year_part,
    "part_now": _part_now,
    "today": _today,
    "now": _now,
    "weekday": _weekday,
    "weekdays": _weekdays,
    "weekday_of_month": _weekday_of_month,
    "week_relative": _week_relative,
    "last_day": _last_day,
    "nth_working_day": _nth_working_day,
    "quarter_month": _quarter_month,
    "quarter_day": _quarter_day,
    "every_part": _every_part,
    "every_working_day": _every_working_day,
}
UNIT_KINDS = frozenset(_READERS)
