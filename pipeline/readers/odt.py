"""What does an OpenDocument text (ODT, ISO/IEC 26300) say?

Read directly from its content part: list numbers are counted, notes anchored, tables with their
spans, tracked deletions (kept apart in the file) left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex
from lxml import etree

from pipeline.errors import Unreadable
from pipeline.readers import ODT
from pipeline.readers.breaks import after_break
from pipeline.readers.docx.numbering import Level, List, Numbering, Place
from pipeline.readers.legacy import restore
from pipeline.readers.limits import Limits
from pipeline.readers.papers import lines_in, paper_of
from pipeline.readers.runs import Frame, Run, line_of, opening_mark
from pipeline.readers.zipped import Archive, open_archive, too_deep
from schemas.paper import Block, Cell, Line, Paper, Role, Table

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_BORDER = f"{_FO}border"

_FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "": "none",
}
_WRAPPERS = {_TEXT + "section", _TEXT + "index-body", _OFFICE + "text"}
_CONTENTS = {_TEXT + "table-of-content", _TEXT + "alphabetical-index"}
_SKIPPED = {
    _TEXT + "tracked-changes", _TEXT + "note", _TEXT + "hidden-text", _TEXT + "ruby-text",
    _OFFICE + "annotation", _OFFICE + "annotation-end",
}  # fmt: skip
_BLANK = regex.compile(r"[ \t\r\n]+")


def read_odt(data: bytes, limits: Limits) -> Paper:
    """The letter of an ODT file."""
    archive = open_archive(data, limits)
    if "content.xml" not in archive.names:
        raise Unreadable(
            "odt.no-document",
            "Tệp ODT không có phần nội dung (content.xml).",
            "Tệp bị hỏng hoặc không phải ODT; hãy xin lại bản gốc.",
            "The ODT file has no content part (content.xml); get the original again.",
        )
    content = archive.xml("content.xml")
    walk = _Walk(limits, _styles(archive, content), _numbering(archive, content))
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    blocks = [*walk.blocks(body, 0)] if body is not None else []
    return paper_of(ODT, [*blocks, *walk.notes], limits)


class _Look(NamedTuple):
    """What a style says; None: nothing."""

    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    font: str | None = None
    raised: bool | None = None
    hidden: bool | None = None
    centered: bool | None = None

    def under(self, over: "_Look") -> "_Look":
        """This look where `over` does not say otherwise."""
        said = {name: value for name, value in over._asdict().items() if value is not None}
        return self._replace(**said)


@dataclass(slots=True)
class _Styles:
    """The styles by family and name, resolved on first use."""

    items: dict[tuple[str, str], etree._Element]
    looks: dict[tuple[str, str], _Look] = field(default_factory=dict)

    def look(self, family: str, name: str | None) -> _Look:
        key = (family, name or "")
        if key not in self.looks:
            look, chain = _Look(), self._chain(key)
            for item in chain:
                look = look.under(_look(item))
            self.looks[key] = look
        return self.looks[key]

    def _chain(self, key: tuple[str, str]) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while (item := self.items.get(key)) is not None and item not in chain:
            chain.insert(0, item)
            key = (key[0], item.get(_STYLE + "parent-style-name", ""))
        return chain


def _look(item: etree._Element) -> _Look:
    text = item.find(_STYLE + "text-properties")
    paragraph = item.find(_STYLE + "paragraph-properties")
    said = {str(key): str(value) for key, value in text.attrib.items()} if text is not None else {}
    alignment = paragraph.get(_FO + "text-align") if paragraph is not None else None
    position = said.get(_STYLE + "text-position")
    weight, slant = said.get(_FO + "font-weight"), said.get(_FO + "font-style")
    return _Look(
        bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        italic=None if slant is None else slant in ("italic", "oblique"),
        size=_points(said.get(_FO + "font-size")),
        font=said.get(_STYLE + "font-name") or said.get(_FO + "font-family"),
        raised=None if position is None else _raises(position),
        hidden=None if text is None else said.get(_TEXT + "display") == "none" or None,
        centered=None if alignment is None else alignment == "center",
    )


def _raises(position: str) -> bool:
    """A text position is a height in per cent of the font, or super."""
    first = position.partition(" ")[0]
    return first == "super" or (first.endswith("%") and not first.startswith(("-", "0")))


def _points(text: str | None) -> float | None:
    found = regex.fullmatch(r"(\d+(?:\.\d+)?)pt", text or "")
    return float(found[1]) if found else None


def _style_roots(archive: Archive, content: etree._Element) -> Iterator[etree._Element]:
    styles = archive.xml_or_none("styles.xml")
    if styles is not None:
        yield styles
    yield content


def _styles(archive: Archive, content: etree._Element) -> _Styles:
    items = {
        (item.get(_STYLE + "family", ""), item.get(_STYLE + "name", "")): item
        for root in _style_roots(archive, content)
        for item in root.iter(_STYLE + "style")
    }
    return _Styles(items)


def _numbering(archive: Archive, content: etree._Element) -> Numbering:
    """The list styles as lists that count like Word's."""
    return Numbering(
        {
            name: List(name, dict(_levels(item)), {})
            for root in _style_roots(archive, content)
            for item in root.iter(_TEXT + "list-style")
            if (name := item.get(_STYLE + "name", ""))
        }
    )


def _levels(style: etree._Element) -> Iterator[tuple[int, Level]]:
    for item in style:
        at = int(item.get(_TEXT + "level", "1")) - 1
        if item.tag == _TEXT + "list-level-style-number":
            form = _FORMS.get(item.get(_STYLE + "num-format", ""), "decimal")
            start = int(item.get(_TEXT + "start-value", "1"))
            yield at, Level(start, form, _level_text(item, at))
        else:
            properties = item.find(_STYLE + "text-properties")
            font = properties.get(_STYLE + "font-name") if properties is not None else None
            yield at, Level(1, "bullet", item.get(_TEXT + "bullet-char", "•"), font=font)


def _level_text(item: etree._Element, at: int) -> str:
    """The label's pattern in Word's notation, %1 for the outermost level."""
    if (told := item.get(_LOEXT + "num-list-format")) is not None:
        return regex.sub(r"%(\d)%", r"%\1", told)
    shown = min(int(item.get(_TEXT + "display-levels", "1")), at + 1)
    numbers = ".".join(f"%{level + 1}" for level in range(at - shown + 1, at + 1))
    prefix, suffix = item.get(_STYLE + "num-prefix", ""), item.get(_STYLE + "num-suffix", "")
    return f"{prefix}{numbers}{suffix}"


class _Break(NamedTuple):
    """The line ends here."""


class _Box(NamedTuple):
    """A text box is anchored here."""

    content: etree._Element


_Token = Run | _Break | _Box


@dataclass(slots=True)
class _Walk:
    """The walk through the content part."""

    limits: Limits
    styles: _Styles
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
            if tag in (_TEXT + "p", _TEXT + "h"):
                yield from self._paragraph(child, depth)
            elif tag == _TEXT + "list":
                yield from self._list(child, depth, 0, child.get(_TEXT + "style-name", ""))
            elif tag == _TABLE + "table":
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
        style = item.get(_TEXT + "style-name", style)
        goes_on = item.get(_TEXT + "continue-numbering") == "true" or (
            item.get(_TEXT + "continue-list") is not None
        )
        if level == 0 and not goes_on:
            self.numbering.counts.pop(style, None)
        if depth > self.limits.nesting:
            raise too_deep(self.limits)
        for entry in item:
            if entry.tag == _TEXT + "list-item":
                yield from self._entry(entry, depth, Place(style, min(level, 8)))
            else:
                yield from self.blocks(entry, depth + 1)

    def _entry(self, entry: etree._Element, depth: int, place: Place) -> Iterator[Block]:
        """A list item: its first paragraph has the label, the others have none."""
        for at, child in enumerate(entry):
            if child.tag == _TEXT + "list":
                yield from self._list(child, depth + 1, place.level + 1, place.list)
                continue
            if at == 0:
                self._begin(entry, place)
                self.labels.append((self.numbering.label(place) or "", place.level))
            yield from self.blocks([child], depth + 1)  # type: ignore[arg-type] # it is iterated
            self.labels.clear()

    def _begin(self, entry: etree._Element, place: Place) -> None:
        """A list item that begins anew at a number of its own."""
        start = entry.get(_TEXT + "start-value", "")
        if start.isdigit():
            self.numbering.counts.setdefault(place.list, {})[place.level] = int(start) - 1

    def _paragraph(self, item: etree._Element, depth: int) -> Iterator[Block]:
        look = self.styles.look("paragraph", item.get(_TEXT + "style-name"))
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
            if isinstance(token, _Box):
                yield from self.blocks(token.content, depth + 1)

    def _line(self, segment: Sequence[Run], frame: Frame, label: str) -> Line | None:
        runs = restore(segment)
        typed = opening_mark(runs) if frame.role == "text" else None
        if typed is None:
            shown = label if runs or any(map(str.isalnum, label)) else ""
            return line_of(runs, frame, shown)
        mark, rest = typed
        return line_of(rest, frame._replace(role="note", mark=mark))

    def _tokens(self, item: etree._Element, look: _Look) -> Iterator[_Token]:
        if item.text:
            yield _run(item.text, look)
        for child in item:
            if isinstance(child.tag, str):
                yield from self._inline(child, look)
            if child.tail:
                yield _run(child.tail, look)

    def _inline(self, child: etree._Element, look: _Look) -> Iterator[_Token]:
        tag = child.tag
        if tag == _TEXT + "note":
            yield self._note(child)
        elif tag in _SKIPPED:
            return
        elif tag == _TEXT + "s":
            yield _run("\u00a0" * int(child.get(_TEXT + "c", "1")), look)
        elif tag == _TEXT + "tab":
            yield _run("\t", look, kept=True)
        elif tag == _TEXT + "line-break":
            yield _Break()
        elif tag == _DRAW + "text-box":
            yield _Box(child)
        else:
            over = self.styles.look("text", child.get(_TEXT + "style-name"))
            inner = look.under(over) if tag == _TEXT + "span" else look
            if not inner.hidden:
                yield from self._tokens(child, inner)

    def _note(self, item: etree._Element) -> Run:
        """The mark of a note; its lines wait until the end."""
        citation, body = item.find(_TEXT + "note-citation"), item.find(_TEXT + "note-body")
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
        cells: list[Cell] = []
        rows = [*_rows(item)]
        width = 0
        for at, row in enumerate(rows):
            column = 0
            for child in row:
                if child.tag == _TABLE + "table-cell":
                    cells.append(self._cell(child, (at, column), len(rows) - at, depth))
                column += _count(child, "number-columns-repeated")
            width = max(width, column)
        if not any(cell.lines for cell in cells):
            return
        if len(cells) == 1 or self.role != "text":
            for cell in cells:
                yield from cell.lines
            return
        yield Table(
            rows=len(rows),
            columns=width,
            cells=tuple(cells),
            ruled=self._is_ruled(item),
            header_rows=len(item.findall(f"{_TABLE}table-header-rows/{_TABLE}table-row")),
        )

    def _cell(self, item: etree._Element, place: tuple[int, int], below: int, depth: int) -> Cell:
        """A cell at its row and column; `below`: the rows that it may cover."""
        return Cell(
            row=place[0],
            column=place[1],
            rows=min(max(_count(item, "number-rows-spanned"), 1), below),
            columns=max(_count(item, "number-columns-spanned"), 1),
            lines=tuple(lines_in(self.blocks(item, depth + 1))),
        )

    def _is_ruled(self, table: etree._Element) -> bool:
        """Whether half of the cells have a border."""
        cells = [*table.iter(_TABLE + "table-cell")]
        styles = (self.styles.items.get(("table-cell", cell.get(_TABLE + "style-name", "")))
                  for cell in cells)  # fmt: skip
        return sum(style is not None and _bordered(style) for style in styles) * 2 >= len(cells)


def _count(item: etree._Element, name: str) -> int:
    """A count of rows or columns, bounded: no sheet of paper has 500."""
    text = item.get(_TABLE + name, "1")
    return min(int(text), 500) if text.isdecimal() else 1


def _bordered(style: etree._Element) -> bool:
    said = style.find(_STYLE + "table-cell-properties")
    if said is None:
        return False
    edges = [str(value) for name, value in said.attrib.items() if str(name).startswith(_BORDER)]
    return any(not edge.startswith(("none", "0pt", "hidden")) for edge in edges)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == _TABLE + "table-row":
            yield child
        elif child.tag in (_TABLE + "table-header-rows", _TABLE + "table-rows",
                           _TABLE + "table-row-group"):  # fmt: skip
            yield from _rows(child)


def _segments(tokens: Sequence[_Token]) -> Iterator[list[Run]]:
    runs: list[Run] = []
    for token in tokens:
        if isinstance(token, Run):
            runs.append(token)
        elif isinstance(token, _Break):
            yield runs
            runs = []
    yield runs


def _run(text: str, look: _Look, *, kept: bool = False) -> Run:
    """A run; white space of the file itself is one blank."""
    text = text if kept else _BLANK.sub(" ", text)
    return Run(text, bool(look.bold), bool(look.italic), look.size, look.font, bool(look.raised))
