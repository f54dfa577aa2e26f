"""The JSON feed: programs.jsonl, one program a line, append-only.

A reader keeps a cursor, the number of bytes it has read; lines before it never change. A letter
that was read anew (it changed, or a newer congvan reads it) is a new line with the same
`source.name`; the last line of a name holds. That name is told from the output folder
(`2021/a.pdf`), so that letters of one name in two folders are two.

`ledger` knows the length of the last complete line, so that half a line left by a killed run is
cut off before the next is written. Where the ledger was lost, the lines are asked what they hold:
they stay, and only what they lack is appended.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath

from pydantic_core import from_json, to_json

from pipeline.ledger import Ledger
from pipeline.remote import Place, Remote, at_hand
from pipeline.writers import WRITERS
from schemas.program import Program

FILE = "programs.jsonl"
LETTERS = 1000
"""Letters that are appended before they are set down together."""


def feed(folder: Place, ledger: Ledger) -> int:
    """Append each program that is not in the feed yet; how many there were."""
    if isinstance(folder, Remote) and not ledger.unfed(1) and (folder / FILE).exists():
        return 0  # nothing to fetch it for
    with at_hand(folder / FILE) as path:
        return _append(folder, path, ledger)


def _append(folder: Place, path: Path, ledger: Ledger) -> int:
    size = path.stat().st_size if path.exists() else 0
    if not 0 < ledger.feed_bytes(FILE) <= size:
        ledger.feed_anew(FILE, _held(path) if size else iter(()))
    count = 0
    while letters := ledger.unfed(LETTERS):
        with path.open("ab") as stream:
            stream.truncate(min(ledger.feed_bytes(FILE), stream.tell()))
            stream.seek(0, os.SEEK_END)
            for target, _ in letters:
                line = _line(json_of(folder, target), target)
                if not ledger.holds(*_name(line)):
                    stream.write(line)
                    count += 1
            stream.flush()
            os.fsync(stream.fileno())
            ledger.fed(FILE, stream.tell(), letters)
    return count


def _held(path: Path) -> Iterator[tuple[str, bytes, int]]:
    """Name, digest and end of each complete line."""
    end = 0
    with path.open("rb") as stream:
        for line in stream:
            end += len(line)
            if line.endswith(b"\n"):
                yield *_name(line), end


def _name(line: bytes) -> tuple[str, bytes]:
    """Of which letter a line tells (empty where it is damaged), and what it says."""
    try:
        name = str(from_json(line)["source"]["name"])
    except (ValueError, KeyError, TypeError):
        name = ""
    return name, sha256(line).digest()


def json_of(folder: Place, target: str) -> Place:
    """Where the program of a letter stands."""
    return folder / (target + WRITERS["json"].suffix)


def program_at(folder: Place, target: str) -> Program:
    """The program of a letter that has been read."""
    return Program.model_validate_json(json_of(folder, target).read_bytes())


def _line(path: Place, target: str) -> bytes:
    """The program on one line: its JSON without indents, under the letter's whole name."""
    program = from_json(path.read_bytes())
    source = program["source"]
    source["name"] = _whole_name(target, source["name"])
    return to_json(program) + b"\n"


def _whole_name(target: str, name: str) -> str:
    """The target with the ending of the letter's file, where it has not kept that."""
    known = PurePosixPath(target)
    return target if known.name == name else target + PurePosixPath(name).suffix
