"""Which cells does a table have, which rows and columns do they cover, are they ruled?"""

from collections.abc import Iterator

from lxml import etree

from pipeline.readers.cells import Layout, Spot
from pipeline.readers.odt.names import FO, STYLE, TABLE
from pipeline.readers.odt.styles import Styles

_BORDER = f"{FO}border"


def layout_of(table: etree._Element, styles: Styles) -> Layout:
    """The table's grid; a place that a wider or higher cell covers is no cell."""
    rows = [*_rows(table)]
    layout = Layout(len(rows), 0)
    for at, row in enumerate(rows):
        column = 0
        for child in row:
            if child.tag == TABLE + "table-cell":
                layout.spots.append(_spot(child, at, column, len(rows) - at))
            column += _count(child, "number-columns-repeated")
        layout.columns = max(layout.columns, column)
    layout.ruled = _is_ruled(table, styles)
    layout.header_rows = len(table.findall(f"{TABLE}table-header-rows/{TABLE}table-row"))
    return layout


def _spot(cell: etree._Element, row: int, column: int, below: int) -> Spot:
    """The cell's place; `below`: the rows that it may cover."""
    high = min(max(_count(cell, "number-rows-spanned"), 1), below)
    return Spot(cell, row, column, high, max(_count(cell, "number-columns-spanned"), 1))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag in (TABLE + "table-header-rows", TABLE + "table-rows",
                           TABLE + "table-row-group"):  # fmt: skip
            yield from _rows(child)


def _count(item: etree._Element, name: str) -> int:
    """A count of rows or columns, bounded: no sheet of paper has 500."""
    text = item.get(TABLE + name, "1")
    return min(int(text), 500) if text.isdecimal() else 1


def _is_ruled(table: etree._Element, styles: Styles) -> bool:
    """Whether half of the cells have a border."""
    cells = [*table.iter(TABLE + "table-cell")]
    said = (styles.items.get(("table-cell", cell.get(TABLE + "style-name", ""))) for cell in cells)
    return sum(style is not None and _is_bordered(style) for style in said) * 2 >= len(cells)


def _is_bordered(style: etree._Element) -> bool:
    said = style.find(STYLE + "table-cell-properties")
    if said is None:
        return False
    edges = [str(value) for name, value in said.attrib.items() if str(name).startswith(_BORDER)]
    return any(not edge.startswith(("none", "0pt", "hidden")) for edge in edges)
