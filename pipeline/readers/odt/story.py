"""What does the content part say, block after block?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from extractors.rules import compile_once
from pipeline.readers.breaks import after_break
from pipeline.readers.cells import blocks_of_table
from pipeline.readers.legacy import restore
from pipeline.readers.limits import Limits
from pipeline.readers.looks import Look
from pipeline.readers.numbering import Numbering, Place
from pipeline.readers.odt.names import DRAW, OFFICE, TABLE, TEXT
from pipeline.readers.odt.styles import Styles
from pipeline.readers.odt.tables import layout_of
from pipeline.readers.runs import Frame, Run, line_of, opening_mark
from pipeline.readers.zipped import too_deep
from schemas.paper import Block, Line, Role, lines_in

_WRAPPERS = {TEXT + "section", TEXT + "index-body", OFFICE + "text"}
_CONTENTS = {TEXT + "table-of-content", TEXT + "alphabetical-index"}
_SKIPPED = {
    TEXT + "tracked-changes", TEXT + "note", TEXT + "hidden-text", TEXT + "ruby-text",
    OFFICE + "annotation", OFFICE + "annotation-end",
}  # fmt: skip
_BLANK = compile_once(r"[ \t\r\n]+")


class Break(NamedTuple):
    """The line ends here."""


class Box(NamedTuple):
    """A text box is anchored here."""

    content: etree._Element


Token = Run | Break | Box


@dataclass(slots=True)
class Story:
    """The walk through the content part."""

    limits: Limits
    styles: Styles
    numbering: Numbering
    notes: list[Line] = field(default_factory=list)
    role: Role = "text"
    labels: list[tuple[str, int]] = field(default_factory=list)
    """The label of the list item that the next paragraph opens."""

    def blocks(self, container: etree._Element, depth: int) -> Iterator[Block]:
        """The blocks of the body, a cell, a note or a box, in order."""
        if depth > self.limits.nesting:
            raise too_deep(self.limits)
        for child in container:
            tag = child.tag
            if tag in (TEXT + "p", TEXT + "h"):
                yield from self._paragraph(child, depth)
            elif tag == TEXT + "list":
                yield from self._list(child, depth, 0, child.get(TEXT + "style-name", ""))
            elif tag == TABLE + "table":
                yield from self._table(child, depth)
            elif tag in _WRAPPERS:
                yield from self.blocks(child, depth + 1)
            elif tag in _CONTENTS:
                yield from self._contents(child, depth)

    def _contents(self, item: etree._Element, depth: int) -> Iterator[Block]:
        """A table of contents repeats the headings: it is furniture."""
        role, self.role = self.role, "furniture"
        yield from self.blocks(item, depth + 1)
        self.role = role

    def _list(self, item: etree._Element, depth: int, level: int, style: str) -> Iterator[Block]:
        style = item.get(TEXT + "style-name", style)
        goes_on = item.get(TEXT + "continue-numbering") == "true" or (
            item.get(TEXT + "continue-list") is not None
        )
        if level == 0 and not goes_on:
            self.numbering.counts.pop(style, None)
        if depth > self.limits.nesting:
            raise too_deep(self.limits)
        for entry in item:
            if entry.tag == TEXT + "list-item":
                yield from self._entry(entry, depth, Place(style, min(level, 8)))
            else:
                yield from self.blocks(entry, depth + 1)

    def _entry(self, entry: etree._Element, depth: int, place: Place) -> Iterator[Block]:
        """A list item: its first paragraph has the label, the others have none."""
        for at, child in enumerate(entry):
            if child.tag == TEXT + "list":
                yield from self._list(child, depth + 1, place.level + 1, place.list)
                continue
            if at == 0:
                self._begin(entry, place)
                self.labels.append((self.numbering.label(place) or "", place.level))
            yield from self.blocks([child], depth + 1)  # type: ignore[arg-type] # it is iterated
            self.labels.clear()

    def _begin(self, entry: etree._Element, place: Place) -> None:
        """A list item that begins anew at a number of its own."""
        start = entry.get(TEXT + "start-value", "")
        if start.isdigit():
            self.numbering.counts.setdefault(place.list, {})[place.level] = int(start) - 1

    def _paragraph(self, item: etree._Element, depth: int) -> Iterator[Block]:
        look = self.styles.look("paragraph", item.get(TEXT + "style-name"))
        label, level = self.labels.pop() if self.labels else ("", None)
        frame = Frame(centered=bool(look.centered), role=self.role, level=level, gaps=depth == 0)
        tokens = [*self._tokens(item, look)]
        last: Line | None = None
        for segment in _segments(tokens):
            line = self._line(segment, frame, label if last is None else "")
            if line is None:
                continue
            if last is not None:
                line = after_break(last, line)
            yield line
            last = line
        for token in tokens:
            if isinstance(token, Box):
                yield from self.blocks(token.content, depth + 1)

    def _line(self, segment: Sequence[Run], frame: Frame, label: str) -> Line | None:
        runs = restore(segment)
        typed = opening_mark(runs) if frame.role == "text" else None
        if typed is None:
            shown = label if runs or any(map(str.isalnum, label)) else ""
            return line_of(runs, frame, shown)
        mark, rest = typed
        return line_of(rest, frame._replace(role="note", mark=mark))

    def _tokens(self, item: etree._Element, look: Look) -> Iterator[Token]:
        if item.text:
            yield _run(item.text, look)
        for child in item:
            if isinstance(child.tag, str):
                yield from self._inline(child, look)
            if child.tail:
                yield _run(child.tail, look)

    def _inline(self, child: etree._Element, look: Look) -> Iterator[Token]:
        tag = child.tag
        if tag == TEXT + "note":
            yield self._note(child)
        elif tag in _SKIPPED:
            return
        elif tag == TEXT + "s":
            yield _run("\u00a0" * int(child.get(TEXT + "c", "1")), look)
        elif tag == TEXT + "tab":
            yield _run("\t", look, kept=True)
        elif tag == TEXT + "line-break":
            yield Break()
        elif tag == DRAW + "text-box":
            yield Box(child)
        else:
            over = self.styles.look("text", child.get(TEXT + "style-name"))
            inner = look.under(over) if tag == TEXT + "span" else look
            if not inner.hidden:
                yield from self._tokens(child, inner)

    def _note(self, item: etree._Element) -> Run:
        """The mark of a note; its lines wait until the end."""
        citation, body = item.find(TEXT + "note-citation"), item.find(TEXT + "note-body")
        mark = "".join(map(str, citation.itertext())).strip() if citation is not None else ""
        role, labels = self.role, [*self.labels]
        self.role = "note"
        self.labels.clear()
        lines = [*lines_in(self.blocks(body, 1))] if body is not None else []
        self.role, self.labels = role, labels
        self.notes += [
            Line(**{**dict(line), "mark": mark if at == 0 else None})
            for at, line in enumerate(lines)
        ]
        return Run("", mark=mark)

    def _table(self, item: etree._Element, depth: int) -> Iterator[Block]:
        yield from blocks_of_table(
            layout_of(item, self.styles),
            lambda cell: lines_in(self.blocks(cell, depth + 1)),
            as_lines=self.role != "text",
        )


def _segments(tokens: Sequence[Token]) -> Iterator[list[Run]]:
    runs: list[Run] = []
    for token in tokens:
        if isinstance(token, Run):
            runs.append(token)
        elif isinstance(token, Break):
            yield runs
            runs = []
    yield runs


def _run(text: str, look: Look, *, kept: bool = False) -> Run:
    """A run; white space of the file itself is one blank."""
    text = text if kept else _BLANK.sub(" ", text)
    return Run(text, bool(look.bold), bool(look.italic), look.size, look.font, bool(look.raised))
