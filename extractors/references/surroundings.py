"""What does the text say right around a citation: its date, its issuer, its title, its role?"""

from datetime import date
from functools import cache
from typing import NamedTuple

import regex

from extractors.references.anchors import rule, rule_ending
from extractors.rules import CompiledRule, compile_once, rules
from schemas.letter import Letter

_LEFT = 130  # "Ngày 09/6/2026, Sở Y tế đã ban hành Báo cáo số …" and "sửa đổi, bổ sung …" fit in

_ROLE_WORDS = compile_once("kèm|sửa|sung|chỉnh|chính|thay thế|bãi|hủy|thu hồi|đáp|lời|tiếp")


class Surroundings(NamedTuple):
    """What follows a number or a title, and where it ends."""

    end: int
    issued: date | None
    year: int | None
    issuer: str | None
    title: str | None


def look_after(letter: Letter, end: int, stop: int, *, law: bool) -> Surroundings:
    """Date, issuer and title from `end` on, before `stop`; a law has a year, and no issuer."""
    issued, at = _date_at(letter.key, end, stop)
    year, at = _year_at(letter.key, at, stop) if law and issued is None else (None, at)
    if law:
        issued, at = (issued, at) if issued else _date_at(letter.key, at, stop)
        return Surroundings(at, issued, year, None, None)
    issuer, at = _issuer_at(letter, at, stop)
    if issued is None:
        issued, at = _date_at(letter.key, at, stop)
    title, at = _title_at(letter, at, stop, full=bool(issued or issuer))
    return Surroundings(at, issued, None, issuer, title)


def date_before(letter: Letter, opening: int, floor: int) -> date | None:
    """ "Ngày 09/6/2026, Sở Y tế đã ban hành Báo cáo số …": the date told first."""
    window = letter.key[max(opening - _LEFT, floor) : opening]
    match = rule("before.date").search(window) if "gày" in window else None
    return _date(match) if match else None


def role_before(letter: Letter, opening: int, floor: int) -> str | None:
    """The role that the words before a citation give it, if any."""
    window = letter.key[max(opening - 60, floor) : opening]
    if not _ROLE_WORDS.search(window.lower()):
        return None
    for row, pattern in _role_rules():
        if pattern.match(window):
            return str(row.value["role"])
    return None


def _date_at(key: str, at: int, stop: int) -> tuple[date | None, int]:
    match = rule("after.date").match(key, at, stop)
    return (_date(match), match.end()) if match else (None, at)


def _date(match: regex.Match[str]) -> date | None:
    """The day; None where the calendar has none like it."""
    try:
        return date(int(match["of_year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _year_at(key: str, at: int, stop: int) -> tuple[int | None, int]:
    match = rule("after.year").match(key, at, stop)
    return (int(match["of_year"]), match.end()) if match else (None, at)


def _title_at(letter: Letter, at: int, stop: int, *, full: bool) -> tuple[str | None, int]:
    """The title; "Nghị định 126 quy định: …" is none, it tells what the decree says."""
    match = rule("after.title").match(letter.key, at, stop)
    if match is None or (match["verb"] and not full):
        return None, at
    start, end = match.span("title")
    return letter.text[start:end].strip(' ,"'), match.end()


def _issuer_at(letter: Letter, at: int, stop: int) -> tuple[str | None, int]:
    match = rule("after.issuer").match(letter.key, at, stop)
    if match is None:
        return None, at
    start, end = match.span("issuer")
    return letter.text[start:end].strip(), match.end()


@cache
def _role_rules() -> tuple[tuple[CompiledRule, regex.Pattern[str]], ...]:
    rows = (row for row in rules("references") if row.id.startswith("role."))
    return tuple((row, rule_ending(row.id)) for row in rows)
