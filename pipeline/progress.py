"""What a person sees while a batch runs, and at its end."""

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table

from pipeline.batch import Plan, Totals
from pipeline.messages import message, told
from schemas.outcome import Outcome

ROWS = 60
"""Letters told one by one: of a longer batch the first that were read, the last that failed."""
LOG_WIDTH = 140
"""Characters of a line where there is no terminal."""
QUIET = 10.0
"""Seconds between two lines of a log."""


class Screen:
    """A live bar on a terminal; a line now and then in a log. The table stands on stdout."""

    def __init__(self, total: int, lang: str = "vi") -> None:
        self._total = total
        self._lang = lang
        self._out = Console() if sys.stdout.isatty() else Console(width=LOG_WIDTH)
        self._log = Console(stderr=True)
        self._rows: list[Outcome] = []
        self._failures: list[Outcome] = []
        self._count = 0
        self._begun = self._spoke = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        if self._log.is_terminal and self._total > 1:
            self._bar = Progress(
                TextColumn(self._say("bar.reading")),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]:.1f} " + self._say("bar.left")),
                TimeRemainingColumn(),
                console=self._log,
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("", total=self._total, rate=0.0)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def told(self, outcome: Outcome, kept: bool) -> None:
        """Take note of one letter."""
        self._count += 1
        if outcome.failure:
            self._failures.append(outcome)
            del self._failures[:-ROWS]
        elif len(self._rows) < ROWS:
            self._rows.append(outcome)
        rate = self._count / max(time.monotonic() - self._begun, 1e-9)
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=self._count, rate=rate)
        elif not self._log.is_terminal and time.monotonic() - self._spoke > QUIET:
            self._spoke = time.monotonic()
            line = self._say("log.line", count=self._count, total=self._total, rate=rate)
            print(line, file=sys.stderr)

    def summary(self, totals: Totals, plan: Plan) -> None:
        """The table, each failure with its reason, and the counts."""
        if self._rows:
            self._out.print(self._table())
        if more := totals.read + totals.kept - len(self._rows):
            self._out.print(self._say("summary.more", count=more))
        for outcome in self._failures:
            self._out.print(f"[red]✗[/red] {self._told(outcome)}", highlight=False)
        if more := totals.failed - len(self._failures):
            self._out.print(self._say("summary.more-failed", count=more))
        read, failed, kept, _ = totals
        said = self._say("summary", read=read, kept=kept, failed=failed, place=plan.folder)
        self._out.print(said, highlight=False)

    def _say(self, code: str, **values: object) -> str:
        return message(self._lang, code, **values)

    def _table(self) -> Table:
        table = Table(*self._say("table.heads").split("|"))
        table.columns[0].overflow = "fold"
        for column in table.columns[2:]:
            column.justify = "right"
        for outcome in sorted(self._rows, key=lambda row: row.target):
            if summary := outcome.summary:
                counts = (
                    summary.tasks, summary.without_owner, summary.without_date, summary.doubts,
                )  # fmt: skip
                table.add_row(outcome.target, summary.number or "—", *map(str, counts))
        return table

    def _told(self, outcome: Outcome) -> str:
        failure = outcome.failure
        if failure is None:
            return outcome.source
        return f"{outcome.source}: {told(failure, self._lang)}"
