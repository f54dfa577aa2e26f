"""When a duty is due, as said and as computed."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Value
from schemas.letter import Quote

Bound = Literal["inclusive", "exclusive"]
Relation = Literal["before", "after", "immediately_after", "upon", "during", "from", "per"]
Precision = Literal[
    "minute", "day", "week", "part", "month", "months", "quarter", "half", "year", "years", "none"
]
Confidence = Literal["high", "medium", "low"]


class Period(Value):
    """A length of time in ISO 8601 and how it is counted."""

    value: str
    calendar: Literal["calendar", "working"] = "calendar"
    anchor: Literal["issue", "effective", "receipt", "event"] | None = None


class Timed(Value):
    """The keys every deadline has. `due` is the last day on which the duty is in time."""

    start: date | None = None
    end: date | None = None
    bound: Bound | None = None
    due: date | None = None
    time: str | None = Field(default=None, pattern=r"^\d\d:\d\d$")
    rrule: str | None = None
    duration: Period | None = None
    relation: Relation | None = None
    event: str | None = None
    part: Literal["early", "mid", "late", "morning", "afternoon"] | None = None
    precision: Precision = "none"
    confidence: Confidence = "high"
    source: str | None = None
    quote: Quote
    rule: str
    inherited_from: str | None = None


class By(Timed):
    """A last day."""

    kind: Literal["by"] = "by"


class Within(Timed):
    """A window."""

    kind: Literal["within"] = "within"


class From(Timed):
    """A first day."""

    kind: Literal["from"] = "from"


class Recurring(Timed):
    """Again and again: RFC 5545 RRULE."""

    kind: Literal["recurring"] = "recurring"


class Duration(Timed):
    """A length from an anchor."""

    kind: Literal["duration"] = "duration"


class Event(Timed):
    """Before, after or during something named by a noun."""

    kind: Literal["event"] = "event"


class Condition(Timed):
    """When or after something has happened."""

    kind: Literal["condition"] = "condition"


class Guidance(Timed):
    """As another body or document will say."""

    kind: Literal["guidance"] = "guidance"


class Ongoing(Timed):
    """All the time."""

    kind: Literal["ongoing"] = "ongoing"


class Immediate(Timed):
    """At once."""

    kind: Literal["immediate"] = "immediate"


class Unspecified(Timed):
    """The letter says that it sets no date."""

    kind: Literal["unspecified"] = "unspecified"


class Unread(Timed):
    """Words that speak of time and were not understood, or name an impossible date."""

    kind: Literal["unread"] = "unread"


Deadline = Annotated[
    By | Within | From | Recurring | Duration | Event | Condition | Guidance | Ongoing
    | Immediate | Unspecified | Unread,
    Field(discriminator="kind"),
]  # fmt: skip
