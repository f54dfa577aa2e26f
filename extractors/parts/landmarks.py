"""Which landmark does a line hold?"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from extractors.parts.ink import Ink
from extractors.rules import compile_once, either, rules
from extractors.titles import bare, kind_titled
from schemas.paper import Line


@cache
def _searchers() -> dict[str, Callable[[str], object]]:
    return {rule.id: rule.pattern.search for rule in rules("landmarks")}


def says(name: str, key: str) -> bool:
    """Does the line hold that landmark?"""
    return _searchers()[name](key) is not None


def says_any(names: Iterable[str], key: str) -> bool:
    """Does the line hold one of the landmarks? Asked at once: a line is searched once."""
    return _searcher_of(tuple(names))(key) is not None


@cache
def _searcher_of(names: tuple[str, ...]) -> Callable[[str], object]:
    return either(rule for rule in rules("landmarks") if rule.id in names).search


def is_title(key: str) -> bool:
    """Is the whole line the name of a kind of document?"""
    return kind_titled(key) is not None


def is_separator(ink: Ink) -> bool:
    """A line of strokes or dots: no letter and no figure."""
    return isinstance(ink.block, Line) and not any(letter.isalnum() for letter in ink.key)


def first_with(inks: Sequence[Ink], start: int, end: int, names: Iterable[str]) -> int:
    """The first line from start on that holds one of the landmarks; end where there is none."""
    found = (at for at in range(start, end) if says_any(names, inks[at].key))
    return next(found, end)


HEADERS = (
    "letterhead.country",
    "letterhead.motto",
    "letterhead.party",
    "letterhead.number",
    "letterhead.dateline",
    "letterhead.matter",
)


STRANGERS = (*HEADERS[:5], "letterhead.stamp", "letterhead.arrival")


def is_noise(ink: Ink) -> bool:
    """A line that a scan made of a stamp or a rule: no word in it."""
    return isinstance(ink.block, Line) and not _WORD.search(ink.key)


_WORD = compile_once(r"\p{L}{3}")


def is_item(key: str) -> bool:
    """An item of a list: the line begins with a dash or a dot."""
    return key[:1] in "-+•*·~" and len(key) > 1


def is_position(key: str) -> bool:
    """Chức vụ, also where a scan of a stamped line lost its tone marks."""
    if says("tail.position", key):
        return True
    return key.isupper() and len(key) < 60 and says("tail.position-bare", bare(key))


def is_name(key: str) -> bool:
    """Is the line the name of a signatory?"""
    return _name(key) is not None


@cache
def _names() -> Callable[[str], object]:
    return next(rule.pattern.search for rule in rules("letterhead") if rule.id == "signatory.name")


def _name(key: str) -> object:
    return _names()(key)
