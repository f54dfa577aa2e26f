"""Are lines parted again that a copy from a law portal ran together?"""

from pipeline.parse import parse_bytes
from pipeline.readers.flattened import unflattened

FLAT = """ỦY BAN NHÂN DÂN TỈNH KON TUM -------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ---------------
Số: 12/UBND-NC V/v rà soát thủ tục hành chính
Kon Tum, ngày 05 tháng 4 năm 2019 Kính gửi: Sở Nội vụ Thực hiện Công văn số 9/BNV-CCHC, yêu cầu:
1. Rà soát thủ tục hành chính trước ngày 20/4/2019. 2.
Báo cáo kết quả về UBND tỉnh.
Nơi nhận:
- Như trên;
- Lưu: VT, NC. An Bình
TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Tám
"""


def test_head_and_end_are_parted_and_labels_stand_before_their_words() -> None:
    rows = unflattened(FLAT.splitlines())
    assert rows[:7] == [
        "ỦY BAN NHÂN DÂN TỈNH KON TUM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/UBND-NC",
        "V/v rà soát thủ tục hành chính",
        "Kon Tum, ngày 05 tháng 4 năm 2019",
        "Kính gửi: Sở Nội vụ",
    ]
    assert rows[-4:] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Tám"]
    assert "2. Báo cáo kết quả về UBND tỉnh." in rows


def test_a_title_its_matter_and_who_decides_stand_each_alone() -> None:
    rows = unflattened(
        [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
            "Hà Nội, ngày 11 tháng 4 năm 2025 QUYẾT ĐỊNH VỀ VIỆC BAN HÀNH MÃ BỘ TRƯỞNG BỘ Y TẾ",
        ]
    )
    assert rows[3:] == ["QUYẾT ĐỊNH", "VỀ VIỆC BAN HÀNH MÃ", "BỘ TRƯỞNG BỘ Y TẾ"]


def test_a_letter_that_is_not_flat_stays_as_it_is() -> None:
    rows = ["UBND TỈNH", "Số: 5/KH-UBND V/v thi đua", "Điều 1. Căn cứ khoản 2.", "KT. CHỦ TỊCH PHÓ"]
    assert unflattened(rows) == rows


def test_the_program_of_a_flattened_letter() -> None:
    program = parse_bytes(FLAT.encode(), "cong-van.txt")
    assert program.letter.subject == "rà soát thủ tục hành chính"
    assert [party.text for party in program.letter.addressees] == ["Sở Nội vụ"]
    assert [task.text for task in program.tasks] == [
        "Rà soát thủ tục hành chính trước ngày 20/4/2019.",
        "Báo cáo kết quả về UBND tỉnh.",
    ]
    assert program.letter.signatories[0].name == "Trần Văn Tám"


def test_a_long_run_of_blanks_is_read_at_once() -> None:
    """The cuts tried it from each of its places: a row of 20,000 took minutes."""
    wide = FLAT.replace("TM. ỦY", f"TM. {' ' * 20000}ỦY").replace("Số: 12", f"Số:{' ' * 20000}12")
    assert unflattened(wide.splitlines()) == unflattened(FLAT.splitlines())
