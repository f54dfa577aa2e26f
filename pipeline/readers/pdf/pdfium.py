"""How are PDFium's page objects asked, thousands of times a page, without ctypes in the way?

pypdfium2's raw functions convert each handle to a pointer object; bound with plain addresses the
same calls are several times faster, and handles can be compared and looked up. Texts come from
one walk over the characters of the page: asking each object for its text makes PDFium search
the whole page each time.
"""

import ctypes
from collections.abc import Iterator
from typing import Any, NamedTuple

import regex
from pypdfium2 import raw

Address = int | None

_POINTER = ctypes.c_void_p
_INT = ctypes.c_int
_UNSIGNED = ctypes.c_uint
_FLOATS = ctypes.POINTER(ctypes.c_float)

TEXT, PATH, IMAGE, FORM = (
    raw.FPDF_PAGEOBJ_TEXT,
    raw.FPDF_PAGEOBJ_PATH,
    raw.FPDF_PAGEOBJ_IMAGE,
    raw.FPDF_PAGEOBJ_FORM,
)
INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE


def _bound(name: str, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(getattr(raw, name), _POINTER).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]


_count_characters = _bound("FPDFText_CountChars", _INT, _POINTER)
_character = _bound("FPDFText_GetUnicode", _UNSIGNED, _POINTER, _INT)
_text = _bound("FPDFText_GetText", _INT, _POINTER, _INT, _INT, _POINTER)
_object_of = _bound("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)
_loose_box = _bound("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
_page_objects = _bound("FPDFPage_CountObjects", _INT, _POINTER)
_page_object = _bound("FPDFPage_GetObject", _POINTER, _POINTER, _INT)
_form_objects = _bound("FPDFFormObj_CountObjects", _INT, _POINTER)
_form_object = _bound("FPDFFormObj_GetObject", _POINTER, _POINTER, _ULONG := ctypes.c_ulong)
_type = _bound("FPDFPageObj_GetType", _INT, _POINTER)
_bounds = _bound("FPDFPageObj_GetBounds", _INT, _POINTER, _FLOATS, _FLOATS, _FLOATS, _FLOATS)
_matrix = _bound("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
_size = _bound("FPDFTextObj_GetFontSize", _INT, _POINTER, _FLOATS)
_font = _bound("FPDFTextObj_GetFont", _POINTER, _POINTER)
_render_mode = _bound("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
_font_name = _bound(
    "FPDFFont_GetBaseFontName", ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t
)
_font_weight = _bound("FPDFFont_GetWeight", _INT, _POINTER)
_font_flags = _bound("FPDFFont_GetFlags", _INT, _POINTER)
_draw_mode = _bound("FPDFPath_GetDrawMode", _INT, _POINTER, _POINTER, _POINTER)
_segments = _bound("FPDFPath_CountSegments", _INT, _POINTER)
_segment = _bound("FPDFPath_GetPathSegment", _POINTER, _POINTER, _INT)
_segment_type = _bound("FPDFPathSegment_GetType", _INT, _POINTER)
_segment_point = _bound("FPDFPathSegment_GetPoint", _INT, _POINTER, _FLOATS, _FLOATS)
_fill_colour = _bound("FPDFPageObj_GetFillColor", _INT, _POINTER, *[_POINTER] * 4)


class Matrix(NamedTuple):
    """x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, outer: "Matrix") -> "Matrix":
        """This transformation followed by `outer`."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where the point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, box: "Bounds") -> "Bounds":
        """The upright box around the transformed box."""
        left, bottom, right, top = box
        a, b, c, d, e, f = self
        if not b and not c and a > 0:
            ya, yb = d * bottom + f, d * top + f
            return Bounds(a * left + e, min(ya, yb), a * right + e, max(ya, yb))
        corners = [self.point(x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Bounds(min(xs), min(ys), max(xs), max(ys))


IDENTITY = Matrix()


class Bounds(NamedTuple):
    """A box in user space: y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float


class Font(NamedTuple):
    """A font as the file names it: subset prefix gone ("ABCDEF+Times,Bold" → "Times,Bold")."""

    name: str
    bold: bool
    italic: bool


class Thing(NamedTuple):
    """A page object, with the transformation of the forms it stands in.

    `stamp`: the annotation it was drawn by, counted from 0; None for the page's own content.
    """

    address: int
    kind: int
    outer: Matrix = IDENTITY
    stamp: int | None = None


class Word(NamedTuple):
    """Letters of one text object without a space between; indices of the first and the last."""

    first: int
    last: int
    text: str


class Stretch(NamedTuple):
    """Consecutive words of one text object."""

    address: int
    words: tuple[Word, ...]
    spaced: bool | None
    """White space follows, of its own or of an object of spaces; None: PDFium saw a gap."""


def stretches(text_page: int) -> Iterator[Stretch]:
    """The text of the page, object by object, in the order of the content.

    PDFium adds spaces where it sees gaps; between two objects the reader judges the gap itself.
    """
    text = _whole_text(text_page)
    start = 0
    held: Stretch | None = None
    while start < len(text):
        address = _object_of(text_page, start)
        end = _end_of_object(text_page, start, len(text), address)
        words = _words(text_page, text, start, end) if address is not None else ()
        if address is None or not words:
            if held is not None and " " in text[start:end]:
                held = held._replace(spaced=held.spaced or (None if address is None else True))
        elif held is not None and held.address == address:
            if text[start] == " ":
                held = held._replace(spaced=True)
            held = _longer(text_page, held, words, text[end - 1] == " ")
        else:
            if held is not None:
                yield held._replace(spaced=True) if text[start] == " " else held
            held = Stretch(address, words, text[end - 1] == " ")
        start = end
    if held is not None:
        yield held


def _longer(text_page: int, held: Stretch, words: tuple[Word, ...], spaced: bool) -> Stretch:
    """A stretch that PDFium's own signs had parted."""
    last, first = held.words[-1], words[0]
    if held.spaced or (held.spaced is None and _are_apart(text_page, last.last, first.first)):
        return Stretch(held.address, (*held.words, *words), spaced)
    whole = Word(last.first, first.last, last.text + first.text)
    return Stretch(held.address, (*held.words[:-1], whole, *words[1:]), spaced)


def _whole_text(text_page: int) -> str:
    """Every character of the page, one for each index; blanks as spaces."""
    count = _count_characters(text_page)
    buffer = (ctypes.c_ushort * (count + 1))()
    if _text(text_page, 0, count, ctypes.addressof(buffer)) == count + 1:
        text = bytes(memoryview(buffer)[:count]).decode("utf-16-le", "replace")
        if len(text) == count:
            return text.translate(_SIGNS)
    codes = (_character(text_page, index) for index in range(count))
    return "".join(map(_sign, codes)).translate(_SIGNS)


def _sign(code: int) -> str:
    return chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"


def _end_of_object(text_page: int, start: int, count: int, address: Address) -> int:
    """The index after the last character of the object: characters of one stand together."""
    if address is None:  # signs of PDFium's own stand one by one
        return start + 1
    step = 1
    low, high = start, start + 1
    while high < count and _object_of(text_page, high) == address:
        low, step = high, step * 2
        high = low + step
    high = min(high, count)
    while high - low > 1:
        middle = (low + high) // 2
        if _object_of(text_page, middle) == address:
            low = middle
        else:
            high = middle
    return high


_WORD = regex.compile(r"[^ \n]+")


def _words(text_page: int, text: str, start: int, end: int) -> tuple[Word, ...]:
    """The words of an object; a space that PDFium guessed within it is looked at again."""
    words: list[Word] = []
    for found in _WORD.finditer(text, start, end):
        first, last = found.span()
        word = Word(first, last - 1, found[0])
        if words and not _is_space(text_page, text, words[-1].last, first):
            before = words.pop()
            word = Word(before.first, word.last, before.text + word.text)
        words.append(word)
    return tuple(words)


def _is_space(text_page: int, text: str, before: int, after: int) -> bool:
    """Whether the signs between two letters of an object part two words."""
    space = text.find(" ", before, after)
    if space < 0:
        return False
    return _object_of(text_page, space) is not None or _are_apart(text_page, before, after)


def _are_apart(text_page: int, before: int, index: int) -> bool:
    """Whether a gap that PDFium took for a space is one: an eighth of the type's height."""
    left, right = box_of_character(text_page, before), box_of_character(text_page, index)
    return right.left - left.right > 0.125 * (left.top - left.bottom)


_SIGNS = str.maketrans(
    dict.fromkeys("\t\x0b\x0c\xa0\u2002\u2003\u2009\u202f\u3000", " ")
    | {"\r": "\n", "\x02": "-", "\ufffe": "-"}
)
"""White space, line ends that PDFium adds, and its sign for a hyphen at the end of a line."""


def things(page: int, *, flattened: bool = False) -> Iterator[Thing]:
    """Every object of the page, forms walked through.

    `flattened`: the last form holds the annotations, one form each.
    """
    count = _page_objects(page)
    for index in range(count):
        address = _page_object(page, index)
        if flattened and index == count - 1:
            yield from _annotations(address)
        elif (kind := _type(address)) != FORM:
            yield Thing(address, kind)
        else:
            yield from _walked(address, IDENTITY, None, 0)


def _annotations(form: int) -> Iterator[Thing]:
    outer = matrix_of(form)
    for number in range(_form_objects(form)):
        yield from _walked(_form_object(form, number), outer, number, 1)


_DEEPEST = 12


def _walked(address: int, outer: Matrix, stamp: int | None, depth: int) -> Iterator[Thing]:
    kind = _type(address)
    if kind != FORM:
        yield Thing(address, kind, outer, stamp)
    elif depth < _DEEPEST:
        inner = matrix_of(address).then(outer)
        for index in range(_form_objects(address)):
            yield from _walked(_form_object(address, index), inner, stamp, depth + 1)


def objects_in(address: int) -> Iterator[Thing]:
    """The object and, of a form, everything in it."""
    yield from _walked(address, IDENTITY, None, 0)


_left, _bottom, _right, _top = (ctypes.c_float() for _ in range(4))
_fs_matrix = raw.FS_MATRIX()
_fs_matrix_address = ctypes.addressof(_fs_matrix)
_fs_rect = raw.FS_RECTF()
_fs_rect_address = ctypes.addressof(_fs_rect)
_fill, _stroke = ctypes.c_int(), ctypes.c_int()
_colours = [ctypes.c_uint() for _ in range(4)]
_name = ctypes.create_string_buffer(256)


def bounds_of(address: int) -> Bounds:
    """The box of ink."""
    _bounds(address, _left, _bottom, _right, _top)
    return Bounds(_left.value, _bottom.value, _right.value, _top.value)


def matrix_of(address: int) -> Matrix:
    """The object's own transformation."""
    _matrix(address, _fs_matrix_address)
    m = _fs_matrix
    return Matrix(m.a, m.b, m.c, m.d, m.e, m.f)


def size_of(address: int) -> float:
    """The font size before any transformation."""
    _size(address, _left)
    return _left.value


def font_address(address: int) -> Address:
    """The handle of the text's font."""
    handle: Address = _font(address)
    return handle


def is_invisible(address: int) -> bool:
    """Text that is drawn with render mode 3: the layer of a recogniser under a scan."""
    return bool(_render_mode(address) == INVISIBLE)


def font_of(handle: Address) -> Font:
    """Name and style. The name tells more than the weight, which PDFium guesses for some."""
    if not handle:
        return Font("", False, False)
    length = _font_name(handle, ctypes.addressof(_name), len(_name))
    name = _name.raw[: max(min(length, len(_name)) - 1, 0)].decode("utf-8", "replace")
    name = name[7:] if name[6:7] == "+" else name
    told = name.lower()
    bold = (
        "bold" in told or "black" in told or "heavy" in told or 600 <= _font_weight(handle) <= 1000
    )
    italic = "italic" in told or "oblique" in told or bool(_font_flags(handle) & _ITALIC)
    return Font(name, bold, italic)


_ITALIC = 1 << 6


def box_of_character(text_page: int, index: int) -> Bounds:
    """The box of a character, as wide as it moves the pen."""
    _loose_box(text_page, index, _fs_rect_address)
    return Bounds(_fs_rect.left, _fs_rect.bottom, _fs_rect.right, _fs_rect.top)


def is_drawn(address: int) -> tuple[bool, bool]:
    """Whether a path is filled, whether it is stroked; white fillings are none."""
    _draw_mode(address, ctypes.addressof(_fill), ctypes.addressof(_stroke))
    filled = _fill.value != raw.FPDF_FILLMODE_NONE and not _is_white(address)
    return filled, bool(_stroke.value)


def _is_white(address: int) -> bool:
    addresses = (ctypes.addressof(colour) for colour in _colours)
    if not _fill_colour(address, *addresses):
        return False
    *shades, alpha = (colour.value for colour in _colours)
    return bool(alpha < 16 or min(shades) > 250)


def corners(address: int) -> list[list[tuple[float, float]]]:
    """The points of each part of a path; empty for parts with curves."""
    parts: list[list[tuple[float, float]]] = []
    for index in range(_segments(address)):
        segment = _segment(address, index)
        kind = _segment_type(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            parts[-1] = []
            continue
        _segment_point(segment, _left, _bottom)
        parts[-1].append((_left.value, _bottom.value))
    return parts


def count_segments(address: int) -> int:
    """How many segments the path has."""
    number: int = _segments(address)
    return number
