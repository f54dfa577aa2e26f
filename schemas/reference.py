"""What a letter cites."""

from datetime import date

from schemas.base import Value
from schemas.letter import Quote


class Kind(Value):
    """Kind of document: code as in Nghị định 30/2020/NĐ-CP, Phụ lục III, and its name."""

    code: str
    name: str


class Provision(Value):
    """A cited place inside a document: điểm `point` khoản `clause` Điều `article`.

    A range keeps both ends: Điều 26 đến Điều 31 is article "26-31". Higher levels: `section`
    (Mục), `chapter` (Chương), `part` (Phần); `annex`: Phụ lục, Mẫu, Biểu.
    """

    article: str | None = None
    clause: str | None = None
    point: str | None = None
    section: str | None = None
    chapter: str | None = None
    part: str | None = None
    annex: str | None = None
    text: str


class Resolved(Value):
    """The document a citation stands for, and who says so."""

    number: str | None
    title: str | None
    issued: date | None
    source: str


class Reference(Value):
    """One cited document; several citations of it in one place are one reference each."""

    id: str
    kind: Kind | None = None
    number: str | None = None
    issued: date | None = None
    issuer: str | None = None
    title: str | None = None
    provisions: tuple[Provision, ...] = ()
    canonical: str | None = None
    resolved: Resolved | None = None
    candidates: tuple[str, ...] = ()
    role: str = "task"
    quote: Quote
    rule: str
