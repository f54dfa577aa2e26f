"""Inside the letter nothing raises: any mixture of lines yields a valid program."""

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.layout import lay_out
from extractors.parts import sort_into_parts
from pipeline.parse import program_of
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
]  # fmt: skip
texts = st.one_of(
    st.sampled_from(PHRASES),
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


@settings(max_examples=100)
@given(papers)
def test_any_mixture_of_lines_is_a_letter(paper: Paper) -> None:
    letter = lay_out(sort_into_parts(paper))
    program = program_of(letter, paper, SOURCE)
    check_letter(letter)
    check_program(program)
    assert Program.model_validate_json(program.model_dump_json()) == program


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
    """No fact without words, ids unique, quotes are the text's own words."""
    ids = [task.id for task in program.tasks]
    assert len(ids) == len(set(ids))
    for task in program.tasks:
        quotes = [task.quote, *(o.quote for o in task.owners), *(d.quote for d in task.deadlines)]
        for quote in quotes:
            check_quote(program, quote)
            assert quote.text.strip()
    for reference in program.references:
        check_quote(program, reference.quote)
    for issue in program.issues:
        if issue.quote:
            check_quote(program, issue.quote)


def check_quote(program: Program, quote: Quote) -> None:
    assert program.text[quote.start : quote.end] == quote.text
