"""Set a letter written in TOML as DOCX, in the layout of Nghị định 30/2020/NĐ-CP, and as PDF.

    python samples/typeset.py samples/tune/kon-tum-2021/letter.toml

writes letter.docx beside it (two-column letterhead, real Word footnotes, Nơi nhận beside the
signature, ruled tables with a repeated header) and, where LibreOffice is installed, letter.pdf.

In `body` each line is a paragraph. `**bold**`, `[^1]` calls note 1, `|a|b|` is a table row
(`|=` a header row, `<<` a cell merged with its left neighbour, `^^` with the one above),
`---` a page break, `~9` an empty line of 9 points, `>` a centred line. `landscape = true` in an
annex turns its pages.
"""

import argparse
import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import regex
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

CENTER = WD_ALIGN_PARAGRAPH.CENTER
INLINE = regex.compile(r"(\*\*.+?\*\*|\[\^\w+\])")
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("letters", nargs="+", type=Path)
    for path in parser.parse_args().letters:
        target = path.with_suffix(".docx")
        typeset(tomllib.loads(path.read_text(encoding="utf-8"))).save(str(target))
        print(target)
        if shutil.which("soffice"):
            print(to_pdf(target))


def to_pdf(docx: Path) -> Path:
    """The DOCX as PDF, through LibreOffice with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to",
             "pdf", "--outdir", str(docx.parent), str(docx)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    return docx.with_suffix(".pdf")


def typeset(letter: dict[str, Any]) -> DocumentObject:
    document = Document()
    setting = letter.get("setting", {})
    _base_style(document, setting)
    _letterhead(document, letter)
    _subject(document, letter)
    _addressees(document, letter.get("addressees", []))
    _body(document, letter["body"], setting)
    _closing(document, letter)
    for annex in letter.get("annex", []):
        _annex(document, annex, setting)
    if letter.get("notes"):
        _footnotes(document, letter["notes"])
    return document


def _base_style(document: DocumentObject, setting: dict[str, Any]) -> None:
    style = document.styles["Normal"]
    style.font.name = "Times New Roman"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.font.size = Pt(setting.get("size", 14))
    style.paragraph_format.space_after = Pt(setting.get("space", 6))
    style.paragraph_format.line_spacing = setting.get("line_spacing", 1.15)
    _page(document.sections[0], setting)
    if setting.get("page_numbers", True):
        _page_numbers(document)


def _page(section: Any, setting: dict[str, Any]) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    margins = setting.get("margins", [20, 20, 20, 30])
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(
        Mm, margins
    )


def _page_numbers(document: DocumentObject) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        paragraph.add_run()._r.append(element)


def _letterhead(document: DocumentObject, letter: dict[str, Any]) -> None:
    left, right = _side_by_side(document, (Mm(62), Mm(103)))
    if letter.get("superior"):
        _centred(left, letter["superior"], size=13)
    for line in letter.get("issuer", []):
        _centred(left, line, size=13, bold=True)
    if letter.get("party"):
        _centred(right, "ĐẢNG CỘNG SẢN VIỆT NAM", size=13, bold=True)
    else:
        _centred(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True)
        _centred(right, "Độc lập - Tự do - Hạnh phúc", size=13, bold=True)
    _centred(left, letter["number"], size=13)
    if letter.get("regarding"):
        _centred(left, letter["regarding"], size=12)
    _centred(right, letter["dateline"], size=13, italic=True)
    for mark in letter.get("stamps", []):
        _centred(left, mark, size=12, bold=True)


def _side_by_side(document: DocumentObject, widths: tuple[Mm, Mm]) -> tuple[_Cell, _Cell]:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = width
        cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
    return table.rows[0].cells[0], table.rows[0].cells[1]


def _centred(where: Any, text: str, size: float, bold: bool = False, italic: bool = False) -> None:
    paragraph = where.add_paragraph()
    paragraph.alignment = CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    _write(paragraph, text, size=size, bold=bold, italic=italic)


def _subject(document: DocumentObject, letter: dict[str, Any]) -> None:
    _centred(document, "", size=8)
    if letter.get("kind"):
        _centred(document, letter["kind"], size=14, bold=True)
        _centred(document, letter["subject"], size=14, bold=True)
        _centred(document, "", size=8)


def _addressees(document: DocumentObject, names: list[str]) -> None:
    if len(names) == 1:
        _centred(document, f"Kính gửi: {names[0]}", size=14)
    elif names:
        document.add_paragraph("Kính gửi:").paragraph_format.left_indent = Mm(35)
        for name in names:
            document.add_paragraph(f"- {name}").paragraph_format.left_indent = Mm(45)


def _body(document: DocumentObject, body: str, setting: dict[str, Any]) -> None:
    rows: list[str] = []
    for line in filter(None, map(str.strip, body.split("\n"))):
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            _table(document, rows, setting)
            rows = []
        _paragraph(document, line)
    if rows:
        _table(document, rows, setting)


def _paragraph(document: DocumentObject, line: str) -> None:
    if line == "---":
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        return
    paragraph = document.add_paragraph()
    if line.startswith("~"):
        paragraph.paragraph_format.space_after = Pt(0)
        _sized(paragraph.add_run(" "), float(line[1:]))
        return
    if line.startswith(">"):
        paragraph.alignment = CENTER
        line = line[1:].strip()
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
    _write(paragraph, line)


def _write(
    paragraph: Paragraph, text: str, size: float = 0, bold: bool = False, italic: bool = False
) -> None:
    for piece in filter(None, INLINE.split(text)):
        call = regex.fullmatch(r"\[\^(\w+)\]", piece)
        if call:
            paragraph._p.append(_call(call[1]))
            continue
        strong = regex.fullmatch(r"\*\*(.+)\*\*", piece)
        run = paragraph.add_run(strong[1] if strong else piece)
        run.bold = bold or bool(strong) or None
        run.italic = italic or None
        _sized(run, size)


def _sized(run: Run, size: float) -> None:
    if size:
        run.font.size = Pt(size)


def _call(mark: str) -> Any:
    run = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    raised = OxmlElement("w:vertAlign")
    raised.set(qn("w:val"), "superscript")
    properties.append(raised)
    call = OxmlElement("w:footnoteReference")
    call.set(qn("w:id"), mark)
    run.append(properties)
    run.append(call)
    return run


def _table(document: DocumentObject, rows: list[str], setting: dict[str, Any]) -> None:
    cells = [[cell.strip() for cell in row.strip("|=").split("|")] for row in rows]
    style = "Table Grid" if setting.get("borders", True) else None
    table = document.add_table(rows=len(cells), cols=len(cells[0]), style=style)
    for at, (row, source) in enumerate(zip(cells, rows, strict=True)):
        if source.startswith("|="):
            _repeat(table, at)
        for column, text in enumerate(row):
            _cell(table, (at, column), text, setting, head=source.startswith("|="))
    _widths(table, setting.get("widths"))
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(table: Table, widths: list[float] | None) -> None:
    if widths and len(widths) == len(table.columns):
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)


def _repeat(table: Table, row: int) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[row]._tr.get_or_add_trPr().append(mark)


def _cell(
    table: Table, at: tuple[int, int], text: str, setting: dict[str, Any], head: bool
) -> None:
    row, column = at
    if text == "<<":
        table.cell(row, column - 1).merge(table.cell(row, column))
        return
    if text == "^^":
        table.cell(row - 1, column).merge(table.cell(row, column))
        return
    cell = table.cell(row, column)
    for number, line in enumerate(text.split("<br>")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        if head:
            paragraph.alignment = CENTER
        _write(paragraph, line, size=setting.get("table_size", 12), bold=head)


def _closing(document: DocumentObject, letter: dict[str, Any]) -> None:
    left, right = _side_by_side(document, (Mm(80), Mm(85)))
    _recipients(left, letter.get("recipients", []))
    for line in letter.get("signature", []):
        _centred(right, line, size=14, bold=True)


def _recipients(cell: _Cell, lines: list[str]) -> None:
    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    _write(paragraph, "Nơi nhận:", size=12, bold=True, italic=True)
    for line in lines:
        paragraph = cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        _write(paragraph, f"- {line}", size=11)


def _annex(document: DocumentObject, annex: dict[str, Any], setting: dict[str, Any]) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _page(section, setting)
    if annex.get("landscape"):
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    for line in annex["title"]:
        _centred(document, line, size=14, bold=not line.startswith("("), italic=line[0] == "(")
    _body(document, annex["body"], setting | annex.get("setting", {}))


def _footnotes(document: DocumentObject, notes: list[str]) -> None:
    body = "".join(_note(str(number), text) for number, text in enumerate(notes, 1))
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}">'
        f"<w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>"
        for kind, number in (("separator", -1), ("continuationSeparator", 0))
    )
    notes_element = f"<w:footnotes {nsdecls('w')}>{separators}{body}</w:footnotes>"
    blob = f'<?xml version="1.0" encoding="UTF-8"?>{notes_element}'
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), NOTES_TYPE, blob.encode(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _note(number: str, text: str) -> str:
    size = '<w:sz w:val="20"/>'
    raised = '<w:vertAlign w:val="superscript"/>'
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:jc w:val="both"/></w:pPr>'
        f"<w:r><w:rPr>{size}{raised}</w:rPr><w:footnoteRef/></w:r>"
        f'<w:r><w:rPr>{size}</w:rPr><w:t xml:space="preserve"> {text}</w:t></w:r>'
        "</w:p></w:footnote>"
    )


if __name__ == "__main__":
    main()
