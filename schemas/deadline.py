"""When a duty is due, as said and as computed."""

from datetime import date
from re import compile as pattern
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from schemas.base import Value
from schemas.letter import Quote

Bound = Literal["inclusive", "exclusive"]
Relation = Literal["before", "after", "immediately_after", "upon", "during", "from", "per"]
Precision = Literal[
    "minute", "day", "week", "part", "month", "months", "quarter", "half", "year", "years", "none"
]
Confidence = Literal["high", "medium", "low"]


Part = Literal["early", "mid", "late", "morning", "afternoon"]
Doubt = Literal[
    "bare_date",  # a day without trước, đến …: taken as that very day
    "even_spacing",  # "02 lần/năm": even spacing is assumed
    "goal_year",  # "đến năm 2025": to its end
    "horizon",  # "định hướng đến năm 2030"
    "invalid_date",  # no such day
    "list_without_year",
    "no_anchor",  # a length whose beginning the letter does not say
    "not_working_day",  # the last day is a day off
    "ocr_repaired",  # a letter was read for a figure
    "part_of_month",  # đầu, giữa: days 1-10, 11-20 by convention
    "past_at_issue",  # due before the letter's own date
    "residue",  # figures or words of time of the clause that were not read
    "short_month",  # "T6/2021"
    "unmarked",  # written without Vietnamese marks
    "week_assumed",  # "thứ Sáu", "tuần đầu": which days is a convention
    "weekday_mismatch",  # the day of the week is not that of the date
    "year_assumed",  # "trong năm": the letter's year
    "year_rolled",  # no year said, and the letter's own year would lie before the letter
    "year_unknown",  # no year said, and the letter has no date
]
"""What a reader should look at; `pipeline.review` tells it in words."""


class Period(Value):
    """A length of time in ISO 8601 and how it is counted."""

    value: str = Field(pattern=r"^P(?:[1-9]\d*[DWMY]|T[1-9]\d*H)$")
    calendar: Literal["calendar", "working"] = "calendar"
    anchor: Literal["issue", "effective", "receipt", "event"] | None = None


_RRULE = pattern(
    r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=[1-9]\d*)?(?:;BYMONTH=\d+(?:,\d+)*)?"
    r"(?:;BYMONTHDAY=-?\d+(?:,-?\d+)*)?(?:;BYDAY=-?\d?[A-Z]{2}(?:,-?\d?[A-Z]{2})*)?"
    r"(?:;BYSETPOS=-?\d+)?"
)


class Timed(Value):
    """The keys every deadline has. `due` is the last day on which the duty is in time.

    `resolved`: the first day of an event that a table of national dates knows, `source` says
    who set it; neither is the letter's own word. `doubts`: why the confidence is not high, and
    what else a person should look at.
    """

    start: date | None = None
    end: date | None = None
    bound: Bound | None = None
    due: date | None = None
    time: str | None = Field(default=None, pattern=r"^(?:[01]\d|2[0-4]):[0-5]\d$")
    rrule: str | None = None
    duration: Period | None = None
    relation: Relation | None = None
    event: str | None = None
    part: Part | None = None
    precision: Precision = "none"
    confidence: Confidence = "high"
    resolved: date | None = None
    source: str | None = None
    doubts: tuple[Doubt, ...] = ()
    quote: Quote
    rule: str
    inherited_from: str | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ValueError("the window ends before it begins")
        if self.due is not None and (self.end is None or self.due > self.end):
            raise ValueError("the last day in time lies after the last day named")
        if self.rrule is not None and not _RRULE.fullmatch(self.rrule):
            raise ValueError("no RRULE of RFC 5545")
        return self


class By(Timed):
    """A last day."""

    kind: Literal["by"] = "by"
    bound: Bound


class Within(Timed):
    """A window."""

    kind: Literal["within"] = "within"


class From(Timed):
    """A first day; a last one is not said."""

    kind: Literal["from"] = "from"
    end: None = None
    due: None = None


class Recurring(Timed):
    """Again and again: RFC 5545 RRULE."""

    kind: Literal["recurring"] = "recurring"


class Duration(Timed):
    """A length from an anchor."""

    kind: Literal["duration"] = "duration"
    duration: Period


class Event(Timed):
    """Before, after or during something named by a noun."""

    kind: Literal["event"] = "event"
    relation: Relation
    event: str


class Condition(Timed):
    """When or after something has happened."""

    kind: Literal["condition"] = "condition"
    relation: Relation
    event: str


class Guidance(Timed):
    """As another body or document will say."""

    kind: Literal["guidance"] = "guidance"
    relation: Relation
    event: str


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
    start: None = None
    end: None = None
    due: None = None
    confidence: Literal["low"] = "low"


Deadline = Annotated[
    By | Within | From | Recurring | Duration | Event | Condition | Guidance | Ongoing
    | Immediate | Unspecified | Unread,
    Field(discriminator="kind"),
]  # fmt: skip
