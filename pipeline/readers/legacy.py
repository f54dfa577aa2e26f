"""How is text of the time before Unicode read?

Letters written with TCVN3 (ABC), VNI or VPS fonts hold Western letters that only the font
shows as Vietnamese. The font tells the encoding; where there is no font, the content does:
the reading under which the words are spelt as Vietnamese syllables.

Tables: TCVN 5712:1993 for TCVN3; the VNI for Windows layout as its fonts have it; VPS as GNU recode
and Mozilla have it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import Literal, NamedTuple

import regex

from extractors.rules import compile_once
from extractors.text import tidy
from pipeline.readers.runs import Run
from pipeline.readers.syllables import is_syllable
from schemas.paper import Remark

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


def _western(code: int) -> str:
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


_TCVN3_LETTERS = {ord(_western(0xA0 + i)): letter for i, letter in enumerate(_TCVN3)} | {
    0x3BC: "à",  # Word writes the Greek μ for the micro sign
}
_VPS_SIGNS = {_western(0x80 + i): letter for i, letter in enumerate(_VPS)}
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


_READINGS: dict[Scheme, Callable[[str], str]] = {
    "tcvn3": _from_tcvn3,
    "vni": _from_vni,
    "vps": _from_vps,
    "utf8": _from_utf8,
}

_ALREADY = compile_once(r"[ĂăĐđĨĩŨũƠơƯư\u1EA0-\u1EF9\u0300\u0301\u0303\u0309\u0323]")
_BEYOND_ASCII = compile_once(r"[^\x00-\x7f]")
_WORD = compile_once(r"[^\s\d!-/:-@\[-`{-~‘’“”–—…•]+")
_ODD = compile_once(
    r"[\u0080-\u009f¡-©«-¶¸-»¼-¿ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñöøûüþÿƒŠŒŽšœžŸ†‡‰‹›ˆ˜™€\ufffd]"
)
_SIGNS = "µ±°§²³×÷©®¼½¾€m"


class _Font(NamedTuple):
    scheme: Scheme
    capitals: bool


@lru_cache(maxsize=512)
def _of_font(font: str | None) -> _Font | None:
    """The encoding a font stands for; `capitals`: a font that shows capitals only."""
    name = (font or "").split("+")[-1].strip()
    folded = name.casefold()
    if folded.startswith("vni"):
        return _Font("vni", False)
    if folded.startswith((".vn", "vntime", "vnarial")):
        return _Font("tcvn3", name.endswith("H"))
    if folded.startswith("vps"):
        return _Font("vps", False)
    return None


def scheme_of(font: str | None) -> Scheme | None:
    """The encoding that the font of that name stands for; None for a Unicode font."""
    known = _of_font(font)
    return known.scheme if known else None


def decode(text: str, font: str | None = None) -> str:
    """The text in Unicode. Without a legacy font the content decides."""
    known = _of_font(font)
    if known is None:
        scheme = guessed(text)
        return _READINGS[scheme](text) if scheme else text
    if _ALREADY.search(text):
        return text
    decoded = _READINGS[known.scheme](text)
    return decoded.upper() if known.capitals else decoded


def guessed(text: str) -> Scheme | None:
    """The encoding under which the words of the text are Vietnamese; None: as they stand.

    A reading must make syllables of most words that hold other than plain letters, and of
    clearly more of them than the text as it is.
    """
    if _ALREADY.search(text) or not _suspect(text):
        return None
    best, most = None, 0.34 + _spelt(text)
    for scheme, reading in _READINGS.items():
        share = _spelt(reading(text))
        if share > most:
            best, most = scheme, share
    return best


def _suspect(text: str) -> bool:
    """Whether a word holds an odd letter; "µm", "±" and "°C" are signs of their own, as is a
    letter that stands alone: "£" is how Word shows an empty box."""
    words = (word.strip(_SIGNS) for word in _WORD.findall(text))
    return any(len(word) > 1 and _ODD.search(word) for word in words)


def is_unicode(text: str) -> bool:
    """Whether most Vietnamese words of a letter are spelt in Unicode as they stand: then no part
    of it is taken for another encoding by its content alone."""
    words = [word for word in _WORD.findall(text) if _BEYOND_ASCII.search(word)]
    modern = sum(_ALREADY.search(word) is not None for word in words)
    return modern > _ENOUGH and modern > 0.4 * len(words)


_ENOUGH = 30
"""Words; "các", "là" and "án" hold no letter that only Unicode has, about every third word does."""


def _spelt(text: str) -> float:
    """Which share of the words with other than plain letters are syllables (none: 0)."""
    words = [word for word in _WORD.findall(tidy(text)) if _BEYOND_ASCII.search(word)]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def restore(runs: Sequence[Run], *, guess: bool = True) -> tuple[Run, ...]:
    """The runs of one paragraph in Unicode, each by its font, the others by their content.

    `guess` False: only by the font, see `is_unicode`. Neighbours of one encoding are read
    together: a VNI letter and its mark may lie in two runs.
    """
    if not any(map(_touched, runs)):
        return tuple(runs)
    unmarked = "".join(run.text for run in runs if _of_font(run.font) is None)
    content = guessed(unmarked) if guess else None
    groups = groupby(runs, key=lambda run: (_of_font(run.font), run.mark is None))
    return tuple(run for (font, _), group in groups for run in _read(list(group), font, content))


def _touched(run: Run) -> bool:
    return _of_font(run.font) is not None or _ODD.search(run.text) is not None


def _read(runs: list[Run], font: _Font | None, content: Scheme | None) -> Iterable[Run]:
    """Runs of one encoding; where a letter lies over two runs, the first takes the text."""

    def read(text: str) -> str:
        if font is not None:
            return decode(text, runs[0].font)
        return _READINGS[content](text) if content else text

    whole = read("".join(run.text for run in runs))
    single = [read(run.text) for run in runs]
    if "".join(single) != whole:
        single = [whole, *("" for _ in runs[1:])]
    return (run._replace(text=text) for run, text in zip(runs, single, strict=True))


class Decoded(NamedTuple):
    """Text and the name of the encoding its bytes were in."""

    text: str
    encoding: str


def from_bytes(data: bytes) -> Decoded:
    """A text file in Unicode: byte order mark, UTF-8, UTF-16, else the best single-byte reading."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(data.decode(encoding, errors="replace"), encoding)
    if wide := _wide(data):
        return Decoded(data.decode(wide, errors="replace"), wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _single_byte(data)


_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the spaces and digits is zero."""
    head = data[:4096]
    if head[1::2].count(0) > len(head) // 8:
        return "utf-16-le"
    if head[::2].count(0) > len(head) // 8:
        return "utf-16-be"
    return None


def _single_byte(data: bytes) -> Decoded:
    western = "".join(map(_western, data))
    readings = {"windows-1258": tidy_lines(data.decode("cp1258", errors="replace"))}
    readings |= {name: reading(western) for name, reading in _READINGS.items()}
    scores = {name: _spelt(text) for name, text in readings.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < 0.5:
        damaged = data.decode("utf-8", errors="replace")
        if damaged.count("\ufffd") * 50 < len(damaged):
            return Decoded(damaged, "utf-8")
    return Decoded(readings[best], best)


def tidy_lines(text: str) -> str:
    """Composed letters; code page 1258 parts the tone from its letter."""
    return regex.sub(r"\p{L}\p{M}+", lambda letter: tidy(letter[0]), text)


def unreadable(texts: Iterable[str]) -> Remark | None:
    """A remark where words are still unread: more than one in twenty holds an odd sign."""
    words = [word for text in texts for word in _WORD.findall(text)]
    odd = [word for word in words if _ODD.search(word) and not is_syllable(word)]
    if len(odd) <= max(5, len(words) // 20):
        return None
    sample = ", ".join(odd[:3])
    return Remark(
        code="encoding.unreadable",
        message=f"Nhiều chữ không đọc được bảng mã (ví dụ: {sample}); cần chuyển tệp sang Unicode.",
    )
