"""What does a part of the document say, block after block, and on which page?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from pipeline.readers.breaks import after_break
from pipeline.readers.cells import blocks_of_table
from pipeline.readers.docx.drawings import chosen_alternative
from pipeline.readers.docx.inline import Break, Inline, NoteCall, TextBox, Token
from pipeline.readers.docx.notes import Called, Notes
from pipeline.readers.docx.package import MC, W
from pipeline.readers.docx.properties import is_on, value_of
from pipeline.readers.docx.styles import Styles
from pipeline.readers.docx.tables import layout_of
from pipeline.readers.halves import going_on
from pipeline.readers.legacy import restore
from pipeline.readers.limits import Limits
from pipeline.readers.numbering import Numbering
from pipeline.readers.runs import Frame, Run, line_of, opening_mark
from pipeline.readers.zipped import too_deep
from schemas.paper import Block, Line, Remark, Role, lines_in

_WRAPPERS = {
    W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag", W + "body",
}  # fmt: skip


@dataclass(slots=True)
class Story:
    """The walk: what has been counted so far and where we are."""

    styles: Styles
    numbering: Numbering
    notes: Notes
    limits: Limits
    sections: list[etree._Element]
    rendered: bool
    inline: Inline
    table_styles: dict[str, etree._Element]
    page: int = 1
    section: int = 0
    role: Role = "text"
    carried: list[Token] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def blocks(self, container: etree._Element, depth: int) -> Iterator[Block]:
        """The blocks of the body, of a cell, a note or a box, in order."""
        if depth > self.limits.nesting:
            raise too_deep(self.limits)
        for child in container:
            tag = child.tag
            if tag == W + "p":
                yield from self._paragraph(child, depth)
            elif tag == W + "tbl":
                yield from self._table(child, depth)
            elif tag in _WRAPPERS or tag == W + "sdt":
                yield from self.blocks(child, depth + 1)
            elif tag == MC + "AlternateContent":
                chosen = chosen_alternative(child)
                yield from self.blocks(chosen, depth + 1) if chosen is not None else ()
            elif tag == W + "altChunk":
                self.remarks.append(_EMBEDDED)

    def _paragraph(self, item: etree._Element, depth: int) -> Iterator[Block]:
        properties = item.find(W + "pPr")
        style = self.styles.paragraph(value_of(properties, "pStyle"))
        self._page_before(properties)
        contents = self.inline.in_contents
        tokens = [*self.carried, *self.inline.tokens(item, style.look)]
        self.carried = []
        if _mark_deleted(properties):
            self.carried = tokens
            return
        label, level = self._label(properties, tokens)
        alignment = value_of(properties, "jc")
        frame = Frame(
            page=self.page,
            centered=style.centered if alignment is None else alignment == "center",
            role="furniture" if contents or self.inline.in_contents else self.role,
            level=level,
            gaps=depth <= 1 and self.role == "text",
        )
        yield from self._lines(tokens, frame, label)
        for token in tokens:
            if isinstance(token, TextBox):
                yield from self.blocks(token.content, depth + 1)
        self._section_after(properties)

    def _label(
        self, properties: etree._Element | None, tokens: Sequence[Token]
    ) -> tuple[str, int | None]:
        """The automatic number and the level; an empty bullet and a hidden paragraph have none."""
        place = self.styles.place(properties, self.numbering)
        if place is None:
            return "", None
        empty = not any(isinstance(token, Run) and token.text.strip() for token in tokens)
        if empty and _mark_hidden(properties):
            return "", None
        label = self.numbering.label(place) or ""
        shown = "" if empty and not any(map(str.isalnum, label)) else label
        return shown, place.level

    def _lines(self, tokens: Sequence[Token], frame: Frame, label: str) -> Iterator[Line]:
        """A paragraph's lines: one, and one more for each break inside it."""
        last: Line | None = None
        for broken, segment in self._segments(tokens):
            page = frame._replace(page=self.page if broken != "first" else frame.page)
            line = self._line(segment, page, label if last is None else "")
            if line is None:
                continue
            if last is not None:
                line = _after(last, line, broken)
            yield line
            last = line
        if last is None and label and (alone := line_of((), frame, label)) is not None:
            yield alone

    def _line(self, segment: Sequence[Run], frame: Frame, label: str) -> Line | None:
        runs = restore(segment)
        typed = opening_mark(runs) if frame.role == "text" else None
        if typed is None:
            return line_of(runs, frame, label) if any(r.text or r.mark for r in runs) else None
        mark, rest = typed
        return line_of(rest, frame._replace(role="note", mark=mark))

    def _segments(self, tokens: Sequence[Token]) -> Iterator[tuple[str, list[Run]]]:
        """The runs between breaks, each with the kind of break before it; pages are counted."""
        kind, runs = "first", list[Run]()
        for index, token in enumerate(tokens):
            if isinstance(token, Run):
                runs.append(token)
            elif isinstance(token, NoteCall):
                runs.append(self._called(token, runs))
            elif isinstance(token, Break) and self._parts(token, runs, tokens[index + 1 :]):
                yield kind, runs
                kind, runs = token.kind, []
                self._turn(token)
            elif isinstance(token, Break):
                self._turn(token)
        yield kind, runs

    def _parts(self, token: Break, before: Sequence[Run], after: Sequence[Token]) -> bool:
        """Whether the line ends at a break; one that Word computed does so only at a space."""
        if token.kind != "rendered":
            return True
        text = "".join(run.text for run in before)
        rest = next((t.text for t in after if isinstance(t, Run) and t.text), "")
        return bool(text.strip()) and (text[-1:].isspace() or rest[:1].isspace())

    def _turn(self, token: Break) -> None:
        """Counts pages by Word's own marks, or by hard breaks where Word left none."""
        if token.kind == ("rendered" if self.rendered else "page"):
            self.page += 1

    def _called(self, call: NoteCall, before: Sequence[Run]) -> Run:
        section = self.sections[self.section] if self.section < len(self.sections) else None
        place = (section, self.section, self.page)
        mark = self.notes.call(call.kind, call.note, place, call.custom)
        font = before[-1].font if before else None
        return Run("", mark=mark, font=font)

    def _page_before(self, properties: etree._Element | None) -> None:
        if not self.rendered and is_on(properties, "pageBreakBefore"):
            self.page += 1

    def _section_after(self, properties: etree._Element | None) -> None:
        """A section that ends with this paragraph; the next one tells whether a page begins."""
        if properties is None or properties.find(W + "sectPr") is None:
            return
        self.section += 1
        following = self.sections[self.section] if self.section < len(self.sections) else None
        if not self.rendered and value_of(following, "type") != "continuous":
            self.page += 1

    def _table(self, item: etree._Element, depth: int) -> Iterator[Block]:
        layout = layout_of(item, self.table_styles)
        as_lines = self.role != "text"
        yield from blocks_of_table(
            layout, lambda cell: lines_in(self.blocks(cell, depth + 1)), as_lines=as_lines
        )

    def note_lines(self) -> Iterator[Line]:
        """The notes that were called, in that order."""
        self.role = "note"
        for called in self.notes.called:
            yield from self._note(called)

    def _note(self, called: Called) -> Iterator[Line]:
        """The lines of one note, its mark on the first; a custom mark is also in its text."""
        self.page = called.page
        for index, line in enumerate(lines_in(self.blocks(called.content, 0))):
            text = line.text
            if called.custom and index == 0:
                text = text.removeprefix(called.mark).lstrip()
            mark = called.mark if index == 0 else None
            yield Line(**{**dict(line), "text": text, "mark": mark, "page": called.page})


_EMBEDDED = Remark(
    code="docx.embedded",
    message="Tệp Word nhúng một văn bản khác; phần nhúng không được đọc.",
)


def _after(before: Line, line: Line, broken: str) -> Line:
    """The line after a break; one where Word only turned the page goes on."""
    if broken == "rendered":
        return going_on(line)
    return after_break(before, line, of_page=broken == "page")


def _mark_deleted(properties: etree._Element | None) -> bool:
    """A deleted paragraph mark: what stood before it goes on in the next paragraph."""
    mark = properties.find(W + "rPr") if properties is not None else None
    return mark is not None and any(mark.find(W + name) is not None for name in ("del", "moveFrom"))


def _mark_hidden(properties: etree._Element | None) -> bool:
    return is_on(properties.find(W + "rPr") if properties is not None else None, "vanish")
