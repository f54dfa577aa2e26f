"""Letters side by side, each within its time and memory; one that breaks its bounds is lost alone.

The pool is billiard's (the one beneath Celery): it tells which call a dead worker took with it,
and starts another. A letter's time is kept by its worker (see `pipeline.bounds`).
"""

import os
import queue
import resource
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from logging import NullHandler
from threading import Event, Thread, Timer
from typing import NamedTuple

from billiard.exceptions import WorkerLostError
from billiard.pool import RUN, Pool, Supervisor
from billiard.util import get_logger

from pipeline.bounds import STOPPED, OutOfTime, in_time
from pipeline.convert import Work, convert, failed, failure_of
from pipeline.errors import ReadError, TooLarge, Unreadable
from pipeline.patterns import warm_up
from pipeline.readers.limits import Limits
from schemas.outcome import Outcome

Convert = Callable[[Work], Outcome]
Finished = queue.SimpleQueue["tuple[Work, Outcome | BaseException]"]
MEMORY_STEP = 500
"""Letters after which a worker is replaced, so that no leak of a library adds up."""

LOOK = 0.5
"""Seconds between two looks for workers that are gone."""
HEARD = 3.0
"""Seconds within which a worker that was told to go has gone, what it had started ended."""
LOST = 1.0
"""Seconds that the result of a worker that is gone may still be on its way."""


class Kept(NamedTuple):
    """A letter that need not be read: what became of it before."""

    outcome: Outcome


class Crew:
    """Workers that take letters; they are called when the first letter comes."""

    def __init__(self, jobs: int, seconds: float, memory: int, call: Convert) -> None:
        self.jobs = jobs
        self._seconds, self._memory = seconds, memory
        self._call = call
        self._pool: Pool | None = None

    def send(self, work: Work, finished: Finished) -> None:
        """Have a letter read; what becomes of it is put into `finished`."""
        self.pool.apply_async(
            _timed,
            (self._call, self._seconds, work),
            callback=lambda outcome: finished.put((work, outcome)),
            error_callback=lambda error: finished.put((work, error)),
        )

    @property
    def pool(self) -> Pool:
        """The running processes, forked from one that has everything loaded."""
        if self._pool is None:
            warm_up()
            get_logger().addHandler(NullHandler())  # what ended a worker is told by us
            self._pool = _Pool(
                self.jobs,
                initializer=_begin,
                initargs=(self._memory, os.getpid()),
                maxtasksperchild=MEMORY_STEP,
                lost_worker_timeout=LOST,
            )
        return self._pool

    def leave(self) -> None:
        """Let the workers go at once: every letter has landed, or the run is broken off."""
        if self._pool is not None:
            insist = Timer(HEARD, self._insist)
            insist.daemon = True
            insist.start()
            self._pool.terminate()
            self._pool.join()
            insist.cancel()

    def _insist(self) -> None:
        """Tell them again: one told just as it lay down to wait for a letter sleeps on."""
        for worker in self.pool._pool:
            with suppress(ProcessLookupError):
                worker.terminate()


class _Supervisor(Supervisor):  # type: ignore[misc]  # billiard is untyped
    """Replaces workers that are gone. Woken at the end; billiard's own sleeps on."""

    def __init__(self, pool: Pool) -> None:
        self._ended = Event()
        super().__init__(pool)

    def body(self) -> None:
        while self._state == RUN and self.pool._state == RUN:
            self.pool._maintain_pool()
            self._ended.wait(LOOK)

    def terminate(self) -> None:
        super().terminate()
        self._ended.set()


class _Pool(Pool):  # type: ignore[misc]
    Supervisor = _Supervisor


@contextmanager
def crew(jobs: int, seconds: float, memory: int, call: Convert = convert) -> Iterator[Crew]:
    """Workers that take `jobs` letters at a time, each at most `seconds` and `memory` bytes."""
    hands = Crew(jobs, seconds, memory, call)
    try:
        yield hands
    finally:
        hands.leave()


def _timed(call: Convert, seconds: float, work: Work) -> Outcome:
    """The call, within its time."""
    with in_time(seconds):
        return call(work)


def _begin(memory: int, parent: int) -> None:
    """What a worker does before its first letter."""
    bound_memory(memory)
    open_to = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    Thread(target=_follow, args=(parent,), daemon=True).start()  # every signal is the letter's
    signal.pthread_sigmask(signal.SIG_SETMASK, open_to)


def _follow(parent: int) -> None:
    """End with the run: killed outright, it cannot tell its workers."""
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(STOPPED)


def bound_memory(memory: int) -> None:
    """Bound what a worker may allocate; a letter that asks for more meets MemoryError."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def outcomes(crew: Crew, works: Iterable[Work | Kept]) -> Iterator[Outcome | Kept]:
    """What becomes of each letter, as they finish; at most four letters a worker are waiting.

    Letters that are kept pass through.
    """
    finished: Finished = queue.SimpleQueue()
    flying = 0
    for work in works:
        if isinstance(work, Kept):
            yield work
            continue
        crew.send(work, finished)
        flying += 1
        if flying >= 4 * crew.jobs:
            yield _landed(*finished.get())
            flying -= 1
    for _ in range(flying):
        yield _landed(*finished.get())


def _landed(work: Work, result: Outcome | BaseException) -> Outcome:
    if isinstance(result, Outcome):
        return result
    cause = _cause(result)
    if isinstance(cause, OSError):
        raise cause  # the output folder failed, not the letter
    return failed(work, "", failure_of(_explained(cause, work)))


def _cause(result: BaseException) -> BaseException:
    """What was raised, out of what billiard wraps around it on the way back."""
    told = getattr(result, "exception", result)
    return getattr(told, "exc", told)


def _explained(error: BaseException, work: Work) -> ReadError:
    if isinstance(error, OutOfTime):
        return out_of_time(work.limits)
    if isinstance(error, MemoryError):
        return out_of_memory(work.limits)
    if isinstance(error, WorkerLostError):
        stopped = f"exitcode {STOPPED} " in str(error)
        return out_of_time(work.limits) if stopped else crashed(str(error))
    raise error


def out_of_time(limits: Limits) -> TooLarge:
    """The letter took too long."""
    bound = f"{limits.seconds:g}"
    return TooLarge(
        "limit.time",
        f"Đọc quá {bound} giây mà chưa xong.",
        "Hãy tách văn bản thành nhiều phần hoặc tăng --seconds.",
        f"Not read within {bound} seconds; split the letter or raise --seconds.",
    )


def out_of_memory(limits: Limits) -> TooLarge:
    """The letter asked for too much memory."""
    bound = f"{limits.memory / 2**20:.0f}"
    return TooLarge(
        "limit.memory",
        f"Cần hơn {bound} MB bộ nhớ.",
        "Hãy tách văn bản thành nhiều phần hoặc tăng --memory.",
        f"More than {bound} MB of memory were needed; split the letter or raise --memory.",
    )


def crashed(how: str) -> Unreadable:
    """The letter took its worker with it."""
    return Unreadable(
        "limit.crash",
        "Chương trình đọc bị dừng đột ngột ở văn bản này.",
        "Hãy mở bằng phần mềm soạn thảo, lưu lại (PDF hoặc DOCX) rồi thử lại.",
        f"The reader was killed by this letter ({how}); save the letter again and retry.",
    )
