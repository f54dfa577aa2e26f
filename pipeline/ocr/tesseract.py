"""What does Tesseract read on a line?

Tesseract comes in the wheel `tesserocr` (MIT, Tesseract itself Apache-2.0), its Vietnamese model
with the system (Debian: tesseract-ocr-vie, the tessdata_fast model, Apache-2.0).
"""

import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.ocr.ink import PixelBox, Reading, Word
from pipeline.ocr.prepare import Pixels

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

MODEL = "vie.traineddata"
FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


def is_available() -> bool:
    """Whether both the wheel and the Vietnamese model are here."""
    return model_folder() is not None and _wheel_is_here()


@cache
def model_folder() -> str | None:
    """The folder that holds the Vietnamese model: TESSDATA_PREFIX, then the usual ones."""
    told = os.environ.get("TESSDATA_PREFIX")
    named = (told, os.path.join(told, "tessdata")) if told else ()
    folders: tuple[str, ...] = (*named, *FOLDERS)
    for folder in folders:
        if (Path(folder) / MODEL).is_file():
            return folder
    return None


@cache
def _wheel_is_here() -> bool:
    try:
        _load()
    except ImportError:
        return False
    return True


def _load() -> type["PyTessBaseAPI"]:
    # OpenMP reads this once, when the library is loaded: its threads spin on each other and
    # made a page ten times slower on two cores.
    if "tesserocr" not in sys.modules:
        os.environ["OMP_THREAD_LIMIT"] = "1"
    from tesserocr import PyTessBaseAPI  # noqa: PLC0415 - an extra, loaded when a scan arrives

    return PyTessBaseAPI  # type: ignore[no-any-return]


@cache
def _engine() -> "PyTessBaseAPI":
    api = _load()(path=model_folder(), lang="vie")
    from tesserocr import PSM  # noqa: PLC0415

    api.SetPageSegMode(PSM.SINGLE_LINE)
    return api


def recognise(grey: Pixels, boxes: Sequence[PixelBox], dpi: float) -> list[Reading]:
    """One reading a box, in their order."""
    api = _engine()
    height, width = grey.shape
    api.SetImageBytes(grey.tobytes(), width, height, 1, width)
    api.SetSourceResolution(round(dpi))
    readings = [Reading(tuple(_words(api, box))) for box in boxes]
    api.Clear()
    return readings


_PLAIN = str.maketrans("⁄Ðð€", "/Đđc")
"""Signs that letters do not use, as what they stand for; "(b/€)" is "(b/c)"."""


def _words(api: "PyTessBaseAPI", box: PixelBox) -> Iterator[Word]:
    from tesserocr import RIL, iterate_level  # noqa: PLC0415

    x0, top, x1, bottom = box
    api.SetRectangle(x0, top, x1 - x0, bottom - top)
    if not api.Recognize():
        return
    found = api.GetIterator()
    for item in iterate_level(found, RIL.WORD) if found else ():
        text = "" if item.Empty(RIL.WORD) else item.GetUTF8Text(RIL.WORD).strip()
        if text:
            yield Word(
                text.translate(_PLAIN), item.BoundingBox(RIL.WORD), item.Confidence(RIL.WORD) / 100
            )
