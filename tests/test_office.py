"""DOC, RTF, ODT and spreadsheets say the same as the DOCX they were saved from."""

import contextlib
import io
import zipfile
from datetime import date
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from raw_docx import docx, p

from pipeline.errors import MissingExtra, Protected, ReadError, TooLarge, Unreadable
from pipeline.readers import office, read
from pipeline.readers.doc import read_doc
from pipeline.readers.kinds import DOCX, ODT, XLS, XLSX
from pipeline.readers.limits import Limits
from pipeline.readers.odt import read_odt
from pipeline.readers.rtf import read_rtf
from pipeline.readers.xlsx import read_xls, read_xlsx, shown
from schemas.paper import Block, Line, Paper, Table

LIMITS = Limits()
FILES = Path(__file__).parent / "files"

LETTER = [
    "KẾ HOẠCH",
    "I. Rà soát cán bộ nữ.",
    "a) Thời gian: trước ngày 15/5/2021.",
    "II. Kiểm tra.",
    "Hết.",
]
GRID = [
    ((0, 0, 1, 1), "STT"), ((0, 1, 1, 1), "Nhiệm vụ"), ((0, 2, 1, 1), "Cơ quan chủ trì"),
    ((1, 0, 1, 1), "1"), ((1, 1, 1, 1), "Rà soát"), ((1, 2, 2, 1), "Sở Nội vụ"),
    ((2, 0, 1, 1), "2"), ((2, 1, 1, 1), "Kiểm tra"),
]  # fmt: skip


def blocks(paper: Paper) -> list[Block]:
    return [*chain.from_iterable(page.blocks for page in paper.pages)]


def lines(paper: Paper, role: str = "text") -> list[Line]:
    return [b for b in blocks(paper) if isinstance(b, Line) and b.role == role]


def grid(paper: Paper) -> list[tuple[tuple[int, int, int, int], str]]:
    (table,) = (block for block in blocks(paper) if isinstance(block, Table))
    return [
        ((c.row, c.column, c.rows, c.columns), " / ".join(line.text for line in c.lines))
        for c in table.cells
    ]


def holds_the_letter(paper: Paper) -> None:
    assert [line.text for line in lines(paper)] == LETTER
    assert grid(paper) == GRID
    called = [(line.text[: c.at], c.mark) for line in lines(paper) for c in line.calls]
    assert called == [("I. Rà soát cán bộ nữ", "1")]
    assert [(n.mark, n.text) for n in lines(paper, "note")] == [("1", "Theo Luật Bầu cử.")]


def test_doc() -> None:
    holds_the_letter(read_doc((FILES / "letter.doc").read_bytes(), LIMITS))


@pytest.mark.skipif(office.installed() is None, reason="LibreOffice is not installed")
def test_rtf() -> None:
    holds_the_letter(read_rtf((FILES / "letter.rtf").read_bytes(), LIMITS))


def test_rtf_without_libreoffice_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "installed", lambda: None)
    with pytest.raises(MissingExtra) as refused:
        read_rtf((FILES / "letter.rtf").read_bytes(), LIMITS)
    assert "apt install libreoffice" in refused.value.advice


@pytest.mark.skipif(office.installed() is None, reason="LibreOffice is not installed")
def test_a_converter_that_hangs_is_ended() -> None:
    with pytest.raises(TooLarge) as refused:
        read_rtf((FILES / "letter.rtf").read_bytes(), Limits(seconds=0.05))
    assert refused.value.code == "office.time"


def test_a_damaged_doc_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "installed", lambda: None)
    whole = (FILES / "letter.doc").read_bytes()
    with pytest.raises((Unreadable, MissingExtra)):
        read_doc(whole[:3000], LIMITS)


# --- OpenDocument -------------------------------------------------------------------------------

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("fo", "xsl-fo-compatible"), ("draw", "drawing"),
    )
)  # fmt: skip


def odt(body: str, styles: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr(
            "content.xml",
            f"<office:document-content {_NAMES}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
    return buffer.getvalue()


def test_odt() -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
        'style:num-format="I" style:num-suffix="."/><text:list-level-style-number text:level="2" '
        'style:num-format="a" style:num-suffix=")"/></text:list-style>'
        '<style:style style:name="K" style:family="paragraph"><style:paragraph-properties '
        'fo:text-align="center"/><style:text-properties fo:font-weight="bold" fo:font-size="14pt"/>'
        "</style:style>"
    )
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>"
        "Theo Luật Bầu cử.</text:p></text:note-body></text:note>"
    )
    head = "".join(
        f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"
        for text in ("STT", "Nhiệm vụ", "Cơ quan chủ trì")
    )
    first = (
        "<table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>Rà soát"
        '</text:p></table:table-cell><table:table-cell table:number-rows-spanned="2"><text:p>'
        "Sở Nội vụ</text:p></table:table-cell>"
    )
    second = (
        "<table:table-cell><text:p>2</text:p></table:table-cell><table:table-cell><text:p>"
        "Kiểm tra</text:p></table:table-cell><table:covered-table-cell/>"
    )
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in (head, first, second))
    paper = read_odt(
        odt(
            "<text:tracked-changes><text:p>bỏ</text:p></text:tracked-changes>"
            '<text:p text:style-name="K">KẾ HOẠCH</text:p>'
            '<text:list text:style-name="L"><text:list-item>'
            f"<text:p>Rà soát cán bộ nữ{note}.</text:p><text:list><text:list-item>"
            "<text:p>Thời gian: trước ngày 15/5/2021.</text:p></text:list-item></text:list>"
            "</text:list-item><text:list-item><text:p>Kiểm tra.</text:p></text:list-item>"
            f"</text:list><table:table>{rows}</table:table><text:p>Hết.</text:p>",
            styles,
        ),
        LIMITS,
    )
    holds_the_letter(paper)
    title = lines(paper)[0]
    assert (title.bold, title.centered, title.size) == (True, True, 14.0)


def test_an_odt_list_goes_on_only_where_it_says_so() -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" '
        'style:num-format="1" style:num-suffix="."/></text:list-style>'
    )

    def item(text: str, more: str = "") -> str:
        return (
            f'<text:list text:style-name="L" {more}><text:list-item><text:p>{text}</text:p>'
            "</text:list-item></text:list>"
        )

    body = item("a") + item("b", 'text:continue-numbering="true"') + item("c")
    assert [line.text for line in lines(read_odt(odt(body, styles), LIMITS))] == [
        "1. a", "2. b", "1. c",
    ]  # fmt: skip


# --- Spreadsheets -------------------------------------------------------------------------------

ANNEX = [
    ((0, 0, 1, 1), "STT"), ((0, 1, 1, 1), "Nhiệm vụ"), ((0, 2, 1, 1), "Thời hạn"),
    ((1, 0, 1, 1), "1"), ((1, 1, 1, 1), "Rà soát"), ((1, 2, 2, 1), "trước 15/5"),
    ((2, 0, 1, 1), "2"), ((2, 1, 1, 1), "Kiểm tra"),
]  # fmt: skip


def workbook(ruled: bool = True) -> Workbook:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    side = Side(style="thin")
    sheet["A1"] = "PHỤ LỤC"
    sheet.merge_cells("A1:C1")
    rows = [("STT", "Nhiệm vụ", "Thời hạn"), (1, "Rà soát", "trước 15/5"), (2, "Kiểm tra", None)]
    for at, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(at, column, value)
            if ruled:
                cell.border = Border(side, side, side, side)
    sheet.merge_cells("C4:C5")
    return book


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("ruled", [True, False])
def test_xlsx(ruled: bool) -> None:
    paper = read_xlsx(saved(workbook(ruled)), LIMITS)
    assert ([line.text for line in lines(paper)], grid(paper)) == (["PHỤ LỤC"], ANNEX)


def test_hidden_sheets_and_rows_are_left_out() -> None:
    book = workbook()
    secret = book.create_sheet("x")
    secret["A1"], secret.sheet_state = "ẩn", "hidden"
    sheet = book.active
    assert sheet is not None
    sheet["A2"] = "ẩn"
    sheet.row_dimensions[2].hidden = True
    assert [line.text for line in lines(read_xlsx(saved(book), LIMITS))] == ["PHỤ LỤC"]


def test_letterhead_cells_side_by_side_are_a_layout_table() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["D1"] = "UBND TỈNH KON TUM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    sheet["A3"] = "Danh mục nhiệm vụ"
    paper = read_xlsx(saved(book), LIMITS)
    (table,) = (block for block in blocks(paper) if isinstance(block, Table))
    assert (table.ruled, table.columns) == (False, 2)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (1.0, "General", "1"),
        (1, "00", "01"),
        (0.35, "0%", "35%"),
        (2.5, "General", "2.5"),
        (date(2021, 5, 15), "dd/mm/yyyy", "15/05/2021"),
        (date(2021, 5, 1), "mm/yyyy", "05/2021"),
        (None, "General", ""),
    ],
)
def test_values_as_shown(value: object, form: str, text: str) -> None:
    assert shown(value, form) == text


def test_xls() -> None:
    pytest.importorskip("xlrd")
    paper = read_xls((FILES / "annex.xls").read_bytes(), LIMITS)
    assert ([line.text for line in lines(paper)], grid(paper)) == (["PHỤ LỤC"], ANNEX)
    assert paper.media_type == XLS


def test_a_sheet_that_unpacks_too_far_is_refused() -> None:
    with pytest.raises(TooLarge):
        read_xlsx(saved(workbook()), Limits(unpacked=2_000))


# --- At the door --------------------------------------------------------------------------------


def test_an_encrypted_office_file_asks_for_its_password() -> None:
    """An OOXML file with a password is a compound file that holds an EncryptedPackage."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    data = head + "EncryptedPackage".encode("utf-16-le").ljust(512, b"\0")
    with pytest.raises(Protected):
        read(data, "mat.docx", LIMITS)


WHOLE = {DOCX: docx(p("Nội dung")), ODT: odt("<text:p>a</text:p>"), XLSX: saved(workbook())}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_archive_is_refused_and_never_crashes(data: st.DataObject) -> None:
    whole = bytearray(WHOLE[data.draw(st.sampled_from(sorted(WHOLE)))])
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        whole[at] ^= 0x5A
    cut = data.draw(st.integers(len(whole) // 2, len(whole)))
    with contextlib.suppress(ReadError):  # anything else would be a crash
        assert read(bytes(whole[:cut]), "letter", LIMITS).pages
