"""Which mark calls which note, and from which duty?

A reader takes the marks out of the text (`Letter.calls`) and tells the notes' own marks
(`Paragraph.mark`). Here they are bound: by mark, by page where the numbering begins anew, and
by sequence. A mark that the reader could not tell from the text ("phụ nữ1" in a poor scan) is
still told where its note waits for it; the text stays as it is.
"""

from collections.abc import Mapping, Sequence

from extractors.footnotes.calls import calls_by_note
from extractors.footnotes.notes import Call, Note, find_notes
from schemas.footnote import Footnote
from schemas.letter import Letter
from schemas.reference import Reference
from schemas.task import Duty

LETTER = "letter"
"""Called from no duty: from the letterhead, a heading, Nơi nhận."""


def find_footnotes(
    letter: Letter, duties: Sequence[Duty], references: Sequence[Reference]
) -> tuple[Footnote, ...]:
    """Every note in reading order, who calls it and what it cites."""
    notes = find_notes(letter)
    called = calls_by_note(letter, notes)
    return tuple(
        _footnote(letter, note, called.get(note, ()), duties, references) for note in notes
    )


def cited_by(
    duties: Sequence[Duty], references: Sequence[Reference], footnotes: Sequence[Footnote]
) -> Mapping[str, tuple[str, ...]]:
    """For each duty's id the references in its own words and in the notes it calls.

    A reference belongs to the innermost duty that holds it.
    """
    ids: dict[str, list[str]] = {duty.id: [] for duty in duties}
    for reference in references:
        holder = _innermost(duties, reference.quote.start + 1)
        if holder is not None:
            ids[holder.id].append(reference.id)
    for footnote in footnotes:
        for caller in footnote.called_by:
            ids.get(caller, []).extend(footnote.references)
    return {duty: tuple(dict.fromkeys(found)) for duty, found in ids.items()}


def _footnote(
    letter: Letter,
    note: Note,
    calls: Sequence[Call],
    duties: Sequence[Duty],
    references: Sequence[Reference],
) -> Footnote:
    callers = (_innermost(duties, call.at) for call in calls)
    return Footnote(
        mark=note.mark,
        text=letter.text[note.start : note.end].replace("\n", " "),
        called_by=tuple(dict.fromkeys(duty.id if duty else LETTER for duty in callers)),
        references=tuple(
            reference.id
            for reference in references
            if note.start <= reference.quote.start < note.end
        ),
        quote=letter.quote(note.start, note.end),
    )


def _innermost(duties: Sequence[Duty], at: int) -> Duty | None:
    """The smallest duty that holds the character before `at`: a mark stands behind its words."""
    holders = [duty for duty in duties if duty.span.start < at <= duty.span.end]
    return min(holders, key=lambda duty: duty.span.end - duty.span.start, default=None)
