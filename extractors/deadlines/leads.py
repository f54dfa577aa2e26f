"""The words before a date: how they bound it, and at what time of day."""

from collections.abc import Callable
from typing import NamedTuple

from extractors.deadlines import values
from extractors.deadlines.clause import Clause
from extractors.deadlines.items import Opening
from extractors.deadlines.lexer import Token
from schemas.deadline import Bound, Part


class Lead(NamedTuple):
    """ "chậm nhất 17h00 chiều": where it begins, the row that opened it, what it says.

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
        extend = _EXTENSIONS.get(token.kind)
        if extend is None or (here > at and not clause.touches(here)):
            break
        longer = extend(lead if lead.rule else Lead(lead.start, token.rule.id), token)
        if longer is None:
            break
        lead, here = longer, here + 1
    return lead, here


def _bounded(lead: Lead, token: Token) -> Lead:
    """Trước beside chậm nhất wins: "chậm nhất trước ngày …" excludes the day."""
    exclusive = "exclusive" in (lead.bound, token.says("bound"))
    alone = lead.opening is None and "hết" not in token.text
    return lead._replace(
        opening="bound",
        bound="exclusive" if exclusive else "inclusive",
        horizon=lead.horizon or bool(token.says("horizon")),
        until=bool(token.says("until")) and alone,
    )


def _inside(lead: Lead, token: Token) -> Lead | None:
    """ "chậm nhất trong tháng 12": the bound stays."""
    return lead if lead.opening == "bound" else _opened(lead, token, "in")


def _from(lead: Lead, token: Token) -> Lead | None:
    return _opened(lead, token, "from")


def _after(lead: Lead, token: Token) -> Lead | None:
    return _opened(lead, token, "after")


def _opened(lead: Lead, _: Token, opening: Opening) -> Lead | None:
    return lead._replace(opening=opening) if lead.opening in (None, "in") else None


def _clock(lead: Lead, token: Token) -> Lead | None:
    return lead._replace(clock=values.clock_of(token)) if lead.clock is None else None


def _clock_range(lead: Lead, _: Token) -> Lead:
    return lead._replace(clock_range=True)


def _day_part(lead: Lead, token: Token) -> Lead:
    """ "vào chiều ngày …": the word before the part of the day opens."""
    half = values.day_part_of(token)
    if lead.opening is None and token.text.startswith(("trong", "vào")):
        lead = lead._replace(opening="in")
    return lead._replace(day_part=half, clock=values.of_half(lead.clock, half))


_EXTENSIONS: dict[str, Callable[[Lead, Token], Lead | None]] = {
    "bound": _bounded,
    "in": _inside,
    "from": _from,
    "after": _after,
    "clock": _clock,
    "clock_range": _clock_range,
    "day_part": _day_part,
}
LEAD_KINDS = frozenset(_EXTENSIONS)
