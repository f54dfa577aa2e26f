"""Where do the recognised strips of a page belong: text, tables, notes, furniture?"""

from collections.abc import Sequence

from extractors.lines import openings_in_cell
from extractors.text import tidy
from pipeline.ocr.arrange import arrange
from pipeline.ocr.furniture import (
    in_margin,
    is_arrival_stamp,
    is_noise,
    is_page_number,
    is_signature_stamp,
)
from pipeline.ocr.grid import GridCell, InkGrid, cell_at
from pipeline.ocr.ink import PixelBox
from pipeline.ocr.labels import repaired
from pipeline.ocr.notes import notes_begin, with_note_marks
from pipeline.ocr.prepare import Sheet
from pipeline.ocr.rulings import Rulings
from pipeline.ocr.strips import Placed, Strip, rows_of
from schemas.paper import Block, Call, Cell, Line, Role, Table

LOST = 0.3
"""Confidence below which even a word in a table is taken for dirt."""


Strips = dict[PixelBox, Strip]


def _mean(strips: Sequence[Strip]) -> float | None:
    length = sum(len(strip.text) for strip in strips)
    if not length:
        return None
    return round(sum(strip.confidence * len(strip.text) for strip in strips) / length, 3)


class Layout:
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
            inside = {box: strip for box, strip in strips.items() if within(box, grid.box)}
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
                if any(within(box, grid.box) for grid in tables)
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
            inside = {box: strip for box, strip in strips.items() if within(box, grid.box)}
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


def within(box: PixelBox, grid: PixelBox) -> bool:
    """Whether the middle of a box lies in the box of a grid."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return grid[0] <= x <= grid[2] and grid[1] <= y <= grid[3]
