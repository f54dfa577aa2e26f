"""Which part of the letter is this line?"""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from extractors.parts import sort_into_parts
from extractors.text import tidy
from schemas.letter import Part, Zone
from schemas.paper import Block, Cell, Line, Page, Paper, Table, lines_in


def paper(*pages: str | list[Block]) -> Paper:
    """A paper of pages, each the lines of a text or its blocks."""
    return Paper(
        media_type="text/plain",
        pages=tuple(
            Page(number=number, blocks=tuple(_blocks(page, number)))
            for number, page in enumerate(pages, 1)
        ),
    )


def _blocks(page: str | list[Block], number: int) -> list[Block]:
    if not isinstance(page, str):
        return page
    return [Line(text=tidy(text), page=number) for text in page.split("\n") if tidy(text)]


def texts(zones: tuple[Zone, ...], part: Part, annex: int | None = None) -> list[str]:
    return [
        line.text
        for zone in zones
        if zone.part is part and zone.annex == annex
        for line in zone.blocks
        if isinstance(line, Line)
    ]


PLAN = """\
ỦY BAN NHÂN DÂN
TỈNH KON TUM
Số: 215/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Kon Tum, ngày 09 tháng 02 năm 2024
KẾ HOẠCH
Trồng rừng năm 2024 trên địa bàn tỉnh
Thực hiện Quyết định số 12/QĐ-TTg ngày 05/01/2024 của Thủ tướng Chính phủ, Ủy ban nhân dân
tỉnh ban hành Kế hoạch như sau:
I. NHIỆM VỤ
1. Sở Nông nghiệp cung ứng cây giống trước ngày 30/4/2024.
Yêu cầu các đơn vị nghiêm túc triển khai thực hiện./.
Nơi nhận:
- Như trên;
- Lưu: VT, NNTN.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Hữu Thắng"""


def test_a_plan_falls_into_its_parts():
    zones = sort_into_parts(paper(PLAN))
    assert [zone.part for zone in zones] == [
        Part.LETTERHEAD, Part.BODY, Part.SIGNATURE, Part.RECIPIENTS
    ]  # fmt: skip
    assert texts(zones, Part.LETTERHEAD)[-1] == "Trồng rừng năm 2024 trên địa bàn tỉnh"
    assert texts(zones, Part.BODY)[0].startswith("Thực hiện Quyết định")
    assert texts(zones, Part.BODY)[-1].endswith("./.")
    assert texts(zones, Part.RECIPIENTS) == ["Nơi nhận:", "- Như trên;", "- Lưu: VT, NNTN."]
    assert texts(zones, Part.SIGNATURE)[-1] == "Nguyễn Hữu Thắng"


def test_addressees_belong_to_the_letterhead_and_end_with_their_list():
    zones = sort_into_parts(
        paper(
            """\
SỞ NỘI VỤ
Số: 45/SNV-CCVC
V/v rà soát vị trí việc làm
Kính gửi:
- Các sở, ban, ngành tỉnh;
- Ủy ban nhân dân các huyện,
thành phố.
Sở Nội vụ đề nghị các đơn vị rà soát vị trí việc làm."""
        )
    )
    assert texts(zones, Part.LETTERHEAD)[-1] == "thành phố."
    assert texts(zones, Part.BODY) == ["Sở Nội vụ đề nghị các đơn vị rà soát vị trí việc làm."]


def test_the_preamble_of_a_decision_is_body():
    zones = sort_into_parts(
        paper(
            """\
Số: 18/QĐ-UBND
QUYẾT ĐỊNH
Về việc thành lập Tổ công tác
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Tổ chức chính quyền địa phương;
Theo đề nghị của Giám đốc Sở Tư pháp.
QUYẾT ĐỊNH:
Điều 1. Thành lập Tổ công tác."""
        )
    )
    assert texts(zones, Part.LETTERHEAD)[-1] == "Về việc thành lập Tổ công tác"
    assert texts(zones, Part.BODY)[0] == "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"


def test_layout_tables_are_read_column_by_column():
    right = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLào Cai, ngày 02 tháng 5 năm 2024"
    letterhead = _table(["UBND TỈNH LÀO CAI\nSỞ Y TẾ\nSố: 7/KH-SYT", right])
    tail = _table(["Nơi nhận:\n- Như trên;\nCác phòng;\n- Lưu: VT.", "GIÁM ĐỐC\nLê Văn Hòa"])
    body: list[Block] = [Line(text="KẾ HOẠCH"), Line(text="Tiêm chủng", bold=True),
                         Line(text="1. Trung tâm Y tế huyện tổ chức tiêm chủng.")]  # fmt: skip
    zones = sort_into_parts(paper([letterhead, *body, tail]))
    assert texts(zones, Part.LETTERHEAD)[:4] == [
        "UBND TỈNH LÀO CAI", "SỞ Y TẾ", "Số: 7/KH-SYT", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    ]  # fmt: skip
    assert texts(zones, Part.SIGNATURE) == ["GIÁM ĐỐC", "Lê Văn Hòa"]
    assert "Các phòng;" in texts(zones, Part.RECIPIENTS)


def _table(columns: list[str], *, ruled: bool = False) -> Table:
    cells = tuple(
        Cell(row=0, column=at, lines=tuple(Line(text=text) for text in column.split("\n")))
        for at, column in enumerate(columns)
    )
    return Table(rows=1, columns=len(columns), cells=cells, ruled=ruled)


def test_annexes_are_numbered_in_order_and_keep_their_titles():
    annexes = (
        "PHỤ LỤC I\nDANH MỤC NHIỆM VỤ\n(Kèm theo Kế hoạch số 215/KH-UBND)\n1. Trồng rừng.",
        "PHỤ LỤC II\nDỰ TOÁN KINH PHÍ\n1. Cây giống.",
    )
    zones = sort_into_parts(paper(PLAN, *annexes))
    assert texts(zones, Part.ANNEX, 1)[0] == "PHỤ LỤC I"
    assert texts(zones, Part.ANNEX, 1)[-1] == "1. Trồng rừng."
    assert texts(zones, Part.ANNEX, 2) == ["PHỤ LỤC II", "DỰ TOÁN KINH PHÍ", "1. Cây giống."]


def test_an_attached_regulation_is_an_annex():
    regulation = """\
QUY CHẾ
Hoạt động của Tổ công tác
(Ban hành kèm theo Quyết định số 18/QĐ-UBND ngày 09/02/2024)
Điều 1. Phạm vi"""
    zones = sort_into_parts(paper(PLAN, regulation))
    assert texts(zones, Part.ANNEX, 1)[0] == "QUY CHẾ"


def test_prose_that_names_an_annex_opens_none():
    text = PLAN.replace("I. NHIỆM VỤ", "Phụ lục I ban hành kèm theo Kế hoạch này nêu chi tiết.")
    assert not [zone for zone in sort_into_parts(paper(text)) if zone.part is Part.ANNEX]


def test_notes_and_furniture_go_to_their_own_zones():
    blocks: list[Block] = [
        Line(text="1. Sở Y tế báo cáo"),
        Line(text="Theo Nghị quyết số 28/NQ-CP", role="note", mark="1"),
        Line(text="2", role="furniture"),
        Line(text="kết quả trước ngày 15/5/2024."),
    ]
    zones = sort_into_parts(paper(blocks))
    assert texts(zones, Part.BODY) == ["1. Sở Y tế báo cáo", "kết quả trước ngày 15/5/2024."]
    assert texts(zones, Part.FOOTNOTES) == ["Theo Nghị quyết số 28/NQ-CP"]
    assert texts(zones, Part.FURNITURE) == ["2"]


PRINTED = st.sampled_from(
    [
        *PLAN.split("\n"),
        "PHỤ LỤC",
        "PHỤ LỤC II",
        "(Kèm theo Quyết định số 1/QĐ-UBND)",
        "Kính gửi:",
        "V/v báo cáo",
        "QUY CHẾ",
        "QUYẾT ĐỊNH:",
        "Mẫu số 01",
        "-----",
        "",
        "./.",
    ]
)
LINES = st.builds(
    Line,
    text=PRINTED | st.text(max_size=20),
    bold=st.booleans(),
    centered=st.booleans(),
    starts=st.sampled_from([True, False, None]),
    role=st.sampled_from(["text", "text", "text", "note", "furniture"]),
    column=st.sampled_from([None, "left", "right"]),
)
TABLES = st.builds(
    lambda cells, ruled: _table(cells, ruled=ruled),
    st.lists(PRINTED, min_size=1, max_size=3),
    st.booleans(),
)
PAGES = st.lists(st.lists(LINES | TABLES, max_size=25), min_size=1, max_size=3)


@given(PAGES)
def test_each_line_goes_to_exactly_one_zone(pages: list[list[Block]]):
    letter = paper(*pages)
    zones = sort_into_parts(letter)
    given_lines = [line for page in letter.pages for line in lines_in(page.blocks)]
    placed = [line for zone in zones for line in lines_in(zone.blocks)]
    assert Counter(map(id, placed)) == Counter(map(id, given_lines))
    assert len({(zone.part, zone.annex) for zone in zones}) == len(zones)
    order = list(Part)
    assert [order.index(zone.part) for zone in zones] == sorted(
        order.index(zone.part) for zone in zones
    )


def test_a_page_number_that_the_reader_left_is_furniture():
    zones = sort_into_parts(paper("KẾ HOẠCH\nTrồng rừng\n1. Sở Y tế báo cáo", "2\nkết quả./."))
    assert texts(zones, Part.FURNITURE) == ["2"]


def test_a_list_of_recipients_without_its_name_ends_the_body():
    tail = PLAN.index("Nơi nhận:")
    zones = sort_into_parts(paper(PLAN[:tail] + PLAN[tail + len("Nơi nhận:\n") :]))
    assert texts(zones, Part.BODY)[-1].endswith("./.")
    assert texts(zones, Part.RECIPIENTS) == ["- Như trên;", "- Lưu: VT, NNTN."]


def _at(text: str, left: float, top: float, right: float) -> Line:
    """A line of a scan: only its box tells where it stands."""
    return Line(text=text, box=(left, top, right, top + 14))


def test_white_space_ends_the_subject_of_a_scan():
    blocks: list[Block] = [
        _at("CHỈ THỊ", 270, 100, 330),
        _at("Về việc bảo đảm an toàn giao thông", 150, 116, 450),
        _at("TRUNG TÂM TIN HỌC", 20, 130, 110),
        _at("trong dịp Tết", 250, 132, 350),
        _at("Tai nạn giao thông tăng trên địa bàn tỉnh trong", 110, 170, 530),
    ]
    zones = sort_into_parts(paper(blocks))
    assert texts(zones, Part.LETTERHEAD)[-1] == "trong dịp Tết"


def test_an_annex_before_the_signature_is_no_body():
    text = PLAN.replace("Nơi nhận:", "PHỤ LỤC\n(Kèm theo Kế hoạch số 215/KH-UBND)\nBiểu\nNơi nhận:")
    zones = sort_into_parts(paper(text))
    assert texts(zones, Part.ANNEX, 1)[0] == "PHỤ LỤC"
    assert texts(zones, Part.SIGNATURE)[-1] == "Nguyễn Hữu Thắng"


def test_the_letterhead_of_an_attached_document_belongs_to_it():
    attached = """\
ỦY BAN NHÂN DÂN
TỈNH KON TUM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
DANH SÁCH
Tổ công tác"""
    zones = sort_into_parts(paper(f"{PLAN}\n{attached}"))
    assert texts(zones, Part.ANNEX, 1) == attached.split("\n")


def test_addressees_of_a_telegram_stand_in_a_table():
    blocks: list[Block] = [
        Line(text="CÔNG ĐIỆN"),
        Line(text="Về phòng, chống bão", bold=True),
        Line(text="CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH điện:"),
        _table(["", "- Giám đốc các sở;\n- Công an tỉnh."]),
        Line(text="Bão số 3 đang mạnh lên."),
    ]
    zones = sort_into_parts(paper(blocks))
    assert texts(zones, Part.LETTERHEAD)[-1] == "- Công an tỉnh."
    assert texts(zones, Part.BODY) == ["Bão số 3 đang mạnh lên."]
