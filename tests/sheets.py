"""Small PDF letters made by hand: text at places, rulings, images, annotations.

Vietnamese is set in the standard Times fonts: each letter has a code of its own that shows its
base letter and is mapped to Unicode, so that files need no font and keep plausible widths.
"""

import unicodedata
from dataclasses import dataclass, field

HEIGHT, WIDTH = 842, 595
FONTS = {"roman": "Times-Roman", "bold": "Times-Bold", "italic": "Times-Italic"}


@dataclass
class Sheet:
    """One page. Places are points from the top left; `y` of text is its base line."""

    width: int = WIDTH
    height: int = HEIGHT
    rotate: int = 0
    content: list[str] = field(default_factory=list)
    form: list[str] = field(default_factory=list)
    annotations: list[tuple[list[str], tuple[int, int, int, int], bool]] = field(
        default_factory=list
    )
    pictured: bool = False
    codes: dict[str, int] = field(default_factory=dict)

    def text(self, x, y, words, size=14, *, font="roman", mode=0, turn=False, where=None):
        place = f"0 1 -1 0 {x} {self.height - y}" if turn else f"1 0 0 1 {x} {self.height - y}"
        (self.content if where is None else where).append(
            f"BT /{font} {size} Tf {mode} Tr {place} Tm <{self._coded(words)}> Tj ET"
        )
        return self

    def lines(self, x, y, *rows, size=14, leading=17, **how):
        for number, words in enumerate(rows):
            self.text(x, y + number * leading, words, size, **how)
        return self

    def line(self, x0, y0, x1, y1, width=0.5):
        self.content.append(f"{width} w {x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def grid(self, xs, ys):
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        return self

    def in_form(self, x, y, words, size=14):
        return self.text(x, y, words, size, where=self.form)

    def annotate(self, x, y, *rows, size=13, seal=False):
        """A signature field that writes those rows."""
        inner: list[str] = []
        for number, words in enumerate(rows):
            inner.append(
                f"BT /roman {size} Tf 1 0 0 1 2 {4 + (len(rows) - 1 - number) * size} Tm "
                f"<{self._coded(words)}> Tj ET"
            )
        box = (x - 2, self.height - y - 4, x + 200, self.height - y + size * len(rows))
        self.annotations.append((inner, box, seal))
        return self

    def scan(self):
        """An image over the whole page."""
        self.pictured = True
        self.content.append(f"q {self.width} 0 0 {self.height} 0 0 cm /image Do Q")
        return self

    def _coded(self, words):
        return "".join(f"{self._code(letter):02X}" for letter in words)

    def _code(self, letter):
        if " " <= letter <= "~":
            return ord(letter)
        return self.codes.setdefault(letter, 128 + len(self.codes))


def pdf(*sheets, fonts=FONTS, mapped=True):
    """The file. `mapped` False: its fonts do not tell which letters their codes stand for."""
    codes: dict[str, int] = {}
    for sheet in sheets:
        codes |= sheet.codes
    assert len({id(sheet.codes) for sheet in sheets}) == 1 or len(sheets) == 1
    objects: list[bytes] = [b"", b""]  # catalogue and page tree, filled in below

    def add(body, stream=None):
        text = body.encode("latin-1")
        if stream is not None:
            data = stream if isinstance(stream, bytes) else stream.encode("latin-1")
            text = text.replace(b"<<", b"<< /Length %d" % len(data), 1)
            text += b"\nstream\n" + data + b"\nendstream"
        objects.append(text)
        return len(objects)

    shown = " ".join(f"{code} /{_base(letter)}" for letter, code in codes.items())
    encoding = add(f"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [ {shown} ] >>")
    unicode_map = add("<< >>", _to_unicode(codes)) if mapped else None
    names = {}
    for name, base in fonts.items():
        told = f"/Encoding {encoding} 0 R" + (f" /ToUnicode {unicode_map} 0 R" if mapped else "")
        names[name] = add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} {told} >>")
    fonts_entry = " ".join(f"/{name} {number} 0 R" for name, number in names.items())
    image = add(
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 >>",
        b"\xf0",
    )
    resources = f"<< /Font << {fonts_entry} >> /XObject << /image {image} 0 R %s >> >>"
    pages = [_page(sheet, add, resources) for sheet in sheets]
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    kids = " ".join(f"{number} 0 R" for number in pages)
    objects[1] = f"<< /Type /Pages /Kids [ {kids} ] /Count {len(pages)} >>".encode()
    return _file(objects)


def letter(count=1, **how):
    """Sheets of one letter: they share their fonts."""
    codes: dict[str, int] = {}
    return [Sheet(codes=codes, **how) for _ in range(count)]


def _page(sheet, add, resources):
    plain = resources % ""
    form = ""
    content = list(sheet.content)
    if sheet.form:
        box = f"[0 0 {sheet.width} {sheet.height}]"
        number = add(
            f"<< /Type /XObject /Subtype /Form /BBox {box} /Matrix [1 0 0 1 10 20] "
            f"/Resources {plain} >>",
            "\n".join(sheet.form),
        )
        form = f"/form {number} 0 R"
        content.append("/form Do")
    body = add("<< >>", "\n".join(content))
    fields = [_annotation(field, add, plain) for field in sheet.annotations]
    annots = f"/Annots [ {' '.join(f'{number} 0 R' for number in fields)} ]" if fields else ""
    return add(
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width} {sheet.height}] "
        f"/Rotate {sheet.rotate} /Resources {resources % form} /Contents {body} 0 R {annots} >>"
    )


def _annotation(field_, add, plain):
    inner, (x0, y0, x1, y1), seal = field_
    drawing = [*inner, "q 20 0 0 20 0 0 cm /image Do Q"] if seal else inner
    look = add(
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 {x1 - x0} {y1 - y0}] /Resources {plain} >>",
        "\n".join(drawing),
    )
    return add(
        f"<< /Type /Annot /Subtype /Widget /F 132 /FT /Sig /Rect [{x0} {y0} {x1} {y1}] "
        f"/AP << /N {look} 0 R >> >>"
    )


def _base(letter):
    plain = unicodedata.normalize("NFD", letter.replace("đ", "d").replace("Đ", "D"))[0]
    return plain if plain.isascii() and plain.isalpha() else "endash"


def _to_unicode(codes):
    pairs = [(code, chr(code)) for code in range(32, 127)]
    pairs += [(code, letter) for letter, code in codes.items()]
    chars = "\n".join(f"<{code:02X}> <{ord(letter):04X}>" for code, letter in pairs)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
        "/CMapName /Letters def /CMapType 2 def "
        "1 begincodespacerange <00> <FF> endcodespacerange "
        f"{len(pairs)} beginbfchar\n{chars}\nendbfchar endcmap end end"
    )


def _file(objects):
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return data + b"startxref\n%d\n%%%%EOF\n" % start
