"""What leaves: trackers, tables, calendars, pages and exchange headers of one made-up letter."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from unittest.mock import patch

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component, Parameters, vText
from icalendar.parser import Contentline
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.batch import Plan, run
from pipeline.errors import MissingExtra
from pipeline.parse import parse_bytes
from pipeline.writers import BATCH_WRITERS, WRITERS
from pipeline.writers.ics import FOLD, folded, rule_of
from pipeline.writers.rows import NAMES
from pipeline.writers.xlsx import COLUMNS, DONE, DUE
from schemas.deadline import Bound, Recurring
from schemas.letter import Quote
from schemas.program import Program

LETTER = """\
ỦY BAN NHÂN DÂN
TỈNH KON TUM
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Kon Tum, ngày 05 tháng 01 năm 2024

KẾ HOẠCH
Cải cách hành chính năm 2024

Kính gửi: Sở Nội vụ.

Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;

II. NHIỆM VỤ

1. =SUM(A1) Tổ chức tuyên truyền </script><script>alert(1)</script> đến người dân.
- Cơ quan chủ trì: Sở Nội vụ.
- Cơ quan phối hợp: Sở Tài chính; Sở Y tế.
- Thời gian hoàn thành: Trước ngày 30/6/2024.

2. Rà soát thủ tục hành chính theo Nghị định số 30/2020/NĐ-CP.
- Cơ quan chủ trì: Văn phòng Ủy ban nhân dân tỉnh.
- Thời gian hoàn thành: trước 17h00 ngày 20/10/2024.

3. Báo cáo kết quả thực hiện.
- Cơ quan chủ trì: Sở Nội vụ.
- Thời gian: Hằng tháng, trước ngày 15.

4. Bố trí kinh phí thực hiện.
- Cơ quan chủ trì: Sở Tài chính.
- Thời gian hoàn thành: trước ngày 45/13/2024.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nguyễn Văn An
"""


@pytest.fixture(scope="module")
def program() -> Program:
    return parse_bytes(LETTER.encode(), "letter.txt")


def written(name: str, program: Program, folder: Path) -> Path:
    writer = BATCH_WRITERS[name]
    writer.write([program], folder / writer.file)
    return folder / writer.file


def test_the_letter_is_read_as_these_tests_expect(program: Program) -> None:
    assert [task.id for task in program.tasks] == ["II.1", "II.2", "II.3", "II.4"]
    assert program.tasks[2].deadlines[0].rrule
    assert any(issue.severity != "note" and issue.task for issue in program.issues)


# --- XLSX ----------------------------------------------------------------------------------------


@pytest.fixture
def sheet(program: Program, tmp_path: Path) -> Worksheet:
    tracker: Worksheet = load_workbook(written("xlsx", program, tmp_path))["Nhiệm vụ"]
    return tracker


def column(sheet: Worksheet, heading: str) -> list[object]:
    at = [cell.value for cell in sheet[1]].index(heading)
    return [row[at] for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_the_tracker_has_a_row_a_task(sheet: Worksheet) -> None:
    assert [cell.value for cell in sheet[1]] == [column.heading for column in COLUMNS]
    assert column(sheet, "STT") == [1, 2, 3, 4]
    assert column(sheet, "Mục") == ["II.1", "II.2", "II.3", "II.4"]
    assert column(sheet, "Chủ trì")[0] == "Sở Nội vụ"
    assert column(sheet, "Phối hợp")[0] == "Sở Tài chính; Sở Y tế"
    assert column(sheet, "Số, ký hiệu") == ["12/KH-UBND"] * 4


def test_dates_are_dates(sheet: Worksheet) -> None:
    assert column(sheet, "Hạn xử lý") == [datetime(2024, 6, 29), datetime(2024, 10, 20), None, None]
    assert sheet[f"{DUE}2"].number_format == "dd/mm/yyyy"
    assert sheet["J1"].value == "Ngày văn bản"
    assert sheet["J2"].is_date


def test_words_that_look_like_a_formula_are_words(sheet: Worksheet) -> None:
    cell = sheet["B2"]
    assert str(cell.value).startswith("=SUM(A1) Tổ chức")
    assert cell.data_type == "s"


def test_the_tracker_is_ready_for_work(sheet: Worksheet) -> None:
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:O5"
    assert sheet["B2"].alignment.wrap_text
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    rules = [rule.formula[0] for found in sheet.conditional_formatting for rule in found.rules]
    assert len(rules) == 2
    assert all(f"${DONE}2" in rule and f"${DUE}2" in rule and "TODAY()" in rule for rule in rules)
    assert sheet[f"{DONE}1"].value == "Ngày hoàn thành"
    assert sheet[f"{DUE}1"].value == "Hạn xử lý"


def test_doubts_stand_on_a_sheet_of_their_own(program: Program, tmp_path: Path) -> None:
    sheet = load_workbook(written("xlsx", program, tmp_path))["Cần xem"]
    doubts = [issue for issue in program.issues if issue.severity != "note"]
    assert [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        issue.message for issue in doubts
    ]


def test_a_tracker_without_tasks_opens(program: Program, tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    BATCH_WRITERS["xlsx"].write([], path)
    assert load_workbook(path)["Nhiệm vụ"].max_row == 1


# --- Tables --------------------------------------------------------------------------------------


def test_csv_opens_in_excel(program: Program, tmp_path: Path) -> None:
    data = written("csv", program, tmp_path).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert list(rows[0]) == list(NAMES.values())
    assert rows[0]["Hạn xử lý"] == "29/06/2024"
    assert rows[0]["Nội dung nhiệm vụ"].startswith("'=SUM(A1)")
    assert rows[1]["Nội dung nhiệm vụ"].startswith("Rà soát")


def test_parquet_has_dates_and_text(program: Program, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `parquet` is not installed")
    table = parquet.read_table(written("parquet", program, tmp_path))
    assert str(table.schema.field("due").type) == "date32[day]"
    due = [date(2024, 6, 29), date(2024, 10, 20), None, None]
    assert table.column("due").to_pylist() == due
    assert table.column("text").to_pylist()[0].startswith("=SUM(A1)")


def test_a_format_that_is_not_installed_is_told_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.writers.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"congvan\[parquet\]") as caught:
        run(iter(()), Plan(tmp_path / "out", ("csv", "parquet")))
    assert "-e '.[parquet]'" in caught.value.advice
    assert not (tmp_path / "out").exists()


# --- Calendar ------------------------------------------------------------------------------------


@pytest.fixture
def calendar(program: Program, tmp_path: Path) -> Calendar:
    found = Calendar.from_ical(written("ics", program, tmp_path).read_bytes())
    assert isinstance(found, Calendar)
    return found


def todos(calendar: Calendar) -> list[Component]:
    return calendar.walk("VTODO")


def test_a_todo_is_due_on_the_last_permitted_day(calendar: Calendar) -> None:
    first, timed, _ = todos(calendar)
    assert first.decoded("due") == date(2024, 6, 29)
    assert timed.decoded("due") == datetime(2024, 10, 20, 10, 0, tzinfo=UTC), "17:00 in Hà Nội"
    assert "Chủ trì: Sở Nội vụ" in first["description"]


def test_todos_are_valid(calendar: Calendar) -> None:
    """RFC 5545, 3.8.2.3: DTSTART and DUE are of one type, DUE is later; UID and DTSTAMP stand."""
    for todo in todos(calendar):
        begin, due = todo.decoded("dtstart"), todo.decoded("due")
        assert type(begin) is type(due)
        assert begin < due
        assert todo["uid"]
        assert todo["dtstamp"]
        assert "TZID" not in todo["due"].params, "no time zone is named that is not told"


def test_a_recurring_todo_begins_on_a_day_of_its_rule(calendar: Calendar) -> None:
    recurring = [todo for todo in todos(calendar) if "rrule" in todo]
    assert len(recurring) == 1
    begin = recurring[0].decoded("dtstart")
    rule = rrulestr(recurring[0]["rrule"].to_ical().decode(), dtstart=begin)
    days = list(islice(rule, 3))
    assert days[0] == begin
    assert begin.date() >= date(2024, 1, 5)
    assert recurring[0].decoded("due").date() == begin.date()


def test_an_event_stands_on_the_day_with_reminders(calendar: Calendar) -> None:
    event = calendar.walk("VEVENT")[0]
    assert event.decoded("dtstart") == date(2024, 6, 29)
    assert event.decoded("dtend") == date(2024, 6, 30)
    triggers = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
    assert triggers == [timedelta(days=-7), timedelta(days=-3), timedelta(days=-1)]


def test_the_same_letter_updates_the_same_entries(program: Program, tmp_path: Path) -> None:
    path = written("ics", program, tmp_path)
    before = path.read_bytes()
    assert written("ics", program, tmp_path).read_bytes() == before
    uids = [component["uid"] for component in Calendar.from_ical(before).subcomponents]
    assert len(uids) == len(set(uids)) == 6
    renamed = parse_bytes(LETTER.encode(), "other.txt")
    other = Calendar.from_ical(written("ics", renamed, tmp_path).read_bytes())
    assert [component["uid"] for component in other.subcomponents] == uids


# --- Page ----------------------------------------------------------------------------------------


class Page(HTMLParser):
    """The scripts of a page and every address that it names."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.scripts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses.extend(v or "" for k, v in attrs if k in {"src", "href", "action"})
        if tag == "script":
            self._in_script = True
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data


@pytest.fixture
def page(program: Program) -> Page:
    parser = Page()
    parser.feed(WRITERS["html"].bytes_of(program).decode())
    return parser


def test_the_page_loads_nothing(program: Program, page: Page) -> None:
    said = WRITERS["html"].bytes_of(program).decode()
    assert page.addresses == []
    assert "http://" not in said
    assert "https://" not in said
    assert "default-src 'none'" in said


def test_words_of_a_letter_never_become_a_script(page: Page) -> None:
    assert len(page.scripts) == 2
    assert not any("alert(1)" in script for script in page.scripts[1:])


def test_the_page_holds_the_whole_program(program: Program, page: Page) -> None:
    assert Program.model_validate_json(page.scripts[0]) == program


# --- edXML ---------------------------------------------------------------------------------------


def test_the_header_of_an_exchanged_document(program: Program) -> None:
    told = json.loads(WRITERS["edxml"].bytes_of(program))
    header = told["MessageHeader"]
    assert header["Code"] == {"CodeNumber": "12", "CodeNotation": "KH-UBND"}
    assert header["PromulgationInfo"] == {"Place": "Kon Tum", "PromulgationDate": "2024/01/05"}
    assert header["DocumentType"] == {"Type": 2, "TypeName": "Kế hoạch"}
    assert header["SignerInfo"][0]["FullName"] == "Nguyễn Văn An"
    assert [task["TaskCode"] for task in told["Tasks"]] == ["II.1", "II.2", "II.3", "II.4"]
    assert told["Tasks"][0]["DueDate"] == "2024/06/29"
    assert {"OrganName": "Sở Nội vụ", "Role": "lead"} in told["Tasks"][0]["Agencies"]


def test_the_notation_of_a_party_number_has_its_kind(tmp_path: Path) -> None:
    head = "ĐẢNG BỘ TỈNH LÂM ĐỒNG\nĐẢNG ỦY XÃ BẢO LÂM\n*\nSố 08-NQ/ĐU\nNGHỊ QUYẾT\nvề du lịch"
    party = parse_bytes(head.encode(), "letter.txt")
    header = json.loads(WRITERS["edxml"].bytes_of(party))["MessageHeader"]
    assert header["Code"] == {"CodeNumber": "08", "CodeNotation": "NQ/ĐU"}


def test_classified_letters_are_not_exchanged() -> None:
    secret = parse_bytes(LETTER.replace("Số: 12", "MẬT\nSố: 12").encode(), "letter.txt")
    assert secret.letter.secrecy
    assert "MessageHeader" not in json.loads(WRITERS["edxml"].bytes_of(secret))


# --- All -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["xlsx", "csv", "ics", "graph", "graphml"])
def test_a_file_that_cannot_be_finished_leaves_the_old_one(
    name: str, program: Program, tmp_path: Path
) -> None:
    def spoilt() -> Iterator[Program]:
        yield program
        raise OSError("disk full")

    path = written(name, program, tmp_path)
    before = path.read_bytes()
    with pytest.raises(OSError, match="disk full"):
        BATCH_WRITERS[name].write(spoilt(), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


BOUNDS: tuple[Bound, Bound] = ("exclusive", "inclusive")


@pytest.mark.parametrize(
    ("rrule", "day_before"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYMONTHDAY=14"),
        ("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1", "FREQ=YEARLY;BYMONTH=12,6;BYMONTHDAY=-1"),
    ],
)
def test_before_a_day_of_each_month_recurs_on_the_last_day_in_time(
    rrule: str, day_before: str
) -> None:
    quote = Quote(text="Hằng tháng, trước ngày 15", start=0, end=25, regions=())
    before, until = (
        Recurring(rrule=rrule, quote=quote, rule="x", bound=bound, precision="day")
        for bound in BOUNDS
    )
    assert rule_of(before) == day_before
    assert rule_of(until) == rrule


@given(st.text(max_size=300))
def test_lines_of_a_calendar_are_folded_as_icalendar_folds_them(text: str) -> None:
    line = Contentline.from_parts("DESCRIPTION", Parameters(), vText(text))
    assert folded(line.encode()) == line.to_ical() + b"\r\n"
    assert all(len(piece) <= FOLD for piece in folded(line.encode()).split(b"\r\n"))


def test_a_table_goes_on_where_a_sheet_is_full(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.writers.xlsx.MOST", 1)
    with BATCH_WRITERS["xlsx"].opened(tmp_path / "t.xlsx") as take:
        take(program)
    book = load_workbook(tmp_path / "t.xlsx")
    tasks = [sheet for sheet in book.worksheets if sheet.title.startswith("Nhiệm vụ")]
    assert [sheet["A2"].value for sheet in tasks] == list(range(1, len(program.tasks) + 1))
    assert {sheet["B1"].value for sheet in tasks} == {"Nhiệm vụ"}


def test_a_full_disk_is_told_as_one(program: Program, tmp_path: Path) -> None:
    with (
        pytest.raises(OSError, match="space"),
        patch("xlsxwriter.packager.Packager._create_package", side_effect=OSError(28, "No space")),
    ):
        BATCH_WRITERS["xlsx"].write([program], tmp_path / "t.xlsx")
    assert not list(tmp_path.iterdir())
