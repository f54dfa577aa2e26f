"""A letter put together from parts says the same as plain text and as a Word file."""

import importlib.util
import io
from pathlib import Path
from types import ModuleType
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.parse import parse_bytes
from schemas.program import Program

TYPESET = Path(__file__).parent.parent / "samples" / "typeset.py"


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


typesetting = _loaded(TYPESET)

OWNERS = (
    "Sở Nội vụ", "Sở Y tế", "Sở Lao động - Thương binh và Xã hội", "Công an tỉnh",
    "Văn phòng Ủy ban nhân dân tỉnh", "Ủy ban nhân dân các huyện, thành phố",
)  # fmt: skip
DUTIES = (
    "rà soát số lượng cấp phó của các đơn vị trực thuộc",
    "xây dựng kế hoạch kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính",
    "tổ chức tập huấn nghiệp vụ cho cán bộ cấp xã theo Quyết định số 22/QĐ-TTg ngày 05/01/2021",
    "cập nhật dữ liệu hộ tịch vào hệ thống dùng chung",
)
TIMES = (
    "trước ngày 15/6/2023", "trong quý III/2023", "chậm nhất ngày 30 tháng 9 năm 2023",
    "trong tháng 8/2023", "hằng quý",
)  # fmt: skip


@st.composite
def labelled(draw: st.DrawFn) -> list[str]:
    duty = draw(st.sampled_from(DUTIES))
    return [
        f"{duty[0].upper()}{duty[1:]}.",
        f"- Cơ quan chủ trì: {draw(st.sampled_from(OWNERS))}.",
        f"- Thời gian hoàn thành: {draw(st.sampled_from(TIMES))}.",
    ]


@st.composite
def ordered(draw: st.DrawFn) -> list[str]:
    lead, support = draw(st.permutations(OWNERS))[:2]
    given_to = f"Giao {lead} chủ trì, phối hợp với {support}"
    duty, day = draw(st.sampled_from(DUTIES)), draw(st.sampled_from(TIMES[:-1]))
    return [f"{given_to} {duty}, hoàn thành {day}."]


@st.composite
def letters(draw: st.DrawFn) -> dict[str, Any]:
    """A plan with one or two headings and numbered duties under each."""
    body = ["Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:"]
    for heading in draw(st.sampled_from((["I"], ["I", "II"]))):
        body.append(f"**{heading}. NHIỆM VỤ**")
        duties = st.lists(draw(st.sampled_from((labelled(), ordered()))), min_size=1, max_size=4)
        for number, lines in enumerate(draw(duties), 1):
            body += [f"{number}. {lines[0]}", *lines[1:]]
    return {
        "issuer": ["ỦY BAN NHÂN DÂN", "TỈNH NGHỆ AN"],
        "number": f"Số: {draw(st.integers(1, 999))}/KH-UBND",
        "dateline": "Nghệ An, ngày 08 tháng 5 năm 2023",
        "kind": "KẾ HOẠCH",
        "subject": "Triển khai nhiệm vụ cải cách hành chính",
        "body": "\n".join(body),
        "recipients": ["Như trên;", "Lưu: VT."],
        "signature": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Nguyễn Văn An"],
    }


def as_docx(letter: dict[str, Any]) -> bytes:
    stream = io.BytesIO()
    typesetting.typeset(letter).save(stream)
    return stream.getvalue()


def as_text(letter: dict[str, Any]) -> bytes:
    """Each paragraph between empty lines, as a word processor saves it as text."""
    paragraphs = [
        *letter["issuer"], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        letter["number"], letter["dateline"], letter["kind"], letter["subject"],
        *letter["body"].replace("**", "").split("\n"),
        "Nơi nhận:", *(f"- {line}" for line in letter["recipients"]), *letter["signature"],
    ]  # fmt: skip
    return "\n\n".join(paragraphs).encode()


def said(program: Program) -> list[Any]:
    return [
        (
            task.id, task.layout, task.text, task.references,
            [(owner.role, owner.party.text, owner.party.agency) for owner in task.owners],
            [(day.quote.text, day.model_dump(exclude={"quote"})) for day in task.deadlines],
        )
        for task in program.tasks
    ]  # fmt: skip


@settings(max_examples=settings().max_examples // 4)  # Word files are slow to write
@given(letters())
def test_text_and_word_give_the_same_tasks(letter: dict[str, Any]) -> None:
    word = parse_bytes(as_docx(letter), "letter.docx")
    text = parse_bytes(as_text(letter), "letter.txt")
    assert said(text) == said(word)
    numbered = [line for line in letter["body"].split("\n") if line[0].isdigit()]
    assert len(word.tasks) == len(numbered)
    assert all(task.owners and task.deadlines for task in word.tasks)
    assert (text.letter.number, text.letter.issued) != (None, None)
    assert text.letter.issued == word.letter.issued
    assert [r.number for r in text.references] == [r.number for r in word.references]
