"""What does a spreadsheet (XLSX, XLS) say? Annexes with tables of tasks arrive as such."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from pipeline.errors import MissingExtra, Unreadable
from pipeline.readers.grids import Filled, Merged, Sheet, blocks_of_sheet
from pipeline.readers.kinds import XLS, XLSX
from pipeline.readers.limits import Limits
from pipeline.readers.office import converted
from pipeline.readers.papers import paper_of
from pipeline.readers.runs import Run
from pipeline.readers.zipped import open_archive, parse_xml
from schemas.paper import Paper


def read_xlsx(data: bytes, limits: Limits) -> Paper:
    """The visible sheets of an XLSX file, each a page; formulas as last computed."""
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and few letters need it

    _refuse_unsafe(data, limits)
    book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    return _paper(XLSX, [_sheet(sheet) for sheet in book.worksheets if _is_visible(sheet)], limits)


def _refuse_unsafe(data: bytes, limits: Limits) -> None:
    """Sizes and declarations of every part, before a library sees them."""
    archive = open_archive(data, limits)
    for name in archive.names:
        if name.endswith((".xml", ".rels")):
            parse_xml(archive.read(name), limits)


def _paper(media_type: str, sheets: list[Sheet], limits: Limits) -> Paper:
    blocks = [
        block
        for page, sheet in enumerate((s for s in sheets if s.cells), start=1)
        for block in blocks_of_sheet(sheet, page)
    ]
    return paper_of(media_type, blocks, limits, paged=len(sheets) > 1)


def _is_visible(sheet: Any) -> bool:  # a worksheet of openpyxl
    return bool(sheet.sheet_state == "visible")


def _sheet(sheet: Any) -> Sheet:  # a worksheet of openpyxl
    rows, columns = sheet.row_dimensions, sheet.column_dimensions
    hidden = {row for row in rows if rows[row].hidden}
    letters = {letter for letter in columns if columns[letter].hidden}
    cells = {
        (cell.row, cell.column): filled
        for cell in list(sheet._cells.values())  # only those that exist, not the whole range
        if hasattr(cell, "column_letter")
        and cell.row not in hidden
        and cell.column_letter not in letters
        and ((filled := _filled(cell)).run.text.strip() or filled.edges)
    }
    merged = [
        Merged(area.min_row, area.min_col, area.max_row, area.max_col)
        for area in sheet.merged_cells.ranges
    ]
    return Sheet(cells, merged)


def _filled(cell: Any) -> Filled:  # a cell of openpyxl
    font, border = cell.font, cell.border
    sides = (border.left, border.right, border.top, border.bottom)
    run = Run(
        shown(cell.value, cell.number_format or ""),
        bool(font.b),
        bool(font.i),
        font.sz,
        font.name,
    )
    edges = sum(side is not None and side.style is not None for side in sides)
    return Filled(run, cell.alignment.horizontal == "center", edges)


def shown(value: object, form: str) -> str:
    """A cell's value as the sheet shows it: dates day first, whole numbers without a point."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, datetime | date):
        return _date_shown(value, form)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float):
        return _number_shown(value, form)
    return str(value)


def _date_shown(value: date, form: str) -> str:
    return f"{value:%d/%m/%Y}" if "d" in form.lower() else f"{value:%m/%Y}"


def _number_shown(value: float, form: str) -> str:
    if form.endswith("%"):
        return f"{value * 100:g}%"
    places = form.count("0")
    if float(value).is_integer():
        text = str(int(value))
        return text.zfill(places) if set(form) == {"0"} else text
    return str(value)


def read_xls(data: bytes, limits: Limits) -> Paper:
    """The visible sheets of an XLS file (Excel 97–2003), read by xlrd or through LibreOffice."""
    try:
        import xlrd  # type: ignore[import-untyped] # noqa: PLC0415 - an extra
    except ImportError:
        paper = read_xlsx(_through_libreoffice(data, limits), limits)
        return Paper(**{**dict(paper), "media_type": XLS})
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        raise Unreadable(
            "xls.unreadable",
            f"Tệp Excel (XLS) không đọc được: {error}.",
            "Hãy mở bằng Excel hoặc LibreOffice, bỏ mật khẩu nếu có, lưu lại dưới dạng XLSX.",
            f"The XLS file cannot be read ({error}); remove a password if any, save it as XLSX.",
        ) from error
    sheets = [_old_sheet(book, sheet) for sheet in book.sheets() if sheet.visibility == 0]
    return _paper(XLS, sheets, limits)


def _through_libreoffice(data: bytes, limits: Limits) -> bytes:
    try:
        return converted(data, ".xls", "xlsx", limits)
    except MissingExtra as error:
        raise MissingExtra(
            "xls.missing",
            "Đọc tệp XLS cần gói xlrd hoặc LibreOffice, máy chưa có.",
            "Hãy cài xlrd (pip install xlrd), hoặc mở tệp và lưu lại dưới dạng XLSX.",
            "Reading XLS needs the package xlrd (pip install xlrd) or LibreOffice; "
            "or save the file as XLSX.",
        ) from error


def _old_sheet(book: Any, sheet: Any) -> Sheet:  # a workbook and a sheet of xlrd
    cells = {
        (row, column): filled
        for row, column in _old_places(sheet)
        if (filled := _old_filled(book, sheet, row, column)).run.text.strip() or filled.edges
    }
    merged = [Merged(top, left, low - 1, right - 1) for top, low, left, right in sheet.merged_cells]
    return Sheet(cells, merged)


def _old_places(sheet: Any) -> Iterator[tuple[int, int]]:
    hidden = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
    columns = {column for column, info in sheet.colinfo_map.items() if info.hidden}
    for row in range(sheet.nrows):
        if row not in hidden:
            yield from (
                (row, column) for column in range(sheet.row_len(row)) if column not in columns
            )


def _old_filled(book: Any, sheet: Any, row: int, column: int) -> Filled:
    style = book.xf_list[sheet.cell_xf_index(row, column)]
    font, border = book.font_list[style.font_index], style.border
    sides = (
        border.left_line_style, border.right_line_style,
        border.top_line_style, border.bottom_line_style,
    )  # fmt: skip
    form = book.format_map[style.format_key].format_str
    run = Run(
        shown(_old_value(book, sheet.cell(row, column)), form),
        font.weight >= 600,
        bool(font.italic),
        font.height / 20,
        font.name,
    )
    return Filled(run, style.alignment.hor_align in (2, 6), sum(map(bool, sides)))


def _old_value(book: Any, cell: Any) -> object:
    """The value with dates as dates; Excel counts them in days."""
    if cell.ctype == 3:
        from xlrd.xldate import xldate_as_datetime  # type: ignore[import-untyped] # noqa: PLC0415

        found: object = xldate_as_datetime(cell.value, book.datemode)
        return found
    return "" if cell.ctype == 5 else cell.value
