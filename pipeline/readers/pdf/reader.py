"""The story of a PDF: open, read each page's ink, recognise where it must be, compose."""

from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import PdfiumError, raw

from pipeline.errors import MissingExtra, Protected, TooLarge, Unreadable
from pipeline.readers.kinds import PDF
from pipeline.readers.limits import Limits
from pipeline.readers.pdf.annotations import annotations_write, draw_annotations, hide_seals
from pipeline.readers.pdf.compose import compose
from pipeline.readers.pdf.decoding import decoded
from pipeline.readers.pdf.ink import Sheet
from pipeline.readers.pdf.layer import (
    FEW_WORDS,
    Layer,
    is_better_than_nothing,
    is_usable,
    layer_of,
)
from pipeline.readers.pdf.recognised import recognised
from pipeline.readers.pdf.sheet import read_sheet
from schemas.paper import Page, Paper, Remark


def read_pdf(data: bytes, limits: Limits) -> Paper:
    """The PDF as ink; pages without a sound text layer are recognised as images."""
    document = _opened(data)
    try:
        if len(document) > limits.pages:
            raise _too_many_pages(len(document), limits.pages)
        leaves, remarks = _read_pages(document)
    finally:
        document.close()
    return Paper(media_type=PDF, pages=compose(leaves), remarks=tuple(remarks))


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
            leaves.append(recognised(page, sheet))
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
            hide_seals(page)
        if annotations_write(page) and draw_annotations(page):
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
