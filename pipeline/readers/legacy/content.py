"""Which encoding does the text itself tell: under which is it spelt as Vietnamese?"""

from collections.abc import Iterable

from extractors.rules import compile_once
from extractors.text import tidy
from pipeline.readers.legacy.readings import READINGS, Scheme
from pipeline.readers.syllables import is_syllable
from schemas.paper import Remark

MODERN = compile_once(r"[ĂăĐđĨĩŨũƠơƯư\u1EA0-\u1EF9\u0300\u0301\u0303\u0309\u0323]")
"""Letters that only Unicode has, or marks of its own."""
_BEYOND_ASCII = compile_once(r"[^\x00-\x7f]")
_WORD = compile_once(r"[^\s\d!-/:-@\[-`{-~‘’“”–—…•]+")
ODD = compile_once(
    r"[\u0080-\u009f¡-©«-¶¸-»¼-¿ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñöøûüþÿƒŠŒŽšœžŸ†‡‰‹›ˆ˜™€\ufffd]"
)
"""Signs that Vietnamese in Unicode does not hold inside words."""
_SIGNS = "µ±°§²³×÷©®¼½¾€m"


def guessed(text: str) -> Scheme | None:
    """The encoding under which the words of the text are Vietnamese; None: as they stand.

    A reading must make syllables of most words that hold other than plain letters, and of
    clearly more of them than the text as it is.
    """
    if MODERN.search(text) or not _suspect(text):
        return None
    best, most = None, 0.34 + share_spelt(text)
    for scheme, reading in READINGS.items():
        share = share_spelt(reading(text))
        if share > most:
            best, most = scheme, share
    return best


def _suspect(text: str) -> bool:
    """Whether a word holds an odd letter; "µm", "±" and "°C" are signs of their own, as is a
    letter that stands alone: "£" is how Word shows an empty box."""
    words = (word.strip(_SIGNS) for word in _WORD.findall(text))
    return any(len(word) > 1 and ODD.search(word) for word in words)


def is_unicode(text: str) -> bool:
    """Whether most Vietnamese words of a letter are spelt in Unicode as they stand: then no part
    of it is taken for another encoding by its content alone."""
    words = [word for word in _WORD.findall(text) if _BEYOND_ASCII.search(word)]
    modern = sum(MODERN.search(word) is not None for word in words)
    return modern > _ENOUGH and modern > 0.4 * len(words)


_ENOUGH = 30
"""Words; "các", "là" and "án" hold no letter that only Unicode has, about every third word does."""


def share_spelt(text: str) -> float:
    """Which share of the words with other than plain letters are syllables (none: 0)."""
    words = [word for word in _WORD.findall(tidy(text)) if _BEYOND_ASCII.search(word)]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def unreadable(texts: Iterable[str]) -> Remark | None:
    """A remark where words are still unread: more than one in twenty holds an odd sign."""
    words = [word for text in texts for word in _WORD.findall(text)]
    odd = [word for word in words if ODD.search(word) and not is_syllable(word)]
    if len(odd) <= max(5, len(words) // 20):
        return None
    sample = ", ".join(odd[:3])
    return Remark(
        code="encoding.unreadable",
        message=f"Nhiều chữ không đọc được bảng mã (ví dụ: {sample}); cần chuyển tệp sang Unicode.",
    )
