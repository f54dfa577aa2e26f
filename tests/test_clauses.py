"""How is the body numbered? Small letters in the wording of real ones."""

import pytest

from extractors.clauses import find_clauses, is_heading, read_label
from extractors.layout import lay_out, plain
from schemas.letter import Part, Span, Zone
from schemas.paper import Line


def ids(text: str) -> list[str]:
    return [clause.id for clause in find_clauses(plain(text))]


def outline(text: str) -> dict[str, str]:
    letter = plain(text)
    return {one.id: letter.text[slice(*one.own)] for one in find_clauses(letter)}


def test_points_stand_under_their_clause_and_clauses_under_their_section() -> None:
    assert ids(
        "I. NHIỆM VỤ\n1. Sở Nội vụ:\na) Rà soát biên chế.\nb) Báo cáo kết quả.\n"
        "2. Sở Y tế:\na) Kiểm tra.\nII. TỔ CHỨC THỰC HIỆN\n1. Văn phòng."
    ) == ["I", "I.1", "I.1.a", "I.1.b", "I.2", "I.2.a", "II", "II.1"]


def test_the_vietnamese_alphabet_has_a_letter_more() -> None:
    points = "\n".join(f"{letter}) Rà soát." for letter in "abcdđegh")
    assert ids("1. Sở Nội vụ:\n" + points)[1:] == [f"1.{letter}" for letter in "abcdđegh"]


def test_figures_of_two_levels_do_not_say_the_first_twice() -> None:
    assert ids("1. Tuyên truyền\n1.1. Sở A làm.\n1.2. Sở B làm.\n2. Kiểm tra\n2.1. Sở C làm.") == [
        "1", "1.1", "1.2", "2", "2.1",
    ]  # fmt: skip


def test_articles_hold_clauses_and_end_them() -> None:
    text = "Điều 1. Phê duyệt.\nĐiều 2. Giao:\n1. Sở A làm.\n2. Sở B làm.\nĐiều 3. Thi hành."
    assert ids(text) == [
        "Đ1", "Đ2", "Đ2.1", "Đ2.2", "Đ3",
    ]  # fmt: skip


def test_bullets_and_bare_paragraphs_are_counted_under_their_clause() -> None:
    text = "1. Cục Thuế tỉnh\nChủ trì.\nTổ chức tập huấn.\n2. Sở Y tế:\n- Một việc.\n- Hai việc."
    assert ids(text) == [
        "1", "1-1", "1-2", "2", "2-1", "2-2",
    ]  # fmt: skip


def test_a_plus_stands_under_its_dash() -> None:
    assert ids("1. Sở A:\n- Nắm số liệu:\n+ Tiến độ;\n+ Lao động.\n- Báo cáo.") == [
        "1", "1-1", "1-1-1", "1-1-2", "1-2",
    ]  # fmt: skip


def test_paragraphs_before_the_first_clause_open_and_after_the_last_close() -> None:
    text = "Thực hiện Kế hoạch số 5:\n1. Rà soát.\n2. Báo cáo.\nYêu cầu các đơn vị thực hiện."
    assert ids(text) == [
        "opening-1", "1", "2", "closing-1",
    ]  # fmt: skip


def test_without_any_figure_paragraphs_are_the_body() -> None:
    assert ids("Nhân dịp lễ, đề nghị treo cờ.\nUBND các xã kiểm tra.") == ["body-1", "body-2"]


def test_a_paragraph_after_the_points_belongs_to_their_clause() -> None:
    assert ids(
        "1. Sở D kiểm tra.\n2. Đối với các dự án chậm tiến độ:\na) Sở A rà soát.\n"
        "b) Sở B rà soát.\nTrên cơ sở báo cáo, Sở C tổng hợp.\nYêu cầu các cấp thực hiện."
    ) == ["1", "2", "2.a", "2.b", "2-1", "closing-1"]


def test_the_paragraph_under_a_colon_belongs_to_it_even_at_the_end() -> None:
    assert ids("1. Rà soát.\n2. Đối với các kiến nghị:\nGiao Sở A tổng hợp.\nNay thông báo.") == [
        "1", "2", "2-1", "closing-1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "3.000 đồng một suất ăn",
        "1945. Cách mạng tháng Tám thành công",
        "15/5/2021 là hạn cuối",
        "05 ngày làm việc kể từ ngày nhận",
        "2021-2026 là nhiệm kỳ",
        "QĐ 22 của Ủy ban",
        "30% số hộ được hỗ trợ",
    ],
)
def test_labels_that_are_none(line: str) -> None:
    assert ids(f"1. Sở A làm.\n{line}\n2. Sở B làm.") in (["1", "1-1", "2"], ["1", "2"])


def test_a_figure_far_from_its_list_is_no_label() -> None:
    assert ids("1. Rà soát.\n30. Tháng Tư là ngày lễ.\n2. Báo cáo.")[-1] == "2"
    assert "30" not in ids("1. Rà soát.\n30. Tháng Tư là ngày lễ.\n2. Báo cáo.")


@pytest.mark.parametrize(
    ("slip", "wanted"),
    [
        ("4. Một.\n5, Hai.\n6. Ba.", ["4", "5", "6"]),
        ("I. MỤC ĐÍCH\nIl. NHIỆM VỤ\nIII. KINH PHÍ", ["I", "II", "III"]),
        ("I. MỤC ĐÍCH CHUNG\nI. NHIỆM VỤ CHÍNH\nIII. KINH PHÍ", ["I", "II", "III"]),
        ("1. Sở A:\na) Một.\nb} Hai.\nc) Ba.", ["1", "1.a", "1.b", "1.c"]),
    ],
)
def test_misread_labels_are_known_by_their_sequence(slip: str, wanted: list[str]) -> None:
    assert ids(slip if not slip.startswith("4") else "3. Không.\n" + slip)[-len(wanted) :] == wanted


def test_a_lost_figure_leaves_a_gap() -> None:
    assert ids("1. Một.\n2. Hai.\n4. Bốn.") == ["1", "2", "4"]


def test_a_list_that_starts_again_gets_ids_of_its_own() -> None:
    found = ids("1. Một.\n2. Hai.\n1. Lại một.\n2. Lại hai.")
    assert len(set(found)) == 4


def test_the_halves_of_a_paragraph_that_a_page_parted_are_one_clause() -> None:
    text = "2. Sở A phối hợp Sở Nông nghiệp và\nPhát triển nông thôn cung cấp thông tin.\n3. Sở B."
    assert outline("1. Sở C.\n" + text)["2"].endswith("cung cấp thông tin.")


def test_a_page_number_is_no_clause() -> None:
    assert ids("1. Một.\n2\n2. Hai.") == ["1", "2"]


def test_a_chapter_takes_the_line_below_it_as_its_title() -> None:
    assert outline("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi")["C1"] == "QUY ĐỊNH CHUNG"


def test_annexes_begin_their_own_outline() -> None:
    line = Line(text="1. Rà soát.", starts=True)
    letter = lay_out([Zone(Part.BODY, (line,)), Zone(Part.ANNEX, (line,), 2)])
    assert [clause.id for clause in find_clauses(letter)] == ["1", "PL2.1"]


def test_letterhead_and_recipients_have_no_clauses() -> None:
    line = Line(text="- Như trên;", starts=True)
    assert not find_clauses(
        lay_out([Zone(Part.LETTERHEAD, (line,)), Zone(Part.RECIPIENTS, (line,))])
    )


def test_spans_hold_what_stands_below() -> None:
    letter = plain("1. Sở A:\na) Một.\nb) Hai.\n2. Sở B.")
    first = find_clauses(letter)[0]
    assert letter.text[slice(*first.span)] == "1. Sở A:\na) Một.\nb) Hai."
    assert letter.text[slice(*first.own)] == "Sở A:"


def test_sections_are_known_for_what_they_are() -> None:
    letter = plain("I. MỤC ĐÍCH, YÊU CẦU\n1. Nâng cao nhận thức.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở A.")
    kinds = {clause.id: clause.kind for clause in find_clauses(letter)}
    assert (kinds["I"], kinds["II"], kinds["II.1"]) == ("purpose", "organisation", None)


@pytest.mark.parametrize(
    ("words", "heading"),
    [("Sở Nội vụ:", True), ("Cục Thuế tỉnh", True), ("Sở Nội vụ rà soát biên chế.", False)],
)
def test_what_a_heading_is(words: str, heading: bool) -> None:
    assert is_heading(plain(words), Span(0, len(words))) is heading


def test_one_line_can_be_read_as_several_labels() -> None:
    styles = [label.style for label in read_label(plain("I. Mục"), 0, 6)]
    assert styles[0] == "roman"
    assert "number" in styles
