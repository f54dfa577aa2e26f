"""Which words at the beginning of a paragraph are its label, and which figures does it count?"""

from collections.abc import Iterator
from typing import NamedTuple

from extractors.rules import CompiledRule, rows_at
from schemas.letter import Letter

ALPHABET = "abcdđeghiklmnopqrstuvxy"
_WORDS = {
    word: place
    for place, word in enumerate(
        ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"], start=1
    )
} | {"một": 1, "bốn": 4}
_ROMAN = {"I": 1, "V": 5, "X": 10}
_SLIPS = str.maketrans({"l": "I", "1": "I", "|": "I", "T": "I", "Ï": "I"})
_FIGURES = {"l": 1, "I": 1, "|": 1, "S": 5, "O": 0}


class Label(NamedTuple):
    """A label as read: `numbers` its figures from the outermost ("2.3" → 2, 3)."""

    style: str
    rank: int
    numbers: tuple[int, ...]
    text: str
    end: int
    bullet: bool
    slip: bool
    misread: bool = False


def read_label(letter: Letter, start: int, end: int) -> Iterator[Label]:
    """Every way to read the beginning of a paragraph as a label, the likeliest first."""
    for rule in rows_at("labels", letter.key, start, end):
        match = rule.pattern.match(letter.key, start, end)
        if match and match.end() < end + 1:
            yield _label(rule, match.groupdict().get("number"), letter.text[start : match.end()],
                         match.end())  # fmt: skip


def _label(rule: CompiledRule, number: str | None, text: str, end: int) -> Label:
    value = rule.value
    style, slip = str(value["style"]), bool(value.get("slip"))
    return Label(
        style,
        int(value["rank"]),
        _numbers(style, number, slip) if number else (),
        text.strip(),
        end,
        bool(value.get("bullet")),
        slip,
    )


def _numbers(style: str, number: str, slip: bool) -> tuple[int, ...]:
    """The figures of a label; () where it cannot be one."""
    if style == "multi":
        return tuple(int(part) for part in number.split("."))
    if style == "roman":
        return _one(_roman(number.translate(_SLIPS).replace("H", "II") if slip else number))
    if style in ("letter", "upper"):
        return _one(_place("g" if slip and number in "ø9" else number.lower()))
    if style == "bracketed":
        return _one(_figure(number) or _roman(number.upper()) or _place(number.lower()))
    return _one(_figure(number, slip))


def _one(value: int | None) -> tuple[int, ...]:
    return () if value is None else (value,)


def _figure(number: str, slip: bool = False) -> int | None:
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyzđ") if not slip else number
    if digits.isdigit():
        return int(digits)
    if slip and number in _FIGURES:
        return _FIGURES[number]
    return _WORDS.get(number.lower()) or _roman(number.upper()) or _place(number.lower())


def _place(letter: str) -> int | None:
    place = ALPHABET.find(letter[:1]) if letter else -1
    return place + 1 if place >= 0 else None


def _roman(number: str) -> int | None:
    if not number or set(number) - set(_ROMAN):
        return None
    figures = [_ROMAN[figure] for figure in number]
    return sum(
        -one if one < following else one
        for one, following in zip(figures, [*figures[1:], 0], strict=True)
    )
