"""What a party is made of, as written: a body, an office, the phrase.

Where something stands is no part of what it is: the same words at two places are equal.
"""

from dataclasses import dataclass, field
from typing import Literal

from extractors.parties.places import Place

Kind = Literal["official", "agency", "group", "person"]


@dataclass(frozen=True, slots=True)
class Body:
    """An agency as written: `name` in full without its place, the place, the body above."""

    end: int = field(compare=False)
    name: str
    level: str | None
    tail: str
    place: Place | None = None
    above: "Body | None" = None
    head: str = ""
    rule: str = ""
    several: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """An office as written; `group` the words of the group it heads."""

    end: int = field(compare=False)
    position: str
    body: Body | None = None
    group: bool = False
    committee: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One party as written. `opens`: where the words that belong to it and to its
    neighbours begin ("các Sở: Nội vụ, Y tế": both are opened by "các Sở"). `own`: the body is
    named by its first word or its head alone ("báo cáo Bộ trưởng"): the letter says which."""

    opens: int = field(compare=False)
    start: int = field(compare=False)
    end: int = field(compare=False)
    kind: Kind
    body: Body | None = None
    office: Office | None = None
    other_hat: Office | None = None
    person: str | None = None
    rule: str = ""
    own: bool = False
