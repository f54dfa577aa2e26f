"""Two engines read one word, or some words, otherwise: what may stand?"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from extractors.rules import compile_once
from pipeline.ocr.ink import Word, united
from pipeline.ocr.words import EDGES, FIGURES, bare, core_of, is_word, share_spelt

_LABEL = compile_once(r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,5}\.|\p{L}[.)])")
_SPECK = compile_once(r"(?<=\p{Ll})[.:'`’]$")
_OPENED = compile_once(r"""^["'“‘|_]+(?=\p{L}{2})""")
_DASH = compile_once(r"[-–—+•▪]")
_CODE = compile_once(r"[-/]$|^[-/]\p{L}")
_ODD = compile_once(r"[#@§Ø$£!^„ƒ]|\d[lIOo]|\b[lIOo]\d")
DOUBTFUL = 0.5
"""Confidence of a figure that the engines read differently."""


class Choice(NamedTuple):
    """A word as one engine read it and what speaks for it before its neighbours do."""

    word: Word
    weight: float


def choices_of(first: Sequence[Word], second: Sequence[Word], after: str) -> Iterator[list[Choice]]:
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
            yield from ([Choice(doubted_word(word), 1.0)] for word in kept)
        else:
            chosen = _other(mine, theirs, at_start=a0 == 0 and b0 == 0)
            yield from ([Choice(word, 1.0)] for word in chosen)


def _alike(first: Word, second: Word, follows: str) -> list[Choice]:
    """Two readings that differ in marks, case or punctuation at most; `follows`: the next word."""
    if first.text == second.text:
        return [Choice(first._replace(confidence=max(first.confidence, second.confidence)), 1.0)]
    other = Word(_with_edges(first.text, second.text), first.box, second.confidence)
    if core_of(first.text) == core_of(second.text):
        return [Choice(_same_word(first, other, second.text, follows), 1.0)]
    weight = 0.55 if is_word(first.text) and first.confidence > 0.85 else 0.3
    options = [Choice(first, weight), Choice(other, 0.9 - weight if is_word(other.text) else 0.0)]
    if core_of(first.text) in _SMALL_WORDS and first.confidence > 0.85:
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
    if speck and not EDGES.search(theirs) and (follows[:1].islower() or speck[0] != "."):
        return first._replace(text=first.text[: speck.start()])
    if _OPENED.match(first.text) and theirs[:1].isalpha():
        return first._replace(text=_OPENED.sub("", first.text))
    return other if _is_swollen(first.text, theirs) else first


def _is_swollen(first: str, second: str) -> bool:
    """Whether small letters were read as capitals: c, o, s, v, x have one shape in two sizes."""
    if first.isupper() and len(core_of(first)) > 1:
        return not second.isupper()
    return first[:1].isupper() and second.islower() and core_of(first) in _SMALL_WORDS


def _with_edges(first: str, second: str) -> str:
    """The second word with the punctuation of the first: TrueOCR loses and confuses it."""
    core_first, core_second = EDGES.sub("", first), EDGES.sub("", second)
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
    if any(FIGURES.search(word.text) for word in (*first, *second)):
        chosen = first if mine > 0.75 and not any(_ODD.search(w.text) for w in first) else theirs
        return [word._replace(confidence=min(word.confidence, DOUBTFUL)) for word in chosen]
    chosen = theirs if mine < 0.8 and share_spelt(theirs) > share_spelt(first) else first
    return [doubted_word(word) for word in chosen]


def doubted_word(word: Word) -> Word:
    """The word with less confidence; dashes and dots keep theirs."""
    return word._replace(confidence=word.confidence * ALONE) if bare(word.text) else word


def _better_spaced(first: Sequence[Word], second: Sequence[Word]) -> Sequence[Word]:
    """The same letters with other spaces: numbers and codes whole, words spelt as syllables."""
    if any(FIGURES.search(word.text) or _CODE.search(word.text) for word in first):
        return min(first, second, key=len)
    return second if share_spelt(second) > share_spelt(first) else first
