"""What do readers make of damaged files? Each is read in a worker bounded in time and memory.

    python benchmarks/fuzz.py [letter or folder …] --files 1000 --seed 1 [-o FOUND] [--only pdf]

Letters: the samples, the files of the tests, and what is made of them once (HTML, Markdown,
XLSX, ODT, small scans). A file is read or refused with a reason; anything else is a fault: the
worker died (`limit.crash`), ran out of time or memory, or something other than a ReadError came
out. A fault is told by the seed and its number, and its file is kept in FOUND.

Printed: files, read, refused by code for each format; what the door took for damage, by the
place that raised it; the slowest files; the faults. Ends with 1 where there is a fault.
"""

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from fuzz_seeds import letters
from mutations import Mutant, mutant

from pipeline.convert import Work
from pipeline.errors import ReadError
from pipeline.parse import parse_bytes
from pipeline.readers.limits import Limits
from pipeline.workers import Kept, crew, outcomes
from schemas.outcome import Failure, Outcome

FAULTS = ("limit.crash", "limit.time", "limit.memory", "congvan.bug")
SLOW = 12


def main() -> None:
    asked = arguments()
    folder = asked.output or Path(tempfile.mkdtemp(prefix="fuzz-"))
    seeds = [path for path in letters(asked.paths, folder / "seeds") if wanted(path, asked.only)]
    limits = Limits(seconds=asked.seconds, memory=asked.memory * 2**20)
    found: list[Outcome] = []
    with suppress(KeyboardInterrupt):  # what was read until then is told
        for outcome in read_all(seeds, asked, limits):
            found.append(outcome)
    report(seeds, asked, found)
    faults = [outcome for outcome in found if outcome.failure and outcome.failure.code in FAULTS]
    for outcome in faults:
        tell(outcome, kept_mutant(seeds, asked.seed, int(outcome.target), folder))
    print(f"\n{len(found)} files, {len(faults)} faults; seed {asked.seed}")
    sys.exit(bool(faults))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--first", type=int, default=0, help="number of the first file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--memory", type=int, default=2048, help="megabytes of a worker")
    parser.add_argument("--only", default="", help="suffixes: pdf,docx")
    parser.add_argument("-o", "--output", type=Path)
    return parser.parse_args()


def wanted(path: Path, only: str) -> bool:
    return not only or path.suffix[1:] in only.split(",")


def read_all(seeds: Sequence[Path], asked: argparse.Namespace, limits: Limits) -> Iterator[Outcome]:
    """What becomes of each damaged file; `Work.source` is never opened, its name tells them."""
    global SEEDS, SEED  # what forked workers make the files from
    SEEDS, SEED = tuple(seeds), asked.seed
    works = (
        Work(seeds[number % len(seeds)], str(number), Path(), (), limits)
        for number in range(asked.first, asked.first + asked.files)
    )
    with crew(asked.jobs, limits.seconds, limits.memory, call=read_one) as hands:
        for outcome in outcomes(hands, works):
            if not isinstance(outcome, Kept):
                yield outcome


SEEDS: tuple[Path, ...] = ()
SEED = 0


def read_one(work: Work) -> Outcome:
    """Read one damaged file; `twin` tells the milliseconds, `sha256` what the door wrapped."""
    made = mutant(SEEDS, SEED, int(work.target))
    start = time.perf_counter()
    failure, wrapped = None, ""
    try:
        parse_bytes(made.data, made.name, work.limits)
    except ReadError as error:
        failure = Failure(code=error.code, reason=error.reason, advice="", english=error.english)
        wrapped = raised_at(error.__cause__) if error.code == "file.damaged" else ""
    except Exception:
        trace = traceback.format_exc()
        failure = Failure(code="congvan.bug", reason=trace.splitlines()[-1], advice="",
                          english=trace, bug=True)  # fmt: skip
    spent = f"{1000 * (time.perf_counter() - start):.0f}"
    source = os.fspath(work.source)
    return Outcome(source=source, target=work.target, sha256=wrapped, twin=spent, failure=failure)


def raised_at(cause: BaseException | None) -> str:
    """The exception and the deepest place of our own that it went through."""
    if cause is None:
        return ""
    frames = traceback.extract_tb(cause.__traceback__)
    ours = [frame for frame in frames if "/pipeline/" in frame.filename] or frames
    place = ours[-1]
    return f"{type(cause).__name__} at {place.filename.split('pipeline/')[-1]}:{place.lineno}"


def report(seeds: Sequence[Path], asked: argparse.Namespace, found: Sequence[Outcome]) -> None:
    print(f"{len(seeds)} letters, numbers from {asked.first}, {asked.seconds:g} s, "
          f"{asked.memory} MB\n")  # fmt: skip
    print("| format | files | read | refused, by code |\n|---|--:|--:|---|")
    for suffix in sorted({Path(outcome.source).suffix for outcome in found}):
        print(row(suffix, [o for o in found if Path(o.source).suffix == suffix]))
    wrapped = Counter(outcome.sha256 for outcome in found if outcome.sha256)
    print("\nTaken for damage at the door:")
    for place, count in wrapped.most_common(25):
        numbers = [outcome.target for outcome in found if outcome.sha256 == place][:3]
        print(f"{count:5} {place}  (e.g. {', '.join(numbers)})")
    print("\nSlowest:")
    for outcome in sorted(found, key=lambda o: -float(o.twin or 0))[:SLOW]:
        print(f"{outcome.twin or '-':>7} ms  {outcome.target}  {outcome.source}")


def row(suffix: str, found: Sequence[Outcome]) -> str:
    codes = Counter(outcome.failure.code for outcome in found if outcome.failure)
    refused = ", ".join(f"{code} {count}" for code, count in codes.most_common())
    return f"| {suffix} | {len(found)} | {len(found) - codes.total()} | {refused} |"


def kept_mutant(seeds: Sequence[Path], seed: int, number: int, folder: Path) -> tuple[Path, Mutant]:
    made = mutant(seeds, seed, number)
    path = folder / f"{seed}-{number}{Path(made.name).suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.data)
    return path, made


def tell(outcome: Outcome, kept: tuple[Path, Mutant]) -> None:
    path, made = kept
    print(f"\nFAULT {outcome.failure and outcome.failure.code} number {outcome.target}: {path}")
    print(f"      {made.made}")
    if outcome.failure:
        print(outcome.failure.english)


if __name__ == "__main__":
    main()
