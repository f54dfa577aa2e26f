"""How many time clauses a second, and how many right, beside dateparser (Vietnamese)?

    python benchmarks/deadlines.py            # dateparser is timed where it is installed

Phrases: `tests/data/deadlines/*.jsonl`. Time is that of the processor, one core, the best of
several rounds for each phrase, rows compiled before. Two measures of accuracy:

- last day: the last day in time is right (of the phrases that have one);
- whole reading: kind, dates, bound, recurrence, length and event of every deadline are right.

dateparser returns days only. For it the last day found counts as the last day in time, both
as written and, after "trước", as the day before; and a single day counts as a whole reading
where the phrase means one day or one last day.
"""

import json
import statistics
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from time import thread_time
from typing import Any

from extractors.deadlines import Dateline, find_deadlines
from extractors.layout import plain
from extractors.text import tidy
from schemas.letter import Span
from schemas.task import Claim

DATA = Path(__file__).parent.parent / "tests" / "data" / "deadlines"
FIELDS = (
    "kind", "start", "end", "bound", "due", "time", "rrule", "duration", "relation", "event",
)  # fmt: skip
ROUNDS = 15


def main() -> None:
    rows = [row for file in sorted(DATA.glob("*.jsonl")) for row in _rows(file)]
    _report("congvan", rows, *_congvan(rows))
    try:
        import dateparser.search  # noqa: F401
    except ImportError:
        print("dateparser is not installed: pip install dateparser")
        return
    _report("dateparser", rows, *_dateparser(rows))


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _report(
    name: str, rows: list[dict[str, Any]], times: list[float], due: list[bool], whole: list[bool]
) -> None:
    dated = [row for row in rows if _due(row) is not None]
    mean = statistics.mean(times)
    print(
        f"{name:11} {1e6 / mean:8,.0f} clauses/s   mean {mean:6.0f} µs   "
        f"median {statistics.median(times):6.0f} µs   p95 {_p95(times):6.0f} µs   "
        f"last day {sum(due)}/{len(dated)}   whole reading {sum(whole)}/{len(rows)}"
    )


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _timed(work: Callable[[], object], rounds: int) -> float:
    """The best of several rounds, in microseconds."""
    best = float("inf")
    for _ in range(rounds):
        start = thread_time()
        work()
        best = min(best, thread_time() - start)
    return best * 1e6


def _due(row: dict[str, Any]) -> str | None:
    days = [deadline.get("due") for deadline in row["expected"]]
    return max((day for day in days if day), default=None)


def _congvan(rows: list[dict[str, Any]]) -> tuple[list[float], list[bool], list[bool]]:
    times, due, whole = [], [], []
    for row in rows:
        letter = plain(tidy(row["text"]))
        claims = (Claim(Span(0, len(letter.text)), labelled=row.get("labelled", True)),)
        dateline = Dateline(date.fromisoformat(row["issued"]), row.get("context_year"))
        found = [_said(deadline) for deadline in find_deadlines(letter, claims, dateline)]
        times.append(_timed(lambda: find_deadlines(letter, claims, dateline), ROUNDS))  # noqa: B023
        whole.append(found == [_named(deadline) for deadline in row["expected"]])
        if _due(row) is not None:
            due.append(_due({"expected": found}) == _due(row))
    return times, due, whole


def _said(deadline: Any) -> dict[str, Any]:
    found = _named(deadline.model_dump(mode="json"))
    if "duration" in found:
        found["duration"] = {k: v for k, v in found["duration"].items() if v is not None}
    return found


def _named(deadline: dict[str, Any]) -> dict[str, Any]:
    return {name: deadline[name] for name in FIELDS if deadline.get(name) is not None}


def _dateparser(rows: list[dict[str, Any]]) -> tuple[list[float], list[bool], list[bool]]:
    from dateparser.search import search_dates

    times, due, whole = [], [], []
    for row in rows:
        settings = {
            "RELATIVE_BASE": datetime.fromisoformat(row["issued"]),
            "PREFER_DATES_FROM": "future",
        }

        def work() -> Any:
            return search_dates(row["text"], languages=["vi"], settings=settings)  # noqa: B023

        days = sorted(day.date().isoformat() for _, day in work() or [])
        times.append(_timed(work, 3))
        named = {row["expected"][-1].get("end"), _due(row)} if row["expected"] else set()
        if _due(row) is not None:
            due.append(bool(days) and days[-1] in named)
        whole.append(_is_whole(row["expected"], days))
    return times, due, whole


def _is_whole(expected: list[dict[str, Any]], days: list[str]) -> bool:
    if not expected or expected[0]["kind"] == "unread":
        return not days
    one = expected[0]
    single = len(expected) == len(days) == 1 and not one.get("time")
    if not single or one["kind"] not in ("by", "within"):
        return False
    return one.get("start", days[0]) == one["end"] == days[0] and one["bound"] == "inclusive"


if __name__ == "__main__":
    main()
