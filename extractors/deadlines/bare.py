"""What do a bare figure or a bare day mean under a header or label that says it?

"7" under "Số ngày" is a length; "4-5" under "Tháng" are April and May; "30/4" under "Thời hạn"
is the last day.
"""

from collections.abc import Sequence
from dataclasses import replace

from extractors.deadlines.items import Dated, Item
from extractors.deadlines.units import Level, Unit
from extractors.rules import compile_once
from schemas.deadline import Duration, Period, Precision
from schemas.letter import Letter
from schemas.task import Bare, Claim

_LENGTH = compile_once(r"\s*0*([1-9]\d{0,2})\s*\.?\s*")
_JOINT = r"(?: ?([-–,;]|và) ?"
_FIGURES = {
    "month": compile_once(rf"(0?[1-9]|1[0-2]){_JOINT}(0?[1-9]|1[0-2]))? ?\.?"),
    "quarter": compile_once(rf"(i{{1,3}}|iv|[1-4]){_JOINT}(i{{1,3}}|iv|[1-4]))? ?\.?"),
}
_LEVELS: dict[str, tuple[Level, str]] = {
    "month": ("month", "month.header"),
    "quarter": ("quarter", "quarter.header"),
}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_PERIODS: dict[Bare, tuple[str, Precision]] = {
    "days": ("D", "day"),
    "weeks": ("W", "day"),
    "months": ("M", "month"),
    "years": ("Y", "year"),
}


def bare_length(letter: Letter, claim: Claim, start: int, end: int) -> tuple[Duration, ...]:
    """ "7" under "Số ngày" is P7D."""
    period = _PERIODS.get(claim.bare) if claim.bare else None
    match = _LENGTH.fullmatch(letter.key, start, end) if period is not None else None
    if period is None or match is None:
        return ()
    unit, precision = period
    return (
        Duration(
            duration=Period(value=f"P{match[1]}{unit}"),
            precision=precision,
            confidence="medium",
            doubts=("no_anchor",),
            quote=letter.quote(start, end),
            rule="length.header_unit",
            inherited_from=claim.inherited_from,
        ),
    )


def bare_units(bare: Bare | None, key: str, start: int, end: int) -> list[Item]:
    """ "4-5" under "Tháng", "III, IV" under "Quý": the months and quarters of those numbers."""
    match = _FIGURES[bare].fullmatch(key, start, end) if bare in _FIGURES else None
    if bare is None or match is None:
        return []
    level, rule = _LEVELS[bare]
    groups = [group for group in (1, 3) if match[group]]
    units = tuple(
        _unit(level, rule, match[group], *match.span(group))._replace(named=group == 1)
        for group in groups
    )
    ranged = match[2] in ("-", "–")
    return [Dated(units[0].start, units[-1].end, rule, units, ranged=ranged)]


def _unit(level: Level, rule: str, words: str, start: int, end: int) -> Unit:
    if level == "quarter":
        number = _QUARTERS.get(words.lower()) or int(words)
        return Unit(level, start, end, rule, quarter=number, precision="quarter")
    return Unit(level, start, end, rule, month=int(words), precision="month")


def as_last_day(items: Sequence[Item]) -> list[Item]:
    """Days alone, of which the header or label says that they are the last."""
    return [
        replace(item, opening="bound", bound="inclusive")
        if isinstance(item, Dated) and _is_day(item)
        else item
        for item in items
    ]


def _is_day(item: Dated) -> bool:
    plain = not (item.opening or item.ranged or item.clock_only or item.each)
    return plain and all(unit.level == "day" for unit in item.units)
