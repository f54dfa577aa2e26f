"""What leaves the process: one program of work a letter. Contract version 1.0."""

from datetime import date
from typing import Literal

from schemas.base import Value
from schemas.footnote import Footnote
from schemas.letter import Quote
from schemas.party import Abbreviation, Party
from schemas.reference import Kind, Reference
from schemas.task import Task


class Source(Value):
    """The file: name, SHA-256, media type, pages, where its text came from."""

    name: str
    sha256: str
    media_type: str
    pages: int
    origin: Literal["text", "ocr", "mixed"]


class Number(Value):
    """Số và ký hiệu, as written and in canonical form (no spaces)."""

    text: str
    canonical: str
    sequence: str | None = None
    year: str | None = None
    kind: str | None = None
    issuer: str | None = None
    quote: Quote | None = None


class Recipient(Value):
    """One line of Nơi nhận and what it is sent for (b/c, để thực hiện)."""

    text: str
    purpose: str | None = None


class Signatory(Value):
    """TM., KT., TL. … line, position, name, and the State post below a committee role."""

    authority: str | None = None
    position: str | None = None
    name: str | None = None
    office: str | None = None


class LetterFacts(Value):
    """Thể thức: what the letterhead, the signature and Nơi nhận say."""

    kind: Kind | None = None
    number: Number | None = None
    issued: date | None = None
    place: str | None = None
    issuer: Party | None = None
    superior: Party | None = None
    subject: str | None = None
    addressees: tuple[Party, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    urgency: str | None = None
    secrecy: str | None = None
    bases: tuple[str, ...] = ()


class Issue(Value):
    """A doubt a person should settle; `task` None: it concerns the letter."""

    code: str
    severity: Literal["note", "doubt", "error"]
    message: str
    task: str | None = None
    quote: Quote | None = None


class Program(Value):
    """A letter's program of work. `text` is the ruler of every span."""

    schema_version: Literal["1.0"] = "1.0"
    source: Source
    letter: LetterFacts
    tasks: tuple[Task, ...]
    footnotes: tuple[Footnote, ...]
    references: tuple[Reference, ...]
    abbreviations: tuple[Abbreviation, ...]
    issues: tuple[Issue, ...] = ()
    text: str
