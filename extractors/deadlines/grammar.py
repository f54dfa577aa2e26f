"""Which tokens belong together?

A clause is read from left to right; each reader reads one kind of item at a token and says
where the next one begins, or None. Words between tokens matter: "trước | ngày 15" belong
together, "đến | các đơn vị … ngày 15" do not.
"""

import re
from collections.abc import Callable, Iterator

from extractors.deadlines import values
from extractors.deadlines.clause import Clause
from extractors.deadlines.dates import read_dated
from extractors.deadlines.freewords import read_event, read_guidance, read_when
from extractors.deadlines.items import Every, Following, Item, Period, Plain
from extractors.deadlines.leads import LEAD_KINDS
from extractors.deadlines.lengths import read_length
from extractors.deadlines.lexer import Token
from schemas.deadline import Doubt

_PIECE = re.compile(r"[^,/]+?(?=,|/| và | hoặc |$)")


def items_of(clause: Clause) -> list[Item]:
    """Everything the clause says of time, in order."""
    found: list[Item] = []
    at = 0
    while at < len(clause.tokens):
        read = _item(clause, at, first=not found)
        if read is None:
            at += 1
            continue
        found.append(read[0])
        at = read[1]
    return found


def _item(clause: Clause, at: int, *, first: bool) -> tuple[Item, int] | None:
    """The item that begins at that token, and the next token after it."""
    kind = clause.tokens[at].kind
    for read in _READERS.get(kind, ()):
        found = read(clause, at)
        if found is not None:
            return found
    if kind != "per" or (clause.kind(at + 1) == "every" and clause.touches(at + 1)):
        return None  # "theo định kỳ hằng quý" is the period alone
    return read_guidance(clause, at, first=first)


def _every(clause: Clause, at: int) -> tuple[Item, int]:
    """The periods of "hằng tháng, quý", "6 tháng/lần", "02 lần/năm"."""
    token = clause.tokens[at]
    if "units" in token.words:
        periods = tuple(_periods(token))
    elif unit := token.says("unit"):
        periods = (Period(token.start, token.end, 1, str(unit)),)
    else:
        count = values.number(token.words.get("count", "một")) or 1
        times = values.number(token.words.get("times", "một")) or 1
        periods = (Period(token.start, token.end, count, token.words["unit"], times),)
    doubts: tuple[Doubt, ...] = ("ocr_repaired",) if token.says("ocr") else ()
    return Every(token.start, token.end, token.rule.id, periods, doubts=doubts), at + 1


def _report(clause: Clause, at: int) -> tuple[Item, int] | None:
    """ "định kỳ báo cáo: báo cáo 6 tháng trước ngày …, báo cáo năm trước ngày …"."""
    if all(token.kind != "periodic" for token in clause.tokens[:at]):
        return None
    every, after = _every(clause, at)
    assert isinstance(every, Every)
    every.forward = True
    return every, after


def _periods(token: Token) -> Iterator[Period]:
    """Each period with its own words; the first with "hằng", "định kỳ" before it."""
    words = token.words["units"]
    offset = token.text.rfind(words)
    base = token.start + (offset if offset >= 0 else len(token.text) - len(words))
    first = True
    for piece in _PIECE.finditer(words):
        for count, unit in values.periods_of(piece[0]):
            begin = base + piece.start() + len(piece[0]) - len(piece[0].lstrip())
            yield Period(token.start if first else begin, base + piece.end(), count, unit)
            first = False


def _following(clause: Clause, at: int) -> tuple[Item, int]:
    token = clause.tokens[at]
    return Following(token.start, token.end, token.rule.id, token.words["unit"]), at + 1


def _ongoing(clause: Clause, at: int) -> tuple[Item, int]:
    """Thường xuyên, with the window that touches it: trong năm 2021."""
    token = clause.tokens[at]
    touching = clause.joined(token.end, at + 1, _SPACE)
    window = read_dated(clause, at + 1) if touching else None
    if window is None or window[0].bound is not None or not window[0].units:
        return Plain(token.start, token.end, token.rule.id, "ongoing"), at + 1
    dated, after = window
    return Plain(token.start, dated.end, token.rule.id, "ongoing", dated=dated), after


def _immediate(clause: Clause, at: int) -> tuple[Item, int]:
    token = clause.tokens[at]
    return Plain(token.start, token.end, token.rule.id, "immediate"), at + 1


def _unspecified(clause: Clause, at: int) -> tuple[Item, int]:
    token = clause.tokens[at]
    return Plain(token.start, token.end, token.rule.id, "unspecified"), at + 1


_SPACE = re.compile(" ")
_Read = Callable[[Clause, int], tuple[Item, int] | None]
_KINDS: tuple[tuple[_Read, frozenset[str]], ...] = (
    (_every, frozenset({"every"})),
    (_report, frozenset({"report"})),
    (_following, frozenset({"following"})),
    (read_length, frozenset({"room", "in", "bound", "after", "minimum", "count", "clock"})),
    (read_dated, values.UNIT_KINDS | LEAD_KINDS | {"part", "week", "last_day_of"}),
    (read_when, frozenset({"when", "anchor"})),
    (read_event, frozenset({"bound", "after", "from", "event", "named", "event_name"})),
    (_ongoing, frozenset({"ongoing"})),
    (_immediate, frozenset({"immediate"})),
    (_unspecified, frozenset({"unspecified"})),
)
_READERS: dict[str, tuple[_Read, ...]] = {
    kind: tuple(read for read, kinds in _KINDS if kind in kinds)
    for kind in {kind for _, kinds in _KINDS for kind in kinds}
}
