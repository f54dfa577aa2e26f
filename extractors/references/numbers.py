"""Where does the text write the number of a document?"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from extractors.references.anchors import ending, rule_ending
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


def kind_of(number: str, word: str | None) -> Kind | None:
    """The kind of document: its code in the number, else the word before it.

    "Quy định số 66-QĐ/TW": the Party writes QĐ for both, so the word decides between them.
    "Nghị quyết định số 28/NQ-CP": the code decides. A symbol without a code is a công văn; so is
    "Công văn số 302/CT-TTHT", where CT is an agency (Cục Thuế).
    """
    named = kind_named(word) if word else None
    if named and word and (_is_old(number) or word[:4].lower() == "công"):
        return named
    coded = next((_codes()[group] for group in _groups(number) if group in _codes()), None)
    if coded and named and named.code == "QyĐ" and coded.code == "QĐ":
        return named
    if coded is None and named is None and not _is_assembly(number):
        return _codes()["CV"]
    return coded or named


def slug_of(number: str, kind: Kind | None) -> str | None:
    """The kind's segment in an identifier: by the number where it names the kind, so that
    "Quyết định 66-QĐ/TW" and "Quy định 66-QĐ/TW" meet; a symbol of agencies is a công văn's."""
    coded = next((group for group in _groups(number) if group in _codes()), None)
    if coded is not None:
        return kind_slugs()[_codes()[coded].code]
    if _AGENCIES.search(number):
        return "cv"
    return kind_slugs().get(kind.code) if kind else None


_AGENCIES = compile_once(r"^[^/-]+/\p{Lu}[^/-]*-\p{Lu}")


@lru_cache(maxsize=1024)
def _groups(number: str) -> tuple[str, ...]:
    """The groups of a symbol where a kind may stand: the first, and the last of old forms."""
    groups = number.replace("/", "-").split("-")
    groups = [group for group in groups if not group[:1].isdigit()]
    return (*groups[:1], *(groups[-1:] if len(groups) == 2 and "TT" in groups[-1:] else ()))


def is_cut(number: str) -> bool:
    """A number that ends with its kind or with half of it: 45/2014/NĐ, 76/2014/T."""
    last = number.rsplit("/", 1)[-1]
    return last in _codes() or len(last) == 1


def _is_old(number: str) -> bool:
    """A number without a unit (315-CT, 36/CP): its one group is the issuer."""
    return number.count("-") + number.count("/") == 1


def _is_assembly(number: str) -> bool:
    return "/QH" in number or "UBTVQH" in number


@cache
def kind_named(word: str) -> Kind | None:
    """The kind whose word this is: "Kế hoạch" → KH."""
    for rule in rules("references"):
        if rule.id.startswith("kind.") and rule.pattern.fullmatch(word):
            return Kind(code=str(rule.value["code"]), name=str(rule.value["name"]))
    return None


@cache
def kind_slugs() -> dict[str, str]:
    """Codes of kinds and their segment in canonical identifiers."""
    return {str(rule.value["code"]): str(rule.value["slug"]) for rule in _kind_rules()}


@cache
def _codes() -> dict[str, Kind]:
    """Codes in symbols → kinds; the spellings without Đ and the older codes too."""
    kinds = {
        str(rule.value["code"]): Kind(code=str(rule.value["code"]), name=str(rule.value["name"]))
        for rule in _kind_rules()
    }
    spelled = {"ND": "NĐ", "QD": "QĐ", "CTrPH": "CTr", "CTrHĐ": "CTr", "QCPH": "QC", "TTG": "TT"}
    older = {"LCT": "L", "SL": "SL", "TTR": "TTr"}
    return kinds | {code: kinds[kind] for code, kind in (spelled | older).items() if kind in kinds}


def _kind_rules() -> Iterable[CompiledRule]:
    return (rule for rule in rules("references") if rule.id.startswith("kind."))


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
    patterns = (rule.pattern.pattern for rule in _kind_rules())
    return "|".join(sorted(patterns, key=len, reverse=True))


@cache
def _kind_before() -> regex.Pattern[str]:
    """A kind of document that ends right where a number begins."""
    return ending(rf"(?<!\p{{L}})(?P<kind>{kind_words()})(?: s[oôốồổỗộóỏ])? ?:? ?$")
