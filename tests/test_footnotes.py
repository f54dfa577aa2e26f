"""Which mark calls which note, and from which duty?"""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.footnotes import cited_by, find_footnotes
from extractors.layout import lay_out
from extractors.references import find_references
from schemas.footnote import Footnote
from schemas.letter import Letter, Part, Span, Zone
from schemas.paper import Call, Cell, Line, Table
from schemas.task import Duty


def line(text: str, page: int = 1) -> Line:
    """A line of running text; "^1^" in it is a call that the reader took out."""
    calls: list[Call] = []
    plain = ""
    for index, piece in enumerate(text.split("^")):
        if index % 2:
            calls.append(Call(at=len(plain), mark=piece))
        else:
            plain += piece
    return Line(text=plain, starts=True, page=page, calls=tuple(calls))


def note(mark: str | None, text: str, page: int = 1) -> Line:
    starts = mark is not None
    return Line(text=text, starts=starts, page=page, role="note", mark=mark)


def letter_of(body: Sequence[Line | Table], notes: Sequence[Line]) -> Letter:
    return lay_out([Zone(Part.BODY, tuple(body)), Zone(Part.FOOTNOTES, tuple(notes))])


def duty(letter: Letter, id: str, words: str, end: str | None = None) -> Duty:
    """A duty that spans from `words` on to the end of `end`."""
    start = letter.text.index(words)
    last = end or words
    span = Span(start, letter.text.index(last, start) + len(last))
    return Duty(id, id, None, "labelled", None, span, (span,))


def callers(found: Sequence[Footnote]) -> dict[str, tuple[str, ...]]:
    return {note.mark: note.called_by for note in found}


def found_in(letter: Letter, *duties: Duty) -> tuple[Footnote, ...]:
    return find_footnotes(letter, duties, find_references(letter))


def test_a_note_belongs_to_the_duty_that_calls_it() -> None:
    letter = letter_of(
        [line("1. Giới thiệu nữ ứng cử viên^1^."), line("2. Tập huấn cho đại biểu^2^.")],
        [note("1", "theo khoản 3 Điều 8 Luật Đầu tư"), note("2", "Kế hoạch số 8/KH-ĐCT")],
    )
    found = found_in(
        letter,
        duty(letter, "1", "1. Giới thiệu nữ ứng cử viên."),
        duty(letter, "2", "2. Tập huấn cho đại biểu."),
    )
    assert callers(found) == {"1": ("1",), "2": ("2",)}
    assert [footnote.references for footnote in found] == [("r1",), ("r2",)]
    assert found[0].text == "theo khoản 3 Điều 8 Luật Đầu tư"
    assert found[0].quote.text == found[0].text


def test_a_call_outside_every_duty_is_the_letter_s() -> None:
    letter = letter_of([line("Ban Chỉ đạo^5^ ban hành")], [note("5", "Theo Quyết định")])
    assert callers(found_in(letter)) == {"5": ("letter",)}


def test_the_innermost_duty_calls() -> None:
    letter = letter_of(
        [line("1. Tuyên truyền"), line("a) Qua báo chí^1^"), line("b) Qua mạng")],
        [note("1", "Báo in")],
    )
    outer = duty(letter, "1", "1. Tuyên truyền", "b) Qua mạng")
    inner = duty(letter, "1.a", "a) Qua báo chí")
    assert callers(found_in(letter, outer, inner)) == {"1": ("1.a",)}


def test_several_calls_of_one_note() -> None:
    letter = letter_of(
        [line("1. Rà soát^1^"), line("2. Báo cáo^2^"), line("3. Tổng hợp^1^")],
        [note("1", "Phụ lục"), note("2", "Mẫu")],
    )
    duties = [duty(letter, id, words) for id, words in
              (("1", "1. Rà soát"), ("2", "2. Báo cáo"), ("3", "3. Tổng hợp"))]  # fmt: skip
    assert callers(found_in(letter, *duties)) == {"1": ("1", "3"), "2": ("2",)}


def test_numbering_that_begins_anew_on_each_page() -> None:
    letter = letter_of(
        [line("Một^1^", 1), line("Hai^2^", 1), line("Ba^1^", 2), line("Bốn^1^", 3)],
        [note("1", "a", 1), note("2", "b", 1), note("1", "c", 2), note("1", "d", 3)],
    )
    duties = [duty(letter, word, word) for word in ("Một", "Hai", "Ba", "Bốn")]
    assert [n.called_by for n in found_in(letter, *duties)] == [
        ("Một",), ("Hai",), ("Ba",), ("Bốn",),
    ]  # fmt: skip


def test_numbering_that_begins_anew_without_pages() -> None:
    letter = letter_of(
        [line("Một^1^"), line("Hai^2^"), line("Ba^1^"), line("Bốn^2^")],
        [note("1", "a"), note("2", "b"), note("1", "c"), note("2", "d")],
    )
    duties = [duty(letter, word, word) for word in ("Một", "Hai", "Ba", "Bốn")]
    called = [n.called_by for n in found_in(letter, *duties)]
    assert called == [("Một",), ("Hai",), ("Ba",), ("Bốn",)]


def test_a_note_that_runs_over_a_page_is_one() -> None:
    letter = letter_of(
        [line("Triển khai^1^", 1), line("Tiếp^2^", 2)],
        [note("1", "Thực hiện Nghị quyết số", 1), note(None, "28/NQ-CP ngày 03/3/2021", 2),
         note("2", "Theo Luật Trẻ em", 2)],
    )  # fmt: skip
    first, second = found_in(letter)
    assert first.text == "Thực hiện Nghị quyết số 28/NQ-CP ngày 03/3/2021"
    assert (first.references, second.references) == (("r1",), ("r2",))


def test_a_call_in_a_table_cell() -> None:
    table = Table(rows=1, columns=2, cells=(
        Cell(row=0, column=0, lines=(line("Xây dựng kế hoạch^*^"),)),
        Cell(row=0, column=1, lines=(line("Sở Nội vụ"),)),
    ))  # fmt: skip
    letter = letter_of([table], [note("*", "Trừ các xã đảo")])
    row = duty(letter, "1", "Xây dựng kế hoạch", "Sở Nội vụ")
    assert callers(found_in(letter, row)) == {"*": ("1",)}


@pytest.mark.parametrize("mark", ["1", "(1)", "[1]", "¹"])
def test_marks_are_alike_with_and_without_brackets(mark: str) -> None:
    letter = letter_of([line(f"Rà soát^{mark}^")], [note("1", "Phụ lục")])
    assert callers(found_in(letter)) == {"1": ("letter",)}


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("danh sách ứng cử là phụ nữ1. Thực hiện tốt", "1"),
        ("danh sách ứng cử là phụ nữ (1). Thực hiện tốt", "1"),
        ("danh sách ứng cử là phụ nữ[1], thực hiện", "1"),
        ("các đơn vị liên quan(*) phối hợp", "*"),
        ("các đơn vị liên quan* phối hợp", "*"),
    ],
)
def test_a_mark_left_in_the_text_is_still_told(text: str, mark: str) -> None:
    letter = letter_of([line(text)], [note(mark, "theo khoản 3 Điều 8")])
    found = found_in(letter, duty(letter, "1", text))
    assert callers(found) == {mark: ("1",)}
    assert letter.text.startswith(text)


@pytest.mark.parametrize(
    "text",
    [
        "trên diện tích 20 m2 đất",
        "Trường hợp 2: lập biên bản; trường hợp2a",
        "Quyết định số 2/QĐ-UBND, 12 điểm, QH2",
        "phụ nữ2 và trẻ em2 được quan tâm",
    ],
)
def test_what_is_no_mark_calls_nothing(text: str) -> None:
    letter = letter_of([line(text)], [note("2", "Theo báo cáo")])
    assert callers(found_in(letter)) == {"2": ()}


def test_a_lost_mark_is_looked_for_between_its_neighbours() -> None:
    letter = letter_of(
        [line("vụ việc2 khác"), line("Rà soát^1^"), line("quốc gia2"), line("Báo cáo^3^"),
         line("ngành2")],
        [note("1", "a"), note("2", "b"), note("3", "c")],
    )  # fmt: skip
    duties = [duty(letter, "A", "vụ việc2 khác"), duty(letter, "B", "quốc gia2"),
              duty(letter, "C", "ngành2")]  # fmt: skip
    assert callers(found_in(letter, *duties))["2"] == ("B",)


def test_duties_cite_what_stands_in_them_and_in_the_notes_they_call() -> None:
    letter = letter_of(
        [line("1. Triển khai Luật Trẻ em^1^"), line("a) Tập huấn theo Công văn số 5/UBND-VX"),
         line("2. Báo cáo")],
        [note("1", "Quyết định số 7/QĐ-UBND và Luật Trẻ em")],
    )  # fmt: skip
    outer = duty(letter, "1", "1. Triển khai Luật Trẻ em", "a) Tập huấn theo Công văn số 5/UBND-VX")
    duties = [outer, duty(letter, "1.a", "a) Tập huấn theo Công văn số 5/UBND-VX"),
              duty(letter, "2", "2. Báo cáo")]  # fmt: skip
    references = find_references(letter)
    names = {r.id: r.number or r.title for r in references}
    cited = cited_by(duties, references, find_footnotes(letter, duties, references))
    assert {id: [names[r] for r in found] for id, found in cited.items()} == {
        "1": ["Luật Trẻ em", "7/QĐ-UBND", "Luật Trẻ em"], "1.a": ["5/UBND-VX"], "2": [],
    }  # fmt: skip


def test_a_letter_without_notes() -> None:
    assert find_footnotes(letter_of([line("Không có chú thích")], []), [], []) == ()


def test_a_note_whose_words_are_gone_is_no_note() -> None:
    """A damaged file holds its mark alone; the call that finds no note is told (review)."""
    letter = letter_of([line("Tập huấn^1^")], [note("1", "")])
    assert found_in(letter) == ()


MARKS = st.sampled_from(["1", "2", "3", "*", "**", "(1)", "a", "", "¹", "†", "10", "²"])


@given(
    st.lists(st.tuples(st.text("aữnữ1 2(*)", max_size=12), MARKS), max_size=8),
    st.lists(st.tuples(MARKS, st.integers(1, 3)), max_size=8),
)
def test_any_marks_make_footnotes(
    calls: list[tuple[str, str]], notes: list[tuple[str, int]]
) -> None:
    body = [
        Line(text=text, starts=True, calls=(Call(at=len(text), mark=mark),)) for text, mark in calls
    ]
    letter = letter_of(body, [note(mark, f"chú thích {mark}", page) for mark, page in notes])
    assert len(found_in(letter)) == len(notes)
