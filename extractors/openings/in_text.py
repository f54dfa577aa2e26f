"""Does this line of running text open a paragraph?"""

from extractors.openings.pair import Pair, has_gap, is_labelled
from extractors.openings.questions import Question, first_answer, first_word_had_room
from extractors.rules import compile_once


def opens_in_text(pair: Pair) -> bool:
    """Running text."""
    return first_answer(_IN_TEXT, pair, otherwise=False)


_SURE_LABEL = compile_once(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\p{Ll}\)|[IVX]{1,5}\.) ?[\p{Lu}“\"]|Điều \d+[.:]"
)
"""No sentence goes on with these at the head of a line."""


def _surely_labelled(pair: Pair) -> bool | None:
    return True if _SURE_LABEL.match(pair.line.text) else None


def _hangs_under_bullet(pair: Pair) -> bool | None:
    """It stands under the text of the bullet before it, which is no short heading."""
    if pair.labelled or pair.ended or not pair.same_page or not 4 < pair.step <= 30:
        return None
    wide = pair.slack < 0.3 * (pair.area_above.right - pair.area_above.left)
    return False if wide and is_labelled(pair.before.text) else None


def _gap_in_text(pair: Pair) -> bool | None:
    """A gap opens, but for a sentence that a stamp or a picture has pushed apart."""
    if not pair.same_page or not has_gap(pair):
        return None
    return not pair.small or pair.labelled or pair.ended


def _at_same_indent(pair: Pair) -> bool | None:
    if abs(pair.step) > 4:
        return None
    return pair.ended and (pair.labelled or (pair.is_indented and pair.line.text[:1].isupper()))


def _at_margin(pair: Pair) -> bool | None:
    return None if pair.is_indented else pair.labelled and pair.ended


def _at_other_indent(pair: Pair) -> bool | None:
    return pair.step > 0 or pair.labelled or pair.ended


_IN_TEXT: tuple[Question, ...] = (
    _surely_labelled,
    _hangs_under_bullet,
    first_word_had_room,
    _gap_in_text,
    _at_same_indent,
    _at_margin,
    _at_other_indent,
)
