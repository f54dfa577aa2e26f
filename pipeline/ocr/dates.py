"""Which words of a line are those of a date, whatever marks were read on them?"""

from collections.abc import Iterator, Sequence

from extractors.rules import compile_once
from pipeline.ocr.ink import Word
from pipeline.ocr.words import bare, core_of, dressed


def with_words_of_dates(words: Sequence[Word]) -> Iterator[Word]:
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
        wrong = name is not None and core_of(word.text) != name
        yield word._replace(text=dressed(word.text, str(name))) if wrong else word


_DATE_WORDS = {"ngày": "day", "tháng": "month", "năm": "year"}
_DATE = compile_once(
    r"\b(?:(?P<day>ngay) \d{1,2} )?(?P<month>thang) \d{1,2} (?P<year>nam) (?:19|20)\d\d\b"
    r"|\b(?P<day>ngay) \d{1,2} (?P<month>thang) \d{1,2}\b"
)
