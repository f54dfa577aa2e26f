"""Letters that land in a folder: read once, when they are whole, and put where they belong."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.batch import Plan
from pipeline.watch import Folders, look, stands_still

SAMPLES = Path(__file__).parent.parent / "samples"
SEED = SAMPLES / "tune" / "kon-tum-2021" / "letter.txt"
BROKEN = SAMPLES / "broken" / "truncated-pdf" / "letter.pdf"
SETTLE = 3600.0
"""Seconds: only a file made old by hand stands still."""


def put(folder: Path, name: str, source: Path = SEED, old: bool = True) -> Path:
    """A letter in the inbox; `old`: copied long ago."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, path)
    if old:
        age(path)
    return path


def age(path: Path) -> None:
    long_ago = time.time() - 2 * SETTLE
    os.utime(path, (long_ago, long_ago))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    return Plan(tmp_path / "out", ("json",), 1)


def test_a_half_copied_letter_waits(inbox: Path, plan: Plan) -> None:
    put(inbox, "whole.txt")
    growing = put(inbox, "growing.txt", old=False)
    said: list[str] = []
    assert look(Folders(inbox), plan, SETTLE, said.append) == 1
    assert [path.name for path in plan.folder.glob("[!r]*.json")] == ["whole.json"]
    assert said == [f"✓ {inbox / 'whole.txt'}: 16 nhiệm vụ"]
    age(growing)
    assert look(Folders(inbox), plan, SETTLE, said.append) == 0
    assert (plan.folder / "growing.json").exists()


def test_letters_go_to_done_and_failed(inbox: Path, plan: Plan, tmp_path: Path) -> None:
    put(inbox, "2021/good.txt")
    put(inbox, "bad.pdf", BROKEN)
    said: list[str] = []
    folders = Folders(inbox, tmp_path / "done", tmp_path / "failed")
    assert look(folders, plan, SETTLE, said.append) == 0
    assert (tmp_path / "done" / "2021" / "good.txt").read_bytes() == SEED.read_bytes()
    assert (tmp_path / "failed" / "bad.pdf").read_bytes() == BROKEN.read_bytes()
    assert not [path for path in inbox.rglob("*") if path.is_file()]
    assert sorted(line[0] for line in said) == ["✓", "✗"]


def test_a_letter_in_done_is_never_overwritten(inbox: Path, plan: Plan, tmp_path: Path) -> None:
    folders = Folders(inbox, tmp_path / "done")
    first = put(tmp_path / "done", "letter.txt", BROKEN)
    put(inbox, "letter.txt")
    look(folders, plan, SETTLE, lambda line: None)
    assert first.read_bytes() == BROKEN.read_bytes()
    assert (tmp_path / "done" / "letter-2.txt").read_bytes() == SEED.read_bytes()


def test_a_scanner_that_begins_its_numbers_again_loses_no_letter(
    inbox: Path, plan: Plan, tmp_path: Path
) -> None:
    folders = Folders(inbox, tmp_path / "done", tmp_path / "failed")
    said: list[str] = []
    put(inbox, "scan1.txt")
    look(folders, plan, SETTLE, said.append)
    before = (plan.folder / "scan1.json").read_bytes()
    other = put(inbox, "scan1.txt")
    other.write_text(SEED.read_text("utf-8").replace("1170 /CTr", "1171 /CTr"), "utf-8")
    age(other)
    look(folders, plan, SETTLE, said.append)
    assert (plan.folder / "scan1.json").read_bytes() == before
    (second,) = plan.folder.glob("scan1-*.json")
    assert json.loads(second.read_text("utf-8"))["letter"]["number"]["sequence"] == "1171"
    assert len(said) == 2


def test_a_letter_mended_after_it_failed_takes_its_place(
    inbox: Path, plan: Plan, tmp_path: Path
) -> None:
    folders = Folders(inbox, tmp_path / "done", tmp_path / "failed")
    put(inbox, "letter.pdf", BROKEN)
    look(folders, plan, SETTLE, lambda line: None)
    put(inbox, "letter.pdf")
    look(folders, plan, SETTLE, lambda line: None)
    assert (plan.folder / "letter.json").exists()
    assert not (plan.folder / "failures.jsonl").read_bytes()


def test_a_restart_reads_nothing_twice(inbox: Path, plan: Plan) -> None:
    put(inbox, "letter.txt")
    said: list[str] = []
    look(Folders(inbox), plan, SETTLE, said.append)
    before = (plan.folder / "letter.json").stat().st_mtime_ns
    look(Folders(inbox), plan, SETTLE, said.append)
    assert len(said) == 1
    assert (plan.folder / "letter.json").stat().st_mtime_ns == before


def test_a_restart_moves_what_was_read_but_not_moved(
    inbox: Path, plan: Plan, tmp_path: Path
) -> None:
    put(inbox, "letter.txt")
    look(Folders(inbox), plan, SETTLE, lambda line: None)
    assert (inbox / "letter.txt").exists()
    look(Folders(inbox, tmp_path / "done"), plan, SETTLE, lambda line: None)
    assert (tmp_path / "done" / "letter.txt").exists()


def test_when_a_file_stands_still(inbox: Path) -> None:
    path = put(inbox, "letter.txt", old=False)
    assert not stands_still(path, SETTLE)
    age(path)
    assert stands_still(path, SETTLE)
    ahead = time.time() + SETTLE
    os.utime(path, (ahead, ahead))
    assert stands_still(path, SETTLE), "a clock that is ahead holds no letter up"
    assert not stands_still(inbox / "gone.txt", SETTLE)


HEEDING = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    " from pipeline.__main__ import main; main()"
)
"""A job in the background of a shell ignores Ctrl-C, and so would what it starts."""


def test_the_command_reads_a_letter_that_lands_and_stops(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-c", HEEDING, "watch", str(inbox), "-o", str(out)]
    process = subprocess.Popen(
        [*command, "--settle", "0.2", "--jobs", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=SAMPLES.parent,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Chờ văn bản mới")
        put(inbox, "letter.txt", old=False)
        assert process.stdout.readline().startswith("✓")
        program = json.loads((out / "letter.json").read_text(encoding="utf-8"))
        assert len(program["tasks"]) == 16
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert "Traceback" not in errors
    assert "Chạy lại cùng lệnh" in errors
    assert process.returncode == 130
    assert (out / "programs.jsonl").read_bytes().count(b"\n") == 1
