"""The tasks as Parquet, a row group at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.writers.rows import Row, rows
from schemas.program import Program

GROUP = 10_000
"""Rows from which on they are written."""
DATES = frozenset({"issued", "due"})


@contextmanager
def parquet_at(path: Path) -> Iterator[Callable[[Program], None]]:
    """The columns of Row: dates as date32, everything else as text."""
    import pyarrow as pa  # an extra: the batch asks for it before it begins
    import pyarrow.parquet as pq

    kinds = {name: pa.date32() if name in DATES else pa.string() for name in Row._fields}
    schema = pa.schema(list(kinds.items()))
    held: list[Row] = []
    with pq.ParquetWriter(path, schema) as writer:

        def write() -> None:
            columns = dict(zip(Row._fields, zip(*held, strict=True), strict=True))
            writer.write_table(pa.table(columns, schema=schema))
            held.clear()

        def take(program: Program) -> None:
            held.extend(rows(program))
            if len(held) >= GROUP:
                write()

        yield take
        if held:
            write()
