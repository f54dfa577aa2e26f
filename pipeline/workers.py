"""Letters side by side, each within its time and memory; one that breaks its bounds is lost alone.

The pool is billiard's (the one beneath Celery): it ends a worker that runs over its time,
tells which call a dead worker took with it, and starts another.
"""

import queue
import resource
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from billiard.exceptions import TimeLimitExceeded, WorkerLostError
from billiard.pool import Pool

from pipeline.convert import Work, convert, failed
from pipeline.errors import ReadError, TooLarge, Unreadable
from schemas.outcome import Failure, Outcome

Convert = Callable[[Work], Outcome]
MEMORY_STEP = 500
"""Letters after which a worker is replaced, so that no leak of a library adds up."""

LOST = 1.0
"""Seconds that the result of a worker that is gone may still be on its way."""


class Crew(NamedTuple):
    """A running pool."""

    pool: Pool
    jobs: int
    convert: Convert


@contextmanager
def crew(jobs: int, seconds: float, memory: int, call: Convert = convert) -> Iterator[Crew]:
    """Workers that take `jobs` letters at a time, each at most `seconds` and `memory` bytes."""
    pool = Pool(
        jobs,
        initializer=_bound,
        initargs=(memory,),
        timeout=seconds,
        maxtasksperchild=MEMORY_STEP,
        lost_worker_timeout=LOST,
    )
    try:
        yield Crew(pool, jobs, call)
        pool.close()
    except BaseException:
        pool.terminate()
        raise
    finally:
        pool.join()


def _bound(memory: int) -> None:
    """Bound what a worker may allocate; a letter that asks for more meets MemoryError."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def outcomes(crew: Crew, works: Iterable[Work]) -> Iterator[Outcome]:
    """What becomes of each letter, as they finish; at most four letters a worker are waiting."""
    finished: queue.SimpleQueue[tuple[Work, Outcome | BaseException]] = queue.SimpleQueue()
    flying = 0
    for work in works:
        _send(crew, work, finished)
        flying += 1
        if flying >= 4 * crew.jobs:
            yield _landed(*finished.get())
            flying -= 1
    for _ in range(flying):
        yield _landed(*finished.get())


def _send(
    crew: Crew, work: Work, finished: "queue.SimpleQueue[tuple[Work, Outcome | BaseException]]"
) -> None:
    crew.pool.apply_async(
        crew.convert,
        (work,),
        callback=lambda outcome: finished.put((work, outcome)),
        error_callback=lambda error: finished.put((work, error)),
    )


def _landed(work: Work, result: Outcome | BaseException) -> Outcome:
    if isinstance(result, Outcome):
        return result
    cause = _cause(result)
    if isinstance(cause, OSError) and not isinstance(cause, TimeLimitExceeded):
        raise cause  # the output folder failed, not the letter
    error = _explained(cause, work)
    return failed(
        work,
        "",
        Failure(
            code=error.code,
            reason=error.reason,
            advice=error.advice,
            english=error.english,
        ),
    )


def _cause(result: BaseException) -> BaseException:
    """What was raised, out of what billiard wraps around it on the way back."""
    told = getattr(result, "exception", result)
    return getattr(told, "exc", told)


def _explained(error: BaseException, work: Work) -> ReadError:
    if isinstance(error, TimeLimitExceeded):
        bound = f"{work.limits.seconds:g}"
        return TooLarge(
            "limit.time",
            f"Đọc quá {bound} giây mà chưa xong.",
            "Hãy tách văn bản thành nhiều phần hoặc tăng --seconds.",
            f"Not read within {bound} seconds; split the letter or raise --seconds.",
        )
    if isinstance(error, MemoryError):
        bound = f"{work.limits.memory / 2**20:.0f}"
        return TooLarge(
            "limit.memory",
            f"Cần hơn {bound} MB bộ nhớ.",
            "Hãy tách văn bản thành nhiều phần hoặc tăng --memory.",
            f"More than {bound} MB of memory were needed; split the letter or raise --memory.",
        )
    if isinstance(error, WorkerLostError):
        return Unreadable(
            "limit.crash",
            "Chương trình đọc bị dừng đột ngột ở văn bản này.",
            "Hãy mở bằng phần mềm soạn thảo, lưu lại (PDF hoặc DOCX) rồi thử lại.",
            f"The reader was killed by this letter ({error}); save the letter again and retry.",
        )
    raise error
