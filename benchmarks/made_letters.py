"""What does a made-up letter say? Many layouts, every letter with its own number and words.

The wording is that of administrative letters; no real letter is in it.
"""

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

LINE = 88
"""Characters of a line of print, and lines of a page: 13 points on A4."""
LINES = 42
PROVINCES = ("Kon Tum", "An Giang", "Lào Cai", "Bình Định", "Nghệ An", "Quảng Trị", "Cà Mau")
BODIES = (
    "Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Tư pháp", "Sở Xây dựng",
    "Sở Kế hoạch và Đầu tư", "Sở Thông tin và Truyền thông", "Công an tỉnh", "Thanh tra tỉnh",
    "Văn phòng Ủy ban nhân dân tỉnh", "Ban Quản lý Khu kinh tế tỉnh", "Bảo hiểm xã hội tỉnh",
)  # fmt: skip
GROUPS = (
    "các sở, ban, ngành", "Ủy ban nhân dân các huyện, thành phố", "các đơn vị có liên quan",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "Tỉnh đoàn", "Hội Liên hiệp Phụ nữ tỉnh",
)  # fmt: skip
VERBS = (
    "Tham mưu ban hành", "Rà soát, sửa đổi, bổ sung", "Tổ chức tuyên truyền, phổ biến",
    "Kiểm tra, đánh giá việc thực hiện", "Xây dựng và triển khai", "Tổ chức tập huấn về",
    "Hướng dẫn các đơn vị thực hiện", "Tổng hợp, báo cáo kết quả thực hiện",
)  # fmt: skip
MATTERS = (
    "cải cách hành chính trên địa bàn tỉnh", "chuyển đổi số trong các cơ quan nhà nước",
    "công tác phòng, chống dịch bệnh mùa mưa lũ", "kế hoạch đầu tư công trung hạn",
    "chính sách hỗ trợ người có công với cách mạng", "công tác bình đẳng giới và trẻ em",
    "quy hoạch sử dụng đất giai đoạn tới", "bảo đảm trật tự, an toàn giao thông dịp lễ",
    "phong trào toàn dân đoàn kết xây dựng đời sống văn hóa", "chương trình nông thôn mới",
)  # fmt: skip
ENDS = (
    "bảo đảm đúng tiến độ, chất lượng và hiệu quả theo quy định hiện hành",
    "gắn với trách nhiệm của người đứng đầu cơ quan, đơn vị, địa phương",
    "kịp thời tháo gỡ khó khăn, vướng mắc phát sinh trong quá trình thực hiện",
    "lồng ghép với các chương trình, đề án, dự án đang triển khai",
)
LAWS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
    "Thực hiện Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ;",
)
SIGNERS = ("Nguyễn Văn An", "Trần Thị Bích", "Lê Quang Minh", "Phạm Thu Hà", "Y Ngọc")


class Table(NamedTuple):
    """A ruled table; its first row is the header."""

    rows: tuple[tuple[str, ...], ...]


Block = str | Table


class Letter(NamedTuple):
    """A letter before it has a format."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]


def letter(number: int, dice: random.Random, pages: int) -> Letter:
    """A letter of about that many pages in one of the layouts."""
    province, year = dice.choice(PROVINCES), dice.randint(2018, 2024)
    kind, code, layout = dice.choice(LAYOUTS)
    day, month = dice.randint(1, 28), dice.randint(1, 12)
    room = pages * LINES - 30
    blocks: list[Block] = list(LAWS[: dice.randint(1, len(LAWS))])
    blocks.append(f"Ủy ban nhân dân tỉnh ban hành {kind.lower()} như sau:")
    for block in layout(dice, year):
        room -= _lines(block)
        if room < 0:
            break
        blocks.append(block)
    return Letter(
        ("ỦY BAN NHÂN DÂN", f"TỈNH {province.upper()}", "-------", f"Số: {number}/{code}-UBND"),
        (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
            "---------------", f"{province}, ngày {day:02} tháng {month:02} năm {year}",
        ),
        (kind.upper(), f"Về {dice.choice(MATTERS)} năm {year}"),
        tuple(blocks),
        ("Nơi nhận:", "- Như trên;", "- Lưu: VT, TH."),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", dice.choice(SIGNERS)),
    )  # fmt: skip


def _lines(block: Block) -> int:
    if isinstance(block, str):
        return len(block) // LINE + 1
    return sum(max(len(cell) for cell in row) // 20 + 1 for row in block.rows)


def _duty(dice: random.Random) -> str:
    return f"{dice.choice(VERBS)} {dice.choice(MATTERS)}, {dice.choice(ENDS)}"


def _day(dice: random.Random, year: int) -> str:
    return f"{dice.randint(1, 28)}/{dice.randint(1, 12)}/{year}"


def _labelled(dice: random.Random, year: int) -> Iterator[Block]:
    for section in range(1, 40):
        yield f"{_roman(section)}. {dice.choice(MATTERS).upper()}"
        for at in range(1, dice.randint(3, 8)):
            yield f"{at}. {_duty(dice)}."
            yield f"- Cơ quan chủ trì: {dice.choice(BODIES)}."
            yield f"- Cơ quan phối hợp: {dice.choice(GROUPS)}; {dice.choice(BODIES)}."
            yield f"- Thời gian hoàn thành: Trước ngày {_day(dice, year)}."


def _owner_first(dice: random.Random, year: int) -> Iterator[Block]:
    yield "TỔ CHỨC THỰC HIỆN"
    for at in range(1, 200):
        yield f"{at}. {dice.choice(BODIES)}"
        for mark in "abcd"[: dice.randint(1, 4)]:
            yield f"{mark}) {_duty(dice)}; hoàn thành trong tháng {dice.randint(1, 12)}/{year}."


def _directive(dice: random.Random, year: int) -> Iterator[Block]:
    for at in range(1, 200):
        yield (
            f"{at}. Giao {dice.choice(BODIES)} chủ trì, phối hợp với {dice.choice(GROUPS)}"
            f" {_duty(dice).lower()}, báo cáo Ủy ban nhân dân tỉnh trước ngày {_day(dice, year)}."
        )
        yield f"Yêu cầu {dice.choice(BODIES)} {_duty(dice).lower()}; {dice.choice(ENDS)}."


def _table(dice: random.Random, year: int) -> Iterator[Block]:
    head = ("STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
    for section in range(1, 60):
        yield f"{_roman(section)}. {dice.choice(MATTERS).upper()}"
        rows = [
            (str(at), _duty(dice), dice.choice(BODIES), dice.choice(GROUPS), f"Quý I/{year}")
            for at in range(1, dice.randint(4, 9))
        ]
        yield Table((head, *rows))


def _articles(dice: random.Random, year: int) -> Iterator[Block]:
    for at in range(1, 200):
        yield f"Điều {at}. {dice.choice(MATTERS).capitalize()}"
        for clause in range(1, dice.randint(2, 5)):
            yield (
                f"{clause}. {dice.choice(BODIES)} có trách nhiệm {_duty(dice).lower()}"
                f" theo khoản {clause} Điều {at} Nghị định số {at + 40}/{year - 2}/NĐ-CP, định kỳ"
                " hằng quý báo cáo Ủy ban nhân dân tỉnh."
            )


def _roman(number: int) -> str:
    tens, units = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[units]


LAYOUTS: tuple[tuple[str, str, Callable[[random.Random, int], Iterator[Block]]], ...] = (
    ("Kế hoạch", "KH", _labelled),
    ("Chương trình", "CTr", _labelled),
    ("Kế hoạch", "KH", _owner_first),
    ("Chỉ thị", "CT", _directive),
    ("Thông báo", "TB", _directive),
    ("Kế hoạch", "KH", _table),
    ("Quyết định", "QĐ", _articles),
)
