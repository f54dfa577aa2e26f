"""What has to happen first: conditions, events and guidance, in the letter's own words."""

from collections.abc import Callable
from typing import Literal

from extractors.deadlines import values
from extractors.deadlines.clause import Clause
from extractors.deadlines.dates import read_dated
from extractors.deadlines.items import Item, Length, Plain, Said
from extractors.deadlines.leads import LEAD_KINDS
from extractors.deadlines.lexer import Token
from extractors.rules import compile_once
from schemas.deadline import Relation

_STOP = compile_once(r"[;.\n]|(?<!\d):(?!\d)")
_PROSE_STOP = compile_once(
    r"[;.,\n:]|\s(?:có trách nhiệm|phải|thì|để|nếu|(?<!các )trường hợp|"
    r"theo (?:mẫu|luật|quy định|nghị định|thông tư)|"
    r"về (?:ubnd|ủy ban|sở|phòng|ban|văn phòng|bộ|chi cục|cục|trung tâm))\s"
)
# nouns that letters name in pairs: the comma between them ends nothing
_PAIRED = compile_once(
    r"(?<!\w)(?:cá nhân, tổ chức|tổ chức, cá nhân|thông tin, tài liệu|(?:bộ|sở|ban), (?:ban|ngành)|"
    r"(?:bộ|sở|ban|ngành), (?:cơ quan|đơn vị|địa phương)|cơ quan, (?:tổ chức|đơn vị)|"
    r"đơn vị, (?:địa phương|cá nhân)|cải tạo, nâng cấp|bổ sung, hoàn thiện|"
    r"tài sản, tài chính|phòng, chống)(?!\w)"
)
# a body that has done nothing yet: "sau khi Trung ương, Bộ … | có chỉ đạo" goes on after the comma
_UNFINISHED = compile_once(
    r"(?:các )?(?:trung ương|bộ|ubnd|ủy ban|hội đồng|hđnd|sở|thủ tướng|chính phủ|quốc hội|ban|cấp|"
    r"cơ quan|đảng|tỉnh|thành|huyện|chủ tịch|văn phòng|thường trực|lãnh đạo|giám đốc|phòng)(?!\w)"
    r"(?:(?! (?:có|được|đã|ban hành|phê duyệt|thông qua|cho|đồng ý|chấp thuận|kết luận|quyết định|"
    r"thống nhất|hoàn thành|kết thúc|trả lời|ký|giao|tổ chức|bế mạc|họp)(?!\w))[^,])*"
)
_SEPARATED = compile_once(r"[,;(+&]\s*$|(?:^|\s)(?:và|hoặc|đồng thời)\s*$")
_FILLER = compile_once(
    r"\s*(?:(?:thời gian|thời điểm|ngày|lúc|đợt)(?= )\s*)?"
    r"(?:(?:tổ chức|diễn ra|tiến hành)(?= )\s*)?"
)
_LENGTH_BEFORE = compile_once(
    r"\s+(?:ít nhất |tối thiểu |chậm nhất |là )*"
    r"(?P<count>\d{1,3}) (?P<unit>ngày làm việc|ngày|tuần|tháng)$"
)
_NO_EVENT = compile_once(
    r"[^\p{L}\d“\"'(]|(?:ngày ?|tháng ?|quý ?|năm ?)?[lio]?\d|"
    r"(?:và|hoặc|hay|trong|sau|trước)(?!\w)|.{0,2}$"
)
# From the beginning of a run of signs, and no second try within it: runs may be long.
_TAIL = compile_once(
    r"(?:\G|(?<![\s,(;:]))[\s,(;:]++"
    r"(?:(?:và|hoặc|đồng thời|(?<=, )(?:hoàn thành|xong))[\s,(;:]*+)?$"
)
_BRACKETS = compile_once(r"[()]")
_CALENDAR = values.UNIT_KINDS | {"part", "week", "clock", "number"}
_DATED_OPENERS = LEAD_KINDS | {"now", "date", "month", "quarter", "half", "years"}
UNITS = {
    "ngày": "D", "ngày làm việc": "D", "tuần": "W", "tháng": "M", "năm": "Y", "giờ": "H",
    "giờ làm việc": "H", "quý": "M",
}  # fmt: skip


def read_when(clause: Clause, at: int) -> tuple[Item, int] | None:
    """sau khi …, khi …, kể từ ngày …: a condition; trước khi …, sau ngày …: an event."""
    token = clause.tokens[at]
    begin = text_start(clause, token.end)
    end = text_end(clause, begin, at + 1)
    if end <= begin:
        return None
    after = token.kind == "anchor" and token.text.startswith("sau")
    relation = "after" if after else token.relation or "from"
    counted = _counted_back(clause, token, begin, end) if relation == "before" else None
    if counted is not None:
        return counted, clause.after(end, at + 1)
    kind: Literal["event", "condition"] = "event" if after or relation == "before" else "condition"
    said = Said(token.start, end, token.rule.id, kind, relation, (begin, end))
    return said, clause.after(end, at + 1)


def read_guidance(clause: Clause, at: int, *, first: bool) -> tuple[Item, int] | None:
    """theo …: guidance where nothing else is said, or as an alternative (hoặc theo …)."""
    token = clause.tokens[at]
    begin = text_start(clause, token.end)
    end = text_end(clause, begin, at + 1)
    if end <= begin or not (first or clause.before(token.start).endswith(("hoặc", ";"))):
        return None
    said = Said(token.start, end, token.rule.id, "guidance", "per", (begin, end))
    return said, clause.after(end, at + 1)


def read_event(clause: Clause, at: int) -> tuple[Item, int] | None:
    """A word before an event, or its name: trước kỳ họp …, trong suốt nhiệm kỳ …"""
    token = clause.tokens[at]
    relation = _event_relation(token)
    if relation is None or not _is_event(clause, token, at):
        return None
    whole = bool(token.says("whole")) or token.kind in ("named", "event_name")
    begin = token.start if whole else event_start(clause, token)
    if relation == "during" and not whole:  # "trong | ngày bầu cử": the day belongs to the event
        begin = text_start(clause, token.end)
    end = text_end(clause, max(begin, token.end), at + 1)
    comma = clause.key.find(",", token.end, end)
    if token.kind == "named":  # "Năm học 2026-2027, hoàn thành …", "học kỳ I trong tháng 01/2026"
        inside = _dated_inside(clause, at + 1, end)
        end = min(one for one in (comma, inside, end) if one >= 0)
    if end <= begin:
        return None
    after = clause.after(end, at + 1)
    if _NO_EVENT.match(clause.key, begin, end) is not None:
        return Plain(token.start, end, token.rule.id, "unread"), after
    counted = _counted_back(clause, token, begin, end) if relation == "before" else None
    if counted is not None:
        return counted, after
    said = Said(token.start, end, token.rule.id, "event", relation, (begin, end), lowered=whole)
    return said, after


def _dated_inside(clause: Clause, at: int, end: int) -> int:
    """Where "trong tháng 01/2026", "vào ngày 09/4/2025" begins among the words; -1 for nowhere."""
    while at < len(clause.tokens) and clause.tokens[at].start < end:
        if clause.kind(at) == "in" and (read := read_dated(clause, at)) and read[0].dated:
            return clause.start + len(clause.before(clause.tokens[at].start))
        at += 1
    return -1


def _is_event(clause: Clause, token: Token, at: int) -> bool:
    following = clause.kind(at + 1)
    if token.kind == "event_name":
        return _opens_clause(clause, token)
    if token.kind == "named":
        return True
    weak = token.kind == "from" or (token.kind == "bound" and token.says("until"))
    if weak and following not in ("event_name", "named"):  # "từ", "đến" are said of much else
        return False
    return not (following in _CALENDAR and clause.joined(token.end, at + 1))


def _opens_clause(clause: Clause, token: Token) -> bool:
    """True at the beginning of a time clause or after its label; in prose after "trình", "tại"."""
    before = clause.before(token.start)
    if clause.prose:
        return before.endswith((" trình", " tại", " vào"))
    return not before or before.endswith((":", "(", ",", ";", "tại", "vào"))


def _event_relation(token: Token) -> Relation | None:
    if token.kind == "event_name":
        return "during"
    if token.kind in ("after", "from"):
        return "after" if token.kind == "after" else "from"
    if token.kind != "bound":
        return token.relation
    if token.says("bound") == "exclusive":
        return "before"
    return "upon" if token.says("until") else None


def _counted_back(clause: Clause, token: Token, begin: int, end: int) -> Length | None:
    """ "trước kỳ họp 15 ngày" is a length counted back from the event."""
    match = _LENGTH_BEFORE.search(clause.key, begin, end)
    if match is None or match.start() <= begin:
        return None
    unit = match["unit"]
    return Length(
        token.start, end, token.rule.id, int(match["count"]), UNITS[unit],
        working=unit == "ngày làm việc", relation="before", anchor=(begin, match.start()),
    )  # fmt: skip


# ---------------------------------------------------------------- where free words begin and end


def text_start(clause: Clause, at: int) -> int:
    """The first letter after spaces and commas."""
    while at < clause.end and clause.key[at] in " ,:\n":
        at += 1
    return at


def event_start(clause: Clause, token: Token) -> int:
    """Where the event begins after "trước (thời gian | ngày | thời điểm)"."""
    match = _FILLER.match(clause.key, token.end, clause.end)
    return text_start(clause, match.end() if match else token.end)


def text_end(clause: Clause, begin: int, at: int) -> int:
    """Where free words end: at a stop, or before a token that opens another item."""
    end = _bracket_end(clause, begin, _stop(clause, begin))
    here = clause.after(begin, at)
    while here < len(clause.tokens) and clause.tokens[here].start < end:
        if _opens(clause, here, begin):
            end = clause.tokens[here].start
        here += 1
    tail = _TAIL.search(clause.key, begin, end)
    return tail.start() if tail else end


def _stop(clause: Clause, begin: int) -> int:
    """Where the sentence, or in prose its part, ends."""
    if not clause.prose:
        stop = _STOP.search(clause.key, begin, clause.end)
        return stop.start() if stop else clause.end
    for stop in _PROSE_STOP.finditer(clause.key, begin, clause.end):
        if stop[0] != "," or not _listed(clause, begin, stop.start()):
            return stop.start()
    return clause.end


def _listed(clause: Clause, begin: int, comma: int) -> bool:
    """True where the free words go on after that comma."""
    if _UNFINISHED.fullmatch(clause.key, begin, comma) is not None:
        return True
    pairs = _PAIRED.finditer(clause.key, max(begin, comma - 16), clause.end)
    return any(pair.start() < comma < pair.end() for pair in pairs)


def _bracket_end(clause: Clause, begin: int, end: int) -> int:
    """Where a bracket closes that was opened before the free words."""
    depth = 0
    for match in _BRACKETS.finditer(clause.key, begin, end):
        depth += 1 if match[0] == "(" else -1
        if depth < 0:
            return match.start()
    return end


def _opens(clause: Clause, at: int, begin: int) -> bool:
    """True where that token, after a separating word, begins an item of its own."""
    token = clause.tokens[at]
    if token.kind in ("bound", "from") and _bounds_a_day(clause, at):
        return True
    if token.kind == "room" and token.text.startswith("trong"):  # "… trong thời hạn 05 ngày"
        return True
    opens = _OPENERS.get(token.kind)
    if opens is None or _SEPARATED.search(clause.key, begin, token.start) is None:
        return False
    return opens(clause, at)


def _bounds_a_day(clause: Clause, at: int) -> bool:
    """ "… trước ngày 15/5", "… từ ngày 16/02 đến ngày 23/02": opens an item of its own even
    inside free words; a first day alone does not."""
    read = read_dated(clause, at)
    if read is None or (clause.kind(at) == "from" and not read[0].ranged):
        return False
    return any(unit.level == "day" and unit.month is not None for unit in read[0].units)


def _always(_: Clause, __: int) -> bool:
    return True


def _as_alternative(clause: Clause, at: int) -> bool:
    return clause.before(clause.tokens[at].start).endswith("hoặc")


def _as_date(clause: Clause, at: int) -> bool:
    read = read_dated(clause, at)
    return read is not None and bool(read[0].units or read[0].opening)


_OPENERS: dict[str, Callable[[Clause, int], bool]] = {
    **dict.fromkeys(_DATED_OPENERS, _as_date),
    **dict.fromkeys(("every", "following", "ongoing", "when", "room", "count", "anchor"), _always),
    "per": _as_alternative,
}
