"""What is it about?"""

from collections.abc import Iterator, Sequence

from extractors.letterhead.prints import (
    AFTER_SUBJECT,
    NO_SUBJECT,
    Print,
    is_below,
    is_word,
    matched,
    piece_of,
    says,
    words_of,
)
from extractors.titles import kind_opening, kind_titled
from schemas.letter import Span
from schemas.letterhead import Words


def find_subject(head: Sequence[Print], title: int | None, after: int) -> Words | None:
    """Trích yếu: below the title (and after position `after`), or after V/v."""
    if title is not None:
        return words_of(_titled_subject(head, title, after))
    for at, line in enumerate(head):
        if matched("letterhead.matter", line.key):
            mark = matched("subject.mark", line.key)
            first = piece_of(line, mark.end() if mark else 0)
            return words_of([first, *_matter(head[at + 1 :], line)])
    return None


def _titled_subject(head: Sequence[Print], title: int, after: int) -> list[tuple[str, Span]]:
    pieces: list[tuple[str, Span]] = []
    opening = None if kind_titled(head[title].key) else kind_opening(head[title].key)
    if opening:
        named = head[title].key.upper().find(" ", len(opening.bare))
        joint = matched("subject.joint", head[title].key[named + 1 :])
        pieces.append(piece_of(head[title], named + 1 + (joint.end() if joint else 0)))
    for line in head[title + 1 :]:
        if says(("letterhead.to", "annex.note"), line.key):
            break
        if not says(NO_SUBJECT, line.key) and is_word(line.key) and is_below(line, head[title], 90):
            mark = matched("subject.mark", line.key)
            skipped = min(max(after - line.start, 0), len(line.text))
            pieces.append(piece_of(line, mark.end() if mark else skipped))
    return pieces


def _matter(lines: Sequence[Print], first: Print) -> Iterator[tuple[str, Span]]:
    """The lines that go on with V/v: below it in its column, up to the next landmark."""
    for line in lines:
        if says(AFTER_SUBJECT, line.key) or not is_below(line, first, reach=80):
            return
        if is_word(line.key):
            yield piece_of(line)


def find_stamp(head: Sequence[Print], name: str) -> str | None:
    """The words of a stamp: urgency or secrecy."""
    matches = (matched(name, line.key) for line in head)
    return next((match[name] for match in matches if match), None)
