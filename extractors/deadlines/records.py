"""What does an item come to: which last day, which window, which rule?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

import regex
from dateutil.relativedelta import relativedelta
from pydantic import TypeAdapter, ValidationError

from extractors.deadlines import law
from extractors.deadlines.events import known_event
from extractors.deadlines.items import (
    Dated,
    Every,
    Following,
    Item,
    Length,
    Plain,
    Repeated,
    Said,
)
from extractors.deadlines.recurrence import Rule, rule_of_period, rules_of_days
from extractors.deadlines.units import (
    Calendar,
    Unit,
    Window,
    window_of,
    years_from_the_left,
    year_of_the_next,
    years_from_the_right,
    years_of_the_last,
)
from extractors.deadlines.values import rrule_of
from schemas.deadline import Bound, Confidence, Deadline, Doubt, Precision
from schemas.letter import Letter

DAY = timedelta(days=1)
_LOW: frozenset[Doubt] = frozenset(
    {"horizon", "invalid_date", "ocr_repaired", "past_at_issue", "residue",
     "weekday_mismatch", "year_unknown"}
)  # fmt: skip
_UNTOUCHED: frozenset[Doubt] = frozenset({"not_working_day"})
_KIND = (
    r"(?:nghị quyết|nghị định|quyết định|quy định|chỉ thị|thông tư|thông báo|kế hoạch|công văn|"
    r"công điện|chương trình|kết luận|hướng dẫn|văn bản|đề án|quy chế)"
)
_ISSUE = regex.compile(
    rf"(?:(?:[^,;]{{1,40}} )?(?:được )?(?:ký|ban hành|ký ban hành|phát hành)(?: {_KIND}(?: này)?)?|"
    rf"{_KIND}(?: này)? được (?:ký|ban hành|ký ban hành|phát hành))"
)
_RECEIPT = regex.compile(rf"(?:nhận|nhận được|tiếp nhận|tiếp nhận được) {_KIND} này")
_EFFECT = regex.compile(r"(?:[^,;]{1,80} )?có hiệu lực(?: thi hành)?")
_OWN_EFFECT = regex.compile(rf"(?:{_KIND}(?: này)? )?có hiệu lực(?: thi hành)?")
_DEADLINE: TypeAdapter[Deadline] = TypeAdapter(Deadline)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The day a letter is reckoned from.

    `issued`: the letter's date. `context_year`: the year a plan is for, where its title says
    so. `effective`: the day it takes effect. `before`: how trước is taken; "exclusive" makes
    the day before the last in time, "inclusive" the day itself.
    """

    issued: date | None
    context_year: int | None = None
    effective: date | None = None
    before: Literal["exclusive", "inclusive"] = "exclusive"

    @property
    def calendar(self) -> Calendar:
        """What units need of it."""
        return Calendar(self.issued, self.context_year)


@dataclass(slots=True)
class _Draft:
    """The values of one deadline, before they are checked."""

    kind: str
    start: int
    end: int
    rule: str
    doubts: list[Doubt] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)


class Bookkeeper:
    """Makes deadlines of the items of one clause."""

    def __init__(
        self,
        letter: Letter,
        dateline: Dateline,
        inherited_from: str | None,
        doubts: Sequence[Doubt],
    ) -> None:
        self.letter, self.dateline = letter, dateline
        self.inherited_from, self.doubts = inherited_from, tuple(doubts)

    def deadlines(self, items: Sequence[Item]) -> tuple[Deadline, ...]:
        """The items in order, each as one deadline or more."""
        found: list[Deadline] = []
        for draft in self._drafts(_years_filled(items, self.dateline.calendar)):
            found.append(self._built(draft))
        return tuple(found)

    def _drafts(self, items: Sequence[Item]) -> Iterator[_Draft]:
        last: date | None = None
        skip = False
        for place, item in enumerate(items):
            if skip:
                skip = False
                continue
            following = items[place + 1] if place + 1 < len(items) else None
            frame = self._frame(item, following)
            skip = frame is not None
            for draft in self._of(item, last):
                if frame is not None and draft.kind == "recurring":
                    draft.values |= frame
                yield draft
                end = draft.values.get("end")
                last = end if isinstance(end, date) else last

    def _frame(self, item: Item, following: Item | None) -> dict[str, object] | None:
        """ "hằng năm, từ năm 2022", "hằng tháng trong giai đoạn 2021-2025"."""
        if not isinstance(item, Every | Repeated) or not isinstance(following, Dated):
            return None
        if (
            following.bound is not None
            or len(following.units) not in (1, 2)
            or following.start - item.end > 12
        ):
            return None
        window = self._window(following)
        if window is None:
            return None
        if following.opening == "from" and not following.ranged:
            return {"start": window[0].first}
        if following.units[0].level in ("years", "year") or following.ranged:
            return {"start": window[0].first, "end": window[0].last}
        return None

    def _of(self, item: Item, last: date | None) -> Iterator[_Draft]:
        if isinstance(item, Dated):
            yield from self._dated(item)
        elif isinstance(item, Every):
            yield from (
                _of_rule(p.start, p.end, item.rule, rule_of_period(p)) for p in item.periods
            )
        elif isinstance(item, Repeated):
            yield from self._repeated(item)
        elif isinstance(item, Following):
            yield _following(item, last)
        elif isinstance(item, Length):
            yield self._length(item)
        elif isinstance(item, Said):
            yield self._said(item)
        else:
            yield self._plain(item)

    # ------------------------------------------------------------ days

    def _dated(self, item: Dated) -> Iterator[_Draft]:
        if item.clock_only or not item.units:
            yield _unread(item)
            return
        if item.ranged:
            yield self._ranged(item)
            return
        if item.bound is not None:
            yield from (self._by(item, unit, place) for place, unit in enumerate(item.units))
            return
        yield from self._windows(item)

    def _by(self, item: Dated, unit: Unit, place: int) -> _Draft:
        """A last day. A long list shares the words of the whole."""
        read = window_of(unit, self.dateline.calendar)
        if read is None:
            return self._undated(item, unit)
        window, doubts = read
        exclusive = item.bound == "exclusive"
        timed = item.clock is not None
        if exclusive and self.dateline.before == "inclusive" and unit.level in ("day", "weekday"):
            exclusive = False
        end = window.first if exclusive else window.last
        due = end if not exclusive or timed else end - DAY
        draft = _draft("by", item, unit, [*item.doubts, *unit.doubts, *doubts])
        draft.values |= {
            "end": end, "bound": "exclusive" if exclusive else "inclusive", "due": due,
            "time": item.clock, "precision": "minute" if timed else unit.precision,
            "part": item.day_part or unit.part,
        }  # fmt: skip
        if unit.level == "day" and item.day_part and not timed:
            draft.values["precision"] = "part"
        if item.horizon:
            draft.doubts.append("horizon")
        if item.until and unit.level in ("year", "years") and unit.part is None:
            draft.doubts.append("goal_year")
        self._look_at(draft, due, unit, window)
        if place:
            draft.start = unit.start
        return draft

    def _ranged(self, item: Dated) -> _Draft:
        first, second = item.units
        left = window_of(first, self.dateline.calendar)
        right = window_of(second, self.dateline.calendar)
        if left is None or right is None:
            return self._undated(item, first if left is None else second)
        exclusive = item.last_bound == "exclusive"
        end = right[0].first if exclusive else right[0].last
        draft = _draft(
            "within", item, second, [*item.doubts, *first.doubts, *second.doubts, *right[1]]
        )
        due = end - DAY if exclusive else end
        draft.values |= {
            "start": left[0].first, "end": end, "bound": item.last_bound, "due": due,
            "precision": _coarser(first.precision, second.precision), "time": None,
        }  # fmt: skip
        self._look_at(draft, due, second, right[0])
        return draft

    def _windows(self, item: Dated) -> Iterator[_Draft]:
        """Windows, those that touch made one: "quý III, IV"."""
        read = [(unit, window_of(unit, self.dateline.calendar)) for unit in item.units]
        for unit, found in read:
            if found is None:
                yield self._undated(item, unit)
                return
        runs: list[list[tuple[Unit, Window, tuple[Doubt, ...]]]] = []
        for unit, found in read:
            assert found is not None
            if runs and runs[-1][-1][1].last + DAY == found[0].first:
                runs[-1].append((unit, *found))
            else:
                runs.append([(unit, *found)])
        for place, run in enumerate(runs):
            yield self._window_draft(item, run, alone=len(runs) == 1, place=place)

    def _window_draft(
        self,
        item: Dated,
        run: list[tuple[Unit, Window, tuple[Doubt, ...]]],
        *,
        alone: bool,
        place: int,
    ) -> _Draft:
        unit = run[-1][0]
        window = Window(run[0][1].first, run[-1][1].last)
        doubts = [*item.doubts, *(d for u, _, more in run for d in (*u.doubts, *more))]
        yearless = not item.dated and self.dateline.context_year is None
        if item.opening == "from":
            return self._from(item, window, unit, doubts)
        if item.opening == "after":
            return self._from(item, Window(window.last + DAY, window.last + DAY), unit, doubts)
        if not (alone and len(run) == 1):
            doubts += [] if not yearless else ["list_without_year"]
        draft = _draft("within", item, unit, doubts)
        draft.values |= {
            "start": window.first, "end": window.last, "bound": "inclusive", "due": window.last,
            "time": item.clock, "precision": "minute" if item.clock else unit.precision,
            "part": item.day_part or unit.part,
        }  # fmt: skip
        if item.day_part and not item.clock and len(run) == 1:
            draft.values["precision"] = "part"
        if len(run) > 1:
            draft.values["part"] = None
        self._bare(item, unit, draft, one=alone and len(run) == 1)
        self._look_at(draft, window.last, unit, window)
        if not alone:
            draft.start = item.start if place == 0 else run[0][0].start
            draft.end = run[-1][0].end
        return draft

    def _bare(self, item: Dated, unit: Unit, draft: _Draft, *, one: bool) -> None:
        """A day with no word before it: on that day, or perhaps by it."""
        if one and item.opening is None and item.clock is None and item.day_part is None:
            if unit.level == "day" and unit.weekday is None:
                draft.doubts.append("bare_date")
            elif unit.rule == "unit.whole_year" and "year_assumed" not in draft.doubts:
                draft.doubts.append("year_assumed")

    def _from(self, item: Dated, window: Window, unit: Unit, doubts: list[Doubt]) -> _Draft:
        draft = _draft("from", item, unit, doubts)
        draft.values |= {
            "start": window.first, "time": item.clock,
            "precision": "minute" if item.clock else unit.precision,
        }  # fmt: skip
        self._weekday(draft, unit, window)
        return draft

    def _window(self, item: Dated) -> tuple[Window, tuple[Doubt, ...]] | None:
        first = window_of(item.units[0], self.dateline.calendar)
        last = window_of(item.units[-1], self.dateline.calendar)
        if first is None or last is None:
            return None
        return Window(first[0].first, last[0].last), last[1]

    def _undated(self, item: Dated, unit: Unit) -> _Draft:
        """No such day, or a day without the year or month that would place it."""
        draft = _unread(item)
        known = self.dateline.issued is not None or self.dateline.context_year is not None
        draft.doubts.append("invalid_date" if known or unit.year is not None else "year_unknown")
        return draft

    def _look_at(self, draft: _Draft, due: date, unit: Unit, window: Window) -> None:
        issued = self.dateline.issued
        if issued is not None and due < issued:
            draft.doubts.append("past_at_issue")
        if unit.level == "day" and not law.is_working_day(due):
            draft.doubts.append("not_working_day")
        self._weekday(draft, unit, window)

    def _weekday(self, draft: _Draft, unit: Unit, window: Window) -> None:
        if (
            unit.level == "day"
            and unit.weekday is not None
            and window.first.weekday() != unit.weekday
        ):
            draft.doubts.append("weekday_mismatch")

    # ------------------------------------------------------------ recurrences

    def _repeated(self, item: Repeated) -> Iterator[_Draft]:
        dated = item.dated
        bound: Bound = dated.bound or "inclusive"
        if bound == "exclusive" and self.dateline.before == "inclusive":
            bound = "inclusive"
        for rule in rules_of_days(item):
            draft = _of_rule(item.start, item.end, item.rule, rule)
            if draft.kind == "recurring":
                draft.values |= {"bound": bound, "time": dated.clock, "part": _part(dated)}
                if dated.bound is None and item.every is None and not dated.each:
                    draft.doubts.append("bare_date")
                if dated.clock is not None:
                    draft.values["precision"] = "minute"
            yield draft

    # ------------------------------------------------------------ lengths

    def _length(self, item: Length) -> _Draft:
        text = self._words(item.anchor)
        kind, known = self._anchor(item, text)
        draft = _Draft("duration", item.start, item.end, item.rule)
        value = f"P{'T' if item.unit == 'H' else ''}{item.count}{item.unit}"
        precisions: dict[str, Precision] = {"M": "month", "Y": "year", "H": "minute"}
        draft.values = {
            "duration": {
                "value": value, "calendar": "working" if item.working else "calendar", "anchor": kind,
            },
            "relation": item.relation,
            "event": text if kind == "event" else None,
            "precision": precisions.get(item.unit, "day"),
        }  # fmt: skip
        if kind is None:
            draft.doubts.append("no_anchor")
        if known is not None and item.relation is None:
            end = law.period_end(known, item.count, item.unit, working=item.working)
            draft.values |= {"end": end, "due": end, "bound": "inclusive" if end else None}
        if known is not None and item.relation == "after":
            end = law.period_end(known, item.count, item.unit, working=item.working)
            draft.values |= {"start": end}
        if known is not None and item.relation == "before":
            self._back(draft, item, known)
        return draft

    def _back(self, draft: _Draft, item: Length, known: date) -> None:
        """Counted back from a known day; never rolled."""
        if item.working or item.unit not in ("D", "W", "M"):
            return
        name = {"D": "days", "W": "weeks", "M": "months"}[item.unit]
        end = known - relativedelta(**{name: item.count})  # type: ignore[arg-type]
        draft.values |= {"end": end, "due": end, "bound": "inclusive"}

    def _anchor(self, item: Length, text: str | None) -> tuple[str | None, date | None]:
        """What a length is counted from, and its day where the letter knows it."""
        if item.from_now:
            return "issue", self.dateline.issued
        if item.anchor_unit is not None:
            read = window_of(item.anchor_unit, self.dateline.calendar)
            return "event", read[0].last if read else None
        if text is None:
            return None, None
        words = text.lower()
        if item.relation is None and _ISSUE.fullmatch(words):
            return "issue", self.dateline.issued
        if _RECEIPT.fullmatch(words):
            return "receipt", None
        if item.relation is None and _EFFECT.fullmatch(words):
            own = _OWN_EFFECT.fullmatch(words) is not None
            return "effective", self.dateline.effective if own else None
        return "event", None

    def _words(self, span: tuple[int, int] | None) -> str | None:
        return self.letter.text[span[0] : span[1]] if span else None

    # ------------------------------------------------------------ the rest

    def _said(self, item: Said) -> _Draft:
        text = self.letter.text[item.event[0] : item.event[1]]
        if item.lowered:
            text = text[:1].lower() + text[1:]
        draft = _Draft(item.kind, item.start, item.end, item.rule)
        draft.values = {"relation": item.relation, "event": text}
        if item.kind == "event":
            known = known_event(text, self.dateline.context_year, self.dateline.issued)
            if known is not None:
                draft.values |= {"resolved": known.day, "source": known.source}
        return draft

    def _plain(self, item: Plain) -> _Draft:
        draft = _Draft(item.kind, item.start, item.end, item.rule, list(item.doubts))
        if item.dated is None:
            return draft
        window = (
            None if item.dated.ranged and len(item.dated.units) != 2 else self._window(item.dated)
        )
        if window is None:
            return _Draft("unread", item.start, item.end, item.rule)
        first, last = window[0]
        if item.dated.opening == "from" and not item.dated.ranged:
            draft.values = {"start": first, "precision": item.dated.units[-1].precision}
            return draft
        draft.doubts += [*(d for unit in item.dated.units for d in unit.doubts), *window[1]]
        draft.values = {
            "start": first, "end": last, "bound": "inclusive", "due": last,
            "precision": item.dated.units[-1].precision,
        }  # fmt: skip
        return draft

    # ------------------------------------------------------------ building

    def _built(self, draft: _Draft) -> Deadline:
        doubts = tuple(dict.fromkeys((*draft.doubts, *self.doubts)))
        facts: dict[str, object] = {
            **draft.values,
            "kind": draft.kind,
            "confidence": "low" if draft.kind == "unread" else confidence_of(doubts),
            "doubts": doubts,
            "quote": self.letter.quote(draft.start, draft.end),
            "rule": draft.rule,
            "inherited_from": self.inherited_from,
        }
        try:
            return _DEADLINE.validate_python(facts)
        except ValidationError:
            return self._built(
                _Draft("unread", draft.start, draft.end, draft.rule, ["invalid_date"])
            )


def confidence_of(doubts: Sequence[Doubt]) -> Confidence:
    """High without doubts that touch the date, low where it may be wrong."""
    if any(doubt in _LOW for doubt in doubts):
        return "low"
    return "medium" if any(doubt not in _UNTOUCHED for doubt in doubts) else "high"


def _draft(kind: str, item: Dated, unit: Unit, doubts: Sequence[Doubt]) -> _Draft:
    rule = item.rule if item.opening == "bound" else unit.rule
    return _Draft(kind, item.start, item.end, rule, list(doubts))


def _unread(item: Item) -> _Draft:
    return _Draft("unread", item.start, item.end, item.rule)


def _of_rule(start: int, end: int, name: str, rule: Rule) -> _Draft:
    if rule.rrule is None:
        return _Draft("unread", start, end, name, list(rule.doubts))
    values: dict[str, object] = {"rrule": rule.rrule, "precision": rule.precision}
    return _Draft("recurring", start, end, name, list(rule.doubts), values)


def _part(dated: Dated) -> str | None:
    parts = {unit.part for unit in dated.units}
    return dated.day_part or (parts.pop() if len(parts) == 1 else None)


def _following(item: Following, last: date | None) -> _Draft:
    if last is None:
        return _Draft("unread", item.start, item.end, item.rule)
    rrule, precision = rrule_of(1, item.unit)
    values: dict[str, object] = {"start": last + DAY, "rrule": rrule, "precision": precision}
    return _Draft("recurring", item.start, item.end, item.rule, [], values)


_ORDER: tuple[Precision, ...] = (
    "day", "week", "part", "month", "quarter", "months", "half", "year", "years",
)  # fmt: skip


def _coarser(first: Precision, second: Precision) -> Precision:
    return max(first, second, key=lambda p: _ORDER.index(p) if p in _ORDER else 0)


def _years_filled(items: Sequence[Item], calendar: Calendar) -> list[Item]:
    """Units without a year take it from their own list, else from what follows in the clause."""
    filled: list[Item] = []
    following: Unit | None = None
    for item in reversed(items):
        if not isinstance(item, Dated) or not item.units:
            filled.append(item)
            continue
        units = years_from_the_left(years_from_the_right(item.units))
        if following is not None:
            last = year_of_the_next(units[-1], following)
            units = years_from_the_right([*units[:-1], last])
        following = units[0] if units[0].year is not None else following
        filled.append(replace(item, units=tuple(years_of_the_last(units, calendar))))
    return filled[::-1]
