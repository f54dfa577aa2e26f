"""Many letters: what is to be done, done side by side, set down, and told at the end."""

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pipeline.convert import Work
from pipeline.feed import feed, program_at
from pipeline.inbox import Job
from pipeline.ledger import Ledger
from pipeline.readers.limits import Limits
from pipeline.remote import Place, place
from pipeline.workers import Kept, crew, outcomes
from pipeline.writers import BATCH_WRITERS, FEED, WRITERS, save, sweep, write_side_by_side
from schemas.outcome import Outcome
from schemas.program import Program


class Plan(NamedTuple):
    """How a batch is to run. `jobs`: letters read at once; None: one for each processor.

    The formats are made from "json", which is always written.
    """

    folder: Place
    formats: tuple[str, ...] = ("json",)
    jobs: int | None = 1
    limits: Limits = Limits()
    force: bool = False
    retry_failed: bool = False

    @property
    def letterwise(self) -> tuple[str, ...]:
        """The formats with one file a letter, json first."""
        asked = set(self.formats) | {"json"}
        return tuple(name for name in WRITERS if name in asked)


class Totals(NamedTuple):
    """What a run came to. `kept`: letters that were done before and have not changed."""

    read: int = 0
    failed: int = 0
    kept: int = 0
    bugs: int = 0


Told = Callable[[Outcome, bool], None]
"""Called with each outcome as it comes, and whether it was kept from an earlier run."""


def run(jobs: Iterable[Job], plan: Plan, told: Told = lambda outcome, kept: None) -> Totals:
    """Convert every letter that is not done yet, then write what concerns the whole folder."""
    folder = Path(plan.folder)
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    ledger = Ledger(folder)
    try:
        totals = Totals()
        for outcome, kept in _converted(jobs, plan, ledger):
            told(outcome, kept)
            totals = counted(totals, outcome, kept)
        finish(plan, ledger)
        return totals
    finally:
        ledger.close()


def _converted(jobs: Iterable[Job], plan: Plan, ledger: Ledger) -> Iterator[tuple[Outcome, bool]]:
    """Each letter's outcome; twins wait until their first copy has been read."""
    desk = _Desk(plan, ledger, ",".join(plan.letterwise), reading={}, sent={}, ready=deque())
    with crew(plan.jobs or os.cpu_count() or 1, plan.limits.seconds, plan.limits.memory) as hands:
        for works in (desk.sorted_out(jobs), desk.remaining()):
            for outcome in outcomes(hands, works):
                if isinstance(outcome, Kept):
                    yield outcome.outcome, True
                else:
                    yield desk.landed(outcome), False


class _Desk(NamedTuple):
    """Sorts the letters: done before, the same as one that is being read, or to be read.

    `reading`: by content, the letters that wait for the one that is being read; `sent`: the
    content by the name of the letter that is being read; `ready`: the letters that need wait no
    longer. None of them grows with the batch.
    """

    plan: Plan
    ledger: Ledger
    marks: str
    reading: dict[str, list[Job]]
    sent: dict[str, str]
    ready: deque[Job]

    def sorted_out(self, jobs: Iterable[Job]) -> Iterator[Work | Kept]:
        """The letters to be read now, and those that are kept."""
        for job in jobs:
            yield from self.remaining()
            content = _content(job.source)
            known = self._known(job, content)
            if known:
                yield Kept(known)
            elif content and content in self.reading:
                self.reading[content].append(job)
            else:
                self.reading[content] = []
                work = self._work(job, self._twin(content))
                self.sent[work.target] = content
                yield work

    def remaining(self) -> Iterator[Work]:
        """The letters whose content has been read under another name."""
        while self.ready:
            job = self.ready.popleft()
            yield self._work(job, self.ledger.twin(_content(job.source)))

    def landed(self, outcome: Outcome) -> Outcome:
        """Set down what became of a letter; those of the same content need wait no longer."""
        signed = _signed(outcome)
        self.ledger.record(signed, self.marks)
        content = self.sent.pop(signed.target, "")
        self.ready.extend(self.reading.pop(content, ()))
        return signed

    def _known(self, job: Job, content: str) -> Outcome | None:
        """What became of the letter in an earlier run, where that holds."""
        if self.plan.force:
            return None
        known = self.ledger.done(own_name(job.source, job.target, self.ledger), content, self.marks)
        if known is None or (known.failure and self.plan.retry_failed):
            return None
        return known if known.failure or self._stands(known.target) else None

    def _stands(self, target: str) -> bool:
        """Are all files of a letter that was read still there, and not empty?"""
        folder = Path(self.plan.folder)
        files = [folder / (target + WRITERS[name].suffix) for name in self.plan.letterwise]
        return all(file.exists() and file.stat().st_size for file in files)

    def _twin(self, content: str) -> str | None:
        """A letter of the same content that has been read and whose program is still there."""
        twin = None if self.plan.force else self.ledger.twin(content)
        return twin if twin and self._stands(twin) else None

    def _work(self, job: Job, twin: str | None) -> Work:
        plan = self.plan
        target = own_name(job.source, job.target, self.ledger)
        return Work(job.source, target, plan.folder, plan.letterwise, plan.limits, twin)


def own_name(source: Place, target: str, ledger: Ledger) -> str:
    """The letter's name, told apart where an earlier run gave it to another letter."""
    owner, address = ledger.owner(target), _address(source)
    if owner is None or _address(place(owner)) == address:
        return target
    return f"{target}-{sha256(address.encode()).hexdigest()[:8]}"


def _address(source: Place) -> str:
    return str(source.resolve() if isinstance(source, Path) else source)


def _signed(outcome: Outcome) -> Outcome:
    """The outcome with its content told, also where the worker died with it."""
    if outcome.sha256:
        return outcome
    return Outcome(**{**dict(outcome), "sha256": _content(Path(outcome.source))})


def _content(path: Path) -> str:
    """SHA-256 of a file; empty where it cannot be read, which its worker will tell."""
    try:
        with path.open("rb") as stream:
            digest = sha256()
            while block := stream.read(1 << 20):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()


def counted(totals: Totals, outcome: Outcome, kept: bool) -> Totals:
    """The totals with one more letter."""
    failure = outcome.failure
    return Totals(
        totals.read + (failure is None and not kept),
        totals.failed + (failure is not None),
        totals.kept + (failure is None and kept),
        totals.bugs + (failure is not None and failure.bug),
    )


def finish(plan: Plan, ledger: Ledger) -> None:
    """What concerns the whole folder: citations, failures, report, feed, batch-wise formats."""
    if ledger.citing():
        from pipeline.citations import resolve_citations  # heavy: most runs do without it

        resolve_citations(plan.folder, plan.letterwise, ledger)
    save(plan.folder / "failures.jsonl", b"".join(map(_failure_line, ledger.failures())))
    save(plan.folder / "report.json", _report(ledger))
    if FEED in plan.formats:
        feed(plan.folder, ledger)
    _write_tables(plan, ledger)


def _write_tables(plan: Plan, ledger: Ledger) -> None:
    """The batch-wise formats; a table stays as it is where no program has changed since."""
    state = ledger.state()
    asked = {name: writer.file for name, writer in BATCH_WRITERS.items() if name in plan.formats}
    due = {
        name: file
        for name, file in asked.items()
        if plan.force or ledger.table_state(file) != state or not (plan.folder / file).exists()
    }
    if due:
        write_side_by_side(due, _programs(plan.folder, ledger), plan.folder)
    for file in due.values():
        ledger.tabled(file, state)


def _programs(folder: Place, ledger: Ledger) -> Iterator[Program]:
    """Every program of the folder in the order of its name, one at a time."""
    for outcome in ledger.outcomes():
        if outcome.failure is None:
            yield program_at(folder, outcome.target)


def _failure_line(outcome: Outcome) -> bytes:
    failure = outcome.failure.model_dump() if outcome.failure else {}
    line = {"source": outcome.source, "target": outcome.target, "sha256": outcome.sha256}
    return json.dumps(line | failure, ensure_ascii=False).encode() + b"\n"


def _report(ledger: Ledger) -> bytes:
    counts = {"letters": 0, "read": 0, "failed": 0, "tasks": 0, "without_owner": 0}
    counts |= {"without_date": 0, "doubts": 0}
    for outcome in ledger.outcomes():
        counts["letters"] += 1
        counts["failed" if outcome.failure else "read"] += 1
        if outcome.summary:
            for name in ("tasks", "without_owner", "without_date", "doubts"):
                counts[name] += getattr(outcome.summary, name)
    return json.dumps({"version": ledger.version, **counts}, indent=2).encode() + b"\n"
