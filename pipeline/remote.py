"""Files that do not lie on this machine, asked as a `Path` is: s3://…, gs://…, abfs://…, file://…

Only what a batch asks of a file is here. A Remote is no more than its address, so it travels to
any worker; fsspec (extra `cluster`) holds the connections.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeAlias

from pipeline.errors import MissingExtra, missing_extra


class Remote(NamedTuple):
    """A file or a folder under an address."""

    url: str

    @property
    def name(self) -> str:
        """The last part of the address."""
        return PurePosixPath(self.url).name

    def __truediv__(self, name: str) -> "Remote":
        return Remote(f"{self.url.rstrip('/')}/{name}")

    def __fspath__(self) -> str:
        return self.url

    def __str__(self) -> str:
        return self.url

    def exists(self) -> bool:
        """Whether a file or a folder stands there."""
        system, path = opened(self.url)
        return bool(system.exists(path))

    def read_bytes(self) -> bytes:
        """The whole file."""
        system, path = opened(self.url)
        return bytes(system.cat_file(path))

    def put(self, file: Path) -> None:
        """Take the place of what stood there; a store of objects shows it whole or not at all."""
        system, path = opened(self.url)
        system.makedirs(system._parent(path), exist_ok=True)
        system.put_file(str(file), path)

    def unlink(self, missing_ok: bool = False) -> None:
        """Take the file away."""
        system, path = opened(self.url)
        with suppress(*((FileNotFoundError,) if missing_ok else ())):
            system.rm_file(path)


Place: TypeAlias = Path | Remote
"""Where letters and programs stand."""


def place(text: str) -> Place:
    """The place that an argument names."""
    return Remote(text) if "://" in text else Path(text)


@cache
def opened(url: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise missing_cluster() from error
    system, path = url_to_fs(url)
    return system, str(path)


def missing_cluster() -> MissingExtra:
    """What to say where Ray or fsspec is not installed."""
    return missing_extra(
        "cluster", "chạy trên cụm máy (Ray, fsspec)", "Reading on a cluster or from afar"
    )


@contextmanager
def at_hand(file: Place) -> Iterator[Path]:
    """The file on this machine; a remote one is fetched, and put back when the block ends well."""
    if isinstance(file, Path):
        yield file
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / file.name
        if file.exists():
            copy.write_bytes(file.read_bytes())
        yield copy
        if copy.exists():
            file.put(copy)
