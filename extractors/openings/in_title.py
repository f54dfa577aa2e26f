"""Does this centred line open a title: the kind of the letter, its subject, an annex's heading?"""

from extractors.openings.pair import Pair, has_gap, is_restyled, width_of
from extractors.openings.questions import Question, first_answer, small_letter_goes_on
from extractors.rules import compile_once


def opens_in_title(pair: Pair) -> bool:
    """Centred lines: the kind of the letter, its title, the heading of an annex."""
    return first_answer(_IN_TITLE, pair, otherwise=False)


_TWO_CAPITALS = compile_once(r"\p{Lu}{2,} \p{Lu}{2,}")


def _title_begins(pair: Pair) -> bool | None:
    """Another page, white above, a label, other type, capitals beside small letters."""
    if not pair.same_page or has_gap(pair) or pair.labelled or is_restyled(pair):
        return True
    return True if pair.capitals[0] != pair.capitals[1] else None


def _capitals_in_title(pair: Pair) -> bool | None:
    return True if _TWO_CAPITALS.match(pair.line.text) and not pair.capitals[0] else None


def _centred_beside_full(pair: Pair) -> bool | None:
    """The first line of a long title fills the page and is not told as centred."""
    if pair.before.centered and pair.line.centered:
        return None
    full = width_of(pair.above) > 0.8 * (pair.area.right - pair.area.left)
    return not (full and pair.capitals[1] and not pair.ended)


def _after_short_title(pair: Pair) -> bool | None:
    """ "KẾ HOẠCH" stands above its title; lines of about one length are one title."""
    above, width = width_of(pair.above), width_of(pair.box)
    alike = abs(above - width) < 0.2 * max(above, width)
    return above < 0.45 * (pair.area.right - pair.area.left) and not alike


_IN_TITLE: tuple[Question, ...] = (
    _title_begins,
    small_letter_goes_on,
    _capitals_in_title,
    _centred_beside_full,
    _after_short_title,
)
