"""What is read on a page that has no sound text layer?"""

from collections.abc import Sequence

import pypdfium2 as pdfium

from pipeline.readers.pdf.ink import Run, Sheet
from schemas.paper import Line, Page

_DPI = 300
_LARGEST = 40_000_000
"""Pixels of a rendered page: A3 at 300 dpi is 17 million."""


def recognised(page: pdfium.PdfPage, sheet: Sheet) -> Page:
    """The page as recognised; figures that software filled in are as the file says them."""
    from pipeline.readers.scan import ocr_page  # noqa: PLC0415 - heavy, for scans only

    wide, high = page.get_size()
    scale = min(_DPI / 72, (_LARGEST / max(wide * high, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    read = ocr_page(bitmap.to_pil(), sheet.number, wide, high)
    return _with_filled_in(read, [run for run in sheet.runs if run.stamp is not None])


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
