"""Which cells does a table of the page have, and are its lines drawn?"""

from collections.abc import Sequence

from lxml import html

from extractors.rules import compile_once
from pipeline.readers.cells import Layout, Spot

_LINE_DRAWN = compile_once(
    r"(?i)border(?:-(?:top|left|right|bottom))?(?:-style)?:[^;]*\b(?:solid|double|inset|dotted)"
)
_LINE_HIDDEN = compile_once(r"(?i)border(?:-color)?:[^;]*(?:#fff\w*|white|transparent|none)")


def layout_of(table: html.HtmlElement) -> Layout:
    """The table's grid; rows of a table inside it are not its own."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
    taken: set[tuple[int, int]] = set()
    spots = [
        _spot(cell, at, taken, len(rows))
        for at, row in enumerate(rows)
        for cell in row.iterchildren("td", "th")
    ]
    columns = max((column for _, column in taken), default=-1) + 1
    return Layout(len(rows), columns, spots, _header_rows(rows), _is_ruled(table))


def _spot(cell: html.HtmlElement, row: int, taken: set[tuple[int, int]], rows: int) -> Spot:
    """The first free place of the row, and what the cell covers from there."""
    column = next(at for at in range(len(taken) + 1) if (row, at) not in taken)
    high = min(max(whole_number(cell.get("rowspan"), 1), 1), rows - row)
    wide = min(max(whole_number(cell.get("colspan"), 1), 1), 200)
    taken.update((row + down, column + right) for down in range(high) for right in range(wide))
    return Spot(cell, row, column, high, wide)


def _is_ruled(table: html.HtmlElement) -> bool:
    """Whether lines are drawn around most cells, as attributes or styles say; white is none."""
    said = table.get("style", "")
    framed = whole_number(table.get("border"), 0) > 0 or _drawn(said)
    whole = framed and not _LINE_HIDDEN.search(said)
    cells: list[str] = [cell.get("style", "") for cell in table.iter("td", "th")]
    drawn = sum((whole or _drawn(cell)) and not _LINE_HIDDEN.search(cell) for cell in cells)
    return bool(drawn * 2 > len(cells))


def _drawn(said: str) -> bool:
    return _LINE_DRAWN.search(said) is not None


def _header_rows(rows: Sequence[html.HtmlElement]) -> int:
    """Rows that the page marks as the head: in thead, or all th."""
    for at, row in enumerate(rows):
        parent = row.getparent()
        in_head = parent is not None and parent.tag == "thead"
        if not in_head and (len(row) == 0 or any(cell.tag != "th" for cell in row)):
            return at
    return 0


def whole_number(text: str | None, otherwise: int) -> int:
    """The number in an attribute, or `otherwise`."""
    return int(text) if text is not None and text.strip().isdigit() else otherwise
