"""What should a person look at? Every doubt, derived from the finished program."""

from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple

from schemas.deadline import Deadline
from schemas.letter import Letter, Part, Quote
from schemas.paper import Line, Page, Paper
from schemas.program import Issue, Program
from schemas.reference import Reference
from schemas.task import Task

Severity = Literal["note", "doubt", "error"]


class Doubt(NamedTuple):
    """A kind of doubt: how grave it is, and its sentence for the user."""

    severity: Severity
    message: str


# One row a code; the sentence may use the words named in braces.
DOUBTS: dict[str, Doubt] = {
    "letter.no-number": Doubt("doubt", "Không đọc được số, ký hiệu của văn bản."),
    "letter.number-from-scan": Doubt(
        "note", "Số văn bản “{names}” đọc từ bản quét; hãy đối chiếu."
    ),
    "letter.no-date": Doubt("doubt", "Không đọc được ngày ban hành; thời hạn tương đối để trống."),
    "letter.no-issuer": Doubt("doubt", "Không đọc được cơ quan ban hành."),
    "letter.no-tasks": Doubt("note", "Không thấy nhiệm vụ nào trong văn bản."),
    "task.no-lead": Doubt("doubt", "Văn bản chưa xác định rõ đơn vị chủ trì."),
    "task.several-leads": Doubt("note", "Có {count} đơn vị cùng được giao chủ trì: {names}."),
    "task.group-lead": Doubt("note", "Chủ trì là một nhóm, không phải một cơ quan: {names}."),
    "task.lead-also-supports": Doubt("doubt", "{names} vừa chủ trì vừa phối hợp."),
    "task.no-deadline": Doubt("note", "Văn bản không nêu thời hạn."),
    "task.several-dates": Doubt("doubt", "Một nhiệm vụ có nhiều thời hạn khác nhau: {names}."),
    "task.very-long": Doubt("note", "Nhiệm vụ dài {count} ký tự; hãy xem có gồm nhiều việc không."),
    "task.same-text": Doubt("doubt", "Trùng nội dung với nhiệm vụ {names}."),
    "deadline.unread": Doubt("doubt", "Chưa hiểu thời hạn: “{names}”{more}."),
    "deadline.partly-read": Doubt("doubt", "Thời hạn đọc chưa chắc chắn: “{names}”{more}."),
    "deadline.assumed": Doubt("note", "Thời hạn có phần suy ra, không viết đủ: “{names}”{more}."),
    "deadline.day-off": Doubt("note", "Hạn xử lý {names} là ngày nghỉ."),
    "deadline.before-letter": Doubt("doubt", "Hạn xử lý {names} trước ngày ban hành văn bản."),
    "deadline.ends-before-start": Doubt("error", "Thời hạn kết thúc trước khi bắt đầu: “{names}”."),
    "deadline.no-anchor": Doubt("note", "Thời hạn tính từ mốc văn bản chưa nêu ngày: “{names}”."),
    "reference.ambiguous": Doubt("note", "Viện dẫn “{names}” ứng với nhiều văn bản: {more}."),
    "reference.after-letter": Doubt("doubt", "Văn bản viện dẫn {names} ban hành sau văn bản này."),
    "reference.several-dates": Doubt("doubt", "{names} được ghi với các ngày khác nhau: {more}."),
    "footnote.no-call": Doubt("doubt", "Cước chú {names} không thấy chỗ gọi trong văn bản."),
    "footnote.no-note": Doubt("doubt", "Dấu cước chú {names} không có nội dung cước chú."),
    "outline.gap": Doubt("note", "Đánh số nhảy từ {names}; có thể thiếu một mục."),
    "reading.low-confidence": Doubt("doubt", "Trang {count} nhận dạng kém (độ tin cậy {names} %)."),
    "reading.doubtful-line": Doubt("note", "Dòng nhận dạng chưa chắc chắn: “{names}”."),
}

# Why a date was not read for certain; past_at_issue, not_working_day and no_anchor are issues
# of their own.
REASONS: dict[str, str] = {
    "bare_date": "chỉ ghi ngày, hiểu là đúng ngày đó",
    "even_spacing": "giả định các kỳ cách đều nhau",
    "goal_year": "hiểu là đến hết năm đó",
    "horizon": "có thể chỉ là định hướng, không phải thời hạn",
    "invalid_date": "không có ngày như vậy",
    "list_without_year": "danh sách không ghi năm",
    "ocr_repaired": "chữ nhận dạng sai đã được sửa thành số",
    "part_of_month": "đầu, giữa, cuối được quy ra ngày theo quy ước",
    "residue": "còn từ ngữ chỉ thời gian chưa hiểu",
    "short_month": "tháng viết tắt",
    "unmarked": "viết không dấu",
    "week_assumed": "ngày trong tuần được quy ra theo quy ước",
    "weekday_mismatch": "thứ không khớp với ngày",
    "year_assumed": "không ghi năm, lấy năm của văn bản",
    "year_rolled": "không ghi năm, lấy năm sau vì năm của văn bản đã qua ngày đó",
    "year_unknown": "không biết năm vì văn bản không có ngày",
}

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


def _issue(
    code: str,
    quote: Quote | None = None,
    task: str | None = None,
    severity: Severity | None = None,
    **words: object,
) -> Issue:
    """`severity`: graver than its row says."""
    doubt = DOUBTS[code]
    message = doubt.message.format(**words)
    return Issue(
        code=code, severity=severity or doubt.severity, message=message, task=task, quote=quote
    )


def _remarks(paper: Paper) -> Iterator[Issue]:
    for remark in paper.remarks:
        where = f" (trang {remark.page})" if remark.page else ""
        yield Issue(code=remark.code, severity="doubt", message=f"{remark.message}{where}")
    for page in paper.pages:
        if page.confidence is not None and page.confidence < PAGE_CONFIDENCE:
            percent = round(page.confidence * 100)
            yield _issue("reading.low-confidence", count=page.number, names=percent)
        for line in _doubtful(page):
            yield _issue("reading.doubtful-line", names=line.text)


def _doubtful(page: Page) -> Iterator[Line]:
    for line in _lines(page):
        weak = line.confidence is not None and line.confidence < LINE_CONFIDENCE
        if weak and line.role != "furniture":
            yield line


def _lines(page: Page) -> Iterator[Line]:
    for block in page.blocks:
        yield from (
            (block,) if isinstance(block, Line) else (x for c in block.cells for x in c.lines)
        )


def _letter(program: Program) -> Iterator[Issue]:
    letter = program.letter
    if letter.number is None or not letter.number.sequence:
        yield _issue("letter.no-number", letter.number.quote if letter.number else None)
    if letter.issued is None:
        yield _issue("letter.no-date")
    if letter.issuer is None:
        yield _issue("letter.no-issuer")
    if not program.tasks:
        yield _issue("letter.no-tasks")


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
    marks = [line.confidence for line in _lines(page) if _holds(line, quote)]
    weak = any(mark is not None and mark < NUMBER_CONFIDENCE for mark in marks)
    severity: Severity = "doubt" if weak else "note"
    yield _issue("letter.number-from-scan", quote, severity=severity, names=number.canonical)


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
        yield _issue("task.no-lead", task.quote, task.id)
        return
    names = "; ".join(owner.party.text for owner in leads)
    if len(leads) > 1:
        yield _issue("task.several-leads", leads[0].quote, task.id, count=len(leads), names=names)
    if all(owner.party.kind == "group" for owner in leads):
        yield _issue("task.group-lead", leads[0].quote, task.id, names=names)
    keys = {owner.party.agency.key for owner in leads if owner.party.agency}
    for owner in task.owners:
        if owner.role == "support" and owner.party.agency and owner.party.agency.key in keys:
            yield _issue("task.lead-also-supports", owner.quote, task.id, names=owner.party.text)


def _deadlines(task: Task, program: Program) -> Iterator[Issue]:
    if not task.deadlines:
        yield _issue("task.no-deadline", task.quote, task.id)
    for deadline in task.deadlines:
        yield from _deadline(deadline, task, program)
    dates = {d.due for d in task.deadlines if d.kind in {"by", "within"} and d.due}
    if len(dates) > 1:
        names = ", ".join(f"{day:%d/%m/%Y}" for day in sorted(dates))
        yield _issue("task.several-dates", task.deadlines[0].quote, task.id, names=names)


def _deadline(deadline: Deadline, task: Task, program: Program) -> Iterator[Issue]:
    words, quote, issued = deadline.quote.text, deadline.quote, program.letter.issued
    why = _why(deadline)
    if deadline.kind == "unread":
        yield _issue("deadline.unread", quote, task.id, names=words, more=why)
    elif deadline.confidence == "low" and (why or "past_at_issue" not in deadline.doubts):
        yield _issue("deadline.partly-read", quote, task.id, names=words, more=why)
    elif deadline.confidence == "medium" and why:
        yield _issue("deadline.assumed", quote, task.id, names=words, more=why)
    if "not_working_day" in deadline.doubts and deadline.due:
        yield _issue("deadline.day-off", quote, task.id, names=f"{deadline.due:%d/%m/%Y}")
    if deadline.due and issued and deadline.due < issued:
        yield _issue("deadline.before-letter", quote, task.id, names=f"{deadline.due:%d/%m/%Y}")
    if deadline.start and deadline.end and deadline.end < deadline.start:
        yield _issue("deadline.ends-before-start", quote, task.id, names=words)
    if deadline.kind == "duration" and deadline.due is None:
        yield _issue("deadline.no-anchor", quote, task.id, names=words)


def _why(deadline: Deadline) -> str:
    """The reader's doubts in words, after a colon; those with an issue of their own left out."""
    reasons = [REASONS[doubt] for doubt in deadline.doubts if doubt in REASONS]
    return f": {'; '.join(reasons)}" if reasons else ""


def _text(task: Task) -> Iterator[Issue]:
    if len(task.text) > LONG:
        yield _issue("task.very-long", task.quote, task.id, count=len(task.text))


def _references(program: Program) -> Iterator[Issue]:
    issued = program.letter.issued
    dates: dict[str, set[str]] = {}
    for reference in program.references:
        if reference.candidates:
            more = ", ".join(reference.candidates)
            yield _issue("reference.ambiguous", reference.quote, names=_name(reference), more=more)
        if reference.issued and issued and reference.issued > issued:
            yield _issue("reference.after-letter", reference.quote, names=_name(reference))
        if reference.number and reference.issued:
            dates.setdefault(reference.number, set()).add(f"{reference.issued:%d/%m/%Y}")
    for number, days in dates.items():
        if len(days) > 1:
            yield _issue("reference.several-dates", names=number, more=", ".join(sorted(days)))


def _name(reference: Reference) -> str:
    return reference.number or reference.title or reference.quote.text


def _footnotes(letter: Letter, program: Program) -> Iterator[Issue]:
    for note in program.footnotes:
        if not note.called_by:
            yield _issue("footnote.no-call", note.quote, names=note.mark)
    noted = {note.mark for note in program.footnotes}
    notes = letter.section(Part.FOOTNOTES)
    for call in letter.calls:
        if call.mark not in noted and not notes.start <= call.at < notes.end:
            before = letter.quote(max(call.at - 20, 0), call.at)
            yield _issue(
                "footnote.no-note", before if before.text.strip() else None, names=call.mark
            )


def _outline(program: Program) -> Iterator[Issue]:
    """Gaps between tasks of one parent: 3 then 5."""
    before: dict[str | None, tuple[int, str]] = {}
    for task in program.tasks:
        label = task.id.rsplit(".", 1)[-1]
        if not label.isdecimal():
            continue
        number, last = int(label), before.get(task.parent)
        if last and number > last[0] + 1:
            yield _issue("outline.gap", task.quote, task.id, names=f"{last[1]} đến {task.id}")
        before[task.parent] = (number, task.id)


def _duplicates(program: Program) -> Iterator[Issue]:
    counts = Counter(task.text for task in program.tasks)
    first: dict[str, str] = {}
    for task in program.tasks:
        if counts[task.text] > 1 and task.text in first and task.text:
            yield _issue("task.same-text", task.quote, task.id, names=first[task.text])
        first.setdefault(task.text, task.id)
