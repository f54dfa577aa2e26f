"""Is what a clerk does to a Word letter still there? One file, a question a feature.

The file holds automatic numbers, notes, tracked changes, merged cells, a text box, hidden text,
a content control, a header; each question is asked of a reader's text or Markdown.
"""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from raw_docx import RULED, abstract, docx, lst, lvl, num, p, r, tbl, tc, tr

BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
    f"{p('HỎA TỐC')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    f"<v:textbox><w:txbxContent>{p('HỎA TỐC')}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
LEVELS = (
    lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%2."), lvl(2, "lowerLetter", "%3)"),
)  # fmt: skip


def call(note: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{note}"/></w:r>'


def note(number: int, text: str) -> str:
    words = r(f" {text}")
    return f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>{words}</w:p></w:footnote>'


def letter() -> bytes:
    """The letter with everything in it."""
    changed = (
        r("Sở Nội vụ ") + "<w:del><w:r><w:delText>phối hợp</w:delText></w:r></w:del>"
        + f"<w:ins>{r('chủ trì')}</w:ins>" + r(" rà soát") + call(2) + r(" biên chế.")
    )  # fmt: skip
    counted = p("Thống kê số liệu", num(1, 2))
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{counted}</w:sdtContent></w:sdt>"
    merged = '<w:vMerge w:val="restart"/>'
    table = tbl(
        tr(tc("STT"), tc("Nhiệm vụ"), tc("Cơ quan chủ trì")),
        tr(tc(p("", num(2, 0))), tc("Đôn đốc"), tc("Sở Tư pháp", merged)),
        tr(tc(p("", num(2, 0))), tc("Kiểm tra"), tc("", "<w:vMerge/>")),
        properties=RULED,
    )
    body = (
        p(r("KẾ HOẠCH") + BOX) + p("Nhiệm vụ", num(1, 0)) + p(changed, num(1, 1)) + control
        + p(r("Báo cáo UBND tỉnh") + r(" (bản nháp)", "<w:vanish/>") + call(3), num(1, 1))
        + p("Lập danh sách", num(1, 2)) + p("Tổ chức", num(1, 0)) + p("Phân công", num(1, 1))
        + table
    )  # fmt: skip
    numbering = abstract(0, *LEVELS) + lst(1, 0) + abstract(1, lvl(0, "decimal", "%1")) + lst(2, 1)
    notes = note(2, "Theo Luật Bầu cử.") + note(3, "Hằng quý.")
    return docx(body, numbering=numbering, footnotes=notes)


def _seen(pattern: str) -> Callable[[str], bool]:
    return lambda text: bool(re.search(pattern, text, re.M))


CALL = r"\s?(?:\[\^?\[?|<sup>)(\w+)\]?(?:\]|</sup>)?(?:\(#[\w-]+\))?"
MARK_1 = CALL.replace(r"(\w+)", "1")


def bound(text: str) -> bool:
    """The note's text stands under the mark of its call."""
    called = re.search(rf"rà soát{CALL}", text)
    if not called:
        return False
    mark = re.escape(called[1])
    return bool(re.search(rf"^\W*(?:footnote-)?{mark}\W.*Theo Luật Bầu cử", text, re.M))


QUESTIONS: Mapping[str, Callable[[str], bool]] = {
    "automatic numbers": lambda text: all(
        re.search(form, text, re.M)
        for form in (r"^\W*I\.\s+Nhiệm", r"^\W*1\.\s+Sở Nội", r"^\W*2\.\s+Báo cáo")
    ),
    "a level begins anew": _seen(r"^\W*II\.\s+Tổ chức\s+\W*1\.\s+Phân công"),
    "letters of a list": lambda text: bool(
        re.search(r"^\W*a\)\s+Thống", text, re.M) and re.search(r"^\W*a\)\s+Lập", text, re.M)
    ),
    "note called at its word": _seen(rf"rà soát{CALL}"),
    "note bound to its call": bound,
    "mark as Word shows it": _seen(rf"rà soát{MARK_1}"),
    "deletion dropped, insertion kept": lambda text: "Sở Nội vụ chủ trì rà soát" in flat(text),
    "hidden words out": lambda text: "bản nháp" not in text,
    "text box once": lambda text: text.count("HỎA TỐC") == 1,
    "content control kept": lambda text: "Thống kê số liệu" in text,
    "table rows": _seen(r"Đôn đốc\s*\|.*Sở Tư pháp"),
    "merged cell told in each row": _seen(r"Kiểm tra\s*\|\s*Sở Tư pháp"),
    "numbers in table cells": _seen(r"\|\s*2\W*\|\s*Kiểm tra"),
}


def flat(text: str) -> str:
    return re.sub(r"[\\*_]|\s+", " ", text).replace("  ", " ")


def kept(text: str) -> dict[str, bool]:
    """The answer to each question."""
    return {name: asked(text.replace("\\", "")) for name, asked in QUESTIONS.items()}
