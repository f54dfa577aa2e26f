"""What do the annotations of a page draw: words, or a seal over them?"""

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.readers.pdf import pdfium as asked
from pipeline.readers.pdf.objects import objects_in

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


def annotations_write(page: pdfium.PdfPage) -> bool:
    """Whether annotations write words; those that only show a seal need no second look."""
    return any(asked.TEXT in kinds for _, kinds in _appearances(page))


def draw_annotations(page: pdfium.PdfPage) -> bool:
    """Draws the annotations into the page; False where there was nothing to draw."""
    done = raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    return bool(done == raw.FLATTEN_SUCCESS)


def hide_seals(page: pdfium.PdfPage) -> None:
    """Seals and signatures are not drawn over a page that is to be recognised."""
    for index, kinds in list(_appearances(page)):
        if asked.IMAGE in kinds:
            annotation = raw.FPDFPage_GetAnnot(page.raw, index)
            raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_HIDDEN)
            raw.FPDFPage_CloseAnnot(annotation)
