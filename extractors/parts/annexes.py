"""Where does something attached begin, and where the next annex?"""

from collections.abc import Sequence

from extractors.parts.ink import Ink, Place
from extractors.parts.landmarks import is_title, says, says_any
from schemas.letter import Part


def opens_attachment(inks: Sequence[Ink], at: int) -> bool:
    """Does an attached document begin with this line?"""
    key = inks[at].key
    if says_any(("annex.title", "annex.note", "annex.form"), key):
        return True
    if says_any(("letterhead.country", "letterhead.party"), key):
        return True
    return is_title(key)


def attachment_start(inks: Sequence[Ink], start: int, end: int) -> int:
    """The first annex that stands before the signature; end where there is none."""
    return next((at for at in range(start, end) if _is_annex(inks, at)), end)


def _is_annex(inks: Sequence[Ink], at: int) -> bool:
    """A title of an annex that is no line of prose: a note follows, or it heads its page."""
    key = inks[at].key
    if says("annex.title", key):
        return key.strip("# *").startswith("PH") or _heads_page(inks, at) or _is_tied(inks, at)
    return is_title(key) and _is_tied(inks, at)


def _heads_page(inks: Sequence[Ink], at: int) -> bool:
    return at == 0 or inks[at].page > inks[at - 1].page


def _is_tied(inks: Sequence[Ink], at: int) -> bool:
    """Does "(Kèm theo Quyết định số …)" follow within a few lines?"""
    return any(says("annex.note", ink.key) for ink in inks[at + 1 : at + 7])


def number_annexes(inks: Sequence[Ink], start: int, end: int, first: int) -> list[Place]:
    """Annex after annex, numbered from `first`."""
    places: list[Place] = []
    number, opened, label = first, start, _label(inks, start, end)
    for at in range(start, end):
        if at > start and _is_next_annex(inks, at, opened, label):
            number, opened, label = number + 1, at, _label(inks, at, end)
        places.append(Place(Part.ANNEX, number))
    return places


def _label(inks: Sequence[Ink], at: int, end: int) -> str | None:
    """The numeral of the annex whose title stands within the first lines from `at`."""
    for ink in inks[at : min(at + 6, end)]:
        if says("annex.title", ink.key):
            return ink.key
    return None


def _is_next_annex(inks: Sequence[Ink], at: int, opened: int, label: str | None) -> bool:
    """Another annex, and not the title of the one just opened or its running head."""
    key = inks[at].key
    if says("annex.title", key):
        return key != label and _is_annex(inks, at)
    return at - opened > 8 and is_title(key) and _is_tied(inks, at)
