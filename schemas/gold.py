"""Hand-checked truth beside a letter: words, never offsets."""

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict

from schemas.base import Value


def _cited(value: Any) -> Any:
    """A bare number or title stands for a citation without provisions."""
    return {"doc": value} if isinstance(value, str) else value


class GoldReference(Value):
    """A document by canonical number or title, and the provisions cited of it."""

    doc: str
    provisions: tuple[str, ...] = ()


Cited = Annotated[GoldReference, BeforeValidator(_cited)]


class GoldDeadline(Value):
    """A deadline: its words and its reading; rrule and event are held only where given."""

    words: str
    kind: str
    start: str | None = None
    end: str | None = None
    bound: str | None = None
    due: str | None = None
    rrule: str | None = None
    relation: str | None = None
    event: str | None = None


class GoldTask(Value):
    """A duty by its first words."""

    id: str
    layout: str
    begins: str
    leads: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    assigners: tuple[str, ...] = ()
    report_to: tuple[str, ...] = ()
    duty: str | None = None
    deadlines: tuple[GoldDeadline, ...] = ()
    products: tuple[str, ...] = ()
    references: tuple[Cited, ...] = ()
    footnotes: tuple[str, ...] = ()
    lead_keys: tuple[str, ...] | None = None


class GoldFootnote(Value):
    """A note by its first words."""

    mark: str
    begins: str
    called_by: tuple[str, ...] = ()
    references: tuple[Cited, ...] = ()


class GoldSignatory(Value):
    """A signature block."""

    authority: str | None = None
    position: str | None = None
    name: str | None = None
    office: str | None = None


class GoldLetter(Value):
    """The letterhead and the signature."""

    kind: str | None = None
    number: str | None = None
    issued: str | None = None
    place: str | None = None
    issuer: str | None = None
    superior: str | None = None
    subject: str | None = None
    addressees: tuple[str, ...] = ()
    signatories: tuple[GoldSignatory, ...] = ()
    bases: tuple[str, ...] = ()


class Gold(Value):
    """One letter, read from the paper by a person. Keys it does not know are refused,
    so that a misspelt one is seen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    checked_by: str
    letter: GoldLetter
    tasks: tuple[GoldTask, ...]
    footnotes: tuple[GoldFootnote, ...] = ()
    references: tuple[Cited, ...] = ()
    dates: dict[str, str] = {}
    absent: tuple[str, ...] = ()
    notes: str | tuple[str, ...] = ""
