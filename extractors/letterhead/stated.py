"""What do Công báo and the note of an annex say of the document in one breath?"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.letterhead.prints import Match, Print, lines_of, matched
from schemas.letter import Letter, Part, Span


class Stated(NamedTuple):
    """Issuer, number and date said in one breath; `match` counts from `start` of the text.

    Công báo prints them in capitals below the kind; the note of an annex names its document.
    """

    match: Match
    start: int

    def span(self, name: str) -> Span | None:
        """Where a group stands in the letter."""
        start, end = self.match.span(name)
        return Span(self.start + start, self.start + end) if start >= 0 else None


def find_stated(letter: Letter, head: Sequence[Print], title: int | None) -> Stated | None:
    """What stands below the kind, or in the note of an annex that came without its letter."""
    if title is not None:
        return _stated_in(letter, "title.of", head[title + 1 :])
    if any(section.part is Part.BODY for section in letter.sections):
        return None
    return _stated_in(letter, "annex.of", lines_of(letter, Part.ANNEX)[:8])


def find_notes(letter: Letter) -> Iterator[Stated]:
    """What the notes of the letter's own annexes say of it: (Kèm theo Kế hoạch số … ngày …)."""
    for section in letter.sections:
        if section.part is Part.ANNEX:
            lines = [line for line in lines_of(letter, Part.ANNEX) if line.start >= section.start]
            stated = _stated_in(letter, "annex.of", lines[:8])
            if stated is not None:
                yield stated


def _stated_in(letter: Letter, rule: str, lines: Sequence[Print]) -> Stated | None:
    if not lines:
        return None
    start = lines[0].start
    match = matched(rule, letter.key[start : lines[-1].end].replace("\n", " "))
    return Stated(match, start) if match else None
