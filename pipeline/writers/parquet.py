"""The tasks as Parquet, a row group at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from pipeline.errors import MissingExtra
from pipeline.writers.rows import Row, rows
from schemas.program import Program

GROUP = 10_000
"""Rows held at a time."""
DATES = frozenset({"issued", "due"})


def write_parquet(programs: Iterable[Program], path: Path) -> None:
    """Write the columns of Row: dates as date32, everything else as text."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtra(
            "extra.parquet",
            "Chưa cài phần xuất Parquet.",
            "Hãy chạy: pip install 'congvan[parquet]'.",
            "Parquet needs an extra: pip install 'congvan[parquet]'.",
        ) from error
    kinds = {name: pa.date32() if name in DATES else pa.string() for name in Row._fields}
    schema = pa.schema(list(kinds.items()))
    with pq.ParquetWriter(path, schema) as writer:
        for group in _groups(rows(programs)):
            columns = dict(zip(Row._fields, zip(*group, strict=True), strict=True))
            writer.write_table(pa.table(columns, schema=schema))


def _groups(found: Iterator[Row]) -> Iterator[list[Row]]:
    while group := list(islice(found, GROUP)):
        yield group
