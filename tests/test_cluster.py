"""The same letters on a cluster of two machines: the same bytes, also when a machine is lost."""

import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import Plan, Totals, run
from pipeline.cluster import Errand, extract_on_ray, letters, read_letter
from pipeline.convert import Work
from pipeline.errors import MissingExtra
from pipeline.inbox import NoSuchInput, find_letters
from pipeline.readers.limits import Limits
from pipeline.remote import Remote, opened

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
SAMPLES = Path(__file__).parent.parent / "samples"
SEED = SAMPLES / "tune" / "kon-tum-2021" / "letter.txt"
BROKEN = SAMPLES / "broken" / "truncated-pdf" / "letter.pdf"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Twelve letters in two folders, one of them broken."""
    text = SEED.read_text(encoding="utf-8")
    folder = tmp_path / "inbox"
    (folder / "2021").mkdir(parents=True)
    for number in range(11):
        name = f"2021/{number:02}.txt" if number % 2 else f"{number:02}.txt"
        letter = text.replace("1170 /CTr", f"{100 + number} /CTr")
        (folder / name).write_text(letter, encoding="utf-8")
    shutil.copy(BROKEN, folder / "broken.pdf")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head and a second machine, as processes of this one."""
    ray = pytest.importorskip("ray", reason="the extra `cluster` is not installed")
    from ray.cluster_utils import Cluster

    machines = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    machines.add_node(num_cpus=1)
    ray.init(address=machines.address, log_to_driver=False)
    yield machines
    ray.shutdown()
    machines.shutdown()


def locally(inbox: Path, folder: Path, formats: tuple[str, ...]) -> dict[str, bytes]:
    run(find_letters([str(inbox)]), Plan(folder, formats, 1))
    return contents(folder)


def test_a_cluster_writes_what_one_machine_writes(
    cluster: Any, inbox: Path, tmp_path: Path
) -> None:
    formats = ("json", "html", "jsonl", "csv")
    output = tmp_path / "cluster"
    plan = Plan(Remote(f"file://{output}"), formats, None)
    assert extract_on_ray([f"file://{inbox}"], plan).failed == 1
    found, wanted = contents(output), locally(inbox, tmp_path / "local", formats)
    failures = json.loads(found.pop("failures.jsonl"))
    assert failures["code"] == json.loads(wanted.pop("failures.jsonl"))["code"]
    assert failures["source"] == f"file://{inbox}/broken.pdf"
    assert found == wanted
    times = {path: path.stat().st_mtime_ns for path in output.rglob("*.html")}
    assert extract_on_ray([f"file://{inbox}"], plan).failed == 1
    assert times == {path: path.stat().st_mtime_ns for path in output.rglob("*.html")}
    assert contents(output)["programs.jsonl"] == wanted["programs.jsonl"]
    (inbox / "broken.pdf").write_bytes(SEED.read_bytes())
    assert extract_on_ray([f"file://{inbox}"], plan) == Totals(read=1, kept=11)
    shutil.copy(BROKEN, inbox / "broken.pdf")
    assert extract_on_ray([f"file://{inbox}"], plan) == Totals(failed=1, kept=11)
    plan = plan._replace(jobs=1)
    assert extract_on_ray([f"file://{inbox}"], plan._replace(retry_failed=True)).failed == 1
    assert extract_on_ray([f"file://{inbox}"], plan._replace(force=True)) == Totals(11, 1)


def test_the_letters_of_a_lost_machine_are_read_by_another(
    cluster: Any, inbox: Path, tmp_path: Path
) -> None:
    third = cluster.add_node(num_cpus=2)
    output = tmp_path / "cluster"
    loss = threading.Thread(target=_lose, args=(cluster, third, output))
    loss.start()
    assert extract_on_ray([str(inbox)], Plan(output, jobs=None)).failed == 1
    loss.join()
    assert contents(output) == locally(inbox, tmp_path / "local", ("json",))


def _lose(cluster: Any, machine: Any, output: Path) -> None:
    """Take a machine away as soon as the first letter has been read."""
    while not list(output.rglob("*.json")):
        time.sleep(0.01)
    cluster.remove_node(machine, allow_graceful=False)


def test_letters_under_an_address_are_named_as_local_ones(inbox: Path) -> None:
    pytest.importorskip("fsspec", reason="the extra `cluster` is not installed")
    (inbox / "~$lock.docx").touch()
    (inbox / "00.docx").touch()
    local = {job.target for job in find_letters([str(inbox)])}
    assert {letter.target for letter in letters([f"file://{inbox}"])} == local
    assert [letter.target for letter in letters([f"file://{inbox}/2021/0*.txt"])] == [
        "01", "03", "05", "07", "09",
    ]  # fmt: skip
    with pytest.raises(NoSuchInput):
        list(letters([f"file://{inbox}/nowhere"]))


def test_a_letter_in_a_store_of_objects(tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason="the extra `cluster` is not installed")
    source, folder = Remote("memory://inbox/letter.txt"), Remote("memory://out")
    source.put(SEED)
    errand = Errand(Work(source, "2021/letter", folder, ("json", "html"), Limits()), None)
    outcome = read_letter(errand)
    assert outcome is not None
    assert outcome.source == "memory://inbox/letter.txt"
    assert json.loads((folder / "2021/letter.json").read_bytes())["source"]["name"] == "letter.txt"
    assert read_letter(errand._replace(known=outcome.sha256)) is None, "unchanged"
    assert opened("memory://out/2021/letter.html")[0].exists("/out/2021/letter.html")


def _slow(data: bytes, name: str, limits: Limits) -> None:
    try:
        time.sleep(60)
    except Exception:
        return


def _greedy(data: bytes, name: str, limits: Limits) -> None:
    bytearray(8 << 30)


@pytest.mark.parametrize(("reader", "code"), [(_slow, "limit.time"), (_greedy, "limit.memory")])
def test_a_letter_keeps_its_bounds_on_a_cluster(
    reader: Callable[..., None], code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.parse.parse_bytes", reader)
    limits = Limits(seconds=0.3, memory=4 << 30)
    outcome = read_letter(Errand(Work(SEED, "letter", tmp_path, ("json",), limits), None))
    assert outcome is not None
    assert outcome.failure is not None
    assert outcome.failure.code == code


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with pytest.raises(MissingExtra) as caught:
        extract_on_ray([str(SEED)], Plan(tmp_path))
    assert "-e '.[cluster]'" in caught.value.advice
