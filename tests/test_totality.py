"""Inside the letter nothing raises: any mixture of lines yields a valid program.

Each test takes as many examples as the profile says (see conftest.py).
"""

import html
import io
from collections.abc import Iterator
from typing import Any

import docx
from hypothesis import given
from hypothesis import strategies as st

from extractors.layout import lay_out
from extractors.parts import sort_into_parts
from pipeline.errors import ReadError
from pipeline.parse import parse_bytes, program_of
from schemas.base import Value
from schemas.letter import Letter, Quote
from schemas.paper import Call, Cell, Line, Page, Paper, Table
from schemas.program import Program, Source

PHRASES = [
    "ỦY BAN NHÂN DÂN", "TỈNH KON TUM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/KH-UBND",
    "Số:     /TB-UBND", "Kon Tum, ngày 12 tháng 4 năm 2021", "Kon Tum, ngày 31 tháng 02 năm 2021",
    "KẾ HOẠCH", "Về việc phân công nhiệm vụ", "V/v rà soát", "Kính gửi: Sở Nội vụ",
    "Căn cứ Luật Bình đẳng giới năm 2006;", "QUYẾT ĐỊNH:", "Điều 1. Phê duyệt Đề án.",
    "Điều 2. Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính thực hiện trước ngày 31/4/2021.",
    "I. MỤC ĐÍCH, YÊU CẦU", "II. NHIỆM VỤ", "1. Sở Nội vụ:", "a) Tham mưu Kế hoạch", "- Thực hiện:",
    "- Thực hiện: Phân công Sở Y tế chủ trì.", "- Thời gian: Hoàn thành trong quý IV/2021.",
    "- Thời gian: trước ngày 99/99/9999", "Chủ trì: như trên", "đ) Báo cáo UBND tỉnh",
    "1.1.1. Rà soát",
    "theo khoản 3, Điều 8 Luật Bầu cử", "Quyết định số 22/QĐ-UBQG ngày 30/02/2019 của",
    "định kỳ hằng quý, 6 tháng, năm", "PHỤ LỤC I", "(Kèm theo Kế hoạch số 12/KH-UBND)", "Nơi nhận:",
    "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "Nguyễn Văn A", "./.", "2",
    "STT", "Nội dung", "Cơ quan chủ trì", "Thời gian", "nt", "«»{}[]()\\", "١٢٣", "́", "𝟙𝟚/𝟛",
    # headings without a number
    "Đối với Sở Y tế", "Sở Nội vụ", "Ủy ban nhân dân các huyện, thành phố:",
    "Công tác tuyên truyền", "Các nhiệm vụ trọng tâm", "Về cải cách thể chế:",
    "TỔ CHỨC THỰC HIỆN", "Chánh Văn phòng",
    # copied from a law portal
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc -------",
    "Số: 12/UBND-NC V/v rà soát thủ tục hành chính", "1. Rà soát thủ tục hành chính. 2.",
    "Kon Tum, ngày 05 tháng 4 năm 2019 Kính gửi: Sở Nội vụ Thực hiện Công văn số 9/BNV-CCHC:",
    "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Văn Tám", "- Lưu: VT, NC. An Bình", "II.",
    # cells
    "Đơn vị phối hợp", "Sản phẩm", "Ghi chú", "Kinh phí", "Quý IV/2021", "Sở Y tế; Sở Nội vụ",
    "-nt-", "Như trên", "x", "1.2", "Tháng 5 - 6/2021", "Tổng cộng",
    # brackets
    "(", ")", "(hoàn thành trước ngày 15/5/2021)", "(Sở Y tế, Sở Tài chính", "theo Phụ lục)", "[1]",
    "(sau đây gọi tắt là Ban Chỉ đạo)", "“Đề án", "”;", "(qua Sở Nội vụ)",
    "((1) Rà soát; (2) Báo cáo)",
    # broken within a name, a time, a number
    "Giao Sở Giáo dục và Đào", "tạo chủ trì, phối", "hợp với Ủy ban nhân", "dân tỉnh trước ngày",
    "15/", "6/2021.", "hoàn thành trong quý", "Quyết định số 22/QĐ-", "UBND ngày", "khoản 2 Điều",
]  # fmt: skip


def cut(phrase: str) -> st.SearchStrategy[str]:
    """The phrase without its beginning or its end."""
    places = st.integers(0, len(phrase))
    return st.tuples(places, st.booleans()).map(
        lambda drawn: phrase[drawn[0] :] if drawn[1] else phrase[: drawn[0]]
    )


texts = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(PHRASES),
    st.sampled_from(PHRASES).flatmap(cut),
    st.lists(st.sampled_from(PHRASES), min_size=2, max_size=4).map(" ".join),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30),
)
boxes = st.none() | st.tuples(
    st.floats(0, 500), st.floats(0, 800), st.floats(0, 300), st.floats(0, 30)
).map(lambda box: (box[0], box[1], box[0] + box[2], box[1] + box[3]))


@st.composite
def lines(draw: st.DrawFn) -> Line:
    text = draw(texts)
    calls = draw(st.lists(st.integers(0, len(text)), max_size=1))
    return Line(
        text=text,
        page=draw(st.integers(1, 3)),
        box=draw(boxes),
        size=draw(st.none() | st.floats(1, 30)),
        bold=draw(st.booleans()),
        centered=draw(st.booleans()),
        starts=draw(st.sampled_from([None, True, False])),
        role=draw(st.sampled_from(["text", "text", "text", "note", "furniture"])),
        mark=draw(st.none() | st.sampled_from(["1", "2", "*"])),
        column=draw(st.sampled_from([None, None, "left", "right"])),
        calls=tuple(Call(at=at, mark="1") for at in calls),
    )


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    cells = tuple(
        Cell(row=row, column=column, lines=tuple(draw(st.lists(lines(), max_size=2))))
        for row in range(rows)
        for column in range(columns)
        if draw(st.integers(0, 9))
    )
    return Table(rows=rows, columns=columns, cells=cells, ruled=draw(st.booleans()))


papers = st.lists(lines() | tables(), max_size=25).map(
    lambda blocks: Paper(media_type="text/plain", pages=(Page(number=1, blocks=tuple(blocks)),))
)
SOURCE = Source(name="letter", sha256="0", media_type="text/plain", pages=1, origin="text")


@given(papers)
def test_any_mixture_of_lines_is_a_letter(paper: Paper) -> None:
    letter = lay_out(sort_into_parts(paper))
    program = program_of(letter, paper, SOURCE)
    check_letter(letter)
    check_program(program)
    assert Program.model_validate_json(program.model_dump_json()) == program


def test_a_call_before_the_first_word_is_told_without_words() -> None:
    line = Line(text="Rà soát", calls=(Call(at=0, mark="1"),))
    paper = Paper(media_type="text/plain", pages=(Page(number=1, blocks=(line,)),))
    program = program_of(lay_out(sort_into_parts(paper)), paper, SOURCE)
    check_program(program)
    assert "footnote.no-note" in {issue.code for issue in program.issues}


def as_text(rows: list[str]) -> bytes:
    return "\n".join(rows).encode()


def as_html(rows: list[str]) -> bytes:
    """Every third row is a row of a table, its words the cells."""
    made = (
        f"<table><tr><td>{'<td>'.join(map(html.escape, row.split('.')))}</table>"
        if at % 3 == 0
        else f"<p>{html.escape(row)}</p>"
        for at, row in enumerate(rows)
    )
    return f"<html><meta charset=utf-8><body>{''.join(made)}</body></html>".encode()


def as_docx(rows: list[str]) -> bytes:
    """The same as a Word file; neighbours stand in one row of a table."""
    document = docx.Document()
    for at, row in enumerate(rows):
        if at % 3:
            document.add_paragraph(row)
        else:
            cells = rows[at : at + 3]
            table = document.add_table(2, len(cells), "Table Grid")
            for column, text in enumerate(cells):
                table.cell(0, column).text = text
                table.cell(1, column).text = text[::2]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


FORMS = {"txt": as_text, "md": as_text, "html": as_html, "docx": as_docx}


@given(st.sampled_from(sorted(FORMS)), st.lists(texts, max_size=25))
def test_any_mixture_of_lines_is_read_from_a_file_or_refused(form: str, rows: list[str]) -> None:
    try:
        program = parse_bytes(FORMS[form](rows), f"letter.{form}")
    except ReadError:
        return
    check_program(program)


def check_letter(letter: Letter) -> None:
    """Parts tile the text, the key has its length, paragraphs stand in order."""
    assert len(letter.key) == len(letter.text)
    ends = [0]
    for section in letter.sections:
        assert ends[-1] <= section.start <= section.end <= len(letter.text)
        ends.append(section.end)
    starts = [paragraph.start for paragraph in letter.paragraphs]
    assert starts == sorted(starts)


def check_program(program: Program) -> None:
    """No fact without words, ids unique and known, quotes are the text's own words."""
    for quote in quotes_in(program):
        assert program.text[quote.start : quote.end] == quote.text
        assert quote.text.strip()
    tasks = [task.id for task in program.tasks]
    references = [reference.id for reference in program.references]
    assert len(tasks) == len(set(tasks))
    assert len(references) == len(set(references))
    for task in program.tasks:
        assert task.text.strip()
        assert set(task.references) <= set(references)
        assert {issue.task for issue in program.issues} <= {None, *tasks}
    for footnote in program.footnotes:
        assert set(footnote.called_by) <= {"letter", *tasks}
        assert set(footnote.references) <= set(references)
    assert set(program.letter.bases) <= set(references)


def quotes_in(value: Any) -> Iterator[Quote]:
    """Every quote, however deep it stands."""
    if isinstance(value, Quote):
        yield value
    elif isinstance(value, Value):
        for _, inner in value:
            yield from quotes_in(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from quotes_in(inner)
