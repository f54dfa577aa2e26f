"""The JSON feed: programs.jsonl, one program a line, append-only.

A reader keeps a cursor, the number of bytes it has read; lines before it never change. A letter
that was read anew (it changed, or a newer congvan reads it) is a new line with the same
`source.name`; the last line of a name holds. `ledger` knows the length of the last complete
line, so that half a line left by a killed run is cut off before the next is written.
"""

import os
from pathlib import Path

from pipeline.ledger import Ledger
from pipeline.writers import WRITERS
from pipeline.writers.json import write_line
from schemas.program import Program

FILE = "programs.jsonl"


def feed(folder: Path, ledger: Ledger) -> int:
    """Append each program that is not in the feed yet; how many there were."""
    letters = ledger.unfed()
    if not letters:
        return 0
    with (folder / FILE).open("ab") as stream:
        stream.truncate(min(ledger.feed_bytes(FILE), stream.tell()))
        stream.seek(0, os.SEEK_END)
        for target, _ in letters:
            stream.write(write_line(program_at(folder, target)))
        stream.flush()
        os.fsync(stream.fileno())
        ledger.fed(FILE, stream.tell(), letters)
    return len(letters)


def program_at(folder: Path, target: str) -> Program:
    """The program of a letter that has been read."""
    path = folder / (target + WRITERS["json"].suffix)
    return Program.model_validate_json(path.read_bytes())
