"""How does the image of a page become a Page?"""

from collections.abc import Sequence

from PIL import Image

from extractors.lines import openings_in_cell
from extractors.text import tidy
from pipeline.ocr import tesseract, trueocr
from pipeline.ocr.arrange import Placed, Strip, arrange, rows_of
from pipeline.ocr.grid import GridCell, InkGrid, cell_at, find_grids, split_at_walls
from pipeline.ocr.ink import PixelBox, Reading
from pipeline.ocr.prepare import POINTS_PER_INCH, Pixels, Sheet, prepare
from pipeline.ocr.vote import agreed
from pipeline.ocr.rulings import find_rulings, without_rulings
from schemas.paper import Block, Cell, Line, Page, Table

MARGIN = (0.15, 0.15, 0.1)
"""What recognition needs around a found line, in parts of its height: sides, top, bottom."""


def read_page(image: Image.Image, number: int, width_pt: float, height_pt: float) -> Page:
    """The page as ink: `image` shows the whole page of `width_pt` × `height_pt` points."""
    sheet = prepare(image, image.width * POINTS_PER_INCH / width_pt)
    rulings = find_rulings(sheet)
    grids = find_grids(rulings, sheet.dpi)
    grey = without_rulings(sheet.grey, rulings)
    boxes = split_at_walls(trueocr.find_lines(grey), grids)
    strips = {
        box: _strip(sheet, box, reading)
        for box, reading in zip(boxes, _readings(grey, boxes, sheet.dpi), strict=True)
        if reading.text
    }
    return Page(
        number=number,
        width=width_pt,
        height=height_pt,
        blocks=tuple(_blocks(sheet, grids, strips, number, width_pt)),
        origin="ocr",
        confidence=_mean(tuple(strips.values())),
    )


def _readings(grey: Pixels, boxes: Sequence[PixelBox], dpi: float) -> list[Reading]:
    """What is read in each box: by both engines, or by TrueOCR where Tesseract is not here."""
    second = trueocr.recognise(grey, boxes)
    if not tesseract.is_available():
        return second
    first = tesseract.recognise(grey, [_widened(box, grey.shape) for box in boxes], dpi)
    return [agreed(*pair) for pair in zip(first, second, strict=True)]


def _widened(box: PixelBox, shape: tuple[int, ...]) -> PixelBox:
    x0, top, x1, bottom = box
    side, above, below = (round(part * (bottom - top)) for part in MARGIN)
    return (max(x0 - side, 0), max(top - above, 0),
            min(x1 + side, shape[1]), min(bottom + below, shape[0]))  # fmt: skip


def _strip(sheet: Sheet, box: PixelBox, reading: Reading) -> Strip:
    return Strip(reading.text, sheet.place(box), reading.confidence)


def _mean(strips: Sequence[Strip]) -> float | None:
    length = sum(len(strip.text) for strip in strips)
    if not length:
        return None
    return round(sum(strip.confidence * len(strip.text) for strip in strips) / length, 3)


def _blocks(
    sheet: Sheet, grids: Sequence[InkGrid], strips: dict[PixelBox, Strip], number: int, width: float
) -> list[Block]:
    """Lines and tables, top down: a table parts the lines above it from those below."""
    tables = [grid for grid in grids if len(grid.cells) > 1]
    blocks: list[Block] = []
    for grid in tables:
        inside = {box: strip for box, strip in strips.items() if _within(box, grid.box)}
        above = {b: s for b, s in strips.items() if b not in inside and b[1] < grid.box[1]}
        strips = {b: s for b, s in strips.items() if b not in inside and b not in above}
        blocks += _lines(tuple(above.values()), number, width)
        blocks.append(_table(sheet, grid, inside, number))
    return blocks + _lines(tuple(strips.values()), number, width)


def _within(box: PixelBox, grid: PixelBox) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return grid[0] <= x <= grid[2] and grid[1] <= y <= grid[3]


def _table(sheet: Sheet, grid: InkGrid, strips: dict[PixelBox, Strip], number: int) -> Table:
    held: dict[GridCell, list[Strip]] = {cell: [] for cell in grid.cells}
    for (x0, top, x1, bottom), strip in strips.items():
        cell = cell_at(grid, (x0 + x1) / 2, (top + bottom) / 2)
        if cell is not None:
            held[cell].append(strip)
    return Table(
        page=number,
        box=sheet.place(grid.box),
        rows=grid.rows,
        columns=grid.columns,
        cells=tuple(
            Cell(row=cell.row, column=cell.column, rows=cell.rows, columns=cell.columns,
                 lines=tuple(_cell_lines(inside, *sheet.place(cell.box)[::2], number)))
            for cell, inside in held.items()
        ),
    )  # fmt: skip


def _cell_lines(strips: Sequence[Strip], left: float, right: float, number: int) -> list[Line]:
    lines = [_line(Placed(row), number) for row in rows_of(strips)]
    opens = openings_in_cell(lines, left, right)
    return [Line(**{**dict(line), "starts": start}) for line, start in zip(lines, opens, strict=True)]


def _lines(strips: Sequence[Strip], number: int, width: float) -> list[Line]:
    return [_line(placed, number) for placed in arrange(strips, width)]


def _line(placed: Placed, number: int) -> Line:
    return Line(
        text=tidy(" ".join(strip.text for strip in placed.strips)),
        page=number,
        box=placed.box,
        size=round(max(strip.height for strip in placed.strips) * 0.93, 1),
        centered=placed.centered,
        column=placed.column,
        confidence=_mean(placed.strips),
    )
