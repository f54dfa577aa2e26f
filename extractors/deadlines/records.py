"""What does each item of a clause come to?"""

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from extractors.deadlines import law
from extractors.deadlines.dateline import Dateline
from extractors.deadlines.drafts import Draft, built, unread
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
    begins_in_month,
)
from extractors.deadlines.recurrence import Rule, lasts_until, rule_of_period, rules_of_days
from extractors.deadlines.units import Window, window_of
from extractors.deadlines.values import rrule_of
from extractors.deadlines.windows import DAY, drafts_of_dates, fill_years, whole_window
from extractors.rules import compile_once
from schemas.deadline import Bound, Deadline, Doubt, Precision
from schemas.letter import Letter

_KIND = (
    r"(?:nghị quyết|nghị định|quyết định|quy định|chỉ thị|thông tư|thông báo|kế hoạch|công văn|"
    r"công điện|chương trình|kết luận|hướng dẫn|văn bản|đề án|quy chế)"
)
_ISSUED = r"(?:được )?(?:ký|ban hành|ký ban hành|phát hành)"
# of this letter: "Tỉnh ủy ban hành" alone may be of another
_ISSUE = compile_once(
    rf"(?:{_KIND}(?: này)? )?{_ISSUED}(?: {_KIND}(?: này)?)?|[^,;]{{1,40}} {_ISSUED} {_KIND} này"
)
_RECEIPT = compile_once(rf"(?:nhận|nhận được|tiếp nhận|tiếp nhận được) {_KIND} này")
_EFFECT = compile_once(r"(?:[^,;]{1,80} )?có hiệu lực(?: thi hành)?")
_OWN_EFFECT = compile_once(rf"(?:{_KIND}(?: này)? )?có hiệu lực(?: thi hành)?")
_PRECISIONS: dict[str, Precision] = {"M": "month", "Y": "year", "H": "minute"}
_FRAMED = compile_once(r"[\s,:(]*")  # between "hằng năm" and the years in which it is so


def deadlines_of(
    items: Sequence[Item],
    letter: Letter,
    dateline: Dateline,
    doubts: Sequence[Doubt],
    inherited_from: str | None,
) -> tuple[Deadline, ...]:
    """The items in order, each as one deadline or more; `doubts` hold for all of them."""
    fill_years(items, dateline)
    drafts = _drafts(items, letter, dateline)
    if len(drafts) > 1 and any(draft.kind == "unread" for draft in drafts):
        doubts = (*doubts, "residue")  # what was not read may belong to what was
    return tuple([built(draft, letter, doubts, inherited_from) for draft in drafts])


def _drafts(items: Sequence[Item], letter: Letter, dateline: Dateline) -> list[Draft]:
    found: list[Draft] = []
    last: date | None = None
    framed = False
    for item, following in zip_longest(items, items[1:]):
        if framed:  # these years belong to the recurrence before them
            framed = False
            continue
        frame = _frame(item, following, letter.key, dateline)
        framed = frame is not None
        for draft in _of(item, last, letter, dateline):
            if frame is not None and draft.kind == "recurring":
                draft.values |= frame
                draft.end = following.end if draft.end == item.end else draft.end
            found.append(draft)
            end = draft.values.get("end")
            last = end if isinstance(end, date) else last
    return found


def _of(item: Item, last: date | None, letter: Letter, dateline: Dateline) -> list[Draft]:
    match item:
        case Dated():
            return drafts_of_dates(item, dateline)
        case Every(rule=rule, doubts=doubts):
            return [
                _of_rule(period.start, period.end, rule, rule_of_period(period), *doubts)
                for period in item.periods
            ]
        case Repeated():
            return _repeated(item, dateline)
        case Following():
            return [_following(item, last)]
        case _:
            return [_in_words(item, letter, dateline)]


def _in_words(item: Length | Said | Plain, letter: Letter, dateline: Dateline) -> Draft:
    if isinstance(item, Length):
        return _length(item, letter, dateline)
    return _said(item, letter, dateline) if isinstance(item, Said) else _plain(item, dateline)


def _frame(
    item: Item, years: Item | None, key: str, dateline: Dateline
) -> dict[str, object] | None:
    """ "hằng năm, từ năm 2022", "hằng tháng trong giai đoạn 2021-2025", "hằng quý đến 2030"."""
    if not isinstance(years, Dated) or not isinstance(item, Every | Repeated):
        return None
    if not 1 <= len(years.units) <= 2:
        return None
    touching = _FRAMED.fullmatch(key, item.end, years.start) is not None
    if not touching or (years.bound is not None and not lasts_until(years, key)):
        return None
    window = whole_window(years, dateline)
    return _first_and_last(years, window) if window is not None else None


def _first_and_last(years: Dated, window: Window) -> dict[str, object] | None:
    """Between which days it recurs; None where the years say something else."""
    if years.bound is not None:
        return {"end": window.last}
    if years.opening == "from" and not years.ranged:
        return {"start": window.first}
    if years.units[0].level in ("years", "year") or (years.ranged and years.dated):
        return {"start": window.first, "end": window.last}
    return None


# ---------------------------------------------------------------- recurrences


def _of_rule(start: int, end: int, name: str, rule: Rule, *doubts: Doubt) -> Draft:
    told = [*rule.doubts, *doubts]
    if rule.rrule is None:
        return Draft("unread", start, end, name, told)
    values: dict[str, object] = {"rrule": rule.rrule, "precision": rule.precision}
    return Draft("recurring", start, end, name, told, values)


def _repeated(item: Repeated, dateline: Dateline) -> list[Draft]:
    found: list[Draft] = []
    dated = item.dated
    lenient = dated.bound is None or dateline.before == "inclusive"
    bound: Bound | None = "inclusive" if lenient else dated.bound
    if begins_in_month(dated):  # its last day is not said
        bound = None
    misread = item.every.doubts if item.every is not None else ()
    for rule in rules_of_days(item):
        draft = _of_rule(item.start, item.end, item.rule, rule, *misread)
        if draft.kind == "recurring":
            draft.values |= {"bound": bound, "time": dated.clock, "part": _part(dated)}
            if dated.bound is None and item.every is None and not dated.each:
                draft.doubts.append("bare_date")
            if dated.clock is not None:
                draft.values["precision"] = "minute"
        found.append(draft)
    return found


def _part(dated: Dated) -> str | None:
    parts = {unit.part for unit in dated.units}
    return dated.day_part or (parts.pop() if len(parts) == 1 else None)


def _following(item: Following, last: date | None) -> Draft:
    """ "và các quý tiếp theo": from the day after the window before it."""
    if last is None:
        return unread(item)
    rrule, precision = rrule_of(1, item.unit)
    values: dict[str, object] = {"start": last + DAY, "rrule": rrule, "precision": precision}
    return Draft("recurring", item.start, item.end, item.rule, [], values)


# ---------------------------------------------------------------- lengths


def _length(item: Length, letter: Letter, dateline: Dateline) -> Draft:
    text = letter.text[item.anchor[0] : item.anchor[1]] if item.anchor else None
    anchor, known = _anchor(item, text, dateline)
    draft = Draft("duration", item.start, item.end, item.rule)
    draft.values = {
        "duration": {
            "value": f"P{'T' if item.unit == 'H' else ''}{item.amount}{item.unit}",
            "calendar": "working" if item.working else "calendar",
            "anchor": anchor,
        },
        "relation": item.relation,
        "event": text if anchor == "event" else None,
        "precision": _PRECISIONS.get(item.unit, "day"),
    }
    if anchor is None:
        draft.doubts.append("no_anchor")
    if known is not None:
        draft.values |= _reckoned(item, known)
    return draft


def _reckoned(item: Length, known: date) -> dict[str, object]:
    """The last day where the day it is counted from is known."""
    if item.relation == "before":
        return _counted_back(item, known)
    end = law.period_end(known, item.amount, item.unit, working=item.working)
    if item.relation == "after":
        return {"start": end}
    return {"end": end, "due": end, "bound": "inclusive"} if end is not None else {}


def _counted_back(item: Length, known: date) -> dict[str, object]:
    """Counted back from a known day: never rolled, working days not reckoned."""
    if item.working or item.unit == "Y":
        return {}
    end = law.moved(known, -item.amount, item.unit)
    return {"end": end, "due": end, "bound": "inclusive"} if end is not None else {}


def _anchor(item: Length, text: str | None, dateline: Dateline) -> tuple[str | None, date | None]:
    """What a length is counted from, and its day where the letter knows it."""
    if item.from_now:
        return "issue", dateline.issued
    if item.anchor_unit is not None:
        read = window_of(item.anchor_unit, dateline)
        return "event", read[0].last if read else None
    if text is None:
        return None, None
    return _named_anchor(text.lower(), item, dateline)


def _named_anchor(words: str, item: Length, dateline: Dateline) -> tuple[str, date | None]:
    if _RECEIPT.fullmatch(words):
        return "receipt", None
    if item.relation is None and _ISSUE.fullmatch(words):
        return "issue", dateline.issued
    if item.relation is None and _EFFECT.fullmatch(words):
        own = _OWN_EFFECT.fullmatch(words) is not None
        return "effective", dateline.effective if own else None
    return "event", None


# ---------------------------------------------------------------- the rest


def _said(item: Said, letter: Letter, dateline: Dateline) -> Draft:
    text = letter.text[item.event[0] : item.event[1]]
    if item.lowered:  # the event opens the clause: its capital is the sentence's
        text = text[:1].lower() + text[1:]
    draft = Draft(item.kind, item.start, item.end, item.rule)
    draft.values = {"relation": item.relation, "event": text}
    if item.kind == "event":
        known = known_event(text, dateline.context_year, dateline.issued)
        if known is not None:
            draft.values |= {"resolved": known.day, "source": known.source}
    return draft


def _plain(item: Plain, dateline: Dateline) -> Draft:
    """Thường xuyên with its window, khẩn trương, không quy định, not understood."""
    draft = Draft(item.kind, item.start, item.end, item.rule, list(item.doubts))
    dated = item.dated
    if dated is None:
        return draft
    window = whole_window(dated, dateline)
    if window is None:
        return unread(item)
    draft.doubts += [doubt for unit in dated.units for doubt in unit.doubts]
    draft.values = {"start": window.first, "precision": dated.units[-1].precision}
    if dated.opening != "from" or dated.ranged:
        draft.values |= {"end": window.last, "bound": "inclusive", "due": window.last}
    return draft
