"""A duty as found in the letter, and as it leaves the process."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from schemas.base import Value
from schemas.deadline import Deadline
from schemas.letter import Quote, Span
from schemas.party import Owner, Role

Layout = Literal["labelled", "owner_first", "table", "directive"]


class Clause(NamedTuple):
    """A numbered unit of the body: its label, its place in the outline, its words.

    `span` covers the label and all that stands under it; `own` only its own paragraph
    without the label. `id` joins the labels from the outermost: "II.3.a", "PL1.2". `kind` is
    what a heading announces ("purpose", "tasks"); `style` how the label is written ("number",
    "letter", "-"), empty for a paragraph without one.
    """

    id: str
    label: str
    parent: str | None
    depth: int
    span: Span
    own: Span
    kind: str | None = None
    style: str = ""


Bare = Literal["days", "weeks", "months", "years", "month", "quarter", "last day"]


class Claim(NamedTuple):
    """Words that speak of owners or of time: where, in which role, from which clause.

    `role` None: the words themselves must tell (prose). `bare`: what a header or label makes of
    a figure or day that stands alone ("Số ngày" → "days", "Tháng" → "month", "Thời hạn" →
    "last day").
    """

    span: Span
    role: Role | None = None
    inherited_from: str | None = None
    labelled: bool = False
    bare: Bare | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: where its words are. `texts` leave out owner and time clauses."""

    id: str
    label: str
    parent: str | None
    layout: Layout
    heading: str | None
    span: Span
    texts: tuple[Span, ...]
    owners: tuple[Claim, ...] = ()
    times: tuple[Claim, ...] = ()
    products: tuple[Span, ...] = ()
    funding: Span | None = None
    rule: str = ""
    notes: tuple[str, ...] = field(default=())


class Excerpt(Value):
    """Words of the letter that are a fact by themselves (a product, a funding clause)."""

    text: str
    quote: Quote


class Task(Value):
    """One duty of the program; keys as in the contract."""

    id: str
    label: str
    parent: str | None
    layout: Layout
    heading: str | None
    text: str
    owners: tuple[Owner, ...]
    duty: str | None
    deadlines: tuple[Deadline, ...]
    products: tuple[Excerpt, ...]
    funding: Excerpt | None
    footnotes: tuple[str, ...]
    references: tuple[str, ...]
    quote: Quote
    rule: str
