"""Which notes does the letter have, and what is a call of one?"""

from collections.abc import Iterator
from typing import NamedTuple

from schemas.letter import Letter, Paragraph, Part

_SIGNS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890", "()[]. ")


class Note(NamedTuple):
    """A note at start..end, the page it begins on."""

    mark: str
    start: int
    end: int
    page: int


class Call(NamedTuple):
    """A mark called before character `at`."""

    at: int
    mark: str
    page: int


def find_notes(letter: Letter) -> tuple[Note, ...]:
    """The notes in reading order; one whose words are gone is none."""
    return tuple(note for note in _notes(letter) if letter.text[note.start : note.end].strip())


def _notes(letter: Letter) -> Iterator[Note]:
    """The notes: a paragraph without a mark goes on from the note before it."""
    open_note: Note | None = None
    for paragraph in letter.paragraphs:
        if not is_note(paragraph):
            continue
        if paragraph.mark is None and open_note is not None:
            open_note = open_note._replace(end=paragraph.end)
            continue
        if open_note is not None:
            yield open_note
        open_note = _note(letter, paragraph)
    if open_note is not None:
        yield open_note


def is_note(paragraph: Paragraph) -> bool:
    """In the notes of the letter, or told as a note by the reader (below a table)."""
    return paragraph.part is Part.FOOTNOTES or paragraph.mark is not None


def _note(letter: Letter, paragraph: Paragraph) -> Note:
    mark = plain_mark(paragraph.mark or "")
    return Note(mark, paragraph.start, paragraph.end, page_at(letter, paragraph.start))


def plain_mark(mark: str) -> str:
    """The mark without brackets, raised figures as figures: (1), [1], ¹ → 1."""
    return mark.translate(_SIGNS) or mark.strip()


def page_at(letter: Letter, at: int) -> int:
    """The page of a character."""
    regions = letter.quote(at, at + 1).regions
    return regions[0].page if regions else 1
