"""New letters as they land in a folder."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from watchfiles import watch

from pipeline.batch import Plan, run
from pipeline.inbox import find_letters
from pipeline.messages import message, told
from schemas.outcome import Outcome

PATIENCE = 5000
"""Milliseconds without news after which the inbox is looked through all the same."""


class Folders(NamedTuple):
    """The inbox, and where letters go once they were read or could not be (None: they stay)."""

    inbox: Path
    done: Path | None = None
    failed: Path | None = None


def watch_inbox(
    folders: Folders, plan: Plan, settle: float, say: Callable[[str], None], lang: str = "vi"
) -> None:
    """Read what lies in the inbox, then what comes, until interrupted.

    A file is read when its size and time have stood still for `settle` seconds, so that a
    half-copied letter waits. What was read before is known from the ledger: a restart reads
    nothing twice.
    """
    say(message(lang, "watch.waits", inbox=folders.inbox, place=plan.folder))
    waiting = look(folders, plan, settle, say, lang)
    for _ in watch(folders.inbox, yield_on_timeout=True, rust_timeout=PATIENCE):
        waiting = look(folders, plan, settle, say, lang)
        while waiting:
            time.sleep(settle)
            waiting = look(folders, plan, settle, say, lang)


def look(
    folders: Folders, plan: Plan, settle: float, say: Callable[[str], None], lang: str = "vi"
) -> int:
    """Read every letter of the inbox that stands still; how many still grow."""
    jobs = list(find_letters([str(folders.inbox)]))
    still = [job for job in jobs if stands_still(job.source, settle)]
    news: list[tuple[Outcome, bool]] = []
    plan = plan._replace(passing=folders.done is not None)
    run(iter(still), plan, lambda outcome, kept: news.append((outcome, kept)))
    for outcome, kept in news:
        if not kept:
            say(_told(outcome, lang))
        _move(outcome, folders)
    return len(jobs) - len(still)


def stands_still(path: Path, settle: float) -> bool:
    """Whether a file has not changed for that long; a file from the future stands still."""
    try:
        age = time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return False
    return age >= settle or age < 0


def _told(outcome: Outcome, lang: str) -> str:
    if outcome.failure:
        return f"✗ {outcome.source}: {told(outcome.failure, lang)}"
    tasks = outcome.summary.tasks if outcome.summary else 0
    return message(lang, "watch.read", name=outcome.source, tasks=tasks)


def _move(outcome: Outcome, folders: Folders) -> None:
    """Carry a letter to its folder, never over another file."""
    folder = folders.failed if outcome.failure else folders.done
    source = Path(outcome.source)
    if folder is None or not source.exists():
        return
    within = source.resolve().relative_to(folders.inbox.resolve())
    target = next(_free(folder / within))
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)


def _free(path: Path) -> Iterator[Path]:
    """The path, or the first numbered one that is free."""
    if not path.exists():
        yield path
    number = 2
    while True:
        fresh = path.with_stem(f"{path.stem}-{number}")
        if not fresh.exists():
            yield fresh
        number += 1
