"""Where do the notes of a page begin, and which line opens which note?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.rules import compile_once
from pipeline.ocr.ink import PixelBox
from pipeline.ocr.marks import Mark
from pipeline.ocr.prepare import Sheet
from pipeline.ocr.rulings import Rulings
from pipeline.ocr.strips import Strip

_TYPED = compile_once(r"[(\[]?(\d{1,3}|\*{1,3})[)\]]?[ .]\s*")

_STUB = compile_once(r"^\S{1,2}\s(?=\p{L})")


def separator_of(sheet: Sheet, rulings: Rulings, boxes: Sequence[PixelBox]) -> int | None:
    """y of the stroke above the notes: two inches or so at the left margin of the lower page."""
    if not boxes:
        return None
    left = min(box[0] for box in boxes)
    for x0, top, x1, bottom in sorted(rulings.across, key=lambda line: -line[1]):
        fits = 1.0 * sheet.dpi < x1 - x0 < 0.45 * sheet.grey.shape[1]
        if fits and abs(x0 - left) < 0.4 * sheet.dpi and top > _middle(sheet):
            return bottom - 4
    return None


def notes_begin(sheet: Sheet, rulings: Rulings, strips: Mapping[PixelBox, Strip]) -> int | None:
    """y from which all lines are notes; None where the page has none.

    Under the separator, or from a line that opens with a raised mark.
    """
    opened = [box[1] for box, strip in strips.items() if strip.mark and box[1] > _middle(sheet)]
    separator = separator_of(sheet, rulings, tuple(strips))
    if separator is not None:
        below = [strip for box, strip in strips.items() if box[1] >= separator]
        called = any(strip.calls for strip in strips.values())
        if below and (called or below[0].mark or _TYPED.match(below[0].text)):
            return separator
    return min(opened, default=None)


def has_notes(
    sheet: Sheet, rulings: Rulings, boxes: Sequence[PixelBox], marks: Sequence[Sequence[Mark]]
) -> bool:
    """Whether the page may have notes: without them a raised figure is handwriting or a power."""
    if separator_of(sheet, rulings, boxes) is not None:
        return True
    return any(
        held and held[0].box[2] < box[0] + (box[3] - box[1]) and box[1] > _middle(sheet)
        for box, held in zip(boxes, marks, strict=True)
    )


def _middle(sheet: Sheet) -> float:
    return 0.4 * float(sheet.grey.shape[0])


def with_note_marks(strips: Sequence[Strip], called: str | None) -> list[Strip]:
    """The lines of notes; a number typed before a note is its mark, not its text.

    `called`: the first mark that the page calls; the first line opens that note, whatever the
    engines made of its figure.
    """
    marked = list(_opened(strips))
    if marked and marked[0].mark is None and called:
        text = _STUB.sub("", marked[0].text)
        marked[0] = replace(marked[0], text=text, mark=called)
    return marked


def _opened(strips: Sequence[Strip]) -> Iterator[Strip]:
    last = 0
    for strip in strips:
        typed = _TYPED.match(strip.text)
        mark, text = strip.mark, strip.text
        if mark is None and typed and _follows(typed[1], last):
            mark, text = typed[1], text[typed.end() :]
        last = int(mark) if mark and mark.isdigit() else last
        yield replace(strip, text=text, mark=mark)


def _follows(mark: str, last: int) -> bool:
    return not mark.isdigit() or last == 0 or int(mark) == last + 1
