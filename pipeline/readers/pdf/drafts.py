"""What does a row of a page become: a line, its style, its calls, whether it is centred?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.readers.pdf.columns import Sided
from pipeline.readers.pdf.leaf import Leaf
from pipeline.readers.pdf.notes import NoteRow
from pipeline.readers.pdf.rows import Row
from pipeline.readers.pdf.words import words_of
from schemas.paper import Box, Call, Line, Role


@dataclass(slots=True)
class Draft:
    """A line before it is known whether it opens a paragraph."""

    text: str
    page: int
    box: Box
    size: float | None
    bold: bool = False
    italic: bool = False
    centered: bool = False
    role: Role = "text"
    mark: str | None = None
    column: Literal["left", "right"] | None = None
    calls: tuple[Call, ...] = ()
    starts: bool | None = None
    confidence: float | None = None

    def line(self, starts: bool) -> Line:
        """The finished line."""
        return Line(
            text=self.text,
            page=self.page,
            box=self.box,
            size=self.size,
            bold=self.bold,
            italic=self.italic,
            centered=self.centered,
            starts=starts,
            role=self.role,
            mark=self.mark,
            column=self.column,
            calls=self.calls,
        )


def draft_of(leaf: Leaf, row: Row) -> Draft:
    """The words of a row with their place and style."""
    words = words_of(row, leaf.marks if row.raised else frozenset())
    return Draft(
        words.text,
        leaf.sheet.number,
        row.box,
        row.size,
        bold=row.bold,
        italic=row.italic,
        calls=words.calls,
    )


def note_of(leaf: Leaf, note: NoteRow) -> Draft:
    """A row of a footnote."""
    draft = draft_of(leaf, note.row)
    draft.role, draft.mark = "note", note.mark
    return draft


def sided_draft(leaf: Leaf, place: Sided) -> Draft:
    """A row, or its half, of a column."""
    draft = draft_of(leaf, place.row)
    draft.column = place.column
    return draft


def tell_centred(drafts: Sequence[Draft]) -> None:
    """Lines whose middle is that of the text area, or of their column, and that fill neither."""
    for side in (None, "left", "right"):
        lines = [draft for draft in drafts if draft.column == side]
        if not lines:
            continue
        left = min(line.box[0] for line in lines)
        right = max(line.box[2] for line in lines)
        if side is None:
            left, right = _margins(lines, left, right)
        for line in lines:
            line.centered = _is_centred(line, left, right, in_column=side is not None)
        for above, below in pairwise(lines):
            if abs(above.box[0] - below.box[0]) < 2 and abs(above.box[2] - below.box[2]) > 15:
                above.centered = below.centered = False  # they keep one left edge


def _is_centred(line: Draft, left: float, right: float, *, in_column: bool) -> bool:
    """Whether as much is white on either side; titles may be off by more than a coincidence."""
    space = line.box[0] - left
    off = abs(0.5 * (line.box[0] + line.box[2]) - 0.5 * (left + right))
    if in_column:
        return space > 4 and off < 9
    title = line.bold or line.italic or line.text.isupper()
    return (space > 14 and off < (9 if title else 5)) or (space > 5 and off < 2)


def _margins(lines: Sequence[Draft], left: float, right: float) -> tuple[float, float]:
    long = [line.box for line in lines if line.box[2] - line.box[0] > 0.7 * (right - left)]
    if len(long) < 3:
        return left, right
    lefts, rights = sorted(box[0] for box in long), sorted(box[2] for box in long)
    return lefts[len(lefts) // 10], rights[len(rights) * 3 // 4]
