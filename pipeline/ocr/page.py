"""How does the image of a page become a Page?"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from extractors.lines import openings_in_cell
from extractors.text import tidy
from pipeline.ocr import tesseract, trueocr
from pipeline.ocr.arrange import Placed, Strip, arrange, rows_of
from pipeline.ocr.columns import parted
from pipeline.ocr.furniture import (
    in_margin,
    is_arrival_stamp,
    is_noise,
    is_page_number,
    is_signature_stamp,
)
from pipeline.ocr.grid import GridCell, InkGrid, cell_at, find_grids, split_at_walls
from pipeline.ocr.ink import PixelBox, Reading
from pipeline.ocr.labels import repaired
from pipeline.ocr.marks import Mark, call_at, find_marks, is_power, without_marks
from pipeline.ocr.notes import has_notes, notes_begin, with_note_marks
from pipeline.ocr.prepare import Pixels, Sheet, prepare
from pipeline.ocr.rulings import Rulings, find_rulings, without_rulings
from pipeline.ocr.urgent import find_stamps
from pipeline.ocr.vote import agreed
from schemas.paper import Block, Call, Cell, Line, Page, Role, Table

MARGIN = (0.15, 0.15, 0.1)
"""What recognition needs around a found line, in parts of its height: sides, top, bottom."""
LOST = 0.3
"""Confidence below which even a word in a table is taken for dirt."""


def read_page(image: Image.Image, number: int, width: float, height: float) -> Page:
    """The page as ink: `image` shows the whole page of `width` × `height` points.

    A page that lies on its side is stood upright: size and boxes are those of the upright page.
    """
    sheet = _upright(image, width)
    if sheet.turns % 2:
        width, height = height, width
    rulings = find_rulings(sheet)
    grids = find_grids(rulings, sheet.dpi)
    strips = _strips(sheet, rulings, grids)
    if number == 1 and not sheet.turns:
        stamps = _stamps(image, sheet, image.width * 72 / width)
        strips |= {box: strip for box, strip in stamps.items() if not _is_read(box, strips)}
    blocks = tuple(_Layout(sheet, rulings, number, width, height).blocks(grids, strips))
    return Page(
        number=number,
        width=width,
        height=height,
        blocks=blocks,
        origin="ocr",
        confidence=_confidence(blocks),
    )


def _confidence(blocks: Sequence[Block]) -> float | None:
    """The mean over the letter's own characters; None for a page that has none."""
    lines = [line for block in blocks for line in _lines_of(block) if line.role != "furniture"]
    length = sum(len(line.text) for line in lines)
    total = sum((line.confidence or 0.0) * len(line.text) for line in lines)
    return round(total / length, 3) if length else None


def _lines_of(block: Block) -> Iterable[Line]:
    if isinstance(block, Line):
        return (block,)
    return (line for cell in block.cells for line in cell.lines)


def _upright(image: Image.Image, width: float) -> Sheet:
    dpi = image.width * 72 / width
    sheet = prepare(image, dpi)
    turns = trueocr.turns_of(sheet.grey)
    return prepare(image, dpi, turns) if turns else sheet


Strips = dict[PixelBox, Strip]


def _strips(sheet: Sheet, rulings: Rulings, grids: Sequence[InkGrid]) -> Strips:
    """What is read on the sheet, by the boxes it was read in."""
    grey = without_rulings(sheet.grey, rulings)
    boxes = split_at_walls(trueocr.find_lines(grey), grids)
    marks = find_marks(grey, sheet.ink * (1 - rulings.mask), boxes)
    if not has_notes(sheet, rulings, boxes, marks):
        marks = [[] for _ in boxes]
    readings = _readings(without_marks(grey, marks), boxes, sheet.dpi)
    return {
        piece: _strip(sheet, piece, part, [mark for mark in held if _holds(piece, mark)])
        for box, reading, held in zip(boxes, readings, marks, strict=True)
        for piece, part in parted(box, reading)
        if part.text
    }


def _stamps(image: Image.Image, sheet: Sheet, dpi: float) -> Strips:
    """Stamps of urgency and secrecy, which vanished with the red ink."""
    if image.mode not in {"RGB", "RGBA", "P", "CMYK"}:
        return {}
    found: Strips = {}
    for (x0, top, x1, bottom), reading in find_stamps(np.asarray(image.convert("RGB"))):
        scale = sheet.dpi / dpi
        box = (round(x0 * scale), round(top * scale), round(x1 * scale), round(bottom * scale))
        found[box] = Strip(reading.text.strip("|[](). "), sheet.place(box), reading.confidence)
    return found


def _is_read(box: PixelBox, strips: Strips) -> bool:
    """Whether a faint stamp was read with the black ink."""
    return any(_within(other, box) or _within(box, other) for other in strips)


def _holds(box: PixelBox, mark: Mark) -> bool:
    return box[0] - 3 <= mark.box[0] < box[2] + 3


def _readings(grey: Pixels, boxes: Sequence[PixelBox], dpi: float) -> list[Reading]:
    """What is read in each box: by both engines, or by TrueOCR where Tesseract is not here."""
    second = trueocr.recognise(grey, boxes)
    if not tesseract.is_available():
        return second
    first = tesseract.recognise(grey, [_widened(box, grey.shape) for box in boxes], dpi)
    readings: list[Reading] = []
    for index, pair in enumerate(zip(first, second, strict=True)):
        above = readings[-1].words if readings else ()
        below = first[index + 1].words if index + 1 < len(first) else ()
        before, after = (above[-1:], below[:1])
        readings.append(agreed(*pair, *("".join(w.text for w in part) for part in (before, after))))
    return readings


def _widened(box: PixelBox, shape: tuple[int, ...]) -> PixelBox:
    x0, top, x1, bottom = box
    side, above, below = (round(part * (bottom - top)) for part in MARGIN)
    return (max(x0 - side, 0), max(top - above, 0),
            min(x1 + side, shape[1]), min(bottom + below, shape[0]))  # fmt: skip


def _strip(sheet: Sheet, box: PixelBox, reading: Reading, marks: Sequence[Mark]) -> Strip:
    strip = Strip(reading.text, sheet.place(box), reading.confidence)
    for mark in marks:
        at = call_at(reading.words, mark)
        if at is None:
            strip = replace(strip, mark=mark.text)
        elif is_power(reading.text[:at]):
            strip = replace(strip, text=f"{strip.text[:at]}{mark.text}{strip.text[at:]}")
        else:
            strip = replace(strip, calls=(*strip.calls, Call(at=at, mark=mark.text)))
    return strip


def _mean(strips: Sequence[Strip]) -> float | None:
    length = sum(len(strip.text) for strip in strips)
    if not length:
        return None
    return round(sum(strip.confidence * len(strip.text) for strip in strips) / length, 3)


class _Layout:
    """A page on which strips find their place."""

    def __init__(
        self, sheet: Sheet, rulings: Rulings, number: int, width: float, height: float
    ) -> None:
        self.sheet, self.rulings, self.number = sheet, rulings, number
        self.width, self.height = width, height

    def blocks(self, grids: Sequence[InkGrid], strips: Strips) -> list[Block]:
        """Text and tables top down, then notes, then what is furniture."""
        stamped, tables = self._frames(grids, strips)
        apart = {**stamped, **self._furniture(tables, strips)}
        strips = {box: strip for box, strip in strips.items() if box not in apart}
        below = notes_begin(self.sheet, self.rulings, strips)
        notes = {b: s for b, s in strips.items() if below is not None and b[1] >= below}
        strips = {box: strip for box, strip in strips.items() if box not in notes}
        return [
            *self._text(tables, strips),
            *self._lines(with_note_marks(tuple(notes.values()), _first_call(strips)), "note"),
            *self._lines(tuple(apart.values()), "furniture"),
        ]

    def _frames(self, grids: Sequence[InkGrid], strips: Strips) -> tuple[Strips, list[InkGrid]]:
        """What stands in stamps, and the grids that are tables."""
        stamped: Strips = {}
        tables = []
        for grid in grids:
            inside = {box: strip for box, strip in strips.items() if _within(box, grid.box)}
            frame = self.sheet.place(grid.box)
            if is_arrival_stamp(tuple(inside.values()), frame, self.width, self.height):
                stamped.update(inside)
            elif len(grid.cells) > 1:
                tables.append(grid)
        return stamped, tables

    def _furniture(self, tables: Sequence[InkGrid], strips: Strips) -> Strips:
        """What is no part of the letter; of a table's words only what cannot be read."""
        read = tuple(strips.values())
        return {
            box: strip
            for box, strip in strips.items()
            if (strip.confidence < LOST and is_noise(strip)
                if any(_within(box, grid.box) for grid in tables)
                else self._is_furniture(strip, read))
        }  # fmt: skip

    def _is_furniture(self, strip: Strip, strips: Sequence[Strip]) -> bool:
        number = is_page_number(strip, self.width, self.height)
        stamp = is_signature_stamp(strip) or in_margin(strip, strips, self.width)
        return number or stamp or is_noise(strip)

    def _text(self, tables: Sequence[InkGrid], strips: Strips) -> list[Block]:
        """Lines and tables: a table parts the lines above it from those below."""
        blocks: list[Block] = []
        for grid in tables:
            inside = {box: strip for box, strip in strips.items() if _within(box, grid.box)}
            above = {b: s for b, s in strips.items() if b not in inside and b[1] < grid.box[1]}
            strips = {b: s for b, s in strips.items() if b not in inside and b not in above}
            blocks += self._lines(tuple(above.values()))
            blocks.append(self._table(grid, inside))
        return [*blocks, *self._lines(tuple(strips.values()))]

    def _table(self, grid: InkGrid, strips: Strips) -> Table:
        held: dict[GridCell, list[Strip]] = {cell: [] for cell in grid.cells}
        for (x0, top, x1, bottom), strip in strips.items():
            cell = cell_at(grid, (x0 + x1) / 2, (top + bottom) / 2)
            if cell is not None:
                held[cell].append(strip)
        lines = dict(zip(held, self._cells(held), strict=True))
        return Table(
            page=self.number,
            box=self.sheet.place(grid.box),
            rows=grid.rows,
            columns=grid.columns,
            cells=tuple(
                Cell(row=cell.row, column=cell.column, rows=cell.rows, columns=cell.columns,
                     lines=lines[cell])
                for cell in held
            ),
        )  # fmt: skip

    def _cells(self, held: dict[GridCell, list[Strip]]) -> list[tuple[Line, ...]]:
        """The lines of each cell; labels of rows are mended by the rows before and after."""
        cells = [self._cell_lines(cell, strips) for cell, strips in held.items()]
        firsts = iter(_with_labels([lines[0] for lines in cells if lines]))
        return [(next(firsts), *lines[1:]) if lines else () for lines in cells]

    def _cell_lines(self, cell: GridCell, strips: Sequence[Strip]) -> tuple[Line, ...]:
        left, _, right, _ = self.sheet.place(cell.box)
        lines = [self._line(Placed(row)) for row in rows_of(strips)]
        opens = openings_in_cell(lines, left, right)
        pairs = zip(lines, opens, strict=True)
        return tuple(Line(**{**dict(line), "starts": starts}) for line, starts in pairs)

    def _lines(self, strips: Sequence[Strip], role: Role = "text") -> list[Line]:
        if role == "text":
            return _with_labels([self._line(placed) for placed in arrange(strips, self.width)])
        return [self._line(Placed(row), role) for row in rows_of(strips)]

    def _line(self, placed: Placed, role: Role = "text") -> Line:
        text, calls = "", []
        for strip in placed.strips:
            text = f"{text} " if text else ""
            calls += [Call(at=call.at + len(text), mark=call.mark) for call in strip.calls]
            text += strip.text
        return Line(
            text=tidy(text),
            page=self.number,
            box=placed.box,
            size=round(max(strip.height for strip in placed.strips) * 0.93, 1),
            bold=all(strip.bold for strip in placed.strips),
            centered=placed.centered,
            column=placed.column,
            role=role,
            mark=placed.strips[0].mark if role == "note" else None,
            calls=tuple(calls),
            confidence=_mean(placed.strips),
        )


def _with_labels(lines: Sequence[Line]) -> list[Line]:
    """The lines with the labels of lists mended; marks of notes keep their places."""
    texts = repaired([line.text for line in lines])
    return [_labelled(line, text) for line, text in zip(lines, texts, strict=True)]


def _labelled(line: Line, text: str) -> Line:
    if text == line.text or line.column == "right":
        return line
    shift = len(text) - len(line.text)
    calls = tuple(Call(at=call.at + shift, mark=call.mark) for call in line.calls)
    return Line(**{**dict(line), "text": text, "calls": calls})


def _first_call(strips: Strips) -> str | None:
    return next((call.mark for strip in strips.values() for call in strip.calls), None)


def _within(box: PixelBox, grid: PixelBox) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return grid[0] <= x <= grid[2] and grid[1] <= y <= grid[3]
