"""Words whose letters a copy has torn apart: "chủ tr ì", "Th ờ i gian", "đ ơ n vị".

Pages made from old Word files have a blank where the font of a marked vowel changed.
"""

import regex

from extractors.rules import compile_once
from pipeline.readers.syllables import is_syllable

_FEWEST = 3
"""Torn words of a text that is taken for such a copy: one may be the name of a point."""
_ONSETS = r"(?:ngh|ng|nh|gh|gi|kh|ch|ph|qu|th|tr|[bcdđghklmnprstvx])"
_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_SEAM = compile_once(f" [{_MARKED}{_MARKED.upper()}]")
_ONSET_ALONE = compile_once(rf"(?:^|\W){_ONSETS}$", regex.V1 | regex.I)
_TORN = compile_once(
    r"(?<![\p{L}\p{N}/.,-])(?<!\b(?:điểm|mục|khoản|cụm|nhóm|loại|lớp) )"
    rf"(?P<onset>{_ONSETS}) (?P<rhyme>[{_MARKED}]\p{{L}}*)"
    r"(?: (?P<final>ng|nh|ch|[cmnptiouy])(?!\p{L}))?",
    regex.V1 | regex.I,
)


def mended(text: str) -> str:
    """The text with torn words whole; as it is where hardly any is torn."""
    if sum(_after_onset(text, seam.start()) for seam in _SEAM.finditer(text)) < _FEWEST:
        return text  # asked first, for looking for torn words costs ten times as much
    torn = sum(_whole(found) != found[0] for found in _TORN.finditer(text))
    return _TORN.sub(_whole, text) if torn >= _FEWEST else text


def _after_onset(text: str, seam: int) -> bool:
    return _ONSET_ALONE.search(text[max(0, seam - 4) : seam]) is not None


def _whole(found: "regex.Match[str]") -> str:
    final = found["final"] or ""
    word = found["onset"] + found["rhyme"]
    if final and is_syllable(word + final):
        return word + final
    return found[0].replace(" ", "", 1) if is_syllable(word) else found[0]
