"""The JSON feed: programs.jsonl, one program a line, append-only.

A reader keeps a cursor, the number of bytes it has read; lines before it never change. A letter
that was read anew (it changed, or a newer congvan reads it) is a new line with the same
`source.name`; the last line of a name holds. `ledger` knows the length of the last complete
line, so that half a line left by a killed run is cut off before the next is written.
"""

import json
import os
from pathlib import Path

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
    if ledger.feed_bytes(FILE) > (path.stat().st_size if path.exists() else 0):
        ledger.feed_anew(FILE)  # the file was taken away or cut short
    count = 0
    while letters := ledger.unfed(LETTERS):
        with path.open("ab") as stream:
            stream.truncate(min(ledger.feed_bytes(FILE), stream.tell()))
            stream.seek(0, os.SEEK_END)
            for target, _ in letters:
                stream.write(_line(json_of(folder, target)))
            stream.flush()
            os.fsync(stream.fileno())
            ledger.fed(FILE, stream.tell(), letters)
        count += len(letters)
    return count


def json_of(folder: Place, target: str) -> Place:
    """Where the program of a letter stands."""
    return folder / (target + WRITERS["json"].suffix)


def program_at(folder: Place, target: str) -> Program:
    """The program of a letter that has been read."""
    return Program.model_validate_json(json_of(folder, target).read_bytes())


def _line(path: Place) -> bytes:
    """The program on one line: its JSON as it stands, without indents."""
    program = json.loads(path.read_bytes())
    return json.dumps(program, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
