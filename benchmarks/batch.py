"""How many letters a second does a batch read, what memory does it hold, and is nothing lost?

    python benchmarks/batch.py [--letters 10000] [--jobs 2] [--seed 8]

Makes letters (benchmarks/letters.py) and runs `congvan extract` on them as a user would, looking
at the memory of its processes twice a second. Then come letters of five pages as PDF with a text
layer, and the start of the command line and of one letter. Ends with 1 where a letter was lost or
a whole one failed. Needs psutil and reportlab (extra `bench`).
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import psutil
from letters import Order, make

CONGVAN = (sys.executable, "-m", "pipeline")
ROOT = Path(__file__).parent.parent
KEPT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As a user's machine: Python keeps the bytecode of an earlier start."""
FIVE = 200
"""Letters of five pages for the figure of PDF reading."""
ROUNDS = 5


class Memory(NamedTuple):
    """Megabytes at one moment: the parent, and the largest and the sum of its workers.

    Unique set size: pages that workers share with the parent count once.
    """

    second: float
    parent: float
    largest: float
    workers: float


class Ran(NamedTuple):
    """A finished run."""

    seconds: float
    processor: float
    code: int
    memory: list[Memory]


def run(inbox: Path, out: Path, jobs: int, formats: str) -> Ran:
    """Run `congvan extract` and look at its memory."""
    command = [*CONGVAN, "extract", str(inbox), "-o", str(out), "--jobs", str(jobs)]
    begun, seen = time.monotonic(), []
    used = os.times()
    with (out.parent / "run.log").open("wb") as log:
        process = psutil.Popen([*command, "--format", formats], stdout=log, stderr=log, cwd=ROOT)
        while process.poll() is None:
            seen.extend(_memory(process, time.monotonic() - begun))
            time.sleep(0.5)
    after = os.times()
    processor = after.children_user + after.children_system
    processor -= used.children_user + used.children_system
    return Ran(time.monotonic() - begun, processor, process.returncode, seen)


def _memory(process: psutil.Popen, second: float) -> list[Memory]:
    try:
        workers = [_megabytes(child) for child in process.children(recursive=True)]
        return [Memory(second, _megabytes(process), max(workers, default=0.0), sum(workers))]
    except psutil.Error:  # a process that has just ended
        return []


def _megabytes(process: psutil.Process) -> float:
    return float(process.memory_full_info().uss) / 2**20


def told(inbox: Path, out: Path, ran: Ran) -> None:
    """Print what the run came to."""
    report = json.loads((out / "report.json").read_text())
    pages = sum(json.loads(path.read_bytes())["source"]["pages"] for path in _programs(out))
    size = sum(path.stat().st_size for path in inbox.rglob("*.*"))
    print(f"{report['letters']} letters, {pages} pages, {size / 2**20:.0f} MB in")
    print(f"{ran.seconds:.1f} s: {report['letters'] / ran.seconds:.1f} letters a second,")
    print(f"  {pages / ran.seconds:.1f} pages a second; load {os.getloadavg()[1]:.1f}")
    print(f"processor: {1000 * ran.processor / report['letters']:.0f} ms a letter,")
    print(f"  {1000 * ran.processor / max(pages, 1):.1f} ms a page, all processes together")
    tenth = max(len(ran.memory) // 10, 1)
    print("MB (unique) at each tenth of the run: parent, largest worker, all workers")
    for moment in ran.memory[::tenth]:
        print(f"  {moment.second:7.1f} s {moment.parent:7.0f} {moment.largest:7.0f}", end="")
        print(f" {moment.workers:7.0f}")
    print(f"peak: parent {max(m.parent for m in ran.memory):.0f} MB,", end=" ")
    print(f"worker {max(m.largest for m in ran.memory):.0f} MB")


def _programs(out: Path) -> list[Path]:
    return [path for path in out.rglob("*.json") if path.parent != out]


def lost(inbox: Path, out: Path, spoilt: set[str]) -> list[str]:
    """What is wrong: letters neither read nor failed, whole ones failed, broken ones read."""
    names = {path.name for path in inbox.rglob("*.*")}
    read = {json.loads(path.read_bytes())["source"]["name"] for path in _programs(out)}
    lines = (out / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    failed = {Path(json.loads(line)["source"]).name: json.loads(line)["code"] for line in lines}
    print(f"{len(names)} letters in = {len(read)} read + {len(failed)} failed,", end=" ")
    print(f"{len(spoilt)} were broken: {dict(Counter(failed.values()))}")
    return [
        *(f"lost: {name}" for name in sorted(names - read - failed.keys())),
        *(f"a whole letter failed: {name} {failed[name]}" for name in failed.keys() - spoilt),
        *(f"a broken letter was read: {name}" for name in sorted(spoilt & read)),
    ]


def start(*words: str) -> str:
    """Seconds from the call to the end, the median and the range of some rounds."""
    seconds = []
    for _ in range(ROUNDS):
        begun = time.monotonic()
        command = [*CONGVAN, *words]
        subprocess.run(command, cwd=ROOT, env=KEPT, stdout=subprocess.DEVNULL, check=False)
        seconds.append(time.monotonic() - begun)
    return f"{statistics.median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--letters", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--formats", default="json,jsonl,xlsx")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"== {asked.letters} letters of 1 to 15 pages, every format, {asked.jobs} jobs")
        spoilt = make(folder / "inbox", Order(asked.letters, asked.seed))
        ran = run(folder / "inbox", folder / "out", asked.jobs, asked.formats)
        told(folder / "inbox", folder / "out", ran)
        wrong = lost(folder / "inbox", folder / "out", spoilt)
        count = min(FIVE, asked.letters)
        print(f"\n== {count} letters of 5 pages, PDF with a text layer, {asked.jobs} jobs")
        make(folder / "five", Order(count, asked.seed, (5, 5), ("pdf",), 0))
        ran = run(folder / "five", folder / "five-out", asked.jobs, "json")
        told(folder / "five", folder / "five-out", ran)
        print("\n== start")
        one = next((folder / "five").rglob("*.pdf"))
        print("congvan --help:", start("--help"))
        print("one letter of 5 pages:", start("extract", str(one), "-o", name + "/one", "--force"))
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
