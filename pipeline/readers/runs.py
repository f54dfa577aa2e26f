"""How do runs of styled text become one line?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from extractors.rules import compile_once
from extractors.text import tidy
from pipeline.readers.columns import GAP, WIDE
from schemas.paper import Call, Line, Role

T = TypeVar("T")

_MARK = "\ufffe"
"""Stands for a note's mark while a line is tidied; it is no character, so no letter has it."""

_PICTURE = "\ufffc"
"""Where a converter met a picture or a drawn line."""

_BRACKETED = compile_once(rf"[(\[]\s?{_MARK}\s?[)\]]")
"""A mark that the writer put in brackets of running text."""

_TYPED = compile_once(r"[(\[]?(\d{1,3}|\*{1,3})[)\]]?")
_SUPERSCRIPT = compile_once("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_CLOSING = compile_once(r"^\s*[)\]]?\s*(?:[.:](?:\s|$))?\s*")
"""What may stand between a note's own mark and its words."""

_ORNAMENT = compile_once(r"[_\-–—=~*\s]{2,}")
"""A line drawn with signs under the letterhead."""
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_POWER = compile_once(r"(?:(?:^|[\s\d/(.,])[kcdm]?m|[x×*.] ?10)$")


class Run(NamedTuple):
    """Text in one style. `raised`: superscript. `mark`: a note is called here, by that mark."""

    text: str
    bold: bool = False
    italic: bool = False
    size: float | None = None
    font: str | None = None
    raised: bool = False
    mark: str | None = None


class Frame(NamedTuple):
    """What is known of a line beside its words."""

    page: int = 1
    centered: bool = False
    starts: bool | None = True
    role: Role = "text"
    mark: str | None = None
    level: int | None = None
    gaps: bool = False
    """Whether wide gaps are kept, for columns.py to judge."""


def line_of(runs: Sequence[Run], frame: Frame, label: str = "") -> Line | None:
    """The line of those runs, its label before it; None where nothing is to be read."""
    runs = with_typed_marks(runs)
    text, calls = _parted(runs, frame.gaps)
    if label:
        shift = len(label) + (1 if text else 0)
        text = f"{label} {text}" if text else label
        calls = tuple(Call(at=call.at + shift, mark=call.mark) for call in calls)
    if not calls and (not text.strip(GAP) or _ORNAMENT.fullmatch(text.replace(GAP, " "))):
        return None
    return Line(
        text=text,
        page=frame.page,
        size=_most(runs, lambda run: run.size),
        bold=bool(_most(runs, lambda run: run.bold)),
        italic=bool(_most(runs, lambda run: run.italic)),
        centered=frame.centered,
        starts=frame.starts,
        role=frame.role,
        mark=frame.mark,
        level=frame.level,
        calls=calls,
    )


def _parted(runs: Iterable[Run], gaps: bool) -> tuple[str, tuple[Call, ...]]:
    """The tidied text without marks, and where the marks stood."""
    runs = list(runs)
    marks = [run.mark for run in runs if run.mark is not None]
    whole = "".join(_MARK if run.mark is not None else run.text for run in runs)
    whole = whole.replace(_PICTURE, "")
    if marks:
        whole = _BRACKETED.sub(_MARK, whole)
    if gaps and ("\t" in whole or "   " in whole or "\u00a0" in whole):
        whole = WIDE.sub(GAP, whole)
    whole = tidy(whole)
    text, calls = "", []
    pieces = whole.split(_MARK)
    for index, piece in enumerate(pieces):
        text += piece.lstrip() if text.endswith(" ") or not text else piece
        if index < len(marks):
            calls.append((len(text), marks[index]))
    text = text.rstrip()
    return text, tuple(Call(at=min(at, len(text)), mark=mark) for at, mark in calls)


def _most(runs: Sequence[Run], key: Callable[[Run], T]) -> T | None:
    """What most letters of the runs have."""
    counts: dict[T, int] = {}
    for run in runs:
        if run.mark is None and (length := len(run.text) - run.text.count(" ")):
            value = key(run)
            counts[value] = counts.get(value, 0) + length
    return max(counts, key=lambda value: counts[value]) if counts else None


def with_typed_marks(runs: Sequence[Run]) -> Sequence[Run]:
    """The runs with marks that the writer typed as superscript figures told from text."""
    if not any(run.raised or _SUPERSCRIPT.search(run.text) for run in runs):
        return runs
    return tuple(_marked(_joined(piece for run in runs for piece in _raised_apart(run))))


def _raised_apart(run: Run) -> Iterator[Run]:
    """A run parted so that superscript signs (¹) are raised figures in runs of their own."""
    at = 0
    for sign in _SUPERSCRIPT.finditer(run.text):
        yield run._replace(text=run.text[at : sign.start()])
        yield run._replace(text=sign[0].translate(_PLAIN_DIGITS), raised=True)
        at = sign.end()
    yield run._replace(text=run.text[at:])


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbouring raised runs as one: the two figures of "12" may lie in two runs."""
    last: Run | None = None
    for run in runs:
        if run.mark is None and not run.text:
            continue
        if last and last.raised and run.raised and last.mark is None and run.mark is None:
            last = last._replace(text=last.text + run.text)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _marked(runs: Iterable[Run]) -> Iterator[Run]:
    before = ""
    for run in runs:
        typed = _TYPED.fullmatch(run.text.strip()) if run.raised and run.mark is None else None
        if typed and _calls(before, typed[1]):
            yield run._replace(mark=typed[1])
        else:
            yield run
        before = run.text if run.text.strip() else before


def _calls(before: str, mark: str) -> bool:
    """Whether a raised mark after those words calls a note: m², 10⁶ and a bare mark do not."""
    return bool(before.strip()) and not (mark.isdigit() and _POWER.search(before.rstrip()))


def opening_mark(runs: Sequence[Run]) -> tuple[str, tuple[Run, ...]] | None:
    """The raised mark a typed note begins with, and the rest; None for other paragraphs."""
    if not any(run.raised or _SUPERSCRIPT.search(run.text) for run in runs):
        return None
    pieces = [*_joined(piece for run in runs for piece in _raised_apart(run))]
    while pieces and pieces[0].mark is None and pieces[0].text.strip(" \t\u00a0([") == "":
        pieces.pop(0)
    if len(pieces) < 2 or not pieces[0].raised or pieces[0].mark is not None:
        return None
    typed = _TYPED.fullmatch(pieces[0].text.strip())
    if typed is None:
        return None
    rest = pieces[1]._replace(text=_CLOSING.sub("", pieces[1].text))
    return typed[1], (rest, *pieces[2:])
