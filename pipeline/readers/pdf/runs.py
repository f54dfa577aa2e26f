"""Which runs of text does a page show, and which of them hold more than one place?"""

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from pipeline.readers.pdf import pdfium as asked
from pipeline.readers.pdf.characters import Characters, Stretch, Word
from pipeline.readers.pdf.frame import Frame
from pipeline.readers.pdf.geometry import Matrix
from pipeline.readers.pdf.ink import Rule, Run
from pipeline.readers.pdf.objects import Thing
from pipeline.readers.pdf.pdfium import Font


def runs_of(
    frame: Frame, things: Sequence[Thing], characters: Characters, rules: Sequence[Rule]
) -> Iterator[Run]:
    """The runs in the order of the content, parted where they hold more than one place."""
    found = list(_whole_runs(frame, things, characters))
    downs = sorted((rule for rule in rules if not rule.across), key=_left)
    lefts = [rule.x0 for rule in downs]
    filled = [run for run, _ in found if run.stamp is not None]
    for run, stretch in found:
        if run.turns == 0 and " " in run.text and _must_part(run, downs, lefts, filled):
            yield from _parted(frame, run, characters.words(stretch), characters)
        else:
            yield run


def _whole_runs(
    frame: Frame, things: Sequence[Thing], characters: Characters
) -> Iterator[tuple[Run, Stretch]]:
    of = {thing.address: thing for thing in things if thing.kind == asked.TEXT}
    place_in: Callable[[Matrix], Matrix] = cache(lambda outer: outer.then(frame.matrix))
    font_of = cache(asked.font_of)
    for stretch in characters.stretches():
        thing = of.get(stretch.address)
        if thing is None:
            continue
        font = font_of(asked.font_address(stretch.address))
        text = characters.said(stretch)
        run = _run(thing, text, stretch.spaced, font, place_in(thing.outer))
        if run.x1 >= 0 and run.x0 <= frame.width and run.bottom >= 0 and run.top <= frame.height:
            yield run, stretch


def _parted(frame: Frame, run: Run, words: Sequence[Word], characters: Characters) -> Iterator[Run]:
    """The run word by word."""
    for number, word in enumerate(words, 1):
        yield run._replace(
            text=word.text,
            x0=frame.matrix.box(characters.box(word.first)).left,
            x1=frame.matrix.box(characters.box(word.last)).right,
            spaced=True if number < len(words) else run.spaced,
        )


def _run(thing: Thing, text: str, spaced: bool | None, font: Font, place: Matrix) -> Run:
    a, b, c, d, _, f = asked.matrix_of(thing.address).then(place)
    box = place.box(asked.bounds_of(thing.address))
    turns = 0 if abs(b) < 0.1 * a else _turns(a, b)
    return Run(
        text,
        *box,
        f if turns == 0 else box.top,
        asked.size_of(thing.address) * (c * c + d * d) ** 0.5,
        font,
        spaced,
        asked.is_invisible(thing.address),
        thing.stamp,
        turns,
    )


def _turns(a: float, b: float) -> int | None:
    """Quarter turns clockwise that lay the direction (a, b), y downwards, to the right."""
    if abs(b) < 0.1 * abs(a):
        return 0 if a > 0 else 2
    if abs(a) < 0.1 * abs(b):
        return 3 if b > 0 else 1
    return None


def _left(rule: Rule) -> float:
    return rule.x0


def _must_part(
    run: Run, downs: Sequence[Rule], lefts: Sequence[float], filled: Sequence[Run]
) -> bool:
    """Whether a run holds more than one place: wide gaps, letters set apart, cells of a table,
    a blank that an annotation fills in ("ngày     tháng 11")."""
    text = run.text
    if run.x1 - run.x0 > 0.8 * run.size * len(text) or _set_apart(text):
        return True
    crossed = downs[bisect(lefts, run.x0 + 2) : bisect(lefts, run.x1 - 2)]
    if any(rule.top - 1 <= run.base - 1 <= rule.bottom + 1 for rule in crossed):
        return True
    return any(
        run.x0 < other.x0 and other.x1 < run.x1 and abs(run.base - other.base) < 0.7 * run.size
        for other in filled
        if other.stamp != run.stamp
    )


def _set_apart(text: str) -> bool:
    """Whether the letters are parted by spaces: "T H Ô N G B Á O"."""
    words = text.count(" ") + 1
    return words >= 5 and len(text) - words + 1 <= 1.3 * words
