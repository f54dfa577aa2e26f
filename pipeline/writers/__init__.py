"""How do programs leave? WRITERS: one row a format.

A letter-wise format is written for each letter, beside its JSON. A batch-wise format is one
file for the whole output folder: it takes the programs one by one, in the order of their names,
so that all of them are written side by side from one reading of the letters' JSON.
"""

import os
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, cast

from pipeline.errors import missing_extra
from pipeline.remote import Place, Remote

if TYPE_CHECKING:  # the help of the command line is made from these tables, and must come at once
    from schemas.program import Program

    Take = Callable[[Program], None]


class LetterWriter(NamedTuple):
    """A format with one file a letter."""

    suffix: str
    module: str
    function: str
    means: str

    def bytes_of(self, program: "Program") -> bytes:
        """The program in this format."""
        write = cast("Callable[[Program], bytes]", _function(self.module, self.function))
        return write(program)


class BatchWriter(NamedTuple):
    """A format with one file a batch, named `file` in the output folder."""

    file: str
    module: str
    function: str
    means: str
    needs: tuple[str, str] | None = None
    """The package it cannot do without and the extra that brings it."""

    @contextmanager
    def opened(self, path: Place) -> "Iterator[Take]":
        """Take programs; the file appears when the block ends well, whole or not at all."""
        writing = cast(
            "Callable[[Path], AbstractContextManager[Take]]", _function(self.module, self.function)
        )
        with replaced(path) as fresh, writing(fresh) as take:
            yield take

    def write(self, programs: "Iterable[Program]", path: Place) -> None:
        """Write all programs."""
        with self.opened(path) as take:
            for program in programs:
                take(program)


def _function(module: str, name: str) -> object:
    return getattr(import_module(module), name)


WRITERS: Mapping[str, LetterWriter] = MappingProxyType(
    {
        "json": LetterWriter(".json", "pipeline.writers.json", "write_json", "chương trình đầy đủ"),
        "html": LetterWriter(".html", "pipeline.writers.html", "write_html", "trang đối chiếu"),
        "edxml": LetterWriter(
            ".edxml.json", "pipeline.writers.edxml", "write_edxml", "siêu dữ liệu QCVN 102:2016"
        ),
    }
)

BATCH_WRITERS: Mapping[str, BatchWriter] = MappingProxyType(
    {
        "xlsx": BatchWriter("tasks.xlsx", "pipeline.writers.xlsx", "xlsx_at", "sổ theo dõi"),
        "csv": BatchWriter("tasks.csv", "pipeline.writers.csv", "csv_at", "bảng nhiệm vụ"),
        "parquet": BatchWriter(
            "tasks.parquet",
            "pipeline.writers.parquet",
            "parquet_at",
            "bảng nhiệm vụ",
            needs=("pyarrow", "parquet"),
        ),
        "ics": BatchWriter("tasks.ics", "pipeline.writers.ics", "ics_at", "lịch thời hạn"),
        "graph": BatchWriter(
            "citations.json", "pipeline.writers.graph", "graph_json_at", "đồ thị viện dẫn"
        ),
        "graphml": BatchWriter(
            "citations.graphml", "pipeline.writers.graph", "graphml_at", "đồ thị viện dẫn"
        ),
    }
)
FEED = "jsonl"
"""The append-only feed, programs.jsonl; see pipeline.feed."""
_PART = ".part"
"""The ending of a file that is being written."""
_FORSAKEN = 3600.0
"""Seconds without a change after which nobody writes a file any more."""


def format_names() -> tuple[str, ...]:
    """Every format a user may ask for."""
    return (*WRITERS, FEED, *BATCH_WRITERS)


def letterwise(formats: Collection[str]) -> tuple[str, ...]:
    """Those of the formats that have one file a letter, json first."""
    return tuple(name for name in WRITERS if name in formats)


def require(formats: Iterable[str]) -> None:
    """Raise MissingExtra where one of the formats needs a package that is not installed."""
    for name in formats:
        needs = BATCH_WRITERS[name].needs if name in BATCH_WRITERS else None
        if needs and find_spec(needs[0]) is None:
            raise missing_extra(needs[1], f"xuất {name}", f"Writing {name}")


def formats_told() -> str:
    """Every format and what it means, for the help of the command line."""
    means = {name: writer.means for name, writer in WRITERS.items()}
    means |= {name: writer.means for name, writer in BATCH_WRITERS.items()}
    means[FEED] = "mỗi dòng một chương trình, chỉ ghi nối"
    return "; ".join(f"{name}: {means[name]}" for name in format_names())


class replaced:  # noqa: N801  # reads as a verb: with replaced(path) as fresh
    """A fresh file that takes the place of `path` when the block ends well."""

    def __init__(self, path: Place) -> None:
        self._path = path

    def __enter__(self) -> Path:
        folder = None
        if isinstance(self._path, Path):
            folder = self._path.parent
            folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=_PART)
        os.close(handle)
        self._fresh = Path(name)
        return self._fresh

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._put()
        finally:
            with suppress(FileNotFoundError):
                self._fresh.unlink()

    def _put(self) -> None:
        if isinstance(self._path, Remote):
            self._path.put(self._fresh)
        else:
            self._fresh.chmod(0o644)
            self._fresh.replace(self._path)


def write_side_by_side(
    formats: Iterable[str], programs: "Iterable[Program]", folder: Place
) -> None:
    """Write the batch-wise files of these formats; each program is read once for all of them."""
    writers = [BATCH_WRITERS[name] for name in formats]
    with ExitStack() as open_files:
        takes = [open_files.enter_context(w.opened(folder / w.file)) for w in writers]
        for program in programs:
            for take in takes:
                take(program)


def sweep(folder: Path) -> None:
    """Take away what killed runs left half written in a folder."""
    for part in folder.glob(f".*{_PART}"):
        with suppress(FileNotFoundError):
            if time.time() - part.stat().st_mtime > _FORSAKEN:
                part.unlink()


def save(path: Place, data: bytes) -> None:
    """Write a file whole or not at all."""
    with replaced(path) as fresh:
        fresh.write_bytes(data)
