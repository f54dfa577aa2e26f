"""Do two syllables make a Vietnamese word?

The word list that underthesea ships (Viet74K); without it no pair is known. The file is read
where it lies, without importing underthesea, which takes a second.
"""

import itertools
from collections import defaultdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from extractors.text import fold

WORD_LIST = "corpus/data/Viet74K.txt"


Pair = tuple[str, str]


@cache
def pairs() -> frozenset[Pair]:
    """Neighbouring syllables of the words in the list, in small letters, folded."""
    spec = find_spec("underthesea")
    folders = (spec.submodule_search_locations or ()) if spec else ()
    found = [Path(folder) / WORD_LIST for folder in folders if (Path(folder) / WORD_LIST).is_file()]
    if not found:
        return frozenset()
    words = (fold(line.lower()).split() for line in found[0].read_text("utf-8").splitlines())
    return frozenset(pair for word in words for pair in itertools.pairwise(word))


@cache
def _by_place(place: int) -> dict[str, list[Pair]]:
    index: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs():
        index[pair[place]].append(pair)
    return dict(index)


def following(syllable: str) -> list[Pair]:
    """The pairs that begin with the syllable."""
    return _by_place(0).get(syllable, [])


def preceding(syllable: str) -> list[Pair]:
    """The pairs that end with the syllable."""
    return _by_place(1).get(syllable, [])
