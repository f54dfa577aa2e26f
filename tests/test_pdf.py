"""Which lines, tables and notes does a PDF show?"""

from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import Sheet, letter, pdf

from extractors.layout import lay_out
from extractors.parts import sort_into_parts
from pipeline.errors import MissingExtra, Protected, ReadError, TooLarge, Unreadable
from pipeline.readers import read, scan
from pipeline.readers.limits import Limits
from schemas.letter import Part
from schemas.paper import Line, Page, Table

SAMPLES = Path(__file__).parents[1] / "samples"

BODY = (
    "Thực hiện Kế hoạch số 52/KH-UBND ngày 14 tháng 3 năm 2022 của Ủy",
    "ban nhân dân tỉnh về công tác dân số, Sở Y tế đề nghị các đơn vị rà soát",
    "số liệu, tổng hợp báo cáo kết quả thực hiện trước ngày 25 tháng 6 năm",
    "2022 để tổng hợp chung theo quy định.",
)


def pages_of(*sheets, **how):
    return read(pdf(*sheets, **how), "letter.pdf").pages


def lines_of(*sheets, role="text", **how):
    return [
        block
        for page in pages_of(*sheets, **how)
        for block in page.blocks
        if isinstance(block, Line) and block.role == role
    ]


def texts_of(*sheets, role="text", **how):
    return [line.text for line in lines_of(*sheets, role=role, **how)]


def tables_of(*sheets):
    return [b for page in pages_of(*sheets) for b in page.blocks if isinstance(b, Table)]


def content(table):
    return [
        (cell.row, cell.column, cell.rows, cell.columns, " / ".join(n.text for n in cell.lines))
        for cell in table.cells
    ]


# --- Lines --------------------------------------------------------------------------------------


def test_a_line_has_its_words_place_and_style():
    sheet = Sheet().lines(85, 100, *BODY).text(240, 60, "KẾ HOẠCH", font="bold")
    first, *body = lines_of(sheet)
    assert (first.text, first.bold, first.italic, first.size) == ("KẾ HOẠCH", True, False, 14.0)
    assert [line.text for line in body] == list(BODY)
    assert not any(line.bold for line in body)
    x0, top, x1, bottom = body[0].box
    assert 84 < x0 < 87
    assert 400 < x1 < 560
    assert 80 < top < 95
    assert 100 < bottom < 106


def test_words_written_in_pieces_are_whole():
    sheet = Sheet().lines(85, 100, *BODY)
    sheet.text(85, 200, "V").text(95.5, 200, "ăn h").text(117, 200, "óa").text(135, 200, "xã hội")
    assert texts_of(sheet)[-1] == "Văn hóa xã hội"


def test_letters_set_apart_are_words_again():
    sheet = Sheet().lines(85, 200, *BODY)
    x = 200
    for word in ("THÔNG", "BÁO"):
        for sign in word:
            sheet.text(x, 100, sign, font="bold")
            x += 20
        x += 16
    assert texts_of(sheet)[0] == "THÔNG BÁO"


def test_text_in_a_form_stands_where_the_form_puts_it():
    sheet = Sheet().lines(85, 100, *BODY).in_form(75, 300, "Nơi nhận hồ sơ là bộ phận một cửa.")
    last = lines_of(sheet)[-1]
    assert last.text == "Nơi nhận hồ sơ là bộ phận một cửa."
    assert 84 < last.box[0] < 87
    assert last.box[1] < 280 < last.box[3]


def test_a_page_shown_turned_is_read_upright():
    sheet = Sheet(width=842, height=595)
    sheet.rotate = 0
    turned = Sheet(rotate=90)
    for number, words in enumerate(BODY):
        turned.text(100 + 17 * number, 700, words, turn=True)
    (page,) = pages_of(turned)
    assert [block.text for block in page.blocks] == list(BODY)
    assert (page.width, page.height) == (842, 595)


def test_a_table_printed_on_its_side_is_stood_upright():
    sheet = Sheet()
    for number, words in enumerate(BODY):
        sheet.text(100 + 17 * number, 700, words, turn=True)
    (page,) = pages_of(sheet)
    assert [block.text for block in page.blocks] == list(BODY)
    assert page.width > page.height


def test_a_hyphen_at_the_end_of_a_line_stays():
    sheet = Sheet().lines(
        85, 100, "Thực hiện Công văn số 415/UBND-", "VX ngày 02 tháng 8 năm 2022."
    )
    assert texts_of(sheet)[0].endswith("415/UBND-")


# --- Columns --------------------------------------------------------------------------------------


def with_letterhead(sheet):
    sheet.text(90, 60, "UBND TỈNH HÀ GIANG", 13).text(115, 76, "SỞ Y TẾ", 13, font="bold")
    sheet.text(270, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, font="bold")
    sheet.text(310, 77, "Độc lập - Tự do - Hạnh phúc", 13, font="bold")
    sheet.line(120, 80, 160, 80).line(312, 81, 470, 81)
    sheet.text(105, 100, "Số:          /SYT-KHTC", 13)
    sheet.text(300, 101, "Hà Giang, ngày        tháng 5 năm 2022", 13, font="italic")
    sheet.text(100, 116, "V/v rà soát số liệu", 12).text(100, 131, "dân số năm 2022", 12)
    return sheet.text(180, 160, "Kính gửi: Trung tâm Y tế các huyện, thành phố.")


def test_the_letterhead_is_read_column_by_column():
    lines = lines_of(with_letterhead(Sheet()).lines(85, 200, *BODY))
    left = [line.text for line in lines if line.column == "left"]
    right = [line.text for line in lines if line.column == "right"]
    assert left == [
        "UBND TỈNH HÀ GIANG", "SỞ Y TẾ", "Số: /SYT-KHTC", "V/v rà soát số liệu", "dân số năm 2022"
    ]  # fmt: skip
    assert right[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert [line.column for line in lines].index("right") == len(left)
    assert lines[8].text.startswith("Kính gửi:")
    assert lines[8].column is None


def test_number_and_day_that_signing_software_filled_in_are_read():
    sheet = with_letterhead(Sheet()).lines(85, 200, *BODY)
    sheet.annotate(124, 97, "318").annotate(383, 99, "06")
    left_and_right = [line.text for line in lines_of(sheet) if line.column]
    assert "Số: 318 /SYT-KHTC" in left_and_right
    assert "Hà Giang, ngày 06 tháng 5 năm 2022" in left_and_right


def test_a_title_in_the_middle_of_the_page_is_in_no_column():
    sheet = with_letterhead(Sheet()).lines(85, 240, *BODY)
    sheet.content = [line for line in sheet.content if "180" not in line.split("Tm")[0]]
    sheet.text(255, 160, "KẾ HOẠCH", font="bold")
    title = next(line for line in lines_of(sheet) if line.text == "KẾ HOẠCH")
    assert (title.column, title.centered) == (None, True)


def test_recipients_stand_before_the_signature_beside_them():
    sheet = Sheet().lines(85, 100, *BODY)
    sheet.text(360, 198, "KT. GIÁM ĐỐC", font="bold").text(350, 214, "PHÓ GIÁM ĐỐC", font="bold")
    sheet.text(85, 200, "Nơi nhận:", 12, font="italic")
    sheet.lines(85, 214, "- Như trên;", "- Ban Giám đốc;", "- Lưu: VT, KHTC.", size=11, leading=13)
    sheet.text(355, 290, "Hoàng Thị Mai", font="bold")
    tail = lines_of(sheet)[4:]
    assert [(line.column, line.text) for line in tail] == [
        ("left", "Nơi nhận:"), ("left", "- Như trên;"), ("left", "- Ban Giám đốc;"),
        ("left", "- Lưu: VT, KHTC."),
        ("right", "KT. GIÁM ĐỐC"), ("right", "PHÓ GIÁM ĐỐC"), ("right", "Hoàng Thị Mai"),
    ]  # fmt: skip


# --- Notes ----------------------------------------------------------------------------------------


def with_note(sheet, *, ruled=True):
    sheet.text(85, 100, BODY[0]).text(85, 117, "ban nhân dân tỉnh về công tác dân số")
    sheet.text(287, 112, "1", 8).text(292, 117, ", Sở Y tế đề nghị các đơn vị rà soát")
    sheet.lines(85, 134, *BODY[2:])
    if ruled:
        sheet.line(85, 700, 229, 700)
    sheet.text(85, 710, "1", 6).text(
        90, 714, "Kế hoạch được ban hành theo Nghị quyết số 31/NQ-", 10
    )
    return sheet.text(85, 726, "HĐND ngày 09/12/2021 của Hội đồng nhân dân tỉnh.", 10)


@pytest.mark.parametrize("ruled", [True, False])
def test_a_footnote_is_told_from_the_text_and_its_mark_from_the_words(ruled):
    sheet = with_note(Sheet(), ruled=ruled)
    body = lines_of(sheet)
    assert (
        body[1].text == "ban nhân dân tỉnh về công tác dân số, Sở Y tế đề nghị các đơn vị rà soát"
    )
    (call,) = body[1].calls
    assert (body[1].text[: call.at][-6:], call.mark) == ("dân số", "1")
    notes = lines_of(sheet, role="note")
    assert [(note.mark, note.text[:12]) for note in notes] == [
        ("1", "Kế hoạch đượ"),
        (None, "HĐND ngày 09"),
    ]
    assert not any(call for note in notes for call in note.calls)


def test_a_note_runs_over_the_page():
    first, second = letter(2)
    with_note(first)
    second.lines(85, 100, *BODY).line(85, 700, 500, 700)
    second.text(85, 714, "Kế hoạch được thay thế năm 2023.", 10)
    notes = lines_of(first, second, role="note")
    assert [(note.page, note.mark) for note in notes] == [(1, "1"), (1, None), (2, None)]


def test_square_metres_and_ordinals_are_no_marks():
    sheet = Sheet().lines(85, 100, *BODY)
    sheet.text(85, 200, "Diện tích 120 m").text(173, 195, "2", 8).text(179, 200, "mỗi nhà")
    sheet.text(85, 230, "Hội nghị lần thứ 5").text(189, 225, "a", 8)
    *_, area, ordinal = lines_of(sheet)
    assert not area.calls
    assert area.text == "Diện tích 120 m2 mỗi nhà"
    assert not ordinal.calls


def test_marks_raised_together_are_several_calls():
    sheet = with_note(Sheet())
    sheet.text(85, 230, "theo quy định").text(158, 225, "1,2", 8)
    assert [call.mark for call in lines_of(sheet)[-1].calls] == ["1", "2"]


def test_small_type_at_the_foot_is_no_note_without_a_mark():
    sheet = Sheet().lines(85, 100, *BODY).line(85, 780, 520, 780)
    sheet.text(120, 795, "Địa chỉ: số 12 đường Hoàng Diệu; điện thoại: 0219 3866 111", 11)
    assert lines_of(sheet, role="note") == []


# --- Furniture ------------------------------------------------------------------------------------


def test_page_numbers_and_running_headers_are_furniture():
    sheets = letter(3)
    for number, sheet in enumerate(sheets, 1):
        sheet.lines(85, 100, *BODY).text(290, 40, f"- {number} -", 13)
        sheet.text(85, 820, f"Kế hoạch công tác dân số - bản số {number}", 10)
    assert texts_of(*sheets) == list(BODY) * 3
    assert len(texts_of(*sheets, role="furniture")) == 6


def test_a_number_in_the_text_is_no_page_number():
    sheet = Sheet().lines(85, 100, *BODY, "", "2022")
    assert texts_of(sheet)[-1] == "2022"


def test_stamps_of_signing_and_of_arrival_are_furniture():
    sheet = with_letterhead(Sheet()).lines(85, 200, *BODY)
    sheet.annotate(
        350, 36, "SỞ Y TẾ", "syt@hagiang.gov.vn", "06.05.2022 09:14:02", size=8, seal=True
    )
    sheet.text(420, 140, "CÔNG VĂN ĐẾN", 9).text(420, 150, "Số: 1184", 9)
    sheet.text(420, 160, "Ngày: 09/5/2022", 9)
    stamps = texts_of(sheet, role="furniture")
    assert {"SỞ Y TẾ", "syt@hagiang.gov.vn", "CÔNG VĂN ĐẾN", "Ngày: 09/5/2022"} <= set(stamps)
    assert "Số: 1184" not in texts_of(sheet)


def test_lines_of_a_signature_in_words_are_furniture():
    sheet = Sheet().lines(85, 100, *BODY)
    sheet.lines(300, 300, "Ký bởi: Sở Y tế", "Email: syt@hagiang.gov.vn", size=8, leading=10)
    sheet.text(300, 320, "Thời gian ký: 06/05/2022 09:14:02", 8)
    assert texts_of(sheet) == list(BODY)


# --- Tables ---------------------------------------------------------------------------------------


def test_a_ruled_table_is_read_cell_by_cell():
    sheet = Sheet().lines(85, 60, *BODY).grid((85, 120, 330, 520), (150, 175, 230))
    sheet.text(92, 167, "TT").text(150, 167, "Nội dung").text(350, 167, "Chủ trì")
    sheet.text(98, 190, "1").lines(125, 190, "Rà soát số liệu dân số của", "các xã, phường")
    sheet.text(335, 190, "Sở Y tế")
    (table,) = tables_of(sheet)
    assert content(table) == [
        (0, 0, 1, 1, "TT"), (0, 1, 1, 1, "Nội dung"), (0, 2, 1, 1, "Chủ trì"),
        (1, 0, 1, 1, "1"), (1, 1, 1, 1, "Rà soát số liệu dân số của / các xã, phường"),
        (1, 2, 1, 1, "Sở Y tế"),
    ]  # fmt: skip
    assert [line.starts for line in table.cells[4].lines] == [True, False]


def test_merged_cells_are_told_by_the_rulings_that_are_missing():
    sheet = Sheet().text(125, 167, "Nội dung và cơ quan chủ trì").text(90, 190, "1")
    for y in (150, 175, 230):
        sheet.line(85, y, 520, y)
    sheet.line(120, 200, 520, 200)  # the first column goes on below it
    for x in (85, 120, 520):
        sheet.line(x, 150, x, 230)
    sheet.line(330, 175, 330, 230)  # the header goes over both
    sheet.text(125, 190, "Rà soát").text(335, 190, "Sở Y tế").text(125, 220, "Báo cáo")
    (table,) = tables_of(sheet)
    spans = {(row, column): (rows, columns) for row, column, rows, columns, _ in content(table)}
    assert spans[0, 1] == (1, 2)
    assert spans[1, 0] == (2, 1)
    assert len(spans) == 7


def test_one_piece_of_text_over_two_cells_is_parted_at_the_ruling():
    sheet = Sheet().grid((85, 180, 520), (150, 175, 200))
    sheet.text(90, 167, "Báo cáo năm          Sở Y tế").text(90, 192, "Kế hoạch").text(
        190, 192, "Sở Nội vụ"
    )
    (table,) = tables_of(sheet)
    assert content(table)[0][4] == "Báo cáo năm"
    assert content(table)[1][4] == "Sở Y tế"


def test_open_sides_are_closed():
    sheet = Sheet()
    for y in (150, 175, 200):
        sheet.line(85, y, 520, y)
    sheet.line(180, 150, 180, 200).line(350, 150, 350, 200)
    for x, words in ((90, "Một"), (190, "Hai"), (360, "Ba")):
        sheet.text(x, 167, words).text(x, 192, words)
    (table,) = tables_of(sheet)
    assert (table.rows, table.columns) == (2, 3)


def test_a_table_with_lines_across_only_has_columns_where_white_runs_down():
    sheet = Sheet()
    for y in (150, 175, 215, 240):
        sheet.line(85, y, 520, y)
    for x, words in ((90, ("TT", "1", "2")), (130, ("Nội dung", "Rà soát số liệu", "Báo cáo")),
                     (340, ("Chủ trì", "Sở Y tế", "Sở Nội vụ"))):  # fmt: skip
        for y, word in zip((167, 190, 232), words, strict=True):
            sheet.text(x, y, word)
    sheet.text(130, 207, "dân số năm 2022")
    (table,) = tables_of(sheet)
    assert (table.rows, table.columns) == (3, 3)
    assert content(table)[4][4] == "Rà soát số liệu / dân số năm 2022"


def test_strokes_frames_and_underlined_words_are_no_tables():
    sheet = with_letterhead(Sheet()).lines(90, 220, *BODY)
    sheet.grid((80, 560), (205, 225, 280)).text(90, 320, "syt.hagiang.gov.vn").line(
        90, 322, 200, 322
    )
    assert tables_of(sheet) == []
    assert "syt.hagiang.gov.vn" in texts_of(sheet)


def test_text_around_a_table_keeps_its_place():
    sheet = Sheet().lines(85, 60, *BODY).grid((85, 180, 520), (150, 175, 200)).lines(85, 230, *BODY)
    sheet.text(90, 167, "Báo cáo").text(190, 167, "Sở Y tế").text(90, 192, "Kế hoạch")
    (page,) = pages_of(sheet)
    assert [isinstance(block, Table) for block in page.blocks].index(True) == 4


# --- Text layers ----------------------------------------------------------------------------------


@pytest.fixture
def recognised(monkeypatch):
    """A recogniser that says one line for each page it is asked for."""
    asked = []

    def ocr_page(image, number, width, height):
        asked.append(number)
        line = Line(text="đã nhận dạng", page=number)
        return Page(number=number, width=width, height=height, blocks=(line,), origin="ocr")

    monkeypatch.setattr(scan, "ocr_page", ocr_page)
    return asked


def test_a_page_without_text_is_recognised_and_the_others_are_read(recognised):
    first, second = letter(2)
    first.scan()
    second.lines(85, 100, *BODY)
    pages = pages_of(first, second)
    assert recognised == [1]
    assert [page.origin for page in pages] == ["ocr", "text"]


def test_an_invisible_layer_that_lost_its_marks_is_recognised_again(recognised):
    lost = ("Thvc hien Ke hoach s6 52/KH-UBND ngay 14 thang 3 nam 2022 dm Uy",
            "ban nhan dan tinh ve tong tac dan s6, SY Y to de nghi cac don vi ra soat")  # fmt: skip
    paper = read(pdf(Sheet().scan().lines(85, 100, *lost, mode=3)), "letter.pdf")
    assert recognised == [1]
    assert [remark.code for remark in paper.remarks] == ["page.recognised"]


def test_a_sound_invisible_layer_is_kept(recognised):
    assert texts_of(Sheet().scan().lines(85, 100, *BODY, mode=3)) == list(BODY)
    assert recognised == []


def test_what_an_invisible_layer_repeats_under_print_is_read_once():
    sheet = Sheet().lines(85, 100, *BODY).lines(85, 101, *BODY[:2], mode=3)
    assert texts_of(sheet) == list(BODY)


def test_codes_that_stand_for_no_letters_are_recognised(recognised):
    private = tuple("".join(chr(0xE100 + ord(sign) % 60) for sign in line) for line in BODY)
    pages_of(Sheet().lines(85, 100, *private))
    assert recognised == [1]


def test_a_page_of_few_words_is_no_scan(recognised):
    assert texts_of(Sheet().text(85, 100, "theo quy định./.")) == ["theo quy định./."]
    assert recognised == []


@pytest.fixture
def without_recogniser(monkeypatch):
    def ocr_page(image, number, width, height):
        raise MissingExtra("scan.no-engine", "chưa cài", "hãy cài", "not installed")

    monkeypatch.setattr(scan, "ocr_page", ocr_page)


def test_without_a_recogniser_the_readable_pages_are_read_and_the_rest_is_said(without_recogniser):
    first, second = letter(2)
    first.lines(85, 100, *BODY)
    second.scan()
    paper = read(pdf(first, second), "letter.pdf")
    assert [remark.page for remark in paper.remarks] == [2]
    assert "Trang 2" in paper.remarks[0].message


def test_without_a_recogniser_a_scan_says_what_is_missing(without_recogniser):
    with pytest.raises(MissingExtra):
        read(pdf(Sheet().scan()), "letter.pdf")


def test_figures_an_annotation_wrote_are_not_taken_from_the_image(monkeypatch):
    def ocr_page(image, number, width, height):
        line = Line(
            text="Hà Giang, ngày 06 tháng II năm 2022", page=number, box=(300, 90, 540, 106)
        )
        return Page(number=number, width=width, height=height, blocks=(line,), origin="ocr")

    monkeypatch.setattr(scan, "ocr_page", ocr_page)
    (line,) = lines_of(Sheet().scan().annotate(430, 103, "11"))
    assert line.text == "Hà Giang, ngày 06 tháng 11 năm 2022"


def test_an_old_font_is_read_as_unicode():
    codes = {"ủ": "ñ", "ì": "×", "á": "¸", "ộ": "é", "ế": "Õ", "ạ": "¹"}
    words = "Chủ trì: các bộ, các kế hoạch"
    sheet = Sheet().lines(85, 100, "".join(codes.get(sign, sign) for sign in words))
    assert texts_of(sheet, fonts={"roman": ".VnTime"}) == [words]


def test_odd_signs_do_not_make_a_unicode_page_an_old_one():
    sheet = Sheet().lines(85, 100, *BODY)
    rows = ["pháp £ Ê £ là £", "cá nhân £ Ê"]
    sheet.lines(85, 220, *rows)
    assert texts_of(sheet) == [*BODY, *rows]


def test_brackets_around_a_raised_mark_go_with_it():
    sheet = with_note(Sheet())
    sheet.text(85, 230, "theo quy định (").text(172, 225, "1", 8).text(177, 230, ") của tỉnh")
    line = lines_of(sheet)[-1]
    assert (line.text, [call.mark for call in line.calls]) == ("theo quy định của tỉnh", ["1"])


# --- Files that are no letters --------------------------------------------------------------------


def test_a_password_and_a_cut_file_are_told_apart():
    with pytest.raises(Protected, match="mật khẩu"):
        read((SAMPLES / "broken/password-pdf/letter.pdf").read_bytes(), "letter.pdf")
    whole = pdf(Sheet().lines(85, 100, *BODY))
    with pytest.raises(Unreadable, match="PDF") as error:
        read(whole[: len(whole) // 8], "letter.pdf")
    assert "tệp gốc" in error.value.advice


def test_too_many_pages_are_refused_with_the_bound():
    sheets = letter(3)
    with pytest.raises(TooLarge, match="3 trang, vượt giới hạn 2"):
        read(pdf(*sheets), "letter.pdf", Limits(pages=2))


WHOLE = pdf(with_note(with_letterhead(Sheet())).grid((85, 180, 520), (300, 330, 360)))


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=12))
def test_a_damaged_file_is_read_or_refused(changes):
    data = bytearray(WHOLE)
    for place, value in changes:
        data[place] = value
    scanned = Page(number=1, blocks=(Line(text="đã nhận dạng"),), origin="ocr")
    with suppress(ReadError), patch.object(scan, "ocr_page", return_value=scanned):
        assert read(bytes(data), "letter.pdf").pages


# --- A whole letter -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", sorted(SAMPLES.glob("tune/*/letter.pdf")), ids=lambda p: p.parent.name
)
def test_a_letter_set_as_pdf_says_what_its_docx_says(path):
    """Body, notes, tables and calls; line ends of titles and names are the typist's own."""

    def body(data, name):
        laid = lay_out(sort_into_parts(read(data, name)))
        held = [
            laid.text[section.start : section.end]
            for section in laid.sections
            if section.part in (Part.BODY, Part.ANNEX, Part.FOOTNOTES)
        ]
        return (
            held,
            [(c.mark, laid.text[max(c.at - 8, 0) : c.at]) for c in laid.calls],
            [(grid.rows, grid.columns) for grid in laid.grids],
        )

    docx = path.with_suffix(".docx")
    assert body(path.read_bytes(), "letter.pdf") == body(docx.read_bytes(), "letter.docx")
