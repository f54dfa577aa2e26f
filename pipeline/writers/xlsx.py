"""The tracker that offices keep by hand: one row a task, and a sheet of doubts.

Written row by row (constant memory). Words that begin with = + - @ are written as text, dates
as dates shown dd/mm/yyyy. Rows whose Hạn xử lý has passed without Ngày hoàn thành are coloured
by a rule of the sheet, so that they stay true when the file is opened later.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.writers.rows import Row, number_of, rows
from schemas.program import Program

FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
LONGEST = 32_000
"""Excel holds 32,767 characters a cell."""
MOST = 1_048_575
"""Rows of a sheet of Excel below its heading."""


class Column(NamedTuple):
    """A column of the tracker: heading, width in characters, the field of Row or "" to fill in."""

    heading: str
    width: float
    field: str = ""


COLUMNS = (
    Column("STT", 5),
    Column("Nhiệm vụ", 52, "text"),
    Column("Chủ trì", 23, "lead"),
    Column("Phối hợp", 23, "support"),
    Column("Thời hạn", 19, "time"),
    Column("Hạn xử lý", 12, "due"),
    Column("Sản phẩm", 16, "product"),
    Column("Căn cứ", 18, "basis"),
    Column("Số, ký hiệu", 17, "number"),
    Column("Ngày văn bản", 12, "issued"),
    Column("Ngày hoàn thành", 12),
    Column("Ghi chú", 14),
    Column("Mục", 10, "id"),
    Column("Trang", 7, "page"),
    Column("Tệp", 24, "letter"),
)
DOUBTS = (
    Column("Số, ký hiệu", 20),
    Column("Mục", 10),
    Column("Cần xem", 70),
    Column("Lời văn", 60),
    Column("Trang", 7),
    Column("Mã", 24),
    Column("Tệp", 24),
)
DUE, DONE = "F", "K"
"""The letters of the columns Hạn xử lý and Ngày hoàn thành."""
PRINTED = 12
"""Columns on paper: those after Ghi chú only lead back to the letter."""
SIGNS = 1.25
"""Characters of Times New Roman 12 in a unit of column width."""


class Styles(NamedTuple):
    """The formats of cells."""

    head: Format
    text: Format
    number: Format
    date: Format


class Table:
    """One table of the workbook; where a sheet is full it goes on on a further one."""

    def __init__(
        self, book: Workbook, name: str, columns: tuple[Column, ...], styles: Styles
    ) -> None:
        self._book, self._name, self._columns, self._styles = book, name, columns, styles
        self._number, self._sheet = 1, _sheet(book, name, columns, styles)
        self._line = 0
        self.rows = 0

    def next(self) -> tuple[Worksheet, int]:
        """The sheet and the line of the next row."""
        if self._line == MOST:
            self.finish()
            self._number += 1
            name = f"{self._name} {self._number}"
            self._sheet = _sheet(self._book, name, self._columns, self._styles)
            self._line = 0
        self._line += 1
        self.rows += 1
        return self._sheet, self._line

    def finish(self) -> None:
        """What concerns all lines of the sheet."""
        last = max(self._line, 1)
        self._sheet.autofilter(0, 0, last, len(self._columns) - 1)
        if self._columns is COLUMNS:
            self._sheet.print_area(0, 0, last, PRINTED - 1)
            _colour(self._book, self._sheet, last)


@contextmanager
def xlsx_at(path: Path) -> Iterator[Callable[[Program], None]]:
    """The workbook."""
    try:
        with Workbook(path, {"constant_memory": True, "in_memory": False}) as book:
            styles = _styles(book)
            tasks = Table(book, "Nhiệm vụ", COLUMNS, styles)
            doubts = Table(book, "Cần xem", DOUBTS, styles)

            def take(program: Program) -> None:
                for row in rows(program):
                    _task(tasks, row, styles)
                _doubts(doubts, program, styles)

            yield take
            tasks.finish()
            doubts.finish()
    except FileCreateError as error:  # what it was made from: a full disk, a missing right
        raise error.args[0] from error


def _styles(book: Workbook) -> Styles:
    line = {"border": 1, "border_color": "#BFBFBF", "text_wrap": True}
    head = {"bold": True, "bg_color": "#D9E2F3", "align": "center"}
    return Styles(
        head=book.add_format(FONT | line | head),
        text=book.add_format(FONT | line),
        number=book.add_format(FONT | line | {"align": "center"}),
        date=book.add_format(FONT | line | {"num_format": "dd/mm/yyyy", "align": "center"}),
    )


def _sheet(book: Workbook, name: str, columns: tuple[Column, ...], styles: Styles) -> Worksheet:
    sheet: Worksheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P/&N")
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.heading, styles.head)
    return sheet


def _task(table: Table, row: Row, styles: Styles) -> None:
    sheet, line = table.next()
    sheet.set_row(line, _height(row))
    for at, column in enumerate(COLUMNS):
        if column.heading == "STT":
            sheet.write_number(line, at, table.rows, styles.number)
        elif column.field in {"due", "issued"}:
            _date(sheet, (line, at), getattr(row, column.field), styles)
        else:
            text = getattr(row, column.field) if column.field else ""
            sheet.write_string(line, at, text[:LONGEST], styles.text)


def _date(sheet: Worksheet, at: tuple[int, int], day: object, styles: Styles) -> None:
    if day is None:
        sheet.write_blank(*at, None, styles.date)
    else:
        sheet.write_datetime(*at, day, styles.date)


def _height(row: Row) -> float:
    """Points for the longest cell of the row: Excel does not fit rows that it did not type."""
    lines = max(
        -(-len(getattr(row, column.field)) // max(int(column.width * SIGNS), 1))
        for column in COLUMNS
        if column.field and isinstance(getattr(row, column.field), str)
    )
    return min(max(lines, 1) * 16.5, 400)


def _doubts(table: Table, program: Program, styles: Styles) -> None:
    for issue in program.issues:
        if issue.severity == "note":
            continue
        sheet, line = table.next()
        words = issue.quote.text.replace("\n", " ") if issue.quote else ""
        pages = ", ".join(str(r.page) for r in issue.quote.regions) if issue.quote else ""
        cells = (number_of(program), issue.task or "", issue.message, words, pages, issue.code)
        for at, text in enumerate((*cells, program.source.name)):
            sheet.write_string(line, at, text[:LONGEST], styles.text)


def _colour(book: Workbook, sheet: Worksheet, last: int) -> None:
    """Overdue rows red, rows due within a week yellow, both while not done."""
    overdue = book.add_format({"bg_color": "#F8CBAD"})
    soon = book.add_format({"bg_color": "#FFF2CC"})
    undone = f'${DONE}2="",ISNUMBER(${DUE}2)'
    cells = (1, 0, last, len(COLUMNS) - 1)
    for rule, colour in (
        (f"=AND({undone},${DUE}2<TODAY())", overdue),
        (f"=AND({undone},${DUE}2>=TODAY(),${DUE}2<=TODAY()+7)", soon),
    ):
        sheet.conditional_format(*cells, {"type": "formula", "criteria": rule, "format": colour})
