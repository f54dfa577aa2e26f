"""Which parties are listed from here on, and which does a stretch hold that is only a list?"""

from dataclasses import replace

import regex

from extractors.parties.bodies import LIST, placed
from extractors.parties.distribution import one_of
from extractors.parties.gazetteer import gazetteer, piece
from extractors.parties.phrases import party_at
from extractors.parties.shapes import Body, Phrase
from extractors.parties.unknown import unknown_end
from extractors.rules import compile_once

_BRACKET = compile_once(r" \([^()]{1,160}\)")
_MARKS = " .,;:-/+*\"'"
_JOINT = compile_once(r",? (?:và|cùng) |[,;] | - (?=\p{Lu})")
_OPENS = compile_once(r"\p{Lu}|(?:tất cả|toàn thể|các|những|mọi|mỗi|từng) ", regex.V0)
_ANYTHING = compile_once(r"\p{L}")
_NOTHING = compile_once(r"(?!)")
_WORDS = compile_once(r"(?:[ ,;:.\-/]|\([^()]*\))*")
_LAST_WORDS = compile_once(r" [^ ]+ [^ ]+$")
_LAST_WORD = compile_once(r" [^ ]+$")
_LONGEST_REST = 120
_TERRAIN = compile_once(
    r"(?:miền núi|trung du|hải đảo|biên giới|ven biển|ven sông|bãi ngang|đồng bằng|"
    r"vùng (?:cao|sâu|xa)|nông thôn|đô thị|(?-i:THCS|THPT|Tiểu học|Mầm non|TTGDTX))(?!\p{L})"
)
"""Where bodies lie, or of which level: "UBND các xã miền núi, trung du" are one."""


def run_at(key: str, at: int, end: int, expected: bool = False) -> tuple[Phrase, ...]:
    """The parties listed from `at` on, joined by commas, semicolons, "và", "cùng".

    `expected`: the letter's words say that a party stands here, so a name that no row
    reads is one too.
    """
    found: list[Phrase] = []
    place = at
    while more := _listed_at(key, place, end, found, expected):
        found.extend(more)
        joint = LIST.match(key, _past_bracket(key, more[-1].end, end), end)
        if joint is None:
            break
        place = joint.end()
    return tuple(found)


def listed_after(key: str, at: int, end: int) -> tuple[Phrase, ...]:
    """The parties that go on a list after the party that ends at `at`."""
    joint = LIST.match(key, at, end)
    return run_at(key, joint.end(), end) if joint else ()


def _listed_at(
    key: str, at: int, end: int, found: list[Phrase], expected: bool
) -> tuple[Phrase, ...]:
    read = party_at(key, at, end, bare=True) or _elided(key, at, end, found)
    return read or (_unknown(key, at, end) if expected and not found else ())


def _unknown(key: str, at: int, end: int) -> tuple[Phrase, ...]:
    """A name whose head the gazetteer does not hold."""
    ended = unknown_end(key, at, end)
    if ended is None:
        return ()
    body = placed(key, Body(ended, key[at:ended], None, "free", rule="model.party"), end)
    return (Phrase(at, at, body.end, "agency", body=body, rule=body.rule),)


def _past_bracket(key: str, at: int, end: int) -> int:
    """Past a remark in brackets between two parties of a list."""
    bracket = _BRACKET.match(key, at, end)
    return bracket.end() if bracket else at


def _elided(key: str, at: int, end: int, found: list[Phrase]) -> tuple[Phrase, ...]:
    """ "Sở Tài chính, Tư pháp và Nội vụ": the head said once."""
    before = found[-1].body if found else None
    if before is None or before.tail != "field" or not key[at : at + 1].isupper():
        return ()
    field = gazetteer("fields").at(key, at, end)
    if field is None:
        return ()
    body = replace(before, end=field.end, name=f"{before.head} {field.row.value['name']}",
                   place=None, above=None)  # fmt: skip
    body = placed(key, body, end)
    office = found[-1].office
    position = office.position if office else None
    return (one_of(at, at, body, position),)


# ------------------------------------------------------------------ nothing but a list


def whole_list(key: str, at: int, end: int) -> tuple[Phrase, ...]:
    """The parties of a stretch that holds nothing else: a cell, a label, a heading.

    No word of it is left over. What no row reads goes with the party before it, up to the
    next comma, semicolon or "và" after which a party begins, or is a party by its words.
    """
    found: list[Phrase] = []
    while (at := _past_marks(key, at, end)) < end:
        run = run_at(key, at, end)
        after = run[-1].end if run else at
        if run and _introduces(key, run[-1], end):
            found.extend(run[:-1])
            at = after
            continue
        ended = _next_joint(key, after, end, _openings(run))
        found.extend(_with_rest(key, run, ended) if run else _by_words(key, at, ended))
        at = ended
    return tuple(found)


def _with_rest(key: str, run: tuple[Phrase, ...], ended: int) -> tuple[Phrase, ...]:
    return (*run[:-1], _widened(key, run[-1], ended))


def _past_marks(key: str, at: int, end: int) -> int:
    """Past marks, a bracket of its own, and the joint before the next party."""
    match = _WORDS.match(key, at, end)
    at = match.end() if match else at
    for word in ("và ", "cùng "):
        if key.startswith(word, at, end):
            return at + len(word)
    return at


def _introduces(key: str, phrase: Phrase, end: int) -> bool:
    """ "các hội: Hội Nông dân, Hội Phụ nữ": the group's members follow by name."""
    named = phrase.kind == "group" and key.startswith(": ", phrase.end)
    return named and bool(party_at(key, phrase.end + 2, end))


def _openings(run: tuple[Phrase, ...]) -> regex.Pattern[str]:
    """With which words a party that no row reads may begin after a comma.

    After "Trung tâm Văn hóa, Thể thao" none: the comma may stand inside the name. After a
    complete name any: "Sở Y tế, tổ dân vận".
    """
    if not run or run[-1].body is None:
        return _OPENS
    return _NOTHING if run[-1].body.tail in ("free", "open") else _ANYTHING


def _next_joint(key: str, at: int, end: int, openings: regex.Pattern[str]) -> int:
    """The next joint after which a party begins."""
    for joint in _JOINT.finditer(key, at, end):
        if key.count("(", at, joint.start()) > key.count(")", at, joint.start()):
            continue
        if joint[0].startswith(";"):
            return joint.start()
        if _TERRAIN.match(key, joint.end(), end):
            continue
        begins = "-" not in joint[0] and openings.match(key, joint.end(), end)
        if begins or party_at(key, joint.end(), end, bare=True):
            return joint.start()
    return end


def _widened(key: str, phrase: Phrase, ended: int) -> Phrase:
    """The party with the words after it that its row did not read."""
    if phrase.kind == "group" and piece("predicate", "groups").match(key, phrase.end, ended):
        return phrase
    ended = _without_verb(key, phrase.end, _to_colon(key, phrase.end, ended))
    ended = _before_bracket(key, phrase.end, ended)
    rest = key[phrase.end : ended]
    if not rest.strip(_MARKS) or len(rest) > _LONGEST_REST:
        return phrase
    if piece("acting").match(rest.lstrip(" ,")) or (
        phrase.kind != "group" and _verb(key, phrase.end)
    ):
        return phrase
    body = phrase.body
    if phrase.own:
        return replace(phrase, end=ended, own=False, rule="unknown")
    if body is None or body.place or body.above or phrase.office:
        return replace(phrase, end=ended)
    return replace(phrase, end=ended, body=replace(body, end=ended, name=body.name + rest))


def _to_colon(key: str, at: int, end: int) -> int:
    colon = key.find(":", at, end)
    return colon if colon >= 0 else end


def _before_bracket(key: str, at: int, end: int) -> int:
    """ "Sở Y tế (thường trực)": a remark that closes the words is no part of the name."""
    opened = key.rfind(" (", at, end)
    return opened if opened >= 0 and key[:end].rstrip(_MARKS).endswith(")") else end


def _verb(key: str, at: int) -> bool:
    """Does a verb follow a name that is complete?"""
    space = key[at : at + 1] == " "
    return (
        space
        and bool(piece("stop").match(key, at + 1))
        and not key.startswith((" của", " thuộc"), at)
    )


def _without_verb(key: str, at: int, end: int) -> int:
    """The end before a verb in small letters that closes the stretch ("… dự và", "… là")."""
    while True:
        end = at + len(key[at:end].rstrip(_MARKS))
        last = _closing_verb(key, at, end)
        if last is None:
            return end
        end = last


def _closing_verb(key: str, at: int, end: int) -> int | None:
    """Where the last word or two begin, if they are what ends a name."""
    for pattern in (_LAST_WORDS, _LAST_WORD):
        last = pattern.search(key[at:end])
        if last and (
            last[0] == " và" or piece("acting").fullmatch(key, at + last.start() + 1, end)
        ):
            return at + last.start()
    return None


def _asks(key: str, at: int, end: int) -> bool:
    """Do the words begin with what is to be done?"""
    return bool(piece("stop").match(key, at, end) or piece("acting").match(key, at, end))


def _by_words(key: str, at: int, end: int) -> tuple[Phrase, ...]:
    """A party that no row reads: its words, unless they are a verb or a time."""
    end = _without_verb(key, at, _to_colon(key, at, end))
    words = key[at:end]
    if len(words) < 2 or not words[0].isalpha() or _asks(key, at, end):
        return ()
    return (Phrase(at, at, end, "agency", rule="unknown"),)
