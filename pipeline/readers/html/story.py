"""What does the letter on the page say, element after element?"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html

from extractors.rules import compile_once
from pipeline.readers.cells import blocks_of_table
from pipeline.readers.figures import figure
from pipeline.readers.html.lines import Break, Labelled, Opening, Pending, Text, Token, text_of
from pipeline.readers.html.styles import HIDDEN, Style, styled
from pipeline.readers.html.tables import layout_of, whole_number
from pipeline.readers.limits import Limits
from pipeline.readers.runs import Run
from pipeline.readers.zipped import too_deep
from schemas.paper import Block, Line, lines_in

_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre
    section summary table tbody td tfoot th thead tr ul
"""

_BLOCKS = frozenset(_BLOCK_TAGS.split())
_LIST_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NOTE_MARK = compile_once(r"[\[(]?([\p{L}\d]{1,4}|\*{1,3})[\])]?")
_BACK = compile_once(r"(?i)ref")


@dataclass(slots=True)
class Story:
    """The walk through the page. `guess`: text without a font may be in an old encoding."""

    limits: Limits
    guess: bool = True
    lists: list[int] = field(default_factory=list)

    def blocks(self, item: html.HtmlElement, style: Style, depth: int) -> Iterator[Block]:
        """The blocks of an element, in order."""
        pending = Pending(gaps=depth == 0, guess=self.guess)
        for token in self._tokens(item, style, depth):
            yield from pending.take(token)
        yield from pending.take(Break("block"))

    def _tokens(self, item: html.HtmlElement, style: Style, depth: int) -> Iterator[Token]:
        if depth > self.limits.nesting:
            raise too_deep(self.limits)
        if item.text:
            yield text_of(item.text, style)
        for child in item:
            if isinstance(child.tag, str):
                yield from self._element(child, style, depth)
            if child.tail:
                yield text_of(child.tail, style)

    def _element(self, item: html.HtmlElement, style: Style, depth: int) -> Iterator[Token]:
        said = item.get("style", "")
        if HIDDEN.search(said) or item.get("hidden") is not None:
            return
        style = styled(item, said, style)
        if item.tag == "br":
            yield Break("line")
        elif item.tag == "table":
            yield Break("block")
            yield from self._table(item, style, depth)
        elif item.tag in _BLOCKS:
            yield Break("block")
            yield from self._block(item, style, depth)
            yield Break("block")
        elif item.tag == "a":
            yield from self._link(item, style, depth)
        else:
            yield from self._tokens(item, style, depth + 1)

    def _block(self, item: html.HtmlElement, style: Style, depth: int) -> Iterator[Token]:
        if item.tag in ("ol", "ul"):
            self.lists.append(_first_number(item))
            yield from self._tokens(item, style, depth + 1)
            self.lists.pop()
            return
        if item.tag == "li" and self.lists:
            yield Labelled(self._label(item), len(self.lists) - 1)
        yield from self._tokens(item, style, depth + 1)

    def _label(self, item: html.HtmlElement) -> str:
        """The number that the page shows before a list item."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "-"
        number = whole_number(item.get("value"), self.lists[-1])
        self.lists[-1] = number + 1
        return figure(number, _LIST_FORMS.get(parent.get("type", ""), "decimal")) + "."

    def _link(self, item: html.HtmlElement, style: Style, depth: int) -> Iterator[Token]:
        """A link to a note is its mark; a link back opens the note; others are their text."""
        _, _, target = item.get("href", "").rpartition("#")
        shown = _NOTE_MARK.fullmatch(item.text_content().strip())
        if "#" not in item.get("href", "") or shown is None:
            yield from self._tokens(item, style, depth + 1)
        elif _BACK.search(target):
            yield Opening(shown[1])
        else:
            yield Text(Run("", mark=shown[1]), style)

    def _table(self, item: html.HtmlElement, style: Style, depth: int) -> Iterator[Token]:
        style = style._replace(centered=False)

        def read(cell: html.HtmlElement) -> Iterator[Line]:
            row = cell.getparent()
            said = styled(row, row.get("style", ""), style)
            said = styled(cell, cell.get("style", ""), said)
            return lines_in(self.blocks(cell, said, depth + 1))

        yield from blocks_of_table(layout_of(item), read)


def _first_number(item: html.HtmlElement) -> int:
    return whole_number(item.get("start"), 1)
