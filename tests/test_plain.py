"""Text, Markdown and web pages: lines, paragraphs, notes and tables."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ReadError, Unreadable
from pipeline.readers.html import read_html
from pipeline.readers.limits import Limits
from pipeline.readers.markdown import read_markdown
from pipeline.readers.text import read_text
from schemas.paper import Block, Line, Paper, Table

LIMITS = Limits()


def blocks(paper: Paper) -> list[Block]:
    return [*chain.from_iterable(page.blocks for page in paper.pages)]


def lines(paper: Paper) -> list[Line]:
    return [block for block in blocks(paper) if isinstance(block, Line)]


def paragraphs(paper: Paper) -> list[str]:
    """Running text with its lines joined, notes and furniture left out."""
    joined: list[str] = []
    for line in lines(paper):
        if line.role != "text":
            continue
        if line.starts is False and joined:
            joined[-1] += f" {line.text}"
        else:
            joined.append(line.text)
    return joined


def notes(paper: Paper) -> list[tuple[str | None, str]]:
    return [(line.mark, line.text) for line in lines(paper) if line.role == "note"]


def calls(paper: Paper) -> list[tuple[str, str]]:
    return [(line.text[: c.at][-11:].strip(), c.mark) for line in lines(paper) for c in line.calls]


def text(source: str) -> Paper:
    return read_text(source.encode(), LIMITS)


def markdown(source: str) -> Paper:
    return read_markdown(source.encode(), LIMITS)


def page(body: str) -> Paper:
    return read_html(f"<html><body>{body}</body></html>".encode(), LIMITS)


def table(paper: Paper) -> list[list[str]]:
    (found,) = (block for block in blocks(paper) if isinstance(block, Table))
    rows: list[list[str]] = [[] for _ in range(found.rows)]
    for cell in found.cells:
        rows[cell.row].append(" / ".join(line.text for line in cell.lines))
    return rows


# --- Plain text ---------------------------------------------------------------------------------


def test_notes_between_the_halves_of_a_sentence() -> None:
    paper = text(
        "3. Tuyên truyền về vai trò, vị trí¹\n\n"
        "¹ theo khoản 3, Điều 8 Luật Bầu cử.\n\n"
        "² Kế hoạch số 808/KH-ĐCT.\n\n"
        "của phụ nữ trong lĩnh vực chính trị.\n\n"
        "- Thời gian: tháng 4/2021.\n"
    )
    assert paragraphs(paper) == [
        "3. Tuyên truyền về vai trò, vị trí của phụ nữ trong lĩnh vực chính trị.",
        "- Thời gian: tháng 4/2021.",
    ]
    assert notes(paper) == [
        ("1", "theo khoản 3, Điều 8 Luật Bầu cử."),
        ("2", "Kế hoạch số 808/KH-ĐCT."),
    ]
    assert calls(paper) == [("trò, vị trí", "1")]


def test_a_finished_sentence_does_not_go_on_below_a_note() -> None:
    paper = text("1. Rà soát, báo cáo.\n\n¹ Theo Luật Bầu cử.\n\na) thống kê;\n")
    assert paragraphs(paper) == ["1. Rà soát, báo cáo.", "a) thống kê;"]


def test_wrapped_lines_are_one_paragraph() -> None:
    paper = text(
        "     Ủy ban nhân dân tỉnh giao Sở Nội vụ chủ trì, phối hợp với các sở,\n"
        "ban, ngành rà soát và hoàn thành trước ngày 15 tháng 5. Các địa phương\n"
        "Kon Rẫy, Đăk Hà thực hiện tương tự, gửi báo cáo về Văn phòng Ủy ban để\n"
        "tổng hợp.\n"
        "     Sở Tài chính bố trí kinh phí.\n"
    )
    assert len(paragraphs(paper)) == 2
    assert paragraphs(paper)[0].endswith("gửi báo cáo về Văn phòng Ủy ban để tổng hợp.")


def test_lines_that_are_paragraphs_stay_apart() -> None:
    source = "KẾ HOẠCH\ncông tác năm 2021\n1. Rà soát.\n- Sở Y tế;\n- Sở Tư pháp.\nHết.\n"
    assert paragraphs(text(source)) == source.splitlines()


def test_marks_of_brackets_are_notes_where_a_note_stands() -> None:
    paper = text("Theo Nghị quyết[1] của Chính phủ.\nHết.\n\n[1] Nghị quyết số 28/NQ-CP.\n")
    assert (calls(paper), notes(paper)) == (
        [("Nghị quyết", "1")],
        [("1", "Nghị quyết số 28/NQ-CP.")],
    )
    assert paragraphs(text("Theo mẫu [1] kèm theo.")) == ["Theo mẫu [1] kèm theo."]


def test_a_note_may_take_several_lines() -> None:
    paper = text("Số liệu¹ tạm tính.\n\n¹ Theo báo cáo\nquý I.\n\nHết.\n")
    assert notes(paper) == [("1", "Theo báo cáo"), (None, "quý I.")]
    assert paragraphs(paper) == ["Số liệu tạm tính.", "Hết."]


def test_units_are_no_marks() -> None:
    assert calls(text("Diện tích 500 m², khối lượng 20 m³.")) == []
    assert calls(text("nhiệm kỳ 2021 - 2026².")) == [("2021 - 2026", "2")]


def test_form_feeds_part_pages_and_their_numbers_are_furniture() -> None:
    paper = text("Giao Sở Y tế chủ trì rà soát và\f2\ntrình Ủy ban nhân dân tỉnh.\f3\nHết.\n")
    assert [(line.page, line.role) for line in lines(paper)] == [
        (1, "text"), (2, "furniture"), (2, "text"), (3, "furniture"), (3, "text"),
    ]  # fmt: skip
    assert paragraphs(paper)[0] == "Giao Sở Y tế chủ trì rà soát và trình Ủy ban nhân dân tỉnh."


def test_two_columns_set_with_blanks() -> None:
    paper = text(
        "ỦY BAN NHÂN DÂN               CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "  TỈNH KON TUM                    Độc lập - Tự do - Hạnh phúc\n"
        "Số: 12/KH-UBND              Kon Tum, ngày 12 tháng 4 năm 2021\n\n"
        "Giao Sở Y tế chủ trì.\n\n"
        "Nơi nhận:                              CHỦ TỊCH\n"
        "- Lưu: VT.\n"
        "                                     Nguyễn Văn A\n"
    )
    assert [(line.column, line.text) for line in lines(paper)] == [
        ("left", "ỦY BAN NHÂN DÂN"),
        ("left", "TỈNH KON TUM"),
        ("left", "Số: 12/KH-UBND"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "Độc lập - Tự do - Hạnh phúc"),
        ("right", "Kon Tum, ngày 12 tháng 4 năm 2021"),
        (None, "Giao Sở Y tế chủ trì."),
        ("left", "Nơi nhận:"),
        ("left", "- Lưu: VT."),
        ("right", "CHỦ TỊCH"),
        ("right", "Nguyễn Văn A"),
    ]


def test_a_letterhead_typed_in_one_row() -> None:
    paper = text(
        "CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 3/NQ-CP Hà Nội, ngày 9 tháng 1\n"
    )
    assert [(line.column, line.text) for line in lines(paper)] == [
        ("left", "CHÍNH PHỦ"),
        ("left", "Số: 3/NQ-CP"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "Hà Nội, ngày 9 tháng 1"),
    ]


def test_emphasis_is_style_and_not_text() -> None:
    (line,) = lines(text("Ban Vì sự tiến bộ (*Ban VSTBCPN tỉnh*) họp **gấp**; 2 * 3 * 4 (*)"))
    assert line.text == "Ban Vì sự tiến bộ (Ban VSTBCPN tỉnh) họp gấp; 2 * 3 * 4 (*)"


def test_lines_drawn_with_signs_are_gone() -> None:
    assert paragraphs(text("KẾ HOẠCH\n_______\nRà soát.\n-----\n")) == ["KẾ HOẠCH", "Rà soát."]


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(Unreadable):
        text("  \n\n ")


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(source: str) -> None:
    for reader in (read_text, read_markdown, read_html):
        try:
            paper = reader(source.encode("utf-8", "surrogatepass"), LIMITS)
        except ReadError:
            continue
        for line in lines(paper):
            assert all(0 <= call.at <= len(line.text) for call in line.calls)


# --- Markdown -----------------------------------------------------------------------------------


def test_markdown_signs_are_style_marks_and_labels() -> None:
    paper = markdown(
        "# KẾ HOẠCH\n\n"
        "**1\\. Rà soát**[^1]\n\n"
        "*   Sở *Y tế* chủ trì;\n"
        "+ [Sở Nội vụ](https://example.gov.vn) phối hợp.\n\n"
        "---\n\n"
        "Số: 03/NQ-CP  \nHà Nội, ngày 9 tháng 1 năm 2025\n\n"
        "[^1]: Theo Luật Bầu cử.\n"
    )
    assert paragraphs(paper) == [
        "KẾ HOẠCH",
        "1. Rà soát",
        "- Sở Y tế chủ trì;",
        "+ Sở Nội vụ phối hợp.",
        "Số: 03/NQ-CP",
        "Hà Nội, ngày 9 tháng 1 năm 2025",
    ]
    assert [line.bold for line in lines(paper)][:3] == [True, True, False]
    assert (calls(paper), notes(paper)) == ([("1. Rà soát", "1")], [("1", "Theo Luật Bầu cử.")])


def test_pipe_tables() -> None:
    paper = markdown(
        "Danh mục\n\n"
        "| TT | Nhiệm vụ | Cơ quan |\n|---|:--|---|\n"
        "| **I** | Nhóm | |\n| 1 | Rà soát<br>thống kê \\| báo cáo | Sở Y tế |\n\nHết.\n"
    )
    assert table(paper) == [
        ["TT", "Nhiệm vụ", "Cơ quan"],
        ["I", "Nhóm", ""],
        ["1", "Rà soát / thống kê | báo cáo", "Sở Y tế"],
    ]
    assert paragraphs(paper) == ["Danh mục", "Hết."]


def test_an_html_table_in_markdown() -> None:
    paper = markdown("**A**\n\n<table>\n<tr><td>1</td><td>Rà soát</td></tr>\n</table>\n\n**B**\n")
    assert table(paper) == [["1", "Rà soát"]]


# --- HTML ---------------------------------------------------------------------------------------


def test_the_page_around_the_letter_is_dropped() -> None:
    paper = page(
        "<nav>Trang chủ</nav><script>var a = 1</script><div><div><button>Tải về</button></div>"
        "<div class='toan-van'><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>"
        "<p>Điều 1. Phạm vi điều chỉnh của Quyết định này là các sở, ban, ngành.</p>"
        "<p style='display: none'>ẩn</p></div></div><footer>Bản quyền</footer>"
    )
    assert paragraphs(paper) == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Điều 1. Phạm vi điều chỉnh của Quyết định này là các sở, ban, ngành.",
    ]


def test_linked_notes() -> None:
    paper = page(
        '<p>Theo Luật Bầu cử<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a>.</p>'
        '<div style="mso-element: footnote"><p><a href="#_ftnref1" name="_ftn1">[1]</a>'
        " Luật số 85/2015/QH13.</p><p>Có hiệu lực.</p></div><p>Hết.</p>"
    )
    assert calls(paper) == [("Luật Bầu cử", "1")]
    assert notes(paper) == [("1", "Luật số 85/2015/QH13."), (None, "Có hiệu lực.")]
    assert paragraphs(paper) == ["Theo Luật Bầu cử.", "Hết."]


def test_raised_marks_in_brackets() -> None:
    paper = page(
        "<p>Kính gửi: ....(<sup>1</sup>)</p><p>(<sup>1</sup>): <i>Ghi tên cơ quan.</i></p>"
    )
    assert paragraphs(paper) == ["Kính gửi: ...."]
    assert notes(paper) == [("1", "Ghi tên cơ quan.")]


def test_html_tables_keep_spans_and_lines() -> None:
    paper = page(
        "<p>Danh mục</p><table border='1'><thead><tr><th>TT</th><th>Nhiệm vụ</th><th>Cơ quan</th>"
        "</tr></thead><tr><td>1</td><td>Rà soát</td><td rowspan='2'>Sở Y tế</td></tr>"
        "<tr><td>2</td><td>Kiểm tra<br>báo cáo</td></tr>"
        "<tr><td colspan='3'>II. Nhóm</td></tr></table>"
    )
    (found,) = (block for block in blocks(paper) if isinstance(block, Table))
    assert [(c.row, c.column, c.rows, c.columns) for c in found.cells[3:]] == [
        (1, 0, 1, 1), (1, 1, 1, 1), (1, 2, 2, 1), (2, 0, 1, 1), (2, 1, 1, 1), (3, 0, 1, 3),
    ]  # fmt: skip
    assert (found.ruled, found.header_rows) == (True, 1)


@pytest.mark.parametrize(
    ("attributes", "ruled"),
    [
        ("border='0'", False),
        ("border='1' style='border-color: #ffffff'", False),
        ("style='border: 1px solid black'", True),
    ],
)
def test_white_lines_are_no_lines(attributes: str, ruled: bool) -> None:
    paper = page(f"<p>Đầu</p><table {attributes}><tr><td>a</td><td>b</td></tr></table><p>Cuối</p>")
    assert [block.ruled for block in blocks(paper) if isinstance(block, Table)] == [ruled]


def test_html_lists_are_numbered_as_shown() -> None:
    paper = page(
        "<ol start='3'><li>Rà soát<ul><li>thống kê</li></ul></li><li>Kiểm tra</li></ol>"
        "<ol type='a'><li>Báo cáo</li></ol>"
    )
    assert paragraphs(paper) == ["3. Rà soát", "- thống kê", "4. Kiểm tra", "a. Báo cáo"]


def test_style_of_html_lines() -> None:
    paper = page(
        "<p align='center'><b>QUYẾT ĐỊNH</b></p>"
        "<p style='text-align: center; font-style: italic; font-size: 16px'>(Kèm theo)</p>"
    )
    found = [(line.bold, line.italic, line.centered, line.size) for line in lines(paper)]
    assert found == [(True, False, True, None), (False, True, True, 12.0)]


def test_html_in_an_old_encoding() -> None:
    body = "<html><meta charset='windows-1252'><p>Uû ban nh©n d©n tØnh giao Së Néi vô</p></html>"
    assert paragraphs(read_html(body.encode("latin-1"), LIMITS)) == [
        "Uỷ ban nhân dân tỉnh giao Sở Nội vụ"
    ]


def test_a_page_saved_as_one_file() -> None:
    archive = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=ranh\n\n--ranh\n"
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        "<html><p>Giao S=E1=BB=9F Y t=E1=BA=BF ch=E1=BB=A7 tr=C3=AC.</p></html>\n\n--ranh--\n"
    )
    assert paragraphs(read_html(archive.encode(), LIMITS)) == ["Giao Sở Y tế chủ trì."]


@pytest.mark.parametrize("bar", ["\t", " | "])
def test_typed_rows_are_a_table_with_the_titles_of_its_groups(bar: str) -> None:
    rows = [
        ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"),
        ("I", "Hạ tầng"),
        ("1", "Nâng cấp mạng", "Văn phòng", "Quý II"),
        ("2", "Số hóa sổ sách", "", "Thường xuyên"),
    ]
    text = "\n".join(
        ["DANH MỤC NHIỆM VỤ", *(bar.join(row) for row in rows), "Trên đây là danh mục."]
    )
    found = blocks(read_text(text.encode(), LIMITS))
    (table,) = (block for block in found if isinstance(block, Table))
    assert (table.rows, table.columns) == (4, 4)
    assert [cell.lines[0].text for cell in table.cells if cell.row == 2] == list(rows[2])
    assert [line.text for line in lines(read_text(text.encode(), LIMITS))][-1].startswith("Trên")


@pytest.mark.parametrize(
    "mark", ["2- ", "2/ ", "b. ", "đ/ ", "3.1- ", "II- ", "Ngày 05 tháng 6, ", "b, "]
)
def test_a_wrapped_line_with_a_label_or_an_opening_begins_a_paragraph(mark: str) -> None:
    wrapped = (
        "Các huyện ủy, thành ủy, đảng ủy trực thuộc căn cứ chức năng,\nnhiệm vụ xây dựng kế hoạch\n"
    )
    full = "Ban cán sự đảng lãnh đạo việc cụ thể hóa Kế hoạch của tỉnh"
    text = f"{wrapped * 3}{full}\n{mark}Đảng đoàn lãnh đạo việc ban hành."
    read = paragraphs(read_text(text.encode(), LIMITS))
    assert read[-2:] == [full, f"{mark}Đảng đoàn lãnh đạo việc ban hành."]


def test_words_whose_letters_a_copy_tore_apart_are_whole() -> None:
    torn = (
        "2. Cơ quan chủ tr ì: các đ ơ n vị.\n3. Th ờ i gian: từ qu ý II.\n4. V Ề Y TẾ, TH Ự C HIỆN."
    )
    assert paragraphs(read_text(torn.encode(), LIMITS)) == [
        "2. Cơ quan chủ trì: các đơn vị.",
        "3. Thời gian: từ quý II.",
        "4. VỀ Y TẾ, THỰC HIỆN.",
    ]
    rare = "Nêu tại điểm đ ưu tiên và mẫu B ở phụ lục."
    assert paragraphs(read_text(rare.encode(), LIMITS)) == [rare]


def test_a_body_torn_from_its_field_is_one_name() -> None:
    text = "2. Sở\nKhoa học và Công nghệ\n\na) Bám sát các nhiệm vụ\ncủa tỉnh giao.\n"
    assert paragraphs(read_text(text.encode(), LIMITS))[0] == "2. Sở Khoa học và Công nghệ"


def test_typed_rows_with_bars_at_both_ends_and_rules_of_dashes_are_a_table() -> None:
    text = (
        "DANH MỤC\n| TT | Nhiệm vụ | Chủ trì |\n|---|---|---|\n| QUÝ I |\n"
        "| 1 | Nâng cấp mạng | Văn phòng |\n| 2 | Số hóa sổ sách |  |\nTrên đây là danh mục."
    )
    found = blocks(read_text(text.encode(), LIMITS))
    (table,) = (block for block in found if isinstance(block, Table))
    assert (table.rows, table.columns) == (4, 3)
    assert [cell.lines[0].text for cell in table.cells if cell.row == 1 and cell.lines] == ["QUÝ I"]


def test_two_columns_of_a_letterhead_are_no_table() -> None:
    head = (
        "UBND TỈNH KON TUM\t\t\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 5/KH-UBND\t\t\tĐộc lập - Tự do - Hạnh phúc\nKẾ HOẠCH"
    )
    assert all(isinstance(block, Line) for block in blocks(read_text(head.encode(), LIMITS)))
