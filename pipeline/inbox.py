"""Which files are letters, and under which name does each leave?

A letter's results stand under its own name in the output folder, folders kept:
`inbox/2021/a.pdf` → `out/2021/a.json`; of several arguments each folder keeps its own name.
Where two letters would meet on one name (a.pdf beside a.docx, or a name that congvan uses
itself) the whole file name is kept: `a.pdf.json`.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from glob import glob
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from pipeline.ledger import FILE as LEDGER

LETTERS = frozenset(
    {".pdf", ".docx", ".docm", ".doc", ".rtf", ".odt", ".xlsx", ".xlsm", ".xls"}
    | {".html", ".htm", ".md", ".markdown", ".txt"}
    | {".tif", ".tiff", ".png", ".jpg", ".jpeg", ".bmp", ".webp", ".gif"}
)
"""Endings under which letters arrive; what a file really is its content tells later."""
OWN = frozenset({"report", "failures", "programs", "tasks", "citations"})
"""Names that the output folder uses itself."""


class Job(NamedTuple):
    """One letter to read. `target`: its name in the output folder, without ending."""

    source: Path
    target: str


class NoSuchInput(ValueError):
    """An argument that names no file and no folder."""


def find_letters(inputs: Sequence[str]) -> Iterator[Job]:
    """Every letter that the arguments (files, folders, glob patterns) name, in a fixed order.

    Folders are walked without holding their listing; one below them that holds our results is
    passed over. Raises NoSuchInput before the first.
    """
    paths = list(dict.fromkeys(path for text in inputs for path in _expanded(text)))
    folders = [path for path in paths if path.is_dir()]
    files = [path for path in paths if not path.is_dir()]
    yield from _named(files, _common(files))
    names = _folder_names(folders, alone=len(paths) == 1)
    for folder, name in zip(folders, names, strict=True):
        yield from _walk(folder, name)


def _folder_names(folders: Sequence[Path], alone: bool) -> list[PurePosixPath]:
    """Under which name each folder's letters stand: a folder given alone needs none."""
    if alone:
        return [PurePosixPath()] * len(folders)
    whole = [folder.resolve() for folder in folders]
    if len({path.name for path in whole}) == len(whole):
        return [PurePosixPath(path.name) for path in whole]
    common = os.path.commonpath([path.parent for path in whole])
    return [PurePosixPath(path.relative_to(common).as_posix()) for path in whole]


def _expanded(text: str) -> list[Path]:
    if Path(text).exists():
        return [Path(text)]
    found = sorted(glob(text, recursive=True))
    if not found:
        raise NoSuchInput(text)
    return [Path(name) for name in found]


def _common(files: Sequence[Path]) -> Path | None:
    """The folder from which the files' names are told apart; None: their names suffice."""
    if len({path.name for path in files}) == len(files):
        return None
    return Path(os.path.commonpath([path.resolve().parent for path in files]))


def _named(files: Iterable[Path], common: Path | None) -> Iterator[Job]:
    listed = list(dict.fromkeys(files))
    names = [path.resolve().relative_to(common) if common else Path(path.name) for path in listed]
    stems = Counter(_stem(PurePosixPath(name.as_posix())) for name in names)
    for path, name in zip(listed, names, strict=True):
        yield Job(path, _target(PurePosixPath(name.as_posix()), stems))


def _walk(folder: Path, under: PurePosixPath) -> Iterator[Job]:
    """The letters of a folder in the order of their names, then of its folders."""
    with os.scandir(folder) as entries:
        listing = sorted(entries, key=lambda entry: entry.name)
    names = [entry.name for entry in listing if entry.is_file() and is_letter(entry.name)]
    for name, target in zip(names, targets(under, names), strict=True):
        yield Job(folder / name, target)
    for entry in listing:
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            if os.path.exists(os.path.join(entry.path, LEDGER)):
                continue
            yield from _walk(folder / entry.name, under / entry.name)


def targets(under: PurePosixPath, names: Sequence[str]) -> list[str]:
    """The names in the output folder of the letters of one folder."""
    stems = Counter(_stem(under / name) for name in names)
    return [_target(under / name, stems) for name in names]


def is_letter(name: str) -> bool:
    """Whether a file of that name may be a letter (not hidden, not Word's lock file)."""
    suffix = PurePosixPath(name).suffix.lower()
    return not name.startswith((".", "~$")) and (suffix in LETTERS or not suffix)


def _stem(name: PurePosixPath) -> str:
    return str(name.with_suffix("")).casefold() if name.suffix else str(name).casefold()


def _target(name: PurePosixPath, stems: Counter[str]) -> str:
    stem = _stem(name)
    alone = stems[stem] == 1 and PurePosixPath(stem).name not in OWN
    return str(name.with_suffix("")) if alone and name.suffix else str(name)
