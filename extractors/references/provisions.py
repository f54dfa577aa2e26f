"""Which places of a document are cited: điểm, khoản, Điều, Mục, Chương, Phần, Phụ lục?"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from extractors.references.anchors import ending, rule, rule_ending
from extractors.rules import compile_once, fragment
from schemas.reference import Provision

_LEVELS = {
    "điểm": "point", "tiết": "point", "khoản": "clause", "điều": "article",
    "tiểu mục": "section", "mục": "section", "chương": "chapter", "phần": "part",
    "phụ lục": "annex", "mẫu số": "annex", "mẫu": "annex", "biểu số": "annex",
}  # fmt: skip
_RANK = {"point": 0, "clause": 1, "article": 2, "section": 3, "chapter": 4, "part": 5, "annex": 6}
_SPOKEN = {"point": "điểm", "clause": "khoản", "article": "Điều", "section": "Mục",
           "chapter": "Chương", "part": "Phần"}  # fmt: skip
_UNIT = compile_once("|".join(sorted(_LEVELS, key=len, reverse=True)), regex.IGNORECASE)
_UNITS = compile_once(rf"(?:(?<!\p{{L}})(?:{_UNIT.pattern}))(?:\s+|$)", regex.IGNORECASE)
# A window that may end with a provision: a figure, a letter or a Roman number, and a link word.
_CLOSE = ending(
    r"(?:^|[ (,])(?:\d[\p{L}\d.]*|\p{L}\d?|[IVXLC]+|thứ \p{L}+),?"
    r"(?: (?:của|tại|thuộc|trong|(?:ban hành )?kèm theo))?(?: các)? ?$"
)
_NUMBER = compile_once(r"^số ")
_VALUE = compile_once(r"(?:thứ \p{L}+|[\p{L}\d.]+)")
_ATTACHING = ("kèm theo", "kèm theo các", "Kèm theo")
# Before a long pattern is asked: does a level of provisions follow?
_AHEAD = compile_once(
    r"[ ,(-]{0,3}(?:(?:tại|ở|trong đó|quy định tại|theo|gồm|từ|các) ){0,3}"
    rf"(?:{_UNIT.pattern}) ",
    regex.IGNORECASE,
)
_REACH = 170  # characters before a document in which its provisions are looked for


class Places(NamedTuple):
    """Provisions and the span of their words."""

    start: int
    end: int
    provisions: tuple[Provision, ...]


class _Token(NamedTuple):
    """One level with its values: các khoản 1, 2 → clause, ("1", "2"). `beside`: "và" before it."""

    level: str
    values: tuple[str, ...]
    start: int
    end: int
    beside: bool = False


class _Item(NamedTuple):
    """A provision being read: its levels so far and the words it stands in."""

    levels: dict[str, str]
    start: int
    end: int
    whole: bool


def places_before(key: str, at: int, floor: int) -> Places | None:
    """The provisions whose document begins at `at`; none from before `floor`."""
    start = max(at - _REACH, floor)
    window = key[start:at]
    match = _reaching(window)
    if match is None and window.rstrip().endswith(_ATTACHING):
        match = rule_ending("places.attached").match(window)
    return _places(match, start) if match else None


def _reaching(window: str) -> regex.Match[str] | None:
    """The longest run of provisions that reaches the end of the window."""
    if _CLOSE.match(window) is None:
        return None
    for unit in _UNITS.finditer(window):
        match = rule("places.before").match(window, unit.start())
        if match:
            return match
    return None


def places_after(key: str, at: int, stop: int) -> Places | None:
    """The provisions told right after a document that ends at `at`."""
    if _AHEAD.match(key, at) is None:
        return None
    match = rule("places.after").match(key, at, min(stop, at + _REACH))
    if match is None:
        return None
    return Places(match.start("places"), match.end(), read_places(match["places"]))


@lru_cache(maxsize=1024)
def read_places(text: str) -> tuple[Provision, ...]:
    """The provisions that these words cite: "điểm a, b khoản 2 Điều 5" → two."""
    tokens = tuple(_tokens(text))
    return tuple(_provision(item, text) for item in _items(tokens))


def _places(match: regex.Match[str], shift: int) -> Places:
    start, end = match.span("places")
    return Places(start + shift, end + shift, read_places(match["places"]))


def _tokens(text: str) -> Iterator[_Token]:
    for match in _place().finditer(text):
        unit = _UNIT.match(match[0])
        if unit is None:
            continue
        values = tuple(_values(_NUMBER.sub("", match[0][unit.end() :].strip())))
        beside = text[: match.start()].endswith(" và ")
        yield _Token(_LEVELS[unit[0].lower()], values or ("",), *match.span(), beside)


def _values(text: str) -> Iterator[str]:
    """The values of a list; the two ends of a range stay together: 26-31."""
    if text.isalnum():
        yield text
        return
    for part in _more().split(text):
        ends = [_UNITS.sub("", end) for end in _range().split(part)]
        yield "-".join(found[0].strip(".") for end in ends if (found := _VALUE.search(end)))


def _items(tokens: tuple[_Token, ...]) -> list[_Item]:
    """Levels gathered into provisions.

    Smallest first: a higher level closes every lower one still open ("khoản 1, khoản 2 Điều 5").
    Largest first: a lower level that nothing closes goes on from the one before ("Điều 8 khoản 3").
    An annex named beside them holds none of them ("khoản 3 Điều 12 và Phụ lục II").
    """
    done: list[_Item] = []
    open_items: list[_Item] = []
    for token in tokens:
        if token.beside and token.level == "annex":
            done, open_items = [*done, *open_items], []
        closing = [item for item in open_items if _is_under(item, token)]
        if closing:
            kept = [item for item in open_items if not _is_under(item, token)]
            open_items = kept + list(_closed(closing, token))
        else:
            open_items.extend(_Item({token.level: value}, token.start, token.end,
                                    len(token.values) == 1) for value in token.values)  # fmt: skip
    for item in open_items:
        if done and _goes_on(done[-1], item):
            done[-1] = _joined(done[-1], item)
        else:
            done.append(item)
    return done


def _is_under(item: _Item, token: _Token) -> bool:
    """The token's level lies above the item's highest: khoản 2 waits for Điều 5."""
    top = max(_RANK[level] for level in item.levels)
    return _RANK[token.level] > top and top < _RANK["annex"] and not _is_settled(item, token)


def _is_settled(item: _Item, token: _Token) -> bool:
    """A whole article takes no more from a chain but its section, chapter, part or annex."""
    return "article" in item.levels and token.level == "article"


def _closed(items: list[_Item], token: _Token) -> Iterator[_Item]:
    for item in items:
        for value in token.values:
            whole = item.whole and len(items) == len(token.values) == 1
            yield _Item(item.levels | {token.level: value}, item.start, token.end, whole)


def _goes_on(before: _Item, item: _Item) -> bool:
    """ "Điều 8, khoản 3": the clause belongs to the article before it."""
    lowest = min(_RANK[level] for level in before.levels)
    highest = max(_RANK[level] for level in item.levels)
    return highest < lowest and highest < _RANK["article"] and before.end <= item.start


def _joined(before: _Item, item: _Item) -> _Item:
    return _Item(before.levels | item.levels, before.start, item.end, before.whole and item.whole)


def _provision(item: _Item, text: str) -> Provision:
    words = text[item.start : item.end] if item.whole else _spoken(item.levels)
    return Provision(text=words, **item.levels)


def _spoken(levels: dict[str, str]) -> str:
    """The provision in the order of Nghị định 78/2025/NĐ-CP, Điều 68: smallest first."""
    ranked = sorted(levels.items(), key=lambda pair: _RANK[pair[0]])
    words = (f"{_SPOKEN.get(level, 'Phụ lục')} {value}".strip() for level, value in ranked)
    return " ".join(words)


@cache
def _place() -> regex.Pattern[str]:
    return fragment("references", "place")


@cache
def _more() -> regex.Pattern[str]:
    return fragment("references", "more")


@cache
def _range() -> regex.Pattern[str]:
    return fragment("references", "range")
