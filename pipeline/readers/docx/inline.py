"""What stands inside a paragraph: text, breaks, note calls, boxes?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree

from pipeline.readers.docx.drawings import ALTERNATE, boxes, chosen_alternative
from pipeline.readers.docx.notes import NoteKind
from pipeline.readers.docx.package import W
from pipeline.readers.docx.properties import value_of
from pipeline.readers.docx.styles import Styles, look_of
from pipeline.readers.looks import Look
from pipeline.readers.runs import Run
from pipeline.readers.symbols import glyph, without_glyphs


class Break(NamedTuple):
    """The line ends here; "rendered": Word last began a page here."""

    kind: Literal["line", "page", "rendered"]


class NoteCall(NamedTuple):
    """A note is called here. `custom`: its mark where the writer chose one."""

    kind: NoteKind
    note: str
    custom: str | None = None


class TextBox(NamedTuple):
    """A text box is anchored here."""

    content: etree._Element


Token = Run | Break | NoteCall | TextBox
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_THROUGH = {
    W + name
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "sdtContent",
                 "dir", "bdo", "ruby", "rubyBase")
}  # fmt: skip
_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",
}
_DRAWN = {W + "drawing", W + "pict", W + "object", ALTERNATE}
_REFERENCES: dict[str, NoteKind] = {
    W + "footnoteReference": "footnote",
    W + "endnoteReference": "endnote",
}


@dataclass(slots=True)
class Field:
    """A complex field being read: its instruction is not text, its result is."""

    instruction: str = ""
    shown: bool = False


@dataclass(slots=True)
class Inline:
    """Reads paragraphs one after another; fields may run over several."""

    styles: Styles
    fields: list[Field] = field(default_factory=list)

    @property
    def in_contents(self) -> bool:
        """Whether we are inside an automatic table of contents."""
        return any(item.instruction.lstrip().upper().startswith("TOC") for item in self.fields)

    def tokens(self, item: etree._Element, look: Look) -> Iterator[Token]:
        """The tokens of a paragraph or of what stands in it, in order."""
        for child in item:
            tag = child.tag
            if tag == W + "r":
                yield from self._run(child, look)
            elif tag in _THROUGH:
                yield from self.tokens(child, look)
            elif tag == W + "sdt":
                yield from self._control(child, look)
            elif tag == ALTERNATE:
                yield from self._alternate(child, look)
            elif tag in (_M + "oMath", _M + "oMathPara"):
                yield _run_of("".join(text.text or "" for text in child.iter(_M + "t")), look)

    def _control(self, item: etree._Element, look: Look) -> Iterator[Token]:
        """A content control; the grey prompt of an empty one is no text."""
        if item.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
            yield from self.tokens(item, look)

    def _alternate(self, item: etree._Element, look: Look) -> Iterator[Token]:
        chosen = chosen_alternative(item)
        if chosen is not None:
            yield from self.tokens(chosen, look)
            yield from (TextBox(box) for box in boxes(chosen))

    def _run(self, item: etree._Element, paragraph: Look) -> Iterator[Token]:
        properties = item.find(W + "rPr")
        look = paragraph.under(self.styles.character(value_of(properties, "rStyle")))
        look = look.under(look_of(properties))
        custom = _custom_call(item)
        if custom is not None:
            yield custom
            return
        for child in item:
            yield from self._piece(child, look)

    def _piece(self, child: etree._Element, look: Look) -> Iterator[Token]:
        tag = child.tag
        if tag == W + "fldChar":
            self._field(child.get(W + "fldCharType"))
        elif tag == W + "instrText" and self.fields and not self.fields[-1].shown:
            self.fields[-1].instruction += child.text or ""
        elif tag in _DRAWN:
            yield from self._drawn(child, look)
        elif tag == W + "lastRenderedPageBreak":
            yield Break("rendered")
        elif not look.hidden and self._shown:
            yield from self._visible(child, look)

    @property
    def _shown(self) -> bool:
        return all(item.shown for item in self.fields)

    def _visible(self, child: etree._Element, look: Look) -> Iterator[Token]:
        tag = child.tag
        if tag == W + "t":
            yield _run_of(child.text or "", look)
        elif tag in _CHARACTERS:
            yield _run_of(_CHARACTERS[tag], look)
        elif tag in (W + "br", W + "cr"):
            yield Break("page" if child.get(W + "type") == "page" else "line")
        elif tag == W + "sym":
            yield _run_of(_symbol(child), look)
        elif tag in _REFERENCES:
            yield NoteCall(_REFERENCES[tag], child.get(W + "id", ""))
        elif tag == W + "ruby":
            yield from self.tokens(child, look)

    def _drawn(self, child: etree._Element, look: Look) -> Iterator[Token]:
        """Boxes in a drawing; an alternative may also hold plain text (a rare sign)."""
        chosen = chosen_alternative(child) if child.tag == ALTERNATE else child
        if chosen is None:
            return
        yield from (TextBox(box) for box in boxes(chosen))
        if child.tag == ALTERNATE:
            for piece in chosen:
                if piece.tag in (W + "t", W + "sym"):
                    yield from self._piece(piece, look)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].shown = True
        elif kind == "end" and self.fields:
            self.fields.pop()


def _run_of(text: str, look: Look) -> Run:
    text = without_glyphs(text, look.font)
    return Run(
        text.upper() if look.capitals else text,
        bool(look.bold),
        bool(look.italic),
        look.size,
        look.font,
        bool(look.raised),
    )


def _symbol(item: etree._Element) -> str:
    try:
        return glyph(int(item.get(W + "char", ""), 16), item.get(W + "font"))
    except ValueError:
        return ""


def _custom_call(run: etree._Element) -> NoteCall | None:
    """A note whose mark the writer typed: it follows the reference in the same run."""
    for child in run:
        if child.tag in _REFERENCES and child.get(W + "customMarkFollows") in ("1", "true", "on"):
            signs = (_symbol(c) if c.tag == W + "sym" else c.text or "" for c in run
                     if c.tag in (W + "sym", W + "t"))  # fmt: skip
            return NoteCall(_REFERENCES[child.tag], child.get(W + "id", ""), "".join(signs).strip())
    return None
