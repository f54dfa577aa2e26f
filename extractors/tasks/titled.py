"""Is a clause only the title of the owners or the times in the points below it?

"2. Cơ quan chủ trì", then "- Bộ Quốc phòng.", "- Các bộ, ngành liên quan.": the label stands in a
line of its own.
"""

from collections.abc import Sequence

import regex

from extractors.rules import CompiledRule, compile_once, rules
from extractors.tasks.labelled import Part, role_of
from extractors.tasks.verbs import starts_with_verb
from schemas.letter import Letter, Span

_LONGEST_TITLE = 60
_LONGEST_POINT = 200
_MARKS = " .:;,"
_WHO = compile_once(r"(?:cơ quan|đơn vị|bộ phận|cá nhân|người|chủ trì|phối hợp)\b", regex.I)
_WHEN = compile_once(r"(?:thời (?:gian|hạn)|tiến độ|lộ trình)\b", regex.I)
_TOLD = ("owner", "time")


def titled_parts(letter: Letter, title: Span, points: Sequence[Span]) -> tuple[Part, ...]:
    """The labelled clauses that a title and the points below it are; () where it is no label."""
    rule = _label(letter, title) if points and _lists(letter, points) else None
    return tuple(_part(letter, rule, point) for point in points) if rule else ()


def _lists(letter: Letter, points: Sequence[Span]) -> bool:
    """Do the points name parties or times, and neither ask nor announce anything?"""
    return all(_names(letter, point) for point in points)


def _names(letter: Letter, point: Span) -> bool:
    words = letter.key[slice(*point)].rstrip()
    long = len(words) > _LONGEST_POINT or words.endswith(":") or ": " in words
    return not long and not starts_with_verb(letter, *point)


def _label(letter: Letter, title: Span) -> CompiledRule | None:
    """The row of clause_words.toml whose label is the whole title."""
    words = letter.key[slice(*title)].strip(_MARKS)
    if len(words) > _LONGEST_TITLE or not (_WHO.match(words) or _WHEN.match(words)):
        return None  # "Tổ chức thực hiện" heads duties, it labels no list
    told = (rule for rule in rules("clause_words") if rule.value["field"] in _TOLD)
    labels = (rule for rule in told if not (rule.value.get("bracket") or rule.value.get("before")))
    return next((rule for rule in labels if rule.pattern.fullmatch(f"{words}:")), None)


def _part(letter: Letter, rule: CompiledRule, point: Span) -> Part:
    end = point.start + len(letter.key[slice(*point)].rstrip(_MARKS))
    return Part(str(rule.value["field"]), Span(point.start, end), point, role_of(rule), rule.id)
