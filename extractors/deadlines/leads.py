"""The words before a date: how they bound it, and at what time of day."""

from collections.abc import Callable
from dataclasses import dataclass

from extractors.deadlines import values
from extractors.deadlines.clause import Clause
from extractors.deadlines.items import Opening
from extractors.deadlines.lexer import Token
from schemas.deadline import Bound, Part


@dataclass(slots=True)
class Lead:
    """ "chậm nhất 17h00 chiều": where it begins, the row that opened it, what it says so far.

    `until`: đến without hết, of which "đến năm 2025" is rather a goal than a last day.
    """

    start: int
    rule: str = ""
    opening: Opening | None = None
    bound: Bound | None = None
    clock: str | None = None
    clock_range: bool = False
    day_part: Part | None = None
    horizon: bool = False
    until: bool = False


def read_lead(clause: Clause, at: int) -> tuple[Lead, int]:
    """The lead that begins at that token and the first token after it; it may be empty."""
    tokens, here = clause.tokens, at
    lead = Lead(tokens[at].start)
    while here < len(tokens):
        token = tokens[here]
        extended = _EXTENSIONS.get(token.kind)
        if extended is None or (here > at and not clause.touches(here)):
            break
        if not extended(lead, token):
            break
        lead.rule = lead.rule or token.rule.id
        here += 1
    return lead, here


def _bounded(lead: Lead, token: Token) -> bool:
    """Trước beside chậm nhất wins: "chậm nhất trước ngày …" excludes the day."""
    if lead.bound != "exclusive":
        lead.bound = "exclusive" if token.says("bound") == "exclusive" else "inclusive"
    lead.until = bool(token.says("until")) and lead.opening is None and "hết" not in token.text
    lead.horizon = lead.horizon or bool(token.says("horizon"))
    lead.opening = "bound"
    return True


def _inside(lead: Lead, _: Token) -> bool:
    """ "chậm nhất trong tháng 12": the bound stays."""
    return lead.opening == "bound" or _opened(lead, "in")


def _from(lead: Lead, _: Token) -> bool:
    return _opened(lead, "from")


def _after(lead: Lead, _: Token) -> bool:
    return _opened(lead, "after")


def _opened(lead: Lead, opening: Opening) -> bool:
    if lead.opening not in (None, "in"):
        return False
    lead.opening = opening
    return True


def _clock(lead: Lead, token: Token) -> bool:
    if lead.clock is not None:
        return False
    lead.clock = values.clock_of(token)
    return True


def _clock_range(lead: Lead, _: Token) -> bool:
    lead.clock_range = True
    return True


def _day_part(lead: Lead, token: Token) -> bool:
    """ "vào chiều ngày …": the word before the part of the day opens."""
    if lead.opening is None and token.text.startswith(("trong", "vào")):
        lead.opening = "in"
    lead.day_part = values.day_part_of(token)
    lead.clock = values.of_half(lead.clock, lead.day_part)
    return True


_EXTENSIONS: dict[str, Callable[[Lead, Token], bool]] = {
    "bound": _bounded,
    "in": _inside,
    "from": _from,
    "after": _after,
    "clock": _clock,
    "clock_range": _clock_range,
    "day_part": _day_part,
}
LEAD_KINDS = frozenset(_EXTENSIONS)
