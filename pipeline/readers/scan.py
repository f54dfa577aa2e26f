"""What ink does a scan or a photo of a letter hold?

TIFF (several pages), PNG, JPEG and their kin become one page an image; pages of a PDF that are
images come in by `ocr_page`.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from PIL import Image, ImageOps, UnidentifiedImageError

from pipeline.errors import TooLarge, Unreadable, missing_extra
from pipeline.readers.limits import Limits
from schemas.paper import Page, Paper

A4 = (595.3, 841.9)
"""Points; a photo does not say how large the paper was."""
PIXELS = 120_000_000
"""A page of A3 at 600 dpi; more is no letter."""


def read_scan(data: bytes, limits: Limits) -> Paper:
    """The letter on the images, read by OCR."""
    with _opened(data) as image:
        media_type = Image.MIME.get(image.format or "", "image/unknown")
        pages = tuple(_pages(image, limits, first=1))
    return Paper(media_type=media_type, pages=pages)


def image_pages(data: bytes, limits: Limits, *, first: int) -> tuple[Page, ...]:
    """The pages of an image file inside another one, counted from `first`."""
    with _opened(data) as image:
        return tuple(_pages(image, limits, first=first))


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(data)) as image:
            yield image
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable(
            "scan.damaged",
            f"Ảnh quét bị hỏng hoặc tải chưa trọn vẹn ({error}).",
            "Hãy quét lại hoặc xin lại tệp gốc.",
            f"The image is damaged or cut short ({error}); scan it again or get it again.",
        ) from error


def _pages(image: Image.Image, limits: Limits, *, first: int) -> Iterator[Page]:
    frames = getattr(image, "n_frames", 1)
    _refuse(image, first - 1 + frames, limits)
    for index in range(frames):
        image.seek(index)
        frame = ImageOps.exif_transpose(image)
        width, height = _points(frame)
        yield ocr_page(frame, first + index, width, height)


def _refuse(image: Image.Image, frames: int, limits: Limits) -> None:
    if frames > limits.pages:
        raise TooLarge(
            "scan.pages",
            f"Tệp có {frames} trang, vượt giới hạn {limits.pages} trang.",
            "Hãy nâng giới hạn số trang hoặc tách tệp rồi thử lại.",
            f"The file has {frames} pages, the limit is {limits.pages}; raise it or split it.",
        )
    if image.width * image.height > PIXELS:
        raise TooLarge(
            "scan.pixels",
            f"Ảnh quá lớn: {image.width} × {image.height} điểm ảnh.",
            "Hãy quét lại ở 300 dpi rồi thử lại.",
            f"The image is too large: {image.width} × {image.height}; scan at 300 dpi.",
        )


def _points(image: Image.Image) -> tuple[float, float]:
    """Width and height of the paper in points: as the file says, else A4's longer side."""
    dpi = float((image.info.get("dpi") or (0, 0))[0])
    long = max(image.size)
    if not 6 <= long / max(dpi, 1) <= 24:  # inches of a sheet of paper
        dpi = long * 72 / A4[1]
    return image.width * 72 / dpi, image.height * 72 / dpi


def ocr_page(image: Image.Image, number: int, width_pt: float, height_pt: float) -> Page:
    """The page as ink: `image` shows the whole page of `width_pt` × `height_pt` points.

    Raises MissingExtra where no OCR engine is installed.
    """
    if not all(find_spec(name) for name in ("cv2", "trueocr")):
        raise missing_extra(
            "ocr", "nhận dạng chữ (OCR), mà trang này là ảnh quét", "A page that is a scan"
        )
    from pipeline.ocr.page import read_page  # noqa: PLC0415 - heavy, and an extra

    return read_page(image, number, width_pt, height_pt)
