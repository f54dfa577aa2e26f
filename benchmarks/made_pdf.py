"""A made-up letter as PDF, written directly: a subset of Liberation Serif embedded, each line as
words with gaps, as word processors print; tables are ruled.
"""

import zlib
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from made_letters import Letter

FONTS = Path("/usr/share/fonts")
"""Debian's fonts-liberation2; the older fonts-liberation has no Vietnamese."""


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
