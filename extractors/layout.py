"""Which lines belong together, and where do they stand in the one text?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.lines import is_split, join_tables, paragraphs_of
from extractors.text import fold, tidy
from schemas.letter import (
    Grid,
    GridCell,
    Letter,
    Paragraph,
    Part,
    Piece,
    PlacedCall,
    Section,
    Zone,
)
from schemas.paper import Cell, Line, Table


def lay_out(zones: Iterable[Zone]) -> Letter:
    """The letter as one text, zone after zone: paragraphs parted by newlines."""
    sheet = _Sheet()
    for zone in zones:
        sheet.zone(zone)
    text = "".join(sheet.text)
    return Letter(
        text=text,
        key=fold(text),
        sections=tuple(sheet.sections),
        paragraphs=tuple(sheet.paragraphs),
        pieces=tuple(sheet.pieces),
        calls=tuple(sheet.calls),
        grids=tuple(sheet.grids),
    )


def plain(text: str, part: Part = Part.BODY) -> Letter:
    """A letter of one part: each line of `text` a paragraph."""
    lines = (Line(text=tidy(line), starts=True) for line in text.split("\n"))
    return lay_out([Zone(part, tuple(line for line in lines if line.text))])


@dataclass(slots=True)
class _Sheet:
    """The text as far as it is laid out."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    sections: list[Section] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    calls: list[PlacedCall] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)

    def zone(self, zone: Zone) -> None:
        start = self._fresh()
        run: list[Line] = []
        for block in join_tables(zone.blocks):
            if isinstance(block, Line):
                run.append(block)
                continue
            self._lines(run, zone)
            run = []
            self._table(block, zone)
        self._lines(run, zone)
        self.sections.append(Section(zone.part, min(start, self.length), self.length, zone.annex))

    def _fresh(self) -> int:
        """Where the next paragraph will start."""
        return self.length + 1 if self.length else 0

    def _lines(
        self, lines: Sequence[Line], zone: Zone, cell: tuple[int, int, int] | None = None
    ) -> None:
        for paragraph in paragraphs_of(lines):
            self._paragraph(paragraph, zone, cell)

    def _paragraph(
        self, lines: Sequence[Line], zone: Zone, cell: tuple[int, int, int] | None
    ) -> None:
        if self.length:
            self._put("\n")
        start = self.length
        for line in lines:
            if self.length > start and not is_split(self.text[-1], line.text):
                self._put(" ")
            self._line(line)
        self.paragraphs.append(_described(lines, start, self.length, zone, cell))

    def _line(self, line: Line) -> None:
        at = self.length
        self._put(line.text)
        self.pieces.append(Piece(at, self.length, line.page, line.box))
        self.calls.extend(PlacedCall(at + call.at, call.mark) for call in line.calls)

    def _put(self, text: str) -> None:
        self.text.append(text)
        self.length += len(text)

    def _table(self, table: Table, zone: Zone) -> None:
        start, number = self._fresh(), len(self.grids)
        cells = tuple(self._cell(cell, zone, number) for cell in table.cells)
        self.grids.append(
            Grid(
                min(start, self.length),
                self.length,
                table.rows,
                table.columns,
                cells,
                table.header_rows,
                zone.annex,
            )
        )

    def _cell(self, cell: Cell, zone: Zone, number: int) -> GridCell:
        start = self._fresh()
        self._lines(cell.lines, zone, (number, cell.row, cell.column))
        start = min(start, self.length)
        return GridCell(cell.row, cell.column, cell.rows, cell.columns, start, self.length)


def _described(
    lines: Sequence[Line], start: int, end: int, zone: Zone, cell: tuple[int, int, int] | None
) -> Paragraph:
    first = lines[0]
    grid, row, column = cell or (None, None, None)
    return Paragraph(
        start,
        end,
        zone.part,
        zone.annex,
        bold=all(line.bold for line in lines),
        italic=all(line.italic for line in lines),
        centered=all(line.centered for line in lines),
        size=first.size,
        left=first.box[0] if first.box else None,
        level=first.level,
        mark=first.mark,
        grid=grid,
        row=row,
        column=column,
    )
