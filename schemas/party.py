"""Who: an agency, an official of one, a group of either, a person."""

from typing import Literal

from schemas.base import Value
from schemas.letter import Quote


class Successor(Value):
    """The body that took over, since when, and the document that says so."""

    name: str
    since: str | None = None
    source: str


class Agency(Value):
    """A body. `name` as the letter's place in the state calls it, `canonical` unique in the
    country, `key` a stable machine key, `level` central, province, district, commune, party …
    `code_source`: the document that gives the electronic identifier `code`."""

    name: str
    canonical: str
    key: str
    level: str | None = None
    code: str | None = None
    code_source: str | None = None
    successor: Successor | None = None


class Capacity(Value):
    """The other hat: "Phó Trưởng Ban … là Giám đốc Sở …"."""

    position: str
    agency: Agency | None = None


class Party(Value):
    """`text` is verbatim. For an official, `agency` is where the work lands."""

    text: str
    kind: Literal["official", "agency", "group", "person"]
    position: str | None = None
    agency: Agency | None = None
    capacity: Capacity | None = None
    person: str | None = None


Role = Literal["lead", "support", "assigner", "report_to", "monitor", "approver"]


class Owner(Value):
    """A party in its role for one task; `rule` names the row or model that read it."""

    role: Role
    party: Party
    quote: Quote
    rule: str
    inherited_from: str | None = None


class Abbreviation(Value):
    """A short form that the letter itself introduces."""

    short: str
    long: str
    quote: Quote
