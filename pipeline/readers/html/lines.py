"""How do the pieces of a page become lines?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from extractors.rules import compile_once
from pipeline.readers.breaks import after_break
from pipeline.readers.html.styles import Style
from pipeline.readers.legacy import restore
from pipeline.readers.runs import Frame, Run, line_of, opening_mark
from schemas.paper import Block, Line, Table

_BLANK = compile_once(r"[ \t\r\n\f]+")


class Text(NamedTuple):
    """Text or a note's mark, and the style it stands in."""

    run: Run
    style: Style


class Break(NamedTuple):
    """The line, or the paragraph, ends here."""

    kind: Literal["line", "block"]


class Opening(NamedTuple):
    """A link back to where a note is called: a note begins here."""

    mark: str


class Labelled(NamedTuple):
    """A list item begins here."""

    label: str
    level: int


Token = Text | Break | Opening | Labelled | Block


@dataclass(slots=True)
class Pending:
    """The line being gathered, and the last one of the same paragraph."""

    gaps: bool
    guess: bool
    texts: list[Text] = field(default_factory=list)
    last: Line | None = None
    breaks: int = 0
    label: Labelled | None = None
    mark: str | None = None

    def take(self, token: Token) -> Iterator[Block]:
        """Adds a token; gives the lines and tables that are complete."""
        if isinstance(token, Text):
            self.texts.append(token)
        elif isinstance(token, Labelled):
            self.label = token
        elif isinstance(token, Opening):
            self.mark = token.mark
        elif isinstance(token, Line | Table):
            yield token
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

    def _frame(self, texts: Sequence[Text]) -> Frame:
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


def _mostly_centered(texts: Sequence[Text]) -> bool:
    written = [text for text in texts if text.run.text.strip()]
    return bool(written) and sum(text.style.centered for text in written) * 2 > len(written)


def text_of(text: str, style: Style) -> Text:
    """Text with the page's white space as one blank; no-break spaces stay."""
    return Text(
        Run(_BLANK.sub(" ", text), style.bold, style.italic, style.size, style.font, style.raised),
        style,
    )
