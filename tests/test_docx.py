"""Word letters are read as Word shows them."""

import io
import zipfile
from itertools import chain

import pytest
from raw_docx import RULED, abstract, docx, lst, lvl, num, p, r, tbl, tc, tr

from pipeline.errors import TooLarge, Unreadable
from pipeline.readers.docx import read_docx
from pipeline.readers.figures import figure
from pipeline.readers.limits import Limits
from pipeline.readers.symbols import bullet
from schemas.paper import Line, Paper, Table

LIMITS = Limits()

OUTLINE = abstract(
    0,
    lvl(0, "upperRoman", "%1."),
    lvl(1, "decimal", "%2."),
    lvl(2, "lowerLetter", "%3)"),
    lvl(3, "bullet", "\uf02d", '<w:rPr><w:rFonts w:hAnsi="Symbol"/></w:rPr>'),
) + lst(1, 0)


def read(body: str, **parts: str) -> Paper:
    return read_docx(docx(body, **parts), LIMITS)


def lines(paper: Paper, role: str = "text") -> list[str]:
    """The texts of the lines outside tables."""
    found = chain.from_iterable(page.blocks for page in paper.pages)
    return [block.text for block in found if isinstance(block, Line) and block.role == role]


def tables(paper: Paper) -> list[Table]:
    found = chain.from_iterable(page.blocks for page in paper.pages)
    return [block for block in found if isinstance(block, Table)]


def grid(table: Table) -> list[tuple[tuple[int, int, int, int], str]]:
    return [
        ((c.row, c.column, c.rows, c.columns), " / ".join(line.text for line in c.lines))
        for c in table.cells
    ]


def call(note: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{note}"/></w:r>'


def sdt(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def begun_field(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


END_OF_FIELD = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def note(number: int, text: str) -> str:
    return (
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>{r(" " + text)}</w:p>'
        "</w:footnote>"
    )


def test_one_letter_with_everything_a_clerk_does_to_it() -> None:
    """Numbers, notes, tracked changes, merged cells, a text box, hidden text, a control."""
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"<w:txbxContent>{p('HỎA TỐC')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox>"
        f"<w:txbxContent>{p('HỎA TỐC')}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    changed = (
        r("Sở Nội vụ ")
        + "<w:del><w:r><w:delText>phối hợp</w:delText></w:r></w:del>"
        + f"<w:ins>{r('chủ trì')}</w:ins>"
        + r(" rà soát")
        + call(2)
        + r(".")
    )
    control = sdt(p("Thời gian: trước ngày 15/5/2021.", num(1, 3)))
    body = (
        p(r("KẾ HOẠCH") + box)
        + p("Nhiệm vụ", num(1, 0))
        + p(changed, num(1, 1))
        + control
        + p(r("Báo cáo UBND tỉnh") + r(" (bản nháp)", "<w:vanish/>") + call(3), num(1, 1))
        + tbl(
            tr(tc("STT"), tc("Nhiệm vụ"), tc("Cơ quan chủ trì")),
            tr(
                tc(p("", num(2, 0))),
                tc("Rà soát"),
                tc("Sở Tư pháp", '<w:vMerge w:val="restart"/>'),
            ),
            tr(tc(p("", num(2, 0))), tc("Kiểm tra"), tc("", "<w:vMerge/>")),
            properties=RULED,
        )
    )
    paper = read(
        body,
        numbering=OUTLINE + abstract(1, lvl(0, "decimal", "%1")) + lst(2, 1),
        footnotes=note(2, "Theo Luật Bầu cử.") + note(3, "Hằng quý."),
    )
    assert lines(paper) == [
        "KẾ HOẠCH",
        "HỎA TỐC",
        "I. Nhiệm vụ",
        "1. Sở Nội vụ chủ trì rà soát.",
        "- Thời gian: trước ngày 15/5/2021.",
        "2. Báo cáo UBND tỉnh",
    ]
    called = [
        (line.text[: c.at], c.mark)
        for line in paper.pages[0].blocks
        if isinstance(line, Line)
        for c in line.calls
    ]
    assert called == [
        ("1. Sở Nội vụ chủ trì rà soát", "1"),
        ("2. Báo cáo UBND tỉnh", "2"),
    ]
    notes = [b for b in paper.pages[0].blocks if isinstance(b, Line) and b.role == "note"]
    assert [(n.mark, n.text) for n in notes] == [("1", "Theo Luật Bầu cử."), ("2", "Hằng quý.")]
    (table,) = tables(paper)
    assert grid(table) == [
        ((0, 0, 1, 1), "STT"),
        ((0, 1, 1, 1), "Nhiệm vụ"),
        ((0, 2, 1, 1), "Cơ quan chủ trì"),
        ((1, 0, 1, 1), "1"),
        ((1, 1, 1, 1), "Rà soát"),
        ((1, 2, 2, 1), "Sở Tư pháp"),
        ((2, 0, 1, 1), "2"),
        ((2, 1, 1, 1), "Kiểm tra"),
    ]


def test_deeper_levels_begin_anew_below_each_heading() -> None:
    paper = read(
        p("Mục tiêu", num(1, 0))
        + p("Rà soát", num(1, 1))
        + p("Thống kê", num(1, 2))
        + p("Báo cáo", num(1, 2))
        + p("Tổ chức", num(1, 0))
        + p("Kiểm tra", num(1, 1)),
        numbering=OUTLINE,
    )
    assert [line.partition(" ")[0] for line in lines(paper)] == [
        "I.",
        "1.",
        "a)",
        "b)",
        "II.",
        "1.",
    ]


def test_level_is_the_depth_in_the_list() -> None:
    paper = read(p("Mục tiêu", num(1, 0)) + p("Thống kê", num(1, 2)), numbering=OUTLINE)
    assert [b.level for b in paper.pages[0].blocks if isinstance(b, Line)] == [0, 2]


def test_a_list_that_begins_anew_shares_no_count() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = abstract(0, lvl(0, "decimal", "%1.")) + lst(1, 0) + lst(2, 0, anew) + lst(3, 0)
    body = p("a", num(1)) + p("b", num(1)) + p("c", num(2)) + p("d", num(2)) + p("e", num(3))
    assert lines(read(body, numbering=numbering)) == ["1. a", "2. b", "1. c", "2. d", "3. e"]


def test_an_overriding_level_has_its_own_form() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{lvl(0, "upperLetter", "%1.")}</w:lvlOverride>'
    numbering = abstract(0, lvl(0, "decimal", "%1.")) + lst(1, 0, own)
    assert lines(read(p("Mục tiêu", num(1)), numbering=numbering)) == ["A. Mục tiêu"]


@pytest.mark.parametrize(
    ("restart", "labels"),
    [
        ("", ["1.", "a)", "(1)", "b)", "(1)", "2.", "(1)"]),
        ('<w:lvlRestart w:val="1"/>', ["1.", "a)", "(1)", "b)", "(2)", "2.", "(1)"]),
        ('<w:lvlRestart w:val="0"/>', ["1.", "a)", "(1)", "b)", "(2)", "2.", "(3)"]),
    ],
)
def test_lvl_restart_names_the_level_that_restarts(restart: str, labels: list[str]) -> None:
    levels = (lvl(0, "decimal", "%1."), lvl(1, "lowerLetter", "%2)"))
    numbering = abstract(0, *levels, lvl(2, "decimal", "(%3)", restart)) + lst(1, 0)
    body = "".join(p("x", num(1, level)) for level in (0, 1, 2, 1, 2, 0, 2))
    found = [line.partition(" ")[0] for line in lines(read(body, numbering=numbering))]
    assert found == labels


def test_legal_numbers_are_decimal_at_every_level() -> None:
    levels = (lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%1.%2.", "<w:isLgl/>"))
    numbering = abstract(0, *levels) + lst(1, 0)
    body = p("a", num(1, 0)) + p("b", num(1, 0)) + p("c", num(1, 1))
    assert lines(read(body, numbering=numbering)) == ["I. a", "II. b", "2.1. c"]


def test_a_heading_style_carries_its_number() -> None:
    """The list is named by the style another is based on; the level is bound to a style."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="MucCon"><w:basedOn w:val="Muc"/>'
        '<w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Dieu"><w:pPr>'
        '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = abstract(
        0,
        lvl(0, "upperRoman", "Mục %1.", '<w:pStyle w:val="Muc"/>'),
        lvl(1, "decimal", "Điều %2.", '<w:pStyle w:val="Dieu"/>'),
    ) + lst(1, 0)
    body = "".join(
        p("x", f'<w:pStyle w:val="{style}"/>') for style in ("Muc", "Dieu", "Dieu", "MucCon")
    )
    paper = read(body, styles=styles, numbering=numbering)
    assert lines(paper) == ["Mục I. x", "Điều 1. x", "Điều 2. x", "Mục II. x"]
    assert [b.bold for b in paper.pages[0].blocks if isinstance(b, Line)][-1]


def test_number_zero_takes_the_number_of_the_style_away() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    body = p("Mở đầu", '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(read(body, styles=styles, numbering=OUTLINE)) == ["Mở đầu"]


def test_a_list_style_is_followed_to_its_list() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="DS"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    link = '<w:numStyleLink w:val="DS"/>'
    numbering = OUTLINE + abstract(5, more=link) + lst(7, 5)
    assert lines(read(p("a", num(7)), styles=styles, numbering=numbering)) == ["I. a"]


def test_a_label_typed_in_an_old_font_is_unicode() -> None:
    font = '<w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr>'
    numbering = abstract(0, lvl(0, "decimal", "§iÒu %1.", font)) + lst(1, 0)
    assert lines(read(p("Phạm vi", num(1)), numbering=numbering)) == ["Điều 1. Phạm vi"]


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (4, "upperRoman", "IV"),
        (9, "lowerRoman", "ix"),
        (27, "lowerLetter", "aa"),
        (7, "decimalZero", "07"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "vietnameseCounting", "hai mươi mốt"),
        (15, "vietnameseCounting", "mười lăm"),
        (5, "chicago", "**"),
        (12, "unheardOf", "12"),
    ],
)
def test_number_forms(number: int, form: str, written: str) -> None:
    assert figure(number, form) == written


def test_a_custom_form_pads_with_zeros() -> None:
    assert figure(7, "custom", "001, 002, 003, ...") == "007"


@pytest.mark.parametrize(
    ("glyph", "font", "shown"),
    [
        ("\uf02d", "Symbol", "-"),
        ("–", None, "-"),
        ("+", "Times New Roman", "+"),
        ("\uf0b7", "Symbol", "•"),
        ("\uf0d8", "Wingdings", "•"),
        ("o", "Courier New", "•"),
    ],
)
def test_bullets_as_shown(glyph: str, font: str | None, shown: str) -> None:
    assert bullet(glyph, font) == shown


def test_notes_are_numbered_in_the_order_of_their_calls() -> None:
    body = p(r("Một") + call(9) + r(", hai") + call(4))
    paper = read(body, footnotes=note(4, "Hai.") + note(9, "Một."))
    found = [b for b in paper.pages[0].blocks if isinstance(b, Line)]
    assert [(c.at, c.mark) for c in found[0].calls] == [(3, "1"), (8, "2")]
    assert [(b.mark, b.text) for b in found[1:]] == [("1", "Một."), ("2", "Hai.")]


def test_notes_count_as_the_section_says() -> None:
    """Section one counts from i; section two begins anew."""
    first = '<w:sectPr><w:footnotePr><w:numFmt w:val="lowerRoman"/></w:footnotePr></w:sectPr>'
    second = (
        '<w:sectPr><w:footnotePr><w:numStart w:val="5"/><w:numRestart w:val="eachSect"/>'
        "</w:footnotePr></w:sectPr>"
    )
    body = p(r("a") + call(2)) + p(r("b") + call(3), first) + p(r("c") + call(4)) + second
    paper = read(body, footnotes="".join(note(n, "x") for n in (2, 3, 4)))
    marks = [
        c.mark for page in paper.pages for b in page.blocks if isinstance(b, Line) for c in b.calls
    ]
    assert marks == ["i", "ii", "5"]


def test_a_mark_of_the_writers_own_is_not_counted() -> None:
    own = '<w:r><w:footnoteReference w:id="2" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    text = '<w:footnote w:id="2"><w:p>' + r("* Số liệu tạm tính.") + "</w:p></w:footnote>"
    paper = read(p(r("Số liệu") + own + r(" và") + call(3)), footnotes=text + note(3, "Hết."))
    found = [b for b in paper.pages[0].blocks if isinstance(b, Line)]
    assert [(c.at, c.mark) for c in found[0].calls] == [(7, "*"), (10, "1")]
    assert [(b.mark, b.text) for b in found[1:]] == [("*", "Số liệu tạm tính."), ("1", "Hết.")]


def test_endnotes_are_roman_as_word_has_them() -> None:
    paper = read(
        p(r("Báo cáo") + '<w:r><w:endnoteReference w:id="2"/></w:r>'),
        endnotes='<w:endnote w:id="2"><w:p><w:r><w:endnoteRef/></w:r>'
        + r(" Cuối.")
        + "</w:p></w:endnote>",
    )
    found = [b for b in paper.pages[0].blocks if isinstance(b, Line)]
    assert (found[0].calls[0].mark, found[1].mark, found[1].text) == ("i", "i", "Cuối.")


def test_marks_typed_as_superscript_call_notes_but_units_do_not() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    body = (
        p(r("nhiệm kỳ 2021 - 2026") + r("2", raised) + r("."))
        + p(r("diện tích 500 m") + r("2", raised))
        + p(r("2", raised) + r(" Theo Kế hoạch số 808/KH-ĐCT."))
    )
    found = [b for b in read(body).pages[0].blocks if isinstance(b, Line)]
    assert [(c.at, c.mark) for c in found[0].calls] == [(20, "2")]
    assert (found[1].text, found[1].calls) == ("diện tích 500 m2", ())
    assert (found[2].role, found[2].mark, found[2].text) == (
        "note", "2", "Theo Kế hoạch số 808/KH-ĐCT.",
    )  # fmt: skip


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = (
        f"<w:p><w:pPr>{num(1)}<w:rPr><w:del/></w:rPr></w:pPr>{r('Sở Y tế ')}</w:p>"
        + p("báo cáo.", num(1))
        + p(f"<w:moveFrom>{r('cũ')}</w:moveFrom>", "<w:rPr><w:moveFrom/></w:rPr>")
        + p(f"<w:moveTo>{r('Mới.')}</w:moveTo>", num(1))
    )
    assert lines(read(body, numbering=OUTLINE)) == ["I. Sở Y tế báo cáo.", "II. Mới."]


def test_a_field_shows_its_result_and_not_its_instruction() -> None:
    body = p(
        r("Trang ") + begun_field(" REF x ") + r("5") + END_OF_FIELD,
    )
    assert lines(read(body)) == ["Trang 5"]


def test_a_table_of_contents_is_furniture() -> None:
    begin = begun_field("TOC \\o")
    first, last = p(begin + r("I. Mục tiêu 1")), p(END_OF_FIELD)
    paper = read(first + p("II. Nhiệm vụ 2") + last + p("I. Mục tiêu"))
    assert lines(paper) == ["I. Mục tiêu"]
    assert lines(paper, "furniture") == ["I. Mục tiêu 1", "II. Nhiệm vụ 2"]


def test_an_empty_control_does_not_show_its_prompt() -> None:
    prompt = sdt(r("Nhập ngày"), "<w:showingPlcHdr/>")
    assert lines(read(p(r("Hà Nội, ngày ") + prompt))) == ["Hà Nội, ngày"]


def test_a_break_begins_a_line_only_where_something_begins() -> None:
    br = "<w:r><w:br/></w:r>"
    body = p(r("Giao Sở Y tế") + br + r("chủ trì rà soát;") + br + r("- Sở Nội vụ phối hợp."))
    found = [(b.text, b.starts) for b in read(body).pages[0].blocks if isinstance(b, Line)]
    assert found == [
        ("Giao Sở Y tế", True),
        ("chủ trì rà soát;", False),
        ("- Sở Nội vụ phối hợp.", True),
    ]


def test_pages_are_those_that_word_left() -> None:
    turned = "<w:r><w:lastRenderedPageBreak/></w:r>"
    paper = read(p("Một") + p(r("Giao Sở Y tế ") + turned + r("chủ trì.")) + p("Ba"))
    found = [
        (b.page, b.text, b.starts) for g in paper.pages for b in g.blocks if isinstance(b, Line)
    ]
    assert found == [
        (1, "Một", True), (1, "Giao Sở Y tế", True), (2, "chủ trì.", False), (2, "Ba", True),
    ]  # fmt: skip
    assert paper.paged


def test_a_word_cut_by_a_page_mark_stays_whole() -> None:
    turned = "<w:r><w:lastRenderedPageBreak/></w:r>"
    paper = read(p(r("giai đoạn 2021-") + turned + r("2025")) + p("Hai"))
    assert lines(paper) == ["giai đoạn 2021-2025", "Hai"]


def test_hard_breaks_count_where_word_left_no_marks() -> None:
    paper = read(p("Một") + p('<w:r><w:br w:type="page"/></w:r>' + r("PHỤ LỤC")))
    assert [[b.text for b in g.blocks if isinstance(b, Line)] for g in paper.pages] == [
        ["Một"], ["PHỤ LỤC"],
    ]  # fmt: skip


def test_cells_merged_sideways_and_nested_tables() -> None:
    inner = tbl(tr(tc("trước"), tc("sau"))) + p("")
    body = tbl(
        tr(tc("I. Nhóm", '<w:gridSpan w:val="2"/>'), tc("x")),
        tr(tc("1", '<w:hMerge w:val="restart"/>'), tc("bỏ", "<w:hMerge/>"), tc(inner)),
        tr(tc("cuối"), properties='<w:gridBefore w:val="2"/>'),
        properties=RULED,
    )
    (table,) = tables(read(body))
    assert grid(table) == [
        ((0, 0, 1, 2), "I. Nhóm"),
        ((0, 2, 1, 1), "x"),
        ((1, 0, 1, 2), "1"),
        ((1, 2, 1, 1), "trước / sau"),
        ((2, 2, 1, 1), "cuối"),
    ]


def test_deleted_rows_are_gone_and_header_rows_told() -> None:
    body = tbl(
        tr(tc("STT"), tc("Nhiệm vụ"), properties="<w:tblHeader/>"),
        tr(tc("1"), tc("cũ"), properties="<w:del/>"),
        tr(tc("1"), tc("mới")),
        properties=RULED,
    )
    (table,) = tables(read(body))
    assert (table.rows, table.header_rows, table.ruled) == (2, 1, True)


def test_a_layout_table_is_not_ruled() -> None:
    """Lines of the style that every cell takes back are no lines."""
    bare = "<w:tcBorders>" + "".join(
        f'<w:{edge} w:val="nil"/>' for edge in ("top", "left", "bottom", "right")
    ) + "</w:tcBorders>"  # fmt: skip
    plain, cleared = tbl(tr(tc("Nơi nhận:"), tc("CHỦ TỊCH"))), tbl(
        tr(tc("Nơi nhận:", bare), tc("CHỦ TỊCH", bare)), properties=RULED
    )  # fmt: skip
    assert [table.ruled for table in tables(read(plain + p("") + cleared))] == [False, False]


def test_headers_are_furniture_unless_they_hold_the_letterhead() -> None:
    section = (
        '<w:sectPr><w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/>'
        "</w:sectPr>"
    )
    running = read(p("Nội dung") + section, header1=p("Dự thảo 2"), footer1=p("3"))
    assert (lines(running), lines(running, "furniture")) == (["Nội dung"], ["Dự thảo 2", "3"])
    head = read(
        p("Nội dung") + section, header1=p("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"), footer1=p("")
    )
    assert lines(head)[0] == "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_columns_set_with_tabs_are_parted() -> None:
    tab = "<w:r><w:tab/></w:r>"
    body = (
        p(r("UBND TỈNH K") + tab + r("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
        + p(r("Số: 12/KH-UBND") + tab + r("Kon Tum, ngày 12 tháng 4 năm 2021"))
        + p(r("1.") + tab + r("Rà soát"))
        + p(r("Nơi nhận:") + tab + r("CHỦ TỊCH"))
        + p(r("- Lưu: VT.") + tab + r("Nguyễn Văn A"))
    )
    found = [(b.column, b.text) for b in read(body).pages[0].blocks if isinstance(b, Line)]
    assert found == [
        ("left", "UBND TỈNH K"),
        ("left", "Số: 12/KH-UBND"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "Kon Tum, ngày 12 tháng 4 năm 2021"),
        (None, "1. Rà soát"),
        ("left", "Nơi nhận:"),
        ("left", "- Lưu: VT."),
        ("right", "CHỦ TỊCH"),
        ("right", "Nguyễn Văn A"),
    ]


def test_capitals_symbols_and_strict_names() -> None:
    body = p(r("Kính gửi", "<w:caps/>") + '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>')
    data = docx(body)
    assert lines(read_docx(data, LIMITS)) == ["KÍNH GỬI≥"]
    strict = _with_part(
        data, "word/document.xml",
        lambda xml: xml.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
    )  # fmt: skip
    assert lines(read_docx(strict, LIMITS)) == ["KÍNH GỬI≥"]


def _with_part(data: bytes, name: str, change) -> bytes:  # type: ignore[no-untyped-def]
    """The package with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.namelist():
            content = old.read(item)
            new.writestr(item, change(content) if item == name else content)
    return out.getvalue()


def test_a_package_without_document_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/styles.xml", "<a/>")
    with pytest.raises(Unreadable, match=r"word/document\.xml"):
        read_docx(buffer.getvalue(), LIMITS)


def test_a_document_of_pictures_only_is_refused_with_advice() -> None:
    with pytest.raises(Unreadable) as refused:
        read(p("<w:r><w:drawing/></w:r>"))
    assert refused.value.code == "file.no-text"
    assert "PDF" in refused.value.advice


def test_an_archive_that_unpacks_too_far_is_refused() -> None:
    bomb = docx(p("x" * 100_000))
    with pytest.raises(TooLarge) as refused:
        read_docx(bomb, Limits(unpacked=50_000))
    assert refused.value.code == "file.unpacked"


def test_entities_are_refused_before_they_expand() -> None:
    entity = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    data = _with_part(
        docx(p("x")), "word/document.xml", lambda xml: xml.replace(b"?>", b"?>" + entity, 1)
    )
    with pytest.raises(Unreadable) as refused:
        read_docx(data, LIMITS)
    assert refused.value.code == "xml.doctype"


def test_tables_nested_too_deep_are_refused() -> None:
    nested = p("x")
    for _ in range(12):
        nested = tbl(tr(tc(nested + p(""))))
    with pytest.raises(TooLarge) as refused:
        read_docx(docx(nested), Limits(nesting=10))
    assert refused.value.code == "file.too-deep"


def test_external_parts_are_not_followed(tmp_path) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "secret.xml"
    secret.write_text("<w:footnotes/>", encoding="utf-8")
    data = _with_part(
        docx(p("Nội dung"), footnotes=""), "word/_rels/document.xml.rels",
        lambda xml: xml.replace(
            b'Target="footnotes.xml"', f'Target="{secret.as_uri()}" TargetMode="External"'.encode()
        ),
    )  # fmt: skip
    assert lines(read_docx(data, LIMITS)) == ["Nội dung"]
