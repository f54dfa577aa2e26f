"""How are PDFium's page objects asked, thousands of times a page, without ctypes in the way?

pypdfium2's raw functions convert each handle to a pointer object; bound with plain addresses the
same calls are several times faster, and handles can be compared and looked up.
"""

import ctypes
from collections.abc import Callable
from struct import Struct
from typing import Any, NamedTuple

from pypdfium2 import raw

from pipeline.readers.pdf.geometry import Bounds, Matrix

Address = int | None

_POINTER = ctypes.c_void_p
_INT = ctypes.c_int
_UNSIGNED = ctypes.c_uint
_LENGTH = ctypes.c_ulong

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


# --- The objects of a page ------------------------------------------------------------------------

count_objects: Callable[[int], int] = _bound("FPDFPage_CountObjects", _INT, _POINTER)
object_at: Callable[[int, int], int] = _bound("FPDFPage_GetObject", _POINTER, _POINTER, _INT)
count_in_form: Callable[[int], int] = _bound("FPDFFormObj_CountObjects", _INT, _POINTER)
object_in_form: Callable[[int, int], int] = _bound(
    "FPDFFormObj_GetObject", _POINTER, _POINTER, _LENGTH
)
kind_of: Callable[[int], int] = _bound("FPDFPageObj_GetType", _INT, _POINTER)

_bounds = _bound("FPDFPageObj_GetBounds", _INT, _POINTER, *[_POINTER] * 4)
_matrix = _bound("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)

# What PDFium writes to: one place for each shape of answer, read by Struct at once.
_floats = (ctypes.c_float * 6)()
_place = ctypes.addressof(_floats)
_places = [_place + index * ctypes.sizeof(ctypes.c_float) for index in range(4)]
_one, _two, _four, _six = (Struct(f"{count}f").unpack_from for count in (1, 2, 4, 6))


def bounds_of(address: int) -> Bounds:
    """The box of ink."""
    _bounds(address, *_places)
    return Bounds._make(_four(_floats))


def matrix_of(address: int) -> Matrix:
    """The object's own transformation."""
    _matrix(address, _place)
    return Matrix._make(_six(_floats))


# --- The characters of a page ---------------------------------------------------------------------

TextPage = ctypes.c_void_p

object_of: Callable[[TextPage, int], Address] = _bound("FPDFText_GetTextObject", _POINTER)
"""The text object of a character; None for a sign of PDFium's own. Asked of every word: without
declared types, ctypes passes a pointer and a number on a third sooner."""

_count_characters = _bound("FPDFText_CountChars", _INT, _POINTER)
_character = _bound("FPDFText_GetUnicode", _UNSIGNED, _POINTER, _INT)
_text = _bound("FPDFText_GetText", _INT, _POINTER, _INT, _INT, _POINTER)
_loose_box = _bound("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)


def text_of(text_page: TextPage) -> str:
    """Every character of the page, one for each index."""
    count = _count_characters(text_page)
    buffer = (ctypes.c_ushort * (count + 1))()
    if _text(text_page, 0, count, ctypes.addressof(buffer)) == count + 1:
        text = bytes(memoryview(buffer)[:count]).decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    return "".join(_sign(_character(text_page, index)) for index in range(count))


def _sign(code: int) -> str:
    return chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"


def box_of_character(text_page: TextPage, index: int) -> Bounds:
    """The box of a character, as wide as it moves the pen."""
    _loose_box(text_page, index, _place)
    left, top, right, bottom = _four(_floats)
    return Bounds(left, bottom, right, top)


# --- A text object --------------------------------------------------------------------------------

font_address: Callable[[int], Address] = _bound("FPDFTextObj_GetFont", _POINTER, _POINTER)
"""The handle of the text's font."""

_size = _bound("FPDFTextObj_GetFontSize", _INT, _POINTER, _POINTER)
_render_mode = _bound("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
_font_name = _bound(
    "FPDFFont_GetBaseFontName", ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t
)
_font_weight = _bound("FPDFFont_GetWeight", _INT, _POINTER)
_font_flags = _bound("FPDFFont_GetFlags", _INT, _POINTER)
_name = ctypes.create_string_buffer(256)
_ITALIC = 1 << 6


class Font(NamedTuple):
    """A font as the file names it: subset prefix gone ("ABCDEF+Times,Bold" → "Times,Bold")."""

    name: str
    bold: bool
    italic: bool


def size_of(address: int) -> float:
    """The font size before any transformation."""
    _size(address, _place)
    size: float = _one(_floats)[0]
    return size


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


# --- A path ---------------------------------------------------------------------------------------

count_segments: Callable[[int], int] = _bound("FPDFPath_CountSegments", _INT, _POINTER)
"""How many segments the path has."""

_draw_mode = _bound("FPDFPath_GetDrawMode", _INT, _POINTER, _POINTER, _POINTER)
_segment = _bound("FPDFPath_GetPathSegment", _POINTER, _POINTER, _INT)
_segment_type = _bound("FPDFPathSegment_GetType", _INT, _POINTER)
_segment_point = _bound("FPDFPathSegment_GetPoint", _INT, _POINTER, _POINTER, _POINTER)
_fill_colour = _bound("FPDFPageObj_GetFillColor", _INT, _POINTER, *[_POINTER] * 4)
_fill, _stroke = ctypes.c_int(), ctypes.c_int()
_fill_place, _stroke_place = ctypes.addressof(_fill), ctypes.addressof(_stroke)
_colours = (ctypes.c_uint * 4)()
_colour_places = [
    ctypes.addressof(_colours) + index * ctypes.sizeof(ctypes.c_uint) for index in range(4)
]


def is_drawn(address: int) -> tuple[bool, bool]:
    """Whether a path is filled, whether it is stroked; white fillings are none."""
    _draw_mode(address, _fill_place, _stroke_place)
    filled = _fill.value != raw.FPDF_FILLMODE_NONE and not _is_white(address)
    return filled, bool(_stroke.value)


def _is_white(address: int) -> bool:
    if not _fill_colour(address, *_colour_places):
        return False
    *shades, alpha = _colours
    return bool(alpha < 16 or min(shades) > 250)


def corners(address: int) -> list[list[tuple[float, float]]]:
    """The points of each part of a path; empty for parts with curves."""
    parts: list[list[tuple[float, float]]] = []
    for index in range(count_segments(address)):
        segment = _segment(address, index)
        kind = _segment_type(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            parts[-1] = []
            continue
        _segment_point(segment, *_places[:2])
        parts[-1].append(_two(_floats))
    return parts
