"""Each kind of doubt, once."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from extractors.layout import lay_out
from extractors.parts import sort_into_parts
from pipeline.doubts import DOUBTS, REASONS
from pipeline.parse import program_of
from schemas import deadline
from schemas.paper import Call, Line, Page, Paper
from schemas.program import Issue, Program, Source

DOCS = Path(__file__).parent.parent / "docs"
SOURCE = Source(name="letter.txt", sha256="0", media_type="text/plain", pages=1, origin="text")
HEAD = (
    "ỦY BAN NHÂN DÂN",
    "TỈNH KON TUM",
    "Số: 12/KH-UBND",
    "Kon Tum, ngày 12 tháng 4 năm 2021",
    "KẾ HOẠCH",
    "Triển khai công tác năm 2021",
)


def program(
    *body: str | Line, head: tuple[str, ...] = HEAD, confidence: float | None = None
) -> Program:
    lines = [
        line if isinstance(line, Line) else Line(text=line, starts=True) for line in (*head, *body)
    ]
    page = Page(number=1, blocks=tuple(lines), confidence=confidence)
    paper = Paper(media_type="text/plain", pages=(page,))
    return program_of(lay_out(sort_into_parts(paper)), paper, SOURCE)


def issues(found: Program, code: str) -> list[Issue]:
    return [issue for issue in found.issues if issue.code == code]


SCANNED = "letter.number-from-scan"
LEAD = "- Thực hiện: Giao Sở Y tế chủ trì."
CASES = {
    "letter.no-tasks": ("Nay thông báo để các đơn vị biết./.",),
    "task.no-lead": ("1. Rà soát quy chế làm việc.", "- Thời gian: trong tháng 6/2021."),
    "task.group-lead": ("1. Rà soát quy chế.", "- Thực hiện: các sở, ban, ngành."),
    "task.several-leads": ("1. Rà soát quy chế.", "- Chủ trì: Sở Y tế, Sở Nội vụ."),
    "task.no-deadline": ("1. Rà soát quy chế.", LEAD),
    "task.same-text": ("1. Rà soát quy chế.", LEAD, "2. Rà soát quy chế.", LEAD),
    "deadline.unread": ("1. Rà soát quy chế.", LEAD, "- Thời gian: trước ngày 31/4/2021."),
    "deadline.assumed": ("1. Rà soát quy chế.", LEAD, "- Thời gian: giữa tháng 6/2021."),
    "deadline.before-letter": ("1. Rà soát quy chế.", LEAD, "- Thời gian: trước ngày 15/5/2020."),
    "deadline.day-off": ("1. Rà soát quy chế.", LEAD, "- Thời gian: trước ngày 17/5/2021."),
    "task.several-dates": (
        "1. Rà soát quy chế.", LEAD, "- Thời gian: trước ngày 15/5/2021; trước ngày 20/6/2021.",
    ),
    "reference.after-letter": (
        "1. Thực hiện Kế hoạch số 9/KH-UBND ngày 01/9/2021 của UBND tỉnh.", LEAD,
    ),
    "outline.gap": ("1. Rà soát quy chế.", LEAD, "2. Tổ chức tập huấn.", LEAD, "5. Sơ kết.", LEAD),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_a_doubt_is_told(code: str) -> None:
    found = issues(program(*CASES[code]), code)
    assert found
    assert found[0].severity == DOUBTS[code].severity
    assert "{" not in found[0].message


def test_a_doubtful_date_says_why() -> None:
    (issue,) = issues(program(*CASES["deadline.assumed"]), "deadline.assumed")
    assert issue.message.endswith(f": {REASONS['part_of_month']}.")
    own_issues = {"past_at_issue", "not_working_day", "no_anchor"}
    assert set(REASONS) | own_issues == set(get_args(deadline.Doubt))


def test_a_letter_without_number_date_or_issuer_says_so() -> None:
    bare = program("Giao Sở Y tế rà soát.", head=())
    for code in ("letter.no-number", "letter.no-date", "letter.no-issuer"):
        assert issues(bare, code)


def test_notes_and_calls_that_do_not_meet() -> None:
    called = Line(text="1. Rà soát quy chế.", starts=True, calls=(Call(at=10, mark="1"),))
    assert issues(program(called, LEAD), "footnote.no-note")


def test_weak_recognition_is_told() -> None:
    weak = Line(text="1. Rả soat quy chê.", starts=True, confidence=0.4)
    found = program(weak, LEAD, confidence=0.6)
    assert issues(found, "reading.low-confidence")
    assert issues(found, "reading.doubtful-line")


@pytest.mark.parametrize(("confidence", "severity"), [(0.95, "note"), (0.8, "doubt")])
def test_a_number_from_a_scan_is_to_be_checked(confidence: float, severity: str) -> None:
    lines = tuple(
        Line(text=text, starts=True, confidence=confidence, box=(60, 20 * at, 500, 20 * at + 12))
        for at, text in enumerate((*HEAD, "1. Rà soát quy chế.", LEAD))
    )
    page = Page(number=1, origin="ocr", confidence=0.95, blocks=lines)
    paper = Paper(media_type="application/pdf", pages=(page,))
    found = issues(program_of(lay_out(sort_into_parts(paper)), paper, SOURCE), SCANNED)
    assert [issue.severity for issue in found] == [severity]
    assert not issues(program("1. Rà soát quy chế.", LEAD), SCANNED)


def test_a_sound_letter_raises_no_doubt() -> None:
    sound = program("1. Rà soát quy chế làm việc.", LEAD, "- Thời gian: trước ngày 15/5/2021.")
    assert [issue for issue in sound.issues if issue.severity != "note"] == []
    assert sound.tasks[0].deadlines[0].due == date(2021, 5, 14)


def test_every_code_is_written_down() -> None:
    text = (DOCS / "doubts.md").read_text(encoding="utf-8")
    for code in DOUBTS:
        assert f"`{code}`" in text
