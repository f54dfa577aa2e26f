"""Many letters: what is to be done, done side by side, set down, and told at the end."""

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path, PurePath
from typing import NamedTuple

from pipeline.convert import Work
from pipeline.feed import feed, program_at
from pipeline.inbox import Job
from pipeline.ledger import Ledger
from pipeline.readers.limits import Limits
from pipeline.remote import Place, place
from pipeline.workers import Kept, crew, outcomes
from pipeline.writers import (
    BATCH_WRITERS,
    FEED,
    WRITERS,
    letterwise,
    require,
    save,
    sweep,
    write_side_by_side,
)
from schemas.outcome import Outcome
from schemas.program import Program


class Plan(NamedTuple):
    """How a batch is to run. `jobs`: letters read at once; None: one for each processor.

    The formats are made from "json", which is always written. `passing`: the letters leave the
    place where they are read, so that another of the same name is another letter.
    """

    folder: Place
    formats: tuple[str, ...] = ("json",)
    jobs: int | None = 1
    limits: Limits = Limits()
    force: bool = False
    retry_failed: bool = False
    passing: bool = False

    @property
    def letterwise(self) -> tuple[str, ...]:
        """The formats with one file a letter, json first."""
        return letterwise({*self.formats, "json"})


class Totals(NamedTuple):
    """What a run came to. `kept`: letters that were done before and have not changed."""

    read: int = 0
    failed: int = 0
    kept: int = 0
    bugs: int = 0


Told = Callable[[Outcome, bool], None]
"""Called with each outcome as it comes, and whether it was kept from an earlier run."""


def run(jobs: Iterable[Job], plan: Plan, told: Told = lambda outcome, kept: None) -> Totals:
    """Convert every letter that is not done yet, then write what concerns the whole folder.

    Raises MissingExtra, before anything is read, where a format needs what is not installed.
    """
    require(plan.formats)
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
    desk = _Desk(plan, ledger, reading={}, sent={}, ready=deque())
    with crew(plan.jobs or os.cpu_count() or 1, plan.limits.seconds, plan.limits.memory) as hands:
        for works in (desk.sorted_out(jobs), desk.remaining()):
            for outcome in outcomes(hands, works):
                if isinstance(outcome, Kept):
                    yield outcome.outcome, True
                else:
                    yield desk.landed(outcome), False


class _Desk(NamedTuple):
    """Sorts the letters: done before, the same as one that is being read, or to be read.

    `reading`: by content, the letters that wait for the one that is being read; `sent`: by its
    name, what was sent and its content; `ready`: the letters that need wait no longer. None of
    them grows with the batch.
    """

    plan: Plan
    ledger: Ledger
    reading: dict[str, list[Job]]
    sent: dict[str, tuple[Work, str]]
    ready: deque[Job]

    def sorted_out(self, jobs: Iterable[Job]) -> Iterator[Work | Kept]:
        """The letters to be read now, and those that are kept."""
        for job in jobs:
            yield from self.remaining()
            content = _content(job.source)
            target = own_name(job.source, job.target, self.ledger, content, self.plan.passing)
            known = self._known(target, content)
            if known:
                yield Kept(known)
            elif content and content in self.reading:
                self.reading[content].append(job)
            else:
                self.reading[content] = []
                yield self._work(job.source, target, content)

    def remaining(self) -> Iterator[Work]:
        """The letters whose content has been read under another name."""
        while self.ready:
            job = self.ready.popleft()
            content = _content(job.source)
            target = own_name(job.source, job.target, self.ledger, content, self.plan.passing)
            yield self._work(job.source, target, content)

    def landed(self, outcome: Outcome) -> Outcome:
        """Set down what became of a letter; those of the same content need wait no longer."""
        signed = _signed(outcome)
        work, content = self.sent.pop(signed.target)
        self.ledger.record(signed, work.formats)
        self.ready.extend(self.reading.pop(content, ()))
        return signed

    def _known(self, target: str, content: str) -> Outcome | None:
        """What became of the letter in an earlier run, where that holds."""
        known = None if self.plan.force else self.ledger.done(target, content)
        if known is None or (known.failure and self.plan.retry_failed):
            return None
        return known if known.failure or self._stands(target, self.plan.letterwise) else None

    def _stands(self, target: str, formats: tuple[str, ...]) -> bool:
        """Are these files of a letter that was read still there, and not empty?"""
        folder = Path(self.plan.folder)
        files = [folder / (target + WRITERS[name].suffix) for name in formats]
        written = set(formats) <= set(self.ledger.formats(target))
        return written and all(file.exists() and file.stat().st_size for file in files)

    def _work(self, source: Place, target: str, content: str) -> Work:
        """The letter to read; where its program, or its twin's, still stands, only to write."""
        plan = self.plan
        twin = None if plan.force else self.ledger.twin(content)
        if twin and not self._stands(twin, ("json",)):
            twin = None
        formats = also_written(plan, target, self.ledger)
        work = Work(source, target, plan.folder, formats, plan.limits, twin)
        self.sent[target] = work, content
        return work


def also_written(plan: Plan, target: str, ledger: Ledger) -> tuple[str, ...]:
    """The formats asked and those in which the letter stands already: none of them may be older."""
    return letterwise({*plan.letterwise, *ledger.formats(target)})


def own_name(
    source: Place, target: str, ledger: Ledger, content: str = "", passing: bool = False
) -> str:
    """The letter's name: the one it had in an earlier run; else one that no other letter has."""
    address = _address(source)
    for name in (target, _other_form(source, target)):
        owner = ledger.owner(name)
        if owner is not None and _address(place(owner)) == address:
            return _newcomer(name, ledger, content) if passing else name
    if ledger.owner(target) is None:
        return target
    return f"{target}-{sha256(address.encode()).hexdigest()[:8]}"


def _newcomer(name: str, ledger: Ledger, content: str) -> str:
    """The name for a letter that took the place of another, which has left and was read."""
    return f"{name}-{content[:8]}" if ledger.other_read(name, content) else name


def _other_form(source: Place, target: str) -> str:
    """The name with the file's ending, or without it."""
    suffix = PurePath(source.name).suffix
    return target.removesuffix(suffix) if target.endswith(source.name) else target + suffix


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

        resolve_citations(plan.folder, ledger)
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
