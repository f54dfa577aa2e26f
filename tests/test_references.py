"""What is cited: forms, provisions, roles, what the letter and the catalogue know."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from extractors.catalogue import catalogue
from extractors.layout import lay_out, plain
from extractors.references import find_references
from extractors.references.identifiers import identifier, read_identifier
from schemas.letter import Part, Span, Zone
from schemas.paper import Line
from schemas.reference import Provision, Reference

CASES = Path(__file__).parent / "data" / "references.txt"
READING = regex.compile(
    r"= (?P<kind>\S+) (?P<what>.+?)(?: @(?P<date>\S+))?"
    r"(?: \| (?P<places>[^~]+?))?(?: ~ (?P<role>\S+))?"
)


class Case(NamedTuple):
    words: str
    readings: tuple[str, ...]


def cases() -> Iterator[Case]:
    for block in CASES.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            yield Case(lines[0], tuple(lines[1:]))


ALL = tuple(cases())


def spoken(place: Provision) -> str:
    """A provision in one order and without commas, as the cases write it."""
    names = {"point": "điểm", "clause": "khoản", "article": "Điều", "section": "Mục",
             "chapter": "Chương", "part": "Phần", "annex": "Phụ lục"}  # fmt: skip
    told = {level: getattr(place, level) for level in names}
    return " ".join(f"{names[level]} {value}" for level, value in told.items() if value is not None)


def reading(reference: Reference, like: str) -> str:
    """The reference in the words of a case; what the case does not tell is left out."""
    kind = reference.kind.code if reference.kind else "-"
    text = f"= {kind} {reference.number or reference.title}"
    if reference.issued:
        text += f" @{reference.issued.isoformat()}"
    if reference.provisions:
        text += " | " + "; ".join(spoken(place) for place in reference.provisions)
    if " ~ " in like:
        text += f" ~ {reference.role}"
    return text


def test_the_cases_are_many() -> None:
    assert len(ALL) >= 200
    assert sum(not case.readings for case in ALL) >= 40
    assert all(READING.fullmatch(line) for case in ALL for line in case.readings)


@pytest.mark.parametrize("case", ALL, ids=[case.words[:60] for case in ALL])
def test_what_the_words_cite(case: Case) -> None:
    found = find_references(plain(case.words))
    likes = [*case.readings, *[""] * len(found)]
    told = [reading(reference, like) for reference, like in zip(found, likes, strict=False)]
    assert told == list(case.readings)


def only(words: str, issued: date | None = None) -> Reference:
    (reference,) = find_references(plain(words), issued=issued)
    return reference


def test_issuer_and_title_are_told() -> None:
    reference = only(
        "Kế hoạch số 808/KH-ĐCT ngày 20/7/2020 của Trung ương Hội Liên hiệp Phụ nữ Việt Nam"
        " về tham gia công tác bầu cử, Sở Nội vụ tham mưu"
    )
    assert reference.issuer == "Trung ương Hội Liên hiệp Phụ nữ Việt Nam"
    assert reference.title == "về tham gia công tác bầu cử"


@pytest.mark.parametrize(
    ("words", "issuer"),
    [
        ("Thông tư số 01/2020/TT-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch hướng dẫn",
         "Bộ Văn hóa, Thể thao và Du lịch"),
        ("Quyết định số 415/QĐ-CT của Chủ tịch Ủy ban nhân dân tỉnh.",
         "Chủ tịch Ủy ban nhân dân tỉnh"),
        ("Công văn số 3354/SGTVT-VP của Sở Giao thông vận tải;", "Sở Giao thông vận tải"),
        ("Nghị định số 81/2002/NĐ-CP của Chính phủ Quy định chi tiết", "Chính phủ"),
        ("Quyết định số 22/QĐ-UBQG của Ủy ban quốc gia vì sự tiến bộ của phụ nữ Việt Nam về",
         "Ủy ban quốc gia vì sự tiến bộ của phụ nữ Việt Nam"),
    ],
)  # fmt: skip
def test_issuers(words: str, issuer: str) -> None:
    assert only(words).issuer == issuer


def test_a_verb_after_provisions_is_no_title() -> None:
    words = "Khoản 3 Điều 15 Nghị định số 126/2024/NĐ-CP quy định: hội có trách nhiệm báo cáo"
    assert only(words).title is None


def test_the_quote_holds_provisions_number_date_and_issuer() -> None:
    words = "quy định tại khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ."
    quote = only(words).quote
    assert quote.text == words.removeprefix("quy định tại ").removesuffix(".")
    assert words[quote.start : quote.end] == quote.text


def test_a_document_cited_twice_in_a_paragraph_is_one_reference_with_all_provisions() -> None:
    reference = only("Điều 5 Luật Đầu tư; theo khoản 2 Điều 7 Luật Đầu tư")
    assert [spoken(place) for place in reference.provisions] == ["Điều 5", "khoản 2 Điều 7"]


def test_ids_follow_reading_order_and_paragraphs_stay_apart() -> None:
    found = find_references(plain("theo Luật Đầu tư\nCông văn số 5/UBND-TH\ntheo Luật Đầu tư"))
    assert [(r.id, r.number or r.title) for r in found] == [
        ("r1", "Luật Đầu tư"), ("r2", "5/UBND-TH"), ("r3", "Luật Đầu tư"),
    ]  # fmt: skip


# --- the letter itself -----------------------------------------------------------------------


def test_the_own_number_is_no_reference() -> None:
    letter = plain("Triển khai Kế hoạch số 173/KH-UBND và Luật Trẻ em")
    assert [r.title for r in find_references(letter, own_number="173/KH-UBND")] == ["Luật Trẻ em"]


def test_the_number_of_the_letterhead_is_no_reference_but_the_subject_may_cite() -> None:
    head = [Line(text=text, starts=True) for text in
            ("Số: 45/UBND-NC", "V/v thực hiện Công điện số 117/CĐ-TTg")]  # fmt: skip
    letter = lay_out([Zone(Part.LETTERHEAD, tuple(head))])
    assert [r.number for r in find_references(letter)] == ["117/CĐ-TTg"]


@pytest.mark.parametrize(
    "note",
    [
        "(Kèm theo Kế hoạch số 173/KH-UBND ngày 01/6/2026 của UBND Thành phố)",
        "(Ban hành kèm theo Quyết định số 28/2023/QĐ-UBND)",
        "Phụ lục I (Ban hành kèm theo Thông tư số 58/2025/TT-BKHCN)",
    ],
)
def test_the_note_under_an_annex_title_names_the_letter_itself(note: str) -> None:
    assert find_references(plain(note)) == ()


def test_bases_are_told_by_their_place() -> None:
    words = "Căn cứ Luật Đầu tư; thực hiện Quy chế ban hành kèm theo Quyết định số 5/QĐ-UBND"
    letter = plain(words + "\nTheo Luật Nhà ở")
    roles = [r.role for r in find_references(letter, bases=[Span(0, len(words))])]
    assert roles == ["basis", "basis", "task"]


def test_citations_in_notes_are_footnotes() -> None:
    letter = plain("Theo Nghị quyết số 28/NQ-CP của Chính phủ", Part.FOOTNOTES)
    assert [r.role for r in find_references(letter)] == ["footnote"]


# --- what the letter knows ---------------------------------------------------------------------


def test_a_bare_number_is_completed_by_the_letter() -> None:
    first, again = find_references(
        plain("Nghị quyết số 57-NQ/TW ngày 22/12/2024\nquán triệt Nghị quyết 57 trong toàn ngành")
    )
    assert (again.number, again.issued) == (first.number, first.issued)
    assert again.resolved is not None
    assert again.resolved.source == "letter"


def test_a_law_told_once_with_its_number_keeps_it() -> None:
    found = find_references(plain("Luật Đầu tư số 61/2020/QH14\nquy định của Luật Đầu tư"))
    assert [r.number for r in found] == ["61/2020/QH14", "61/2020/QH14"]


def test_a_bare_number_that_two_documents_share_stays_bare() -> None:
    words = "Nghị quyết số 5/NQ-CP, Nghị quyết số 5-NQ/TW\ntheo Nghị quyết 5 của tỉnh"
    assert find_references(plain(words))[-1].number == "5"


def test_a_number_cut_off_by_a_poor_scan_is_completed_by_the_letter_only() -> None:
    whole = "Nghị định số 45/2014/NĐ-CP quy định thu tiền sử dụng đất"
    cut = "theo Nghị định số 45/2014/NĐ cP"
    assert [r.number for r in find_references(plain(cut))] == ["45/2014/NĐ"]
    assert {r.number for r in find_references(plain(f"{whole}\n{cut}"))} == {"45/2014/NĐ-CP"}
    lost = "Nghị định số 45/2014/NĐCP"
    assert only(lost).number == "45/2014/NĐCP"
    assert {r.number for r in find_references(plain(f"{lost}\n{whole}"))} == {"45/2014/NĐ-CP"}


def test_a_document_that_looks_back_to_nothing_is_none() -> None:
    assert find_references(plain("theo Quyết định nói trên")) == ()


# --- the catalogue -------------------------------------------------------------------------------


def test_a_law_is_known_by_title() -> None:
    law = only("Luật Bầu cử đại biểu Quốc hội và đại biểu HĐND", issued=date(2021, 4, 12))
    assert law.number is None
    assert law.resolved is not None
    assert (law.resolved.number, law.resolved.source) == ("85/2015/QH13", "catalogue")
    assert law.canonical == "vn/luat/85-2015-qh13"


@pytest.mark.parametrize(
    ("words", "issued", "number"),
    [
        ("Luật Đất đai", date(2010, 5, 1), "13/2003/QH11"),
        ("Luật Đất đai", date(2018, 5, 1), "45/2013/QH13"),
        ("Luật Đất đai năm 2024", date(2018, 5, 1), "31/2024/QH15"),
        ("Luật Đất đai ngày 29/11/2013", date(2025, 5, 1), "45/2013/QH13"),
        ("Luật Đất đai ngày 29/11/2012", date(2025, 5, 1), None),
        ("Luật Đất đai", date(2024, 3, 1), None),
        ("Luật Đất đai", None, None),
        ("Luật Tổ chức chính quyền địa phương", date(2021, 1, 1), "77/2015/QH13"),
    ],
)
def test_laws_that_share_a_title_are_told_apart_by_date(
    words: str, issued: date | None, number: str | None
) -> None:
    law = only(words, issued)
    assert (law.resolved.number if law.resolved else None) == number
    assert bool(law.candidates) == (number is None)


def test_a_number_whose_date_disagrees_is_not_resolved() -> None:
    right = only("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020")
    wrong = only("Nghị định số 30/2020/NĐ-CP ngày 05/3/2021")
    assert right.resolved is not None
    assert (wrong.resolved, wrong.candidates) == (None, ("30/2020/NĐ-CP",))


def test_a_number_that_two_series_share_is_told_apart_by_kind() -> None:
    law, resolution = (only(f"{kind} số 55/2010/QH12") for kind in ("Luật", "Nghị quyết"))
    assert law.resolved is not None
    assert resolution.resolved is not None
    assert law.resolved.title != resolution.resolved.title


def test_the_catalogue_answers_by_number_and_by_title() -> None:
    rows = catalogue()
    assert [row.kind for row in rows.numbered("91/2015/QH13")] == ["Bộ luật"]
    assert [row.number for row in rows.titled("BINH DANG GIOI")] == ["73/2006/QH11"]


# --- identifiers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "canonical"),
    [
        ("Quyết định số 22/QĐ-UBQG ngày 22/6/2019", "vn/qd/22-qd-ubqg/2019-06-22"),
        ("Nghị quyết số 57-NQ/TW ngày 22/12/2024", "vn/nq/57--nq~tw/2024-12-22"),
        ("Nghị định số 71/2016/NĐ-CP ngày 01/7/2016", "vn/nd/71-2016-nd-cp"),
        ("Nghị định số 71/2016/NĐ-CP", "vn/nd/71-2016-nd-cp"),
        ("Văn bản số 04/UBQG-VP ngày 19/02/2021", "vn/cv/04-ubqg-vp/2021-02-19"),
        ("Tờ trình số 519/SNV-TCCC ngày 24/02/2025", "vn/cv/519-snv-tccc/2025-02-24"),
        ("Quy định số 66-QĐ/TW ngày 06/02/2017", "vn/qd/66--qd~tw/2017-02-06"),
        ("Quyết định số 22/QĐ-UBQG", None),
        ("Nghị quyết 57 của Bộ Chính trị", None),
    ],
)
def test_canonical_identifiers(words: str, canonical: str | None) -> None:
    assert only(words).canonical == canonical


def test_every_number_of_the_catalogue_reads_back_from_its_identifier() -> None:
    for rows in catalogue().rows_by_number.values():
        number = rows[0].split("\t")[1]
        work = read_identifier(identifier("qd", number, date(2019, 6, 22)))
        assert work is not None
        assert work.number == number


HEADS = st.text(alphabet="0123456789ABCĐƯQTXYabcđrtg&_", min_size=1)
GROUPS = st.lists(st.tuples(st.sampled_from("-/"), st.text(alphabet="QĐNTgrCơX9&._", min_size=1)))


@given(HEADS, GROUPS)
def test_identifiers_are_reversible(head: str, groups: list[tuple[str, str]]) -> None:
    number = head + "".join(joint + group for joint, group in groups)
    work = read_identifier(identifier("cv", number, None))
    assert work is not None
    assert work.number == number


@pytest.mark.parametrize("text", ["", "vn", "vn/qd", "eu/qd/1-qd-x", "vn/qd/1-qd-x/2019-13-01"])
def test_what_is_no_identifier(text: str) -> None:
    assert read_identifier(text) is None


# --- any letter --------------------------------------------------------------------------------

PIECES = st.sampled_from([
    "Nghị quyết", "số", "57", "-NQ/TW", "/QĐ-", "/", "-", "Luật", "Luật ", "Điều 5", "khoản",
    "điểm a,", "và", "của", "Chính phủ", "ngày 31/02/2021", "(", ")", ";", "\n", "năm 2015",
    "18, 19-NQ/TW", "nói trên", "sửa đổi, bổ sung một số điều của", "Phụ lục", "Ð", "²", " ",
])  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_no_letter_is_refused_and_every_quote_is_verbatim(pieces: list[str]) -> None:
    letter = plain(" ".join(pieces))
    for reference in find_references(letter, issued=date(2021, 1, 1)):
        quote = reference.quote
        assert letter.text[quote.start : quote.end] == quote.text != ""


def test_an_annex_named_beside_an_article_stands_alone() -> None:
    words = "theo điểm a, điểm b khoản 3 Điều 12 và Phụ lục II Thông tư số 05/2025/TT-BNV"
    found = find_references(plain(words), issued=None, own_number=None, bases=())
    assert [place.text for place in found[0].provisions] == [
        "điểm a khoản 3 Điều 12",
        "điểm b khoản 3 Điều 12",
        "Phụ lục II",
    ]
