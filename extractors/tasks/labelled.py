"""Which words under a duty are small labelled clauses: owner, time, product, funding?"""

from collections.abc import Sequence
from typing import NamedTuple, get_args

import regex

from extractors.rules import CompiledRule, compile_once, rules
from extractors.tasks.verbs import piece, starts_with_verb
from schemas.letter import Letter, Span
from schemas.party import Role
from schemas.task import Bare, Claim

_MARKS = " .;,:"
_BEFORE_LABEL = compile_once(r"[.;:(\n•+-]\)? ?", regex.V1)
_PARTED = compile_once(r"[;,] ", regex.V1)
_LONGEST_LABEL = 90
_BARE: dict[str, Bare] = {name: name for name in get_args(Bare)}


class Part(NamedTuple):
    """One labelled clause: its field, the words after the label, and the whole with it."""

    field: str
    words: Span
    whole: Span
    role: Role | None
    rule: str
    bare: Bare | None = None

    def claim(self, inherited_from: str | None = None) -> Claim:
        """The clause as a claim of an owner or of a time."""
        return Claim(self.words, self.role, inherited_from, True, self.bare, self.rule)


class Labelled(NamedTuple):
    """A paragraph taken apart: the words that are no labelled clause, and the clauses."""

    texts: tuple[Span, ...]
    parts: tuple[Part, ...]


def bare_of(rule: CompiledRule) -> Bare | None:
    """What the label or header of a row makes of a figure or day that stands alone."""
    return _BARE.get(str(rule.value.get("bare")))


def take_apart(letter: Letter, own: Span) -> Labelled:
    """Labelled clauses at the start of a paragraph, of its sentences, and in brackets."""
    if ":" not in letter.key[own.start : own.end]:
        return bracket_parts(letter, own) or Labelled((own,), ())
    first = _time_before(letter, own)
    if first:
        rest = take_apart(letter, Span(first.whole.end, own.end))
        return Labelled(rest.texts, (first, *rest.parts))
    starts = list(_label_starts(letter, own))
    if not starts:
        return Labelled((own,), ())
    ends = [*(match.start() for match, _ in starts[1:]), own.end]
    parts = [
        _part(letter, rule, match, end) for (match, rule), end in zip(starts, ends, strict=True)
    ]
    parts = [one for part in parts for one in _with_time(letter, part)]
    opens = starts[0][0].start()
    text = _trim(letter, own.start, _before_bracket(letter, own.start, opens), keep=".")
    return Labelled((text,) if text.end > text.start else (), tuple(parts))


def _time_before(letter: Letter, own: Span) -> Part | None:
    """ "Trước ngày 15/4: hoàn thành việc rà soát": a duty's time stands before it."""
    for rule in rules("clause_words"):
        match = rule.pattern.match(letter.key, *own) if rule.value.get("before") else None
        if match and starts_with_verb(letter, match.end(), own.end):
            return Part("time", Span(*match.span("time")), Span(*match.span()), None, rule.id)
    return None


def _with_time(letter: Letter, part: Part) -> tuple[Part, ...]:
    """ "Chủ trì: Sở Y tế; xong trong quý II": what follows an owner may say until when."""
    if part.field != "owner" or not _PARTED.search(letter.key, *part.words):
        return (part,)
    for rule in rules("clause_words"):
        if rule.value.get("bracket") and rule.value["field"] == "time":
            for found in rule.pattern.finditer(letter.key, part.words.start, part.words.end):
                before = letter.key[part.words.start : found.start()].rstrip()
                last = before.endswith(",") and found.end() >= part.words.end
                if before.endswith(";") or last:
                    owner = part._replace(words=_trim(letter, part.words.start, found.start()))
                    time = Part("time", Span(*found.span()), Span(*found.span()), None, rule.id)
                    return (owner, time)
    return (part,)


def _before_bracket(letter: Letter, start: int, at: int) -> int:
    """The end of the words before a label, without the bracket or dash that opens it."""
    while at > start and letter.key[at - 1] in " (-+•":
        at -= 1
    return at


def _label_starts(letter: Letter, own: Span) -> list[tuple["regex.Match[str]", CompiledRule]]:
    """The labels at the start of the paragraph, of a sentence, a bracket, or a run of labels."""
    places = [own.start, *(m.end() for m in _BEFORE_LABEL.finditer(letter.key, *own))]
    found = (_label_at(letter, at, own.end) for at in dict.fromkeys(places))
    return [one for one in found if one]


def _label_at(letter: Letter, at: int, end: int) -> tuple["regex.Match[str]", CompiledRule] | None:
    colon = letter.key.find(":", at, min(at + _LONGEST_LABEL, end))
    if colon < 0:
        return None
    for rule in rules("clause_words"):
        apart = rule.value.get("bracket") or rule.value.get("before")
        match = None if apart else rule.pattern.match(letter.key, at, end)
        if match:
            return match, rule
    return None


_EXPLAINED = compile_once(
    r"(?:cơ quan|đơn vị|bộ phận|đầu mối|thường trực|gửi|qua|về|với) [^,;.()]{0,60}\($",
    regex.V1 | regex.I,
)
_SEMICOLON = compile_once(r"; *", regex.V1)
_LAST_BRACKET = compile_once(r" ?\((?P<words>[^()]{6,300})\)[ .;]*$", regex.V1)


def bracket_parts(letter: Letter, own: Span) -> Labelled | None:
    """A last bracket that says who leads a task, and until when: "(Sở Y tế chủ trì; quý II)"."""
    match = _LAST_BRACKET.search(letter.key[slice(*own)])
    if not match:
        return None
    start, end = own.start + match.start("words"), own.start + match.end("words")
    places = [start, *(m.end() for m in _SEMICOLON.finditer(letter.key, start, end))]
    parts = [part for at in places if (part := _bracket_part(letter, at, end + 1))]
    if not any(part.field == "owner" for part in parts):
        party = _party_in_bracket(letter, own, Span(start, end), bool(parts))
        if party is None:
            return None
        parts.insert(0, party)
    told = tuple(one for part in parts for one in _with_time(letter, part))
    return Labelled((Span(own.start, own.start + match.start()),), told)


def _bracket_part(letter: Letter, at: int, end: int) -> Part | None:
    """What one part of a bracket says; the first row that reads it is right."""
    for rule in rules("clause_words"):
        found = rule.pattern.match(letter.key, at, end) if rule.value.get("bracket") else None
        if found:
            words = Span(*found.span())
            return Part(str(rule.value["field"]), words, words, role_of(rule), rule.id)
    return None


def _party_in_bracket(letter: Letter, own: Span, bracket: Span, timed: bool) -> Part | None:
    """ "(Ban Kiểm tra; tháng 02)", "(Phòng Tài chính - Kế hoạch)": whose task it is, unless the
    bracket explains a body named right before it ("gửi cơ quan thường trực (Sở Y tế)")."""
    key = letter.key
    stop = key.find(";", *bracket)
    words = Span(bracket.start, stop if stop >= 0 else bracket.end)
    named = key[words.start].isupper() and piece("head").match(key, *words)
    if not named or (stop >= 0 and not timed) or piece("no_party").match(key, *words):
        return None
    if not timed and _EXPLAINED.search(key, own.start, bracket.start):
        return None
    if not starts_with_verb(letter, own.start, own.end) and not timed:
        return None
    return Part("owner", words, words, None, "bracket.party")


def _part(letter: Letter, rule: CompiledRule, match: "regex.Match[str]", end: int) -> Part:
    words = _trim(letter, match.end(), _closing_bracket(letter, match, end))
    return Part(
        str(rule.value["field"]),
        words,
        Span(match.start(), end),
        role_of(rule),
        rule.id,
        bare_of(rule),
    )


def _closing_bracket(letter: Letter, match: "regex.Match[str]", end: int) -> int:
    """A clause in brackets ends with its bracket."""
    key = letter.key
    if key.find(")", match.end(), end) < 0:
        return end
    depth = 0
    for at in range(match.end(), end):
        depth += {"(": 1, ")": -1}.get(key[at], 0)
        if depth < 0:
            return at
    return end


def role_of(rule: CompiledRule) -> Role | None:
    """The role that a label's row gives the parties after it."""
    role = rule.value.get("role")
    match role:
        case "lead" | "support" | "monitor" | "approver":
            return role
        case _:
            return None


def _trim(letter: Letter, start: int, end: int, keep: str = "") -> Span:
    marks = _MARKS.translate({ord(mark): None for mark in keep}) + ("" if keep else "/-+•")
    while start < end and letter.key[start] in _MARKS:
        start += 1
    while end > start and letter.key[end - 1] in marks:
        end -= 1
    return Span(start, end)


def of_field(parts: Sequence[Part], field: str) -> tuple[Part, ...]:
    """The clauses of one field."""
    return tuple(
        part for part in parts if part.field == field and part.words.end > part.words.start
    )
