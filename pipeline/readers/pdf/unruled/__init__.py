"""Which rows are a table whose ruling lines are absent or do not close?

A row of the names that columns have (STT, Nội dung, Cơ quan chủ trì, Thời hạn …) is suspected to
be a header. It is one where white runs down between its names over the rows below: each such
strip parts two columns. The table goes on over the page as long as the strips stay white. Words
that stand over several strips are a heading among the rows. A row of the table may be several
lines high: a new one begins at a number in the first column, at a ruling or, where the first
column holds words, at white or at a fresh sentence.
"""

from collections.abc import Sequence

from pipeline.readers.pdf.unruled.gridding import Found, found_in
from pipeline.readers.pdf.unruled.header import is_suspected
from pipeline.readers.pdf.unruled.pieces import Strip, gaps_of
from pipeline.readers.pdf.unruled.reach import Sheetful, table_at

__all__ = ["Found", "Sheetful", "Strip", "gaps_of", "unruled_tables"]


def unruled_tables(pages: Sequence[Sheetful]) -> list[list[Found]]:
    """The tables of each page without closed ruling."""
    found: list[list[Found]] = [[] for _ in pages]
    for number, page in enumerate(pages):
        at = 0
        while at < len(page.rows):
            table = table_at(pages, number, at) if is_suspected(page.rows[at]) else None
            if table is None:
                at += 1
                continue
            for offset, part in enumerate(table.parts):
                found[number + offset].append(found_in(table, part))
            at = table.parts[0].last + 1
    return _without_twice(found)


def _without_twice(found: Sequence[Sequence[Found]]) -> list[list[Found]]:
    """A header that is repeated on the next page was part of the table before it."""
    result: list[list[Found]] = []
    for tables in found:
        taken: set[int] = set()
        kept: list[Found] = []
        for table in tables:
            if taken.isdisjoint(table.rows):
                kept.append(table)
                taken |= table.rows
        result.append(kept)
    return result
