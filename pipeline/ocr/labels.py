"""Which label did a list have where the engines made letters of it?

"L" for "I.", "IL" for "II.", "l." for "1.", "$." for "5.": only at the start of a line, and only
where the label before or after it in the list, or a heading in capitals, says so. Numbers of
documents, dates and figures in text are never touched.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.rules import compile_once

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LOOKS_ROMAN = compile_once(r"([ILlHVX1!|]{1,5})([.,]?)\s+(?=\p{Lu})")
_ALONE = compile_once(r"(?=.{0,3}[HLlIVX])([ILlHVX1!|]{1,4})$")
"""A numeral that is all of a table's cell; "1" alone is the figure."""
_LOOKS_ARABIC = compile_once(r"([lI|!$SsóZz\dOoÌÍ]{1,2})([.,])\s*(?=\p{Lu})")
_LOOKS_LETTER = compile_once(r"(\p{Ll}|8|6)(\))\s*(?=\p{L})")
_DASH = compile_once(r"[~–—_=»]\s+(?=\p{L})")
_DOTTED = compile_once(r"^((?:\d{1,2}|[IVX]{1,5})\.|(?:\d{1,2}|\p{Ll})\))[.,:;'’]+\s+(?=\p{L})")
_CLOSE = compile_once(r"^(\d{1,2}|[IVX]{1,5})[.,](?=\p{Lu}\p{Ll})")
_BULLET = compile_once(r"^[-–](?=\p{L})")
_END = compile_once(r"(?<=\p{L})[.,]{1,2}/[.,]{0,2}$|(?<=\p{L})/\.$|(?<=\p{L})\.\.$")
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
            if _stands(labels, sure):
                continue
            label = next((one for one in labels if _holds(one, texts[index], sure)), None)
            if label and index not in meant:
                meant[index] = label
                sure.append(label)
    return [
        f"{meant[index].written} {text[meant[index].end :]}".rstrip()
        if index in meant
        else _cleaned(text)
        for index, text in enumerate(texts)
    ]


def _cleaned(text: str) -> str:
    """A dash that was read as another stroke, a label with a second dot, the end "./." """
    text = _CLOSE.sub(r"\1. ", _BULLET.sub("- ", _END.sub("./.", text)))
    if _DASH.match(text):
        return str(_DASH.sub("- ", text, count=1))
    return str(_DOTTED.sub(r"\1 ", text, count=1))


def _labels(text: str) -> list[Label]:
    """The likeliest first."""
    return [*_romans(text), *(label for label in (_arabic(text), _letter(text)) if label)]


def _romans(text: str) -> Iterator[Label]:
    """An H is two strokes, or one with dirt beside it: "H." is "II.", "HI." may be either."""
    match = _LOOKS_ROMAN.match(text) or _ALONE.match(text)
    if not match:
        return
    stop = "." if match.re is _LOOKS_ROMAN else ""
    for strokes in ("II", "I") if "H" in match[1] else ("",):
        written = match[1].replace("H", strokes).replace("IL", "II").translate(_AS_ROMAN)
        written = "I" * len(written) if set(written) <= {"I", "L"} else written
        if written in _ROMAN:
            sure = written == match[1] and (not stop or match[2] == ".")
            yield Label("roman", _ROMAN.index(written) + 1, f"{written}{stop}", match.end(), sure)


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


def _stands(labels: Sequence[Label], sure: Sequence[Label]) -> bool:
    """Whether the label as read has a neighbour in its list, or what else it may be is taken:
    "I." above "1." and "2." is no "1.", though it looks like one."""
    read = next((label for label in labels if label.sure), None)
    if read is None:
        return False
    taken = {(label.kind, label.value) for label in sure}
    others = [label for label in labels if not label.sure]
    return _has_neighbour(read, sure) or any((one.kind, one.value) in taken for one in others)


def _has_neighbour(label: Label, sure: Sequence[Label]) -> bool:
    return any(one.kind == label.kind and abs(one.value - label.value) == 1 for one in sure)


def _holds(label: Label, text: str, sure: Sequence[Label]) -> bool:
    """Whether a doubtful label fits its list: a neighbour in it, or a heading in capitals."""
    if label.sure:
        return False
    rest = text[label.end :]
    if label.kind == "roman" and len(rest) > 3 and rest[:40].upper() == rest[:40]:
        return True
    return _has_neighbour(label, sure)
