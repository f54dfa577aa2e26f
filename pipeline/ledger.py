"""What has been done: one SQLite file in the output folder, safe under kill -9.

A letter is done when its source, its content hash and the extractor's version are the ones
in the ledger. Rows are written after the letter's files stand in place.
"""

import sqlite3
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from schemas.outcome import Outcome

FILE = ".congvan.sqlite"
_TABLE = """
CREATE TABLE IF NOT EXISTS letters (
    target TEXT PRIMARY KEY, source TEXT NOT NULL, sha256 TEXT NOT NULL, version TEXT NOT NULL,
    formats TEXT NOT NULL, read INTEGER NOT NULL, fed TEXT, outcome TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS by_content ON letters (sha256, version, read);
CREATE TABLE IF NOT EXISTS feed (file TEXT PRIMARY KEY, bytes INTEGER NOT NULL);
"""


@cache
def extractor_version() -> str:
    """A digest of the code and the rules that read letters: any change of them is a new one."""
    digest = sha256()
    for package in ("schemas", "extractors", "pipeline"):
        for path in sorted(_sources(files(package)), key=str):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry)
        elif entry.name.endswith((".py", ".toml", ".json", ".tsv", ".gz", ".bin")):
            yield entry


class Ledger:
    """The letters of one output folder."""

    def __init__(self, folder: Path, version: str | None = None) -> None:
        self.version = version or extractor_version()
        self._db = sqlite3.connect(folder / FILE, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_TABLE)

    def close(self) -> None:
        """Give the file free."""
        self._db.close()

    def owner(self, target: str) -> str | None:
        """The source whose results stand under that name."""
        row = self._db.execute("SELECT source FROM letters WHERE target = ?", (target,)).fetchone()
        return row[0] if row else None

    def done(self, target: str, content: str, formats: str) -> Outcome | None:
        """The outcome of that letter where nothing has changed since."""
        row = self._db.execute(
            "SELECT outcome FROM letters"
            " WHERE target = ? AND sha256 = ? AND version = ? AND formats = ?",
            (target, content, self.version, formats),
        ).fetchone()
        return Outcome.model_validate_json(row[0]) if row else None

    def twin(self, content: str) -> str | None:
        """A letter of the same content that has been read."""
        row = self._db.execute(
            "SELECT target FROM letters WHERE sha256 = ? AND version = ? AND read ORDER BY target",
            (content, self.version),
        ).fetchone()
        return row[0] if row else None

    def record(self, outcome: Outcome, formats: str) -> None:
        """Set down what became of a letter, in place of what was known of its name."""
        self._db.execute(
            "INSERT INTO letters VALUES (?, ?, ?, ?, ?, ?, NULL, ?) ON CONFLICT (target) DO UPDATE"
            " SET source = excluded.source, sha256 = excluded.sha256, version = excluded.version,"
            " formats = excluded.formats, read = excluded.read, outcome = excluded.outcome",
            (
                outcome.target,
                outcome.source,
                outcome.sha256,
                self.version,
                formats,
                outcome.failure is None,
                outcome.model_dump_json(),
            ),
        )

    def outcomes(self) -> Iterator[Outcome]:
        """Every letter in the order of its name; a cursor, not a list."""
        rows = self._db.execute("SELECT outcome FROM letters ORDER BY target")
        return (Outcome.model_validate_json(row[0]) for row in rows)

    def failures(self) -> Iterator[Outcome]:
        """The letters that could not be read."""
        rows = self._db.execute("SELECT outcome FROM letters WHERE NOT read ORDER BY target")
        return (Outcome.model_validate_json(row[0]) for row in rows)

    def unfed(self) -> list[tuple[str, str]]:
        """Target and mark of each letter whose present program is not in the feed yet."""
        return self._db.execute(
            "SELECT target, sha256 || version FROM letters"
            " WHERE read AND fed IS NOT sha256 || version ORDER BY target"
        ).fetchall()

    def feed_bytes(self, file: str) -> int:
        """How many bytes of a feed are complete."""
        row = self._db.execute("SELECT bytes FROM feed WHERE file = ?", (file,)).fetchone()
        return row[0] if row else 0

    def fed(self, file: str, length: int, letters: list[tuple[str, str]]) -> None:
        """The feed is complete up to `length` and holds these letters."""
        with self._db:
            self._db.execute("BEGIN")
            self._db.executemany(
                "UPDATE letters SET fed = ? WHERE target = ?", [(m, t) for t, m in letters]
            )
            self._db.execute("INSERT OR REPLACE INTO feed VALUES (?, ?)", (file, length))
