"""Who leads a duty, who helps, who assigned it, who hears the report, who decides?"""

from datetime import date

import pytest

from extractors.layout import plain
from extractors.owners import find_duty_words, find_owners
from extractors.parties import Home
from schemas.letter import Letter, Span
from schemas.party import Owner, Role
from schemas.task import Claim, Duty

HOME = Home("Kon Tum", date(2021, 4, 12), "Ủy ban nhân dân tỉnh Kon Tum", "province")


def duty(text: str = "", *claims: Claim) -> Duty:
    span = Span(0, len(text))
    texts = (span,) if text and not claims else ()
    return Duty("1", "1", None, "directive", None, span, texts, claims)


def of_prose(text: str) -> tuple[Owner, ...]:
    """The owners of a duty told in one sentence."""
    return find_owners(plain(text), duty(text), HOME)


def of_claim(words: str, role: Role | None = None, labelled: bool = True) -> tuple[Owner, ...]:
    """The owners of a labelled clause, a cell or a heading."""
    claim = Claim(Span(0, len(words)), role, None, labelled)
    return find_owners(plain(words), duty(words, claim), HOME)


def told(owners: tuple[Owner, ...]) -> list[tuple[str, str]]:
    return [(owner.role, owner.party.text) for owner in owners]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ và các đơn vị liên quan rà soát biên chế",
            [("lead", "Sở Y tế"), ("support", "Sở Nội vụ"), ("support", "các đơn vị liên quan")],
        ),
        (
            "Sở Tài chính phối hợp Kho bạc Nhà nước tỉnh bố trí kinh phí",
            [("lead", "Sở Tài chính"), ("support", "Kho bạc Nhà nước tỉnh")],
        ),
        (
            "Giao Phòng Tư pháp tổng hợp, báo cáo UBND huyện để báo cáo UBND tỉnh",
            [("lead", "Phòng Tư pháp"), ("report_to", "UBND huyện")],
        ),
        (
            "Giao Văn phòng UBND tỉnh rà soát số liệu để báo cáo Thường trực HĐND tỉnh",
            [("lead", "Văn phòng UBND tỉnh"), ("report_to", "Thường trực HĐND tỉnh")],
        ),
        (
            "Yêu cầu các đơn vị báo cáo Giám đốc Sở bằng văn bản",
            [("lead", "các đơn vị"), ("report_to", "Giám đốc Sở")],
        ),
        (
            "Đề nghị các đơn vị phản hồi về liên ngành để điều chỉnh",
            [("lead", "các đơn vị"), ("report_to", "liên ngành")],
        ),
        (
            "Đề nghị Hội Nông dân tỉnh cùng với Tỉnh đoàn vận động hội viên",
            [("lead", "Hội Nông dân tỉnh"), ("support", "Tỉnh đoàn")],
        ),
        (
            "Yêu cầu Thủ trưởng các sở, ban ngành và Chủ tịch UBND các huyện, thành phố chỉ đạo",
            [
                ("lead", "Thủ trưởng các sở, ban ngành"),
                ("lead", "Chủ tịch UBND các huyện, thành phố"),
            ],
        ),
        (
            "UBND các huyện, thành phố tổng hợp, báo cáo kết quả về Sở Nội vụ trước ngày 20/6",
            [("lead", "UBND các huyện, thành phố"), ("report_to", "Sở Nội vụ")],
        ),
        (
            "Sở Xây dựng thẩm định hồ sơ, trình UBND tỉnh phê duyệt",
            [("lead", "Sở Xây dựng"), ("approver", "UBND tỉnh")],
        ),
        (
            "Sở Công Thương tham mưu UBND tỉnh ban hành kế hoạch",
            [("lead", "Sở Công Thương")],
        ),
        (
            "Thường trực Tỉnh ủy giao Ban Tuyên giáo Tỉnh ủy định hướng tuyên truyền",
            [("assigner", "Thường trực Tỉnh ủy"), ("lead", "Ban Tuyên giáo Tỉnh ủy")],
        ),
        (
            "Giao Sở Xây dựng chủ trì; Sở Công Thương, các địa phương phối hợp kiểm tra",
            [
                ("lead", "Sở Xây dựng"),
                ("support", "Sở Công Thương"),
                ("support", "các địa phương"),
            ],
        ),
        (
            "Sở Y tế gửi kế hoạch về Bộ (qua Cục Quản lý Khám, chữa bệnh) trước ngày 20/6",
            [("lead", "Sở Y tế"), ("report_to", "Bộ")],
        ),
        (
            "Sở Nội vụ tổng hợp, báo cáo cấp có thẩm quyền kết quả rà soát",
            [("lead", "Sở Nội vụ"), ("report_to", "cấp có thẩm quyền")],
        ),
        (
            "Kinh phí do Sở Tài chính chủ trì thẩm định",
            [("lead", "Sở Tài chính")],
        ),
    ],
)
def test_the_words_beside_a_party_tell_its_role(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(of_prose(text)) == expected


def test_the_issuer_is_not_told_again_as_the_one_who_assigns() -> None:
    owners = of_prose("Chủ tịch UBND tỉnh yêu cầu Sở Y tế kiểm tra")
    assert told(owners) == [("lead", "Sở Y tế")]


def test_a_report_that_somebody_else_passes_on_is_not_the_owners() -> None:
    owners = of_prose("Sở Y tế gửi Sở Nội vụ để tổng hợp, báo cáo UBND tỉnh")
    assert told(owners) == [("lead", "Sở Y tế"), ("report_to", "Sở Nội vụ")]


def test_a_party_named_beside_the_duty_owns_nothing() -> None:
    owners = of_prose("Rà soát hồ sơ theo hướng dẫn của Sở Nội vụ và đề nghị của Sở Tài chính")
    assert owners == ()


@pytest.mark.parametrize("words", ["sự phối hợp giữa các cơ quan", "Phối hợp tham mưu Tỉnh ủy"])
def test_working_together_without_a_party_names_no_support(words: str) -> None:
    assert of_prose(words) == ()


def test_working_with_a_party_keeps_the_addressed_party_as_lead() -> None:
    text = "Sở Y tế\nPhối hợp với Công an tỉnh xác minh"
    letter = plain(text)
    heading, own = Span(0, 7), Span(8, len(text))
    claim = Claim(heading, "lead", "2")
    made = Duty("2.a", "a", "2", "owner_first", None, own, (own,), (claim,))
    owners = find_owners(letter, made, HOME)
    assert told(owners) == [("lead", "Sở Y tế"), ("support", "Công an tỉnh")]
    assert [owner.inherited_from for owner in owners] == ["2", None]


def test_a_cell_is_a_list_of_parties() -> None:
    owners = of_claim("Sở Nội vụ; Sở Y tế, UBND các huyện, thành phố", "support")
    assert told(owners) == [
        ("support", "Sở Nội vụ"),
        ("support", "Sở Y tế"),
        ("support", "UBND các huyện, thành phố"),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Các đội xung kích phường, tổ dân phố số 3",
            ["Các đội xung kích phường, tổ dân phố số 3"],
        ),
        ("các hội: Hội Làng nghề, Hội Sinh vật cảnh", ["Hội Làng nghề", "Hội Sinh vật cảnh"]),
        (
            "Các tổ chức tư vấn đã ký hợp đồng và Sở Xây dựng",
            ["Các tổ chức tư vấn đã ký hợp đồng", "Sở Xây dựng"],
        ),
        (
            "Trung tâm Dạy nghề, Giới thiệu việc làm; Tỉnh đoàn phụ trách",
            ["Trung tâm Dạy nghề, Giới thiệu việc làm", "Tỉnh đoàn"],
        ),
        ("Sở Nội vụ (cơ quan thường trực)", ["Sở Nội vụ"]),
        ("các địa phương còn vướng mắc về kinh phí", ["các địa phương"]),
        ("Các xã có lớp học hè cho trẻ tham gia", ["Các xã"]),
        ("các đơn vị đang quản lý nhà văn hóa", ["các đơn vị đang quản lý nhà văn hóa"]),
        (
            "UBND các xã: Đăk Long, Mường Hoong; các đơn vị liên quan",
            ["UBND các xã: Đăk Long, Mường Hoong", "các đơn vị liên quan"],
        ),
        ("Xong trước ngày 20/6", []),
        ("các Ban của\nhội đồng trường", ["các Ban của hội đồng trường"]),
    ],
)
def test_no_word_of_a_list_is_left_over(words: str, expected: list[str]) -> None:
    letter = plain(words)
    claim = Claim(Span(0, len(letter.text)), "lead")
    owners = find_owners(letter, duty(letter.text, claim), HOME)
    assert [owner.party.text for owner in owners] == expected


def test_each_line_of_a_cell_is_read() -> None:
    letter = plain("- Sở Nội vụ\n- Sở Y tế")
    claim = Claim(Span(0, len(letter.text)), "lead", None, True)
    owners = find_owners(letter, duty(letter.text, claim), HOME)
    assert told(owners) == [("lead", "Sở Nội vụ"), ("lead", "Sở Y tế")]


def test_a_name_goes_on_over_the_line_at_its_dash() -> None:
    owners = of_claim("Phòng Tài chính\n- Kế hoạch\nVăn phòng UBND tỉnh", "support")
    assert [owner.party.text for owner in owners] == [
        "Phòng Tài chính - Kế hoạch",
        "Văn phòng UBND tỉnh",
    ]
    listed = of_claim("- Sở Tài chính\n- Sở Y tế", "support")
    assert [owner.party.text for owner in listed] == ["Sở Tài chính", "Sở Y tế"]


def test_a_label_may_hold_a_sentence_with_several_roles() -> None:
    words = "Phân công Phó Trưởng Ban VSTBCPN tỉnh là Giám đốc Sở Nội vụ phối hợp với các đơn vị, \
địa phương có liên quan tham mưu."
    owners = of_claim(words)
    assert told(owners) == [
        ("lead", "Phó Trưởng Ban VSTBCPN tỉnh là Giám đốc Sở Nội vụ"),
        ("support", "các đơn vị, địa phương có liên quan"),
    ]
    lead = owners[0].party
    assert lead.agency is not None
    assert lead.capacity is not None
    assert (lead.position, lead.agency.key) == ("Giám đốc", "so-noi-vu.kon-tum")
    assert lead.capacity.position == "Phó Trưởng Ban"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Sở Nội vụ phối hợp với các đơn vị liên quan tham mưu.", "tham mưu"),
        (
            "Sở Y tế chủ trì, phối hợp với Công an tỉnh triển khai thực hiện.",
            "triển khai thực hiện",
        ),
        ("Sở Tư pháp chủ trì tham mưu triển khai thực hiện", "tham mưu triển khai thực hiện"),
        ("Sở Tài chính chủ trì.", None),
        ("Sở Tài chính", None),
    ],
)
def test_the_duty_is_what_is_asked_beyond_leading(words: str, expected: str | None) -> None:
    claim = Claim(Span(0, len(words)), None, None, True)
    assert find_duty_words(plain(words), duty(words, claim), HOME) == expected


def test_a_quote_holds_the_words_of_the_letter() -> None:
    text = "Giao các Sở: Nội vụ, Y tế rà soát"
    letter: Letter = plain(text)
    owners = find_owners(letter, duty(text), HOME)
    assert [owner.quote.text for owner in owners] == ["Nội vụ", "Y tế"]
    assert all(letter.text[o.quote.start : o.quote.end] == o.party.text for o in owners)


def test_nobody_is_named_twice_in_a_role() -> None:
    text = "Sở Y tế phối hợp với Công an tỉnh kiểm tra; phối hợp với Công an tỉnh xử lý"
    assert told(of_prose(text)) == [("lead", "Sở Y tế"), ("support", "Công an tỉnh")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Phòng HCQT, khoa Khám bệnh", ["Phòng HCQT", "khoa Khám bệnh"]),
        ("Phòng Điều dưỡng ; các khoa lâm sàng", ["Phòng Điều dưỡng", "các khoa lâm sàng"]),
        ("Tổ CNTT, khoa Xét nghiệm, khoa CĐHA", ["Tổ CNTT", "khoa Xét nghiệm", "khoa CĐHA"]),
        ("BS. Lê Văn Tám (Trưởng khoa Nội)", ["BS. Lê Văn Tám (Trưởng khoa Nội)"]),
        ("đ/c Lê Văn Tám - Phó Giám đốc", ["đ/c Lê Văn Tám - Phó Giám đốc"]),
        ("UBND các địa phương ven biển, HTX nông nghiệp Đại Đồng",
         ["UBND các địa phương ven biển", "HTX nông nghiệp Đại Đồng"]),
    ],
)  # fmt: skip
def test_a_labelled_clause_without_a_verb_is_a_list(words: str, expected: list[str]) -> None:
    assert told(of_claim(words)) == [("lead", party) for party in expected]


def test_what_is_handed_in_is_reported() -> None:
    owners = told(of_prose("Các khoa, phòng lập kế hoạch, nộp về Phòng KHTH trước ngày 05/3"))
    assert owners[-1] == ("report_to", "Phòng KHTH")


def test_of_a_list_the_one_that_is_marked_leads() -> None:
    owners = told(of_claim("Đội Cảnh sát (chủ trì); Công an các xã, Đoàn Thanh niên huyện"))
    assert owners == [
        ("lead", "Đội Cảnh sát"),
        ("support", "Công an các xã"),
        ("support", "Đoàn Thanh niên huyện"),
    ]


def test_an_academic_degree_names_a_person() -> None:
    owners = told(of_prose("ThS. Lê Văn Tám - Trưởng khoa Kinh tế chủ trì biên soạn"))
    assert owners == [("lead", "ThS. Lê Văn Tám - Trưởng khoa Kinh tế")]
