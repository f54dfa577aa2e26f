"""What became of one letter of a batch."""

from datetime import date

from schemas.base import Value


class Failure(Value):
    """Why a letter was not read, and what to do next. `bug`: congvan itself failed."""

    code: str
    reason: str
    advice: str
    english: str
    bug: bool = False


class Summary(Value):
    """What a person wants to see of a program at a glance, and what a batch joins on."""

    number: str | None
    issued: date | None
    subject: str | None
    tasks: int
    without_owner: int
    without_date: int
    doubts: int
    unresolved: tuple[str, ...] = ()


class Outcome(Value):
    """A letter that was read has a summary, one that was not has a failure."""

    source: str
    target: str
    sha256: str
    summary: Summary | None = None
    failure: Failure | None = None
    twin: str | None = None
