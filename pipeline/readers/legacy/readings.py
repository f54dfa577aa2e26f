"""What does text in an encoding of before Unicode say?

Tables: TCVN 5712:1993 for TCVN3; the VNI for Windows layout as its fonts have it; VPS as GNU recode
and Mozilla have it.
"""

from collections.abc import Callable
from functools import cache
from typing import Literal

import regex

from pipeline.readers.syllables import is_syllable

Scheme = Literal["tcvn3", "vni", "vps", "utf8"]
_TCVN3 = (  # codes A0 to FF
    " ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_VPS = (  # codes 80 to FF
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ‘’ỀỂỄỐỒỔỖýỷỵỚỜỞ ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũư"
    "ÝẺßàáâãảạăçèéêẽìíîĩẴĐòóôõöƠụùúủüỶẼỳ"
)
_VPS_CONTROLS = {  # capitals that have the codes of control signs
    0x02: "Ạ", 0x03: "Ậ", 0x04: "Ặ", 0x05: "Ẹ", 0x06: "Ệ", 0x10: "Ị", 0x11: "Ọ", 0x12: "Ộ",
    0x13: "Ợ", 0x14: "Ụ", 0x15: "Ự", 0x19: "Ỵ", 0x1C: "Ẫ", 0x1D: "Ữ",
}  # fmt: skip
_VNI_MARKS = {  # a letter, the marks that may follow it, what each makes
    "a": ("øùûõïâàáåãäêèéúüë", "àáảãạâầấẩẫậăằắẳẵặ"),
    "e": ("øùûõïâàáåãä", "èéẻẽẹêềếểễệ"),
    "o": ("øùûõïâàáåãä", "òóỏõọôồốổỗộ"),
    "u": ("øùûõï", "ùúủũụ"),
    "y": ("øùûõ", "ỳýỷỹ"),
    "ô": ("øùûõï", "ờớởỡợ"),
    "ö": ("øùûõï", "ừứửữự"),
}
_VNI_SINGLE = dict(zip("ñæóòîôö", "đỉĩịỵơư", strict=True))
_TYPOGRAPHY = set("‘’“”–—…•")


def western_letter(code: int) -> str:
    """The letter that Windows code page 1252 has for that code."""
    return bytes([code]).decode("cp1252", errors="ignore") or chr(code)


def _vni_pairs() -> dict[str, str]:
    pairs = {}
    for base, (marks, letters) in _VNI_MARKS.items():
        for mark, letter in zip(marks, letters, strict=True):
            pairs[base + mark] = letter
            pairs[base.upper() + mark.upper()] = letter.upper()
            pairs[base.upper() + mark] = letter.upper()
    return pairs


_TCVN3_LETTERS = {ord(western_letter(0xA0 + i)): letter for i, letter in enumerate(_TCVN3)} | {
    0x3BC: "à",  # Word writes the Greek μ for the micro sign
}
_VPS_SIGNS = {western_letter(0x80 + i): letter for i, letter in enumerate(_VPS)}
_VPS_TYPED = {sign: _VPS_SIGNS.pop(sign) for sign in _TYPOGRAPHY}
_VPS_LETTERS = _VPS_CONTROLS | {ord(sign): letter for sign, letter in _VPS_SIGNS.items()}
_VNI_PAIRS = _vni_pairs()
_VNI_LETTERS = str.maketrans(
    _VNI_SINGLE | {key.upper(): value.upper() for key, value in _VNI_SINGLE.items()}
)


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3_LETTERS)


def _from_vps(text: str) -> str:
    return _vps_capitals().sub(_in_capitals, text.translate(_VPS_LETTERS))


@cache
def _vps_capitals() -> regex.Pattern[str]:
    """A word of capitals, and of what is typed for a capital."""
    return regex.compile(
        r"(?<!\p{L})(?=[^\p{Lu}]*\p{Lu})[\p{Lu}“”•–—…ạẫậặẹệịọộợụữựỵ]{2,}(?!\p{Ll})"
    )


def _in_capitals(word: regex.Match[str]) -> str:
    """Word processors hold no control signs, so "HỘI" is typed with a small ộ. Quotes, dashes and
    dots have the codes of Ề, Ố, Ẩ: they are letters where only so the word is a syllable."""
    text = word[0].upper() if regex.search(r"\p{Lu}.?\p{Lu}|\p{Ll}\p{Lu}", word[0]) else word[0]
    if is_syllable(text.strip("".join(_TYPOGRAPHY))):
        return text
    for start, end in ((0, 0), (1, 0), (0, 1), (1, 1)):  # signs around a word stay signs
        inner = slice(start, len(text) - end)
        letters = "".join(_VPS_TYPED.get(sign, sign) for sign in text[inner])
        if is_syllable(letters):
            return text[:start] + letters + text[len(text) - end :]
    return text


@cache
def _vni_pair() -> regex.Pattern[str]:
    """Compiled when first asked: few letters need it."""
    return regex.compile("|".join(map(regex.escape, _VNI_PAIRS)))


def _from_vni(text: str) -> str:
    """Pairs first; what stands between them are letters with a code of their own."""
    pieces, at = [], 0
    for pair in _vni_pair().finditer(text):
        pieces += [text[at : pair.start()].translate(_VNI_LETTERS), _VNI_PAIRS[pair[0]]]
        at = pair.end()
    return "".join([*pieces, text[at:].translate(_VNI_LETTERS)])


def _from_utf8(text: str) -> str:
    """UTF-8 that was once read as code page 1252 ("Ä‘á»‹nh"); as it is where it was not."""
    try:
        return b"".join(map(_byte, text)).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return text


def _byte(letter: str) -> bytes:
    return bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode("cp1252")


READINGS: dict[Scheme, Callable[[str], str]] = {
    "tcvn3": _from_tcvn3,
    "vni": _from_vni,
    "vps": _from_vps,
    "utf8": _from_utf8,
}
