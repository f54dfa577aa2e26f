"""Each fact beside its words, its page and the rule that read it."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from schemas.deadline import Deadline
from schemas.letter import Quote, Region
from schemas.party import Owner
from schemas.program import Program
from schemas.task import Task

ROLES = {
    "lead": "chủ trì",
    "support": "phối hợp",
    "assigner": "giao việc",
    "report_to": "báo cáo",
    "monitor": "theo dõi",
    "approver": "phê duyệt",
}


class Fact(NamedTuple):
    """What is said of which task, where it is read from, by which rule."""

    where: str
    fact: str
    words: str
    page: str
    rule: str
    regions: tuple[Region, ...] = ()


def explained(program: Program, console: Console | None = None) -> None:
    """Print the facts of a program."""
    table = Table("Ở", "Dữ kiện", "Lời văn", "Trang", "Quy tắc", show_lines=False)
    for fact in facts_of(program):
        table.add_row(*fact[:5])
    (console or Console()).print(table)


def facts_of(program: Program) -> Iterator[Fact]:
    """The letter's facts, then each task's, references, footnotes and doubts."""
    yield from _letter(program)
    for task in program.tasks:
        yield from _task(task)
    for reference in program.references:
        name = reference.number or reference.title or "?"
        date = f" ngày {reference.issued:%d/%m/%Y}" if reference.issued else ""
        yield _fact(reference.id, f"viện dẫn {name}{date}", reference.quote, reference.rule)
    for note in program.footnotes:
        called = ", ".join(note.called_by)
        yield _fact(f"cước chú {note.mark}", f"gọi ở {called}", note.quote, "")
    for issue in program.issues:
        where = issue.task or "văn bản"
        words = _short(issue.quote.text) if issue.quote else ""
        yield Fact(where, f"⚠ {issue.message}", words, _page(issue.quote), issue.code)


def _letter(program: Program) -> Iterator[Fact]:
    letter = program.letter
    told = {
        "loại": letter.kind.name if letter.kind else None,
        "số": letter.number.canonical if letter.number else None,
        "ngày": f"{letter.issued:%d/%m/%Y}" if letter.issued else None,
        "nơi ban hành": letter.place,
        "cơ quan": letter.issuer.text if letter.issuer else None,
        "trích yếu": letter.subject,
    }
    for name, value in told.items():
        yield Fact("văn bản", name, value or "—", "", "")
    for signatory in letter.signatories:
        yield Fact("văn bản", "người ký", f"{signatory.position}: {signatory.name}", "", "")


def _task(task: Task) -> Iterator[Fact]:
    yield _fact(task.id, f"nhiệm vụ ({task.layout})", task.quote, task.rule)
    for owner in task.owners:
        yield _fact(task.id, _owner(owner), owner.quote, owner.rule)
    for deadline in task.deadlines:
        yield _fact(task.id, _deadline(deadline), deadline.quote, deadline.rule)
    for product in task.products:
        yield _fact(task.id, "sản phẩm", product.quote, "")


def _owner(owner: Owner) -> str:
    agency = owner.party.agency
    name = agency.canonical if agency else owner.party.text
    return f"{ROLES[owner.role]}: {name}"


def _deadline(deadline: Deadline) -> str:
    if deadline.rrule:
        return f"thời hạn {deadline.kind}: {deadline.rrule}"
    due = f"{deadline.due:%d/%m/%Y}" if deadline.due else (deadline.event or "—")
    return f"thời hạn {deadline.kind}: {due}"


def _fact(where: str, fact: str, quote: Quote, rule: str) -> Fact:
    return Fact(where, fact, _short(quote.text), _page(quote), rule, quote.regions)


def _short(words: str, most: int = 90) -> str:
    words = words.replace("\n", " ")
    return words if len(words) <= most else words[: most - 1] + "…"


def _page(quote: Quote | None) -> str:
    return ", ".join(str(region.page) for region in quote.regions) if quote else ""
