"""Where does the text still show the mark of a note that nothing calls?"""

from collections.abc import Iterator

import regex

from extractors.footnotes.notes import Call, Note, is_note, page_at
from schemas.letter import Letter, Part, Span

_UNITS = frozenset({"m", "cm", "dm", "km", "mm"})  # m2, km2: a power, not a mark


def unread_call(letter: Letter, note: Note, where: Span) -> tuple[Call, ...]:
    """The one place in the text that shows the mark; none where there are several."""
    for pattern in _shown(note.mark):
        found = [
            Call(match.end("word"), note.mark, page)
            for match in pattern.finditer(letter.key, where.start, min(where.end, len(letter.key)))
            if _may_call(letter, match) and (page := page_at(letter, match.start())) <= note.page
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
    if paragraph is None or is_note(paragraph) or paragraph.part is Part.FURNITURE:
        return False
    return match["word"].lower() not in _UNITS
