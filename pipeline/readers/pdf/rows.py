"""Which runs stand on one row, which of them are raised marks, and what does a row say?"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple, TypeVar

import regex

from extractors.text import tidy
from pipeline.readers.pdf.ink import Run
from schemas.paper import Box, Call

T = TypeVar("T", bound=Hashable)

_SAME_BASE = 0.18
"""Of the type size: two columns set in 12 and 14 points differ by less, superscripts by more."""
_SPACE = 0.2
"""Of the type size: less ink parts two letters, more parts two words."""
_GUESSED = 0.1
"""The same where PDFium, which knows the advance of each letter, sees a gap."""
_BETWEEN_DIGITS = 0.28
"""The same between figures: a 1 has white on either side."""

MARK = regex.compile(r"[(\[]?(\d{1,3}|\*{1,3}|†|‡)[)\]]?")
_SEVERAL = regex.compile(r"[(\[]?\d{1,3}(?:[,;]\d{1,3})+[)\]]?")
_LETTER_MARK = regex.compile(r"[(\[]?(\p{Ll}|[ivx]{1,4})[)\]]?")
_POWER = regex.compile(r"(?:(?:^|[\s\d/(.,])(?:[kcdm]?m|ha)|[x×*.] ?10)$")


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Runs on one baseline from left to right; `raised`: those that stand above it.

    `base`, `size`, `bold`, `italic`: what most letters have. `rough`: the text before marks are
    told from it, for landmarks only.
    """

    runs: tuple[Run, ...]
    raised: frozenset[int]
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    italic: bool
    rough: str

    @classmethod
    def of(cls, runs: Sequence[Run], raised: frozenset[int] = frozenset()) -> "Row":
        """The row of those runs."""
        level = [run for i, run in enumerate(runs) if i not in raised] if raised else runs
        level = level or runs
        return cls(
            tuple(runs),
            raised,
            min([run.x0 for run in runs]),
            max([run.x1 for run in runs]),
            _most([run.base for run in level], level),
            _most([round(run.size, 1) for run in level], level),
            _most([run.font.bold for run in runs], runs, _ink),
            _most([run.font.italic for run in runs], runs, _ink),
            tidy("".join(_spaced(runs))),
        )

    @classmethod
    def alone(cls, run: Run) -> "Row":
        """The row of a single run: most lines of most letters."""
        font = run.font
        return cls(
            (run,),
            frozenset(),
            run.x0,
            run.x1,
            run.base,
            round(run.size, 1),
            font.bold,
            font.italic,
            tidy(run.text),
        )

    @property
    def box(self) -> Box:
        """The line's place, as high as its type."""
        return (
            round(self.x0, 1),
            round(self.base - 0.8 * self.size, 1),
            round(self.x1, 1),
            round(self.base + 0.22 * self.size, 1),
        )

    def part(self, start: float, end: float) -> "Row | None":
        """The runs whose middle lies between two places."""
        kept = [i for i, run in enumerate(self.runs) if start <= 0.5 * (run.x0 + run.x1) < end]
        if not kept:
            return None
        if len(kept) == len(self.runs):
            return self
        raised = frozenset(new for new, old in enumerate(kept) if old in self.raised)
        return Row.of([self.runs[index] for index in kept], raised)


def _letters(run: Run) -> int:
    return len(run.text)


def _ink(run: Run) -> int:
    return len(run.text) - run.text.count(" ")


def _most(values: Sequence[T], runs: Sequence[Run], weight: Callable[[Run], int] = _letters) -> T:
    """The value that most letters of the runs have."""
    first = values[0]
    if values.count(first) == len(values):
        return first
    counts: dict[T, int] = {}
    for value, run in zip(values, runs, strict=True):
        counts[value] = counts.get(value, 0) + weight(run)
    return max(counts, key=lambda value: counts[value])


def rows_of(runs: Iterable[Run]) -> list[Row]:
    """The rows from top to bottom; superscripts go to the row they are raised from."""
    groups: list[list[Run]] = []
    for run in sorted(runs, key=_base):
        if groups and run.base - groups[-1][0].base <= _SAME_BASE * min(
            max(run.size, 4.0), max(groups[-1][0].size, 4.0)
        ):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_row(group, raised) for group, raised in _with_raised(groups)]


def _row(runs: Sequence[Run], raised: Sequence[Run]) -> Row:
    if len(runs) == 1 and not raised:
        return Row.alone(runs[0])
    ordered = sorted((*runs, *raised), key=_left)
    above = {id(run) for run in (*raised, *_small_and_high(runs))}
    return Row.of(ordered, frozenset(i for i, run in enumerate(ordered) if id(run) in above))


def _left(run: Run) -> float:
    return run.x0


def _base(run: Run) -> float:
    return run.base


def _small_and_high(runs: Sequence[Run]) -> Iterator[Run]:
    """Marks that are hardly raised from their row, but much smaller."""
    if len(runs) < 2:
        return
    size = max(run.size for run in runs)
    base = max(run.base for run in runs if run.size == size)
    for run in runs:
        if run.size <= 0.75 * size and base - run.base > 0.05 * size:
            yield run


def _with_raised(groups: list[list[Run]]) -> list[tuple[list[Run], list[Run]]]:
    """Each row with the short runs of the row above it that touch it and are raised from it."""
    result: list[tuple[list[Run], list[Run]]] = []
    waiting: list[Run] = []
    for index, group in enumerate(groups):
        below = groups[index + 1] if index + 1 < len(groups) else []
        raised = [run for run in group if _is_raised(run, below)]
        level = [run for run in group if run not in raised] if raised else group
        if level:
            mine = [run for run in waiting if _touches(run, level)]
            result.append((level, mine))
            waiting = []
        waiting += raised
    return result


def _is_raised(run: Run, below: Sequence[Run]) -> bool:
    text = run.text.strip()
    return len(text) <= 5 and " " not in text and _touches(run, below)


def _touches(run: Run, row: Sequence[Run]) -> bool:
    """Whether a run stands like a superscript at an end of one in the row."""
    for other in row:
        rise = other.base - run.base
        if not 0.12 * other.size < rise < 0.75 * other.size or run.size > 0.85 * other.size:
            continue
        if -0.5 * other.size < run.x0 - other.x1 < 0.6 * other.size:
            return True
        if -0.5 * other.size < other.x0 - run.x1 < 2.5 * other.size:
            return True  # the mark before a note, a justified space after it
    return False


# --- Words ----------------------------------------------------------------------------------------


def _spaced(runs: Sequence[Run]) -> Iterator[str]:
    """The texts of the runs with spaces where the ink is parted."""
    before: Run | None = None
    for run in runs:
        if before is not None and _parted(before, run):
            yield " "
        yield run.text
        before = run


def _parted(before: Run, run: Run) -> bool:
    gap = run.x0 - before.x1
    if before.spaced:
        return gap > -0.25 * run.size
    least = _GUESSED if before.spaced is None else _SPACE
    if before.text[-1:].isdigit() and run.text[:1].isdigit():
        least = _BETWEEN_DIGITS
    return gap > least * min(before.size, run.size)


class Words(NamedTuple):
    """What a row says: tidied text and the footnote marks taken from it."""

    text: str
    calls: tuple[Call, ...]


_SIGN = "\ufffe"
_BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf06e": "■", "\uf0fc": "✓", "\uf076": "❖", "\uf0d8": "➢",
    "\uf02d": "-", "\uf02b": "+", "\uf0e0": "→", "\uf0e8": "➔", "\uf06f": "□", "\uf0f0": "⇨",
}  # fmt: skip
"""What Symbol and Wingdings show at their private codes."""
_BULLET = re.compile("[" + "".join(_BULLETS) + "]")


def words_of(row: Row, marks: frozenset[str]) -> Words:
    """The text of a row. `marks`: those of the page's notes, which letters must be to call."""
    if row.raised:
        return _with_calls(row, marks)
    runs = _drawn_together(row.runs)
    text = row.rough if runs is row.runs else tidy("".join(_spaced(runs)))
    return Words(_with_bullets(text), ())


def _with_bullets(text: str) -> str:
    return _BULLET.sub(lambda found: _BULLETS[found[0]], text)


def _with_calls(row: Row, marks: frozenset[str]) -> Words:
    pieces: list[str] = []
    called: list[list[str]] = []
    before: Run | None = None
    for raised, runs in _by_height(row):
        if before is not None and _parted(before, runs[0]):
            pieces.append(" ")
        text = "".join(_spaced(runs))
        called_here = _called(text, "".join(pieces), marks) if raised else []
        if called_here:
            called.append(called_here)
        pieces.append(_SIGN if called_here else text)
        before = runs[-1]
    whole = _IN_BRACKETS.sub(_SIGN, "".join(pieces))
    return _without_signs(tidy(_with_bullets(whole)), called)


def _by_height(row: Row) -> Iterator[tuple[bool, list[Run]]]:
    """The runs of the base line and those raised from it by turns: the figures and brackets of
    one mark may lie in several."""
    for raised, group in groupby(enumerate(row.runs), key=lambda place: place[0] in row.raised):
        yield raised, [run for _, run in group]


def _called(text: str, before: str, marks: frozenset[str]) -> list[str]:
    """The marks that raised words call; none for m², 10⁶, 1ˢᵗ and what has no note."""
    text = text.replace(" ", "")
    if not before.strip(" ([" + _SIGN):
        return []
    if found := MARK.fullmatch(text):
        power = found[1].isdigit() and _POWER.search(before.rstrip())
        return [] if power else [found[1]]
    if several := _SEVERAL.fullmatch(text):
        return [mark for mark in regex.split(r"[,;]", several[0].strip("()[]")) if mark]
    letter = _LETTER_MARK.fullmatch(text)
    return [letter[1]] if letter and letter[1] in marks else []


_IN_BRACKETS = regex.compile(rf"[(\[] ?{_SIGN} ?[)\]]")
"""Brackets on the base line around a raised mark go with it."""
_CLOSES = regex.compile(r" [.,;:)\]!?”]")


def _without_signs(whole: str, called: Sequence[Sequence[str]]) -> Words:
    if not called:
        return Words(whole, ())
    text = ""
    calls: list[tuple[int, str]] = []
    pieces = whole.split(_SIGN)
    for index, piece in enumerate(pieces):
        if not text or text.endswith(" ") or _CLOSES.match(piece):
            piece = piece.lstrip()  # noqa: PLW2901 - what the mark had parted closes up
        text += piece
        if index < len(called):
            calls += [(len(text.rstrip()), mark) for mark in called[index]]
    text = text.rstrip()
    return Words(text, tuple(Call(at=min(at, len(text)), mark=mark) for at, mark in calls))


def _drawn_together(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Letters set apart ("T H Ô N G   B Á O") as words: told by the wider gaps."""
    single = [len(run.text) == 1 for run in runs]
    if len(runs) < 6 or sum(single) < 0.8 * len(runs):
        return runs
    gaps = [b.x0 - a.x1 for a, b in pairwise(runs)]
    usual = median(gaps)
    size = runs[0].size
    if usual < _SPACE * size and not all(run.spaced for run in runs[:-1]):
        return runs  # one run a letter, set as usual
    spaced = [gap > max(1.7 * usual, usual + 0.15 * size) for gap in gaps]
    result = [runs[0]]
    for run, is_space in zip(runs[1:], spaced, strict=True):
        last = result[-1]
        if is_space:
            result[-1] = last._replace(spaced=True)
            result.append(run)
        else:
            result[-1] = last._replace(text=last.text + run.text, x1=run.x1, spaced=False)
    return tuple(result)
