"""Which mark calls which note, and from which duty?

A reader takes the marks out of the text (`Letter.calls`) and tells the notes' own marks
(`Paragraph.mark`). Here they are bound: by mark, by page where the numbering begins anew, and
by sequence. A mark that the reader could not tell from the text ("phụ nữ1" in a poor scan) is
still told where its note waits for it; the text stays as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

import regex

from schemas.footnote import Footnote
from schemas.letter import Letter, Paragraph, Part, Span
from schemas.reference import Reference
from schemas.task import Duty

LETTER = "letter"
"""Called from no duty: from the letterhead, a heading, Nơi nhận."""

_SIGNS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890", "()[]. ")
_UNITS = frozenset({"m", "cm", "dm", "km", "mm"})  # m2, km2: a power, not a mark


Marked = TypeVar("Marked", "_Note", "_Call")


class _Note(NamedTuple):
    """A note at start..end, the page it begins on."""

    mark: str
    start: int
    end: int
    page: int


class _Call(NamedTuple):
    """A mark called before character `at`."""

    at: int
    mark: str
    page: int


def find_footnotes(
    letter: Letter, duties: Sequence[Duty], references: Sequence[Reference]
) -> tuple[Footnote, ...]:
    """Every note in reading order, who calls it and what it cites."""
    notes = tuple(note for note in _notes(letter) if letter.text[note.start : note.end].strip())
    called = _bound(letter, notes)
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
    note: _Note,
    calls: Sequence[_Call],
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


# --- Notes ---------------------------------------------------------------------------------------


def _notes(letter: Letter) -> Iterator[_Note]:
    """The notes: a paragraph without a mark goes on from the note before it."""
    open_note: _Note | None = None
    for paragraph in letter.paragraphs:
        if not _is_note(paragraph):
            continue
        if paragraph.mark is None and open_note is not None:
            open_note = open_note._replace(end=paragraph.end)
            continue
        if open_note is not None:
            yield open_note
        open_note = _note(letter, paragraph)
    if open_note is not None:
        yield open_note


def _is_note(paragraph: Paragraph) -> bool:
    """In the notes of the letter, or told as a note by the reader (below a table)."""
    return paragraph.part is Part.FOOTNOTES or paragraph.mark is not None


def _note(letter: Letter, paragraph: Paragraph) -> _Note:
    mark = _plain(paragraph.mark or "")
    return _Note(mark, paragraph.start, paragraph.end, _page(letter, paragraph.start))


def _plain(mark: str) -> str:
    """The mark without brackets, raised figures as figures: (1), [1], ¹ → 1."""
    return mark.translate(_SIGNS) or mark.strip()


def _page(letter: Letter, at: int) -> int:
    regions = letter.quote(at, at + 1).regions
    return regions[0].page if regions else 1


# --- Calls ---------------------------------------------------------------------------------------


def _bound(letter: Letter, notes: Sequence[_Note]) -> dict[_Note, tuple[_Call, ...]]:
    """The calls of each note; those without one get the call that the text still shows."""
    calls = tuple(_calls(letter, notes))
    bound = {note: _calls_of(note, notes, calls) for note in notes}
    marks = {call.mark for call in calls}
    for index, note in enumerate(notes):
        if not bound[note] and note.mark not in marks:
            bound[note] = _unread_call(letter, note, _between(index, notes, bound))
    return bound


def _calls(letter: Letter, notes: Sequence[_Note]) -> Iterator[_Call]:
    """The calls outside the notes, in reading order."""
    for call in sorted(letter.calls):
        if not any(note.start <= call.at < note.end for note in notes):
            yield _Call(call.at, _plain(call.mark), _page(letter, max(call.at - 1, 0)))


def _calls_of(note: _Note, notes: Sequence[_Note], calls: Sequence[_Call]) -> tuple[_Call, ...]:
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


def _between(index: int, notes: Sequence[_Note], bound: Mapping[_Note, Sequence[_Call]]) -> Span:
    """Where the missing call must stand: after the calls before it, before those after it."""
    before = [call.at for note in notes[:index] for call in bound[note][:1]]
    after = [call.at for note in notes[index + 1 :] for call in bound[note][:1]]
    return Span(max(before, default=0), min(after, default=1 << 62))


def _unread_call(letter: Letter, note: _Note, where: Span) -> tuple[_Call, ...]:
    """The one place in the text that shows the mark; none where there are several."""
    for pattern in _shown(note.mark):
        found = [
            _Call(match.end("word"), note.mark, page)
            for match in pattern.finditer(letter.key, where.start, min(where.end, len(letter.key)))
            if _may_call(letter, match) and (page := _page(letter, match.start())) <= note.page
        ]
        near = [call for call in found if call.page == note.page] or found
        if len(near) == 1:
            return tuple(near)
    return ()


def _shown(mark: str) -> Iterator[regex.Pattern[str]]:
    """How a mark looks when it is left in the text: bracketed, or glued to a word."""
    sign = regex.escape(mark)
    yield regex.compile(rf"(?P<word>\p{{L}}|[\p{{L}}\d][\"),]) ?[(\[]{sign}[)\]]")
    if mark.isdigit():
        yield regex.compile(
            rf"(?<!\p{{L}})(?P<word>\p{{L}}*\p{{Ll}}){sign}(?![\p{{L}}\d/%]|[.,]\d)"
        )
    else:
        yield regex.compile(rf"(?P<word>\p{{L}}){sign}(?!\p{{L}})")


def _may_call(letter: Letter, match: regex.Match[str]) -> bool:
    """Outside the notes and page furniture, and no power of a unit."""
    paragraph = letter.paragraph_at(match.start())
    if paragraph is None or _is_note(paragraph) or paragraph.part is Part.FURNITURE:
        return False
    return match["word"].lower() not in _UNITS
