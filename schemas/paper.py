"""Ink as a reader saw it, before any meaning."""

from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from schemas.base import Value

Role = Literal["text", "note", "furniture"]
Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points (1/72 inch), origin at the page's top left corner."""


class Call(Value):
    """A footnote mark: it stood before character `at` of its line and is no longer in the text."""

    at: int
    mark: str


class Line(Value):
    """One line of ink (PDF, scan) or one paragraph (DOCX, text), tidied, without footnote marks.

    `starts`: True opens a paragraph, False goes on from the line before, None: not known.
    `role`: what the reader knows of its place: running text, a footnote, page furniture
    (page numbers, running headers, stamps).
    `mark`: on the first line of a footnote, its mark; None on the lines that go on.
    `column`: the side of a two-column block (letterhead, Nơi nhận beside the signature).
    `level`: the depth of a Word list item, 0 the outermost.
    """

    text: str
    page: int = 1
    box: Box | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    centered: bool = False
    starts: bool | None = None
    role: Role = "text"
    mark: str | None = None
    column: Literal["left", "right"] | None = None
    level: int | None = None
    calls: tuple[Call, ...] = ()
    confidence: float | None = None


class Cell(Value):
    """A table cell: its place in the grid, how many rows and columns it covers, its lines."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    lines: tuple[Line, ...] = ()


class Table(Value):
    """A grid of cells in row order. `ruled` False: a layout table without drawn lines.

    `header_rows`: rows that the file itself marks as a repeated header (0: it does not say).
    """

    page: int = 1
    box: Box | None = None
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    ruled: bool = True
    header_rows: int = 0


Block = Line | Table


def lines_in(blocks: Iterable[Block]) -> Iterator[Line]:
    """Every line, those of tables cell by cell."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            for cell in block.cells:
                yield from cell.lines


class Page(Value):
    """A page in reading order. `confidence`: mean word confidence of OCR, 0 to 1."""

    number: int
    width: float | None = None
    height: float | None = None
    blocks: tuple[Block, ...] = ()
    origin: Literal["text", "ocr"] = "text"
    confidence: float | None = None


class Remark(Value):
    """Something the reader met that a person should know: a dotted code, words, the page."""

    code: str
    message: str
    page: int | None = None


class Paper(Value):
    """A whole letter as read. Formats without pages (text, HTML, DOCX) have page 1 only,
    or the pages that the file itself marks."""

    media_type: str
    pages: tuple[Page, ...] = Field(min_length=1)
    paged: bool = True
    remarks: tuple[Remark, ...] = ()
