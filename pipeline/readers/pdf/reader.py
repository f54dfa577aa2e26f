"""The story of a PDF: open, read each page's ink, recognise where it must be, compose."""

import ctypes
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import PdfiumError, raw

from pipeline.errors import MissingExtra, Protected, ReadError, TooLarge, Unreadable
from pipeline.readers.limits import Limits
from pipeline.readers.pdf import pdfium as asked
from pipeline.readers.pdf.compose import compose
from pipeline.readers.pdf.decoding import decoded
from pipeline.readers.pdf.ink import Run, Sheet
from pipeline.readers.pdf.layer import (
    FEW_WORDS,
    Layer,
    is_better_than_nothing,
    is_usable,
    layer_of,
)
from pipeline.readers.pdf.objects import objects_in
from pipeline.readers.pdf.sheet import read_sheet
from schemas.paper import Line, Page, Paper, Remark

MEDIA_TYPE = "application/pdf"
_DPI = 300
_LARGEST = 40_000_000
"""Pixels of a rendered page: A3 at 300 dpi is 17 million."""


def read_pdf(data: bytes, limits: Limits) -> Paper:
    """The PDF as ink; pages without a sound text layer are recognised as images."""
    document = _opened(data)
    try:
        if len(document) > limits.pages:
            raise _too_many_pages(len(document), limits.pages)
        leaves, remarks = _read_pages(document)
    finally:
        document.close()
    return Paper(media_type=MEDIA_TYPE, pages=compose(leaves), remarks=tuple(remarks))


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
        if len(document) == 0:
            raise _damaged("không có trang nào", "it has no pages")
    except PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise Protected(
                "pdf.password",
                "Tệp PDF được bảo vệ bằng mật khẩu.",
                "Hãy mở bằng mật khẩu, in lại hoặc lưu thành PDF không mật khẩu rồi thử lại.",
                "The PDF asks for a password; save it without one and try again.",
            ) from error
        raise _damaged("hỏng hoặc tải chưa trọn vẹn", "it is damaged or cut short") from error
    return document


def _damaged(reason: str, english: str) -> Unreadable:
    return Unreadable(
        "pdf.damaged",
        f"Không mở được tệp PDF: tệp {reason}.",
        "Hãy tải lại hoặc xin lại tệp gốc từ nơi phát hành.",
        f"The PDF cannot be opened: {english}. Get it again from where it was issued.",
    )


def _too_many_pages(pages: int, most: int) -> TooLarge:
    return TooLarge(
        "pdf.pages",
        f"Tệp PDF có {pages} trang, vượt giới hạn {most} trang.",
        "Hãy nâng giới hạn số trang hoặc tách tệp rồi thử lại.",
        f"The PDF has {pages} pages, the limit is {most}; raise it or split the file.",
    )


def _read_pages(document: pdfium.PdfDocument) -> tuple[list[Sheet | Page], list[Remark]]:
    """Each page as ink, or as recognised. No recogniser at all: an error if nothing else is
    read, else a remark for each page it is wanted for."""
    leaves: list[Sheet | Page] = []
    remarks: list[Remark] = []
    missing: MissingExtra | None = None
    for number, (page, sheet, layer, usable) in enumerate(_sheets(document), 1):
        if usable:
            leaves.append(sheet)
            continue
        try:
            leaves.append(_recognised(page, sheet))
            if layer.words >= FEW_WORDS:
                remarks.append(_replaced(number))
        except MissingExtra as error:
            missing = error
            kept = is_better_than_nothing(layer)
            leaves.append(
                sheet if kept else Page(number=number, width=sheet.width, height=sheet.height)
            )
            remarks.append(_unrecognised(number, kept))
    if missing and not any(isinstance(leaf, Sheet) for leaf in leaves):
        raise missing
    return leaves, remarks


class _Opened(NamedTuple):
    """A page as read: its ink, what its text layer is worth, whether that is enough."""

    page: pdfium.PdfPage
    sheet: Sheet
    layer: Layer
    usable: bool


def _sheets(document: pdfium.PdfDocument) -> Iterator[_Opened]:
    for index in range(len(document)):
        page = _loaded(document, index)
        sheet = decoded(read_sheet(page, index + 1))
        layer = layer_of(sheet)
        usable = is_usable(layer, sheet)
        if not usable:
            _hide_seals(page)
        if _writes_annotations(page) and _draw_annotations(page):
            page.close()
            page = _loaded(document, index)
            sheet = decoded(read_sheet(page, index + 1, flattened=True))
        yield _Opened(page, sheet, layer, usable)
        page.close()


def _loaded(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    try:
        return document[index]
    except PdfiumError as error:
        raise _damaged(f"hỏng ở trang {index + 1}", f"page {index + 1} is damaged") from error


# --- Annotations --------------------------------------------------------------------------------

_WRITING = frozenset((raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP))


def _appearances(page: pdfium.PdfPage) -> Iterator[tuple[int, frozenset[int]]]:
    """The annotations that draw something: (index, kinds of the objects drawn)."""
    for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if annotation and raw.FPDFAnnot_GetSubtype(annotation) in _WRITING:
            yield index, frozenset(_kinds(annotation))
        raw.FPDFPage_CloseAnnot(annotation)


def _kinds(annotation: raw.FPDF_ANNOTATION) -> Iterator[int]:
    for number in range(raw.FPDFAnnot_GetObjectCount(annotation)):
        handle = raw.FPDFAnnot_GetObject(annotation, number)
        address = ctypes.cast(handle, ctypes.c_void_p).value
        if address:
            yield from (thing.kind for thing in objects_in(address))


def _writes_annotations(page: pdfium.PdfPage) -> bool:
    """Whether annotations write words; those that only show a seal need no second look."""
    return any(asked.TEXT in kinds for _, kinds in _appearances(page))


def _draw_annotations(page: pdfium.PdfPage) -> bool:
    """Draws the annotations into the page; False where there was nothing to draw."""
    done = raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    return bool(done == raw.FLATTEN_SUCCESS)


def _hide_seals(page: pdfium.PdfPage) -> None:
    """Seals and signatures are not drawn over a page that is to be recognised."""
    for index, kinds in list(_appearances(page)):
        if asked.IMAGE in kinds:
            annotation = raw.FPDFPage_GetAnnot(page.raw, index)
            raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_HIDDEN)
            raw.FPDFPage_CloseAnnot(annotation)


# --- Pages that must be recognised ----------------------------------------------------------------


def _recognised(page: pdfium.PdfPage, sheet: Sheet) -> Page:
    from pipeline.readers.scan import ocr_page  # noqa: PLC0415 - heavy, for scans only

    wide, high = page.get_size()
    scale = min(_DPI / 72, (_LARGEST / max(wide * high, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    recognised = ocr_page(bitmap.to_pil(), sheet.number, wide, high)
    return _with_filled_in(recognised, [run for run in sheet.runs if run.stamp is not None])


_ALIKE = str.maketrans("IlLOoSZB", "11100528")


def _with_filled_in(page: Page, runs: Sequence[Run]) -> Page:
    """The page with figures that an annotation wrote as the file says them, not as recognised:
    "tháng II" where the annotation is "11"."""
    known = {run.text.strip(): run for run in runs if run.text.strip().isdigit()}
    if not known:
        return page
    blocks = [
        _corrected(block, known) if isinstance(block, Line) else block for block in page.blocks
    ]
    return Page(**{**dict(page), "blocks": tuple(blocks)})


def _corrected(line: Line, known: dict[str, Run]) -> Line:
    words = line.text.split(" ")
    for text, run in known.items():
        if line.box is None or not line.box[1] - 4 < run.base < line.box[3] + 4 or text in words:
            continue
        words = [text if word.translate(_ALIKE) == text else word for word in words]
    return Line(**{**dict(line), "text": " ".join(words)})


def _replaced(number: int) -> Remark:
    return Remark(
        code="page.recognised",
        message=f"Trang {number}: lớp chữ có sẵn sai nhiều, đã nhận dạng lại từ hình ảnh.",
        page=number,
    )


def _unrecognised(number: int, kept: bool) -> Remark:
    if kept:
        message = f"Trang {number}: lớp chữ kém, chưa nhận dạng lại được vì thiếu bộ OCR."
    else:
        message = f"Trang {number} là ảnh quét, chưa đọc được vì thiếu bộ OCR."
    return Remark(code="page.unrecognised", message=message, page=number)


__all__ = ["MEDIA_TYPE", "ReadError", "read_pdf"]
