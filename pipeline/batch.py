"""Many letters: what is to be done, done side by side, set down, and told at the end."""

import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pipeline.convert import Work
from pipeline.feed import feed, program_at
from pipeline.inbox import Job
from pipeline.ledger import Ledger
from pipeline.readers.limits import Limits
from pipeline.workers import crew, outcomes
from pipeline.writers import BATCH_WRITERS, FEED, WRITERS, save
from schemas.outcome import Outcome
from schemas.program import Program


class Plan(NamedTuple):
    """How a batch is to run. `formats` always holds "json": the others are made from it."""

    folder: Path
    formats: tuple[str, ...] = ("json",)
    jobs: int = 1
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
    plan.folder.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(plan.folder)
    try:
        totals = Totals()
        for outcome, kept in _converted(jobs, plan, ledger):
            told(outcome, kept)
            totals = _counted(totals, outcome, kept)
        _finish(plan, ledger)
        return totals
    finally:
        ledger.close()


def _converted(jobs: Iterable[Job], plan: Plan, ledger: Ledger) -> Iterator[tuple[Outcome, bool]]:
    """Each letter's outcome; twins wait until their first copy has been read."""
    marks = ",".join(plan.letterwise)
    desk = _Desk(plan, ledger, marks, kept=[], twins={})
    with crew(plan.jobs, plan.limits.seconds, plan.limits.memory) as hands:
        for works in (desk.fresh(jobs), desk.waiting()):
            for outcome in outcomes(hands, works):
                ledger.record(desk.signed(outcome), marks)
                yield outcome, False
                yield from desk.handed_back()
            yield from desk.handed_back()


class _Desk(NamedTuple):
    """Sorts the letters: done before, the same as another, or to be read."""

    plan: Plan
    ledger: Ledger
    marks: str
    kept: list[tuple[Outcome, bool]]
    twins: dict[str, list[Job]]

    def fresh(self, jobs: Iterable[Job]) -> Iterator[Work]:
        """The letters to be read now; the others are kept or wait."""
        for job in jobs:
            target = self._own_name(job)
            content = _content(job.source)
            known = None if self.plan.force else self.ledger.done(target, content, self.marks)
            if known and (known.failure is None or not self.plan.retry_failed):
                self.kept.append((known, True))
            elif content and content in self.twins:
                self.twins[content].append(job)
            else:
                self.twins[content] = []
                yield self._work(job, None if self.plan.force else self.ledger.twin(content))

    def waiting(self) -> Iterator[Work]:
        """The letters whose content another letter of this run has."""
        for content, jobs in self.twins.items():
            for job in jobs:
                yield self._work(job, self.ledger.twin(content))

    def handed_back(self) -> Iterator[tuple[Outcome, bool]]:
        """The letters found done, given on once."""
        while self.kept:
            yield self.kept.pop()

    def signed(self, outcome: Outcome) -> Outcome:
        """The outcome with its content told, also where the worker died with it."""
        if outcome.sha256:
            return outcome
        return Outcome(**{**dict(outcome), "sha256": _content(Path(outcome.source))})

    def _work(self, job: Job, twin: str | None) -> Work:
        plan = self.plan
        target = self._own_name(job)
        return Work(job.source, target, plan.folder, plan.letterwise, plan.limits, twin)

    def _own_name(self, job: Job) -> str:
        """The letter's name, told apart where an earlier run gave it to another letter."""
        owner = self.ledger.owner(job.target)
        if owner is None or Path(owner).resolve() == job.source.resolve():
            return job.target
        return f"{job.target}-{sha256(str(job.source.resolve()).encode()).hexdigest()[:8]}"


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


def _counted(totals: Totals, outcome: Outcome, kept: bool) -> Totals:
    failure = outcome.failure
    return Totals(
        totals.read + (failure is None and not kept),
        totals.failed + (failure is not None),
        totals.kept + (failure is None and kept),
        totals.bugs + (failure is not None and failure.bug),
    )


def _finish(plan: Plan, ledger: Ledger) -> None:
    """What concerns the whole folder: failures, report, feed and the batch-wise formats."""
    save(plan.folder / "failures.jsonl", b"".join(map(_failure_line, ledger.failures())))
    save(plan.folder / "report.json", _report(ledger))
    if FEED in plan.formats:
        feed(plan.folder, ledger)
    for name in plan.formats:
        if name in BATCH_WRITERS:
            writer = BATCH_WRITERS[name]
            writer.write(programs(plan.folder, ledger), plan.folder / writer.file)


def programs(folder: Path, ledger: Ledger) -> Iterator[Program]:
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
