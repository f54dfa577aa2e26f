"""What do the letterhead, the preamble, the signature and Nơi nhận say?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.layout import lay_out
from extractors.letterhead import find_letterhead
from extractors.parts import sort_into_parts
from extractors.text import tidy
from schemas.letter import Letter
from schemas.letterhead import Letterhead
from schemas.paper import Line, Page, Paper
from schemas.program import Recipient, Signatory


def letter_of(text: str) -> Letter:
    lines = tuple(Line(text=tidy(line)) for line in text.split("\n") if tidy(line))
    return lay_out(
        sort_into_parts(Paper(media_type="text/plain", pages=(Page(number=1, blocks=lines),)))
    )


def read(text: str) -> Letterhead:
    return find_letterhead(letter_of(text))


def text_of(words: object) -> object:
    return getattr(words, "text", None)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Số: 1170 /CTr-BVSTBPN", ("1170/CTr-BVSTBPN", "1170", None, "CTr", "BVSTBPN")),
        ("Số: 28/2023/QĐ-UBND", ("28/2023/QĐ-UBND", "28", "2023", "QĐ", "UBND")),
        ("Số 12-CTr/TU", ("12-CTr/TU", "12", None, "CTr", "TU")),
        ("Số: 507/UBND-KGVX", ("507/UBND-KGVX", "507", None, None, "UBND")),
        ("Số: 66.22/2026/NQ-CP", ("66.22/2026/NQ-CP", "66.22", "2026", "NQ", "CP")),
        ("Số:     /TB-UBND", ("/TB-UBND", None, None, "TB", "UBND")),
        ("Số:    /2024/QĐ-SYT", ("/2024/QĐ-SYT", None, "2024", "QĐ", "SYT")),
        ("Số: ……/KH-SYT", ("/KH-SYT", None, None, "KH", "SYT")),
        ("Số: 17/NQ- CP", ("17/NQ-CP", "17", None, "NQ", "CP")),
        (
            "Nghị quyết số: 105/2025/UBTVQH15",
            ("105/2025/UBTVQH15", "105", "2025", None, "UBTVQH15"),
        ),
    ],
)
def test_numbers(line, expected):
    number = read(f"SỞ Y TẾ\n{line}\nKính gửi: Sở Nội vụ").number
    assert number is not None
    found = (number.canonical, number.sequence, number.year, number.kind, number.issuer)
    assert found == expected


@pytest.mark.parametrize(
    ("line", "issued", "place"),
    [
        ("Kon Tum, ngày 12 tháng 4 năm 2021", date(2021, 4, 12), "Kon Tum"),
        ("Hậu Giang, ngày 09 tháng 10 năm\n2024", date(2024, 10, 9), "Hậu Giang"),
        ("Hà Nội, ngày   tháng   năm 2026", None, "Hà Nội"),
        ("Bình Thuận, ngày … tháng 02 năm 2025", None, "Bình Thuận"),
        ("Thành phố Huế, ngày 31 tháng 02 năm 2025", None, "Thành phố Huế"),
    ],
)
def test_place_and_date(line, issued, place):
    found = read(f"Số: 5/KH-UBND\n{line}\nKẾ HOẠCH\nTrồng rừng")
    assert (found.issued, found.place) == (issued, place)


def test_superior_and_issuer_are_parted_where_a_body_begins():
    found = read(
        """\
BỘ TÀI NGUYÊN
VÀ MÔI TRƯỜNG
CỤC BIẾN ĐỔI KHÍ HẬU
Số: 12/BĐKH-KTTV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
V/v cung cấp số liệu
Kính gửi: Sở Tài chính"""
    )
    assert text_of(found.superior) == "BỘ TÀI NGUYÊN VÀ MÔI TRƯỜNG"
    assert text_of(found.issuer) == "CỤC BIẾN ĐỔI KHÍ HẬU"


def test_an_issuer_over_two_lines_is_one_body():
    found = read("ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nSố: 3/CT-UBND\nCHỈ THỊ\nVề việc đón Tết")
    assert (text_of(found.issuer), found.superior) == ("ỦY BAN NHÂN DÂN TỈNH LÀO CAI", None)


def test_without_a_letterhead_the_sentence_that_issues_names_the_issuer():
    found = read(
        """\
Số: 3/CTr-BATGT
CHƯƠNG TRÌNH
Công tác năm 2024
Thực hiện Văn bản số 4/UBATGTQG ngày 02/01/2024; Ban An toàn giao thông tỉnh (Ban ATGT tỉnh) \
ban hành Chương trình công tác năm 2024 như sau:"""
    )
    assert text_of(found.issuer) == "Ban An toàn giao thông tỉnh"


def test_kinds_come_from_the_title_or_the_number():
    assert read("Số: 3/QĐ-SYT\nQUYẾT ĐỊNH\nVề việc nâng lương").kind.code == "QĐ"
    assert read("Số: 3/KH-SYT\nKÉ HOẠCH\nTiêm chủng").kind.name == "kế hoạch"
    assert read("Số: 3/SYT-NVY\nV/v tiêm chủng\nKính gửi: Các bệnh viện").kind.code == "CV"
    assert read("Số: 3/TTr-SYT\nTỜ TRINH X\nKính gửi: Ủy ban nhân dân tỉnh").kind.code == "TTr"
    assert read("Thông tin chung").kind is None


def test_the_matter_of_a_letter_goes_without_its_mark():
    found = read(
        "Số: 3/SYT-NVY\nV/v tăng cường tiêm chủng\ncho trẻ em\nKính gửi: Các bệnh viện công lập"
    )
    assert text_of(found.subject) == "tăng cường tiêm chủng cho trẻ em"


def test_addressees_are_parted_by_lines_and_semicolons():
    found = read(
        """\
Số: 3/SYT-NVY
Kính gửi:
- Các bệnh viện;
- Trung tâm Y tế các huyện,
thành phố; Trường Cao đẳng Y tế.
Sở Y tế đề nghị các đơn vị báo cáo."""
    )
    assert [words.text for words in found.addressees] == [
        "Các bệnh viện",
        "Trung tâm Y tế các huyện, thành phố",
        "Trường Cao đẳng Y tế",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Các sở: Nội vụ, Văn hóa và Thể thao", ["Sở Nội vụ", "Sở Văn hóa và Thể thao"]),
        (
            "Bộ trưởng các Bộ: Y tế, Công an, Văn hóa, Thể thao và Du lịch",
            ["Bộ trưởng Bộ Y tế", "Bộ trưởng Bộ Công an",
             "Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch"],
        ),
        (
            "UBND các huyện: Phú Lộc và thị xã Hương Thủy",
            ["UBND huyện Phú Lộc", "UBND thị xã Hương Thủy"],
        ),
        ("Các đơn vị: Bệnh viện A, Trạm B", ["Bệnh viện A", "Trạm B"]),
        ("Các sở, ngành: Y tế, Công an tỉnh", ["Sở Y tế", "Công an tỉnh"]),
        ("Sở Tài chính, Sở Y tế và Công an tỉnh", ["Sở Tài chính", "Sở Y tế", "Công an tỉnh"]),
        ("Các sở, ban, ngành cấp tỉnh", ["Các sở, ban, ngành cấp tỉnh"]),
    ],
)  # fmt: skip
def test_a_list_with_one_head_names_each_addressee(line, expected):
    found = read(f"Số: 3/UBND-VX\nKính gửi: {line}.")
    assert [words.text for words in found.addressees] == expected


@pytest.mark.parametrize(
    ("lines", "superior", "issuer"),
    [
        ("UBND TỈNH HUẾ\nSỞ Y TẾ -\nSỞ TÀI CHÍNH", "UBND TỈNH HUẾ", "SỞ Y TẾ - SỞ TÀI CHÍNH"),
        ("BỘ Y TẾ\nBỘ TÀI CHÍNH", None, "BỘ Y TẾ BỘ TÀI CHÍNH"),
        ("CHỦ TỊCH\nỦY BAN NHÂN DÂN\nTỈNH LÀO CAI", None, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LÀO CAI"),
        ("BAN CHỈ ĐẠO VỀ\nHỘI NHẬP QUỐC TẾ", None, "BAN CHỈ ĐẠO VỀ HỘI NHẬP QUỐC TẾ"),
        ("HỘI ĐỒNG ĐỘI TỈNH -\nTỈNH ĐOÀN", None, "HỘI ĐỒNG ĐỘI TỈNH - TỈNH ĐOÀN"),
    ],
)  # fmt: skip
def test_two_issuers_and_the_office_that_issues(lines, superior, issuer):
    found = read(f"{lines}\nSố: 3/CĐ-UBND\nCÔNG ĐIỆN\nVề việc ứng phó bão")
    assert (text_of(found.superior), text_of(found.issuer)) == (superior, issuer)


@pytest.mark.parametrize(
    ("note", "number", "issued"),
    [
        ("số 12/KH-SYT ngày 05/3/2024", "12/KH-SYT", date(2024, 3, 5)),
        ("số 12/KH-SYT ngày 05/4/2024", "12/KH-SYT", None),
        ("số 12/KH-UBND ngày 05/3/2024", "/KH-SYT", None),
    ],
)
def test_the_note_of_an_annex_tells_what_the_letterhead_leaves_blank(note, number, issued):
    found = read(
        f"""\
Số:     /KH-SYT
Huế, ngày    tháng 3 năm 2024
KẾ HOẠCH
Tiêm chủng
I. MỤC ĐÍCH
Phòng bệnh./.
GIÁM ĐỐC
Lê An
PHỤ LỤC
(Kèm theo Kế hoạch {note} của Sở Y tế)
Danh mục"""
    )
    assert (found.number.canonical, found.issued) == (number, issued)


@pytest.mark.parametrize(
    ("paragraph", "is_basis"),
    [
        ("Căn cư Luật Đất đai năm 2024;", True),
        ("Về đề nghị của Bộ Nội vụ tại văn bản số 12/BNV-VP ngày 02/01/2024;", True),
        ("Sở Y tế nhận được Công văn số 12/BNV-VP ngày 02/01/2024 của Bộ Nội vụ.", True),
        ("Ngày 02/01/2024, Bộ Nội vụ đã ban hành Công văn số 12/BNV-VP.", True),
        ("Ngày 02/01/2024, Sở Y tế đã ban hành Công văn số 12/SYT-VP.", False),
        ("Thời gian qua, thực hiện Chỉ thị số 12/CT-UBND, các sở đã tích cực.", False),
    ],
)
def test_what_opens_a_preamble(paragraph, is_basis):
    found = read(f"SỞ Y TẾ\nSố: 3/KH-SYT\nKẾ HOẠCH\nTiêm chủng\n{paragraph}\nI. MỤC ĐÍCH")
    assert bool(found.bases) is is_basis


def test_every_word_stands_where_its_span_says():
    letter = letter_of(
        "SỞ Y TẾ\nSố: 3/SYT-NVY\nV/v tiêm chủng\ncho trẻ em\nKính gửi: Sở A; Sở B;\nSở C."
    )
    found = find_letterhead(letter)
    for words in [found.issuer, found.subject, *found.addressees]:
        assert words is not None
        pieces = [letter.text[span.start : span.end] for span in words.spans]
        assert " ".join(piece.strip() for piece in pieces) == words.text


def test_recipients_and_what_they_get_it_for():
    found = read(
        """\
KẾ HOẠCH
Trồng rừng
1. Sở Y tế báo cáo./.
Nơi nhận:
- Thường trực Tỉnh ủy (b/c);
- Các sở, ban, ngành
cấp tỉnh (để thực hiện);
- Lưu: VT, NN.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Hòa"""
    )
    assert found.recipients == (
        Recipient(text="Thường trực Tỉnh ủy", purpose="b/c"),
        Recipient(text="Các sở, ban, ngành cấp tỉnh", purpose="để thực hiện"),
        Recipient(text="Lưu: VT, NN", purpose="lưu"),
    )


@pytest.mark.parametrize(
    ("block", "signatory"),
    [
        (
            "TRƯỞNG BAN\nPHÓ CHỦ TỊCH UBND TỈNH\nY Ngọc",
            Signatory(position="TRƯỞNG BAN", office="PHÓ CHỦ TỊCH UBND TỈNH", name="Y Ngọc"),
        ),
        (
            "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n(đã ký)\nLê Văn Hòa",
            Signatory(
                authority="TL. CHỦ TỊCH KT. CHÁNH VĂN PHÒNG",
                position="PHÓ CHÁNH VĂN PHÒNG",
                name="Lê Văn Hòa",
            ),
        ),
        (
            "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nK'Mák",
            Signatory(authority="T/M BAN THƯỜNG VỤ", position="PHÓ BÍ THƯ"),
        ),
        (
            "TM. BAN CHỈ ĐẠO\nPHÒNG, CHỐNG THIÊN TAI\nTRƯỞNG BAN\nPGS.TS. Lê Văn Hòa",
            Signatory(
                authority="TM. BAN CHỈ ĐẠO PHÒNG, CHỐNG THIÊN TAI",
                position="TRƯỞNG BAN",
                name="PGS.TS. Lê Văn Hòa",
            ),
        ),
    ],
)
def test_signatories(block, signatory):
    assert read(f"KẾ HOẠCH\nTrồng rừng\n1. Báo cáo./.\n{block}").signatories == (signatory,)


def test_bases_end_where_the_issuer_acts():
    letter = letter_of(
        """\
KẾ HOẠCH
Trồng rừng
Căn cứ Luật Lâm nghiệp ngày 15/11/2017;
Thực hiện Quyết định số 12/QĐ-TTg ngày 05/01/2024, Ủy ban nhân dân tỉnh ban hành Kế hoạch:
1. Căn cứ tình hình thực tế, các huyện trồng rừng."""
    )
    assert [letter.text[start:end] for start, end in find_letterhead(letter).bases] == [
        "Căn cứ Luật Lâm nghiệp ngày 15/11/2017;",
        "Thực hiện Quyết định số 12/QĐ-TTg ngày 05/01/2024,",
    ]


def test_urgency_and_secrecy_stand_alone_on_their_lines():
    found = read("ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\nHỎA TỐC\nMẬT\nSố: 3/CĐ-UBND\nCÔNG ĐIỆN\nVề bão")
    assert (found.urgency, found.secrecy) == ("HỎA TỐC", "MẬT")
    assert text_of(found.issuer) == "ỦY BAN NHÂN DÂN TỈNH LÀO CAI"


@given(
    st.lists(
        st.text(max_size=30)
        | st.sampled_from(
            ["Số: 1/KH-UBND", "Kính gửi:", "KẾ HOẠCH", "Nơi nhận:", "CHỦ TỊCH", "V/v", "A Bé",
             "Hà Nội, ngày 99 tháng 99 năm 2024", "TM. ỦY BAN", "- ;", "Căn cứ Luật"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_nothing_raises(lines: list[str]):
    assert isinstance(read("\n".join(lines)), Letterhead)


def test_a_stamp_above_the_letterhead_is_no_superior():
    found = read(
        """\
TRUNG TÂM CÔNG BÁO
trungtam@laocai.gov.vn
09.01.2025 10:21:11
SỞ Y TẾ
Số: 3/KH-SYT
KẾ HOẠCH
Tiêm chủng"""
    )
    assert (text_of(found.issuer), found.superior) == ("SỞ Y TẾ", None)


def test_columns_that_share_a_line_are_parted():
    found = read(
        """\
ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LÀO CAI Độc lập - Tự do - Hạnh phúc
Số: 3/KH-UBND Lào Cai, ngày 02 tháng 5 năm 2024
KẾ HOẠCH
Tiêm chủng
1. Sở Y tế tiêm chủng./.
Nơi nhận: TM. ỦY BAN NHÂN DÂN
- Như trên; CHỦ TỊCH
- Lưu: VT, YT. Lê Văn Hòa"""
    )
    assert text_of(found.issuer) == "ỦY BAN NHÂN DÂN TỈNH LÀO CAI"
    assert (found.place, found.issued) == ("Lào Cai", date(2024, 5, 2))
    assert [recipient.text for recipient in found.recipients] == ["Như trên", "Lưu: VT, YT"]
    assert found.signatories == (
        Signatory(authority="TM. ỦY BAN NHÂN DÂN", position="CHỦ TỊCH", name="Lê Văn Hòa"),
    )


def test_a_signing_block_on_one_line_is_parted():
    found = read("KẾ HOẠCH\nTiêm chủng\n1. Tiêm./.\nKT. BỘ TRƯỞNG THỨ TRƯỞNG (Đã ký) Lê Văn Hòa")
    assert found.signatories == (
        Signatory(authority="KT. BỘ TRƯỞNG", position="THỨ TRƯỞNG", name="Lê Văn Hòa"),
    )


def test_a_seal_over_the_first_letter_leaves_the_deputy():
    head = read(
        "SỞ Y TẾ\nSố: 2/SYT-VP\nKính gửi: Sở Nội vụ\nSở Y tế báo cáo./.\nNơi nhận:\n- Như trên;\n"
        "- Lưu. VT, NV.\nKT. CHỦ TỊCH\nHÓ CHỦ TỊCH\nmTrần Văn Bảy"
    )
    assert head.signatories == (
        Signatory(
            authority="KT. CHỦ TỊCH", position="PHÓ CHỦ TỊCH", name="Trần Văn Bảy", office=None
        ),
    )


def test_a_name_below_the_last_recipient_is_the_signatory():
    head = read(
        "SỞ Y TẾ\nSố: 2/SYT-VP\nKính gửi: Sở Nội vụ\nSở Y tế báo cáo./.\nGIÁM ĐỐC\nNơi nhận:\n"
        "- Như trên;\n-- Sở Nội vụ:\n- Lưu: VT.\nTrần Văn Bảy"
    )
    assert [each.text for each in head.recipients] == ["Như trên", "Sở Nội vụ", "Lưu: VT"]
    assert [(each.position, each.name) for each in head.signatories] == [
        ("GIÁM ĐỐC", "Trần Văn Bảy")
    ]


def test_a_spoilt_day_leaves_place_and_year():
    head = read("SỞ Y TẾ\nSố: 2/SYT-VP\nBắc Giang, ngàổy£ tháng 3 năm 2012\nKính gửi: Sở Nội vụ")
    assert (head.place, head.year, head.issued) == ("Bắc Giang", 2012, None)


def test_a_short_word_left_by_a_wrapped_line_is_a_word():
    head = read("Số: 2/CĐ-TTg\nKính gửi:\n- Bộ trưởng các\nBộ:\nTài chính, Nội vụ;\n- Sở Y\ntế.")
    assert [text_of(each) for each in head.addressees] == [
        "Bộ trưởng Bộ Tài chính",
        "Bộ trưởng Bộ Nội vụ",
        "Sở Y tế",
    ]


def test_two_signatories():
    found = read(
        """\
HƯỚNG DẪN
Về phụ cấp
1. Chi phụ cấp./.
GIÁM ĐỐC SỞ NỘI VỤ
Lê Văn Hòa
GIÁM ĐỐC SỞ TÀI CHÍNH
Trần Thị Mai"""
    )
    assert [(each.position, each.name) for each in found.signatories] == [
        ("GIÁM ĐỐC SỞ NỘI VỤ", "Lê Văn Hòa"),
        ("GIÁM ĐỐC SỞ TÀI CHÍNH", "Trần Thị Mai"),
    ]


def test_a_gazette_states_issuer_number_and_date_below_the_kind():
    found = read(
        """\
CHỈ THỊ
CỦA BỘ Y TẾ SỐ 05/2009/CT-BYT
NGÀY 30 THÁNG 12 NĂM 2009
VỀ TIÊM CHỦNG
1. Các bệnh viện báo cáo."""
    )
    assert text_of(found.issuer) == "BỘ Y TẾ"
    assert found.number.canonical == "05/2009/CT-BYT"
    assert found.issued == date(2009, 12, 30)
    assert text_of(found.subject) == "VỀ TIÊM CHỦNG"


def test_an_annex_that_came_alone_names_its_document():
    found = read(
        "PHỤ LỤC I\nDANH MỤC\n(Kèm theo Quyết định số 12/QĐ-SYT ngày 02/5/2024 của Sở Y tế)"
    )
    assert (found.number.canonical, found.issued) == ("12/QĐ-SYT", date(2024, 5, 2))
    assert (text_of(found.issuer), found.kind.code) == ("Sở Y tế", "QĐ")


def test_the_day_an_assembly_passed_it_dates_a_resolution():
    found = read(
        """\
QUỐC HỘI
Nghị quyết số: 12/2024/QH15
NGHỊ QUYẾT
Về năng lượng
Điều 1. Thông qua.
Nghị quyết này được Quốc hội khóa XV thông qua ngày 29 tháng 6 năm 2024."""
    )
    assert found.issued == date(2024, 6, 29)


@pytest.mark.parametrize(
    ("line", "canonical"),
    [
        ("Số: 12 /TIr-UBND", "12/TTr-UBND"),  # a stroke lost: the title knows better
        ("Số: Ó # /TTr-UBND", "/TTr-UBND"),  # handwriting that no one read
        ("Số: 4‡ /TTr-UBND", "/TTr-UBND"),
    ],
)
def test_numbers_of_scans(line, canonical):
    found = read(
        f"ỦY BAN NHÂN DÂN\n{line}\nTỜ TRÌNH\nVề ngân sách\nKính gửi: Hội đồng nhân dân tỉnh"
    )
    assert found.number.canonical == canonical


def test_a_title_that_a_scan_spoilt_is_told_by_the_number():
    found = read("SỞ Y TẾ\nSố: 12/QĐ-SYT\nQUY! ĐỊNH\nVề việc nâng lương\nCăn cứ Luật Viên chức;")
    assert (found.kind.code, text_of(found.subject)) == ("QĐ", "Về việc nâng lương")


def test_a_number_may_go_on_in_the_next_line():
    found = read("SỞ Y TẾ\nSố: 12\n/QĐ-SYT\nQUYẾT ĐỊNH\nVề việc nâng lương")
    assert (found.number.canonical, found.number.sequence) == ("12/QĐ-SYT", "12")


def test_addressees_without_dashes():
    found = read(
        "Số: 3/SYT-NVY\nKính gửi:\nSở Nội vụ;\nCông an tỉnh.\nĐể phục vụ cuộc họp, mời dự."
    )
    assert [words.text for words in found.addressees] == ["Sở Nội vụ", "Công an tỉnh"]


def test_a_plan_does_not_take_the_number_of_the_directive_it_carries_out():
    head = read(
        "KẾ HOẠCH\nTriển khai thực hiện Chỉ thị số 03/CT-TTg ngày 30/01/2026 của Thủ tướng\n"
        "Căn cứ Chỉ thị số 03/CT-TTg ngày 30/01/2026 của Thủ tướng Chính phủ;\nI. MỤC ĐÍCH\nNêu rõ."
    )
    assert (head.number, head.issued) == (None, None)
