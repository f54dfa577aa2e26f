"""From which day is a letter reckoned, and which year does it plan for?"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import regex

from extractors.deadlines.units import Calendar
from extractors.rules import compile_once
from schemas.letterhead import Letterhead

_YEAR = compile_once(r"năm ((?:19|20)\d{2})(?!\d| ?- ?\d)", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dateline(Calendar):
    """The day a letter is reckoned from.

    `effective`: the day it takes effect. `before`: how trước is taken; "exclusive" makes the day
    before the last in time, "inclusive" the day itself.
    """

    effective: date | None = None
    before: Literal["exclusive", "inclusive"] = "exclusive"


def dateline_of(head: Letterhead, effective: date | None = None) -> Dateline:
    """The day the letter is reckoned from, and the year its title plans for.

    A draft whose day is empty still says its year: "ngày    tháng 12 năm 2024".
    """
    year = _planned_year(head) or (head.year if head.issued is None else None)
    return Dateline(issued=head.issued, context_year=year, effective=effective)


def _planned_year(head: Letterhead) -> int | None:
    """The one year that the subject names, where it is the letter's own or the next."""
    if head.subject is None:
        return None
    years = {int(match[1]) for match in _YEAR.finditer(head.subject.text)}
    written = head.issued.year if head.issued else head.year
    if len(years) != 1 or written is None:
        return None
    year = years.pop()
    return year if year in (written, written + 1) else None
