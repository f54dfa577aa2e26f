"""Does this line of a table cell open a paragraph?"""

from extractors.openings.pair import BULLETS, Pair, has_gap, is_restyled
from extractors.openings.questions import (
    Question,
    first_answer,
    first_word_had_room,
    small_letter_goes_on,
)


def opens_in_cell(pair: Pair) -> bool:
    """Lines of a table cell."""
    return first_answer(_IN_CELL, pair, otherwise=False)


def opens_in_centred_cell(pair: Pair) -> bool:
    """Centred lines of a table cell."""
    return first_answer(_IN_CENTRED_CELL, pair, otherwise=pair.ended)


def _labelled(pair: Pair) -> bool | None:
    return True if pair.labelled else None


def _parted_by_gap(pair: Pair) -> bool | None:
    return True if has_gap(pair) else None


def _of_another_style(pair: Pair) -> bool | None:
    return True if is_restyled(pair) else None


def _dash_and_capital(pair: Pair) -> bool | None:
    text = pair.line.text
    return True if text[:1] in BULLETS and text[1:].lstrip()[:1].isupper() else None


def _labelled_after_end(pair: Pair) -> bool | None:
    return True if pair.labelled and pair.ended else None


_IN_CELL: tuple[Question, ...] = (
    _labelled,
    small_letter_goes_on,
    _parted_by_gap,
    _of_another_style,
    first_word_had_room,
)
_IN_CENTRED_CELL: tuple[Question, ...] = (
    _dash_and_capital,
    _labelled_after_end,
    small_letter_goes_on,
    _parted_by_gap,
    _of_another_style,
)
