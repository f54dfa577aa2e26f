"""Two engines read one line: which words stand?

Tesseract sees vowel marks better, TrueOCR letters, digits and spaces; they rarely err in the
same place. Where they differ only in marks, the words of the language decide; figures are
never put together from two readings.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from extractors.rules import compile_once
from extractors.text import fold
from pipeline.ocr.ink import Reading, Word, united
from pipeline.ocr.lexicon import following, pairs, preceding
from pipeline.readers.syllables import is_syllable

_EDGES = compile_once(r"^\P{L}+|\P{L}+$")
_LABEL = compile_once(r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,5}\.|\p{L}[.)])")
_LEADING = compile_once(r"^[.,:;'`’]+(?=\p{L}{2})|(?<=^[-–])[.,:](?=\p{L})")
_SPECK = compile_once(r"(?<=\p{Ll})[.:'`’]$")
_OPENED = compile_once(r"""^["'“‘|_]+(?=\p{L}{2})""")
_STOP = compile_once(r"[.,;:]|\./\.")
_DASH = compile_once(r"[-–—+•▪]")
_GLUE = compile_once(
    r"(?<=\p{L}{2})[.:](?=\d|\p{Ll}{2})|(?<=^[-–])(?=\p{Lu}\p{Ll})|(?<=\p{Ll}[,;])(?=\p{L}{2})"
)
_CODE = compile_once(r"[-/]$|^[-/]\p{L}")
_ODD = compile_once(r"[#@§Ø$£!^„ƒ]|\d[lIOo]|\b[lIOo]\d")
_FILLED_IN = compile_once(
    r"^S[\p{L}0]{1,2}\s*[:;.]?\s*(?P<slot>[^\s/]{1,3}(?: [^\s/]{1,2})?) ?(?=/\p{Lu})"
    r"|ng\p{L}y ?(?P<slot>\S{1,3}(?: \S{1,2})?) ?(?=th\p{L}ng)"
)
_FIGURES = compile_once(r"\d")
DOUBTFUL = 0.5
"""Confidence of a figure that the engines read differently."""


class Choice(NamedTuple):
    """A word as one engine read it and what speaks for it before its neighbours do."""

    word: Word
    weight: float


def agreed(first: Reading, second: Reading, before: str = "", after: str = "") -> Reading:
    """One reading of the line. `first`, Tesseract's, stands where nothing speaks against it.

    `before`: the last word of the line above, with which the first one may make a word;
    `after`: the first word of the line below.
    """
    first = Reading(tuple(_unglued(_closed_up(first.words))))
    second = Reading(tuple(_unglued(second.words)))
    if not first.words or not second.words:
        found = first.words or second.words
        return Reading(tuple(_doubted(word) for word in found))
    if first.confidence < 0.6 < second.confidence and _spelt(second) >= _spelt(first):
        words = second.words if _agreement(first, second) > 0.5 else map(_doubted, second.words)
        return _filled_in(Reading(tuple(_dated(tuple(words)))), first, second)
    best = _best(list(_choices(first.words, second.words, after)), before)
    return _filled_in(Reading(tuple(_dated(best))), first, second)


def _dated(words: Sequence[Word]) -> Iterator[Word]:
    """The words, those of a date by its form: no other marks stand in "ngày 3 tháng 3 năm 2021"."""
    letters = [bare(word.text) for word in words]
    line = " ".join(letter or "-" for letter in letters)
    meant = {
        len(line[:at].split()): name
        for found in _DATE.finditer(line)
        for name in _DATE_WORDS
        if (at := found.start(_DATE_WORDS[name])) >= 0
    }
    for index, word in enumerate(words):
        name = meant.get(index)
        wrong = name is not None and _core(word.text) != name
        yield word._replace(text=_dressed(word.text, str(name))) if wrong else word


_DATE_WORDS = {"ngày": "day", "tháng": "month", "năm": "year"}
_DATE = compile_once(
    r"\b(?:(?P<day>ngay) \d{1,2} )?(?P<month>thang) \d{1,2} (?P<year>nam) (?:19|20)\d\d\b"
    r"|\b(?P<day>ngay) \d{1,2} (?P<month>thang) \d{1,2}\b"
)

UNREAD = "…"
"""Stands for figures written by hand that the engines read differently."""


def _filled_in(reading: Reading, first: Reading, second: Reading) -> Reading:
    """The line, with the number or day filled in by hand only where both engines read the same.

    Neither engine reads handwriting: a wrong number is worse than an unread one.
    """
    match = _FILLED_IN.search(reading.text)
    slots = {
        (found["slot"] if (found := _FILLED_IN.search(r.text)) else "") for r in (first, second)
    }
    if match is None or (len(slots) == 1 and match["slot"].isdigit()):
        return reading
    start, end = match.span("slot")
    before = "Số:" if reading.text.startswith("S") else reading.text[:start].rstrip()
    text = f"{before} {UNREAD} {reading.text[end:].lstrip()}"
    box = united(word.box for word in reading.words)
    return Reading(tuple(Word(word, box, reading.confidence * ALONE) for word in text.split()))


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


def _spelt(reading: Reading) -> float:
    """Share of words that are spelt as Vietnamese syllables or hold figures."""
    good = sum(_is_word(word.text) for word in reading.words)
    return good / max(len(reading.words), 1)


def _is_word(text: str) -> bool:
    core = _core(text)
    return is_syllable(core) if core else bool(_FIGURES.search(text))


@lru_cache(maxsize=8192)
def _core(text: str) -> str:
    """The word in small letters without what stands around it."""
    return fold(_EDGES.sub("", text).lower())


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """Letters and figures without marks: what both engines see alike."""
    parted = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in parted if letter.isalnum())


def _choices(first: Sequence[Word], second: Sequence[Word], after: str) -> Iterator[list[Choice]]:
    """For each word of the line what it may be."""
    a, b = [bare(w.text) for w in first], [bare(w.text) for w in second]
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        mine, theirs = first[a0:a1], second[b0:b1]
        if tag == "equal":
            follows = [*(word.text for word in first[a0 + 1 : a1 + 1]), after]
            yield from (_alike(*pair) for pair in zip(mine, theirs, follows, strict=False))
        elif tag == "insert":
            continue
        elif tag == "delete":
            kept = (word for word in mine if not _is_noise(word))
            yield from ([Choice(_doubted(word), 1.0)] for word in kept)
        else:
            chosen = _other(mine, theirs, at_start=a0 == 0 and b0 == 0)
            yield from ([Choice(word, 1.0)] for word in chosen)


def _alike(first: Word, second: Word, follows: str) -> list[Choice]:
    """Two readings that differ in marks, case or punctuation at most; `follows`: the next word."""
    if first.text == second.text:
        return [Choice(first._replace(confidence=max(first.confidence, second.confidence)), 1.0)]
    other = Word(_with_edges(first.text, second.text), first.box, second.confidence)
    if _core(first.text) == _core(second.text):
        return [Choice(_same_word(first, other, second.text, follows), 1.0)]
    weight = 0.55 if _is_word(first.text) and first.confidence > 0.85 else 0.3
    options = [Choice(first, weight), Choice(other, 0.9 - weight if _is_word(other.text) else 0.0)]
    if _core(first.text) in _SMALL_WORDS and first.confidence > 0.85:
        return options
    doubted = first._replace(confidence=min(first.confidence, second.confidence) - 0.2)
    return [*options, Choice(doubted, LISTED)]


LISTED = -9.0
"""Marks a choice that stands for any other marks on the same letters."""
_SMALL_WORDS = frozenset(
    ["để", "về", "và", "với", "cho", "các", "của", "là", "từ", "tại", "đến", "do", "bị", "ở", "có",
     "được", "theo", "sự", "sau", "vào", "so", "vì", "cả"]
)  # fmt: skip
"""Words that go with any neighbour: no pair of the list speaks against them."""
ALONE = 0.6
"""What is left of a word's confidence where the engines see other letters, or one sees none."""


def _same_word(first: Word, other: Word, theirs: str, follows: str) -> Word:
    """One word in two cases, or with a dot that only Tesseract sees: a speck, mostly."""
    speck = _SPECK.search(first.text)
    if speck and not _EDGES.search(theirs) and (follows[:1].islower() or speck[0] != "."):
        return first._replace(text=first.text[: speck.start()])
    if _OPENED.match(first.text) and theirs[:1].isalpha():
        return first._replace(text=_OPENED.sub("", first.text))
    return other if _is_swollen(first.text, theirs) else first


def _is_swollen(first: str, second: str) -> bool:
    """Whether small letters were read as capitals: c, o, s, v, x have one shape in two sizes."""
    if first.isupper() and len(_core(first)) > 1:
        return not second.isupper()
    return first[:1].isupper() and second.islower() and _core(first) in _SMALL_WORDS


def _with_edges(first: str, second: str) -> str:
    """The second word with the punctuation of the first: TrueOCR loses and confuses it."""
    core_first, core_second = _EDGES.sub("", first), _EDGES.sub("", second)
    if not core_first or not core_second:
        return second
    return first.replace(core_first, core_second, 1)


def _is_noise(word: Word) -> bool:
    """A word that only one engine sees: stray punctuation, or hardly read."""
    if not bare(word.text):
        return _DASH.fullmatch(word.text) is None
    return word.confidence < 0.5 and len(bare(word.text)) < 3


def _other(first: Sequence[Word], second: Sequence[Word], *, at_start: bool) -> Sequence[Word]:
    """Readings of different letters or spaces: one of them whole."""
    box = united(word.box for word in first)
    theirs = [Word(word.text, box, word.confidence) for word in second]
    if "".join(bare(w.text) for w in first) == "".join(bare(w.text) for w in second):
        return _better_spaced(first, theirs)
    if at_start and _LABEL.fullmatch(theirs[0].text) and not _LABEL.fullmatch(first[0].text):
        return theirs
    mine = min(word.confidence for word in first)
    if any(_FIGURES.search(word.text) for word in (*first, *second)):
        chosen = first if mine > 0.75 and not any(_ODD.search(w.text) for w in first) else theirs
        return [word._replace(confidence=min(word.confidence, DOUBTFUL)) for word in chosen]
    chosen = theirs if mine < 0.8 and _words(theirs) > _words(first) else first
    return [_doubted(word) for word in chosen]


def _doubted(word: Word) -> Word:
    return word._replace(confidence=word.confidence * ALONE) if bare(word.text) else word


def _words(words: Sequence[Word]) -> float:
    return sum(_is_word(word.text) for word in words) / max(len(words), 1)


def _better_spaced(first: Sequence[Word], second: Sequence[Word]) -> Sequence[Word]:
    """The same letters with other spaces: numbers and codes whole, words spelt as syllables."""
    if any(_FIGURES.search(word.text) or _CODE.search(word.text) for word in first):
        return min(first, second, key=len)
    return second if _words(second) > _words(first) else first


def _best(choices: Sequence[Sequence[Choice]], before: str) -> list[Word]:
    """The words that go together best: neighbours that make a word of the language."""
    above = Word(before, (0, 0, 0, 0), 0.0)
    paths: list[tuple[float, list[Word]]] = [(0.0, [above])]
    for index, options in enumerate(choices):
        after = choices[index + 1] if index + 1 < len(choices) else ()
        extended = []
        for option in (better for one in options for better in _meant(one, paths, after)):
            score, words = max(
                ((s + _bond(w, option.word), w) for s, w in paths), key=lambda path: path[0]
            )
            extended.append((score + option.weight, [*words, option.word]))
        paths = extended
    return max(paths, key=lambda path: path[0])[1][1:]


def _bond(words: Sequence[Word], word: Word) -> float:
    return 0.8 if (_core(words[-1].text), _core(word.text)) in pairs() else 0.0


def _meant(
    option: Choice, paths: Sequence[tuple[float, list[Word]]], after: Sequence[Choice]
) -> Iterator[Choice]:
    """The choice itself; for other marks, the one syllable that makes a word with a neighbour."""
    if option.weight != LISTED:
        yield option
        return
    letters = bare(option.word.text)
    before = {_core(words[-1].text) for _, words in paths}
    beside = {_core(choice.word.text) for choice in after}
    meant = {pair[1] for core in before for pair in following(core) if bare(pair[1]) == letters}
    meant |= {pair[0] for core in beside for pair in preceding(core) if bare(pair[0]) == letters}
    if len(meant) == 1:
        word = option.word._replace(text=_dressed(option.word.text, meant.pop()))
        yield Choice(word, 0.2)


def _dressed(text: str, core: str) -> str:
    """The syllable in the case of the text and with the punctuation around it."""
    inner = _EDGES.sub("", text)
    cased = core.upper() if inner.isupper() and len(inner) > 1 else core
    cased = cased.capitalize() if inner[:1].isupper() and not inner.isupper() else cased
    return text.replace(inner, cased, 1)
