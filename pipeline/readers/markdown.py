"""What does a Markdown file say: headings, lists, pipe tables and [^1] notes as plain lines?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.rules import compile_once
from pipeline.readers.html import blocks_of
from pipeline.readers.kinds import MARKDOWN
from pipeline.readers.legacy import decode, from_bytes
from pipeline.readers.limits import Limits
from pipeline.readers.papers import paper_of
from pipeline.readers.runs import Frame, line_of
from pipeline.readers.text import Typed, lines_of, typed_lines
from pipeline.readers.typed import runs_of
from pipeline.readers.typed_tables import table_of
from schemas.paper import Block, Line, Paper, Table

_SEPARATOR = compile_once(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?\s*)?$")
_HEADING = compile_once(r"^\s*#{1,6}\s+(.*?)\s*#*\s*$")
_BULLET = compile_once(r"^(\s*)([*+-])\s+(?=\S)")
_QUOTE = compile_once(r"^\s*>\s?")
_RULE = compile_once(r"^\s*(?:[-*_]\s*){3,}$|^\s*(?:```|~~~).*$|^\s*={3,}\s*$")
_HARD = compile_once(r"(?:\\|<br\s*/?>)$")
_BREAK = compile_once(r"(?i)<br\s*/?>")
_BAR = compile_once(r"(?<!\\)\|")
_TABLE_OPENS = compile_once(r"(?i)^\s*<table\b")
_TABLE_CLOSES = compile_once(r"(?i)</table>")
_COMMENT = compile_once(r"(?s)<!--.*?-->")


def read_markdown(data: bytes, limits: Limits) -> Paper:
    """The letter of a Markdown file."""
    text = _COMMENT.sub("", decode(from_bytes(data).text))
    typed = tuple(typed_lines(text))
    pages = max((line.page for line in typed), default=1)
    return paper_of(MARKDOWN, tuple(_blocks(typed, limits)), limits, paged=pages > 1)


def _blocks(typed: Sequence[Typed], limits: Limits) -> Iterator[Block]:
    sheet = _Sheet(limits)
    for at, line in enumerate(typed):
        following = typed[at + 1].text if at + 1 < len(typed) else ""
        yield from sheet.take(line, following)
    yield from sheet.close()


@dataclass(slots=True)
class _Sheet:
    """The lines gathered so far: of running text, of a pipe table or of an HTML table."""

    limits: Limits
    text: list[Typed] = field(default_factory=list)
    rows: list[Typed] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)

    def take(self, line: Typed, following: str) -> Iterator[Block]:
        """Adds a line; gives the blocks that are complete."""
        if self.markup or _TABLE_OPENS.match(line.text):
            yield from self._markup(line)
        elif self._is_row(line, following):
            yield from self._text()
            self.rows.append(line)
        else:
            yield from self._table()
            self.text.append(line)

    def close(self) -> Iterator[Block]:
        """The blocks that are left at the end."""
        if self.markup:
            yield from blocks_of("\n".join(self.markup), self.limits)
        yield from self._table()
        yield from self._text()

    def _is_row(self, line: Typed, following: str) -> bool:
        """A row of a pipe table: the header above its separator, or a line that goes on."""
        if self.rows:
            return _BAR.search(line.text) is not None and not line.after_blank
        return _BAR.search(line.text) is not None and _SEPARATOR.match(following) is not None

    def _markup(self, line: Typed) -> Iterator[Block]:
        yield from self._table()
        yield from self._text()
        self.markup.append(line.text)
        if _TABLE_CLOSES.search(line.text):
            yield from blocks_of("\n".join(self.markup), self.limits)
            self.markup.clear()

    def _text(self) -> Iterator[Line]:
        plain = [
            line for typed in self.text if not _RULE.match(typed.text) for line in _parts(typed)
        ]
        self.text.clear()
        yield from lines_of(plain)

    def _table(self) -> Iterator[Table]:
        if self.rows:
            yield _table(self.rows)
        self.rows.clear()


def _parts(typed: Typed) -> Iterator[Typed]:
    """A line without the signs of headings, lists and quotes; breaks inside it part it."""
    text = _QUOTE.sub("", typed.text)
    bare = text.rstrip()
    ended = "  " in text[len(bare) :] or _HARD.search(bare) is not None
    text = _HARD.sub("", bare)
    if heading := _HEADING.match(text):
        text, ended = f"**{heading[1].strip('*')}**", True
    text = _BULLET.sub(lambda sign: f"{sign[1]}{'+' if sign[2] == '+' else '-'} ", text)
    pieces = [piece for piece in _BREAK.split(text) if piece.strip()]
    for at, piece in enumerate(pieces):
        yield typed._replace(
            text=piece,
            after_blank=typed.after_blank and at == 0,
            ended=ended or at + 1 < len(pieces),
        )


def _table(rows: Sequence[Typed]) -> Table:
    """A pipe table; its first row is the header."""
    page = rows[0].page
    grid = [_cells(row.text) for row in rows if not _SEPARATOR.match(row.text)]
    return table_of(grid, page, lambda text: _cell_lines(text, page))


def _cells(row: str) -> list[str]:
    return _BAR.split(row.strip().removeprefix("|").removesuffix("|"))


def _cell_lines(text: str, page: int) -> Iterator[Line]:
    for piece in _BREAK.split(text):
        if (line := line_of(runs_of(piece), Frame(page))) is not None:
            yield line
