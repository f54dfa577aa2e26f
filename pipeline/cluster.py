"""Letters on a cluster: the same reading of a letter, as tasks of Ray (extra `cluster`).

Each letter is one task, so that a lost worker or machine costs the letters in its hands alone,
and Ray gives those to others. Letters and results may lie wherever every machine reaches them: a
shared folder or a store of objects. What was done stands in the output folder's ledger, as after
a run on one machine, so a second run reads only what has changed.
"""

import os
import posixpath
import resource
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from pipeline.batch import Plan, Totals, also_written, counted, finish, own_name
from pipeline.bounds import OutOfTime, in_time
from pipeline.convert import Work, convert, failed, failure_of
from pipeline.inbox import NoSuchInput, find_letters, is_letter, targets
from pipeline.ledger import FILE, Ledger
from pipeline.patterns import warm_up
from pipeline.progress import Screen
from pipeline.readers.limits import Limits
from pipeline.remote import Place, Remote, missing_cluster, opened
from pipeline.workers import bound_memory, crashed, out_of_memory, out_of_time
from pipeline.writers import require
from schemas.outcome import Outcome

IN_FLIGHT = 4
"""Letters given out for each processor of the cluster: none waits for the next one."""
ANEW = 3
"""Times that a letter is given to another worker when its worker is lost."""
LETTERS = 1000
"""Letters between two copies of the ledger to the output folder."""


class Errand(NamedTuple):
    """A letter for a worker. `known`: the content that was read before; unchanged, it is kept.

    `stands`: its files are there in every format asked; else they are written from its program.
    """

    work: Work
    known: str | None
    stands: bool = True


def extract_on_ray(
    inputs: Sequence[str], plan: Plan, address: str | None = None, lang: str = "vi"
) -> Totals:
    """Read the letters of the inputs on the cluster at `address` (None: this machine).

    Every file of the output is that of a run on one machine.
    """
    require(plan.formats)
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # nothing is told to anyone
    try:
        import ray
    except ImportError as error:
        raise missing_cluster() from error
    ours = not ray.is_initialized()
    if ours:
        ray.init(address=address, include_dashboard=False, log_to_driver=False)
    try:
        return _extract(inputs, plan._replace(folder=_reached(plan.folder)), lang)
    finally:
        if ours:
            ray.shutdown()


def _extract(inputs: Sequence[str], plan: Plan, lang: str) -> Totals:
    totals = Totals()
    with _ledger(plan.folder) as (ledger, set_down), Screen(_count(inputs), lang) as screen:
        for number, (outcome, kept) in enumerate(_outcomes(inputs, plan, ledger), 1):
            screen.told(outcome, kept)
            totals = counted(totals, outcome, kept)
            if number % LETTERS == 0:
                set_down()
        finish(plan, ledger)
    screen.summary(totals, plan)
    return totals


def _count(inputs: Sequence[str]) -> int:
    return sum(1 for _ in letters(inputs))


@contextmanager
def _ledger(folder: Place) -> Iterator[tuple[Ledger, Callable[[], None]]]:
    """The ledger of the output folder, and how to set it down where that is remote."""
    if isinstance(folder, Path):
        folder.mkdir(parents=True, exist_ok=True)
        ledger = Ledger(folder)
        try:
            yield ledger, lambda: None
        finally:
            ledger.close()
        return
    with TemporaryDirectory() as here:
        copy, file = Path(here) / FILE, folder / FILE
        if file.exists():
            copy.write_bytes(file.read_bytes())
        ledger = Ledger(Path(here))

        def set_down() -> None:
            fresh = Path(here) / "fresh.sqlite"
            fresh.write_bytes(ledger.image())
            file.put(fresh)

        try:
            yield ledger, set_down
        finally:
            set_down()
            ledger.close()


# --- The letters ---------------------------------------------------------------------------------


class Letter(NamedTuple):
    """A letter to read and its name in the output folder."""

    source: Place
    target: str


def letters(inputs: Sequence[str]) -> Iterator[Letter]:
    """Every letter that the arguments name; folders of addresses are walked as local ones are."""
    here = [text for text in inputs if "://" not in text]
    for job in find_letters(here):
        yield Letter(_reached(job.source), job.target)
    there = [text for text in inputs if "://" in text]
    for text in there:
        under = PurePosixPath() if len(inputs) == 1 else PurePosixPath(Remote(text).name)
        yield from _remote_letters(text, under)


def _remote_letters(text: str, under: PurePosixPath) -> Iterator[Letter]:
    system, path = opened(text)
    if "*" in text:
        files = sorted(str(file) for file in system.glob(path))
        yield from _named(system, [file for file in files if system.isfile(file)], PurePosixPath())
    elif system.isfile(path):
        yield from _named(system, [path], PurePosixPath())
    elif system.isdir(path):
        yield from _walk(system, path, under)
    else:
        raise NoSuchInput(text)


def _walk(system: Any, folder: str, under: PurePosixPath) -> Iterator[Letter]:
    listing = sorted(system.ls(folder, detail=True), key=lambda entry: str(entry["name"]))
    files = [str(entry["name"]) for entry in listing if entry["type"] == "file"]
    letters = [file for file in files if is_letter(posixpath.basename(file))]
    yield from _named(system, letters, under)
    for entry in listing:
        name = posixpath.basename(str(entry["name"]).rstrip("/"))
        if entry["type"] == "directory" and not name.startswith("."):
            yield from _walk(system, str(entry["name"]), under / name)


def _named(system: Any, files: Sequence[str], under: PurePosixPath) -> Iterator[Letter]:
    names = [posixpath.basename(file) for file in files]
    for file, target in zip(files, targets(under, names), strict=True):
        yield Letter(Remote(system.unstrip_protocol(file)), target)


def _reached(path: Place) -> Place:
    """The place as another process names it."""
    return path.resolve() if isinstance(path, Path) else path


# --- Their reading --------------------------------------------------------------------------------


def _outcomes(inputs: Sequence[str], plan: Plan, ledger: Ledger) -> Iterator[tuple[Outcome, bool]]:
    """What becomes of each letter as it comes back, and whether it was kept."""
    import ray

    task = ray.remote(max_retries=ANEW)(read_letter)
    most = plan.jobs or IN_FLIGHT * max(int(_processors()), 1)
    flying: dict[Any, Errand] = {}
    for letter in letters(inputs):
        target = own_name(letter.source, letter.target, ledger)
        formats = also_written(plan, target, ledger)
        work = Work(letter.source, target, plan.folder, formats, plan.limits)
        stands = set(plan.letterwise) <= set(ledger.formats(target))
        errand = Errand(work, _known(plan, ledger, target), stands)
        flying[task.remote(errand)] = errand
        if len(flying) >= most:
            yield _landed(flying, ledger)
    while flying:
        yield _landed(flying, ledger)


def _known(plan: Plan, ledger: Ledger, target: str) -> str | None:
    """The content of which it is known what becomes of it; None: the letter is read anyhow."""
    return None if plan.force else ledger.content(target, not plan.retry_failed)


def _processors() -> float:
    import ray

    resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
    return resources.get("CPU", 1.0)


def _landed(flying: dict[Any, Errand], ledger: Ledger) -> tuple[Outcome, bool]:
    """The next letter that is done, set down."""
    import ray

    (done, *_), _ = ray.wait(list(flying), num_returns=1)
    work, known, _ = flying.pop(done)
    try:
        outcome = ray.get(done)
    except ray.exceptions.RayTaskError as error:
        raise (error.cause or error) from error  # the output folder failed, not the letter
    except ray.exceptions.RayError as error:
        content = _content(work.source) or ""
        outcome = failed(work, content, failure_of(crashed(type(error).__name__)))
    if outcome is None:
        before = ledger.done(work.target, known or "")
        if before is not None:
            return before, True
        raise RuntimeError(f"kept, but not in the ledger: {work.target}")
    ledger.record(outcome, work.formats)
    return outcome, False


def read_letter(errand: Errand) -> Outcome | None:
    """Read a letter within its bounds, on any machine; None: its content is the known one."""
    work, known, stands = errand
    if known is not None and _content(work.source) == known:
        if stands:
            return None
        work = work._replace(twin=work.target)
    warm_up()
    try:
        with _bounds(work.limits):
            return convert(work)
    except MemoryError:
        return failed(work, _content(work.source) or "", failure_of(out_of_memory(work.limits)))
    except OutOfTime:
        return failed(work, _content(work.source) or "", failure_of(out_of_time(work.limits)))


def _content(source: Place) -> str | None:
    """SHA-256 of a letter; None where it cannot be got, which its reading will tell."""
    try:
        return sha256(source.read_bytes()).hexdigest()
    except OSError:
        return None


@contextmanager
def _bounds(limits: Limits) -> Iterator[None]:
    """Bound time and memory; what was allowed before is allowed again."""
    before = resource.getrlimit(resource.RLIMIT_DATA)
    bound_memory(limits.memory)
    try:
        with in_time(limits.seconds):
            yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
