"""Which time does a heading give to the duties under it that tell none?"""

import regex

from extractors.rules import compile_once
from extractors.tasks.verbs import piece
from schemas.letter import Letter, Span
from schemas.task import Claim

_RULE = "heading"
_MARKS = " :.;,/"
_WHEN = compile_once(
    r"[ \-]*(?:trước|trong|chậm nhất|muộn nhất|đến|hết|định kỳ|hằng|hàng|ngày|tháng|quý|khi|sau)\b",
    regex.V1 | regex.I,
)
_FINISHED = compile_once(r"\b(?:hoàn thành|xong)\b", regex.V1 | regex.I)


def time_of_heading(letter: Letter, source: str, words: Span) -> Claim | None:
    """ "Tháng 7/2024", "Các nhiệm vụ hoàn thành trước ngày 30/6"; not the period of a title
    ("Nhiệm vụ trọng tâm năm 2024")."""
    said = letter.key[slice(*words)].rstrip(_MARKS)
    if piece("timed").fullmatch(said):
        return Claim(Span(words.start, words.start + len(said)), None, source, True, None, _RULE)
    return Claim(words, None, source, rule=_RULE) if _FINISHED.search(said) else None


def time_announced(letter: Letter, source: str, sentence: Span) -> tuple[Claim, ...]:
    """ "Các đơn vị thực hiện các nhiệm vụ dưới đây, hoàn thành trước ngày 31/7:"."""
    found = _FINISHED.search(letter.key, *sentence)
    words = Span(found.start(), sentence.end) if found else sentence
    return (Claim(words, None, source, rule=_RULE),) if found else ()


def timed_by(letter: Letter, source: str, words: Span, at: int) -> Claim:
    """The times that a heading's words may hold, for the duties under it that tell none.

    `at`: where its owner stands. What stands before it may say when ("Trước ngày …, Sở A có
    trách nhiệm:"), or why ("Để xong trong năm, yêu cầu Sở A:"), which is no time of the duties.
    """
    says_when = _WHEN.match(letter.key, *words) is not None
    return Claim(Span(words.start if says_when else at, words.end), None, source, rule=_RULE)
