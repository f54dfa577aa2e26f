"""Where does the text write the number of a document?"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import regex

from extractors.references.anchors import ending, rule_ending
from extractors.references.kinds import kind_of, kind_rules
from extractors.rules import CompiledRule, compile_once, rules
from schemas.letter import Letter, Part
from schemas.reference import Kind

# A digit group that a joint and a capital (or a year and a joint) follow: nothing else can open
# a number, and a date never does.
_ANCHOR = compile_once(
    r"(?<![\p{L}\d/.])\d{1,5}(?:\.\d{1,3})?\p{L}?"
    r" ?(?:[/-] ?(?=\p{Lu}|(?:19|20)\d\d ?/? ?\p{Lu})|(?=\p{Lu}\p{Lu}))"
)
_MARKED = compile_once(r"(?<!\p{L})s[oôốồổỗộóỏ] ?:? ?$", regex.IGNORECASE)
# "Thông tư số 77/201 4/TT-BTC": a poor scan cut the number in two.
_HALF = compile_once(r"(?r)(?:/|(?<!\p{L})s[ốôo] ?:? ?)\d{1,3} $")
_HEADS = compile_once(
    r"(?<![\p{L}\d/.-])(?:\d{1,5}[a-c]?(?:-\p{Lu}\p{L}*|/(?:19|20)\d\d)?"
    r"(?:,? và |, ?|; ?| hoặc )(?:số )?)+$"
)
_HEAD = compile_once(r"(?P<sequence>\d{1,5}[a-c]?)(?P<rest>[^\s,;]*)")
_LEFT = 48  # characters in which a kind of document and its "số" find room


class CitedNumber(NamedTuple):
    """A number at start..end of the text: canonical (as printed, without spaces) and its parts.

    `kind`: the kind that the symbol or the word before it names; `opening`: where that word begins.
    """

    start: int
    end: int
    opening: int
    canonical: str
    sequence: str
    year: str | None
    kind: Kind | None
    rule: str


def find_numbers(letter: Letter) -> tuple[CitedNumber, ...]:
    """Every number of a document, in reading order, those of enumerations one by one."""
    found: list[CitedNumber] = []
    for anchor in _ANCHOR.finditer(letter.key):
        if found and anchor.start() < found[-1].end:
            continue
        number = _number_at(letter.key, anchor.start())
        if number is not None and not _is_own(letter, number):
            found.extend(_with_heads(letter.key, number))
    return tuple(found)


def _number_at(key: str, start: int) -> CitedNumber | None:
    left = key[max(start - _LEFT, 0) : start]
    for rule in _number_rules():
        match = rule.pattern.match(key, start)
        if match and _is_proved(rule, left) and not rule_ending("not.form").match(left):
            return _read(match, left, rule.id)
    return None


def _is_proved(rule: CompiledRule, left: str) -> bool:
    """A bare form needs the word số or a kind of document before it; half a number is none."""
    if _HALF.match(left):
        return False
    return not rule.value.get("bare") or bool(_MARKED.search(left) or _kind_before().match(left))


def _read(match: regex.Match[str], left: str, rule: str) -> CitedNumber:
    word = _kind_before().match(left)
    groups = match.groupdict()
    canonical = match[0].replace(" ", "")
    if rule == "number.lost":
        canonical = match[0].replace("/ ", "/").replace(" /", "/")
    return CitedNumber(
        match.start(),
        match.end(),
        match.start() - (len(left) - word.start() if word else 0),
        canonical,
        groups["sequence"],
        groups.get("year"),
        kind_of(canonical, word["kind"] if word else None),
        rule,
    )


def _with_heads(key: str, last: CitedNumber) -> Iterator[CitedNumber]:
    """ "Các Nghị quyết số 18, 19-NQ/TW": the numbers that share the symbol of the last, then it."""
    left = key[max(last.start - 2 * _LEFT, 0) : last.start]
    heads = _HEADS.search(left)
    before = left[: heads.start()] if heads else ""
    word = _kind_before().match(before)
    if heads is None or not (word or _MARKED.search(before)):
        yield last
        return
    start = last.start - len(left) + heads.start()
    opening = start - (len(before) - word.start() if word else 0)
    kind = kind_of(last.canonical, word["kind"] if word else None)
    for head in _HEAD.finditer(heads[0]):
        canonical = _completed(head, last)
        at = start + head.start()
        yield CitedNumber(at, start + head.end(), min(opening, at), canonical, head["sequence"],
                          last.year, kind, last.rule)  # fmt: skip
        opening = last.start
    yield last._replace(kind=kind, opening=last.start)


def _completed(head: regex.Match[str], last: CitedNumber) -> str:
    """The head with what it lacks: 18 → 18-NQ/TW; 01/2021 → 01/2021/NQ-HĐND."""
    tail = last.canonical.removeprefix(last.sequence)
    if head["rest"] and tail.startswith(head["rest"]):
        tail = tail[len(head["rest"]) :]
    return head[0] + tail


def _is_own(letter: Letter, number: CitedNumber) -> bool:
    """The letter's own number in its letterhead: Số: 1170/CTr-BVSTBPN."""
    paragraph = letter.paragraph_at(number.start)
    if paragraph is None or (paragraph.part is not Part.LETTERHEAD and number.start > _TOP):
        return False
    return _OWN.search(letter.key[paragraph.start : number.start]) is not None


# "Số" with a capital and a colon, or at the start of its line: a cited number has "số" in prose.
_OWN = compile_once(r"(?:^\W*|(?<!\p{Ll} )\b)(?:Số|So|SỐ) ?[:.]?[\d .]{0,6}$")
_TOP = 600  # characters from the top: a letterhead that no one told from the body


@cache
def _number_rules() -> tuple[CompiledRule, ...]:
    return tuple(
        rule
        for rule in rules("references")
        if rule.id.startswith("number.") and "symbol" in rule.pattern.groupindex
    )


@cache
def kind_words() -> str:
    """All words for kinds as one alternation, the longer first."""
    patterns = (rule.pattern.pattern for rule in kind_rules())
    return "|".join(sorted(patterns, key=len, reverse=True))


@cache
def _kind_before() -> regex.Pattern[str]:
    """A kind of document that ends right where a number begins."""
    return ending(rf"(?<!\p{{L}})(?P<kind>{kind_words()})(?: s[oôốồổỗộóỏ])? ?:? ?$")
