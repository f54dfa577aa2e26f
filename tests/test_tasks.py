"""Which clauses, rows and sentences are duties? Small letters in the wording of real ones."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.clauses import find_clauses
from extractors.deadlines import Dateline, find_deadlines
from extractors.layout import lay_out, plain
from extractors.parties import Home
from extractors.tasks import find_tasks
from schemas.letter import Letter, Part, Zone
from schemas.paper import Cell, Line, Table
from schemas.task import Claim, Duty

HOME = Home("Kon Tum", date(2021, 4, 12), "Ủy ban nhân dân tỉnh Kon Tum", "province")


class Found:
    """The duties of a letter, to be asked in words."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        self.duties = find_tasks(letter, find_clauses(letter), HOME)
        self.by_id = {duty.id: duty for duty in self.duties}

    @property
    def texts(self) -> dict[str, str]:
        return {duty.id: self.text(duty) for duty in self.duties}

    def text(self, duty: Duty) -> str:
        return " ".join(self.letter.text[slice(*span)] for span in duty.texts)

    def words(self, claim: Claim) -> str:
        return self.letter.text[slice(*claim.span)]

    def owners(self, name: str) -> list[tuple[str | None, str]]:
        return [(claim.role, self.words(claim)) for claim in self.by_id[name].owners]

    def times(self, name: str) -> list[str]:
        return [self.words(claim) for claim in self.by_id[name].times if claim.labelled]


def found(text: str) -> Found:
    return Found(plain(text))


# Labelled -----------------------------------------------------------------------------------


def test_bullets_with_labels_are_the_clauses_of_their_task() -> None:
    letter = found(
        "Ban ban hành Chương trình với các nhiệm vụ sau:\n"
        "1. Tổ chức tập huấn nghiệp vụ bình đẳng giới.\n"
        "- Thực hiện: Phân công Phó Trưởng Ban là Giám đốc Sở Nội vụ chủ trì.\n"
        "- Thời gian: Hoàn thành trong tháng 4/2021.\n"
        "- Kinh phí: Ngân sách tỉnh.\n- Sản phẩm: Báo cáo kết quả."
    )
    assert letter.texts == {"1": "Tổ chức tập huấn nghiệp vụ bình đẳng giới."}
    duty = letter.by_id["1"]
    assert duty.layout == "labelled"
    assert letter.owners("1") == [(None, "Phân công Phó Trưởng Ban là Giám đốc Sở Nội vụ chủ trì")]
    assert letter.times("1") == ["Hoàn thành trong tháng 4/2021"]
    assert duty.funding
    assert letter.letter.text[slice(*duty.funding)] == "Ngân sách tỉnh"
    assert [letter.letter.text[slice(*one)] for one in duty.products] == ["Báo cáo kết quả"]


def test_labels_name_roles() -> None:
    letter = found(
        "II. NHIỆM VỤ\n1. Xây dựng cơ sở dữ liệu doanh nghiệp.\n"
        "- Đơn vị chủ trì: Sở Tư pháp.\n- Đơn vị phối hợp: các sở, ngành.\n"
        "- Lãnh đạo phụ trách: Phó Giám đốc Sở.\n- Thời gian thực hiện: Quý II/2012."
    )
    assert [role for role, _ in letter.owners("II.1")] == ["lead", "support", "monitor"]


def test_clauses_written_beside_their_duties_belong_to_the_duty_before_them() -> None:
    letter = found(
        "II. NỘI DUNG THỰC HIỆN\n1. Đáp ứng thông tin:\n"
        "- Xây dựng cơ sở dữ liệu văn bản.\nĐơn vị chủ trì: Sở Tư pháp.\nThời gian: Quý I/2012.\n"
        "- Rà soát văn bản của tỉnh.\nĐơn vị chủ trì: Sở Nội vụ.\nThời gian: Quý II/2012.\n"
        "2. Khảo sát nhu cầu doanh nghiệp.\nĐơn vị chủ trì: Sở Công Thương."
    )
    first, second, third = letter.duties
    assert [letter.owners(one.id)[0][1] for one in (first, second, third)] == [
        "Sở Tư pháp", "Sở Nội vụ", "Sở Công Thương",
    ]  # fmt: skip


def test_one_clause_after_several_duties_holds_for_all_and_says_whence() -> None:
    letter = found(
        "II. NHIỆM VỤ\n1. Cài đặt phần mềm\n- Kiểm tra máy chủ của đơn vị.\n"
        "- Cài đặt hệ thống tại máy chủ.\n- Thời gian thực hiện: Ngày 26/12/2011"
    )
    assert [letter.times(duty.id) for duty in letter.duties] == [["Ngày 26/12/2011"]] * 2
    labelled = [claim for duty in letter.duties for claim in duty.times if claim.labelled]
    assert {claim.inherited_from for claim in labelled} == {"II.1"}


def test_clauses_in_one_paragraph_and_in_brackets() -> None:
    letter = found(
        "II. NHIỆM VỤ\n1. Kiểm tra các cơ sở (Đơn vị chủ trì: Sở Y tế; Thời gian: Quý III/2024).\n"
        "2. Tổng kết chương trình. Chủ trì: Sở Nội vụ. Thời gian hoàn thành: tháng 12/2024."
    )
    assert letter.texts == {"II.1": "Kiểm tra các cơ sở", "II.2": "Tổng kết chương trình."}
    assert letter.owners("II.1") == [("lead", "Sở Y tế")]
    assert letter.times("II.2") == ["tháng 12/2024"]


def test_a_course_with_its_own_time_is_a_duty_where_it_begins_with_work() -> None:
    letter = found(
        "II. NỘI DUNG\n1. Đào tạo cán bộ văn thư.\n- Thành phần: Cán bộ văn thư.\n"
        "- Địa điểm: Văn phòng.\n- Thời gian: 8h00 ngày 28/12/2011\n"
        "2. Lễ khai mạc.\n- Thành phần: Lãnh đạo Sở.\n- Địa điểm: Hội trường."
    )
    assert letter.texts == {"II.1": "Đào tạo cán bộ văn thư."}
    assert letter.times("II.1") == ["8h00 ngày 28/12/2011"]


def test_a_numbered_item_with_a_time_of_its_own_is_a_duty() -> None:
    letter = found(
        "Khoa thông báo kế hoạch như sau:\n1. Báo cáo thực tập lớp 12A:\n"
        "- Thời gian nộp: Hạn chót 15/01/2024\n- Điểm = (A + B)/2\n2. Rà soát quy chế làm việc.\n"
        "- Thời gian: trong tháng 6/2024."
    )
    assert list(letter.texts) == ["1", "2"]
    assert letter.times("2") == ["trong tháng 6/2024"]


def test_paragraphs_without_labels_have_the_owners_of_the_sentence_before_them() -> None:
    letter = found(
        "Bộ Công Thương đề nghị Ủy ban nhân dân các tỉnh thực hiện các nội dung sau:\n"
        "Rà soát các chợ hạng 1 trước ngày 30/9/2024.\n"
        "Trường hợp chợ xuống cấp, dừng hoạt động để sửa chữa.\n"
        "Bộ Công Thương giao Vụ Thị trường trong nước tổng hợp kết quả.\n"
        "Trân trọng cảm ơn sự phối hợp của Quý Ủy ban./."
    )
    assert [name for name, _ in letter.texts.items()] == ["body-2", "body-3", "body-4"]
    assert letter.owners("body-2") == [("lead", "Ủy ban nhân dân các tỉnh")]
    assert ("lead", "Vụ Thị trường trong nước") in letter.owners("body-4")


def test_what_a_bracket_says_after_an_owner_may_be_a_time() -> None:
    letter = found(
        "II. NHIỆM VỤ\n1. In sổ tay (chủ trì: Phòng Văn hóa; phối hợp: Đài Truyền thanh; "
        "hoàn thành trong tháng 5/2024)."
    )
    assert letter.times("II.1") == ["hoàn thành trong tháng 5/2024"]
    assert letter.owners("II.1") == [("lead", "Phòng Văn hóa"), ("support", "Đài Truyền thanh")]


def test_leaders_who_are_asked_are_no_verb() -> None:
    letter = found("Nhận được Công văn này, đề nghị lãnh đạo các phòng phổ biến đến nhân viên.")
    assert letter.texts == {"body-1": "phổ biến đến nhân viên."}


def test_a_last_bracket_may_name_owner_and_time() -> None:
    letter = found(
        "II. NHIỆM VỤ\n1. Rà soát cổng dịch vụ công "
        "(Sở Nội vụ chủ trì; hoàn thành trong quý II/2024)."
    )
    assert letter.texts == {"II.1": "Rà soát cổng dịch vụ công"}
    assert letter.owners("II.1") == [(None, "Sở Nội vụ chủ trì")]
    assert letter.times("II.1") == ["hoàn thành trong quý II/2024"]


def test_a_heading_with_its_owner_in_brackets_leads_what_stands_below_it() -> None:
    letter = found(
        "II. NHIỆM VỤ\n1. Công tác kỹ thuật (Phòng Kỹ thuật chủ trì)\n"
        "a) Kiểm tra đường dây trung áp.\n"
        "b) Lắp đặt tụ bù (phối hợp: Phòng Kế hoạch; hoàn thành: 15/6/2024)."
    )
    assert letter.owners("II.1.a") == [(None, "Phòng Kỹ thuật chủ trì")]
    assert letter.owners("II.1.b") == [
        ("support", "Phòng Kế hoạch"), (None, "Phòng Kỹ thuật chủ trì"),
    ]  # fmt: skip
    assert [one.bare for one in letter.by_id["II.1.b"].times if one.labelled] == ["last day"]


def test_a_numbered_duty_without_its_full_stop_heads_nothing() -> None:
    letter = found(
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Tài chính tham mưu UBND tỉnh bố trí kinh phí\n"
        "Nếu có vướng mắc, các đơn vị phản ánh về Công an tỉnh."
    )
    assert letter.owners("III.1") == [("lead", "Sở Tài chính")]
    assert letter.texts["III.1"] == "tham mưu UBND tỉnh bố trí kinh phí"


def test_points_with_commas_after_their_letters() -> None:
    letter = found(
        "II. NHIỆM VỤ\na, Sở Tài chính chủ trì cân đối nguồn vốn.\n"
        "b, Ban Quản lý dự án có trách nhiệm giải ngân đủ kế hoạch vốn."
    )
    assert [(one, letter.owners(one)[0][1]) for one in letter.by_id] == [
        ("II.a", "Sở Tài chính"), ("II.b", "Ban Quản lý dự án"),
    ]  # fmt: skip


def test_a_last_sentence_that_only_names_the_owner_is_no_duty_of_its_own() -> None:
    letter = found(
        "II. NHIỆM VỤ\n1. Xây dựng kế hoạch tập huấn. Giao Sở Nội vụ chủ trì, tham mưu thực hiện.\n"
        "2. Tổng kết chương trình. Giao Sở Y tế báo cáo UBND tỉnh trước ngày 15/12."
    )
    assert letter.texts["II.1"] == "Xây dựng kế hoạch tập huấn."
    assert letter.owners("II.1") == [("lead", "Sở Nội vụ")]
    assert len(letter.duties) == 3


def test_the_content_under_a_title_is_the_duty_and_the_title_its_heading() -> None:
    letter = found(
        "II. NHIỆM VỤ\n1. Công tác tuyên truyền\na) Nội dung: Tuyên truyền về bình đẳng giới.\n"
        "b) Đơn vị chủ trì: Sở Văn hóa và Thể thao.\nc) Thời gian thực hiện: Quý II/2024.\n"
        "III. THỜI GIAN THỰC HIỆN: Từ tháng 3 đến tháng 12/2024."
    )
    assert letter.texts == {"II.1": "Tuyên truyền về bình đẳng giới"}
    assert letter.by_id["II.1"].heading == "Công tác tuyên truyền"
    assert letter.times("II.1") == ["Quý II/2024"]


# Headed by the owner --------------------------------------------------------------------------


def test_the_heading_owns_every_duty_below_it() -> None:
    letter = found(
        "1. Cục Thuế tỉnh\nChủ trì xây dựng Kế hoạch.\nTổ chức tập huấn người nộp thuế.\n"
        "2. UBND các huyện, thị xã, thành phố chịu trách nhiệm:\n- Khẩn trương rà soát hộ nghèo."
    )
    assert list(letter.texts) == ["1-1", "1-2", "2-1"]
    assert letter.owners("1-2") == [("lead", "Cục Thuế tỉnh")]
    assert letter.by_id["1-2"].owners[0].inherited_from == "1"
    assert letter.by_id["2-1"].layout == "owner_first"
    assert letter.owners("2-1") == [("lead", "UBND các huyện, thị xã, thành phố")]


@pytest.mark.parametrize(
    "heading",
    [
        "1. Sở Nội vụ",
        "1. Sở Nội vụ:",
        "1. Sở Nội vụ có trách nhiệm:",
        "1. Giao Sở Nội vụ thực hiện các nội dung sau:",
        "1. Trách nhiệm của Sở Nội vụ",
        "1. Sở Nội vụ (Cơ quan thường trực):",
        "1. Sở Nội vụ theo chức năng, nhiệm vụ được giao:",
    ],
)
def test_ways_to_write_the_owner_as_heading(heading: str) -> None:
    letter = found(
        f"{heading}\na) Rà soát biên chế.\nb) Báo cáo kết quả.\n2. Sở Y tế:\na) Kiểm tra."
    )
    assert letter.owners("1.b") == [("lead", "Sở Nội vụ")]
    assert "1" not in letter.texts


def test_a_heading_with_supports_is_left_to_be_read_whole() -> None:
    letter = found("1. Sở Nội vụ chủ trì, phối hợp với các sở, ngành:\n- Rà soát biên chế.")
    assert letter.owners("1-1") == [(None, "Sở Nội vụ chủ trì, phối hợp với các sở, ngành:")]


def test_the_owner_before_a_colon_on_one_line() -> None:
    letter = found(
        "1. Sở Nông nghiệp (Cơ quan thường trực): Phối hợp Đài Khí tượng theo dõi mưa.\n"
        "2. Sở Tài chính: Trên cơ sở đề xuất của Sở Y tế, bố trí kinh phí."
    )
    assert letter.texts["1"] == "Phối hợp Đài Khí tượng theo dõi mưa."
    assert letter.by_id["1"].layout == "owner_first"
    assert letter.texts["2"].startswith("Trên cơ sở đề xuất")


def test_a_bullet_that_names_its_own_owner_keeps_it() -> None:
    letter = found(
        "1. UBND các huyện, thành phố chịu trách nhiệm:\n- Rà soát hộ nghèo.\n"
        "- UBND huyện Trà Bồng tiếp tục thực hiện Kết luận thanh tra.\n"
    )
    assert letter.owners("1-2") == [("lead", "UBND huyện Trà Bồng")]
    assert letter.texts["1-2"].startswith("tiếp tục thực hiện")


def test_an_unknown_owner_among_owners_is_one_too() -> None:
    letter = found(
        "1. Sở Công Thương\n- Kiểm tra các cơ sở.\n2. Tập đoàn Điện lực Việt Nam\n- Bảo đảm điện.\n"
        "3. Các chủ đập\n- Tổ chức trực ban."
    )
    assert letter.owners("3-1") == [("lead", "Các chủ đập")]


def test_a_duty_over_a_list_of_things_takes_the_list_into_its_words() -> None:
    letter = found(
        "1. Sở Nội vụ\n- Nắm chắc dữ liệu, báo cáo UBND tỉnh, lưu ý các dữ liệu về:\n"
        "+ Tiến độ thực hiện;\n+ Số lao động."
    )
    assert list(letter.texts) == ["1-1"]
    assert letter.texts["1-1"].endswith("Số lao động.")


# Prose ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "lead", "begins"),
    [
        ("Giao Sở Y tế chủ trì, phối hợp với Sở Nội vụ rà soát.", "Sở Y tế", "chủ trì, phối hợp"),
        ("Giao Ban Dân tộc tỉnh tổng hợp, tham mưu UBND tỉnh.", "Ban Dân tộc tỉnh", "tổng hợp"),
        (
            "Đề nghị Ủy ban MTTQ Việt Nam tỉnh vận động nhân dân tham gia.",
            "Ủy ban MTTQ Việt Nam tỉnh",
            "vận động",
        ),
        (
            "Để bảo đảm tiến độ, yêu cầu Thủ trưởng các sở, ban ngành khẩn trương rà soát hồ sơ.",
            "Thủ trưởng các sở, ban ngành",
            "khẩn trương rà soát",
        ),
        (
            "Trên cơ sở báo cáo của Sở Xây dựng, giao Sở Tài chính nghiên cứu, đề xuất UBND tỉnh.",
            "Sở Tài chính",
            "nghiên cứu, đề xuất",
        ),
        (
            "UBND các phường, xã có trách nhiệm chỉ đạo, kiểm tra việc treo cờ.",
            "UBND các phường, xã",
            "chỉ đạo, kiểm tra",
        ),
        (
            "Sở Nội vụ theo chức năng, nhiệm vụ được giao chủ động phối hợp với các địa phương.",
            "Sở Nội vụ",
            "chủ động phối hợp",
        ),
        (
            "Đề nghị các cơ quan Trung ương; các sở, ban, ngành và các hộ gia đình treo cờ.",
            "các cơ quan Trung ương; các sở, ban, ngành và các hộ gia đình",
            "treo cờ",
        ),
        (
            "Yêu cầu Thủ trưởng các cơ quan, đơn vị triển khai thực hiện./.",
            "Thủ trưởng các cơ quan, đơn vị",
            "Yêu cầu Thủ trưởng",
        ),
        (
            "Đề nghị các đơn vị chưa gửi báo cáo khẩn trương hoàn thành, gửi về Sở Tài chính.",
            "các đơn vị chưa gửi báo cáo",
            "khẩn trương hoàn thành",
        ),
        (
            "Các phòng, đơn vị được phân công chuẩn bị nội dung có trách nhiệm gửi hồ sơ về Sở.",
            "Các phòng, đơn vị được phân công chuẩn bị nội dung",
            "gửi hồ sơ",
        ),
        (
            "Kinh phí do ngân sách huyện bảo đảm; Phòng Tài chính chủ trì hướng dẫn lập dự toán.",
            "Phòng Tài chính",
            "chủ trì hướng dẫn",
        ),
        (
            "UBND tỉnh đồng ý chủ trương; Sở Tài chính chủ trì hướng dẫn thủ tục.",
            "Sở Tài chính",
            "chủ trì hướng dẫn",
        ),
        (
            "Yêu cầu các trường học không tổ chức hội họp đông người.",
            "các trường học",
            "không tổ chức",
        ),
        (
            "Đề nghị Đài Truyền thanh huyện phát ít nhất 02 lượt một ngày nội dung tuyên truyền.",
            "Đài Truyền thanh huyện",
            "phát ít nhất",
        ),
        (
            "Các cơ quan quản lý trực tiếp cơ sở giáo dục phối hợp kiểm tra, hướng dẫn các trường.",
            "Các cơ quan quản lý trực tiếp cơ sở giáo dục",
            "phối hợp kiểm tra",
        ),
    ],
)
def test_sentences_that_give_work(sentence: str, lead: str, begins: str) -> None:
    letter = found(sentence)
    (duty,) = letter.duties
    assert letter.text(duty).startswith(begins)
    assert ("lead", lead) in letter.owners(duty.id)


def test_a_topic_before_the_colon_and_a_second_party_after_the_semicolon() -> None:
    letter = found(
        "Chủ tịch UBND tỉnh kết luận như sau:\n"
        "1. Về phòng dịch: Giao Sở Y tế chủ trì rà soát; giao Sở Tài chính bố trí kinh phí.\n"
        "2. Thống nhất chủ trương đầu tư tuyến đường."
    )
    assert letter.texts == {"1": "chủ trì rà soát", "1.2": "bố trí kinh phí."}


def test_the_one_who_asks_is_told_apart_from_the_one_asked() -> None:
    letter = found("Thủ tướng Chính phủ yêu cầu Bộ Nội vụ khẩn trương rà soát, báo cáo kết quả.")
    assert letter.owners("body-1") == [("assigner", "Thủ tướng Chính phủ"), ("lead", "Bộ Nội vụ")]


def test_several_parties_with_their_own_duties_are_several_duties() -> None:
    letter = found(
        "UBND các xã có trách nhiệm kiểm tra địa bàn dân cư; Thủ trưởng các cơ quan, đơn vị chỉ "
        "đạo, kiểm tra đơn vị mình. Giao Sở Văn hóa, Thể thao và Du lịch theo dõi, tổng hợp chung."
    )
    assert [letter.owners(duty.id)[0][1] for duty in letter.duties] == [
        "UBND các xã", "Thủ trưởng các cơ quan, đơn vị", "Sở Văn hóa, Thể thao và Du lịch",
    ]  # fmt: skip


def test_later_sentences_for_the_same_party_are_one_duty() -> None:
    letter = found(
        "Yêu cầu các đơn vị nghiêm túc triển khai thực hiện kế hoạch. Trường hợp vướng mắc, kịp "
        "thời phản ánh về Sở Nội vụ để tổng hợp./."
    )
    (duty,) = letter.duties
    assert letter.text(duty).endswith("để tổng hợp.")


def test_the_opening_sentence_owns_clauses_that_name_nobody() -> None:
    letter = found(
        "Chủ tịch UBND tỉnh yêu cầu các sở, ban ngành thực hiện các nhiệm vụ sau:\n"
        "1. Thực hiện nghiêm túc Nghị quyết về cải thiện môi trường đầu tư.\n"
        "2. Sở Y tế rà soát cơ sở vật chất.\n"
        "Giao Sở Nội vụ theo dõi, đôn đốc việc thực hiện."
    )
    assert letter.owners("1") == [("lead", "các sở, ban ngành")]
    assert letter.by_id["1"].owners[0].inherited_from == "opening-1"
    assert letter.owners("2") == [("lead", "Sở Y tế")]
    assert letter.owners("closing-1") == [("lead", "Sở Nội vụ")]
    assert "opening-1" not in letter.texts


def test_a_sentence_that_asks_and_then_announces_is_a_duty_up_to_there() -> None:
    letter = found(
        "Chủ tịch UBND tỉnh yêu cầu các sở, ban, ngành tiếp tục quán triệt Chỉ thị số 08 và khẩn "
        "trương triển khai các nội dung sau:\n1. Sở Y tế rà soát."
    )
    assert letter.texts["opening-1"] == "tiếp tục quán triệt Chỉ thị số 08"


def test_the_last_article_of_a_decision_is_one_duty() -> None:
    letter = found(
        "Điều 1. Phê duyệt Kế hoạch kèm theo.\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\n"
        "Điều 3. Chánh Văn phòng UBND tỉnh; Giám đốc các Sở: Nội vụ, Tài chính; Chủ tịch UBND các "
        "huyện chịu trách nhiệm thi hành Quyết định này./."
    )
    assert letter.texts == {"Đ3": "chịu trách nhiệm thi hành Quyết định này."}


def test_a_duty_without_a_named_party() -> None:
    letter = found("Đề nghị báo cáo kết quả về Sở Nội vụ trước ngày 15/5/2021.")
    assert letter.texts == {"body-1": "báo cáo kết quả về Sở Nội vụ trước ngày 15/5/2021."}
    assert letter.owners("body-1") == []


def test_whom_the_letter_addresses_is_asked_where_a_sentence_names_nobody() -> None:
    head = ("Kính gửi:", "- Các sở, ban, ngành;", "- UBND các huyện.")
    letter = lay_out(
        [
            Zone(Part.LETTERHEAD, tuple(Line(text=line, starts=True) for line in head)),
            Zone(Part.BODY, (Line(text="Đề nghị báo cáo kết quả trước ngày 15/5.", starts=True),)),
        ]
    )
    found = Found(letter)
    assert found.owners("body-1") == [("lead", "Các sở, ban, ngành"), ("lead", "UBND các huyện")]
    assert found.by_id["body-1"].owners[0].inherited_from == "letter"


def test_a_normative_text_gives_work_only_by_order() -> None:
    head = Zone(Part.LETTERHEAD, (Line(text="THÔNG TƯ", starts=True),))
    lines = (
        "Điều 1. Cơ quan thuế yêu cầu tổ chức, cá nhân bổ sung hồ sơ.",
        "Điều 2. Giao Cục Thuế theo dõi việc thực hiện Thông tư.",
        "Điều 3. Thủ trưởng các đơn vị chịu trách nhiệm thi hành Thông tư này.",
    )
    body = Zone(Part.BODY, tuple(Line(text=line, starts=True) for line in lines))
    assert list(Found(lay_out([head, body])).texts) == ["Đ2", "Đ3"]


# What is no duty ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Thời gian qua, UBND tỉnh đã chỉ đạo Cục Thuế tỉnh phối hợp với các ngân hàng thí điểm.",
        "Nghị quyết của Chính phủ, trong đó giao “UBND tỉnh chủ trì, phối hợp với Bộ Y tế”.",
        "Sở Y tế đã tham mưu UBND tỉnh ban hành kế hoạch.",
        "Các sở, ban, ngành có sự phối hợp với Sở Khoa học và Công nghệ.",
        "Xét đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 5/TTr-SNV ngày 5/5/2024.",
        "Sở Y tế kính đề nghị các đơn vị quan tâm hỗ trợ./.",
        "Nay thông báo để các sở, ngành có liên quan triển khai thực hiện./.",
        "Phó Chủ tịch UBND tỉnh chủ trì cuộc họp nghe báo cáo tiến độ.",
        "Quyết định này có hiệu lực kể từ ngày ký.",
        "UBND tỉnh thống nhất việc giải thể 06 hội.",
        "Khi Sở Nội vụ yêu cầu cung cấp hồ sơ thì hồ sơ được sao thành hai bản.",
        "Giao thông vận tải, giao dịch điện tử phát triển nhanh.",
        "Đầu mối liên hệ: Đồng chí Trần Văn A, chuyên viên, điện thoại: 0900000000.",
    ],
)
def test_sentences_that_only_look_like_duties(text: str) -> None:
    assert not found(text).duties


@pytest.mark.parametrize(
    "heading",
    [
        "MỤC ĐÍCH, YÊU CẦU",
        "Đánh giá chung",
        "Kết quả đạt được",
        "Mục tiêu",
        "NGUYÊN TẮC THỰC HIỆN",
        "Thành phần tham dự",
        "Tồn tại, hạn chế",
    ],
)
def test_sections_without_duties(heading: str) -> None:
    letter = found(
        f"I. {heading}\n1. Nâng cao nhận thức.\n- Các sở tổ chức tuyên truyền.\n2. Rà soát."
    )
    assert not letter.duties


@pytest.mark.parametrize(("kind", "asked"), [("TỜ TRÌNH", 0), ("BÁO CÁO", 0), ("KẾ HOẠCH", 1)])
def test_some_kinds_of_writing_ask_nothing(kind: str, asked: int) -> None:
    letter = lay_out(
        [
            Zone(Part.LETTERHEAD, (Line(text=kind, starts=True),)),
            Zone(Part.BODY, (Line(text="1. Sở Y tế chủ trì rà soát cơ sở.", starts=True),)),
        ]
    )
    assert len(Found(letter).duties) == asked


# Tables ---------------------------------------------------------------------------------------


def table(rows: list[list[str]], before: str = "Kèm theo", part: Part = Part.ANNEX) -> Found:
    """A letter with one table; "<" goes on to the left, "^" above."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text not in ("<", "^"):
                cells.append(_cell(rows, r, c))
    block = Table(rows=len(rows), columns=len(rows[0]), cells=tuple(cells))
    return Found(lay_out([Zone(part, (Line(text=before, starts=True), block), 1)]))


def _cell(rows: list[list[str]], r: int, c: int) -> Cell:
    across = 1
    while c + across < len(rows[r]) and rows[r][c + across] == "<":
        across += 1
    down = 1
    while r + down < len(rows) and rows[r + down][c] == "^":
        down += 1
    lines = tuple(Line(text=text, starts=True) for text in rows[r][c].split("\n") if text)
    return Cell(row=r, column=c, rows=down, columns=across, lines=lines)


HEADER = ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"]


def test_rows_of_an_assignment_table() -> None:
    letter = table(
        [
            HEADER,
            ["I", "Hoàn thiện thể chế", "<", "<", "<"],
            ["1", "Ban hành quy chế", "Sở Nội vụ", "Sở Tư pháp", "Quý II/2025"],
            ["2", "Rà soát văn bản", "Sở Tư pháp", "các sở", "Tháng 6/2025"],
            ["II", "Tuyên truyền", "", "", ""],
            ["1", "Tổ chức hội thi", "Tỉnh đoàn", "-", "Tháng 3/2025"],
        ]
    )
    assert letter.texts == {
        "PL1.I.1": "Ban hành quy chế",
        "PL1.I.2": "Rà soát văn bản",
        "PL1.II.1": "Tổ chức hội thi",
    }
    assert letter.owners("PL1.I.1") == [("lead", "Sở Nội vụ"), ("support", "Sở Tư pháp")]
    assert letter.owners("PL1.II.1") == [("lead", "Tỉnh đoàn")]
    assert letter.times("PL1.I.2") == ["Tháng 6/2025"]
    assert letter.by_id["PL1.I.2"].heading == "Hoàn thiện thể chế"


def test_a_header_of_two_rows_with_merged_cells_and_any_order() -> None:
    letter = table(
        [
            ["TT", "Thời hạn", "Phân công thực hiện", "<", "Công việc", "Sản phẩm"],
            ["^", "^", "Chủ trì", "Phối hợp", "^", "^"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            ["1", "30/6", "Sở Y tế", "Sở Nội vụ", "Rà soát cơ sở", "Báo cáo"],
        ]
    )
    assert letter.texts == {"PL1.1": "Rà soát cơ sở"}
    assert letter.owners("PL1.1") == [("lead", "Sở Y tế"), ("support", "Sở Nội vụ")]
    assert len(letter.by_id["PL1.1"].products) == 1


def test_a_remark_says_when_where_the_row_does_not() -> None:
    letter = table(
        [
            [*HEADER, "Ghi chú"],
            ["1", "Ban hành quy chế", "Sở Nội vụ", "-", "30/4/2025", "Trình trước ngày 15/4/2025"],
            ["2", "Rà soát văn bản", "Sở Tư pháp", "-", "", "Gửi danh mục trước ngày 15/5/2025"],
        ]
    )
    dateline = Dateline(date(2025, 3, 3), None)
    dues = [
        [one.due for one in find_deadlines(letter.letter, duty.times, dateline)]
        for duty in letter.duties
    ]
    assert dues == [[date(2025, 4, 30)], [date(2025, 5, 14)]]


def test_the_header_may_be_repeated() -> None:
    row = ["1", "Ban hành quy chế", "Sở Nội vụ", "các sở", "Quý II"]
    letter = table([HEADER, row, HEADER, ["2", "Rà soát", "Sở Y tế", "các sở", "Quý III"]])
    assert list(letter.texts) == ["PL1.1", "PL1.2"]


def test_empty_cells_have_what_the_row_above_in_the_hierarchy_says() -> None:
    letter = table(
        [
            HEADER,
            ["1", "Hoàn thiện cơ sở dữ liệu", "Sở Nội vụ", "", "Quý II"],
            ["1.1", "Xây dựng phần mềm", "", "Sở Tài chính", ""],
            ["1.2", "Nhập dữ liệu", "Sở Y tế", "", "Quý III"],
        ]
    )
    assert letter.owners("PL1.1.1") == [("lead", "Sở Nội vụ"), ("support", "Sở Tài chính")]
    assert letter.by_id["PL1.1.1"].owners[0].inherited_from == "1"
    assert letter.owners("PL1.1.2") == [("lead", "Sở Y tế")]
    assert letter.times("PL1.1.2") == ["Quý III"]


@pytest.mark.parametrize("ditto", ["nt", "Như trên", '"', "-nt-"])
def test_ditto_marks_have_what_the_row_before_says(ditto: str) -> None:
    letter = table(
        [
            HEADER,
            ["1", "Một", "Sở Nội vụ", "các sở", "Quý I"],
            ["2", "Hai", ditto, "các sở", "Quý I"],
        ]
    )
    assert letter.owners("PL1.2")[0] == ("lead", "Sở Nội vụ")
    assert letter.by_id["PL1.2"].owners[0].inherited_from


def test_merged_owner_cells_own_all_their_rows() -> None:
    letter = table(
        [
            HEADER,
            ["1", "Một việc", "Sở Nội vụ", "các sở", "Quý I"],
            ["2", "Hai việc", "^", "các xã", "Quý I"],
        ]
    )
    assert letter.owners("PL1.2")[0] == ("lead", "Sở Nội vụ")


def test_a_row_that_a_page_parted_is_one_duty() -> None:
    letter = table(
        [
            HEADER,
            ["1", "Xây dựng kế hoạch truyền thông về", "Sở Nội vụ", "các sở", "Quý I"],
            ["", "bình đẳng giới trong trường học", "", "", ""],
            ["2", "Tổng kết", "Sở Nội vụ", "các sở", "Quý IV"],
        ]
    )
    assert letter.texts["PL1.1"].endswith("bình đẳng giới trong trường học")
    assert len(letter.duties) == 2


def test_a_figure_that_could_not_be_read_is_the_missing_one() -> None:
    rows = [["1", "Một", "Sở A", "", "Quý I"], ["", "Hai", "Sở B", "", "Quý I"]]
    letter = table([HEADER, *rows, ["3", "Ba", "Sở C", "", "Quý I"]])
    assert list(letter.texts) == ["PL1.1", "PL1.2", "PL1.3"]


def test_parties_as_group_rows_own_the_rows_below_them() -> None:
    letter = table(
        [
            ["TT", "Nhiệm vụ", "Thời gian hoàn thành"],
            ["1. Văn phòng Sở (2 nhiệm vụ):", "<", "<"],
            ["1", "Tham mưu chỉnh sửa quy chế", "Tháng 6"],
            ["2. Thanh tra Sở:", "<", "<"],
            ["1", "Thực hiện kế hoạch thanh tra", "Tháng 12"],
        ]
    )
    assert [letter.owners(duty.id) for duty in letter.duties] == [
        [("lead", "Văn phòng Sở")], [("lead", "Thanh tra Sở")],
    ]  # fmt: skip


def test_days_in_the_header_give_the_unit_of_bare_figures() -> None:
    letter = table(
        [
            ["TT", "Công việc", "Đơn vị thực hiện", "Số ngày dự kiến"],
            ["1", "Xây dựng kế hoạch", "Sở Y tế", "7"],
        ]
    )
    (claim,) = [one for one in letter.by_id["PL1.1"].times if one.labelled]
    assert claim.bare == "days"


@pytest.mark.parametrize(
    "rows",
    [
        [["TT", "Tên phân hệ", "Cấu hình"], ["1", "Quản lý hồ sơ", "8 CPU"]],
        [
            ["STT", "Họ và tên", "Chức vụ", "Nhiệm vụ"],
            ["1", "Trần Văn A", "Giám đốc", "Trưởng ban"],
        ],
        [
            ["TT", "Nội dung", "Thời gian", "Thực hiện"],
            ["1", "Đón tiếp đại biểu", "8h00 - 8h30", "Ban tổ chức"],
            ["2", "Khai mạc", "8h30", "Lãnh đạo Sở"],
        ],
        [["TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2025"], ["1", "Tỷ lệ hộ nghèo", "%", "2"]],
    ],
)
def test_tables_that_give_no_work(rows: list[list[str]]) -> None:
    assert not table(rows).duties


# Always ---------------------------------------------------------------------------------------

PIECES = (
    "I. NHIỆM VỤ", "1. Sở Nội vụ:", "a) Rà soát biên chế;", "- Thời gian: Quý II", "Giao Sở Y tế",
    "chủ trì, phối hợp với", "Điều 2.", "; ", "(", "“", "trước ngày 15/5/2021", "UBND các huyện",
    "có trách nhiệm", "./.", "2", "+ Tiến độ", "yêu cầu các đơn vị thực hiện các nội dung sau:",
)  # fmt: skip


@given(st.lists(st.sampled_from([*PIECES, "\n"]), max_size=30))
def test_any_mixture_of_lines_has_valid_duties(pieces: list[str]) -> None:
    letter = found(" ".join(pieces).replace(" \n ", "\n"))
    assert len(letter.by_id) == len(letter.duties)
    for duty in letter.duties:
        assert letter.text(duty).strip()
        spans = [*duty.texts, *(claim.span for claim in (*duty.owners, *duty.times))]
        assert all(0 <= span.start < span.end <= len(letter.letter.text) for span in spans)


# Parties and what is asked of them ------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "leads", "begins"),
    [
        ("1. Nhà trường: xây dựng kế hoạch.", "Nhà trường", "xây dựng"),
        ("1. Các thôn: dọn vệ sinh đường làng.", "Các thôn", "dọn vệ sinh"),
        ("1. Các phòng chưa có kế hoạch phải lập ngay kế hoạch.",
         "Các phòng chưa có kế hoạch", "phải lập"),
        ("1. Sở Nội vụ căn cứ chức năng, nhiệm vụ, các văn bản hướng dẫn rà soát biên chế.",
         "Sở Nội vụ", "căn cứ chức năng"),
        ("Riêng Trường Chính trị tỉnh, đề nghị gửi báo cáo trước ngày 15/4.",
         "Trường Chính trị tỉnh", "gửi báo cáo"),
        ("Đối với các trường trung học: tổ chức ôn tập cho học sinh.",
         "các trường trung học", "tổ chức"),
        ("Căn cứ chức năng, nhiệm vụ được giao, các phòng thuộc Sở xây dựng kế hoạch.",
         "các phòng thuộc Sở", "xây dựng"),
        ("1. Sinh viên toàn trường thực hiện nghiêm quy chế thi.",
         "Sinh viên toàn trường", "thực hiện"),
    ],
)  # fmt: skip
def test_whom_a_sentence_asks_and_where_the_duty_begins(
    words: str, leads: str, begins: str
) -> None:
    letter = found(words)
    (duty,) = letter.duties
    assert [letter.words(claim) for claim in duty.owners] == [leads]
    assert letter.text(duty).startswith(begins)


def test_ordinals_in_words_are_labels() -> None:
    letter = found(
        "Ủy ban nhân dân xã yêu cầu các thôn làm tốt một số việc sau:\n"
        "Một là, vận động nhân dân vệ sinh đường làng.\nHai là, kiểm tra kênh mương."
    )
    assert list(letter.texts) == ["1", "2"]
    assert letter.owners("2") == [("lead", "các thôn")]


def test_a_case_in_an_owners_point_asks_nobody_else() -> None:
    letter = found(
        "1. Các chủ đập:\n- Trực ban 24/24 giờ. Đối với hồ có tràn tự do, tổ chức theo dõi, "
        "thông báo đến các huyện, các đơn vị có liên quan chủ động ứng phó."
    )
    assert [duty.id for duty in letter.duties] == ["1-1"]


def test_points_in_one_cell_are_duties_of_their_own() -> None:
    letter = table(
        [
            HEADER,
            ["1", "- Rà soát quy chế.\n- Xây dựng kế hoạch.", "Sở Nội vụ", "", "Quý II/2025"],
            ["2", "Tổ chức hội thi:\n- Bóng đá.\n- Cầu lông.", "Tỉnh đoàn", "", "Tháng 3/2025"],
        ]
    )
    assert list(letter.texts) == ["PL1.1-1", "PL1.1-2", "PL1.2"]
    assert letter.text(letter.by_id["PL1.1-2"]) == "Xây dựng kế hoạch."
    assert letter.times("PL1.1-2") == ["Quý II/2025"]


def test_a_time_may_stand_before_its_duty() -> None:
    letter = found("II. TIẾN ĐỘ\n- Trước ngày 15/4/2021: hoàn thành rà soát hồ sơ.")
    assert letter.texts == {"II-1": "hoàn thành rà soát hồ sơ."}
    assert letter.times("II-1") == ["Trước ngày 15/4/2021"]


def test_points_that_name_owners_before_a_colon_teach_the_others() -> None:
    letter = found(
        "III. PHÂN CÔNG\n- Hiệu trưởng: duyệt kế hoạch.\n- Tổ chuyên môn: lên lịch thao giảng.\n"
        "- Y tế: trực cấp cứu.\n- Bảo vệ: giữ xe, mở cổng trước 6h30."
    )
    assert letter.owners("III-4") == [("lead", "Bảo vệ")]
    assert letter.texts["III-3"] == "trực cấp cứu."


def test_leading_others_is_the_duty_of_a_body_that_does_not_write() -> None:
    letter = found("1. Sở Y tế chỉ đạo các bệnh viện bố trí giường dự phòng.")
    assert letter.owners("1") == [("lead", "Sở Y tế")]


def test_an_owner_alone_in_a_line_heads_the_points_after_it() -> None:
    letter = found(
        "Chủ tịch UBND tỉnh yêu cầu các đơn vị thực hiện:\nSở Tài chính\n"
        "- Thẩm định dự toán, trình UBND tỉnh.\n- Cấp phát kinh phí.\nSở Y tế\n"
        "Chuẩn bị vật tư, hóa chất.\nMột số nội dung khác\nGiao Công an tỉnh bảo đảm an ninh."
    )
    owners = [letter.owners(duty.id)[0][1] for duty in letter.duties]
    assert owners == ["Sở Tài chính", "Sở Tài chính", "Sở Y tế", "Công an tỉnh"]
    assert [duty.layout for duty in letter.duties] == [*["owner_first"] * 3, "directive"]


def test_short_lines_without_an_end_mark_head_the_paragraphs_after_them() -> None:
    letter = found(
        "II. NHIỆM VỤ\nĐẩy mạnh công tác tuyên truyền\n"
        "Tổ chức sinh hoạt chuyên đề.\nNâng cao chất lượng quản lý\n"
        "Triển khai cho học sinh ký cam kết."
    )
    assert list(letter.texts.values()) == [
        "Tổ chức sinh hoạt chuyên đề.",
        "Triển khai cho học sinh ký cam kết.",
    ]


def test_who_does_it_is_told_in_a_sentence_of_its_own() -> None:
    letter = found(
        "I. NHIỆM VỤ\n1. Giải quyết đơn thư tồn đọng. Đ/c Lê Văn Tám - Phó Chủ tịch UBND xã chỉ "
        "đạo; Phòng Kinh tế thực hiện. Xong trong tháng."
    )
    assert letter.texts == {"I.1": "Giải quyết đơn thư tồn đọng."}
    assert letter.owners("I.1") == [("lead", "Phòng Kinh tế")]


def test_a_person_is_given_work_by_name() -> None:
    letter = found("1. Giao đồng chí Lê Văn Tám - Phó Giám đốc trực tiếp làm việc với các bên.")
    assert letter.owners("1") == [("lead", "đồng chí Lê Văn Tám - Phó Giám đốc")]


def test_a_plain_sentence_with_a_day_asks_its_party() -> None:
    letter = found("Các đơn vị thực hiện trước ngày 24/3/2016.")
    assert letter.owners("body-1") == [("lead", "Các đơn vị")]


def test_a_party_may_stand_after_the_second_comma_of_a_circumstance() -> None:
    letter = found(
        "III. TỔ CHỨC THỰC HIỆN\n1. Trong quá trình thực hiện, nếu có khó khăn, các bộ phận báo "
        "cáo Hiệu trưởng.\n2. Chậm nhất đến ngày 30/6/2009, bảo đảm máy trạm được cài đặt, cán bộ "
        "được hướng dẫn."
    )
    assert letter.owners("III.1") == [("lead", "các bộ phận")]
    assert letter.texts.keys() == {"III.1"}


def test_beside_its_content_an_activity_is_only_a_title() -> None:
    letter = table(
        [
            ["Hoạt động", "Nội dung", "Đơn vị phụ trách", "Thời gian"],
            ["Phát tài liệu", "Cấp sổ tay học sinh", "Văn phòng", "Trước ngày 24/8"],
        ]
    )
    assert list(letter.texts.values()) == ["Cấp sổ tay học sinh"]


def test_clauses_under_the_last_of_several_numbered_duties_hold_for_all() -> None:
    letter = found(
        "II. NỘI DUNG\n3. Giải quyết tranh chấp lao động\n3.1. Kiện toàn các hội đồng hòa giải.\n"
        "3.2. Tập huấn cho hòa giải viên.\n- Cơ quan thực hiện: Sở Y tế.\n- Thời gian: Hằng năm.\n"
        "4. Tổ chức đối thoại.\n- Cơ quan thực hiện: Sở Nội vụ.\n- Thời gian: Quý III/2020."
    )
    assert letter.owners("II.3.1") == letter.owners("II.3.2") == [(None, "Sở Y tế")]
    assert letter.by_id["II.3.1"].owners[0].inherited_from == "II.3"
    assert letter.owners("II.4") == [(None, "Sở Nội vụ")]


def test_a_forgotten_full_stop_makes_no_heading_of_a_point() -> None:
    letter = found(
        "Chủ tịch UBND thị xã chỉ thị:\nPhòng Quản lý đô thị:\n- Tăng tần suất thu gom.\n"
        "- Lập phương án lắp đặt thùng rác, xong trong quý III năm 2024\nCông an thị xã\n"
        "Tăng cường tuần tra, xử lý vi phạm."
    )
    owners = [letter.owners(duty.id)[0][1] for duty in letter.duties]
    assert owners == ["Phòng Quản lý đô thị", "Phòng Quản lý đô thị", "Công an thị xã"]


def test_a_numbered_point_of_two_sentences_is_one_duty() -> None:
    letter = found(
        "1. Phòng Nội vụ tổng hợp nhu cầu, hoàn thành trước ngày 18/10/2024. Văn phòng Sở đôn đốc "
        "UBND các huyện gửi số liệu."
    )
    assert letter.owners("1") == [("lead", "Phòng Nội vụ")]
    assert len(letter.duties) == 1


def test_owners_and_times_told_in_sections_of_their_own_hold_for_the_points_before() -> None:
    letter = found(
        "I. CÔNG TÁC TUYÊN TRUYỀN\n1. Nội dung, biện pháp\na) Tổ chức hội nghị quán triệt.\n"
        "b) Lập chuyên trang, chuyên mục.\n2. Cơ quan chủ trì, phối hợp\na) Cơ quan chủ trì\n"
        "- Bộ Quốc phòng.\n- Các bộ, ngành liên quan.\nb) Cơ quan phối hợp\n- Hội Cựu chiến binh.\n"
        "3. Thời gian thực hiện: Tháng 12/2013."
    )
    assert list(letter.texts.values()) == [
        "Tổ chức hội nghị quán triệt.",
        "Lập chuyên trang, chuyên mục.",
    ]
    for duty in letter.duties:
        assert letter.owners(duty.id) == [
            ("lead", "Bộ Quốc phòng"),
            ("lead", "Các bộ, ngành liên quan"),
            ("support", "Hội Cựu chiến binh"),
        ]
        assert letter.times(duty.id) == ["Tháng 12/2013"]


def test_a_party_charged_in_a_line_of_its_own_owns_the_points_after_it() -> None:
    letter = found(
        "Bộ trưởng đồng ý mở rộng thí điểm.\nGiám đốc Sở Nội vụ có trách nhiệm:\n"
        "- Phối hợp với Bưu điện hoàn thiện Đề án.\n- Tăng cường kiểm tra, hướng dẫn."
    )
    assert [letter.owners(duty.id) for duty in letter.duties] == [
        [("lead", "Giám đốc Sở Nội vụ")]
    ] * 2


# What a heading says of the duties under it ---------------------------------------------------


def heading_times(letter: Found) -> dict[str, list[str]]:
    return {
        duty.id: [letter.words(one) for one in duty.times if one.rule == "heading"]
        for duty in letter.duties
    }


def test_a_circumstance_may_stand_before_the_owner_of_a_heading() -> None:
    letter = found(
        "II. NHIỆM VỤ\n1. Trước ngày 15/12/2025, Sở Nội vụ có trách nhiệm:\n"
        "a) Rà soát hồ sơ.\nb) Tổng hợp số liệu."
    )
    assert letter.owners("II.1.a") == letter.owners("II.1.b") == [("lead", "Sở Nội vụ")]
    assert all("Trước ngày 15/12/2025" in times[0] for times in heading_times(letter).values())


def test_a_heading_that_only_says_when_is_the_time_of_what_stands_under_it() -> None:
    letter = found(
        "III. NHIỆM VỤ CỤ THỂ\n1. Tháng 7/2024\n- Phòng Giáo dục tổ chức kỳ thi.\n"
        "2. Tháng 8/2024\n- Phòng Văn hóa tổ chức lễ hội."
    )
    assert list(heading_times(letter).values()) == [["Tháng 7/2024"], ["Tháng 8/2024"]]


@pytest.mark.parametrize(
    "heading",
    [
        "Giao Sở Nội vụ hoàn thành trước ngày 20/7/2023 các nội dung sau:",
        "Sở Tài chính - hoàn thành trước ngày 20/7/2023:",
        "UBND các xã, phường (hoàn thành trước ngày 20/7/2023):",
    ],
)
def test_an_owner_with_a_time_heads_duties_and_is_none(heading: str) -> None:
    letter = found(f"II. NHIỆM VỤ\n1. {heading}\n- Rà soát hồ sơ.\n- Tổng hợp số liệu.")
    assert list(letter.texts.values()) == ["Rà soát hồ sơ.", "Tổng hợp số liệu."]
    assert all("20/7/2023" in times[0] for times in heading_times(letter).values())


def test_the_period_of_a_title_and_a_purpose_are_no_times() -> None:
    letter = found(
        "I. NHIỆM VỤ TRỌNG TÂM NĂM 2024\n1. Sở Y tế rà soát hồ sơ.\nII. NHIỆM VỤ KHÁC\n"
        "Để xong mặt bằng trong năm 2024, yêu cầu các đơn vị thực hiện các nhiệm vụ sau:\n"
        "Sở Tài chính\n- Thẩm định giá đất."
    )
    assert "2024" not in str(heading_times(letter))


def test_points_counted_on_under_the_next_heading_keep_their_numbers() -> None:
    letter = found(
        "I. QUÝ I\n1. Sở Y tế rà soát.\n2. Sở Y tế tổng hợp.\nII. QUÝ II\n3. Sở Y tế báo cáo."
    )
    assert list(letter.texts) == ["I.1", "I.2", "II.3"]


# Brackets, reports, regulations ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "owners", "times"),
    [
        ("Ban hành Kế hoạch kiểm tra năm 2025 (Ban Kiểm tra).", ["Ban Kiểm tra"], []),
        ("Thăm hội viên dịp Tết (Ban Kinh tế; xong trước ngày 22/01/2025).",
         ["Ban Kinh tế"], ["xong trước ngày 22/01/2025"]),
        ("Cập nhật tin, bài (Văn phòng; hằng tuần).", ["Văn phòng"], ["hằng tuần"]),
        ("Lắp đặt trạm thu gom (Phòng Kinh tế chủ trì; giai đoạn 2026 - 2028).",
         ["Phòng Kinh tế chủ trì"], ["giai đoạn 2026 - 2028"]),
        ("Gửi báo cáo về cơ quan thường trực (Sở Y tế).", [], []),
    ],
)  # fmt: skip
def test_whose_and_when_in_a_last_bracket(words: str, owners: list[str], times: list[str]) -> None:
    letter = found(f"II. NHIỆM VỤ\n1. {words}")
    (duty,) = letter.duties
    assert [letter.words(one) for one in duty.owners if one.labelled] == owners
    assert letter.times(duty.id) == times


def test_a_report_holds_duties_in_what_is_to_come_only() -> None:
    lines = (
        "I. KẾT QUẢ THÁNG 8",
        "1. Phòng Tin học cài đặt ứng dụng.",
        "II. NHIỆM VỤ THÁNG 9",
        "1. Phòng Tin học cài đặt ứng dụng.",
        "2. Giữ vững tỷ lệ nợ quá hạn.",
    )
    head = Zone(Part.LETTERHEAD, (Line(text="BÁO CÁO", starts=True),))
    body = Zone(Part.BODY, tuple(Line(text=line, starts=True) for line in lines))
    assert list(Found(lay_out((head, body))).texts) == ["II.1"]


def test_the_final_provisions_of_a_regulation_ask() -> None:
    lines = (
        "QUY CHẾ",
        "Chương I. QUY ĐỊNH CHUNG",
        "Điều 1. Bộ phận tiếp nhận xem xét hồ sơ.",
        "Chương II. ĐIỀU KHOẢN THI HÀNH",
        "Điều 2. Bộ trưởng Bộ Nội vụ chủ trì theo dõi, kiểm tra việc thực hiện Quy chế này.",
    )
    zone = Zone(Part.ANNEX, tuple(Line(text=line, starts=True) for line in lines), annex=1)
    (duty,) = Found(lay_out((zone,))).duties
    assert duty.id.endswith("Đ2")


def test_what_is_asked_in_the_last_section_of_requirements() -> None:
    letter = found(
        "I. YÊU CẦU\n- Các đơn vị tổ chức tiết kiệm.\nII. NHIỆM VỤ\n1. Sở Y tế rà soát.\n"
        "III. YÊU CẦU\n1. Giao Phòng Tổ chức theo dõi việc thực hiện."
    )
    assert list(letter.texts) == ["II.1", "III.1"]


def test_a_case_that_parties_ask_is_no_work_given() -> None:
    letter = found(
        "II. TỔ CHỨC THỰC HIỆN\n1. Bộ Công an có trách nhiệm:\n"
        "a) Trường hợp các bộ, cơ quan ngang bộ đề nghị cung cấp thông tin, xem xét, trả lời."
    )
    assert letter.owners("II.1.a") == [("lead", "Bộ Công an")]


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("Mỗi Thẩm phán tổ chức 02 phiên tòa.", "Mỗi Thẩm phán"),
        ("Bí thư chi bộ thông báo lịch học đến từng hộ.", "Bí thư chi bộ"),
        ("Phòng 7 rà soát hồ sơ.", "Phòng 7"),
        ("Phòng Kinh doanh thông tin đến khách hàng.", "Phòng Kinh doanh"),
        ("Các cấp công đoàn phản ánh về huyện.", "Các cấp công đoàn"),
        ("Mỗi đơn vị đảm nhận ít nhất 01 công trình.", "Mỗi đơn vị"),
        ("Trưởng các phòng: Đào tạo, Khảo thí - Bảo đảm chất lượng rà soát hồ sơ.",
         "Trưởng các phòng: Đào tạo, Khảo thí - Bảo đảm chất lượng"),
    ],
)  # fmt: skip
def test_where_the_name_of_a_party_ends(words: str, party: str) -> None:
    letter = found(f"II. NHIỆM VỤ\n1. {words}")
    assert letter.owners("II.1") == [("lead", party)]


def test_parts_of_a_bracket_have_roles_of_their_own() -> None:
    letter = found(
        "II. NHIỆM VỤ\n1. Tổ chức Lễ phát động "
        "(Phòng Giáo dục chủ trì; Huyện đoàn, Hội Khuyến học phối hợp; hết ngày 20/10)."
    )
    assert letter.owners("II.1") == [
        (None, "Phòng Giáo dục chủ trì"),
        ("support", "Huyện đoàn, Hội Khuyến học phối hợp"),
    ]
    assert letter.times("II.1") == ["hết ngày 20/10"]


def test_where_no_column_is_named_for_duties_they_are_what_is_longest() -> None:
    letter = table(
        [
            ["STT", "Mô hình", "Cơ quan chủ trì", "Thời gian hoàn thành"],
            [
                "1",
                "Chợ dân sinh không túi ni lông tại chợ trung tâm",
                "UBND huyện A",
                "Tháng 9/2024",
            ],
            ["2", "Thu gom ngư cụ, phao xốp thải bỏ", "UBND huyện B", "Quý IV/2024"],
        ]
    )
    assert list(letter.texts.values()) == [
        "Chợ dân sinh không túi ni lông tại chợ trung tâm",
        "Thu gom ngư cụ, phao xốp thải bỏ",
    ]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("UBND các xã căn cứ Kế hoạch này xây dựng kế hoạch, gửi Sở Y tế.",
         "xây dựng kế hoạch, gửi Sở Y tế."),
        ("Số hóa kết quả giải quyết thủ tục hành chính.",
         "Số hóa kết quả giải quyết thủ tục hành chính."),
    ],
)  # fmt: skip
def test_where_a_duty_begins(words: str, text: str) -> None:
    assert list(found(f"II. TỔ CHỨC THỰC HIỆN\n1. {words}").texts.values()) == [text]


def test_whom_to_ask_is_no_duty() -> None:
    letter = found(
        "Trong quá trình thực hiện, nếu có vướng mắc, đề nghị liên hệ Phòng Cải cách hành chính "
        "(đồng chí Phạm Thị A, số điện thoại: 0277.385.144) để được hướng dẫn."
    )
    assert not letter.duties


def test_a_body_of_the_party_leads_those_whom_its_points_name() -> None:
    letter = found(
        "III- TỔ CHỨC THỰC HIỆN\n1- Ban Cán sự đảng UBND huyện\n"
        "- Lãnh đạo UBND huyện cụ thể hóa các nhiệm vụ của Kế hoạch."
    )
    (duty,) = letter.duties
    assert letter.owners(duty.id) == [("lead", "Ban Cán sự đảng UBND huyện")]
    assert letter.text(duty).startswith("Lãnh đạo UBND huyện")


def test_work_announced_is_looked_for_in_the_paragraphs_after_it() -> None:
    letter = found(
        "Xét đề nghị của Bộ Tài chính, Phó Thủ tướng có ý kiến như sau:\n"
        "Bộ Tài chính hướng dẫn việc khấu trừ, hoàn thuế theo quy định.\n"
        "Văn phòng Chính phủ thông báo để các cơ quan biết, thực hiện./."
    )
    (duty,) = letter.duties
    assert letter.owners(duty.id) == [("lead", "Bộ Tài chính")]
