"""Letters made up by the thousand: many layouts, sizes and formats, some of them broken.

    python benchmarks/letters.py 10000 /tmp/letters [--seed 8] [--pages 1 15] [--formats pdf docx …]

The same seed makes the same files. Every letter has its own number and words; one in a hundred is
broken in a way that congvan must report. PDF pages are written directly, with a subset of
Liberation Serif embedded and each line as words with gaps, as word processors print; tables are
ruled. The wording is that of administrative letters; no real letter is in it.
"""

import argparse
import html
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

FORMATS = ("pdf", "pdf", "pdf", "docx", "docx", "html", "txt", "md")
"""A letter's format is drawn from these: PDF and DOCX are the commonest."""
BROKEN = 100
"""One letter in so many is broken."""
LINE = 88
"""Characters of a line of print, and lines of a page: 13 points on A4."""
LINES = 42
FONTS = Path("/usr/share/fonts")
"""Debian's fonts-liberation2; the older fonts-liberation has no Vietnamese."""

PROVINCES = ("Kon Tum", "An Giang", "Lào Cai", "Bình Định", "Nghệ An", "Quảng Trị", "Cà Mau")
BODIES = (
    "Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Tư pháp", "Sở Xây dựng",
    "Sở Kế hoạch và Đầu tư", "Sở Thông tin và Truyền thông", "Công an tỉnh", "Thanh tra tỉnh",
    "Văn phòng Ủy ban nhân dân tỉnh", "Ban Quản lý Khu kinh tế tỉnh", "Bảo hiểm xã hội tỉnh",
)  # fmt: skip
GROUPS = (
    "các sở, ban, ngành", "Ủy ban nhân dân các huyện, thành phố", "các đơn vị có liên quan",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "Tỉnh đoàn", "Hội Liên hiệp Phụ nữ tỉnh",
)  # fmt: skip
VERBS = (
    "Tham mưu ban hành", "Rà soát, sửa đổi, bổ sung", "Tổ chức tuyên truyền, phổ biến",
    "Kiểm tra, đánh giá việc thực hiện", "Xây dựng và triển khai", "Tổ chức tập huấn về",
    "Hướng dẫn các đơn vị thực hiện", "Tổng hợp, báo cáo kết quả thực hiện",
)  # fmt: skip
MATTERS = (
    "cải cách hành chính trên địa bàn tỉnh", "chuyển đổi số trong các cơ quan nhà nước",
    "công tác phòng, chống dịch bệnh mùa mưa lũ", "kế hoạch đầu tư công trung hạn",
    "chính sách hỗ trợ người có công với cách mạng", "công tác bình đẳng giới và trẻ em",
    "quy hoạch sử dụng đất giai đoạn tới", "bảo đảm trật tự, an toàn giao thông dịp lễ",
    "phong trào toàn dân đoàn kết xây dựng đời sống văn hóa", "chương trình nông thôn mới",
)  # fmt: skip
ENDS = (
    "bảo đảm đúng tiến độ, chất lượng và hiệu quả theo quy định hiện hành",
    "gắn với trách nhiệm của người đứng đầu cơ quan, đơn vị, địa phương",
    "kịp thời tháo gỡ khó khăn, vướng mắc phát sinh trong quá trình thực hiện",
    "lồng ghép với các chương trình, đề án, dự án đang triển khai",
)
LAWS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
    "Thực hiện Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ;",
)
SIGNERS = ("Nguyễn Văn An", "Trần Thị Bích", "Lê Quang Minh", "Phạm Thu Hà", "Y Ngọc")


class Table(NamedTuple):
    """A ruled table; its first row is the header."""

    rows: tuple[tuple[str, ...], ...]


Block = str | Table


class Letter(NamedTuple):
    """A letter before it has a format."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]


# --- Words ----------------------------------------------------------------------------------------


def letter(number: int, dice: random.Random, pages: int) -> Letter:
    """A letter of about that many pages in one of the layouts."""
    province, year = dice.choice(PROVINCES), dice.randint(2018, 2024)
    kind, code, layout = dice.choice(LAYOUTS)
    day, month = dice.randint(1, 28), dice.randint(1, 12)
    room = pages * LINES - 30
    blocks: list[Block] = list(LAWS[: dice.randint(1, len(LAWS))])
    blocks.append(f"Ủy ban nhân dân tỉnh ban hành {kind.lower()} như sau:")
    for block in layout(dice, year):
        room -= _lines(block)
        if room < 0:
            break
        blocks.append(block)
    return Letter(
        ("ỦY BAN NHÂN DÂN", f"TỈNH {province.upper()}", "-------", f"Số: {number}/{code}-UBND"),
        (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
            "---------------", f"{province}, ngày {day:02} tháng {month:02} năm {year}",
        ),
        (kind.upper(), f"Về {dice.choice(MATTERS)} năm {year}"),
        tuple(blocks),
        ("Nơi nhận:", "- Như trên;", "- Lưu: VT, TH."),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", dice.choice(SIGNERS)),
    )  # fmt: skip


def _lines(block: Block) -> int:
    if isinstance(block, str):
        return len(block) // LINE + 1
    return sum(max(len(cell) for cell in row) // 20 + 1 for row in block.rows)


def _duty(dice: random.Random) -> str:
    return f"{dice.choice(VERBS)} {dice.choice(MATTERS)}, {dice.choice(ENDS)}"


def _day(dice: random.Random, year: int) -> str:
    return f"{dice.randint(1, 28)}/{dice.randint(1, 12)}/{year}"


def _labelled(dice: random.Random, year: int) -> Iterator[Block]:
    for section in range(1, 40):
        yield f"{_roman(section)}. {dice.choice(MATTERS).upper()}"
        for at in range(1, dice.randint(3, 8)):
            yield f"{at}. {_duty(dice)}."
            yield f"- Cơ quan chủ trì: {dice.choice(BODIES)}."
            yield f"- Cơ quan phối hợp: {dice.choice(GROUPS)}; {dice.choice(BODIES)}."
            yield f"- Thời gian hoàn thành: Trước ngày {_day(dice, year)}."


def _owner_first(dice: random.Random, year: int) -> Iterator[Block]:
    yield "TỔ CHỨC THỰC HIỆN"
    for at in range(1, 200):
        yield f"{at}. {dice.choice(BODIES)}"
        for mark in "abcd"[: dice.randint(1, 4)]:
            yield f"{mark}) {_duty(dice)}; hoàn thành trong tháng {dice.randint(1, 12)}/{year}."


def _directive(dice: random.Random, year: int) -> Iterator[Block]:
    for at in range(1, 200):
        yield (
            f"{at}. Giao {dice.choice(BODIES)} chủ trì, phối hợp với {dice.choice(GROUPS)}"
            f" {_duty(dice).lower()}, báo cáo Ủy ban nhân dân tỉnh trước ngày {_day(dice, year)}."
        )
        yield f"Yêu cầu {dice.choice(BODIES)} {_duty(dice).lower()}; {dice.choice(ENDS)}."


def _table(dice: random.Random, year: int) -> Iterator[Block]:
    head = ("STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
    for section in range(1, 60):
        yield f"{_roman(section)}. {dice.choice(MATTERS).upper()}"
        rows = [
            (str(at), _duty(dice), dice.choice(BODIES), dice.choice(GROUPS), f"Quý I/{year}")
            for at in range(1, dice.randint(4, 9))
        ]
        yield Table((head, *rows))


def _articles(dice: random.Random, year: int) -> Iterator[Block]:
    for at in range(1, 200):
        yield f"Điều {at}. {dice.choice(MATTERS).capitalize()}"
        for clause in range(1, dice.randint(2, 5)):
            yield (
                f"{clause}. {dice.choice(BODIES)} có trách nhiệm {_duty(dice).lower()}"
                f" theo khoản {clause} Điều {at} Nghị định số {at + 40}/{year - 2}/NĐ-CP, định kỳ"
                " hằng quý báo cáo Ủy ban nhân dân tỉnh."
            )


def _roman(number: int) -> str:
    tens, units = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[units]


LAYOUTS: tuple[tuple[str, str, Callable[[random.Random, int], Iterator[Block]]], ...] = (
    ("Kế hoạch", "KH", _labelled),
    ("Chương trình", "CTr", _labelled),
    ("Kế hoạch", "KH", _owner_first),
    ("Chỉ thị", "CT", _directive),
    ("Thông báo", "TB", _directive),
    ("Kế hoạch", "KH", _table),
    ("Quyết định", "QĐ", _articles),
)


# --- Formats --------------------------------------------------------------------------------------


def txt(letter: Letter) -> bytes:
    """Lines of text."""
    return "\n".join(_said(letter)).encode()


def md(letter: Letter) -> bytes:
    """Paragraphs, tables with pipes."""
    parts = [*letter.left, *letter.right, f"# {letter.title[0]}", letter.title[1]]
    for block in letter.blocks:
        if isinstance(block, str):
            parts.append(block.replace("1.", "1\\.", 1) if block[0].isdigit() else block)
        else:
            lines = [f"| {' | '.join(row)} |" for row in block.rows]
            lines.insert(1, "|" + " --- |" * len(block.rows[0]))
            parts.append("\n".join(lines))
    return "\n\n".join([*parts, *letter.recipients, *filter(None, letter.signature)]).encode()


def _said(letter: Letter) -> Iterator[str]:
    yield from (*letter.left, *letter.right, "", *letter.title, "")
    for block in letter.blocks:
        if isinstance(block, str):
            yield from (block, "")
        else:
            yield from ("\t".join(row) for row in block.rows)
            yield ""
    yield from (*letter.recipients, "", *letter.signature)


def page(letter: Letter) -> bytes:
    """HTML with tables."""

    def rows(table: Sequence[Sequence[str]]) -> str:
        cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in table)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"

    def lines(words: Sequence[str]) -> str:
        return "".join(f"<p>{html.escape(word)}</p>" for word in words)

    head = "<table><tr>" + "".join(f"<td>{lines(c)}</td>" for c in (letter.left, letter.right))
    body = "".join(lines([b]) if isinstance(b, str) else rows(b.rows) for b in letter.blocks)
    foot = lines(letter.recipients) + lines(letter.signature)
    said = f"{head}</tr></table>{lines(letter.title)}{body}{foot}"
    return f"<!doctype html><html><meta charset='utf-8'><body>{said}</body></html>".encode()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-'
    'types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument'
    '/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(letter: Letter) -> bytes:
    """A document of Word: letterhead in a table without rules, paragraphs, tables."""

    def paragraphs(words: Sequence[str]) -> str:
        runs = (f'<w:r><w:t xml:space="preserve">{escape(word)}</w:t></w:r>' for word in words)
        return "".join(f"<w:p>{run}</w:p>" for run in runs)

    def table(rows: Sequence[Sequence[Sequence[str]]]) -> str:
        cells = ("".join(f"<w:tc>{paragraphs(c)}</w:tc>" for c in row) for row in rows)
        grid = "<w:gridCol/>" * len(rows[0])
        body = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
        return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"

    body = [table([[letter.left, letter.right]]), paragraphs(letter.title)]
    for block in letter.blocks:
        if isinstance(block, str):
            body.append(paragraphs([block]))
        else:
            body.append(table([[[cell] for cell in row] for row in block.rows]))
    body.append(table([[letter.recipients, letter.signature]]))
    document = f'<?xml version="1.0"?><w:document {_W}><w:body>{"".join(body)}</w:body>'
    return _zipped(
        {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS,
         "word/document.xml": document + "</w:document>"}
    )  # fmt: skip


def _zipped(files: dict[str, str]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)  # no clock: the same bytes each time
    return stream.getvalue()


# --- PDF ------------------------------------------------------------------------------------------

WIDE, HIGH, SIZE, LEAD = 595.0, 842.0, 13.0, 17.0
LEFT, RIGHT, TOP, BOTTOM = 85.0, 538.0, 785.0, 60.0
COLUMNS = (30.0, 180.0, 95.0, 90.0, 58.0)


class Font(NamedTuple):
    """A subset of the font: its file, the code and the width of each character in 1/1000."""

    file: bytes
    codes: dict[str, int]
    widths: dict[str, float]
    metrics: str

    def width(self, text: str, size: float = SIZE) -> float:
        """In points."""
        return sum(self.widths.get(letter, 500.0) for letter in text) * size / 1000

    def shown(self, text: str) -> str:
        """The codes in hexadecimal."""
        return "".join(f"{self.codes.get(letter, 0):04X}" for letter in text)


@cache
def font() -> Font:
    """The characters of Vietnamese letters of Liberation Serif (needs reportlab)."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    files = map(str, sorted(FONTS.rglob("LiberationSerif-Regular.ttf")))
    face = next(face for face in map(TTFontFile, files) if ord("ộ") in face.charToGlyph)
    letters = [chr(code) for code in (*range(32, 127), *range(0xC0, 0x180), *range(0x1A0, 0x1B1),
               *range(0x1EA0, 0x1EFA), 0x2013, 0x2014, 0x2019, 0x201C, 0x201D)
               if code in face.charToGlyph]  # fmt: skip
    subset = [ord(letter) for letter in letters]
    # The n-th character of the subset is glyph n: identity codes.
    return Font(
        face.makeSubset([0, *subset]),
        {letter: at for at, letter in enumerate(letters, 1)},
        {letter: face.charWidths[ord(letter)] for letter in letters},
        f"/Ascent {face.ascent:.0f} /Descent {face.descent:.0f} /CapHeight {face.capHeight:.0f}",
    )


class Press:
    """Pages written line by line."""

    def __init__(self) -> None:
        self.font = font()
        self.pages: list[list[str]] = []
        self.y = 0.0
        self._turn()

    def _turn(self) -> None:
        self.pages.append([])
        self.y = TOP

    def room(self, high: float) -> None:
        """Begin a page where that much does not fit."""
        if self.y - high < BOTTOM:
            self._turn()

    def words(self, x: float, y: float, text: str, stretched: float = 0.0) -> None:
        """One line; `stretched`: points added to each gap, as in justified print."""
        gap = f"> {-stretched * 1000 / SIZE:.0f} <"
        shown = gap.join(self.font.shown(word) for word in text.split("\n"))
        self.pages[-1].append(f"BT /F1 {SIZE:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm [<{shown}>] TJ ET")

    def centred(self, x: float, y: float, text: str) -> None:
        """One line around x."""
        self.words(x - self.font.width(text) / 2, y, text)

    def paragraph(self, text: str) -> None:
        """Justified lines, the first one indented."""
        lines = self.wrapped(text, RIGHT - LEFT - 28)
        for at, line in enumerate(lines):
            self.room(LEAD)
            x = LEFT + (28 if at == 0 else 0)
            gaps = line.count(" ")
            spare = RIGHT - x - self.font.width(line)
            stretch = spare / gaps if gaps and at + 1 < len(lines) else 0.0
            self.words(x, self.y, line.replace(" ", " \n") if stretch else line, stretch)
            self.y -= LEAD
        self.y -= 4

    def wrapped(self, text: str, width: float) -> list[str]:
        """The text in lines no wider than that."""
        lines, line, wide = [], "", 0.0
        for word in text.split(" "):
            more = self.font.width(f" {word}")
            if line and wide + more > width:
                lines.append(line)
                line, wide = word, more
            else:
                line, wide = (f"{line} {word}" if line else word), wide + more
        return [*lines, line]

    def row(self, cells: Sequence[str]) -> None:
        """A ruled row."""
        wrapped = [self.wrapped(c, w - 8) for c, w in zip(cells, COLUMNS, strict=True)]
        high = max(map(len, wrapped)) * LEAD + 6
        self.room(high)
        x = LEFT
        for lines, width in zip(wrapped, COLUMNS, strict=True):
            self.pages[-1].append(f"0.5 w {x:.2f} {self.y - high + 13:.2f} {width} {high} re S")
            for at, line in enumerate(lines):
                self.words(x + 4, self.y - at * LEAD, line)
            x += width
        self.y -= high


def pdf(letter: Letter) -> bytes:
    """A PDF with a text layer, as printed from a word processor."""
    press = Press()
    _head(press, letter)
    for block in letter.blocks:
        if isinstance(block, str):
            press.paragraph(block)
        else:
            for row in block.rows:
                press.row(row)
            press.y -= LEAD
    _foot(press, letter)
    return _bound(press.pages)


def _head(press: Press, letter: Letter) -> None:
    for at, (left, right) in enumerate(zip(letter.left, letter.right, strict=True)):
        press.centred(165, TOP - at * LEAD, left)
        press.centred(400, TOP - at * LEAD, right)
    press.y = TOP - 5.5 * LEAD
    for line in letter.title:
        press.centred(WIDE / 2, press.y, line)
        press.y -= LEAD
    press.y -= 8


def _foot(press: Press, letter: Letter) -> None:
    """Nơi nhận beside the signature, and the numbers of the pages."""
    press.room(9 * LEAD)
    for at, line in enumerate(letter.recipients):
        press.words(LEFT, press.y - at * LEAD, line)
    for at, line in enumerate(letter.signature):
        press.centred(420, press.y - at * LEAD, line)
    for number, lines in enumerate(press.pages[1:], 2):
        shown = press.font.shown(str(number))
        lines.append(f"BT /F1 {SIZE:g} Tf 1 0 0 1 {WIDE / 2:.2f} 808.00 Tm <{shown}> Tj ET")


def _bound(pages: Sequence[Sequence[str]]) -> bytes:
    """The file: catalogue, font, and a content stream a page."""
    kids = " ".join(f"{8 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        *_font_objects(),
    ]
    for at, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDE:g} {HIGH:g}] /Contents"
            f" {9 + 2 * at} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(_stream("\n".join(lines).encode()))
    out, places = BytesIO(), []
    out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    for at, item in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (at, item))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    out.write(trailer % (len(objects) + 1, start))
    return out.getvalue()


@cache
def _font_objects() -> tuple[bytes, ...]:
    """Objects 3 to 7: the font, its descendant, descriptor, file and the way back to Unicode."""
    face = font()
    widths = " ".join(f"{face.widths[letter]:.0f}" for letter in face.codes)
    pairs = [f"<{code:04X}> <{ord(letter):04X}>" for letter, code in face.codes.items()]
    hundreds = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    blocks = (f"{len(b)} beginbfchar\n{chr(10).join(b)}\nendbfchar" for b in hundreds)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2"
        " def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{chr(10).join(blocks)} endcmap end end"
    )
    return (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+LiberationSerif /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 7 0 R >>",
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+LiberationSerif /CIDSystemInfo <<"
        f" /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R"
        f" /CIDToGIDMap /Identity /DW 500 /W [1 [{widths}]] >>".encode(),
        f"<< /Type /FontDescriptor /FontName /AAAAAA+LiberationSerif /Flags 4 /ItalicAngle 0"
        f" /StemV 80 /FontBBox [-200 -300 1200 1000] {face.metrics} /FontFile2 6 0 R >>".encode(),
        _stream(face.file),
        _stream(cmap.encode()),
    )


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data, 1)
    head = b"<< /Length %d /Length1 %d /Filter /FlateDecode >>" % (len(packed), len(data))
    return head + b" stream\n%b\nendstream" % packed


# --- Files ----------------------------------------------------------------------------------------

WRITE: dict[str, Callable[[Letter], bytes]] = {
    "pdf": pdf, "docx": docx, "html": page, "txt": txt, "md": md,
}  # fmt: skip


def broken(dice: random.Random) -> tuple[str, bytes]:
    """The ending and the bytes of a file that is no letter."""
    return dice.choice(
        [
            ("pdf", b""),
            ("pdf", b"%PDF-1.4\n1 0 obj <<"),
            ("pdf", dice.randbytes(4000)),
            ("docx", _zipped({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS})),
            ("docx", docx(Letter((), (), (), (), (), ()))),
            ("docx", b"PK\x03\x04" + dice.randbytes(2000)),
            ("txt", b" \n \n"),
        ]
    )


class Order(NamedTuple):
    """How many letters of which kinds; one in `faulty` (0: none) is broken."""

    count: int
    seed: int = 8
    pages: tuple[int, int] = (1, 15)
    formats: Sequence[str] = FORMATS
    faulty: int = BROKEN


def make(folder: Path, order: Order) -> set[str]:
    """Write the letters, a thousand a folder; the names of the broken ones."""
    dice, spoilt = random.Random(order.seed), set()
    for number in range(1, order.count + 1):
        ending, (low, high) = dice.choice(order.formats), order.pages
        made = letter(number, dice, min(dice.randint(low, high), dice.randint(low, high)))
        data = WRITE[ending](made)
        if order.faulty and number % order.faulty == order.faulty // 2:
            ending, data = broken(dice)
            spoilt.add(f"{number:06}.{ending}")
        path = folder / f"{number // 1000:03}" / f"{number:06}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return spoilt


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--pages", type=int, nargs=2, default=(1, 15))
    parser.add_argument("--formats", nargs="+", default=FORMATS, choices=sorted(WRITE))
    asked = parser.parse_args()
    low, high = asked.pages
    spoilt = make(asked.folder, Order(asked.count, asked.seed, (low, high), asked.formats))
    print(f"{asked.count} letters in {asked.folder}, {len(spoilt)} of them broken")


if __name__ == "__main__":
    main()
