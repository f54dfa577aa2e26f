"""A party must stand here and no row reads it: where does its name end?

The trained component answers first, from the words around; where it is silent, underthesea's
parts of speech do: a name ends before the first verb, preposition or conjunction in small
letters. A name never ends inside a word.
"""

from extractors.parties.gazetteer import piece
from extractors.rules import compile_once
from extractors.words import Word, find_names, segment

_LEFT, _RIGHT = 60, 160
"""How many characters before and after are shown to the component: about a sentence."""
_END = compile_once(r"[.;:(\n]")
_SPACE = compile_once(r",? (?=\S)")
_CAPITAL = compile_once(r"\p{Lu}[\p{L}\p{N}]")
_ENDING_TAGS = frozenset(("V", "E", "C", "CC", "R", "CH", "X"))


def unknown_end(key: str, at: int, end: int) -> int | None:
    """Where the name that begins at `at` ends; None where the words are no name."""
    if not _CAPITAL.match(key, at, end) or piece("stop").match(key, at, end):
        return None
    limit = min(end, at + _RIGHT)
    mark = _END.search(key, at, limit)
    limit = mark.start() if mark else limit
    told = _told(key, at, limit) or _by_words(key, at, limit)
    return None if told is None else _whole_words(key, at, told, limit)


def _told(key: str, at: int, limit: int) -> int | None:
    """The end of the name that the trained component sees at this very place."""
    left = max(0, at - _LEFT, key.rfind("\n", 0, at) + 1)
    for name in find_names(key[left:limit]):
        if left + name.start == at:
            return _before_stop(key, at, left + name.end)
    return None


def _before_stop(key: str, at: int, ended: int) -> int:
    """The end moved before the first word that stands in no name."""
    for space in _SPACE.finditer(key, at, ended):
        if key[space.end()].islower() and piece("stop").match(key, space.end()):
            return space.start()
    return ended


def _by_words(key: str, at: int, limit: int) -> int | None:
    """The end before the first word in small letters that no name goes on with."""
    ended = at
    for word in segment(key[at:limit]):
        if word.start and _ends(key[at + word.start], word):
            break
        ended = at + word.end
    return ended if ended > at else None


def _ends(letter: str, word: Word) -> bool:
    return not letter.isupper() and word.tag in _ENDING_TAGS


def _whole_words(key: str, at: int, ended: int, limit: int) -> int:
    """The end moved to the end of the word it cuts."""
    for word in segment(key[at:limit]):
        if at + word.start < ended < at + word.end:
            return at + word.end
    return ended
