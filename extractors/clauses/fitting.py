"""Which reading of a paragraph's label fits the lists that are open?"""

from collections.abc import Mapping, Sequence

from extractors.clauses.items import Item, open_label, own_start
from extractors.clauses.labels import Label, read_label
from schemas.letter import Letter, Paragraph

_GAP_ALLOWED = 4
_SHOUTED = 12


def fitting(
    letter: Letter, paragraph: Paragraph, stack: Sequence[Item], last: Mapping[str, Label]
) -> Label | None:
    """The label of a paragraph, where one of its readings fits.

    `last`: the last label of each style, its list open or closed.
    """
    readings = [
        _misread_roman(letter, label, stack)
        for label in read_label(letter, paragraph.start, paragraph.end)
    ]
    for expected in (_is_next, _is_first, _follows):
        for label in readings:
            counts = not label.slip or expected is _is_next
            if label.bullet or (counts and expected(label, stack)):
                return label
    return next((label for label in readings if _runs_on(label, stack, last)), None)


def _runs_on(label: Label, stack: Sequence[Item], last: Mapping[str, Label]) -> bool:
    """ "I. … 1. … 4.", "II. … 5. …": a list that is counted on under the next heading."""
    if label.style != "number" or label.slip or open_label(label, stack) is not None:
        return False
    before = last.get(label.style)
    return before is not None and label.numbers == (before.numbers[0] + 1,)


def _misread_roman(letter: Letter, label: Label, stack: Sequence[Item]) -> Label:
    """A second "I." or "II." in one list of sections is what OCR left of the next figure, or of
    "1." where its words are not in capitals as the sections' are.
    """
    before = open_label(label, stack)
    if label.style != "roman" or label.slip or before is None or not before.numbers:
        return label
    shouted = letter.text[label.end : label.end + _SHOUTED].isupper()
    if not shouted and label.numbers == (1,) and _shouts(letter, stack):
        return label._replace(style="number", rank=6, misread=True)
    if not shouted or not label.numbers or label.numbers > before.numbers:
        return label
    return label._replace(numbers=(before.numbers[0] + 1,), misread=True)


def _shouts(letter: Letter, stack: Sequence[Item]) -> bool:
    """Is the innermost open section with a roman figure headed in capitals?"""
    for item in reversed(stack):
        if item.style == "roman":
            return letter.text[own_start(item) : own_start(item) + _SHOUTED].isupper()
    return False


def _is_next(label: Label, stack: Sequence[Item]) -> bool:
    """1 → 2, a → b, 1.1 → 1.2: the very next of an open list."""
    before = open_label(label, stack)
    if before is None or not label.numbers or not before.numbers:
        return False
    if label.style == "multi":
        return _multi_next(before.numbers, label.numbers)
    return label.numbers[0] == before.numbers[0] + 1


def _multi_next(before: tuple[int, ...], now: tuple[int, ...]) -> bool:
    depth = len(now)
    if depth > len(before):
        return now[:-1] == before and now[-1] == 1
    return now[:-1] == before[: depth - 1] and now[-1] == before[depth - 1] + 1


def _is_first(label: Label, stack: Sequence[Item]) -> bool:
    """1., a), I., 1.1, where such a list may begin."""
    if not label.numbers or label.slip:
        return False
    if label.style == "multi":
        return label.numbers[-1] == 1 and label.numbers[0] <= 30
    return label.numbers[0] == 1


def _follows(label: Label, stack: Sequence[Item]) -> bool:
    """A number of the list was lost, or the list begins late."""
    if not label.numbers or label.slip:
        return False
    before = open_label(label, stack)
    if label.style in ("part", "chapter", "section", "article"):
        return True
    if label.style == "multi":
        return label.numbers[0] <= 30
    if before is None or not before.numbers:
        return label.numbers[0] <= 3
    return 0 < label.numbers[0] - before.numbers[0] <= _GAP_ALLOWED
