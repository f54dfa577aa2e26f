"""Tables of PDF letters whose ruling lines are absent or do not close."""

import tomllib
from pathlib import Path

import pytest
from sheets import Sheet, letter, pdf
from test_formats import said

from extractors.layout import lay_out
from extractors.parts import sort_into_parts
from pipeline.parse import parse
from pipeline.readers import read
from samples.typeset import typeset
from schemas.paper import Line, Table

SAMPLE = Path(__file__).parents[1] / "samples" / "tune" / "ke-hoach-an-giang-2022"
FILES = Path(__file__).parent / "files"

COLUMNS = (70, 100, 300, 410)
HEADER = ("STT", "Nội dung công việc", "Đơn vị chủ trì", "Thời hạn")
ROWS = (
    ("1", ("Rà soát danh mục di tích", "trên địa bàn huyện"), ("Phòng Văn hóa",), ("Tháng 3",)),
    ("2", ("Tu bổ đình làng Phú Thọ",), ("Phòng Tài chính -", "Kế hoạch"), ("Quý II",)),
    ("3", ("Tổ chức lễ hội mùa xuân",), ("Trung tâm Văn hóa",), ("Tháng 01",)),
)


def header(sheet: Sheet, y: float = 150, **how: str) -> Sheet:
    for x, name in zip(COLUMNS, HEADER, strict=True):
        sheet.text(x, y, name, 12, **how)
    return sheet


def rows(sheet: Sheet, *what, y: float = 170, middle: bool = False) -> Sheet:
    """The rows from a height; `middle`: their cells stand in the middle, not at the top."""
    for number, *cells in what:
        high = max(map(len, cells))
        for x, lines in zip(COLUMNS, ((number,), *cells), strict=True):
            off = 7 * (high - len(lines)) if middle else 0
            sheet.lines(x, y + off, *lines, size=12, leading=14)
        y += 14 * high + 4
    return sheet


def tables(*sheets: Sheet) -> list[Table]:
    pages = read(pdf(*sheets), "letter.pdf").pages
    return [block for page in pages for block in page.blocks if isinstance(block, Table)]


def said_by(table: Table) -> list[list[str]]:
    """The words of each row, cell by cell."""
    grid = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        grid[cell.row][cell.column] = " ".join(line.text for line in cell.lines)
    return grid


EXPECTED = [
    list(HEADER),
    ["1", "Rà soát danh mục di tích trên địa bàn huyện", "Phòng Văn hóa", "Tháng 3"],
    ["2", "Tu bổ đình làng Phú Thọ", "Phòng Tài chính - Kế hoạch", "Quý II"],
    ["3", "Tổ chức lễ hội mùa xuân", "Trung tâm Văn hóa", "Tháng 01"],
]


@pytest.mark.parametrize("font", ["roman", "bold"])
def test_columns_are_told_by_their_names_and_the_white_between_them(font):
    (table,) = tables(rows(header(Sheet(), font=font), *ROWS))
    assert said_by(table) == EXPECTED
    assert not table.ruled
    assert [line.starts for line in table.cells[5].lines] == [True, False]


def test_numbers_in_the_middle_of_their_rows_tell_the_rows():
    (table,) = tables(rows(header(Sheet(), font="bold"), *ROWS, middle=True))
    assert said_by(table) == EXPECTED


def test_text_around_the_table_stays_text():
    sheet = Sheet().text(85, 110, "Phân công nhiệm vụ như sau:")
    rows(header(sheet, font="bold"), *ROWS)
    closing = "Yêu cầu các phòng, ban nghiêm túc tổ chức thực hiện các nội dung trên đây./."
    sheet.lines(85, 260, closing, "TM. ỦY BAN NHÂN DÂN")
    (page,) = read(pdf(sheet), "letter.pdf").pages
    kinds = [block.text if isinstance(block, Line) else "bảng" for block in page.blocks]
    assert kinds == ["Phân công nhiệm vụ như sau:", "bảng", closing, "TM. ỦY BAN NHÂN DÂN"]


def test_a_heading_among_the_rows_goes_over_its_columns():
    sheet = header(Sheet(), font="bold").text(72, 170, "I", 12, font="bold")
    sheet.text(100, 170, "BẢO TỒN, PHÁT HUY GIÁ TRỊ DI SẢN VĂN HÓA", 12, font="bold")
    (table,) = tables(rows(sheet, *ROWS, y=188))
    heading = next(cell for cell in table.cells if (cell.row, cell.column) == (1, 1))
    assert heading.columns == 3
    assert said_by(table)[2:] == EXPECTED[1:]


@pytest.mark.parametrize(("left", "over"), [(325, "Phân công thực hiện"), (346, "Thực hiện")])
def test_a_name_over_two_columns_stands_over_both(left, over):
    sheet = Sheet().text(left, 136, over, 12, font="bold")
    for x, name in zip(COLUMNS, ("TT", "Nội dung", "Chủ trì", "Phối hợp"), strict=True):
        sheet.text(x, 136 if x < 300 else 150, name, 12, font="bold")
    (table,) = tables(rows(sheet, *ROWS))
    spans = {(cell.row, cell.column): (cell.rows, cell.columns) for cell in table.cells}
    assert (spans[0, 2], spans[0, 0], spans[1, 2]) == ((1, 2), (2, 1), (1, 1))


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_over_two_pages_is_one(repeated):
    first, second = letter(2)
    rows(header(first, font="bold"), *ROWS)
    if repeated:
        header(second, 80, font="bold")
    rows(
        second, ("4", ("Kiểm tra công tác", "quản lý lễ hội"), ("Thanh tra",), ("Quý III",)), y=100
    )
    laid = lay_out(sort_into_parts(read(pdf(first, second), "letter.pdf")))
    (grid,) = laid.grids
    assert (grid.rows, grid.columns) == (5, 4)


def test_lines_across_part_the_rows_where_the_first_column_holds_words():
    sheet = Sheet()
    for x, name in zip(COLUMNS[1:], HEADER[1:], strict=True):
        sheet.text(x, 150, name, 12)
    for y in (155, 187, 205):
        sheet.line(95, y, 480, y)
    sheet.lines(100, 168, "Rà soát danh mục", "Di tích cấp tỉnh", size=12, leading=14)
    sheet.lines(300, 168, "Phòng Văn hóa", "Phòng Tài chính", size=12, leading=14)
    sheet.text(410, 168, "Tháng 3", 12)
    for x, words in zip(COLUMNS[1:], ("Tu bổ đình làng", "Ban Quản lý", "Quý II"), strict=True):
        sheet.text(x, 200, words, 12)
    (table,) = tables(sheet)
    assert said_by(table)[1:] == [
        ["Rà soát danh mục Di tích cấp tỉnh", "Phòng Văn hóa Phòng Tài chính", "Tháng 3"],
        ["Tu bổ đình làng", "Ban Quản lý", "Quý II"],
    ]


def test_lines_down_alone_do_not_hide_a_table():
    sheet = rows(header(Sheet(), font="bold"), *ROWS)
    for x in (96, 296, 406):
        sheet.line(x, 138, x, 240)
    (table,) = tables(sheet)
    assert said_by(table) == EXPECTED


def with_contents(sheet: Sheet) -> Sheet:
    sheet.text(70, 150, "TT", 12).text(200, 150, "Nội dung", 12).text(450, 150, "Thời gian", 12)
    for number in range(1, 5):
        y = 160 + 16 * number
        sheet.text(70, y, str(number), 12).text(100, y, "Phần mở đầu" + "." * 90, 12)
        sheet.text(480, y, str(number + 3), 12)
    return sheet


def with_list(sheet: Sheet) -> Sheet:
    sheet.text(85, 150, "Nội dung").text(300, 150, "Thời gian")
    return sheet.lines(
        85, 170,
        "1. Rà soát, thống kê di tích trên địa bàn huyện, hoàn thành trong tháng 3.",
        "2. Tổ chức lễ hội mùa xuân bảo đảm tiết kiệm, an toàn, đúng quy định.",
        "3. Báo cáo kết quả về Ủy ban nhân dân huyện trước ngày 15 tháng 4.",
    )  # fmt: skip


def with_signature(sheet: Sheet) -> Sheet:
    sheet.text(85, 200, "Nơi nhận:", 12, font="bold").text(340, 200, "CHỦ TỊCH", font="bold")
    sheet.lines(85, 214, "- Như Điều 3;", "- Các đơn vị thực hiện;", size=11, leading=13)
    return sheet.text(340, 290, "Trần Văn Hải", font="bold")


@pytest.mark.parametrize("made", [with_contents, with_list, with_signature])
def test_contents_lists_and_signatures_are_no_tables(made):
    assert tables(made(Sheet())) == []


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_letter_says_the_same_with_and_without_lines_around_its_table(form, tmp_path):
    """tests/files/unruled-table.pdf is the sample set with `borders = false`."""
    plain = FILES / "unruled-table.pdf"
    if form == "docx":
        source = tomllib.loads((SAMPLE / "letter.toml").read_text(encoding="utf-8"))
        source["setting"] = source.get("setting", {}) | {"borders": False}
        plain = tmp_path / "letter.docx"
        typeset(source).save(str(plain))
    assert not any(
        block.ruled
        for page in read(plain.read_bytes(), plain.name).pages
        for block in page.blocks
        if isinstance(block, Table)
    )
    assert said(parse(plain)) == said(parse(SAMPLE / f"letter.{form}"))


# --- Addressees -----------------------------------------------------------------------------------


def letterhead() -> Sheet:
    sheet = Sheet().text(90, 60, "UBND TỈNH HÀ GIANG", 13)
    return sheet.text(270, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, font="bold")


def texts(sheet: Sheet) -> list[str]:
    laid = lay_out(sort_into_parts(read(pdf(sheet), "letter.pdf")))
    return [laid.text[piece.start : piece.end] for piece in laid.paragraphs]


BODY = (
    "Thực hiện Kế hoạch số 52/KH-UBND ngày 14 tháng 3 năm 2022 của Ủy",
    "ban nhân dân tỉnh về công tác dân số, đề nghị các đơn vị báo cáo.",
)


def test_addressees_in_two_columns_do_not_mix():
    sheet = letterhead().text(180, 150, "Kính gửi:").lines(85, 220, *BODY)
    sheet.lines(150, 170, "- Giám đốc", "các sở:").lines(
        240, 170, "Nội vụ, Tài chính, Y tế,", "Giáo dục và Đào tạo;"
    )
    read_as = texts(sheet)
    at = read_as.index("- Giám đốc các sở:")
    assert read_as[at + 1] == "Nội vụ, Tài chính, Y tế, Giáo dục và Đào tạo;"


def test_the_words_kinh_gui_beside_the_middle_of_their_list_come_first():
    sheet = letterhead().text(150, 177, "Kính gửi:").lines(85, 240, *BODY)
    sheet.lines(225, 160, "- Sở Nội vụ;", "- Sở Tài chính;", "- Sở Y tế.")
    read_as = texts(sheet)
    at = read_as.index("Kính gửi:")
    assert read_as[at + 1 : at + 4] == ["- Sở Nội vụ;", "- Sở Tài chính;", "- Sở Y tế."]
