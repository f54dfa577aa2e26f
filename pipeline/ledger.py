"""What has been done: one SQLite file in the output folder, safe under kill -9.

A letter is done when its source, its content hash and the extractor's version are the ones
in the ledger. Rows are written after the letter's files stand in place.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from schemas.outcome import Outcome

FILE = ".congvan.sqlite"
LAYOUT = 2
"""Number of the tables below; a ledger of another number is begun anew."""
_TABLES = ("letters", "citations", "feed", "tables")
_CREATE = """
CREATE TABLE IF NOT EXISTS letters (
    target TEXT PRIMARY KEY, source TEXT NOT NULL, sha256 TEXT NOT NULL, version TEXT NOT NULL,
    formats TEXT NOT NULL, read INTEGER NOT NULL, number TEXT, resolved TEXT NOT NULL DEFAULT '',
    fed TEXT, outcome TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS by_content ON letters (sha256, version, read);
CREATE INDEX IF NOT EXISTS by_number ON letters (number);
CREATE TABLE IF NOT EXISTS citations (
    target TEXT NOT NULL, number TEXT NOT NULL, PRIMARY KEY (target, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_cited ON citations (number);
CREATE TABLE IF NOT EXISTS feed (file TEXT PRIMARY KEY, bytes INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS tables (file TEXT PRIMARY KEY, state TEXT NOT NULL);
"""
_MARK = "sha256 || version || resolved"
"""What a line of the feed was made from."""


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


def is_damaged(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is no ledger any more: not a full disk, nor a missing right."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def set_aside(folder: Path) -> Path:
    """Put a damaged ledger out of the way, beside its folder's new one: the work is done anew."""
    kept = folder / f"{FILE}.damaged"
    (folder / FILE).replace(kept)
    for log in ("-wal", "-shm"):
        (folder / (FILE + log)).unlink(missing_ok=True)
    return kept


def _opened(path: Path) -> sqlite3.Connection:
    """The ledger with its tables; those of another layout are begun anew."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        if db.execute("PRAGMA user_version").fetchone()[0] != LAYOUT:
            for name in _TABLES:
                db.execute(f"DROP TABLE IF EXISTS {name}")
            db.execute(f"PRAGMA user_version = {LAYOUT}")
        db.executescript(_CREATE)
    except sqlite3.Error:
        db.close()
        raise
    return db


class Ledger:
    """The letters of one output folder. A damaged one is set aside, and begun anew."""

    def __init__(self, folder: Path, version: str | None = None) -> None:
        self.version = version or extractor_version()
        self._gathered = False
        try:
            self._db = _opened(folder / FILE)
        except sqlite3.DatabaseError as error:
            if not is_damaged(error):
                raise
            set_aside(folder)
            self._db = _opened(folder / FILE)

    def close(self) -> None:
        """Give the file free."""
        self._db.close()

    def image(self) -> bytes:
        """The whole ledger as the bytes of its file."""
        return self._db.serialize()

    def owner(self, target: str) -> str | None:
        """The source whose results stand under that name."""
        row = self._db.execute("SELECT source FROM letters WHERE target = ?", (target,)).fetchone()
        return row[0] if row else None

    def formats(self, target: str) -> tuple[str, ...]:
        """The formats in which that letter's files were written."""
        row = self._db.execute("SELECT formats FROM letters WHERE target = ?", (target,)).fetchone()
        return tuple(row[0].split(",")) if row else ()

    def content(self, target: str, failed_too: bool) -> str | None:
        """The content of which this version knows what became: a program, or a failure."""
        row = self._db.execute(
            "SELECT sha256 FROM letters WHERE target = ? AND version = ?"
            " AND (read OR ?) AND sha256 != ''",
            (target, self.version, failed_too),
        ).fetchone()
        return row[0] if row else None

    def done(self, target: str, content: str) -> Outcome | None:
        """The outcome of that letter where nothing has changed since."""
        row = self._db.execute(
            "SELECT outcome FROM letters WHERE target = ? AND sha256 = ? AND version = ?",
            (target, content, self.version),
        ).fetchone()
        return Outcome.model_validate_json(row[0]) if row else None

    def other_read(self, target: str, content: str) -> bool:
        """Whether a letter of other content was read under that name."""
        return bool(
            self._db.execute(
                "SELECT 1 FROM letters WHERE target = ? AND read AND sha256 != ?",
                (target, content),
            ).fetchone()
        )

    def twin(self, content: str) -> str | None:
        """A letter of the same content that has been read."""
        row = self._db.execute(
            "SELECT target FROM letters WHERE sha256 = ? AND version = ? AND read ORDER BY target",
            (content, self.version),
        ).fetchone()
        return row[0] if row else None

    def record(self, outcome: Outcome, formats: Iterable[str]) -> None:
        """Set down what became of a letter, in place of what was known of its name."""
        summary, target = outcome.summary, outcome.target
        with self._db:
            self._db.execute("BEGIN")
            self._db.execute(
                "INSERT INTO letters (target, source, sha256, version, formats, read, number,"
                " outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (target) DO UPDATE SET"
                " source = excluded.source, sha256 = excluded.sha256, version = excluded.version,"
                " formats = excluded.formats, read = excluded.read, number = excluded.number,"
                " resolved = '', outcome = excluded.outcome",
                (
                    target,
                    outcome.source,
                    outcome.sha256,
                    self.version,
                    ",".join(formats),
                    outcome.failure is None,
                    summary.number.upper() if summary and summary.number else None,
                    outcome.model_dump_json(),
                ),
            )
            self._db.execute("DELETE FROM citations WHERE target = ?", (target,))
            self._db.executemany(
                "INSERT OR IGNORE INTO citations VALUES (?, ?)",
                [(target, number.upper()) for number in (summary.unresolved if summary else ())],
            )

    def citing(self) -> list[str]:
        """The letters that cite another letter of the folder by its number, or once did."""
        rows = self._db.execute(
            "SELECT target FROM letters WHERE resolved != ''"
            " UNION SELECT c.target FROM citations c JOIN letters l USING (number) ORDER BY 1"
        )
        return [row[0] for row in rows]

    def cited_by(self, target: str) -> list[Outcome]:
        """The letters of the folder whose number that letter cites."""
        rows = self._db.execute(
            "SELECT l.outcome FROM citations c JOIN letters l USING (number)"
            " WHERE c.target = ? ORDER BY l.target",
            (target,),
        )
        return [Outcome.model_validate_json(row[0]) for row in rows]

    def resolve(self, target: str, resolved: str) -> None:
        """Set down to which letters of the folder the citations of a letter were resolved."""
        self._db.execute("UPDATE letters SET resolved = ? WHERE target = ?", (resolved, target))

    def outcomes(self) -> Iterator[Outcome]:
        """Every letter in the order of its name; a cursor, not a list."""
        rows = self._db.execute("SELECT outcome FROM letters ORDER BY target")
        return (Outcome.model_validate_json(row[0]) for row in rows)

    def failures(self) -> Iterator[Outcome]:
        """The letters that could not be read."""
        rows = self._db.execute("SELECT outcome FROM letters WHERE NOT read ORDER BY target")
        return (Outcome.model_validate_json(row[0]) for row in rows)

    def state(self) -> str:
        """A digest of all programs of the folder: what its tables are made from."""
        digest = sha256()
        for row in self._db.execute(
            f"SELECT target || ':' || {_MARK} FROM letters WHERE read ORDER BY target"
        ):
            digest.update(f"{row[0]}\n".encode())
        return digest.hexdigest()

    def table_state(self, file: str) -> str | None:
        """The state of the folder from which a table was written."""
        row = self._db.execute("SELECT state FROM tables WHERE file = ?", (file,)).fetchone()
        return row[0] if row else None

    def tabled(self, file: str, state: str) -> None:
        """Set down that a table stands, written from that state."""
        self._db.execute("INSERT OR REPLACE INTO tables VALUES (?, ?)", (file, state))

    def unfed(self, at_most: int) -> list[tuple[str, str]]:
        """Target and mark of the next letters whose present program is not in the feed yet."""
        return self._db.execute(
            f"SELECT target, {_MARK} FROM letters"
            f" WHERE read AND fed IS NOT {_MARK} ORDER BY target LIMIT ?",
            (at_most,),
        ).fetchall()

    def feed_bytes(self, file: str) -> int:
        """How many bytes of a feed are complete."""
        row = self._db.execute("SELECT bytes FROM feed WHERE file = ?", (file,)).fetchone()
        return row[0] if row else 0

    def feed_anew(self, file: str, lines: Iterator[tuple[str, bytes, int]]) -> None:
        """Only these lines (name, digest, end) are in the feed; the last one of a name holds."""
        with self._db:
            self._db.execute("BEGIN")
            self._db.execute("UPDATE letters SET fed = NULL")
            self._db.execute("DELETE FROM feed WHERE file = ?", (file,))
            self._db.execute("CREATE TEMP TABLE IF NOT EXISTS held (name TEXT PRIMARY KEY, digest)")
            end = 0
            for name, digest, line_end in lines:
                self._db.execute("INSERT OR REPLACE INTO held VALUES (?, ?)", (name, digest))
                end = line_end
            self._db.execute("INSERT INTO feed VALUES (?, ?)", (file, end))
        self._gathered = True

    def holds(self, name: str, digest: bytes) -> bool:
        """Whether the feed that was gathered anew says that last of the name."""
        if not self._gathered:
            return False
        row = self._db.execute("SELECT digest FROM held WHERE name = ?", (name,)).fetchone()
        return row is not None and row[0] == digest

    def fed(self, file: str, length: int, letters: list[tuple[str, str]]) -> None:
        """The feed is complete up to `length` and holds these letters."""
        with self._db:
            self._db.execute("BEGIN")
            self._db.executemany(
                "UPDATE letters SET fed = ? WHERE target = ?", [(m, t) for t, m in letters]
            )
            self._db.execute("INSERT OR REPLACE INTO feed VALUES (?, ?)", (file, length))
