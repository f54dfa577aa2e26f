"""How is one letter kept within its time, without hurting what stands around it?

The worker rings the bell itself. Ended from outside it may die while it holds the lock of the
queue that all workers share, and the whole batch waits for ever; rung from within, it dies only
inside its letter, and ends what it has started (LibreOffice) on the way out.
"""

import faulthandler
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

GRACE = 10.0
"""Seconds after its time within which a letter must have given up by itself."""

STOPPED = 1
"""The exit code of a process that hung in foreign code until the grace was over."""


class OutOfTime(BaseException):
    """Raised inside a letter's reading; no `except Exception` may hold it up."""


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """Raise OutOfTime after so many seconds; a hang in foreign code ends the process later."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise OutOfTime

    former = signal.signal(signal.SIGALRM, ring)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=nowhere)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            faulthandler.cancel_dump_traceback_later()
            signal.signal(signal.SIGALRM, former)
