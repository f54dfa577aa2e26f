"""One row a task: what the tracker, the table and the calendar say of it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from schemas.deadline import Deadline
from schemas.party import Role
from schemas.program import Program
from schemas.reference import Reference
from schemas.task import Task


class Row(NamedTuple):
    """A task beside its letter, in words a register holds. Several values are joined by "; ".

    `due`: the first day on which some deadline of the task runs out; None where no date is told.
    """

    letter: str
    number: str
    issued: date | None
    issuer: str
    subject: str
    id: str
    text: str
    lead: str
    lead_key: str
    support: str
    time: str
    due: date | None
    kind: str
    rrule: str
    product: str
    basis: str
    page: str
    doubts: str


NAMES = {
    "letter": "Tệp",
    "number": "Số, ký hiệu",
    "issued": "Ngày văn bản",
    "issuer": "Cơ quan ban hành",
    "subject": "Trích yếu",
    "id": "Mục",
    "text": "Nội dung nhiệm vụ",
    "lead": "Cơ quan chủ trì",
    "lead_key": "Mã chủ trì",
    "support": "Cơ quan phối hợp",
    "time": "Thời hạn (nguyên văn)",
    "due": "Hạn xử lý",
    "kind": "Loại thời hạn",
    "rrule": "Định kỳ (RRULE)",
    "product": "Sản phẩm",
    "basis": "Căn cứ",
    "page": "Trang",
    "doubts": "Cần xem",
}
"""Column headings, in Vietnamese."""


def rows(program: Program) -> Iterator[Row]:
    """A row for each task of a program, in order."""
    cited = {reference.id: reference for reference in program.references}
    for task in program.tasks:
        yield _row(program, task, cited)


def _row(program: Program, task: Task, cited: dict[str, Reference]) -> Row:
    letter = program.letter
    bases = (cited[key] for key in task.references if key in cited)
    return Row(
        letter=program.source.name,
        number=number_of(program),
        issued=letter.issued,
        issuer=letter.issuer.text if letter.issuer else "",
        subject=letter.subject or "",
        id=task.id,
        text=task.text,
        lead=_parties(task, "lead"),
        lead_key=_joined(_key(task)),
        support=_parties(task, "support"),
        time=_joined(deadline.quote.text for deadline in task.deadlines),
        due=due_of(task.deadlines),
        kind=_joined(deadline.kind for deadline in task.deadlines),
        rrule=_joined(deadline.rrule for deadline in task.deadlines if deadline.rrule),
        product=_joined(product.text for product in task.products),
        basis=_joined(name_of(reference) for reference in bases),
        page=", ".join(str(region.page) for region in task.quote.regions),
        doubts=_joined(
            issue.message
            for issue in program.issues
            if issue.task == task.id and issue.severity != "note"
        ),
    )


def number_of(program: Program) -> str:
    """Số và ký hiệu, empty where the letter has none."""
    number = program.letter.number
    return number.canonical if number else ""


def due_of(deadlines: Iterable[Deadline]) -> date | None:
    """The first last day."""
    return min((deadline.due for deadline in deadlines if deadline.due), default=None)


def name_of(reference: Reference) -> str:
    """A citation in few words."""
    kind = reference.kind.name.capitalize() if reference.kind else ""
    name = f"{kind} {reference.number}" if reference.number else reference.title or ""
    return (name or reference.quote.text).strip()


def _parties(task: Task, role: Role) -> str:
    return _joined(owner.party.text for owner in task.owners if owner.role == role)


def _key(task: Task) -> Iterator[str]:
    for owner in task.owners:
        if owner.role == "lead" and owner.party.agency:
            yield owner.party.agency.key


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(word.replace("\n", " ") for word in words if word))
