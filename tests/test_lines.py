"""Which lines are one paragraph, and which halves are one table?"""

from extractors.layout import lay_out
from extractors.lines import is_split, join_tables, openings, openings_in_cell, paragraphs_of
from schemas.letter import Part, Zone
from schemas.paper import Call, Cell, Line, Table

LEFT, RIGHT = 85.0, 540.0


def page_of(*rows, page=1, top=100.0, leading=16.0, **common):
    """Lines under one another: (text, left, right) or (text, left, right, gap above)."""
    lines, bottom = [], top
    for text, x0, x1, *gap in rows:
        bottom += leading + (gap[0] if gap else 0.0)
        box = (x0, bottom - 14, x1, bottom)
        lines.append(Line(text=text, page=page, box=box, size=14.0, **common))
    return lines


def texts(lines):
    return [" ".join(line.text for line in group) for group in paragraphs_of(lines)]


FULL = (
    ("Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành, Ủy ban nhân dân các", 121, RIGHT),
    ("huyện, thành phố tập trung chỉ đạo thực hiện các nhiệm vụ được giao, báo cáo", LEFT, RIGHT),
    ("kết quả về Sở Nội vụ để tổng hợp theo quy định của pháp luật hiện hành và các", LEFT, RIGHT),
)


def test_wrapped_lines_are_one_paragraph():
    assert len(texts(page_of(*FULL, ("hướng dẫn có liên quan.", LEFT, 220)))) == 1


def test_an_indent_opens_a_paragraph():
    lines = page_of(
        *FULL, ("Giao Sở Tài chính chủ trì tham mưu bố trí kinh phí thực hiện hằng", 121, RIGHT)
    )
    assert texts(lines)[1].startswith("Giao Sở Tài chính")


def test_a_line_that_ends_early_ends_its_paragraph_whatever_the_indent():
    lines = page_of(
        *FULL, ("quy định.", LEFT, 140), ("Sở Nội vụ tổng hợp, báo cáo kết quả.", LEFT, 300)
    )
    assert texts(lines)[1] == "Sở Nội vụ tổng hợp, báo cáo kết quả."


def test_white_between_lines_opens_a_paragraph_but_not_in_mid_sentence():
    gap = page_of(
        *FULL,
        ("Giám đốc Sở Nội vụ chịu trách nhiệm đôn đốc, kiểm tra việc thực hiện.", LEFT, RIGHT, 8),
    )
    pushed = page_of(
        *FULL, ("quy định khác có liên quan của Trung ương và của tỉnh trong thời", LEFT, RIGHT, 40)
    )
    assert len(texts(gap)) == 2
    assert len(texts(pushed)) == 1


def test_a_dash_at_the_head_of_a_wrapped_line_is_no_bullet():
    lines = page_of(
        ("Tham dự cuộc họp có lãnh đạo Sở Nội vụ, Sở Tư pháp, Sở Lao động", 121, RIGHT),
        (
            "- Thương binh và Xã hội, đại diện lãnh đạo Ủy ban nhân dân các huyện và thành",
            LEFT,
            RIGHT,
        ),
        (
            "phố; các đồng chí thành viên Ban Chỉ đạo cấp tỉnh và Tổ giúp việc của Ban Chỉ đạo.",
            LEFT,
            RIGHT,
        ),
    )
    assert len(texts(lines)) == 1


def test_a_numbered_heading_that_fills_its_line_does_not_swallow_the_next():
    lines = page_of(
        *FULL,
        ("I. HIỆN TRẠNG TRẠM BƠM, KÊNH MƯƠNG NỘI ĐỒNG TRÊN ĐỊA BÀN HUYỆN", LEFT, RIGHT),
        ("1. Số liệu kiểm kê", LEFT, 210),
    )
    assert texts(lines)[-1] == "1. Số liệu kiểm kê"


def test_the_text_of_a_hanging_bullet_goes_on_under_the_text():
    lines = page_of(
        *FULL,
        ("- Đại biểu được mời sắp xếp công việc dự họp đúng thành phần, có mặt tại", 121, RIGHT),
        ("phòng họp số 2 trước 7 giờ 30 phút ngày 14/9/2022, mang theo tài liệu của", 139, RIGHT),
        ("cơ quan mình.", 139, 200),
    )
    assert texts(lines)[1].endswith("của cơ quan mình.")


def test_a_paragraph_over_a_page_break_is_whole_and_a_new_one_is_not_swallowed():
    first = page_of(*FULL)
    going_on = page_of(("hướng dẫn.", LEFT, 150), *FULL, page=2)
    opening = page_of(
        ("Giao Sở Y tế chủ trì, phối hợp với các cơ quan có liên quan tham", 121, RIGHT),
        *FULL[1:],
        page=2,
    )
    assert texts([*first, *going_on])[0].endswith("và các hướng dẫn.")
    assert texts([*first, *opening])[1].startswith("Giao Sở Y tế")


def test_a_title_is_one_paragraph_under_its_kind():
    lines = page_of(
        ("KẾ HOẠCH", 280, 345),
        ("Triển khai Chiến lược quốc gia về bình đẳng giới", 160, 465),
        ("giai đoạn 2021 - 2025 trên địa bàn tỉnh", 190, 435),
        bold=True,
        centered=True,
    )
    assert texts([*page_of(*FULL), *lines])[1:] == [
        "KẾ HOẠCH",
        "Triển khai Chiến lược quốc gia về bình đẳng giới giai đoạn 2021 - 2025 trên địa bàn tỉnh",
    ]


def test_names_of_agencies_wrap_and_another_agency_opens():
    lines = page_of(
        ("ỦY BAN NHÂN DÂN", 100, 220), ("TỈNH QUẢNG NGÃI", 100, 220), ("SỞ NỘI VỤ", 120, 200),
        bold=True, column="left",
    )  # fmt: skip
    assert texts(lines) == ["ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI", "SỞ NỘI VỤ"]


def test_recipients_wrap_and_signatures_do_not():
    left = page_of(
        ("- Các Sở: Tài chính, Kế hoạch và Đầu tư,", 85, 290),
        ("Tài nguyên và Môi trường;", 85, 230),
        ("- Lưu: VT, KTTH.", 85, 190),
        column="left",
    )
    right = page_of(
        ("TM. ỦY BAN NHÂN DÂN", 350, 500), ("KT. CHỦ TỊCH", 380, 470), ("PHÓ CHỦ TỊCH", 375, 475),
        bold=True, column="right",
    )  # fmt: skip
    assert texts(left) == [
        "- Các Sở: Tài chính, Kế hoạch và Đầu tư, Tài nguyên và Môi trường;",
        "- Lưu: VT, KTTH.",
    ]
    assert len(texts(right)) == 3


def test_addressees_set_far_right_keep_their_own_margin():
    lines = page_of(
        *FULL,
        ("hướng dẫn có liên quan.", LEFT, 220),
        ("- Chủ tịch Ủy ban nhân dân các huyện, thành phố thuộc", 200, 470),
        ("tỉnh;", 200, 225),
        ("- Giám đốc các sở, thủ trưởng các ban, ngành và đoàn", 200, 470),
        ("thể cấp tỉnh.", 200, 260),
    )
    assert texts(lines)[1] == "- Chủ tịch Ủy ban nhân dân các huyện, thành phố thuộc tỉnh;"


def test_recognised_lines_join_although_their_edges_are_rough():
    rows = [
        ("Thực hiện ý kiến chỉ đạo của Chủ tịch Ủy ban nhân dân tỉnh tại Công văn", 120, 538),
        ("số 415/UBND-VX về việc triển khai các nhiệm vụ trọng tâm, Sở Nội vụ báo cáo", 84, 541),
        ("như sau:", 86, 130),
        ("1. Kết quả thực hiện", 121, 230),
    ]
    lines = page_of(*rows, confidence=0.9)
    assert len(texts(lines)) == 2


def test_a_page_of_few_recognised_lines_of_many_sizes_still_joins_them():
    rows = (
        ("Điều 5. Chánh Văn phòng UBND tỉnh; Giám đốc các Sở: Tài chính và", 121, RIGHT),
        ("Môi trường, Công Thương; Giám đốc Công an tỉnh; Chủ tịch UBND huyện", LEFT, RIGHT),
        ("Minh Long và Thủ trưởng các đơn vị chịu trách nhiệm thi hành.", LEFT, 480),
    )
    lines = page_of(*rows, confidence=0.9)
    uneven = [
        line.model_copy(update={"size": size})
        for line, size in zip(lines, (13.1, 14.2, 13.6), strict=True)
    ]
    assert len(texts(uneven)) == 1


def test_what_the_reader_says_is_believed():
    lines = [
        Line(text="Sở Nội vụ", starts=True),
        Line(text="chủ trì", starts=False),
        Line(text="b", starts=True),
    ]
    assert texts(lines) == ["Sở Nội vụ chủ trì", "b"]


def test_lines_without_a_place_stand_for_themselves():
    assert openings([Line(text="Sở Nội vụ:"), Line(text="chủ trì")]) == [True, True]


def test_a_note_opens_at_its_mark_only():
    lines = [
        Line(text="Theo khoản 3, Điều 8 Luật Bầu cử", role="note", mark="1"),
        Line(text="đại biểu Quốc hội.", role="note", page=2),
        Line(text="Kế hoạch số 808/KH-ĐCT.", role="note", mark="2", page=2),
    ]
    assert openings(lines) == [True, False, True]


def test_a_number_broken_at_the_end_of_a_line_is_one_word():
    lines = page_of(
        ("Thực hiện Công văn số 77/VP-", 121, RIGHT),
        ("TCHC ngày 02/8/2022 của Văn phòng", LEFT, 400),
    )
    lines = [Line(**{**dict(line), "starts": index == 0}) for index, line in enumerate(lines)]
    assert "77/VP-TCHC ngày" in lay_out([Zone(Part.BODY, tuple(lines))]).text
    assert not is_split("phát triển kinh tế -", "xã hội")


def test_calls_keep_their_places_when_lines_join():
    lines = (
        Line(text="tỷ lệ phụ nữ", starts=True, calls=(Call(at=12, mark="1"),)),
        Line(text="tham gia", starts=False),
    )
    letter = lay_out([Zone(Part.BODY, lines)])
    assert [(letter.text[: call.at], call.mark) for call in letter.calls] == [("tỷ lệ phụ nữ", "1")]


# --- Tables ---------------------------------------------------------------------------------------

BOX = (80.0, 100.0, 540.0, 300.0)


def table(*rows, page=1, box=BOX, spans=()):
    cells = [
        Cell(row=r, column=c, lines=(Line(text=text, page=page, starts=True),) if text else ())
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text is not None
    ]
    cells += spans
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(page=page, box=box, rows=len(rows), columns=len(rows[0]), cells=tuple(cells))


def content(joined):
    rows = [["" for _ in range(joined.columns)] for _ in range(joined.rows)]
    for cell in joined.cells:
        rows[cell.row][cell.column] = " ".join(line.text for line in cell.lines)
    return rows


HEADER = ("STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì")


def test_halves_of_a_table_are_one_and_the_repeated_header_goes():
    first = table(HEADER, ("1", "Rà soát thủ tục hành chính", "Sở Nội vụ"))
    second = table(HEADER, ("2", "Xây dựng kế hoạch", "Sở Tài chính"), page=2)
    (joined,) = join_tables([first, second])
    assert content(joined) == [
        list(HEADER),
        ["1", "Rà soát thủ tục hành chính", "Sở Nội vụ"],
        ["2", "Xây dựng kế hoạch", "Sở Tài chính"],
    ]
    assert joined.header_rows == 1


def test_a_row_cut_by_the_page_is_whole():
    first = table(HEADER, ("1", "Rà soát thủ tục hành chính trong lĩnh vực", "Sở Nội vụ"))
    second = table(("", "tổ chức, biên chế", ""), ("2", "Xây dựng kế hoạch", "Sở Y tế"), page=2)
    (joined,) = join_tables([first, second])
    assert content(joined)[1] == [
        "1", "Rà soát thủ tục hành chính trong lĩnh vực tổ chức, biên chế", "Sở Nội vụ"
    ]  # fmt: skip
    (cell,) = [cell for cell in joined.cells if cell.row == 1 and cell.column == 1]
    assert [line.starts for line in cell.lines] == [True, False]
    assert joined.rows == 3


def test_a_row_without_number_that_opens_a_sentence_is_a_row_of_its_own():
    first = table(HEADER, ("1", "Rà soát thủ tục hành chính.", "Sở Nội vụ;"))
    second = table(("", "Xây dựng kế hoạch", "Sở Y tế"), page=2)
    (joined,) = join_tables([first, second])
    assert joined.rows == 3


def test_a_cell_over_rows_on_both_pages_spans_them():
    tall = Cell(row=1, column=2, rows=1, lines=(Line(text="Sở Nội vụ", starts=True),))
    first = table(HEADER, ("1", "Rà soát.", None), spans=(tall,))
    rest = Cell(row=0, column=2, rows=2)
    second = table(("2", "Xây dựng.", None), ("3", "Báo cáo.", None), page=2, spans=(rest,))
    (joined,) = join_tables([first, second])
    (span,) = [cell for cell in joined.cells if cell.column == 2 and cell.row == 1]
    assert (span.rows, span.lines[0].text) == (3, "Sở Nội vụ")


def test_other_tables_stay_apart():
    first, wide = table(HEADER), table(HEADER, page=2, box=(40.0, 100.0, 580.0, 300.0))
    other = table(("a", "b"), page=2)
    later = table(HEADER, page=3)
    assert len(list(join_tables([first, wide]))) == 2
    assert len(list(join_tables([first, other]))) == 2
    assert len(list(join_tables([first, later]))) == 2
    assert len(list(join_tables([first, Line(text="Phụ lục II"), table(HEADER, page=2)]))) == 3


def test_names_in_a_cell_stand_for_themselves_and_sentences_wrap():
    names = page_of(("Sở Nội vụ", 302, 345), ("Sở Tài chính", 302, 355), ("Sở Kế hoạch", 302, 352))
    wrapped = page_of(("Rà soát danh mục hồ sơ", 302, 395), ("lưu trữ tại bộ phận", 302, 394))
    assert openings_in_cell(names, 300, 400) == [True, True, True]
    assert openings_in_cell(wrapped, 300, 400) == [True, False]
