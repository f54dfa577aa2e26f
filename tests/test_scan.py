"""Scans and photos: what the engines see, how they agree, and where each line belongs."""

import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from benchmarks.make_scans import DAMAGES, scans
from pipeline.errors import MissingExtra, TooLarge, Unreadable
from pipeline.ocr import prepare, tesseract, urgent
from pipeline.ocr.arrange import arrange
from pipeline.ocr.columns import parted
from pipeline.ocr.furniture import (
    in_margin,
    is_arrival_stamp,
    is_noise,
    is_page_number,
    is_signature_stamp,
)
from pipeline.ocr.grid import find_grids, split_at_walls
from pipeline.ocr.ink import Reading, Word
from pipeline.ocr.labels import repaired
from pipeline.ocr.marks import Mark, call_at, is_power
from pipeline.ocr.notes import with_note_marks
from pipeline.ocr.rulings import Rulings, find_rulings, without_rulings
from pipeline.ocr.strips import Strip
from pipeline.ocr.vote import agreed
from pipeline.parse import parse
from pipeline.readers.limits import Limits
from pipeline.readers.scan import ocr_page, read_scan
from schemas.paper import Line, Page, Table

LETTER = Path(__file__).parent.parent / "samples" / "tune" / "kon-tum-2021" / "letter.pdf"
DPI = 200


@cache
def scanned(page: int, damage: str) -> Image.Image:
    """One page of a letter as a scan."""
    images = list(scans(LETTER, DPI, DAMAGES[damage], seed=3))
    return Image.fromarray(images[page - 1])


def read(image: Image.Image) -> Page:
    return ocr_page(image, 1, image.width * 72 / DPI, image.height * 72 / DPI)


def lines(page: Page) -> list[Line]:
    return [block for block in page.blocks if isinstance(block, Line)]


def as_tiff(images: Iterable[Image.Image]) -> bytes:
    first, *rest = images
    buffer = io.BytesIO()
    first.save(buffer, "TIFF", save_all=True, append_images=rest, dpi=(DPI, DPI))
    return buffer.getvalue()


def errors(read: str, truth: str) -> float:
    """Characters to change, add or drop, for each character of the truth (Levenshtein)."""
    row = list(range(len(truth) + 1))
    for index, one in enumerate(read, 1):
        above, row[0] = row[0], index
        for at, other in enumerate(truth, 1):
            above, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, above + (one != other))
    return row[-1] / len(truth)


# --- The whole way --------------------------------------------------------------------------------


def test_a_scanned_letter_gives_the_program_of_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "letter.tiff"
    path.write_bytes(as_tiff(scanned(page, "clean") for page in range(1, 6)))
    scan, letter = parse(path), parse(LETTER)

    assert [task.id for task in scan.tasks] == [task.id for task in letter.tasks]
    for mine, theirs in zip(scan.tasks, letter.tasks, strict=True):
        assert [d.due for d in mine.deadlines] == [d.due for d in theirs.deadlines], mine.id
        assert mine.footnotes == theirs.footnotes, mine.id
        keys = [(o.role, o.party.agency and o.party.agency.key) for o in mine.owners]
        assert keys == [(o.role, o.party.agency and o.party.agency.key) for o in theirs.owners]
        assert errors(mine.text, theirs.text) < 0.01, mine.id
    assert [note.mark for note in scan.footnotes] == [note.mark for note in letter.footnotes]
    assert scan.letter.number is not None
    assert scan.letter.number.canonical == "1170/CTr-BVSTBPN"
    assert scan.letter.issued == letter.letter.issued
    assert scan.source.origin == "ocr"


def test_a_dirty_page_keeps_its_columns_calls_and_notes() -> None:
    page = read(scanned(1, "noisy"))
    found = lines(page)
    left = [line.text for line in found if line.column == "left"]
    right = [line.text for line in found if line.column == "right"]
    assert left[0] == "BAN VÌ SỰ TIẾN BỘ"
    assert any("1170" in text for text in left)
    assert right[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert [call.mark for line in found for call in line.calls] == ["1", "2", "3"]
    assert [line.mark for line in found if line.role == "note" and line.mark] == ["1", "2", "3"]
    called = next(line for line in found if line.calls)
    assert called.text[: called.calls[0].at].endswith("phụ nữ")


def test_without_tesseract_the_wheel_reads_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "is_available", lambda: False)
    page = read(scanned(2, "clean"))
    text = " ".join(line.text for line in lines(page))
    assert "Thời gian: Hoàn thành trước ngày 15 tháng 5 năm 2021" in text
    assert page.confidence is not None
    assert page.confidence > 0.9


def test_a_page_on_its_side_is_stood_upright() -> None:
    upright = scanned(1, "clean")
    page = read(upright.rotate(90, expand=True))
    assert (page.width or 0) < (page.height or 0)
    assert any("CHƯƠNG TRÌNH" in line.text for line in lines(page))


def test_an_empty_page_is_a_page_without_lines() -> None:
    page = read(Image.new("RGB", (1654, 2339), "white"))
    assert page.blocks == ()
    assert page.confidence is None


def test_boxes_lie_on_the_ink_of_a_skewed_page() -> None:
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    for row in range(12):
        draw.rectangle((200, 300 + 60 * row, 1400, 320 + 60 * row), fill=0)
    sheet = prepare.prepare(image.rotate(-2, fillcolor=255), DPI)
    assert sheet.skew == pytest.approx(2, abs=0.15)
    first_row = np.flatnonzero(sheet.ink[:, sheet.ink.shape[1] // 2])[0]
    x = sheet.ink.shape[1] // 2
    _, top, _, _ = sheet.place((x - 5, int(first_row), x + 5, int(first_row) + 10))
    ink = np.flatnonzero(np.asarray(image.rotate(-2, fillcolor=255))[:, 827] < 128)[0]
    assert top == pytest.approx(ink * 72 / DPI, abs=1.5)


def test_stamps_of_urgency_are_kept_though_red(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = [(100, 100, 300, 140), (100, 200, 300, 240)]
    texts = [reading("| HOẢ TỐC |"), reading("ỦY BAN NHÂN DÂN")]
    monkeypatch.setattr(urgent.trueocr, "find_lines", lambda grey: boxes)
    monkeypatch.setattr(urgent.trueocr, "recognise", lambda grey, boxes: texts)
    red = np.full((300, 400, 3), 255, np.uint8)
    assert urgent.find_stamps(red) == []
    red[100:240, 100:300] = (210, 30, 40)
    assert [box for box, _ in urgent.find_stamps(red)] == boxes[:1]


# --- What the door refuses ------------------------------------------------------------------------


def test_a_cut_image_is_refused_with_its_reason() -> None:
    with pytest.raises(Unreadable, match="Ảnh quét bị hỏng"):
        read_scan(as_tiff([scanned(1, "clean")])[:20_000], Limits())


def test_more_pages_than_the_limit_are_refused() -> None:
    blank = Image.new("L", (100, 140), 255)
    with pytest.raises(TooLarge, match="3 trang"):
        read_scan(as_tiff([blank] * 3), Limits(pages=2))


def test_without_an_engine_the_message_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.readers.scan.find_spec", lambda name: None)
    with pytest.raises(MissingExtra) as caught:
        read(Image.new("L", (100, 140), 255))
    assert "-e '.[ocr]'" in caught.value.advice


# --- Two engines, one line ------------------------------------------------------------------------


def reading(text: str, confidence: float = 0.95) -> Reading:
    words = text.split()
    return Reading(
        tuple(Word(w, (20 * i, 0, 20 * i + 18, 20), confidence) for i, w in enumerate(words))
    )


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("tô chức triển khai", "tổ chức triên khai", "tổ chức triển khai"),
        ("thuộc thấm quyền quản lý", "thuộc thẩm quyển quản lý", "thuộc thẩm quyền quản lý"),
        ("sự bình đằng giới", "sự bình đẫng giới", "sự bình đẳng giới"),
        ("khoản 1 Điều.9 Luật", "khoản 1 Điều 9 Luật", "khoản 1 Điều 9 Luật"),
        ("ngày 30/ 12/2020 của", "ngày 30/12/2020 của", "ngày 30/12/2020 của"),
        ("Sở Y tế chủ. trì việc này", "Sở Y tế chủ trì việc này", "Sở Y tế chủ trì việc này"),
        ("hợp. Sở Y tế", "hợp Sở Y tế", "hợp. Sở Y tế"),
        ("giảm 35% số vụ", "giảm 356 số vụ", "giảm 35% số vụ"),
        ("được giao tại văn bản", "", "được giao tại văn bản"),
    ],
)
def test_where_engines_differ_the_language_decides(first: str, second: str, together: str) -> None:
    assert agreed(reading(first), reading(second)).text == together


def test_figures_read_differently_are_doubtful() -> None:
    one = agreed(reading("trước ngày 16/5/2021 phải"), reading("trước ngày 15/5/2021 phải"))
    assert one.text == "trước ngày 16/5/2021 phải"
    assert min(word.confidence for word in one.words) <= 0.5


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("Số: 44 /CT-UBND", "Số: AM /CT-UBND", "Số: … /CT-UBND"),
        ("Quảng Ngãi, ngày £ tháng 4 năm 2020", "Quảng Ngãi,ngàyq5 tháng 4 năm 2020",
         "Quảng Ngãi, ngày … tháng 4 năm 2020"),
        ("Số: 208 /CT-UBND", "Số: 208 /CT-UBND", "Số: 208 /CT-UBND"),
    ],
)  # fmt: skip
def test_a_number_filled_in_by_hand_is_unread_rather_than_wrong(
    first: str, second: str, together: str
) -> None:
    assert agreed(reading(first, 0.7), reading(second)).text == together


def test_a_printed_number_stands_though_one_engine_misreads_the_word_before_it() -> None:
    first, second = reading("Số: 127/TB-UBND"), reading("Sõ: 127/TB-UBND")
    assert agreed(first, second).text == "Số: 127/TB-UBND"
    first, second = reading("ngày 22 tháng 6 năm 2019"), reading("ngảy 22 thảng 6 năm 2019")
    assert agreed(first, second).text == "ngày 22 tháng 6 năm 2019"


def test_the_words_of_a_date_have_their_marks() -> None:
    line = reading("số 28/NQ-CP ngay 03 thảng 3 nẵm 2021, thắng lợi năm 2021")
    assert agreed(line, line).text == "số 28/NQ-CP ngày 03 tháng 3 năm 2021, thắng lợi năm 2021"


def test_a_word_cut_by_the_line_is_known_by_the_line_above() -> None:
    assert agreed(reading("đằng giới"), reading("đẫng giới"), "bình").text == "đẳng giới"


# --- Labels of lists ------------------------------------------------------------------------------


def test_labels_are_mended_by_their_neighbours() -> None:
    page = ["l. Mục đích", "2. Yêu cầu", "$. Sở Nội vụ", "4. Sở Y tế", "â) Rà soát", "b) Báo cáo"]
    assert repaired(page) == [
        "1. Mục đích", "2. Yêu cầu", "5. Sở Nội vụ", "4. Sở Y tế", "a) Rà soát", "b) Báo cáo",
    ]  # fmt: skip


def test_a_mended_label_holds_the_next_one() -> None:
    assert repaired(["I. Ứng dụng", "II Phát triển", "HI. Đào tạo"]) == [
        "I. Ứng dụng", "II. Phát triển", "III. Đào tạo",
    ]  # fmt: skip


def test_roman_headings_in_capitals_are_mended() -> None:
    assert repaired(["L MỤC ĐÍCH, YÊU CẦU", "IL NHIỆM VỤ", "IIL TỔ CHỨC THỰC HIỆN"]) == [
        "I. MỤC ĐÍCH, YÊU CẦU", "II. NHIỆM VỤ", "III. TỔ CHỨC THỰC HIỆN",
    ]  # fmt: skip


def test_a_label_that_has_its_neighbour_stands() -> None:
    texts = ["I. Đánh giá chung", "II. Nhiệm vụ", "1. Giao Sở Nội vụ", "2. Giao Sở Tài chính"]
    assert repaired(texts) == texts
    texts = ["I. Mục đích", "1. Giao Sở Nội vụ", "2. Giao Sở Tài chính"]
    assert repaired(texts) == texts


def test_an_h_is_as_many_strokes_as_the_list_wants() -> None:
    assert repaired(["I. Đánh giá", "HI. Nhiệm vụ của các sở"])[1] == "II. Nhiệm vụ của các sở"
    texts = ["I. Đánh giá", "II. Mục tiêu", "HI. Nhiệm vụ của các sở"]
    assert repaired(texts)[2] == "III. Nhiệm vụ của các sở"


def test_numerals_alone_in_the_cells_of_a_table() -> None:
    assert repaired(["STT", "I", "1", "2", "H", "1"]) == ["STT", "I", "1", "2", "II", "1"]


@pytest.mark.parametrize("text", ["TL. CHỦ TỊCH", "l1/2021 là tháng", "L. Văn An", "V/v mở rộng"])
def test_what_is_no_label_is_left_alone(text: str) -> None:
    assert repaired(["1. Một", text, "2. Hai"])[1] == text


def test_strokes_of_the_pen_at_a_line_start_are_dashes() -> None:
    assert repaired(["~ Như trên;", "3.. Tiếp tục", "thực hiện../."]) == [
        "- Như trên;", "3. Tiếp tục", "thực hiện./.",
    ]  # fmt: skip


# --- Drawn lines and tables -----------------------------------------------------------------------


def drawn(width: int, height: int, boxes: Iterable[tuple[int, int, int, int]]) -> Rulings:
    across = tuple(box for box in boxes if box[2] - box[0] > box[3] - box[1])
    down = tuple(box for box in boxes if box[2] - box[0] <= box[3] - box[1])
    return Rulings(across, down, np.zeros((height, width), np.uint8))


GRID = [(100, 100, 700, 103), (100, 200, 700, 203), (100, 300, 700, 303),
        (100, 100, 103, 303), (300, 100, 303, 303), (697, 100, 700, 303)]  # fmt: skip


def test_lines_that_touch_are_a_table() -> None:
    (grid,) = find_grids(drawn(900, 1200, GRID), DPI)
    assert (grid.rows, grid.columns, len(grid.cells)) == (2, 2, 4)


def test_a_missing_wall_merges_cells() -> None:
    lines = [*GRID[:4], (300, 200, 303, 303), GRID[5]]
    (grid,) = find_grids(drawn(900, 1200, lines), DPI)
    assert [(c.row, c.column, c.rows, c.columns) for c in grid.cells] == [
        (0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1),
    ]  # fmt: skip


def test_dirt_down_the_whole_page_is_no_wall() -> None:
    (grid,) = find_grids(drawn(900, 1200, [*GRID, (500, 0, 503, 1200)]), DPI)
    assert grid.columns == 2


def test_a_line_read_across_a_wall_is_cut() -> None:
    grids = find_grids(drawn(900, 1200, GRID), DPI)
    assert split_at_walls([(120, 140, 650, 165)], grids) == [
        (120, 140, 301, 165), (301, 140, 650, 165),
    ]  # fmt: skip


def test_strokes_through_letters_leave_the_letters() -> None:
    paper = np.full((400, 900), 255, np.uint8)
    paper[150:153, 50:850] = 0
    paper[120:190, 400:406] = 0
    sheet = prepare.Sheet(paper, (paper < 128).astype(np.uint8), DPI, np.eye(3)[:2])
    clean = without_rulings(paper, find_rulings(sheet))
    assert clean[151, 100] == 255
    assert clean[151, 403] == 0


def test_a_low_row_above_a_merged_one_keeps_its_walls() -> None:
    paper = np.full((700, 900), 255, np.uint8)
    for top in (100, 170, 220, 420):
        paper[top : top + 3, 100:800] = 0
    for x0, top, bottom in ((100, 100, 420), (400, 100, 172), (400, 220, 422), (797, 100, 420)):
        paper[top:bottom, x0 : x0 + 3] = 0
    sheet = prepare.Sheet(paper, (paper < 128).astype(np.uint8), DPI, np.eye(3)[:2])
    (grid,) = find_grids(find_rulings(sheet), DPI)
    assert [(c.row, c.column, c.columns) for c in grid.cells] == [
        (0, 0, 1), (0, 1, 1), (1, 0, 2), (2, 0, 1), (2, 1, 1),
    ]  # fmt: skip


def test_a_ruled_page_becomes_a_table() -> None:
    image = Image.new("L", (1654, 1200), 255)
    draw = ImageDraw.Draw(image)
    for x0, top, x1, bottom in GRID:
        draw.rectangle((2 * x0, 2 * top, 2 * x1, 2 * bottom), fill=0)
    (table,) = read(image).blocks
    assert isinstance(table, Table)
    assert (table.rows, table.columns) == (2, 2)


# --- Where a line belongs -------------------------------------------------------------------------


def strip(text: str, x0: float, top: float, x1: float, height: float = 14) -> Strip:
    return Strip(text, (x0, top, x1, top + height), 0.95)


BODY = [strip("Chữ chạy hết chiều ngang của trang", 85, 300 + 17 * n, 540) for n in range(8)]


def test_the_letterhead_is_read_column_by_column() -> None:
    placed = arrange(
        [
            strip("ỦY BAN NHÂN DÂN", 100, 60, 220), strip("CỘNG HÒA XÃ HỘI", 260, 61, 500),
            strip("TỈNH KON TUM", 110, 78, 210), strip("Độc lập - Tự do", 310, 79, 450),
            strip("Số:", 105, 100, 125), strip("/CT-UBND", 150, 100, 210),
            strip("Kon Tum, ngày 12 tháng 4 năm 2021", 290, 101, 490),
            strip("CHỈ THỊ", 285, 140, 340), *BODY,
        ],
        595,
    )  # fmt: skip
    told = [(p.column, " ".join(s.text for s in p.strips)) for p in placed[:7]]
    assert told == [
        ("left", "ỦY BAN NHÂN DÂN"), ("left", "TỈNH KON TUM"), ("left", "Số: /CT-UBND"),
        ("right", "CỘNG HÒA XÃ HỘI"), ("right", "Độc lập - Tự do"),
        ("right", "Kon Tum, ngày 12 tháng 4 năm 2021"), (None, "CHỈ THỊ"),
    ]  # fmt: skip
    assert placed[6].centered


def test_recipients_and_signature_need_no_common_height() -> None:
    placed = arrange(
        [
            *BODY,
            strip("hiện./.", 85, 440, 120), strip("CHỦ TỊCH", 390, 462, 460),
            strip("Nơi nhận:", 85, 471, 140, 11), strip("- Như trên;", 85, 485, 140, 11),
            strip("- Các sở, ngành;", 85, 498, 170, 11), strip("- Lưu: VT.", 85, 512, 140, 11),
            strip("Nguyễn Văn An", 380, 511, 470),
        ],
        595,
    )  # fmt: skip
    told = [(p.column, p.strips[0].text) for p in placed[8:]]
    assert told == [
        (None, "hiện./."),
        ("left", "Nơi nhận:"), ("left", "- Như trên;"), ("left", "- Các sở, ngành;"),
        ("left", "- Lưu: VT."), ("right", "CHỦ TỊCH"), ("right", "Nguyễn Văn An"),
    ]  # fmt: skip


def test_a_letterhead_found_as_one_line_is_two() -> None:
    line = reading("CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    halves = list(parted((0, 0, 220, 20), line))
    assert [half.text for _, half in halves] == [
        "CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]  # fmt: skip
    assert halves[0][0][2] == halves[1][0][0] == 39


def test_page_numbers_stamps_and_noise_are_furniture() -> None:
    assert is_page_number(strip("- 2 -", 300, 30, 320), 595, 842)
    assert not is_page_number(strip("2", 300, 400, 320), 595, 842)
    assert not is_page_number(strip("80%", 85, 800, 105), 595, 842)
    assert is_signature_stamp(strip("Thời gian ký: 12/09/2024 07:49:43 +07:00", 400, 10, 560))
    assert is_noise(Strip("LZA.ALNPYENTHM", (10, 200, 60, 215), 0.4))
    assert not is_noise(Strip("Số: … /CT-UBND", (100, 90, 200, 105), 0.4))


def test_what_begins_outside_the_text_is_the_receivers() -> None:
    portal = strip("CỔNG THÔNG TIN ĐIỆN TỬ", 20, 180, 140)
    assert in_margin(portal, [*BODY, portal], 595)
    assert not in_margin(strip("Kính gửi: Sở Y tế", 200, 180, 340), [*BODY, portal], 595)


def test_lines_at_the_margin_are_the_letters_though_most_are_indented() -> None:
    indented = [strip("Đề nghị các sở, ban, ngành báo cáo kết quả", 120, y, 540)
                for y in range(200, 500, 30)]  # fmt: skip
    full = [strip("thành phố báo cáo kết quả về Sở Nội vụ", 85, y, 540) for y in (530, 550)]
    rest = strip("tổng hợp, trình.", 85, 570, 180)
    portal = strip("CỔNG THÔNG TIN", 20, 300, 50)
    assert not in_margin(rest, [*indented, *full, rest], 595)
    assert in_margin(portal, [*indented, *full, portal], 595)


def test_the_stamp_of_arrival_is_told_by_its_fields() -> None:
    held = [strip("CÔNG VĂN ĐẾN", 20, 150, 140), strip("Số: 12 Ngày: 3/4", 20, 170, 140)]
    assert is_arrival_stamp(held, (15, 145, 145, 190), 595, 842)
    table = [strip("Tên nhiệm vụ", 20, 150, 240), strip("Thời hạn", 250, 150, 340)]
    assert not is_arrival_stamp(table, (15, 145, 545, 690), 595, 842)


# --- Marks and notes ------------------------------------------------------------------------------


def test_a_mark_stands_after_its_word_and_before_the_stop() -> None:
    words = reading("là phụ nữ. Thực hiện").words
    assert call_at(words, Mark("1", (55, 0, 57, 8))) == len("là phụ nữ")
    assert call_at(words, Mark("1", (-8, 0, -4, 8))) is None


def test_exponents_call_no_note() -> None:
    assert is_power("rộng 35 m")
    assert not is_power("tỉnh Kon Tum")


def test_a_note_with_an_unread_mark_takes_the_one_that_is_called() -> None:
    notes = with_note_marks(
        [strip("Ð Theo Quyết định số 15/QĐ-UBND", 85, 760, 500), strip("của tỉnh.", 85, 775, 140)],
        "5",
    )
    assert [(n.mark, n.text) for n in notes] == [
        ("5", "Theo Quyết định số 15/QĐ-UBND"), (None, "của tỉnh."),
    ]  # fmt: skip
