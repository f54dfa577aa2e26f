"""Two engines read one line: which words stand?

Tesseract sees vowel marks better, TrueOCR letters, digits and spaces; they rarely err in the
same place. Where they differ only in marks, the words of the language decide; figures are
never put together from two readings.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from extractors.rules import compile_once
from pipeline.ocr.choices import choices_of, doubted_word
from pipeline.ocr.dates import with_words_of_dates
from pipeline.ocr.handwriting import without_handwriting
from pipeline.ocr.ink import Reading, Word, united
from pipeline.ocr.neighbours import fitting_best
from pipeline.ocr.words import bare, share_spelt

_LEADING = compile_once(r"^[.,:;'`’]+(?=\p{L}{2})|(?<=^[-–])[.,:](?=\p{L})")
_STOP = compile_once(r"[.,;:]|\./\.")
_GLUE = compile_once(
    r"(?<=\p{L}{2})[.:](?=\d|\p{Ll}{2})|(?<=^[-–])(?=\p{Lu}\p{Ll})|(?<=\p{Ll}[,;])(?=\p{L}{2})"
)


def agreed(first: Reading, second: Reading, before: str = "", after: str = "") -> Reading:
    """One reading of the line. `first`, Tesseract's, stands where nothing speaks against it.

    `before`: the last word of the line above, with which the first one may make a word;
    `after`: the first word of the line below.
    """
    first = Reading(tuple(_unglued(_closed_up(first.words))))
    second = Reading(tuple(_unglued(second.words)))
    if not first.words or not second.words:
        found = first.words or second.words
        return Reading(tuple(doubted_word(word) for word in found))
    words = _chosen(first, second, before, after)
    return without_handwriting(Reading(tuple(with_words_of_dates(words))), first, second)


def _chosen(first: Reading, second: Reading, before: str, after: str) -> Sequence[Word]:
    """Word by word what stands; the second reading whole where the first is hardly one."""
    weak = first.confidence < 0.6 < second.confidence
    if not weak or share_spelt(second.words) < share_spelt(first.words):
        return fitting_best(list(choices_of(first.words, second.words, after)), before)
    if _agreement(first, second) > 0.5:
        return second.words
    return [doubted_word(word) for word in second.words]


def _unglued(words: Iterable[Word]) -> Iterator[Word]:
    """The words, two that a speck glued together parted: "Điều.9", "phối.hợp"."""
    for word in words:
        parts = _GLUE.split(_LEADING.sub("", word.text))
        x0, top, x1, bottom = word.box
        step = (x1 - x0) / len(parts)
        for index, part in enumerate(parts):
            box = (round(x0 + index * step), top, round(x0 + (index + 1) * step), bottom)
            yield word._replace(text=part, box=box)


def _closed_up(words: Sequence[Word]) -> list[Word]:
    """The words, a stop that stands alone joined to the word before it."""
    result: list[Word] = []
    for word in words:
        if result and _STOP.fullmatch(word.text):
            before = result[-1]
            box = united((before.box, word.box))
            result[-1] = before._replace(text=before.text + word.text, box=box)
        else:
            result.append(word)
    return result


def _agreement(first: Reading, second: Reading) -> float:
    """How alike the two readings are without marks, 0 to 1."""
    return SequenceMatcher(None, bare(first.text), bare(second.text), autojunk=False).ratio()
