"""What does a web page of a law portal say, without the page around the letter?

The letter is the part of the page that holds most of the text; scripts, menus and buttons are
dropped. Linked notes, list numbers, tables with spans and centred lines are kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Literal, NamedTuple

import regex
from lxml import etree, html

from extractors.text import fold
from pipeline.errors import Unreadable
from pipeline.readers import HTML
from pipeline.readers.breaks import after_break
from pipeline.readers.docx.figures import figure
from pipeline.readers.legacy import from_bytes, is_unicode, restore
from pipeline.readers.limits import Limits
from pipeline.readers.papers import lines_in, paper_of
from pipeline.readers.runs import Frame, Run, line_of, opening_mark
from pipeline.readers.zipped import too_deep
from schemas.paper import Block, Cell, Line, Paper, Table

_DROPPED = (
    "script", "style", "nav", "noscript", "template", "svg", "iframe", "button", "select", "head",
    "input", "textarea", "object", "embed", "audio", "video", "canvas", "map", "dialog", "link",
)  # fmt: skip
_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre
    section summary table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_ARCHIVE = regex.compile(rb"\s*(?:MIME-Version|From|Subject|Content-Type): ", regex.I)
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BLANK = regex.compile(r"[ \t\r\n\f]+")
_NOTE_MARK = regex.compile(r"[\[(]?([\p{L}\d]{1,4}|\*{1,3})[\])]?")
_BACK = regex.compile(r"(?i)ref")
_NOTE = regex.compile(r"(?i)mso-element:\s*(?:foot|end)note\b(?!-list)")
_HIDDEN = regex.compile(r"(?i)display:\s*none|visibility:\s*hidden|mso-hide:\s*all")
_SIZE = regex.compile(r"(?i)font-size:\s*(\d+(?:\.\d+)?)(pt|px)")
_WEIGHT = regex.compile(r"(?i)font-weight:\s*(\w+)")
_SLANT = regex.compile(r"(?i)font-style:\s*(\w+)")
_ALIGN = regex.compile(r"(?i)text-align:\s*(\w+)")
_FAMILY = regex.compile(r"(?i)font-family:\s*[\"']?([^;,\"']+)")
_RAISED = regex.compile(r"(?i)vertical-align:\s*super")
_LINE_DRAWN = regex.compile(
    r"(?i)border(?:-(?:top|left|right|bottom))?(?:-style)?:[^;]*\b(?:solid|double|inset|dotted)"
)
_LINE_HIDDEN = regex.compile(r"(?i)border(?:-color)?:[^;]*(?:#fff\w*|white|transparent|none)")
_STATE_NAME = regex.compile(
    r"(?i)C[ỘO]NG H[ÒO]A X[ÃA] H[ỘO]I CH[ỦU] NGH[ĨI]A|Đ[ẢA]NG C[ỘO]NG S[ẢA]N"
)
_LAYOUT = ("table", "tbody", "tr", "td", "p", "ul", "ol")


def read_html(data: bytes, limits: Limits) -> Paper:
    """The letter of a page as a law portal serves it."""
    root = _root(_decoded(_page_of(data)))
    for item in list(root.iter(*_DROPPED)):
        item.drop_tree()
    walk = _Walk(limits, guess=not is_unicode(root.text_content()))
    blocks = tuple(walk.blocks(_letter_in(root), _Style(), 0))
    return paper_of(HTML, blocks, limits)


def _page_of(data: bytes) -> bytes:
    """The page inside a web archive (MHTML: "saved as one file"); other pages as they are."""
    if _ARCHIVE.match(data) is None:
        return data
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else data
    return data


def blocks_of(text: str, limits: Limits) -> tuple[Block, ...]:
    """The blocks of a piece of HTML inside another kind of text."""
    walk = _Walk(limits, guess=not is_unicode(text))
    return tuple(walk.blocks(_root(text), _Style(), 0))


def _decoded(data: bytes) -> str:
    """The text of the page: as its bytes say, else as the page declares."""
    told = regex.search(rb"(?i)charset=[\"']?([\w-]+)", data[:4096])
    guessed = from_bytes(data)
    if guessed.encoding.startswith("utf") or told is None:
        return guessed.text
    try:
        text = data.decode(told[1].decode("ascii"))
    except (LookupError, UnicodeDecodeError):
        return guessed.text
    return guessed.text if guessed.encoding in ("tcvn3", "vni", "vps") else text


def _root(text: str) -> html.HtmlElement:
    parser = html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable(
            "html.empty",
            "Trang HTML rỗng hoặc bị hỏng.",
            "Hãy tải lại trang hoặc tải tệp văn bản gốc.",
            "The HTML page is empty or damaged; save it again or get the original file.",
        ) from error
    return root


def _letter_in(root: html.HtmlElement) -> html.HtmlElement:
    """The innermost element that holds nearly all that the letter says."""
    item = root
    while (child := _densest(item)) is not None:
        item = child
    return item


def _densest(item: html.HtmlElement) -> html.HtmlElement | None:
    """The child to look into further; None where looking further would lose words."""
    children = [child for child in item if isinstance(child.tag, str)]
    texts = [child.text_content() for child in children]
    if not children:
        return None
    best = max(range(len(children)), key=lambda at: len(texts[at]))
    whole = item.text_content()
    named = _STATE_NAME.search(fold(whole)) is not None
    if named and not _STATE_NAME.search(fold(texts[best])):
        return None
    if _is_table(children[best]) and not named:
        return None
    # a page that names the state may be mostly menus; of another little may be given up
    share = 0.6 if named else 0.9
    return children[best] if len(texts[best]) > share * len(whole) else None


def _is_table(item: html.HtmlElement) -> bool:
    """A table, or a box around one."""
    return bool(item.tag in _LAYOUT or (len(item) == 1 and _is_table(item[0])))


class _Style(NamedTuple):
    """What an element hands on to what stands in it."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    centered: bool = False
    size: float | None = None
    font: str | None = None
    note: bool = False


class _Text(NamedTuple):
    """Text or a note's mark, and the style it stands in."""

    run: Run
    style: _Style


class _Break(NamedTuple):
    kind: Literal["line", "block"]


class _Opening(NamedTuple):
    """A link back to where a note is called: a note begins here."""

    mark: str


class _Labelled(NamedTuple):
    """A list item begins here."""

    label: str
    level: int


_Token = _Text | _Break | _Opening | _Labelled | Table


@dataclass(slots=True)
class _Walk:
    """The walk through the page. `guess`: text without a font may be in an old encoding."""

    limits: Limits
    guess: bool = True
    lists: list[int] = field(default_factory=list)

    def blocks(self, item: html.HtmlElement, style: _Style, depth: int) -> Iterator[Block]:
        """The blocks of an element, in order."""
        pending = _Pending(gaps=depth == 0, guess=self.guess)
        for token in self._tokens(item, style, depth):
            yield from pending.take(token)
        yield from pending.take(_Break("block"))

    def _tokens(self, item: html.HtmlElement, style: _Style, depth: int) -> Iterator[_Token]:
        if depth > self.limits.nesting:
            raise too_deep(self.limits)
        if item.text:
            yield _text(item.text, style)
        for child in item:
            if isinstance(child.tag, str):
                yield from self._element(child, style, depth)
            if child.tail:
                yield _text(child.tail, style)

    def _element(self, item: html.HtmlElement, style: _Style, depth: int) -> Iterator[_Token]:
        said = item.get("style", "")
        if _HIDDEN.search(said) or item.get("hidden") is not None:
            return
        style = _styled(item, said, style)
        if item.tag == "br":
            yield _Break("line")
        elif item.tag == "table":
            yield _Break("block")
            yield from self._table(item, style, depth)
        elif item.tag in _BLOCKS:
            yield _Break("block")
            yield from self._block(item, style, depth)
            yield _Break("block")
        elif item.tag == "a":
            yield from self._link(item, style, depth)
        else:
            yield from self._tokens(item, style, depth + 1)

    def _block(self, item: html.HtmlElement, style: _Style, depth: int) -> Iterator[_Token]:
        if item.tag in ("ol", "ul"):
            self.lists.append(_first(item))
            yield from self._tokens(item, style, depth + 1)
            self.lists.pop()
            return
        if item.tag == "li" and self.lists:
            yield _Labelled(self._label(item), len(self.lists) - 1)
        yield from self._tokens(item, style, depth + 1)

    def _label(self, item: html.HtmlElement) -> str:
        """The number that the page shows before a list item."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "-"
        number = _whole(item.get("value"), self.lists[-1])
        self.lists[-1] = number + 1
        return figure(number, _LIST_FORMS.get(parent.get("type", ""), "decimal")) + "."

    def _link(self, item: html.HtmlElement, style: _Style, depth: int) -> Iterator[_Token]:
        """A link to a note is its mark; a link back opens the note; others are their text."""
        _, _, target = item.get("href", "").rpartition("#")
        shown = _NOTE_MARK.fullmatch(item.text_content().strip())
        if "#" not in item.get("href", "") or shown is None:
            yield from self._tokens(item, style, depth + 1)
        elif _BACK.search(target):
            yield _Opening(shown[1])
        else:
            yield _Text(Run("", mark=shown[1]), style)

    def _table(self, item: html.HtmlElement, style: _Style, depth: int) -> Iterator[_Token]:
        table = self._grid(item, style._replace(centered=False), depth)
        if table is not None:
            yield table

    def _grid(self, item: html.HtmlElement, style: _Style, depth: int) -> Table | None:
        rows = [row for row in item.iter("tr") if next(row.iterancestors("table"), None) is item]
        taken: set[tuple[int, int]] = set()
        cells: list[Cell] = []
        for at, row in enumerate(rows):
            for cell in row.iterchildren("td", "th"):
                place = _place(at, cell, taken, len(rows))
                said = _styled(row, row.get("style", ""), style)
                said = _styled(cell, cell.get("style", ""), said)
                lines = tuple(lines_in(self.blocks(cell, said, depth + 1)))
                cells.append(Cell(**{**place, "lines": lines}))
        if not any(cell.lines for cell in cells):
            return None
        return Table(
            rows=len(rows),
            columns=max(column for _, column in taken) + 1,
            cells=tuple(cells),
            ruled=_is_ruled(item),
            header_rows=_header_rows(rows),
        )


@dataclass(slots=True)
class _Pending:
    """The line being gathered, and the last one of the same paragraph."""

    gaps: bool
    guess: bool
    texts: list[_Text] = field(default_factory=list)
    last: Line | None = None
    breaks: int = 0
    label: _Labelled | None = None
    mark: str | None = None

    def take(self, token: _Token) -> Iterator[Block]:
        """Adds a token; gives the lines and tables that are complete."""
        if isinstance(token, _Text):
            self.texts.append(token)
        elif isinstance(token, _Labelled):
            self.label = token
        elif isinstance(token, _Opening):
            self.mark = token.mark
        elif isinstance(token, Table):
            yield from _table_or_lines(token)
        else:
            yield from self._line()
            self.breaks += 1
            if token.kind == "block":
                self.last, self.breaks, self.mark = None, 0, None

    def _line(self) -> Iterator[Line]:
        texts, self.texts = self.texts, []
        runs = restore([text.run for text in texts], guess=self.guess)
        line = _line_of(runs, self._frame(texts), self.label.label if self.label else "")
        if line is None:
            return
        if self.last is not None and self.breaks < 2:
            line = after_break(self.last, line)
        self.last, self.breaks, self.label, self.mark = line, 0, None, None
        yield line

    def _frame(self, texts: Sequence[_Text]) -> Frame:
        note = self.mark is not None or any(text.style.note for text in texts)
        return Frame(
            centered=_mostly_centered(texts),
            role="note" if note else "text",
            mark=self.mark,
            level=self.label.level if self.label else None,
            gaps=self.gaps,
        )


def _line_of(runs: Sequence[Run], frame: Frame, label: str) -> Line | None:
    """The line; one that opens with a raised figure is a note."""
    typed = opening_mark(runs) if frame.mark is None else None
    if typed is None:
        return line_of(runs, frame, label)
    mark, rest = typed
    return line_of(rest, frame._replace(role="note", mark=mark))


def _mostly_centered(texts: Sequence[_Text]) -> bool:
    written = [text for text in texts if text.run.text.strip()]
    return bool(written) and sum(text.style.centered for text in written) * 2 > len(written)


def _table_or_lines(table: Table) -> Iterator[Block]:
    """A table of one cell is a frame around its lines."""
    if len(table.cells) == 1:
        yield from table.cells[0].lines
    else:
        yield table


def _text(text: str, style: _Style) -> _Text:
    """Text with the page's white space as one blank; no-break spaces stay."""
    return _Text(
        Run(_BLANK.sub(" ", text), style.bold, style.italic, style.size, style.font, style.raised),
        style,
    )


def _styled(item: html.HtmlElement, said: str, style: _Style) -> _Style:
    """The style in an element: its tag, its attributes and its style attribute."""
    tag = item.tag
    if not item.attrib and tag not in _STYLED:
        return style
    face = item.get("face") if tag == "font" else None
    bold = _said(_WEIGHT, said, ("bold", "bolder", "600", "700", "800", "900"))
    italic = _said(_SLANT, said, ("italic", "oblique"))
    return _Style(
        bold=(style.bold or tag in _STRONG) if bold is None else bold,
        italic=(style.italic or tag in ("i", "em", "cite")) if italic is None else italic,
        raised=style.raised or tag == "sup" or _RAISED.search(said) is not None,
        centered=_centered(item, said, style.centered),
        size=_points(said) or style.size,
        font=face or _family(said) or style.font,
        note=style.note or _NOTE.search(said) is not None,
    )


_STRONG = ("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6")
_STYLED = frozenset((*_STRONG, "i", "em", "cite", "sup", "center"))


def _said(pattern: regex.Pattern[str], said: str, values: Sequence[str]) -> bool | None:
    """Whether a property has one of the values; None where it is not said."""
    found = pattern.search(said)
    return found[1].lower() in values if found else None


def _centered(item: html.HtmlElement, said: str, inherited: bool) -> bool:
    if found := _ALIGN.search(said):
        return bool(found[1].lower() == "center")
    if (aligned := item.get("align")) is not None:
        return bool(aligned.lower() == "center")
    return bool(inherited or item.tag == "center")


def _points(said: str) -> float | None:
    """A font size in points; 96 pixels are an inch."""
    found = _SIZE.search(said)
    return float(found[1]) * (0.75 if found[2].lower() == "px" else 1) if found else None


def _family(said: str) -> str | None:
    found = _FAMILY.search(said)
    return found[1].strip() if found else None


def _place(
    row: int, cell: html.HtmlElement, taken: set[tuple[int, int]], rows: int
) -> dict[str, int]:
    """The first free place of the row, and what the cell covers from there."""
    column = next(at for at in range(len(taken) + 1) if (row, at) not in taken)
    high = min(max(_whole(cell.get("rowspan"), 1), 1), rows - row)
    wide = min(max(_whole(cell.get("colspan"), 1), 1), 200)
    taken.update((row + down, column + right) for down in range(high) for right in range(wide))
    return {"row": row, "column": column, "rows": high, "columns": wide}


def _is_ruled(table: html.HtmlElement) -> bool:
    """Whether lines are drawn around most cells, as attributes or styles say; white is none."""
    said = table.get("style", "")
    whole = (_whole(table.get("border"), 0) > 0 or _drawn(said)) and not _LINE_HIDDEN.search(said)
    cells: list[str] = [cell.get("style", "") for cell in table.iter("td", "th")]
    drawn = sum((whole or _drawn(cell)) and not _LINE_HIDDEN.search(cell) for cell in cells)
    return bool(drawn * 2 > len(cells))


def _drawn(said: str) -> bool:
    return _LINE_DRAWN.search(said) is not None


def _header_rows(rows: Sequence[html.HtmlElement]) -> int:
    """Rows that the page marks as the head: in thead, or all th."""
    for at, row in enumerate(rows):
        parent = row.getparent()
        in_head = parent is not None and parent.tag == "thead"
        if not in_head and (len(row) == 0 or any(cell.tag != "th" for cell in row)):
            return at
    return 0


def _first(item: html.HtmlElement) -> int:
    return _whole(item.get("start"), 1)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.strip().isdigit() else otherwise
