"""The deadlines as a calendar (RFC 5545).

Each dated or recurring deadline is a VTODO, due on the last day on which the duty is in time,
and an all-day VEVENT on that day with reminders 7, 3 and 1 days before: Outlook and Google show
no VTODO. The UID depends on letter, task and deadline alone, so importing again updates.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Alarm, Calendar, Event, Todo, vRecur

from pipeline.writers.rows import number_of
from schemas.deadline import Deadline
from schemas.program import Program
from schemas.task import Task

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
_ON_DAY = re.compile(r"BYMONTHDAY=(-?\d+)(?=;|$)")
_IN_MONTHS = re.compile(r"BYMONTH=([\d,]+)")
REMINDERS = (7, 3, 1)
TITLE = 120
FOLD = 75
"""Bytes of a line, the space at its beginning counted."""


class Entry(NamedTuple):
    """One deadline of one task."""

    program: Program
    task: Task
    deadline: Deadline
    first: date

    def uid(self, kind: str) -> str:
        """Stable for the same letter, task and deadline."""
        number = number_of(self.program) or self.program.source.sha256
        words = "|".join((number, self.task.id, self.deadline.quote.text, kind))
        return f"{sha256(words.encode()).hexdigest()[:32]}@congvan"


@contextmanager
def ics_at(path: Path) -> Iterator[Callable[[Program], None]]:
    """One calendar; entries leave as they come."""
    head = Calendar()
    head.add("prodid", "-//congvan//program of work//VI")
    head.add("version", "2.0")
    head.add("x-wr-calname", "Thời hạn nhiệm vụ")
    opening, closing = head.to_ical().split(b"END:VCALENDAR")[0], b"END:VCALENDAR\r\n"
    with path.open("wb") as stream:
        stream.write(opening)

        def take(program: Program) -> None:
            for entry in entries(program):
                stream.writelines(_lines(_todo(entry)))
                stream.writelines(_lines(_event(entry)))

        yield take
        stream.write(closing)


def _lines(component: Todo | Event) -> Iterator[bytes]:
    """The lines of a component as they are written."""
    return (folded(line.encode()) for line in component.content_lines(sorted=False) if line)


def folded(line: bytes) -> bytes:
    """A content line in pieces of at most 75 bytes (RFC 5545, 3.1).

    icalendar asks the length of every single character, and that was half of a calendar's time.
    Here, as there, no character and no escape is cut in two.
    """
    pieces, at = [], 0
    while len(line) - at >= FOLD:
        end = at + FOLD - 1
        while line[end] & 0xC0 == 0x80 or line[end - 1] in b"\\^":
            end -= 1
        pieces.append(line[at:end])
        at = end
    return b"\r\n ".join((*pieces, line[at:])) + b"\r\n"


def entries(program: Program) -> Iterator[Entry]:
    """Every deadline that a calendar can hold: a last day, or a recurrence with a first one."""
    for task in program.tasks:
        for deadline in task.deadlines:
            first = _first(deadline, program)
            if first:
                yield Entry(program, task, deadline, first)


def _first(deadline: Deadline, program: Program) -> date | None:
    """The last day; of a recurring deadline its first day from the letter's date on."""
    if not deadline.rrule:
        return deadline.due
    if program.letter.issued is None:
        return None
    start = datetime.combine(deadline.start or program.letter.issued, time())
    after = rrulestr(rule_of(deadline), dtstart=start)
    return next((day.date() for day in after), None)


def rule_of(deadline: Deadline) -> str:
    """The recurrence of the last day in time: "trước ngày 15 hằng tháng" is the 14th.

    The day before the first is the last of the month before it; other rules stay as they are.
    """
    rule = deadline.rrule or ""
    day = _ON_DAY.search(rule)
    if deadline.bound != "exclusive" or day is None:
        return rule
    number = int(day[1])
    if number == 1:
        rule = _IN_MONTHS.sub(_months_before, rule)
    return _ON_DAY.sub(f"BYMONTHDAY={number - 1 or -1}", rule)


def _months_before(months: re.Match[str]) -> str:
    return "BYMONTH=" + ",".join(str(int(month) - 1 or 12) for month in months[1].split(","))


def _todo(entry: Entry) -> Todo:
    todo = Todo()
    _described(todo, entry, "todo")
    begin, due = _stretch(entry)
    todo.add("dtstart", begin)
    todo.add("due", due)
    if entry.deadline.rrule:
        todo.add("rrule", vRecur.from_ical(rule_of(entry.deadline)))
    todo.add("status", "NEEDS-ACTION")
    return todo


def _stretch(entry: Entry) -> tuple[date, date]:
    """From when to when: days, or times where the letter names an hour or the duty recurs.

    RFC 5545, 3.8.2.3: DUE is later than DTSTART and of the same type; a recurrence begins on a
    day of its rule, so that it runs over that day, in the reader's own time.
    """
    first, hour = entry.first, entry.deadline.time
    if entry.deadline.rrule:
        return datetime.combine(first, time()), datetime.combine(first, time(23, 59))
    begin = min(entry.program.letter.issued or first, first - timedelta(days=1))
    if hour is None:
        return begin, first
    due = datetime.combine(first, time.fromisoformat(hour), HANOI)
    return datetime.combine(begin, time(), HANOI).astimezone(UTC), due.astimezone(UTC)


def _event(entry: Entry) -> Event:
    event = Event()
    _described(event, entry, "event")
    event.add("dtstart", entry.first)
    event.add("dtend", entry.first + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if entry.deadline.rrule:
        event.add("rrule", vRecur.from_ical(rule_of(entry.deadline)))
    for days in REMINDERS:
        event.add_component(_alarm(entry, days))
    return event


def _described(component: Todo | Event, entry: Entry, kind: str) -> None:
    number, task = number_of(entry.program), entry.task
    leads = "; ".join(o.party.text for o in task.owners if o.role == "lead")
    supports = "; ".join(o.party.text for o in task.owners if o.role == "support")
    lines = (
        task.text,
        f"Chủ trì: {leads}" if leads else "",
        f"Phối hợp: {supports}" if supports else "",
        f"Thời hạn: {entry.deadline.quote.text}",
        f"Văn bản: {number} ({entry.program.source.name}), mục {task.id}",
    )
    component.add("uid", entry.uid(kind))
    component.add("dtstamp", _stamp(entry.program))
    component.add("summary", _cut(f"[{number}] {task.text}" if number else task.text))
    component.add("description", "\n".join(line for line in lines if line))
    if number:
        component.add("categories", [number])


def _cut(text: str) -> str:
    """A title, at most TITLE characters, cut between words."""
    return text if len(text) <= TITLE else f"{text[:TITLE].rpartition(' ')[0]} …"


def _stamp(program: Program) -> datetime:
    """The letter's date, not the clock: the same letter gives the same calendar."""
    return datetime.combine(program.letter.issued or date(2000, 1, 1), time(), UTC)


def _alarm(entry: Entry, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Còn {days} ngày: {_cut(entry.task.text)}")
    alarm.add("trigger", timedelta(days=-days))
    return alarm
