"""Which label did a list have where the engines made letters of it?

"L" for "I.", "IL" for "II.", "l." for "1.", "$." for "5.": only at the start of a line, and only
where the label before or after it in the list, or a heading in capitals, says so. Numbers of
documents, dates and figures in text are never touched.
"""

from collections.abc import Sequence
from typing import NamedTuple

import regex

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LOOKS_ROMAN = regex.compile(r"([ILlHVX1!|]{1,5})([.,]?)\s+(?=\p{Lu})")
_LOOKS_ARABIC = regex.compile(r"([lI|!$SsóZz\dOoÌÍ]{1,2})([.,])\s*(?=\p{Lu})")
_LOOKS_LETTER = regex.compile(r"(\p{Ll}|8|6)(\))\s*(?=\p{L})")
_DASH = regex.compile(r"[~–—_=»]\s+(?=\p{L})")
_DOTTED = regex.compile(r"^((?:\d{1,2}|[IVX]{1,5})\.|(?:\d{1,2}|\p{Ll})\))[.,:;'’]+\s+(?=\p{L})")
_CLOSE = regex.compile(r"^(\d{1,2}|[IVX]{1,5})[.,](?=\p{Lu}\p{Ll})")
_BULLET = regex.compile(r"^[-–](?=\p{L})")
_END = regex.compile(r"(?<=\p{L})[.,]{1,2}/[.,]{0,2}$|(?<=\p{L})/\.$|(?<=\p{L})\.\.$")
_AS_ROMAN = str.maketrans({"l": "I", "1": "I", "!": "I", "|": "I"})
_AS_DIGIT = str.maketrans("lI|!ÌÍ$SsóZzOo", "11111155562200")
_AS_LETTER = {"8": "a", "6": "b", "â": "a", "ạ": "a", "à": "a", "ä": "a", "ð": "đ", "o": "c"}


class Label(NamedTuple):
    """A label as it may be meant: its kind, its place in the list, how it is written."""

    kind: str
    value: int
    written: str
    end: int
    sure: bool


def repaired(texts: Sequence[str]) -> list[str]:
    """The lines of a page, or of a table's cells, in order, labels mended."""
    told = [_labels(text) for text in texts]
    sure = [label for labels in told for label in labels if label.sure]
    meant: dict[int, Label] = {}
    for _ in range(2):  # a label mended in the first round holds its neighbour in the second
        for index, labels in enumerate(told):
            label = next((one for one in labels if _holds(one, texts[index], sure)), None)
            if label and index not in meant:
                meant[index] = label
                sure.append(label)
    return [
        f"{meant[index].written} {text[meant[index].end :]}" if index in meant else _cleaned(text)
        for index, text in enumerate(texts)
    ]


def _cleaned(text: str) -> str:
    """A dash that was read as another stroke, a label with a second dot, the end "./." """
    text = _CLOSE.sub(r"\1. ", _BULLET.sub("- ", _END.sub("./.", text)))
    if _DASH.match(text):
        return str(_DASH.sub("- ", text, count=1))
    return str(_DOTTED.sub(r"\1 ", text, count=1))


def _labels(text: str) -> list[Label]:
    found = (_roman(text), _arabic(text), _letter(text))
    return [label for label in found if label]


def _roman(text: str) -> Label | None:
    match = _LOOKS_ROMAN.match(text)
    if not match:
        return None
    written = match[1].replace("H", "II").replace("IL", "II").translate(_AS_ROMAN)
    written = "I" * len(written) if set(written) <= {"I", "L"} else written
    if written not in _ROMAN:
        return None
    sure = written == match[1] and match[2] == "."
    return Label("roman", _ROMAN.index(written) + 1, f"{written}.", match.end(), sure)


def _arabic(text: str) -> Label | None:
    match = _LOOKS_ARABIC.match(text)
    if not match:
        return None
    digits = match[1].translate(_AS_DIGIT)
    if not digits.isdigit() or digits.startswith("0"):
        return None
    sure = match[1].isdigit() and match[2] == "."
    return Label("arabic", int(digits), f"{digits}.", match.end(), sure)


def _letter(text: str) -> Label | None:
    match = _LOOKS_LETTER.match(text)
    if not match:
        return None
    letter = _AS_LETTER.get(match[1], match[1])
    if letter not in _LETTERS:
        return None
    return Label(
        "letter", _LETTERS.index(letter) + 1, f"{letter})", match.end(), letter == match[1]
    )


def _holds(label: Label, text: str, sure: Sequence[Label]) -> bool:
    """Whether a doubtful label fits its list: a neighbour in it, or a heading in capitals."""
    if label.sure:
        return False
    rest = text[label.end :]
    if label.kind == "roman" and len(rest) > 3 and rest[:40].upper() == rest[:40]:
        return True
    return any(other.kind == label.kind and abs(other.value - label.value) == 1 for other in sure)
