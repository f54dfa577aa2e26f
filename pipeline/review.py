"""What should a person look at? Every doubt, derived from the finished program."""

from collections import Counter
from collections.abc import Iterator

from pipeline.doubts import REASONS, Severity, issue
from schemas.deadline import Deadline
from schemas.letter import Letter, Part, Quote
from schemas.paper import Line, Page, Paper, lines_in
from schemas.program import Issue, Program
from schemas.reference import Reference
from schemas.task import Task

LONG = 2500
"""Characters of a duty that is more often several duties than one (99th percentile: 1,900)."""
PAGE_CONFIDENCE = 0.80
LINE_CONFIDENCE = 0.55
NUMBER_CONFIDENCE = 0.88
"""Of 35 numbers read from scans 9 were wrong, 5 of them on lines below this."""


def review(letter: Letter, paper: Paper, program: Program) -> Iterator[Issue]:
    """Every doubt about a program, the letter's first, then task by task."""
    yield from _remarks(paper)
    yield from _letter(program)
    yield from _scanned_number(paper, program)
    yield from _footnotes(letter, program)
    yield from _references(program)
    for task in program.tasks:
        yield from _owners(task)
        yield from _deadlines(task, program)
        yield from _text(task)
    yield from _outline(program)
    yield from _duplicates(program)


def _remarks(paper: Paper) -> Iterator[Issue]:
    for remark in paper.remarks:
        where = f" (trang {remark.page})" if remark.page else ""
        yield Issue(code=remark.code, severity="doubt", message=f"{remark.message}{where}")
    for page in paper.pages:
        if page.confidence is not None and page.confidence < PAGE_CONFIDENCE:
            percent = round(page.confidence * 100)
            yield issue("reading.low-confidence", count=page.number, names=percent)
        for line in _doubtful(page):
            yield issue("reading.doubtful-line", names=line.text)


def _doubtful(page: Page) -> Iterator[Line]:
    for line in lines_in(page.blocks):
        weak = line.confidence is not None and line.confidence < LINE_CONFIDENCE
        if weak and line.role != "furniture":
            yield line


def _letter(program: Program) -> Iterator[Issue]:
    letter = program.letter
    if letter.number is None or not letter.number.sequence:
        yield issue("letter.no-number", letter.number.quote if letter.number else None)
    if letter.issued is None:
        yield issue("letter.no-date")
    if letter.issuer is None:
        yield issue("letter.no-issuer")
    if not program.tasks:
        yield issue("letter.no-tasks")


def _scanned_number(paper: Paper, program: Program) -> Iterator[Issue]:
    """A number from a scan is often handwritten: half of those misread stand on a weak line."""
    number = program.letter.number
    quote = number.quote if number and number.sequence else None
    if number is None or quote is None or not quote.regions:
        return
    at = quote.regions[0].page
    page = next((page for page in paper.pages if page.number == at), None)
    if page is None or page.origin != "ocr":
        return
    marks = [line.confidence for line in lines_in(page.blocks) if _holds(line, quote)]
    weak = any(mark is not None and mark < NUMBER_CONFIDENCE for mark in marks)
    severity: Severity = "doubt" if weak else "note"
    yield issue("letter.number-from-scan", quote, severity=severity, names=number.canonical)


def _holds(line: Line, quote: Quote) -> bool:
    """Does the line hold the quoted words: by its box, else by its text?"""
    box = quote.regions[0].box
    if box is None or line.box is None:
        return quote.text in line.text
    across = box[0] < line.box[2] and line.box[0] < box[2]
    return across and box[1] < line.box[3] and line.box[1] < box[3]


def _owners(task: Task) -> Iterator[Issue]:
    leads = [owner for owner in task.owners if owner.role == "lead"]
    if not leads:
        yield issue("task.no-lead", task.quote, task.id)
        return
    names = "; ".join(owner.party.text for owner in leads)
    if len(leads) > 1:
        yield issue("task.several-leads", leads[0].quote, task.id, count=len(leads), names=names)
    if all(owner.party.kind == "group" for owner in leads):
        yield issue("task.group-lead", leads[0].quote, task.id, names=names)
    keys = {owner.party.agency.key for owner in leads if owner.party.agency}
    for owner in task.owners:
        if owner.role == "support" and owner.party.agency and owner.party.agency.key in keys:
            yield issue("task.lead-also-supports", owner.quote, task.id, names=owner.party.text)


def _deadlines(task: Task, program: Program) -> Iterator[Issue]:
    if not task.deadlines:
        yield issue("task.no-deadline", task.quote, task.id)
    for deadline in task.deadlines:
        yield from _deadline(deadline, task, program)
    dates = {d.due for d in task.deadlines if d.kind in {"by", "within"} and d.due}
    if len(dates) > 1:
        names = ", ".join(f"{day:%d/%m/%Y}" for day in sorted(dates))
        yield issue("task.several-dates", task.deadlines[0].quote, task.id, names=names)


def _deadline(deadline: Deadline, task: Task, program: Program) -> Iterator[Issue]:
    words, quote, issued = deadline.quote.text, deadline.quote, program.letter.issued
    why = _why(deadline)
    if deadline.kind == "unread":
        yield issue("deadline.unread", quote, task.id, names=words, more=why)
    elif deadline.confidence == "low" and (why or "past_at_issue" not in deadline.doubts):
        yield issue("deadline.partly-read", quote, task.id, names=words, more=why)
    elif deadline.confidence == "medium" and why:
        yield issue("deadline.assumed", quote, task.id, names=words, more=why)
    if "not_working_day" in deadline.doubts and deadline.due:
        yield issue("deadline.day-off", quote, task.id, names=f"{deadline.due:%d/%m/%Y}")
    if deadline.due and issued and deadline.due < issued:
        yield issue("deadline.before-letter", quote, task.id, names=f"{deadline.due:%d/%m/%Y}")
    if deadline.start and deadline.end and deadline.end < deadline.start:
        yield issue("deadline.ends-before-start", quote, task.id, names=words)
    if deadline.kind == "duration" and deadline.due is None:
        yield issue("deadline.no-anchor", quote, task.id, names=words)


def _why(deadline: Deadline) -> str:
    """The reader's doubts in words, after a colon; those with an issue of their own left out."""
    reasons = [REASONS[doubt] for doubt in deadline.doubts if doubt in REASONS]
    return f": {'; '.join(reasons)}" if reasons else ""


def _text(task: Task) -> Iterator[Issue]:
    if len(task.text) > LONG:
        yield issue("task.very-long", task.quote, task.id, count=len(task.text))


def _references(program: Program) -> Iterator[Issue]:
    issued = program.letter.issued
    dates: dict[str, set[str]] = {}
    for reference in program.references:
        if reference.candidates:
            more = ", ".join(reference.candidates)
            yield issue("reference.ambiguous", reference.quote, names=_name(reference), more=more)
        if reference.issued and issued and reference.issued > issued:
            yield issue("reference.after-letter", reference.quote, names=_name(reference))
        if reference.number and reference.issued:
            dates.setdefault(reference.number, set()).add(f"{reference.issued:%d/%m/%Y}")
    for number, days in dates.items():
        if len(days) > 1:
            yield issue("reference.several-dates", names=number, more=", ".join(sorted(days)))


def _name(reference: Reference) -> str:
    return reference.number or reference.title or reference.quote.text


def _footnotes(letter: Letter, program: Program) -> Iterator[Issue]:
    for note in program.footnotes:
        if not note.called_by:
            yield issue("footnote.no-call", note.quote, names=note.mark)
    noted = {note.mark for note in program.footnotes}
    notes = letter.section(Part.FOOTNOTES)
    for call in letter.calls:
        if call.mark not in noted and not notes.start <= call.at < notes.end:
            before = letter.quote(max(call.at - 20, 0), call.at)
            words = before if before.text.strip() else None
            yield issue("footnote.no-note", words, names=call.mark)


def _outline(program: Program) -> Iterator[Issue]:
    """Gaps between tasks of one parent: 3 then 5."""
    before: dict[str | None, tuple[int, str]] = {}
    for task in program.tasks:
        label = task.id.rsplit(".", 1)[-1]
        if not label.isdecimal():
            continue
        number, last = int(label), before.get(task.parent)
        if last and number > last[0] + 1:
            yield issue("outline.gap", task.quote, task.id, names=f"{last[1]} đến {task.id}")
        before[task.parent] = (number, task.id)


def _duplicates(program: Program) -> Iterator[Issue]:
    counts = Counter(task.text for task in program.tasks)
    first: dict[str, str] = {}
    for task in program.tasks:
        if counts[task.text] > 1 and task.text in first and task.text:
            yield issue("task.same-text", task.quote, task.id, names=first[task.text])
        first.setdefault(task.text, task.id)
