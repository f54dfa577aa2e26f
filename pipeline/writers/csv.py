"""The tasks as CSV that Excel opens: UTF-8 with a byte order mark, semicolons between cells.

A cell that begins with = + - @ gets a leading apostrophe: Excel would read a formula in it.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pipeline.writers.rows import NAMES, rows
from schemas.program import Program


@contextmanager
def csv_at(path: Path) -> Iterator[Callable[[Program], None]]:
    """A heading line and a line a task; dates as dd/mm/yyyy."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(NAMES.values())
        yield lambda program: writer.writerows(map(_cell, row) for row in rows(program))


def _cell(value: date | str | None) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = value or ""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
