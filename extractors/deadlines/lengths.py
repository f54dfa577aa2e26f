"""How long, and counted from when?"""

import re

from extractors.deadlines import values
from extractors.deadlines.clause import CLOSE, Clause
from extractors.deadlines.dates import read_dated, read_unit
from extractors.deadlines.freewords import UNITS, event_start, text_end, text_start
from extractors.deadlines.items import Item, Length, Plain
from extractors.deadlines.lexer import Token
from schemas.deadline import Relation

_LEADS = ("room", "in", "bound", "after", "minimum")
# "6 ngày làm việc đối với trường hợp cấp mới | kể từ ngày …"
_OF_WHAT = re.compile(r"(?: (?:đối với|cho) [^,;:.()\d]{1,60})?[\s,(]*(?:ngày\s+)?")
_TAILS = ("anchor", "back", "when", "bound", "after", "from", "now")


def read_length(clause: Clause, at: int) -> tuple[Item, int] | None:
    """ "trong thời hạn 05 ngày làm việc kể từ ngày …", with the words before and after it."""
    if not _counts(clause, at):
        return None
    here, relation, minimum = at, None, False
    while clause.kind(here) in _LEADS and (here == at or clause.touches(here)):
        token = clause.tokens[here]
        relation = _lead_relation(token, relation)
        minimum = minimum or token.kind == "minimum"
        here += 1
    if here > at and here < len(clause.tokens) and not clause.touches(here):
        return None
    counted = _counted(clause, here, at)
    if counted is None:
        return None
    length = _length(clause, counted, here, at, relation)
    tail = _tail(clause, length, here + 1)
    if tail is not None:
        return tail
    if minimum or relation == "before" or counted[1] == "giờ làm việc":
        return Plain(length.start, length.end, length.rule, "unread"), here + 1
    return length, here + 1


def _counts(clause: Clause, at: int) -> bool:
    """True where a count follows the words before a length."""
    while clause.kind(at) in _LEADS:
        at += 1
    return clause.kind(at) in ("count", "clock")


def _lead_relation(token: Token, relation: Relation | None) -> Relation | None:
    if token.kind == "bound" and token.says("bound") == "exclusive":
        return "before"
    return "after" if token.kind == "after" else relation


def _counted(clause: Clause, here: int, at: int) -> tuple[int, str] | None:
    """Count and unit; "24 giờ" is a length only after trong or before kể từ."""
    kind = clause.kind(here)
    if kind == "clock":
        return _hours(clause, here, at)
    if kind != "count":
        return None
    words = clause.tokens[here].words
    count, again = values.number(words["count"]), words.get("again")
    if not count or (again is not None and values.number(again) != count):
        return None  # "05 (sáu) ngày"
    return count, words["unit"]


def _hours(clause: Clause, here: int, at: int) -> tuple[int, str] | None:
    token = clause.tokens[here]
    if "bare" not in token.words or "minute" in token.words:
        return None
    leads = clause.tokens[at:here]
    led = any(lead.kind in ("room", "in") and "vào" not in lead.text for lead in leads)
    anchored = clause.kind(here + 1) == "anchor" and clause.joined(token.end, here + 1)
    return (int(token.words["hour"]), "giờ") if led or anchored else None


def _length(
    clause: Clause, counted: tuple[int, str], here: int, at: int, relation: Relation | None
) -> Length:
    token = clause.tokens[here]
    count, unit = counted
    return Length(
        start=clause.tokens[at].start,
        end=token.end,
        rule=token.rule.id,
        amount=count * (3 if unit == "quý" else 1),
        unit=UNITS[unit],
        working=unit == "ngày làm việc",
        relation=relation,
        bare=here == at,
        from_now="now" in token.words,
    )


def _tail(clause: Clause, length: Length, at: int) -> tuple[Item, int] | None:
    """From when the length is counted; None where no tail touches it."""
    kind = clause.kind(at)
    if kind not in _TAILS or _begins_a_range(clause, at):
        return None
    gap = _OF_WHAT if kind == "anchor" else CLOSE
    if not clause.joined(length.end, at, gap):
        return None
    token = clause.tokens[at]
    if kind == "now":
        length.end, length.from_now = token.end, True
        return length, at + 1
    unit = read_unit(clause, at + 1) if kind in ("from", "after", "bound") else None
    if unit is not None and clause.touches(at + 1):
        if kind == "bound" or unit[0].level != "day":
            return None
        length.end, length.anchor_unit = unit[0].end, unit[0]
        return length, unit[1]
    return _worded_tail(clause, length, token, at)


def _begins_a_range(clause: Clause, at: int) -> bool:
    """ "trong 03 ngày, | từ ngày 14 đến ngày 16/9": the days say when, not the length."""
    if clause.kind(at) != "from":
        return False
    dated = read_dated(clause, at)
    return dated is not None and dated[0].ranged


def _worded_tail(clause: Clause, length: Length, token: Token, at: int) -> tuple[Item, int] | None:
    """The event in the letter's words: "kể từ ngày nhận đủ hồ sơ", "trước kỳ họp"."""
    if token.kind == "from" or (token.kind == "bound" and token.says("bound") != "exclusive"):
        return None
    before = token.kind in ("bound", "back")
    begin = event_start(clause, token) if before else text_start(clause, token.end)
    end = text_end(clause, begin, at + 1)
    if end <= begin:
        return None
    length.end, length.anchor = end, (begin, end)
    length.relation = _tail_relation(token, length.relation)
    return length, clause.after(end, at + 1)


def _tail_relation(token: Token, relation: Relation | None) -> Relation | None:
    """Before an event; else the length runs from the event, and no relation is told."""
    if token.kind in ("back", "bound") or token.relation == "before":
        return "before"
    if token.kind == "anchor" and relation != "after":
        return relation
    return relation if relation == "before" and token.kind == "when" else None
