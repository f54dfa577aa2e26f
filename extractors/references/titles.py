"""Which laws are cited by their title?

Laws and ordinances are cited without number, "Luật Đất đai năm 2024" (Nghị định 78/2025/NĐ-CP,
Điều 68). A title ends where the longest title of the catalogue ends; a title in no list ends at
a mark or at a word that no title holds.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from extractors.catalogue import bare, catalogue
from extractors.references.anchors import near, rule, rule_ending
from extractors.references.kinds import kind_named
from extractors.rules import compile_once, rules
from schemas.letter import Letter
from schemas.reference import Kind

_STRETCH = compile_once(r"[\p{L}\d,/ -]+")
_WORD = compile_once(r"[\p{L}\d]+")
_WORDS = ("uật", "UẬT", "áp lệnh", "ÁP LỆNH", "iến pháp", "IẾN PHÁP")
_REACH = 300  # the longest title that is no amending law's has under 200 characters
_LEFT = 24


class CitedLaw(NamedTuple):
    """A law at start..end; `name`: its title without its kind; `known`: the catalogue has it."""

    start: int
    end: int
    kind: Kind
    name: str
    known: bool
    rule: str


def find_laws(letter: Letter) -> tuple[CitedLaw, ...]:
    """Every law cited by title, in reading order.

    The laws named in an amending law's title are part of that title.
    """
    found: list[CitedLaw] = []
    for word in near(letter.key, _WORDS, rule("law.word"), 8):
        if not found or word.start() >= found[-1].end:
            found.extend(_laws_at(letter, word))
    return tuple(found)


def _laws_at(letter: Letter, word: regex.Match[str]) -> Iterator[CitedLaw]:
    key = letter.key
    if rule_ending("not.law").match(key[max(word.start() - _LEFT, 0) : word.start()]):
        return
    kind = kind_named(word[0])
    if kind is None:
        return
    if kind.code == "HP":
        yield _constitution(letter, word, kind)
        return
    end, known, rule = _title_end(key, word)
    if end > word.end():
        yield CitedLaw(word.start(), end, kind, letter.text[word.end() : end].strip(), known, rule)


def _constitution(letter: Letter, word: regex.Match[str], kind: Kind) -> CitedLaw:
    tail = _STATE.match(letter.key, word.end())
    end = tail.end() if tail else word.end()
    return CitedLaw(
        word.start(), end, kind, letter.text[word.start() : end], True, "law.constitution"
    )


_STATE = compile_once(r" (?:nước )?(?:Cộng hòa xã hội chủ nghĩa|CHXHCN) Việt Nam", regex.IGNORECASE)


def _title_end(key: str, word: regex.Match[str]) -> tuple[int, bool, str]:
    """Where the title that `word` opens ends; the end of the word itself where there is none."""
    amending = rule("law.amending").match(key, word.end())
    if amending:
        return _amended_end(key, amending.end()), False, "law.amending"
    end = _known_end(key, word.end())
    if end and (word[0][0].isupper() or key[word.end() + 1].isupper()):
        return end, True, "law.known"
    capital = word[0][0].isupper() and not word[0].isupper()
    match = rule("law.title").match(key, word.end()) if capital else None
    return (match.end() if match else word.end()), False, "law.title"


def _amended_end(key: str, at: int) -> int:
    """The end of "Luật A, Luật B và Luật C" after "sửa đổi, bổ sung một số điều của"."""
    end = at
    while True:
        word = rule("law.word").match(key, at)
        if word is None:
            return end
        end = _title_end(key, word)[0]
        joint = _JOINT.match(key, end)
        if joint is None:
            return end
        at = joint.end()


_JOINT = compile_once(r",? (?:và )?(?=bộ luật|luật|pháp lệnh)", regex.IGNORECASE)


def _known_end(key: str, start: int) -> int | None:
    """The end of the longest title of the catalogue that begins after `start`."""
    stretch = _STRETCH.match(key, start, start + _REACH)
    if stretch is None or key[start : start + 1] != " ":
        return None
    words = list(_WORD.finditer(stretch[0]))
    titles = catalogue().rows_by_title
    names = [_spelled(word[0]) for word in words]
    for count in range(min(len(words), catalogue().longest), 0, -1):
        if " ".join(names[:count]) in titles:
            return start + words[count - 1].end()
    return None


def full_name(name: str) -> str:
    """The title as it is looked up: without tones, short forms spelled out."""
    return " ".join(_spelled(word) for word in _WORD.findall(name))


@cache
def _shorts() -> dict[str, str]:
    return {
        rule.rule.pattern[len("(?-i:") : -1]: bare(str(rule.value["long"]))
        for rule in rules("references")
        if rule.id.startswith("short.")
    }


@lru_cache(maxsize=4096)
def _spelled(word: str) -> str:
    return _shorts().get(word) or bare(word)
