"""Which tokens belong together?

A clause is read from left to right; each method reads one kind of item at a token and says
where the next one begins, or None. Words between tokens matter: "trước | ngày 15" belong
together, "đến | các đơn vị … ngày 15" do not.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import regex

from extractors.deadlines import values
from extractors.deadlines.items import (
    Dated,
    Every,
    Following,
    Item,
    Length,
    Opening,
    Period,
    Plain,
    Said,
)
from extractors.deadlines.lexer import Token
from extractors.deadlines.units import Unit
from schemas.deadline import Bound, Doubt, Part, Relation

_CLOSE = regex.compile(r"[\s,:(\[]*(?:là|vào|thì|gồm|cả|và cả)?[\s,:(]*")
_TOUCHING = regex.compile(r"[\s,(]*")
_LIST = regex.compile(r"\s*(?:,|và|,\s*và|hoặc|&|\+|/)\s*(?:cả|vào|đến)?\s*")
_DASH = regex.compile(r"\s*-\s*")
_STOP = regex.compile(r"[;.\n]|(?<!\d)[:](?!\d)")
_SENTENCE = regex.compile(r"[;\n]|\.(?=\s|$)")
_PROSE_STOP = regex.compile(r"[;.,\n:]|\s(?:có trách nhiệm|phải|thì|để|nếu|trường hợp|theo mẫu)\s")
_SEPARATED = regex.compile(r"[,;(+&]\s*$|(?:^|\s)(?:và|hoặc|đồng thời)\s*$")
_FILLER = regex.compile(
    r"\s*(?:(?:thời gian|thời điểm|ngày|lúc|đợt)(?= )\s*)?(?:(?:tổ chức|diễn ra|tiến hành)(?= )\s*)?"
)
_LENGTH_BEFORE = regex.compile(
    r"\s+(?:ít nhất |tối thiểu |chậm nhất |là )*(?P<count>\d{1,3}) (?P<unit>ngày làm việc|ngày|tuần|tháng)$"
)
_NO_EVENT = regex.compile(r"(?:ngày ?|tháng ?|quý ?|năm ?)?\d|(?:và|hoặc|hay)(?!\w)|.{0,2}$")
_TAIL = regex.compile(r"[\s,(;:]+(?:và|hoặc|đồng thời)?[\s,(;:]*$|\s(?:và|hoặc|đồng thời)\s*$")
_PIECE = regex.compile(r"[^,/]+?(?=,|/| và | hoặc |$)")
_BRACKETS = regex.compile(r"[()]")
_EACH = regex.compile(r"(?<!\w)(?:mỗi|hằng|hàng|từng|các ngày làm việc|tất cả)(?!\w)")
_UNITS = {"ngày": "D", "ngày làm việc": "D", "tuần": "W", "tháng": "M", "năm": "Y", "giờ": "H",
          "giờ làm việc": "H", "quý": "M"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Lead:
    """The words before a unit: how it bounds, what time of day."""

    start: int
    rule: str
    opening: Opening | None = None
    bound: Bound | None = None
    clock: str | None = None
    clock_range: bool = False
    day_part: Part | None = None
    horizon: bool = False
    until: bool = False


class Grammar:
    """The tokens of one clause and the words around them.

    `prose`: the clause is part of a sentence about something else, so that free words (the
    event a length is counted from) end at a comma.
    """

    def __init__(
        self,
        key: str,
        tokens: tuple[Token, ...],
        start: int,
        end: int,
        issued: date | None,
        *,
        prose: bool,
    ) -> None:
        self.key, self.tokens, self.start, self.end = key, tokens, start, end
        self.issued, self.prose = issued, prose

    def items(self) -> list[Item]:
        """Everything the clause says of time, in order."""
        found: list[Item] = []
        at = 0
        while at < len(self.tokens):
            read = self.item(at, first=not found)
            if read is None:
                at += 1
                continue
            item, at = read
            found.append(item)
        return found

    def item(self, at: int, *, first: bool) -> tuple[Item, int] | None:
        """The item that begins at that token, and the next token after it."""
        token = self.tokens[at]
        for kinds, read in _READERS:
            if kinds is not None and token.kind not in kinds:
                continue
            found = read(self, at)
            if found is not None:
                return found
        if token.kind == "per":
            return self._guidance(at, first)
        return None

    # ------------------------------------------------------------ words between tokens

    def _gap(self, left: int, right: int) -> str:
        return self.key[left:right]

    def _joined(self, left: int, at: int, pattern: regex.Pattern[str] = _CLOSE) -> bool:
        """True where only small words stand between position `left` and token `at`."""
        if at >= len(self.tokens):
            return False
        return pattern.fullmatch(self.key, left, self.tokens[at].start) is not None

    def _kind(self, at: int) -> str | None:
        return self.tokens[at].kind if at < len(self.tokens) else None

    # ------------------------------------------------------------ dates

    def _dated(self, at: int) -> tuple[Item, int] | None:
        lead, here = self._lead(at)
        first = self._unit(here)
        if first is None or (here > at and not self._joined(self.tokens[here - 1].end, here)):
            return self._clock_alone(lead, here)
        if lead.opening is None and units_begin_now(first[0]):
            lead = replace(lead, opening="from")
        units, ranged, last_bound, here = self._more(first, lead)
        clock, day_part, here = self._clock_after(units[-1].end, here, lead)
        units, here, doubts = self._weekday_after(units, here)
        end = self.tokens[here - 1].end
        if lead.opening == "from" and self._kind(here) == "onwards" and self._joined(end, here):
            end, here = self.tokens[here].end, here + 1
        item = Dated(
            start=lead.start, end=self._closed(lead.start, end), rule=lead.rule or units[0].rule,
            units=tuple(units), opening=lead.opening, bound=lead.bound, ranged=ranged,
            last_bound=last_bound, clock=clock, day_part=day_part, horizon=lead.horizon,
            until=lead.until, doubts=doubts,
            dated=any(unit.dated for unit in units),
            each=_EACH.search(self.key, lead.start, end) is not None,
        )  # fmt: skip
        return item, here

    def _lead(self, at: int) -> tuple[_Lead, int]:
        """The bound words, time of day and part of day before a unit."""
        lead = _Lead(self.tokens[at].start, "")
        here = at
        while here < len(self.tokens):
            token = self.tokens[here]
            if here > at and not self._joined(self.tokens[here - 1].end, here):
                break
            longer = _extended(lead, token)
            if longer is None:
                break
            lead, here = longer, here + 1
        return lead, here

    def _clock_alone(self, lead: _Lead, here: int) -> tuple[Item, int] | None:
        """ "trước 17 giờ" of a day that is said elsewhere (hằng ngày) or not at all."""
        if lead.clock is None or lead.clock_range:
            return None
        end = self.tokens[here - 1].end
        item = Dated(
            lead.start,
            end,
            lead.rule,
            (),
            lead.opening,
            lead.bound,
            clock=lead.clock,
            clock_only=True,
        )
        return item, here

    def _unit(self, at: int) -> tuple[Unit, int] | None:
        """The unit at that token with its part, week, lunar mark, and the next token."""
        kind = self._kind(at)
        if kind in ("part", "week", "last_day_of"):
            return self._part(at)
        if kind not in values.UNIT_KINDS:
            return None
        unit = values.unit_of(self.tokens[at], self.issued)
        if unit is None:
            return None
        if unit.level == "weekday" or self._kind(at) == "today":
            return self._named_day(unit, at)
        if unit.level == "day" and self._kind(at + 1) == "lunar" and self._joined(unit.end, at + 1):
            return replace(unit, lunar=True, end=self.tokens[at + 1].end), at + 2
        if unit.level == "day" and unit.month is None and unit.step is None:
            return self._day_of(unit, at)
        return unit, at + 1

    def _part(self, at: int) -> tuple[Unit, int] | None:
        token = self.tokens[at]
        inner = self._unit(at + 1)
        if inner is None or inner[0].level not in ("month", "quarter", "year"):
            return None
        unit, here = inner
        if token.kind == "last_day_of":
            unit = replace(unit, last_day=True, precision="day", start=token.start)
            return replace(unit, rule=token.rule.id), here
        if token.kind == "week":
            nth = values.week_of(token.words["nth"])
            unit = replace(unit, nth=nth, precision="week", start=token.start, rule=token.rule.id)
            return unit.doubting("week_assumed"), here
        words = token.words["part"]
        half = values.half_of(words)
        part = "late" if half == 2 else "early" if half == 1 else values.part_of(words)
        unit = replace(
            unit,
            part=part,
            half_part=half,
            precision="part",
            start=token.start,
            rule=token.rule.id,  # type: ignore[arg-type]
        )
        return (unit if part == "late" else unit.doubting("part_of_month")), here

    def _named_day(self, unit: Unit, at: int) -> tuple[Unit, int]:
        """ "thứ Sáu (16/4/2021)": the date counts; a wrong day of the week is a doubt."""
        if not self._joined(unit.end, at + 1, _TOUCHING):
            return unit, at + 1
        inner = values.unit_of(self.tokens[at + 1], self.issued)
        if inner is None or inner.level != "day" or inner.month is None:
            return unit, at + 1
        dated = replace(inner, start=unit.start, weekday=unit.weekday)
        return dated, at + 2

    def _day_of(self, unit: Unit, at: int) -> tuple[Unit, int]:
        """ "ngày 25 | tháng cuối quý"."""
        if self._kind(at + 1) == "quarter_month" and self._joined(unit.end, at + 1):
            token = self.tokens[at + 1]
            months = ",".join(map(str, values.quarter_months(token.words["place"])))
            rrule = f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={unit.day}"
            return replace(unit, level="rule", rrule=rrule, end=token.end), at + 2
        return unit, at + 1

    def _more(self, first: tuple[Unit, int], lead: _Lead) -> tuple[list[Unit], bool, Bound, int]:
        """The units that go on from the first: a range or a list."""
        unit, here = first
        units = [unit]
        ranged = self._range(unit, here, lead)
        if ranged is not None:
            second, here, bound = ranged
            return [unit, second], True, bound, here
        while True:
            more = self._listed(units[-1], here)
            if more is None:
                return units, False, "inclusive", here
            unit, here = more
            if len(units) == 1 or units[-1].level != "day":
                ranged = self._range(unit, here, lead) if unit.level == "day" else None
                if ranged is not None:
                    return [*units, unit], False, "inclusive", here
            units.append(unit)

    def _range(self, unit: Unit, here: int, lead: _Lead) -> tuple[Unit, int, Bound] | None:
        """ "từ A đến B", "A - B", "A đến trước B"."""
        bound: Bound = "inclusive"
        to, dashed = here, self._joined(unit.end, here, _DASH)
        while self._kind(to) == "bound" and self._joined(self.tokens[to - 1].end, to, _TOUCHING):
            if self.tokens[to].says("horizon") or (to == here and not _reaches(self.tokens[to])):
                return None
            if self.tokens[to].says("bound") == "exclusive":
                bound = "exclusive"
            to += 1
        if to == here and not dashed:
            return None
        if to > here and not self._joined(self.tokens[to - 1].end, to):
            return None
        second = self._number(unit, to) or self._unit(to)
        if second is None or (lead.opening == "bound" and to > here):
            return None
        if second[0].level == "rule" or unit.level == "rule":
            return None
        if dashed and to == here and _like(unit, second[0]).level != unit.level:
            return None
        return _like(unit, second[0]), second[1], bound

    def _listed(self, unit: Unit, here: int) -> tuple[Unit, int] | None:
        """One more unit of the same level after "," or "và"."""
        if not self._joined(unit.end, here, _LIST):
            return None
        more = self._number(unit, here) or self._unit(here)
        if more is None:
            return None
        second = _like(unit, more[0])
        if second.level != unit.level or unit.level in ("rule", "years"):
            return None
        return second, more[1]

    def _number(self, unit: Unit, at: int) -> tuple[Unit, int] | None:
        """A bare figure that goes on from a month, quarter or day."""
        if self._kind(at) != "number":
            return None
        token = self.tokens[at]
        figure = values.number(token.words["number"])
        year = int(token.words["year"]) if "year" in token.words else None
        if figure is None or (not token.words["number"].isdigit() and unit.level != "quarter"):
            return None
        place = replace(
            unit, start=token.start, end=token.end, year=year, year_step=None, step=None
        )
        if unit.level == "quarter":
            return replace(place, quarter=figure), at + 1
        if unit.level == "month":
            return replace(place, month=figure), at + 1
        if unit.level == "day" and unit.month is None and year is None:
            return replace(place, day=figure), at + 1
        return None

    def _clock_after(self, end: int, here: int, lead: _Lead) -> tuple[str | None, Part | None, int]:
        if lead.clock is None and self._kind(here) == "clock" and self._joined(end, here):
            return values.clock_of(self.tokens[here]), lead.day_part, here + 1
        return (None if lead.clock_range else lead.clock), lead.day_part, here

    def _weekday_after(
        self, units: list[Unit], here: int
    ) -> tuple[list[Unit], int, tuple[Doubt, ...]]:
        """ "ngày 09/11/2024 (sáng Thứ Bảy)"."""
        skip = here + 1 if self._kind(here) == "day_part" else here
        if units[-1].level != "day" or self._kind(skip) != "weekday":
            return units, here, ()
        if not self._joined(self.tokens[here - 1].end, here) or not (
            skip == here or self._joined(self.tokens[skip - 1].end, skip)
        ):
            return units, here, ()
        named = values.unit_of(self.tokens[skip], self.issued)
        last = replace(units[-1], weekday=named.weekday if named else None)
        return [*units[:-1], last], skip + 1, ()

    def _closed(self, start: int, end: int) -> int:
        """The end with a closing bracket where the words opened one."""
        words = self.key[start:end]
        if words.count("(") > words.count(")") and self.key[end : end + 1] == ")":
            return end + 1
        return end

    # ------------------------------------------------------------ recurrences

    def _every(self, at: int) -> tuple[Item, int] | None:
        token = self.tokens[at]
        if "units" in token.words:
            return Every(token.start, token.end, token.rule.id, self._periods(token)), at + 1
        count = values.number(token.words.get("count", "một")) or 1
        times = values.number(token.words.get("times", "một")) or 1
        period = Period(token.start, token.end, count, token.words["unit"], times)
        return Every(token.start, token.end, token.rule.id, (period,)), at + 1

    def _periods(self, token: Token) -> tuple[Period, ...]:
        """Each period with its own words; the first with "hằng", "định kỳ" before it."""
        words = token.words["units"]
        at = token.end - len(words)
        offset = self.key.find(words, token.start, token.end)
        at = offset if offset >= 0 else at
        periods, start = [], token.start
        for piece in _PIECE.finditer(words):
            for count, unit in values.periods_of(
                piece[0].removeprefix(" và").removeprefix(" hoặc")
            ):
                begin = at + piece.start() + len(piece[0]) - len(piece[0].lstrip())
                periods.append(
                    Period(start if not periods else begin, at + piece.end(), count, unit)
                )
        return tuple(periods)

    def _following(self, at: int) -> tuple[Item, int] | None:
        token = self.tokens[at]
        return Following(token.start, token.end, token.rule.id, token.words["unit"]), at + 1

    # ------------------------------------------------------------ lengths

    def _length(self, at: int) -> tuple[Item, int] | None:
        start, here, relation, minimum = self.tokens[at].start, at, None, False
        while self._kind(here) in ("room", "in", "bound", "after", "minimum"):
            token = self.tokens[here]
            if here > at and not self._joined(self.tokens[here - 1].end, here):
                return None
            relation = _length_relation(token, relation)
            minimum = minimum or token.kind == "minimum"
            here += 1
        if here > at and not self._joined(self.tokens[here - 1].end, here):
            return None
        counted = self._counted(here, lead=here > at)
        if counted is None:
            return None
        return self._anchored(counted, start, here, relation, minimum)

    def _counted(self, at: int, *, lead: bool) -> tuple[int, str] | None:
        """Count and unit; "24 giờ" is a length only after trong or before kể từ."""
        if at >= len(self.tokens):
            return None
        token = self.tokens[at]
        if token.kind == "clock" and "bare" in token.words and "minute" not in token.words:
            inside = lead and any(
                t.kind in ("room", "in") for t in self.tokens[max(at - 2, 0) : at]
            )
            if inside or (self._kind(at + 1) == "anchor" and self._joined(token.end, at + 1)):
                return int(token.words["hour"]), "giờ"
            return None
        if token.kind != "count":
            return None
        count = values.number(token.words["count"])
        again = token.words.get("again")
        if not count or (again is not None and values.number(again) != count):
            return None
        return count, token.words["unit"]

    def _anchored(
        self,
        counted: tuple[int, str],
        start: int,
        at: int,
        relation: Relation | None,
        minimum: bool,
    ) -> tuple[Item, int] | None:
        token = self.tokens[at]
        count, unit = counted
        working = "làm việc" in unit
        length = Length(
            start, token.end, token.rule.id, count * (3 if unit == "quý" else 1), _UNITS[unit],
            working=working and unit != "giờ làm việc", relation=relation,
            bare=start == token.start,
        )  # fmt: skip
        tail = self._tail(length, at + 1)
        if tail is not None:
            return tail
        if minimum or relation == "before" or unit == "giờ làm việc":
            return Plain(start, token.end, token.rule.id, "unread"), at + 1
        return length, at + 1

    def _tail(self, length: Length, at: int) -> tuple[Item, int] | None:
        """From when the length is counted."""
        kind = self._kind(at)
        if kind is None or not self._joined(length.end, at):
            return None
        token = self.tokens[at]
        if kind == "now":
            return replace(length, end=token.end, from_now=True), at + 1
        if kind in ("from", "after") and (unit := self._unit(at + 1)) is not None:
            if unit[0].level == "day" and self._joined(token.end, at + 1):
                return replace(length, end=unit[0].end, anchor_unit=unit[0]), unit[1]
            return None
        relation = _tail_relation(token, length.relation)
        dated = self._unit(at + 1) if kind in ("bound", "after") else None
        if relation is False or (dated is not None and self._joined(token.end, at + 1)):
            return None
        begin = self._skipped(token) if kind in ("bound", "back") else self._text_start(token.end)
        end = self._text_end(begin, at + 1)
        if end <= begin:
            return None
        done = replace(length, end=end, relation=relation, anchor=(begin, end))
        return done, self._after(end, at + 1)

    # ------------------------------------------------------------ free words

    def _when(self, at: int) -> tuple[Item, int] | None:
        token = self.tokens[at]
        begin = self._text_start(token.end)
        end = self._text_end(begin, at + 1)
        if end <= begin:
            return None
        relation: Relation = token.says("relation") or "from"  # type: ignore[assignment]
        said = Said(token.start, end, token.rule.id, "condition", relation, (begin, end))
        return said, self._after(end, at + 1)

    def _from_event(self, at: int) -> tuple[Item, int] | None:
        """ "kể từ ngày Quyết định có hiệu lực", no length before it."""
        token = self.tokens[at]
        begin = self._text_start(token.end)
        end = self._text_end(begin, at + 1)
        if end <= begin:
            return None
        after = token.text.startswith("sau")
        kind: Literal["event", "condition"] = "event" if after else "condition"
        relation: Relation = "after" if after else "from"
        said = Said(token.start, end, token.rule.id, kind, relation, (begin, end))
        return said, self._after(end, at + 1)

    def _event(self, at: int) -> tuple[Item, int] | None:
        """A word before an event: trước kỳ họp …, trong suốt nhiệm kỳ …"""
        token = self.tokens[at]
        relation = _event_relation(token)
        if relation is None or (token.kind == "event_name" and not self._opens_clause(token)):
            return None
        if (
            token.kind == "bound"
            and token.says("until")
            and self._kind(at + 1) not in ("event_name", "named")
        ):
            return None
        if (
            token.kind not in ("event_name", "named")
            and self._kind(at + 1)
            in values.UNIT_KINDS
            | {
                "part",
                "week",
                "clock",
                "number",
            }
            and self._joined(token.end, at + 1)
        ):
            return None
        whole = token.says("whole") or token.kind in ("named", "event_name")
        begin = token.start if whole else self._skipped(token)
        end = self._text_end(max(begin, token.end), at + 1)
        if end <= begin or (end <= token.end and token.kind != "named" and not whole):
            return None
        if _NO_EVENT.match(self.key, begin, end) is not None:
            return Plain(token.start, end, token.rule.id, "unread"), self._after(end, at + 1)
        return self._event_or_length(token, relation, begin, end, at, bool(whole))

    def _opens_clause(self, token: Token) -> bool:
        """True at the beginning of a time clause, or after its label."""
        before = self.key[self.start : token.start].rstrip()
        return not self.prose and (
            not before or before.endswith((":", "(", ",", ";", "tại", "vào"))
        )

    def _event_or_length(
        self, token: Token, relation: Relation, begin: int, end: int, at: int, whole: bool
    ) -> tuple[Item, int]:
        """ "trước kỳ họp 15 ngày" is a length counted back from the event."""
        after = self._after(end, at + 1)
        match = _LENGTH_BEFORE.search(self.key, begin, end) if relation == "before" else None
        if match is not None and match.start() > begin:
            unit = match["unit"]
            length = Length(
                token.start, end, token.rule.id, int(match["count"]), _UNITS[unit],
                working=unit == "ngày làm việc", relation="before", anchor=(begin, match.start()),
            )  # fmt: skip
            return length, after
        said = Said(token.start, end, token.rule.id, "event", relation, (begin, end), lowered=whole)
        return said, after

    def _guidance(self, at: int, first: bool) -> tuple[Item, int] | None:
        """theo …: guidance where nothing else is said, or as an alternative (hoặc theo …)."""
        token = self.tokens[at]
        before = self.key[self.start : token.start].rstrip()
        begin = self._text_start(token.end)
        end = self._text_end(begin, at + 1)
        if end <= begin:
            return None
        after = self._after(end, at + 1)
        if not first and not before.endswith(("hoặc", ";")):
            return None
        return Said(token.start, end, token.rule.id, "guidance", "per", (begin, end)), after

    def _text_start(self, at: int) -> int:
        while at < self.end and self.key[at] in " ,:":
            at += 1
        return at

    def _skipped(self, token: Token) -> int:
        """Where the event begins after "trước (thời gian | ngày | thời điểm)"."""
        match = _FILLER.match(self.key, token.end, self.end)
        return self._text_start(match.end() if match else token.end)

    def _text_end(self, begin: int, at: int) -> int:
        """Where free words end: at a stop, or before a token that opens another item."""
        stop = (_PROSE_STOP if self.prose else _STOP).search(self.key, begin, self.end)
        end = stop.start() if stop else self.end
        end = self._bracket(begin, end)
        for here in range(at, len(self.tokens)):
            token = self.tokens[here]
            if token.start >= end:
                break
            if token.start >= begin and self._opens(here, begin):
                end = token.start
                break
        return self._trimmed(begin, end)

    def _bracket(self, begin: int, end: int) -> int:
        """Where a bracket closes that was opened before the free words."""
        depth = 0
        for match in _BRACKETS.finditer(self.key, begin, end):
            depth += 1 if match[0] == "(" else -1
            if depth < 0:
                return match.start()
        return end

    def _opens(self, at: int, begin: int) -> bool:
        """True where that token, after a separating word, begins an item of its own."""
        token = self.tokens[at]
        if token.kind not in _OPENERS:
            return False
        if token.kind == "bound" and self._bounds_a_day(at):
            return True
        if _SEPARATED.search(self.key, begin, token.start) is None:
            return False
        if token.kind == "per":
            return self.key[begin : token.start].rstrip().endswith("hoặc")
        if token.kind == "when":
            return self.key[begin : token.start].rstrip().endswith(("hoặc", "và", ",", ";"))
        read = self.item(at, first=False)
        return read is not None and not (
            isinstance(read[0], Said)
            or (
                isinstance(read[0], Dated)
                and read[0].opening is None
                and at > 0
                and not read[0].units
            )
        )

    def _bounds_a_day(self, at: int) -> bool:
        """ "… trước ngày 15/5": opens an item of its own even inside free words."""
        read = self._dated(at)
        return (
            read is not None
            and isinstance(read[0], Dated)
            and any(unit.level == "day" and unit.month is not None for unit in read[0].units)
        )

    def _trimmed(self, begin: int, end: int) -> int:
        """The end without the commas and "và" that part free words from what follows."""
        match = _TAIL.search(self.key, begin, end)
        return match.start() if match else end

    def _after(self, end: int, at: int) -> int:
        """The first token that begins at or after position `end`."""
        while at < len(self.tokens) and self.tokens[at].start < end:
            at += 1
        return at

    # ------------------------------------------------------------ plain words

    def _ongoing(self, at: int) -> tuple[Item, int] | None:
        """Thường xuyên, with the window that touches it: trong năm 2021."""
        token = self.tokens[at]
        window = (
            self._dated(at + 1)
            if at + 1 < len(self.tokens) and self.key[token.end : self.tokens[at + 1].start] == " "
            else None
        )
        if (
            window is not None
            and isinstance(window[0], Dated)
            and window[0].bound is None
            and window[0].units
        ):
            return replace_plain(token, window[0]), window[1]
        return Plain(token.start, token.end, token.rule.id, "ongoing"), at + 1

    def _plain(self, at: int) -> tuple[Item, int] | None:
        token = self.tokens[at]
        kind: Literal["immediate", "unspecified"] = (
            "immediate" if token.kind == "immediate" else "unspecified"
        )
        return Plain(token.start, token.end, token.rule.id, kind), at + 1


def units_begin_now(unit: Unit) -> bool:
    """ "từ nay": the word "từ" is part of the unit."""
    return unit.rule in ("bound.from_now", "bound.from_issue")


def replace_plain(token: Token, window: Dated) -> Plain:
    """Ongoing over a window."""
    return Plain(token.start, window.end, token.rule.id, "ongoing", dated=window)


def _extended(lead: _Lead, token: Token) -> _Lead | None:
    """The lead with one more token before the unit; None where the token is none of it."""
    rule = lead.rule or token.rule.id
    if token.kind == "bound":
        bound: Bound = (
            "exclusive" if "exclusive" in (lead.bound, token.says("bound")) else "inclusive"
        )
        return replace(
            lead, rule=rule, opening="bound", bound=bound,
            horizon=lead.horizon or bool(token.says("horizon")),
            until=bool(token.says("until")) and lead.opening is None and "hết" not in token.text,
        )  # fmt: skip
    if token.kind in ("in", "from", "after") and lead.opening in (None, "in"):
        return replace(lead, rule=rule, opening=token.kind)  # type: ignore[arg-type]
    if token.kind == "in" and lead.opening == "bound":
        return lead
    if token.kind == "clock" and lead.clock is None:
        return replace(lead, rule=rule, clock=values.clock_of(token))
    if token.kind == "clock_range":
        return replace(lead, rule=rule, clock_range=True)
    if token.kind == "day_part":
        half = values.day_part_of(token)
        return replace(lead, rule=rule, day_part=half, clock=values.of_half(lead.clock, half))
    return None


def _reaches(token: Token) -> bool:
    return bool(token.says("until")) or token.says("bound") == "exclusive"


def _like(unit: Unit, second: Unit) -> Unit:
    """ "quý III, 4/2021": a figure with a year after a quarter is a quarter, not a month."""
    if unit.level == "quarter" and second.rule == "unit.month_figures" and (second.month or 9) <= 4:
        return replace(
            second, level="quarter", quarter=second.month, month=None, precision="quarter"
        )
    if unit.level == "years" and second.level == "year":
        return replace(second, level="years", last_year=second.year)
    return second


def _length_relation(token: Token, relation: Relation | None) -> Relation | None:
    if token.kind == "bound" and token.says("bound") == "exclusive":
        return "before"
    if token.kind == "after":
        return "after"
    return relation


def _tail_relation(token: Token, relation: Relation | None) -> Relation | None | Literal[False]:
    """The relation that the tail gives; False where the token is no tail."""
    if token.kind == "anchor":
        return None if relation == "after" else relation
    if token.kind == "back":
        return "before"
    if token.kind == "when":
        said = token.says("relation")
        return (
            {"before": "before", "after": relation if relation == "before" else None}.get(str(said))
            if said in ("before", "after", "immediately_after", "upon")
            else False
        )  # type: ignore[return-value]
    if token.kind == "bound" and token.says("bound") == "exclusive":
        return "before"
    if token.kind == "after":
        return None
    return False


def _event_relation(token: Token) -> Relation | None:
    if token.kind in ("event", "named"):
        return token.says("relation")  # type: ignore[return-value]
    if token.kind == "event_name":
        return "during"
    if token.kind == "after":
        return "after"
    if token.kind == "bound":
        return (
            "before"
            if token.says("bound") == "exclusive"
            else "upon"
            if token.says("until")
            else None
        )
    return None


_OPENERS = frozenset(
    {"bound", "every", "ongoing", "in", "from", "now", "room", "when", "per", "date", "month",
     "quarter", "half", "count", "clock", "following", "years", "anchor"}
)  # fmt: skip
_Read = Callable[[Grammar, int], tuple[Item, int] | None]
_READERS: tuple[tuple[frozenset[str] | None, _Read], ...] = (
    (frozenset({"every"}), Grammar._every),
    (frozenset({"following"}), Grammar._following),
    (frozenset({"room", "in", "bound", "after", "minimum", "count", "clock"}), Grammar._length),
    (
        values.UNIT_KINDS
        | {
            "bound",
            "in",
            "from",
            "after",
            "clock",
            "clock_range",
            "day_part",
            "part",
            "week",
            "last_day_of",
        },
        Grammar._dated,
    ),
    (frozenset({"when"}), Grammar._when),
    (frozenset({"anchor"}), Grammar._from_event),
    (frozenset({"bound", "after", "event", "named", "event_name"}), Grammar._event),
    (frozenset({"ongoing"}), Grammar._ongoing),
    (frozenset({"immediate", "unspecified"}), Grammar._plain),
)
