"""Which short forms does the letter itself introduce?"""

from collections.abc import Iterator

import regex

from extractors.parties.phrases import may_open, party_at
from extractors.rules import compile_once
from extractors.text import fold
from schemas.letter import Letter
from schemas.party import Abbreviation

_SAID = compile_once(
    r"\((?:sau đây |dưới đây |từ đây )?(?:gọi|viết) (?:tắt |chung |gọn )*(?:là)?:? ?"
    r"[\"']?(?P<short>[^()\"']{2,60})[\"']?\)",
    regex.IGNORECASE,
)
_BRACKET = compile_once(r"\([*_\"']{0,2}(?P<short>[^()*_]{2,40}?)[*_\"']{0,2}\)")
_WORD = compile_once(r"[\p{L}\p{N}]+")
_SHORT = compile_once(r"\p{Lu}[\p{Lu}\p{Ll}&\-]*\p{Lu}[\p{Lu}&\-]*")
_START = compile_once(r"[.;:,()\n]")
_SMALL = frozenset(("và", "của", "các", "về", "cho", "với", "trên", "theo", "tại"))


def find_short_forms(letter: Letter) -> tuple[Abbreviation, ...]:
    """Short forms in brackets after their long form, in reading order, each once."""
    found: dict[str, Abbreviation] = {}
    for made in _all(letter):
        found.setdefault(made.short, made)
    return tuple(found.values())


def _all(letter: Letter) -> Iterator[Abbreviation]:
    at = -1
    while (at := letter.key.find("(", at + 1)) >= 0:
        made = _said(letter, at) or _by_initials(letter, at)
        if made is not None:
            yield made


def _said(letter: Letter, at: int) -> Abbreviation | None:
    """ "(sau đây gọi tắt là …)": the long form is told by initials, or is the phrase before."""
    match = _SAID.match(letter.key, at)
    if match is None:
        return None
    short = letter.text[match.start("short") : match.end("short")].strip(" *_.")
    starts = (_long_start, _party_start, _same_words_start)
    found = (start(letter.key, at, short) for start in starts)
    start = next((place for place in found if place is not None), None)
    if start is None:
        start = _phrase_start(letter.key, at)
    return _made(letter, short, start, at, match.end())


def _party_start(key: str, at: int, _short: str) -> int | None:
    """Where a party begins that ends at the bracket."""
    ended = len(key[:at].rstrip())
    for word in _WORD.finditer(key, max(0, at - 160), at):
        if may_open(word[0]):
            run = party_at(key, word.start(), ended)
            if run and run[-1].end == ended and "\n" not in key[word.start() : ended]:
                return word.start()
    return None


def _same_words_start(key: str, at: int, short: str) -> int | None:
    """ "Nghị định số 12 … (sau đây gọi là Nghị định)": where the same words stand before."""
    words = short.split()
    before = key.rfind("\n", 0, at) + 1
    for count in range(min(len(words), 2), 0, -1):
        found = key.casefold().rfind(fold(" ".join(words[:count])).casefold(), before, at)
        if found >= 0:
            return found
    return None


def _by_initials(letter: Letter, at: int) -> Abbreviation | None:
    match = _BRACKET.match(letter.key, at)
    if match is None or not _SHORT.search(match["short"]):
        return None
    short = letter.text[match.start("short") : match.end("short")].strip()
    start = _long_start(letter.key, at, short)
    return None if start is None else _made(letter, short, start, at, match.end())


def _made(letter: Letter, short: str, start: int, at: int, end: int) -> Abbreviation | None:
    long = letter.text[start:at].strip()
    if not long or not short or long == short:
        return None
    return Abbreviation(short=short, long=long, quote=letter.quote(start, end))


def _long_start(key: str, at: int, short: str) -> int | None:
    """Where the words begin whose initials spell the short form, going back from `at`."""
    words = list(_WORD.finditer(key, max(0, at - 160), at))
    wanted = _letters(short)
    if len(wanted) < 2:
        return None
    for index in range(len(words) - 1, -1, -1):
        if key.find("\n", words[index].start(), at) >= 0:
            return None
        if _spells(words[index:], wanted):
            return words[index].start()
    return None


def _letters(short: str) -> list[str]:
    """The short form as whole words ("tỉnh") and single initials."""
    pieces: list[str] = []
    for word in _WORD.findall(short):
        if sum(letter.isupper() for letter in word) > 1:
            pieces.extend(letter for letter in word if letter.isupper() or letter.isdigit())
        else:
            pieces.append(word.casefold())
    return pieces


def _spells(words: list[regex.Match[str]], wanted: list[str]) -> bool:
    """Do the words spell the short form, small words and nothing else left out?"""
    place = 0
    for match in words:
        word = match[0].casefold()
        if place < len(wanted) and _is(word, wanted[place]):
            place += 1
        elif word not in _SMALL:
            return False
    return place == len(wanted)


def _is(word: str, wanted: str) -> bool:
    return word == wanted if len(wanted) > 1 else word.startswith(wanted.casefold())


def _phrase_start(key: str, at: int) -> int:
    starts = [match.end() for match in _START.finditer(key, max(0, at - 200), at)]
    start = starts[-1] if starts else max(0, at - 200)
    return start + (len(key[start:at]) - len(key[start:at].lstrip()))
