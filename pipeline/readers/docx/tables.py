"""Which cells does a table have, which rows and columns do they cover, are they ruled?"""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from pipeline.readers.cells import Layout, Spot
from pipeline.readers.docx.package import VAL, W
from pipeline.readers.docx.properties import is_on, value_of

_WRAPPERS = {
    W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag",
}  # fmt: skip
_EDGES = ("top", "left", "bottom", "right")
_INVISIBLE = (None, "nil", "none")


class _Row(NamedTuple):
    item: etree._Element
    properties: etree._Element | None


def layout_of(table: etree._Element, styles: dict[str, etree._Element]) -> Layout:
    """The table's grid; cells merged upwards or sideways are one."""
    rows = [row for row in _rows(table) if not _gone(row)]
    layout = Layout(len(rows), 0)
    open_spots: dict[int, Spot] = {}
    for index, row in enumerate(rows):
        open_spots = _put_row(layout, index, row, open_spots)
    layout.header_rows = _header_rows(rows)
    layout.ruled = _is_ruled(table, layout, styles)
    return layout


def _rows(table: etree._Element) -> Iterator[_Row]:
    for item in unwrapped(table, W + "tr"):
        yield _Row(item, item.find(W + "trPr"))


def unwrapped(item: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children with that tag, those in content controls and insertions too."""
    for child in item:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from unwrapped(child, tag)


def _gone(row: _Row) -> bool:
    """A deleted or hidden row."""
    said = row.properties
    return said is not None and (said.find(W + "del") is not None or is_on(said, "hidden"))


def _put_row(layout: Layout, index: int, row: _Row, above: dict[int, Spot]) -> dict[int, Spot]:
    """Lays the cells of a row; gives the spots that the next row may go on, by column."""
    column = _skipped(row, "gridBefore")
    below: dict[int, Spot] = {}
    last: Spot | None = None
    for item in unwrapped(row.item, W + "tc"):
        said = item.find(W + "tcPr")
        span = max(_whole(said, "gridSpan"), 1)
        if last is not None and _merges(said, "hMerge"):
            last.columns += span
            column += span
            continue
        last = _spot(layout, item, (index, column, span), above if _merges(said, "vMerge") else {})
        if said is not None and said.find(W + "vMerge") is not None:
            below[column] = last
        column += span
    layout.columns = max(layout.columns, column + _skipped(row, "gridAfter"))
    return below


def _spot(
    layout: Layout, item: etree._Element, place: tuple[int, int, int], above: dict[int, Spot]
) -> Spot:
    """The cell itself, or the one above that it goes on."""
    row, column, span = place
    if (spot := above.get(column)) is not None:
        spot.rows += 1
        return spot
    spot = Spot(item, row, column, columns=span)
    layout.spots.append(spot)
    return spot


def _merges(said: etree._Element | None, name: str) -> bool:
    """Whether the cell goes on from the one before or above."""
    found = said.find(W + name) if said is not None else None
    return found is not None and found.get(VAL, "continue") == "continue"


def _skipped(row: _Row, name: str) -> int:
    return _whole(row.properties, name)


def _whole(said: etree._Element | None, name: str) -> int:
    """A count of columns, bounded: no sheet of paper has 500."""
    found = said.find(W + name) if said is not None else None
    text = found.get(VAL, "") if found is not None else ""
    return min(int(text), 500) if text.isdigit() else 0


def _header_rows(rows: list[_Row]) -> int:
    for index, row in enumerate(rows):
        if not is_on(row.properties, "tblHeader"):
            return index
    return 0


def _is_ruled(table: etree._Element, layout: Layout, styles: dict[str, etree._Element]) -> bool:
    """Whether lines are drawn: half of the cells or more show two edges at least."""
    drawn = _table_edges(table, styles)
    shown = sum(_edges_shown(spot, layout, drawn) >= 2 for spot in layout.spots)
    return shown * 2 >= len(layout.spots)


def _table_edges(table: etree._Element, styles: dict[str, etree._Element]) -> dict[str, bool]:
    """Edges drawn for the whole table, said by itself or by its style."""
    said = table.find(W + "tblPr")
    edges: dict[str, bool] = {}
    name = value_of(said, "tblStyle")
    chain: list[etree._Element] = []
    while name in styles and styles[name] not in chain:
        chain.append(styles[name])
        name = value_of(styles[name], "basedOn")
    for item in reversed(chain):
        edges |= _borders(item.find(f"{W}tblPr/{W}tblBorders"))
    return edges | _borders(said.find(W + "tblBorders") if said is not None else None)


def _borders(item: etree._Element | None) -> dict[str, bool]:
    """Which edges are said to be drawn or not."""
    names = {"start": "left", "end": "right"}
    edges = {edge.tag.rpartition("}")[2]: edge for edge in (() if item is None else item)}
    return {names.get(name, name): edge.get(VAL) not in _INVISIBLE for name, edge in edges.items()}


def _edges_shown(spot: Spot, layout: Layout, drawn: dict[str, bool]) -> int:
    own = _borders(spot.item.find(f"{W}tcPr/{W}tcBorders"))
    inner = {
        "top": spot.row > 0,
        "left": spot.column > 0,
        "bottom": spot.row + spot.rows < layout.rows,
        "right": spot.column + spot.columns < layout.columns,
    }
    of_table = {
        edge: drawn.get(("insideH" if edge in ("top", "bottom") else "insideV") if inside else edge,
                        False)
        for edge, inside in inner.items()
    }  # fmt: skip
    return sum(own.get(edge, of_table[edge]) for edge in _EDGES)
