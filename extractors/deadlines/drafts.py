"""The values of one deadline before they are checked, and the check."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from extractors.deadlines.items import Item
from schemas import deadline as kinds
from schemas.deadline import Confidence, Deadline, Doubt
from schemas.letter import Letter

_LOW: frozenset[Doubt] = frozenset(
    {"horizon", "invalid_date", "ocr_repaired", "past_at_issue", "residue", "weekday_mismatch",
     "year_unknown"}
)  # fmt: skip
_UNTOUCHED: frozenset[Doubt] = frozenset({"not_working_day"})
# each kind by its name: to go through the union would double the time of the check
_KINDS: dict[str, type[kinds.Timed]] = {
    str(kind.model_fields["kind"].default): kind for kind in kinds.Timed.__subclasses__()
}


@dataclass(slots=True)
class Draft:
    """A kind, the words it stands in, and what was found so far."""

    kind: str
    start: int
    end: int
    rule: str
    doubts: list[Doubt] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)


def unread(item: Item, *doubts: Doubt) -> Draft:
    """Words of time that were not understood."""
    return Draft("unread", item.start, item.end, item.rule, list(doubts))


def built(
    draft: Draft, letter: Letter, doubts: Sequence[Doubt], inherited_from: str | None
) -> Deadline:
    """The deadline, or Unread where its values contradict one another."""
    told = tuple(dict.fromkeys((*draft.doubts, *doubts)))
    facts: dict[str, object] = {
        **draft.values,
        "kind": draft.kind,
        "confidence": "low" if draft.kind == "unread" else confidence_of(told),
        "doubts": told,
        "quote": letter.quote(draft.start, draft.end),
        "rule": draft.rule,
        "inherited_from": inherited_from,
    }
    try:
        return _KINDS[draft.kind](**facts)  # type: ignore[return-value]
    except ValidationError:
        refused = Draft("unread", draft.start, draft.end, draft.rule, ["invalid_date"])
        return built(refused, letter, doubts, inherited_from)


def confidence_of(doubts: Sequence[Doubt]) -> Confidence:
    """High without doubts that touch the date, low where it may be wrong."""
    if not _LOW.isdisjoint(doubts):
        return "low"
    return "high" if _UNTOUCHED.issuperset(doubts) else "medium"
