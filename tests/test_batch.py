"""Many letters: nothing lost, nothing done twice, one bad letter costs itself alone."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.__main__ import BROKEN, app
from pipeline.batch import Plan, Totals, _Desk, counted, run
from pipeline.convert import Work
from pipeline.feed import FILE
from pipeline.inbox import Job, find_letters
from pipeline.ledger import Ledger
from pipeline.progress import ROWS, Screen
from pipeline.readers.limits import Limits
from pipeline.workers import crew, outcomes
from pipeline.writers import sweep
from schemas.outcome import Failure, Outcome, Summary

SEED = Path(__file__).parent.parent / "samples" / "tune" / "kon-tum-2021" / "letter.txt"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    text = SEED.read_text(encoding="utf-8")
    for number in range(4):
        letter = text.replace("1170 /CTr", f"{100 + number} /CTr")
        (folder / f"{number}.txt").write_text(letter, encoding="utf-8")
    return folder


def convert_all(inbox: Path, plan: Plan) -> Totals:
    return run(find_letters([str(inbox)]), plan)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file a user sees, by name."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def test_a_second_run_does_nothing_and_changes_nothing(inbox: Path, tmp_path: Path) -> None:
    plan = Plan(tmp_path / "out", ("json", "jsonl", "csv"), 2)
    assert convert_all(inbox, plan) == Totals(read=4)
    before = contents(plan.folder)
    assert convert_all(inbox, plan) == Totals(kept=4)
    assert contents(plan.folder) == before
    assert convert_all(inbox, plan._replace(force=True)) == Totals(read=4)


def test_a_letter_whose_files_were_lost_is_written_again(inbox: Path, tmp_path: Path) -> None:
    plan = Plan(tmp_path / "out", ("json", "jsonl", "csv"), 1)
    convert_all(inbox, plan)
    before = contents(plan.folder)
    (plan.folder / "1.json").unlink()
    (plan.folder / "2.json").write_bytes(b"")
    assert convert_all(inbox, plan) == Totals(read=2, kept=2)
    assert contents(plan.folder) == before


def test_a_changed_letter_is_read_anew_and_fed_again(inbox: Path, tmp_path: Path) -> None:
    plan = Plan(tmp_path / "out", ("jsonl",), 1)
    convert_all(inbox, plan)
    feed = plan.folder / FILE
    before = feed.read_bytes()
    letter = inbox / "2.txt"
    letter.write_text(letter.read_text(encoding="utf-8").replace("102 /CTr", "999 /CTr"), "utf-8")
    assert convert_all(inbox, plan) == Totals(read=1, kept=3)
    after = feed.read_bytes()
    assert after.startswith(before)
    line = json.loads(after[len(before) :])
    assert line["letter"]["number"]["sequence"] == "999"


def test_a_newer_extractor_reads_again(inbox: Path, tmp_path: Path) -> None:
    plan = Plan(tmp_path / "out", ("json",), 1)
    convert_all(inbox, plan)
    ledger = Ledger(plan.folder, version="another")
    assert all(ledger.done(outcome.target, outcome.sha256) is None for outcome in ledger.outcomes())
    ledger.close()


def test_half_a_line_of_the_feed_is_cut_off(inbox: Path, tmp_path: Path) -> None:
    plan = Plan(tmp_path / "out", ("jsonl",), 1)
    convert_all(inbox, plan)
    feed = plan.folder / FILE
    whole = feed.read_bytes()
    feed.write_bytes(whole + b'{"schema_version":"1.0","sou')
    shutil.copy(SEED, inbox / "4.txt")
    convert_all(inbox, plan)
    lines = feed.read_bytes().splitlines()
    assert len(lines) == 5
    assert [json.loads(line)["source"]["name"] for line in lines][-1] == "4.txt"


def test_the_same_content_is_read_once(inbox: Path, tmp_path: Path) -> None:
    shutil.copy(inbox / "0.txt", inbox / "copy.txt")
    told: list[Outcome] = []
    plan = Plan(tmp_path / "out", ("json",), 1)
    run(find_letters([str(inbox)]), plan, lambda outcome, kept: told.append(outcome))
    twins = {outcome.target: outcome.twin for outcome in told if outcome.twin}
    assert twins == {"copy": "0"}
    one, other = (json.loads((plan.folder / f"{n}.json").read_text()) for n in ("0", "copy"))
    assert other["source"]["name"] == "copy.txt"
    assert one | {"source": None} == other | {"source": None}


def test_another_choice_of_formats_reads_no_letter_again(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = Plan(tmp_path / "out", ("json", "jsonl", "csv"), 1)
    convert_all(inbox, plan)
    before = contents(plan.folder)
    read: list[str] = []
    monkeypatch.setattr("pipeline.parse.parse_bytes", lambda data, name, _: read.append(name))
    pages = {f"{number}.html" for number in range(4)}
    with_pages = plan._replace(formats=("json", "html", "jsonl", "csv"))
    assert convert_all(inbox, with_pages) == Totals(read=4)
    after = contents(plan.folder)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == pages
    assert convert_all(inbox, plan) == Totals(kept=4)
    assert not read


def test_a_format_no_longer_asked_is_not_left_behind_older(inbox: Path, tmp_path: Path) -> None:
    plan = Plan(tmp_path / "out", ("html",), 1)
    convert_all(inbox, plan)
    letter = inbox / "2.txt"
    letter.write_text(letter.read_text(encoding="utf-8").replace("102 /CTr", "999 /CTr"), "utf-8")
    assert convert_all(inbox, plan._replace(formats=("json",))) == Totals(read=1, kept=3)
    assert "999" in (plan.folder / "2.html").read_text(encoding="utf-8")


def test_a_letter_keeps_its_name_when_its_neighbour_leaves_or_comes(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    text = SEED.read_text(encoding="utf-8")
    (inbox / "a.txt").write_text(text, encoding="utf-8")
    (inbox / "a.md").write_text(text.replace("1170 /CTr", "1171 /CTr"), encoding="utf-8")
    (inbox / "b.txt").write_text(text.replace("1170 /CTr", "1172 /CTr"), encoding="utf-8")
    plan = Plan(tmp_path / "out", ("csv",), 1)
    assert convert_all(inbox, plan) == Totals(read=3)
    (inbox / "a.md").unlink()
    (inbox / "b.md").write_text(text.replace("1170 /CTr", "1173 /CTr"), encoding="utf-8")
    assert convert_all(inbox, plan) == Totals(read=1, kept=2)
    programs = {name for name in contents(plan.folder) if not name.startswith(("report", "tasks"))}
    assert programs == {"a.md.json", "a.txt.json", "b.json", "b.md.json", "failures.jsonl"}


def test_failures_are_kept_and_tried_again_when_asked(inbox: Path, tmp_path: Path) -> None:
    (inbox / "bad.pdf").write_bytes(b"%PDF-1.4 cut")
    plan = Plan(tmp_path / "out", ("json",), 1)
    assert convert_all(inbox, plan) == Totals(read=4, failed=1)
    assert convert_all(inbox, plan) == Totals(kept=4, failed=1)
    failure = json.loads((plan.folder / "failures.jsonl").read_text(encoding="utf-8"))
    assert failure["source"].endswith("bad.pdf")
    (inbox / "bad.pdf").write_bytes(SEED.read_bytes())
    assert convert_all(inbox, plan._replace(retry_failed=True)) == Totals(read=1, kept=4)
    assert (plan.folder / "failures.jsonl").read_bytes() == b""


def _hostile(work: Work) -> Outcome:
    """A reader that hangs, dies or asks for too much, by the letter's name."""
    if "hang" in work.target:
        time.sleep(600)
    if "crash" in work.target:
        os.kill(os.getpid(), signal.SIGKILL)
    if "hungry" in work.target:
        bytearray(8 << 30)
    return Outcome(source=str(work.source), target=work.target, sha256="0")


def test_a_hang_a_crash_and_a_glutton_cost_themselves_alone(tmp_path: Path) -> None:
    names = ["ok1", "hang", "ok2", "crash", "ok3", "hungry", "ok4"]
    limits = Limits(seconds=12, memory=2 << 30)
    works = [Work(SEED, name, tmp_path, ("json",), limits) for name in names]
    with crew(2, limits.seconds, limits.memory, _hostile) as hands:
        landed = [outcome for outcome in outcomes(hands, works) if isinstance(outcome, Outcome)]
    found = {outcome.target: outcome for outcome in landed}
    codes = {name: o.failure.code for name, o in found.items() if o.failure}
    assert codes == {"hang": "limit.time", "crash": "limit.crash", "hungry": "limit.memory"}
    assert found.keys() == set(names)


def _deaf(work: Work) -> Outcome:
    """A reader whose process does not hear the first word to go."""
    usual = signal.getsignal(signal.SIGTERM)
    signal.signal(signal.SIGTERM, lambda *_: signal.signal(signal.SIGTERM, usual) and None)
    return Outcome(source=str(work.source), target=work.target, sha256="0")


def test_a_worker_that_does_not_hear_is_told_again(tmp_path: Path) -> None:
    with crew(1, 60, 2 << 30, _deaf) as hands:
        assert len(list(outcomes(hands, [Work(SEED, "a", tmp_path, ("json",), Limits())]))) == 1


def test_kill_9_then_resume_gives_the_same_bytes(inbox: Path, tmp_path: Path) -> None:
    for number in range(4, 40):
        shutil.copy(inbox / "0.txt", inbox / f"{number:02}.txt")
        with (inbox / f"{number:02}.txt").open("a", encoding="utf-8") as stream:
            stream.write(f"\n\n- Bản số {number}.")
    formats = ("json", "jsonl", "csv")
    convert_all(inbox, Plan(tmp_path / "whole", formats, 2))
    command = [sys.executable, "-m", "pipeline", "extract", str(inbox), "-o"]
    command += [str(tmp_path / "killed"), "--format", ",".join(formats), "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    while process.poll() is None and len(list((tmp_path / "killed").glob("*.json"))) < 8:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    convert_all(inbox, Plan(tmp_path / "killed", formats, 2))
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


def test_letters_are_named_in_a_fixed_order(tmp_path: Path) -> None:
    for name in ("b/2.pdf", "a.docx", "b/1.pdf", "b/~$1.docx", ".hidden.pdf", "c.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert list(find_letters([str(tmp_path)])) == [
        Job(tmp_path / "a.docx", "a"),
        Job(tmp_path / "b" / "1.pdf", "b/1"),
        Job(tmp_path / "b" / "2.pdf", "b/2"),
    ]


def test_results_within_the_inbox_are_no_letters(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("KẾ HOẠCH\n1. Sở Y tế rà soát.", encoding="utf-8")
    plan = Plan(tmp_path / "out", ("html",), 1)
    assert convert_all(tmp_path, plan) == Totals(read=1)
    assert (tmp_path / "out" / "a.html").exists()
    assert convert_all(tmp_path, plan) == Totals(kept=1)


CITED = """\
UBND TỈNH KON TUM
Số: {number}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Kon Tum, ngày {day} tháng 3 năm 2024

KẾ HOẠCH
Chuyển đổi số năm 2024

{body}
"""


def _correspondence(folder: Path) -> None:
    """Letters 1 and 3 cite letter 2 by its number and date, letter 2 cites no letter."""
    folder.mkdir()
    cites = (
        "Thực hiện Kế hoạch số 55/KH-UBND ngày 05 tháng 3 năm 2024 của UBND tỉnh, {who} báo cáo."
    )
    for name, number, day, body in (
        ("1", "71/KH-UBND", "12", cites.format(who="Sở Y tế")),
        ("2", "55/KH-UBND", "05", "Sở Nội vụ chủ trì tham mưu."),
        ("3", "72/KH-UBND", "13", cites.format(who="Sở Tài chính")),
    ):
        text = CITED.format(number=number, day=day, body=body)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def _sources(folder: Path, name: str) -> set[str | None]:
    """By whom the citations of a letter are resolved."""
    program = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return {r["resolved"] and r["resolved"]["source"] for r in program["references"]}


def test_citations_of_letters_in_the_folder_are_resolved(tmp_path: Path) -> None:
    _correspondence(tmp_path / "inbox")
    plan = Plan(tmp_path / "out", ("json", "jsonl", "html", "csv"), 2)
    convert_all(tmp_path / "inbox", plan)
    assert [_sources(plan.folder, name) for name in "123"] == [{"batch"}, set(), {"batch"}]
    program = json.loads((plan.folder / "1.json").read_text(encoding="utf-8"))
    assert program["references"][0]["resolved"]["title"] == "Chuyển đổi số năm 2024"
    assert '"source":"batch"' in (plan.folder / "1.html").read_text(encoding="utf-8")
    assert (plan.folder / FILE).read_text(encoding="utf-8").count('"source":"batch"') == 2
    before = contents(plan.folder)
    assert convert_all(tmp_path / "inbox", plan) == Totals(kept=3)
    assert contents(plan.folder) == before


def test_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    inbox, late = tmp_path / "inbox", tmp_path / "late"
    _correspondence(inbox)
    plan = Plan(tmp_path / "out", ("json", "jsonl"), 1)
    (inbox / "2.txt").rename(late)
    convert_all(inbox, plan)
    assert _sources(plan.folder, "1") == {None}
    late.rename(inbox / "2.txt")
    assert convert_all(inbox, plan) == Totals(read=1, kept=2)
    lines = [json.loads(line) for line in (plan.folder / FILE).read_bytes().splitlines()]
    names = [line["source"]["name"] for line in lines]
    assert names == ["1.txt", "3.txt", "1.txt", "2.txt", "3.txt"], "resolved anew, fed anew"
    whole = plan._replace(folder=tmp_path / "whole")
    convert_all(inbox, whole)
    for name in "123":
        one, other = (folder / f"{name}.json" for folder in (plan.folder, whole.folder))
        assert one.read_bytes() == other.read_bytes()


def test_a_second_letter_of_that_number_and_date_opens_the_citation_again(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    _correspondence(inbox)
    plan = Plan(tmp_path / "out", ("json",), 1)
    convert_all(inbox, plan)
    text = (inbox / "2.txt").read_text(encoding="utf-8")
    (inbox / "4.txt").write_text(text.replace("Sở Nội vụ", "Sở Y tế"), encoding="utf-8")
    convert_all(inbox, plan)
    assert _sources(plan.folder, "1") == {None}


def test_a_feed_that_was_taken_away_is_written_anew(inbox: Path, tmp_path: Path) -> None:
    plan = Plan(tmp_path / "out", ("jsonl",), 1)
    convert_all(inbox, plan)
    feed = plan.folder / FILE
    whole = feed.read_bytes()
    feed.unlink()
    convert_all(inbox, plan)
    assert feed.read_bytes() == whole


def test_a_letter_that_changes_while_it_is_read_frees_its_copies(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    plan = Plan(tmp_path)
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path in paths:
        path.write_text("same")
    desk = _Desk(plan, ledger, {}, {}, deque())
    sent = list(desk.sorted_out(Job(path, path.stem) for path in paths))
    assert [work.target for work in sent if isinstance(work, Work)] == ["a"]
    desk.landed(Outcome(source=str(paths[0]), target="a", sha256="of another content"))
    assert [work.target for work in desk.remaining()] == ["b"]
    ledger.close()


def test_workers_end_with_a_run_that_is_killed_outright(inbox: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "extract", str(inbox), "-o", str(tmp_path / "out")]
    process = subprocess.Popen([*command, "--jobs", "1"], stdout=subprocess.DEVNULL)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    if not children.parent.exists():
        pytest.skip("no /proc to look for workers")
    while not (workers := children.read_text().split()):
        time.sleep(0.01)
    process.kill()
    process.wait()
    for worker in workers:
        while Path(f"/proc/{worker}").exists():
            time.sleep(0.05)


def test_a_lost_ledger_leaves_the_feed_as_it_stands(inbox: Path, tmp_path: Path) -> None:
    plan = Plan(tmp_path / "out", ("jsonl",), 1)
    convert_all(inbox, plan)
    feed = plan.folder / FILE
    whole = feed.read_bytes()
    feed.write_bytes(whole + b'{"half')
    for ledger in plan.folder.glob(".congvan.sqlite*"):
        ledger.unlink()
    letter = inbox / "2.txt"
    letter.write_text(letter.read_text(encoding="utf-8").replace("102 /CTr", "999 /CTr"), "utf-8")
    assert convert_all(inbox, plan) == Totals(read=4)
    after = feed.read_bytes()
    assert after.startswith(whole)
    (line,) = after[len(whole) :].splitlines()
    assert json.loads(line)["letter"]["number"]["sequence"] == "999"
    convert_all(inbox, plan)
    assert feed.read_bytes() == after


WARM = "from pipeline.patterns import warm_up; warm_up()"


def started(cache: Path, seed: str) -> Path:
    """The file of what a start has worked out, with Python's hashes in the order of the seed."""
    env = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONHASHSEED": seed}
    subprocess.run([sys.executable, "-c", WARM], env=env, check=True)
    (kept,) = (cache / "congvan").iterdir()
    return kept


def test_a_second_start_works_nothing_out_anew(tmp_path: Path) -> None:
    kept = started(tmp_path, "1")
    written = kept.stat().st_mtime_ns
    assert started(tmp_path, "2").stat().st_mtime_ns == written


def test_a_damaged_file_of_kept_answers_is_written_anew(tmp_path: Path) -> None:
    kept = started(tmp_path, "1")
    whole = kept.read_bytes()
    middle = len(whole) // 2
    kept.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    damaged = kept.read_bytes()
    assert started(tmp_path, "1").read_bytes() != damaged


def test_what_a_killed_run_left_half_written_is_taken_away(tmp_path: Path) -> None:
    left, written = tmp_path / ".left.part", tmp_path / ".written.part"
    for path in (left, written):
        path.touch()
    os.utime(left, (0, 0))
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == [written]


def test_letters_of_one_name_in_two_folders_are_two_in_the_feed(
    inbox: Path, tmp_path: Path
) -> None:
    for folder in ("2021", "2022"):
        (inbox / folder).mkdir()
        shutil.move(inbox / ("0.txt" if folder == "2021" else "1.txt"), inbox / folder / "a.txt")
    (inbox / "2.html").write_text("<p>Số: 5/KH-UBND</p>", encoding="utf-8")
    plan = Plan(tmp_path / "out", ("jsonl",), 1)
    convert_all(inbox, plan)
    lines = (plan.folder / FILE).read_text(encoding="utf-8").splitlines()
    names = [json.loads(line)["source"]["name"] for line in lines]
    assert sorted(names) == ["2.html", "2.txt", "2021/a.txt", "2022/a.txt", "3.txt"]


def test_a_table_is_written_anew_only_where_a_program_has_changed(
    inbox: Path, tmp_path: Path
) -> None:
    plan = Plan(tmp_path / "out", ("csv",), 1)
    convert_all(inbox, plan)
    table = plan.folder / "tasks.csv"
    whole = table.read_bytes()
    table.write_bytes(whole + b"by hand")
    convert_all(inbox, plan)
    assert table.read_bytes() == whole + b"by hand"
    letter = inbox / "2.txt"
    letter.write_text(letter.read_text("utf-8").replace("102 /CTr", "999 /CTr"), "utf-8")
    convert_all(inbox, plan)
    assert b"999/CTr" in table.read_bytes()
    table.unlink()
    convert_all(inbox, plan)
    assert table.exists()


def test_where_nothing_temporary_can_be_written_the_letters_stay_read(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["extract", str(inbox), "-o", str(tmp_path / "out"), "--format", "xlsx"]
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "full"))
    ended = CliRunner().invoke(app, command)
    assert ended.exit_code == BROKEN
    assert "TMPDIR" in ended.output
    assert len(list((tmp_path / "out").glob("?.json"))) == 4
    assert not list((tmp_path / "out").glob("tasks.*"))
    monkeypatch.undo()
    assert convert_all(inbox, Plan(tmp_path / "out", ("xlsx",), 1)) == Totals(kept=4)
    assert (tmp_path / "out" / "tasks.xlsx").exists()


def test_of_many_letters_some_are_told_and_all_are_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = Summary(number="1/KH-UBND", issued=None, subject=None, tasks=1, without_owner=0,
                      without_date=0, doubts=0)  # fmt: skip
    failure = Failure(code="file.empty", reason="Tệp rỗng.", advice="", english="")
    totals = Totals()
    with Screen(140) as screen:
        for number in range(140):
            outcome = Outcome(
                source=f"{number}.txt", target=f"{number}", sha256="0",
                summary=summary if number % 2 else None,
                failure=None if number % 2 else failure,
            )  # fmt: skip
            screen.told(outcome, False)
            totals = counted(totals, outcome, False)
    screen.summary(totals, Plan(tmp_path))
    told = capsys.readouterr().out
    assert "… và 10 văn bản nữa, xem report.json." in told
    assert "… và 10 văn bản nữa không đọc được" in told
    assert told.count("Tệp rỗng.") == ROWS
    assert "Đã đọc 70, giữ nguyên 0, không đọc được 70." in told
