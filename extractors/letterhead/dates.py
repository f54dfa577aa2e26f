"""Where and when was it issued?"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import regex

from extractors.letterhead.numbers import closed
from extractors.letterhead.prints import Match, Print, matched
from extractors.letterhead.stated import Stated
from schemas.letter import Letter, Part
from schemas.program import Number


def find_dateline(head: Sequence[Print]) -> Match | None:
    """The dateline: on one line, its year maybe on the next, or else over two."""
    keys = [line.key for line in head if not matched("body.basis", line.key)]
    pairs = [f"{first} {second}" for first, second in pairwise(keys)]
    for key, pair in zip(keys, [*pairs, ""], strict=False):  # no line: no pair
        if match := _dateline(key):
            whole = None if match["year"] else _dateline(pair)
            return whole if whole and whole["year"] else match
    return next((match for match in map(_dateline, pairs) if match), None)


def _dateline(key: str) -> Match | None:
    return matched("dateline.short", key) or matched("dateline", key)


def find_date_elsewhere(
    letter: Letter, stated: Stated | None, number: Number | None
) -> Match | None:
    """Without a dateline: where issuer and number are stated, when passed, beside the number."""
    if stated and stated.match["date_year"]:
        return stated.match
    return _passed(letter) or (_beside_number(letter, number) if number else None)


def issued_on(dated: Match | None, note: Stated | None) -> date | None:
    """The date of the dateline; where that is blank or spoilt, of an annex's note that agrees."""
    day = date_of(dated) if dated else None
    if day or note is None:
        return day
    told = date_of(note.match)
    return told if told and (dated is None or _agrees(told, dated)) else None


def _agrees(day: date, dated: Match) -> bool:
    year, month = (figure_of(dated, name) for name in (year_of(dated), "month"))
    return year in (None, day.year) and month in (None, day.month)


def _passed(letter: Letter) -> Match | None:
    """The last paragraphs of the body say when an assembly passed it."""
    body = letter.section(Part.BODY)
    last = letter.paragraphs_in(body.start, body.end)[-2:]
    matches = (matched("passed", letter.key[each.start : each.end]) for each in last)
    return next((match for match in matches if match), None)


def _beside_number(letter: Letter, number: Number) -> Match | None:
    """The date right after the letter's own number at the beginning of its body."""
    body = letter.section(Part.BODY)
    at = letter.key.find(number.canonical, body.start, body.start + 1500)
    if at < 0 or not number.sequence:
        return None
    end = at + len(number.canonical)
    return matched("own.date", letter.key[end : end + 40])


def figure_of(match: Match, name: str) -> int | None:
    """The number in that group, None where it is empty."""
    digits = closed(match.groupdict().get(name))
    return int(digits) if digits else None


def year_of(match: Match) -> str:
    """The group with the year of the date: a title of Công báo also holds the number's year."""
    return "date_year" if "date_year" in match.groupdict() else "year"


def date_of(match: Match) -> date | None:
    """None where the day or the month is blank, spoilt or impossible."""
    year, month, day = (figure_of(match, name) for name in (year_of(match), "month", "day"))
    if not (year and month and day) or match.groupdict().get("noise"):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def place_of(match: Match) -> str | None:
    """The place; what stood before it on the same line (a number, the tiêu ngữ) goes."""
    if "place" not in match.groupdict():
        return None
    words = regex.split(r"(?-i:.*(?:[/-]\S*|\p{Lu}{3,}|phúc)) ", match["place"])[-1]
    return " ".join(words.split()) or None
