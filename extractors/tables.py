"""Which halves of a table over several pages are one table, and which row did a page cut in two?"""

from collections.abc import Iterable, Iterator, Sequence

from extractors.rules import compile_once
from extractors.text import fold
from schemas.paper import Block, Cell, Line, Table

_ENDS = compile_once(r"[.;:!?…]\W*$|/\.?$")
_LABEL = compile_once(r"[-–+•▪*]|\d+[.)]|\p{Ll}[.)]")
_MOST_HEADER_ROWS = 4


def join_tables(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the halves of each table over several pages made one."""
    held: Table | None = None
    last_page = 0
    for block in blocks:
        if isinstance(block, Table) and held and _goes_on(held, last_page, block):
            held, last_page = _joined(held, block), block.page
            continue
        if held:
            yield held
            held = None
        if isinstance(block, Table):
            held, last_page = block, block.page
        else:
            yield block
    if held:
        yield held


def _goes_on(first: Table, last_page: int, second: Table) -> bool:
    """Same columns between the same margins, on the next page."""
    if first.box is None or second.box is None or first.ruled != second.ruled:
        return False
    if second.page != last_page + 1 or first.columns != second.columns:
        return False
    return all(abs(first.box[side] - second.box[side]) <= 9 for side in (0, 2))


def _joined(first: Table, second: Table) -> Table:
    header = _repeated_rows(first, second)
    cells = [_moved(cell, -header) for cell in second.cells if cell.row >= header]
    rows = second.rows - header
    head = first.cells
    if rows and _is_cut(first, cells):
        head, cells = _glued(first, cells)
        shift = first.rows - 1
        total = first.rows + rows - 1
    else:
        head, cells = _spans_joined(first, cells)
        shift, total = first.rows, first.rows + rows
    merged = (*head, *(_moved(cell, shift) for cell in cells))
    return Table(
        page=first.page,
        box=first.box,
        rows=total,
        columns=first.columns,
        cells=tuple(sorted(merged, key=lambda cell: (cell.row, cell.column))),
        ruled=first.ruled,
        header_rows=max(first.header_rows, header),
    )


def _moved(cell: Cell, rows: int) -> Cell:
    return Cell(
        row=cell.row + rows,
        column=cell.column,
        rows=cell.rows,
        columns=cell.columns,
        lines=cell.lines,
    )


def _text(cell: Cell) -> str:
    return " ".join(line.text for line in cell.lines)


def _row_key(table: Table, row: int) -> tuple[tuple[int, str], ...]:
    return tuple(
        (cell.column, fold(_text(cell)).replace(" ", "").casefold())
        for cell in table.cells
        if cell.row == row
    )


def _repeated_rows(first: Table, second: Table) -> int:
    """How many leading rows of the second half repeat those of the first."""
    count = 0
    while count < min(_MOST_HEADER_ROWS, first.rows, second.rows):
        key = _row_key(first, count)
        if not any(text for _, text in key) or key != _row_key(second, count):
            return count
        count += 1
    return count


def _is_cut(first: Table, cells: Sequence[Cell]) -> bool:
    """Whether the first row goes on from the last row of the first half.

    No new number stands before it and a cell begins in mid-sentence, or all of them do.
    """
    top = [cell for cell in cells if cell.row == 0]
    last = {cell.column: cell for cell in first.cells if cell.row + cell.rows == first.rows}
    if not top or any(cell.rows > 1 for cell in top):
        return False
    if any(cell.column not in last or last[cell.column].columns != cell.columns for cell in top):
        return False
    pairs = [(_text(last[cell.column]), _text(cell)) for cell in top]
    small = [text[:1].islower() for _, text in pairs if text]
    if len(small) > 1 and all(small):
        return all(_in_mid_sentence(*pair) for pair in pairs if pair[1])
    if len(top) < 2 or pairs[0][1]:
        return False
    return any(_in_mid_sentence(*pair) for pair in pairs)


def _in_mid_sentence(before: str, text: str) -> bool:
    if not text or not before or _LABEL.match(text):
        return False
    return text[:1].islower() or not _ENDS.search(before)


def _glued(first: Table, cells: Sequence[Cell]) -> tuple[tuple[Cell, ...], list[Cell]]:
    """The first half with the cut row made whole, and the cells below it."""
    rest = {cell.column: cell for cell in cells if cell.row == 0}
    head = tuple(
        _longer(cell, rest[cell.column])
        if cell.row + cell.rows == first.rows and cell.column in rest
        else cell
        for cell in first.cells
    )
    return head, [cell for cell in cells if cell.row > 0]


def _longer(cell: Cell, rest: Cell) -> Cell:
    if not rest.lines:
        return cell
    goes_on = _in_mid_sentence(_text(cell), _text(rest))
    opening = Line(**{**dict(rest.lines[0]), "starts": not goes_on})
    return Cell(
        row=cell.row,
        column=cell.column,
        rows=cell.rows,
        columns=cell.columns,
        lines=(*cell.lines, opening, *rest.lines[1:]),
    )


def _spans_joined(first: Table, cells: Sequence[Cell]) -> tuple[tuple[Cell, ...], list[Cell]]:
    """A cell over several rows that a page cut: its empty second half belongs to the first."""
    halves = {
        cell.column: cell
        for cell in cells
        if cell.row == 0 and not cell.lines and _reaches(first, cell)
    }
    head = tuple(
        Cell(
            row=cell.row,
            column=cell.column,
            rows=cell.rows + halves[cell.column].rows,
            columns=cell.columns,
            lines=cell.lines,
        )
        if cell.row + cell.rows == first.rows and cell.column in halves
        else cell
        for cell in first.cells
    )
    return head, [cell for cell in cells if halves.get(cell.column) is not cell]


def _reaches(first: Table, half: Cell) -> bool:
    return any(
        cell.row + cell.rows == first.rows
        and cell.column == half.column
        and cell.columns == half.columns
        and max(cell.rows, half.rows) > 1
        for cell in first.cells
    )
