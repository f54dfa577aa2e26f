"""What ink does an open page hold? One whose text lies on its side is stood upright."""

import ctypes
from collections import Counter
from collections.abc import Sequence

import pypdfium2 as pdfium

from pipeline.readers.pdf import pdfium as asked
from pipeline.readers.pdf.characters import Characters
from pipeline.readers.pdf.frame import Frame
from pipeline.readers.pdf.ink import Run, Sheet
from pipeline.readers.pdf.objects import things_of
from pipeline.readers.pdf.rulings import rules_of
from pipeline.readers.pdf.runs import runs_of


def read_sheet(page: pdfium.PdfPage, number: int, *, flattened: bool = False) -> Sheet:
    """The ink of an open page; a page whose text lies on its side is stood upright.

    `flattened`: the annotations have been drawn into the page, as its last object.
    """
    things = list(things_of(_address(page.raw), flattened=flattened))
    text_page = page.get_textpage()
    characters = Characters.of(ctypes.cast(text_page.raw, asked.TextPage))
    frame = Frame.of(page)
    rules = tuple(rules_of(frame, things))
    runs = tuple(runs_of(frame, things, characters, rules))
    if aslant := _turned(runs):
        frame = Frame.of(page, aslant)
        rules = tuple(rules_of(frame, things))
        runs = tuple(runs_of(frame, things, characters, rules))
    text_page.close()
    images = [thing for thing in things if thing.kind == asked.IMAGE]
    return Sheet(
        number=number,
        width=frame.width,
        height=frame.height,
        runs=runs,
        rules=rules,
        pictured=max((frame.share(thing) for thing in images if thing.stamp is None), default=0.0),
        drawn=sum(thing.kind == asked.PATH for thing in things),
        seals=frozenset(thing.stamp for thing in images if thing.stamp is not None),
    )


def _turned(runs: Sequence[Run]) -> int:
    """By how many quarter turns clockwise most of the text must be turned to read."""
    if not any(run.turns for run in runs):
        return 0
    counts: Counter[int] = Counter()
    for run in runs:
        counts[run.turns or 0] += len(run.text)
    return counts.most_common(1)[0][0]


def _address(handle: object) -> int:
    address = ctypes.cast(handle, ctypes.c_void_p).value  # type: ignore[arg-type]
    return address or 0
