"""Which runs stand on one row, and which of them are raised from it?"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from extractors.rules import compile_once
from extractors.text import tidy
from pipeline.readers.pdf.ink import Run
from schemas.paper import Box

T = TypeVar("T", bound=Hashable)

_SAME_BASE = 0.18
"""Of the type size: two columns set in 12 and 14 points differ by less, superscripts by more."""
BETWEEN_WORDS = 0.2
"""Of the type size: less ink parts two letters, more parts two words."""
_GUESSED = 0.1
"""The same where PDFium, which knows the advance of each letter, sees a gap."""
_BETWEEN_DIGITS = 0.28
"""The same between figures: a 1 has white on either side."""

MARK = compile_once(r"[(\[]?(\d{1,3}|\*{1,3}|†|‡)[)\]]?")


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
            tidy("".join(spaced(runs))),
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


def spaced(runs: Sequence[Run]) -> Iterator[str]:
    """The texts of the runs with spaces where the ink is parted."""
    before: Run | None = None
    for run in runs:
        if before is not None and parted(before, run):
            yield " "
        yield run.text
        before = run


def parted(before: Run, run: Run) -> bool:
    """Whether a space stands between two neighbours of a row."""
    gap = run.x0 - before.x1
    if before.spaced:
        return gap > -0.25 * run.size
    least = _GUESSED if before.spaced is None else BETWEEN_WORDS
    if before.text[-1:].isdigit() and run.text[:1].isdigit():
        least = _BETWEEN_DIGITS
    return gap > least * min(before.size, run.size)
