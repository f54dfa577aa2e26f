"""Which clauses, rows and sentences of a letter are duties?

A duty is one thing asked of a party. Letters give it in four layouts: numbered tasks with small
labelled clauses, sections headed by their owner, assignment tables, and prose that gives work
("Giao Sở … chủ trì …"). Purposes, evaluation, narrative and quotations are no duties.
"""

from collections.abc import Sequence
from dataclasses import replace

from extractors.parties import Home
from extractors.tasks.choose import prose_duties
from extractors.tasks.table import table_duties
from schemas.letter import Letter
from schemas.task import Clause, Duty

__all__ = ["find_tasks"]


def find_tasks(letter: Letter, clauses: Sequence[Clause], home: Home) -> tuple[Duty, ...]:
    """The duties of a letter in reading order, ids unique."""
    duties = [*prose_duties(letter, clauses, home), *table_duties(letter, clauses, home)]
    worded = [_worded(letter, duty) for duty in duties]
    return _unique(sorted((duty for duty in worded if duty.texts), key=lambda duty: duty.span))


def _worded(letter: Letter, duty: Duty) -> Duty:
    """The duty without stretches of no words; where none is left, nothing was asked."""
    texts = tuple(span for span in duty.texts if letter.text[span.start : span.end].strip())
    return duty if texts == duty.texts else replace(duty, texts=texts)


def _unique(duties: Sequence[Duty]) -> tuple[Duty, ...]:
    seen: dict[str, int] = {}
    return tuple(_renamed(duty, seen) for duty in duties)


def _renamed(duty: Duty, seen: dict[str, int]) -> Duty:
    seen[duty.id] = seen.get(duty.id, 0) + 1
    if seen[duty.id] == 1:
        return duty
    return replace(duty, id=f"{duty.id}'{seen[duty.id]}")
