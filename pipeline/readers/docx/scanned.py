"""Which pictures of a Word file are the pages of a letter that was scanned into it?

Offices paste scans into Word to send them as "văn bản Word". Such a file has next to no text;
each picture as large as a page is one, in the order of the document.
"""

import io
from collections.abc import Iterator, Sequence

from pipeline.readers.docx.package import Package, R
from schemas.paper import Block, Page, lines_in

_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_FEW_WORDS = 15
"""A page number or the name of a scanning app is not yet a letter."""
_SHORTER, _LONGER = 600, 800
"""Pixels of the sides of the smallest scan that can be read: A5 at 100 dpi."""


def has_few_words(blocks: Sequence[Block]) -> bool:
    """Whether what the file says as text can be no letter."""
    words = sum(len(line.text.split()) for line in lines_in(blocks) if line.role == "text")
    return words < _FEW_WORDS


def scanned_pages(package: Package) -> tuple[Page, ...]:
    """The pages that the pictures show, read by OCR; none where no picture is a page.

    Raises MissingExtra where no OCR engine is installed.
    """
    pictures = [picture for picture in _pictures(package) if _is_page(picture)]
    if not pictures:
        return ()
    from pipeline.readers.scan import image_pages  # noqa: PLC0415 - heavy, for scans only

    pages: list[Page] = []
    for picture in pictures:
        pages += image_pages(picture, package.archive.limits, first=len(pages) + 1)
    return tuple(pages)


def _pictures(package: Package) -> Iterator[bytes]:
    """The pictures in the order of the document; one drawn for old versions too is one."""
    names = (
        package.target(item.get(R + ("embed" if item.tag == _BLIP else "id")))
        for item in package.document.iter(_BLIP, _IMAGE)
    )
    for name in dict.fromkeys(name for name in names if name is not None):
        yield package.archive.read(name)


def _is_page(picture: bytes) -> bool:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - heavy, for scans only

    try:
        with Image.open(io.BytesIO(picture)) as image:
            return min(image.size) >= _SHORTER and max(image.size) >= _LONGER
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
        return False  # a drawing (EMF, WMF) or a damaged picture: no scan
