"""What goes wrong around a letter is told, and costs nothing that was done."""

import errno
import io
import itertools
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image, ImageDraw
from typer.testing import CliRunner

from pipeline.__main__ import BROKEN, READ, app
from pipeline.batch import Plan, Totals, run
from pipeline.convert import Work, convert
from pipeline.errors import Unreadable
from pipeline.inbox import find_letters
from pipeline.ledger import FILE, Ledger
from pipeline.parse import parse_bytes
from pipeline.readers import read
from pipeline.readers.limits import Limits
from pipeline.readers.scratch import NoRoom
from pipeline.watch import stands_still
from pipeline.workers import crew, outcomes
from schemas.outcome import Outcome
from schemas.paper import Table

SEED = Path(__file__).parent.parent / "samples" / "tune" / "kon-tum-2021" / "letter.txt"
FILES = Path(__file__).parent / "files"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    text = SEED.read_text(encoding="utf-8")
    for number in range(3):
        (folder / f"{number}.txt").write_text(text.replace("1170 /", f"{number} /"), "utf-8")
    return folder


def extract(inbox: Path, out: Path) -> tuple[int, str]:
    """The exit code and what was said on both streams."""
    done = CliRunner().invoke(app, ["extract", str(inbox), "-o", str(out), "--jobs", "1"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


# The disk


@pytest.mark.parametrize("stage", ["write_bytes", "replace"])
def test_a_full_disk_is_told_and_leaves_no_half_file(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """The disk is full when the second letter is written; a later run does what is left."""
    out = tmp_path / "out"
    (inbox / "2.txt").rename(tmp_path / "late")
    assert extract(inbox, out)[0] == READ
    (tmp_path / "late").rename(inbox / "2.txt")
    with monkeypatch.context() as full:
        full.setattr(Path, stage, _no_space)
        code, said = extract(inbox, out)
    assert code == BROKEN
    assert "dung lượng đĩa" in said
    assert not list(out.glob("*.part"))
    assert not (out / "2.json").exists()
    assert json.loads((out / "1.json").read_bytes())["tasks"]
    ledger = Ledger(out)
    assert [Path(outcome.source).name for outcome in ledger.outcomes()] == ["0.txt", "1.txt"]
    ledger.close()
    assert run(find_letters([str(inbox)]), Plan(out)) == Totals(read=1, kept=2)


def _no_space(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_of_the_ledger_is_told(inbox: Path, tmp_path: Path) -> None:
    """The ledger may not grow; what SQLite says then is told as the disk's."""
    out = tmp_path / "out"
    assert extract(inbox, out)[0] == READ
    with sqlite3.connect(out / FILE) as database:
        database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON letters BEGIN"
            " SELECT RAISE(FAIL, 'database or disk is full'); END"
        )
    database.close()
    (inbox / "3.txt").write_bytes(SEED.read_bytes())
    code, said = extract(inbox, out)
    assert code == BROKEN
    assert "sổ theo dõi" in said
    assert (out / FILE).exists()


@pytest.mark.parametrize("begun", [False, True], ids=["new", "begun"])
def test_an_output_without_the_right_to_write_is_told(
    inbox: Path, tmp_path: Path, begun: bool
) -> None:
    out = tmp_path / "out"
    if begun:
        assert extract(inbox, out)[0] == READ
        (inbox / "3.txt").write_bytes(SEED.read_bytes())
    else:
        out.mkdir()
    for path in out.iterdir():
        path.chmod(0o444)
    out.chmod(0o555)
    try:
        code, said = _without_power(inbox, out)
    finally:
        out.chmod(0o755)
    assert code == BROKEN, said
    assert "quyền ghi" in said
    assert "Traceback" not in said


def _without_power(inbox: Path, out: Path) -> tuple[int, str]:
    """Extract in a process that the rights of files bind, also where we are root."""
    command = [sys.executable, "-m", "pipeline", "extract", str(inbox), "-o", str(out)]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may write everywhere, and there is no setpriv to bind it")
        command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", *command]
    done = subprocess.run([*command, "--jobs", "1"], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_full_folder_of_temporary_files_ends_the_run_and_blames_no_letter(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The converter of DOC has no room: the letter is neither told as damaged nor set down."""
    shutil.copy(FILES / "letter.doc", inbox / "1a.doc")
    out = tmp_path / "out"
    with monkeypatch.context() as full:
        full.setattr("tempfile.TemporaryDirectory", _no_space)
        code, said = extract(inbox, out)
    assert code == BROKEN
    assert "dung lượng đĩa" in said
    assert "bị hỏng" not in said
    totals = run(find_letters([str(inbox)]), Plan(out))
    assert (totals.read + totals.kept, totals.failed) == (4, 0)


@pytest.mark.parametrize(("free", "told"), [(0, NoRoom), (2**40, Unreadable)])
def test_a_conversion_that_fails_on_a_full_disk_says_nothing_of_the_letter(
    monkeypatch: pytest.MonkeyPatch, free: int, told: type[Exception]
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    monkeypatch.setattr("pipeline.readers.office.installed", lambda: "/bin/false")
    with pytest.raises(told):
        read(b"{\\rtf1 ", "letter.rtf")


# The ledger


@pytest.mark.parametrize(
    "garbage",
    [b"not a ledger" * 1000, b"", b"SQLite format 3\x00" + b"\xff" * 5000],
    ids=["other bytes", "emptied", "only its first words"],
)
def test_a_damaged_ledger_is_set_aside_and_the_work_is_done_anew(
    inbox: Path, tmp_path: Path, garbage: bytes
) -> None:
    out = tmp_path / "out"
    extract(inbox, out)
    before = (out / "0.json").read_bytes()
    for log in out.glob(f"{FILE}-*"):
        log.unlink()
    (out / FILE).write_bytes(garbage)
    assert run(find_letters([str(inbox)]), Plan(out)) == Totals(read=3)
    assert (out / f"{FILE}.damaged").exists() == bool(garbage)
    assert (out / "0.json").read_bytes() == before
    assert run(find_letters([str(inbox)]), Plan(out)) == Totals(kept=3)


def test_a_ledger_damaged_within_is_told_and_set_aside_for_the_next_run(
    inbox: Path, tmp_path: Path
) -> None:
    """The first page is sound, the tables' pages are not."""
    out = tmp_path / "out"
    extract(inbox, out)
    database = sqlite3.connect(out / FILE)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = database.execute("PRAGMA page_size").fetchone()[0]
    database.close()
    whole = (out / FILE).read_bytes()
    (out / FILE).write_bytes(whole[:size] + b"\xa5" * (len(whole) - size))
    code, said = extract(inbox, out)
    assert code in (READ, BROKEN)
    assert code == READ or "Hãy chạy lại cùng lệnh" in said
    assert (out / f"{FILE}.damaged").exists()
    assert extract(inbox, out)[0] == READ
    assert run(find_letters([str(inbox)]), Plan(out)) == Totals(kept=3)


# The clock


@pytest.mark.parametrize("moment", [0, 4_000_000_000])
def test_what_was_done_is_told_by_content_not_by_the_clock(
    inbox: Path, tmp_path: Path, moment: int
) -> None:
    out = tmp_path / "out"
    extract(inbox, out)
    for path in [*inbox.iterdir(), *out.glob("*.json"), out / FILE]:
        os.utime(path, (moment, moment))
    assert run(find_letters([str(inbox)]), Plan(out)) == Totals(kept=3)


def test_a_clock_that_is_set_back_while_letters_are_read(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look at the clock is an hour before the last one; bounds of time count on another."""
    moments = itertools.count(time.time(), -3600.0)
    monkeypatch.setattr("time.time", lambda: next(moments))
    assert run(find_letters([str(inbox)]), Plan(tmp_path / "out")) == Totals(read=3)
    assert run(find_letters([str(inbox)]), Plan(tmp_path / "out")) == Totals(kept=3)


@pytest.mark.parametrize("moment", [0, 4_000_000_000])
def test_a_letter_from_another_time_stands_still(inbox: Path, moment: int) -> None:
    os.utime(inbox / "0.txt", (moment, moment))
    assert stands_still(inbox / "0.txt", 2.0)


# The workers


def test_a_dying_worker_costs_its_letter_alone(inbox: Path, tmp_path: Path) -> None:
    works = [
        Work(inbox / f"{number}.txt", str(number), tmp_path / "out", ("json",), Limits())
        for number in range(3)
    ]
    with crew(1, 60, 2**31, call=_dies_at_one) as hands:
        became = {o.target: o for o in outcomes(hands, works) if isinstance(o, Outcome)}
    failure = became["1"].failure
    assert failure
    assert failure.code == "limit.crash"
    assert [became[name].failure for name in "02"] == [None, None]
    assert {path.name for path in (tmp_path / "out").glob("*.json")} == {"0.json", "2.json"}


def _dies_at_one(work: Work) -> Outcome:
    if work.target == "1":
        os.kill(os.getpid(), signal.SIGKILL)
    return convert(work)


def test_slow_letters_one_after_another_never_hold_up_the_batch(tmp_path: Path) -> None:
    """Each gives up within the worker; hanging in foreign code it takes the worker with it."""
    limits = Limits(seconds=0.3)
    works = [Work(SEED, f"{n}", tmp_path, ("json",), limits) for n in range(12)]
    with crew(2, limits.seconds, limits.memory, call=_ends_late) as hands:
        became = [o for o in outcomes(hands, works) if isinstance(o, Outcome)]
    assert {o.failure and o.failure.code for o in became} == {"limit.time"}
    assert len(became) == len(works)


def _ends_late(work: Work) -> Outcome:
    """Sleep over the time, busy or idle; what may swallow an exception swallows nothing here."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(Exception):
            time.sleep(0 if int(work.target) % 2 else 60)
    return Outcome(source="", target=work.target, sha256="")


def test_a_hang_in_foreign_code_ends_with_its_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.bounds.GRACE", 0.5)
    limits = Limits(seconds=0.5)
    works = [Work(SEED, name, tmp_path, ("json",), limits) for name in ("1", "2", "3")]
    with crew(1, limits.seconds, limits.memory, call=_deaf_at_two) as hands:
        became = {o.target: o.failure for o in outcomes(hands, works) if isinstance(o, Outcome)}
    assert {name: failure and failure.code for name, failure in became.items()} == {
        "1": None, "2": "limit.time", "3": None,
    }  # fmt: skip


def _deaf_at_two(work: Work) -> Outcome:
    if work.target == "2":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})  # as code that never returns
        time.sleep(60)
    return Outcome(source="", target=work.target, sha256="")


# What stays behind


def test_reading_a_scan_tells_nobody_and_leaves_nothing(tmp_path: Path) -> None:
    """ONNX Runtime keeps a number of the machine and what it will send in these two folders."""
    pytest.importorskip("trueocr")
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    picture = Image.new("L", (600, 120), 255)
    ImageDraw.Draw(picture).text((20, 30), "KE HOACH CONG TAC NAM 2021", fill=0, font_size=30)
    picture.save(tmp_path / "scan.png")
    within = {**os.environ, "HOME": str(home), "TMPDIR": str(temporary)}
    for told in ("CI", "ORT_DISABLE_TELEMETRY", "XDG_CACHE_HOME"):
        within.pop(told, None)
    subprocess.run(
        [sys.executable, "-m", "pipeline", "explain", str(tmp_path / "scan.png")],
        env=within, check=True, capture_output=True,
    )  # fmt: skip
    left = [path for folder in (home, temporary) for path in folder.rglob("*") if path.is_file()]
    assert [path for path in left if "congvan" not in path.parts] == []


# Damaged letters that once got through


def test_a_name_in_an_archive_that_is_no_text_is_damage() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/tài-liệu.xml", "x")
    data = buffer.getvalue().replace("tài".encode(), b"t\xff\xfei")
    with pytest.raises(Unreadable) as refused:
        read(data, "letter.docx")
    assert refused.value.code == "file.damaged"


def test_a_cell_of_a_billion_columns_is_as_wide_as_a_sheet() -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    cells = (
        '<table:table-cell table:number-columns-spanned="2147483647"'
        ' table:number-rows-spanned="99999999"><text:p>Nội dung</text:p></table:table-cell>'
        "<table:table-cell><text:p>Sở Y tế</text:p></table:table-cell>"
    )
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0"'
        f' xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body>'
        f"<office:text><table:table><table:table-row>{cells}</table:table-row></table:table>"
        "</office:text></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    (table,) = read(buffer.getvalue(), "letter.odt").pages[0].blocks
    assert isinstance(table, Table)
    assert (table.cells[0].rows, table.cells[0].columns) == (1, 500)


@pytest.mark.parametrize(
    "run",
    [
        "(" * 4000,
        " " * 20000,
        ", " * 8000,
        "theo quy định (((( " * 200,
        "- " * 5000,
        "12/12/" * 1500,
    ],
)
@pytest.mark.parametrize("name", ["letter.txt", "letter.md"])
def test_a_long_run_of_signs_is_read_at_once(run: str, name: str) -> None:
    """Patterns that tried a run from each of its places took hours; now the test ends."""
    text = SEED.read_text(encoding="utf-8")
    letter = text.replace("Hoàn thành trong", f"theo hướng dẫn {run} Hoàn thành trong")
    assert parse_bytes(letter.encode(), name).tasks
