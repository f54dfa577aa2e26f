"""Which calls does each note have?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from extractors.footnotes.notes import Call, Note, page_at, plain_mark
from extractors.footnotes.unread import unread_call
from schemas.letter import Letter, Span

Marked = TypeVar("Marked", "Note", "Call")


def calls_by_note(letter: Letter, notes: Sequence[Note]) -> dict[Note, tuple[Call, ...]]:
    """The calls of each note; those without one get the call that the text still shows."""
    calls = tuple(_calls(letter, notes))
    bound = {note: _calls_of(note, notes, calls) for note in notes}
    marks = {call.mark for call in calls}
    for index, note in enumerate(notes):
        if not bound[note] and note.mark not in marks:
            bound[note] = unread_call(letter, note, _between(index, notes, bound))
    return bound


def _calls(letter: Letter, notes: Sequence[Note]) -> Iterator[Call]:
    """The calls outside the notes, in reading order."""
    for call in sorted(letter.calls):
        if not any(note.start <= call.at < note.end for note in notes):
            yield Call(call.at, plain_mark(call.mark), page_at(letter, max(call.at - 1, 0)))


def _calls_of(note: Note, notes: Sequence[Note], calls: Sequence[Call]) -> tuple[Call, ...]:
    """By mark within the same run of numbers; else by page; else one after another."""
    runs, called = _runs(notes, repeats=False), _runs(calls, repeats=True)
    if len(runs) == len(called):
        turn = next(index for index, run in enumerate(runs) if note in run)
        return tuple(call for call in called[turn] if call.mark == note.mark)
    alike = [call for call in calls if call.mark == note.mark]
    rivals = [other for other in notes if other.mark == note.mark]
    if len(rivals) == 1:
        return tuple(alike)
    if len({other.page for other in rivals}) == len(rivals):
        return tuple(call for call in alike if call.page == note.page)
    return (alike[rivals.index(note)],) if len(alike) == len(rivals) else ()


def _runs(marked: Sequence[Marked], *, repeats: bool) -> list[list[Marked]]:
    """Split where the numbering begins anew: 1 2 3 | 1 2; signs (*) begin nothing.

    `repeats`: a number may come again at once (a note called twice).
    """
    runs: list[list[Marked]] = []
    last = -1
    for item in marked:
        number = int(item.mark) if item.mark.isdecimal() else last
        if not runs or number < last or (number == last and item.mark.isdecimal() and not repeats):
            runs.append([])
        runs[-1].append(item)
        last = number
    return runs


def _between(index: int, notes: Sequence[Note], bound: Mapping[Note, Sequence[Call]]) -> Span:
    """Where the missing call must stand: after the calls before it, before those after it."""
    before = [call.at for note in notes[:index] for call in bound[note][:1]]
    after = [call.at for note in notes[index + 1 :] for call in bound[note][:1]]
    return Span(max(before, default=0), min(after, default=1 << 62))
