"""In which encoding are the bytes of a text file?"""

from typing import NamedTuple

import regex

from extractors.text import tidy
from pipeline.readers.legacy.content import share_spelt
from pipeline.readers.legacy.readings import READINGS, western_letter


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
    western = "".join(map(western_letter, data))
    readings = {"windows-1258": _composed(data.decode("cp1258", errors="replace"))}
    readings |= {name: reading(western) for name, reading in READINGS.items()}
    scores = {name: share_spelt(text) for name, text in readings.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < 0.5:
        damaged = data.decode("utf-8", errors="replace")
        if damaged.count("\ufffd") * 50 < len(damaged):
            return Decoded(damaged, "utf-8")
    return Decoded(readings[best], best)


def _composed(text: str) -> str:
    """Composed letters; code page 1258 parts the tone from its letter."""
    return regex.sub(r"\p{L}\p{M}+", lambda letter: tidy(letter[0]), text)
