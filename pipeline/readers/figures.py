"""How does Word write the n-th number of a list or note?"""

from collections.abc import Callable

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_CHICAGO = "*†‡§"
_UNITS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def figure(number: int, form: str, custom: str | None = None) -> str:
    """The number in a form of ECMA-376 (ST_NumberFormat); unknown forms are decimal.

    `custom`: the pattern of form "custom", as "001, 002, ..." .
    """
    if form == "custom" and custom:
        return str(number).zfill(len(custom.partition(",")[0]))
    return _FORMS.get(form, str)(number)


def _roman(number: int) -> str:
    if not 0 < number < 32768:
        return str(number)
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _letter(number: int) -> str:
    """A … Z, AA, BB …: Word repeats the letter."""
    if not 0 < number <= 780:
        return str(number)
    turn, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * (turn + 1)


def _symbol(number: int) -> str:
    turn, place = divmod(number - 1, len(_CHICAGO))
    return _CHICAGO[place] * (turn + 1)


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


def _ordinal(number: int) -> str:
    teen = 10 <= number % 100 <= 20
    return str(number) + ("th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th"))


def _vietnamese(number: int) -> str:
    """Một, hai … chín mươi chín; further numbers in figures."""
    if not 0 < number < 100:
        return str(number)
    tens, units = divmod(number, 10)
    if tens == 0:
        return _UNITS[units]
    lead = "mười" if tens == 1 else f"{_UNITS[tens]} mươi"
    last = {1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(units, _UNITS[units])
    return f"{lead} {last}".strip()


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "ordinal": _ordinal,
    "chicago": _symbol,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "numberInDash": lambda number: f"- {number} -",
    "vietnameseCounting": _vietnamese,
    "none": lambda number: "",
}
