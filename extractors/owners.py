"""Who leads a duty, who helps, who assigned it, who hears the report, who decides?

Parties are read where the letter sets them: in labelled clauses, table cells and headings the
whole clause is a list of parties; in prose the words beside them tell their role (roles.toml).
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from extractors.once import asked_once
from extractors.parties import FoundParty, Home, find_list, find_parties, find_run, read_party
from extractors.rules import CompiledRule, compile_once, rules
from extractors.text import fold
from schemas.letter import Letter, Span
from schemas.party import Owner, Party, Role
from schemas.task import Claim, Duty

_HINTS = (
    "phối", "cùng", "sự ", "báo", "gửi", "nộp về", "nộp cho", "phản", "đăng ký với", "đăng ký về",
    "trình", "liên kết", "hợp tác",
)  # fmt: skip
"""One of these stands in words that name a party by its part beside the lead's."""
_SENTENCE = compile_once(r"(?<=\.) (?=\p{Lu})|\n")
_MARKS = " .,;:-–/•+\n\"'“”"
_PROSE = compile_once(
    r"(?:chủ trì|phối hợp|giao|phân công|đề nghị|yêu cầu|có trách nhiệm|làm đầu mối)(?!\p{L})",
    regex.I,
)
_ACTS = compile_once(
    r"(?:tham mưu|hướng dẫn|đôn đốc|chỉ đạo|triển khai|theo dõi|thực hiện|giúp)(?!\p{L})", regex.I
)
_DECIDES = compile_once(
    r",? ?(?:để )?(?:xem xét|phê duyệt|quyết định|ban hành|thông qua|cho ý kiến|chấp thuận|ký|"
    r"chỉ đạo)",
    regex.I,
)
_LEADING = "chủ trì"
_THROUGH = ("qua ", "thông qua ", "gửi qua ")
_PASSED_ON = compile_once(r"(?<!\p{L})để (?:kịp thời )?báo cáo $")
_DUTY = compile_once(r"\p{Ll}")
_MARKED = compile_once(r" ?\((?:là )?(?:cơ quan |đơn vị )?(?:chủ trì|đầu mối)\)", regex.I)


class _Said(NamedTuple):
    """A party in a role, and the row or claim that says so."""

    found: FoundParty
    role: Role
    rule: str
    inherited_from: str | None = None


def find_owners(letter: Letter, duty: Duty, home: Home) -> tuple[Owner, ...]:
    """The owners of a duty in reading order, each party once in a role.

    The letter's issuer is not told again as assigner; a party that leads is no support.
    """
    claimed = [said for claim in duty.owners for said in _of_claim(letter, claim, home)]
    led = any(said.role == "lead" for said in claimed)
    in_text = [said for span in duty.texts for said in _of_text(letter, span, home, led)]
    return tuple(_owner(letter, said) for said in _settled([*claimed, *in_text], home))


def find_duty_words(letter: Letter, duty: Duty, home: Home) -> str | None:
    """What a labelled owner clause asks of the lead beyond leading ("tham mưu")."""
    for claim in duty.owners:
        if claim.labelled:
            words = _duty_words(letter, claim, home)
            if words:
                return words
    return None


# ------------------------------------------------------------------ claims


@asked_once
def _of_claim(letter: Letter, claim: Claim, home: Home) -> tuple[_Said, ...]:
    """The parties of a labelled clause, a cell, a heading or a sentence."""
    told = claim.role or (claim.labelled and not _ACTS.search(letter.key, *claim.span))
    prose = not told or _PROSE.search(letter.key, *claim.span)
    found = _of_prose(letter, claim, home) if prose else _listed(letter, claim, home)
    said = _one_leads(letter, list(found))
    return tuple(one._replace(inherited_from=claim.inherited_from) for one in said)


def _one_leads(letter: Letter, said: list[_Said]) -> list[_Said]:
    """ "Đội A (chủ trì); Đội B, Công an các xã": of a list the one that is marked leads."""
    leads = [one for one in said if one.role == "lead"]
    marked = [one for one in leads if _MARKED.match(letter.key, one.found.end)]
    if not marked or len(marked) == len(leads):
        return said
    return [
        one._replace(role="support") if one.role == "lead" and one not in marked else one
        for one in said
    ]


def _listed(letter: Letter, claim: Claim, home: Home) -> Iterator[_Said]:
    """A clause that is nothing but a list of parties, all in one role."""
    role = claim.role or "lead"
    at, end = claim.span
    while at < end:
        piece = _piece(letter, at, end, home)
        for found in find_list(letter, piece.start, piece.end, home):
            yield _Said(found, role, claim.rule or found.rule)
            piece = Span(piece.start, max(piece.end, found.end))
        at = max(piece.end, at) + 1


def _piece(letter: Letter, at: int, end: int, home: Home) -> Span:
    """The words up to the next line or semicolon, without marks around."""
    listed = letter.key.startswith(_BULLETS, at, end)
    while at < end and letter.key[at] in _MARKS:
        at += 1
    if letter.key.find(";", at, end) < 0 and letter.key.find("\n", at, end) < 0:
        return Span(at, end)
    for stop in _LINE.finditer(letter.key, at, end):
        if listed or not _wraps(letter, at, stop.start(), end, home):
            return Span(at, stop.start())
    return Span(at, end)


def _wraps(letter: Letter, at: int, stop: int, end: int, home: Home) -> bool:
    """Does a name go on over the line at its dash ("Phòng Kế hoạch" / "- Tài chính")?"""
    if not letter.key.startswith(_BULLETS, stop + 1):
        return False
    after = _LINE.search(letter.key, stop + 1, end)
    joined = find_list(letter, at, after.start() if after else end, home)
    return any(one.start < stop < one.end and one.rule in _FIELDED for one in joined)


_BULLETS = ("- ", "– ")
_FIELDED = ("agency.so", "agency.phong")
"""Rows of bodies whose fields hold a dash; of other names the line is a list's."""
_LINE = compile_once(r";|\n(?!\p{Ll})")


# ------------------------------------------------------------------ prose


def _of_prose(letter: Letter, claim: Claim, home: Home) -> Iterator[_Said]:
    """A clause that says who in a sentence: "Phân công A phối hợp với B tham mưu"."""
    start, end = claim.span
    leads = tuple(_leads(letter, start, end, home, claim.role or "lead"))
    yield from leads
    after = max((said.found.end for said in leads), default=start)
    yield from _triggered(letter, after, end, home)


def _leads(letter: Letter, start: int, end: int, home: Home, role: Role) -> Iterator[_Said]:
    """The parties at the head of a sentence, or after the verb that gives them work."""
    at = _past_marks(letter.key, start, end)
    verb = _assigns().pattern.match(letter.key, at, end)
    run = find_run(letter, verb.end() if verb else at, end, home, expected=verb is not None)
    if not run:
        yield from _before_words(letter, start, end, home)
        return
    second = None if verb else _next_assigned(letter, run[-1].end, end, home)
    if second is None:
        yield from (_Said(found, role, _assigns().id if verb else found.rule) for found in run)
        return
    yield from (_Said(found, "assigner", _assigns().id) for found in run)
    yield from (_Said(found, role, _assigns().id) for found in second)


def _past_marks(key: str, at: int, end: int) -> int:
    while at < end and key[at] in _MARKS + "(":
        at += 1
    return at


def _next_assigned(letter: Letter, at: int, end: int, home: Home) -> tuple[FoundParty, ...] | None:
    """ "UBND tỉnh giao Sở Nội vụ …": the run after the verb, where a verb follows a run."""
    at = _past_marks(letter.key, at, end)
    verb = _assigns().pattern.match(letter.key, at, end)
    run = find_run(letter, verb.end(), end, home) if verb else ()
    return run or None


def _before_words(letter: Letter, start: int, end: int, home: Home) -> Iterator[_Said]:
    """ "… do Sở Nội vụ chủ trì": the party that stands before such words."""
    row = _row("before")
    for match in row.pattern.finditer(letter.key, start, end):
        ending = [
            found
            for found in find_parties(letter, max(start, match.start() - 160), match.start(), home)
            if not letter.key[found.end : match.start()].strip(_MARKS)
        ]
        if ending:
            yield from (_Said(found, "lead", row.id) for found in ending[-1:])
            return


def _of_text(letter: Letter, span: Span, home: Home, led: bool) -> Iterator[_Said]:
    """What the words of the duty themselves say; who leads only where no clause has said it."""
    if not led:
        yield from _leads(letter, span.start, span.end, home, "lead")
    words = letter.key[span.start : span.end].lower()
    if any(hint in words for hint in _HINTS):
        yield from _triggered(letter, span.start, span.end, home)


def _triggered(letter: Letter, start: int, end: int, home: Home) -> Iterator[_Said]:
    """Parties told by the words before them, in reading order, none twice."""
    taken: set[int] = set()
    found = sorted(_all_triggered(letter, start, end, home), key=lambda said: said.found.start)
    reported = [said.found.start for said in found if said.role == "report_to"]
    for said in found:
        if said.found.start in taken or _is_not_told(letter, said, reported):
            continue
        taken.add(said.found.start)
        yield said


def _is_not_told(letter: Letter, said: _Said, reported: list[int]) -> bool:
    """Whom the report goes through ("báo cáo UBND tỉnh (qua Sở Nội vụ)"), or who hears it
    from the first ("báo cáo UBND huyện để báo cáo UBND tỉnh")."""
    at = said.found.start
    if said.role != "report_to" or min(reported) == at:
        return False
    if _PASSED_ON.search(letter.key, max(min(reported), at - 60), said.found.opens):
        return True
    opened = letter.key.rfind("(", max(0, at - 120), at)
    words = letter.key[opened + 1 : at] if opened >= 0 else ""
    return words.startswith(_THROUGH) and ")" not in words


def _all_triggered(letter: Letter, start: int, end: int, home: Home) -> Iterator[_Said]:
    words = letter.key[start:end].lower()
    yield from _helpers(letter, start, end, home, words)
    for row in _rows_before():
        if not row.is_hinted(words):
            continue
        role = _role(row)
        for match in row.pattern.finditer(letter.key, start, end):
            run = find_run(letter, match.end(), end, home, role == "support")
            if run and run[0].opens == match.end() and _holds(letter, match, row, run, end):
                yield from (_Said(found, role, row.id) for found in run)


@cache
def _rows_before() -> tuple[CompiledRule, ...]:
    """The rows that tell of the party after them."""
    return tuple(row for row in rules("roles") if row.value["use"] in ("after", "far"))


def _helpers(letter: Letter, start: int, end: int, home: Home, words: str) -> Iterator[_Said]:
    """ "… chủ trì, Sở Nội vụ và các đơn vị liên quan phối hợp rà soát": the parties before."""
    lead = words.find(_LEADING)
    if lead < 0 or words.find("phối hợp", lead) < 0:
        return
    row = _row("helps")
    for match in row.pattern.finditer(letter.key, start + lead, end):
        led = letter.key.lower().rfind(_LEADING, start, match.start()) + len(_LEADING)
        if not _SENTENCE.search(letter.key, led, match.start()):
            found = find_parties(letter, led, match.start(), home)
            yield from (_Said(one, "support", row.id) for one in _ending(letter, found, match))


def _ending(
    letter: Letter, found: tuple[FoundParty, ...], match: "regex.Match[str]"
) -> list[FoundParty]:
    """The parties of a list that ends where the words begin."""
    at, last = match.start(), list[FoundParty]()
    for party in reversed(found):
        if letter.key[party.end : at].strip(" ,;") not in ("", "và", "cùng"):
            break
        last.insert(0, party)
        at = party.opens
    return last


def _holds(
    letter: Letter,
    match: "regex.Match[str]",
    row: CompiledRule,
    run: tuple[FoundParty, ...],
    end: int,
) -> bool:
    """Approval needs a word of deciding after the party; a report is made to a body, and by
    the one whose duty it is."""
    match_role = _role(row)
    if match_role == "approver":
        return bool(_DECIDES.match(letter.key, run[-1].end, end))
    if match_role != "report_to":
        return True
    before = letter.key[max(0, match.start() - 60) : match.start()]
    return _hears(match, run[0].party) and not _row("passes-on").pattern.search(before)


def _hears(match: "regex.Match[str]", party: Party) -> bool:
    """Reports are made to a body, or to groups of bodies; what is sent to a group is no report."""
    if party.kind != "group" or party.agency is not None:
        return True
    return not match[0].casefold().startswith("gửi") or "thẩm quyền" in party.text


@lru_cache(maxsize=8)
def _row(use: str) -> CompiledRule:
    return next(row for row in rules("roles") if row.value["use"] == use)


def _assigns() -> CompiledRule:
    return _row("assigns")


def _role(row: CompiledRule) -> Role:
    match row.value.get("role"):
        case "support" | "report_to" | "approver" | "monitor" | "assigner" as role:
            return role
        case _:
            return "lead"


# ------------------------------------------------------------------ what is told once


def _settled(said: Iterable[_Said], home: Home) -> Iterator[_Said]:
    """Each party once in its role; no issuer as assigner; no lead again as support."""
    seen: set[tuple[str, str]] = set()
    leads: set[str] = set()
    for one in said:
        name = _same(one.found.party)
        if one.role == "assigner" and _is_issuer(one.found.party, home):
            continue
        if (one.role, name) in seen or (one.role == "support" and name in leads):
            continue
        seen.add((one.role, name))
        if one.role == "lead":
            leads.add(name)
        yield one


def _same(party: Party) -> str:
    agency = f"{party.position or ''}|{party.agency.key}" if party.agency else ""
    return agency or fold(party.text).casefold()


def _is_issuer(party: Party, home: Home) -> bool:
    """The issuer, its head, or a head without a body ("Trưởng Ban yêu cầu")."""
    if party.agency is None:
        return party.kind != "group"
    return party.agency.key == _issuer_key(home)


@lru_cache(maxsize=64)
def _issuer_key(home: Home) -> str | None:
    if not home.issuer:
        return None
    words = fold(home.issuer)
    letter = Letter(home.issuer, words, (), ())
    agency = read_party(letter, 0, len(words), home).agency
    return agency.key if agency else None


def _owner(letter: Letter, said: _Said) -> Owner:
    found = said.found
    return Owner(
        role=said.role,
        party=found.party,
        quote=letter.quote(found.start, found.end),
        rule=said.rule,
        inherited_from=said.inherited_from,
    )


# ------------------------------------------------------------------ duty words


@asked_once
def _duty_words(letter: Letter, claim: Claim, home: Home) -> str | None:
    said = _of_claim(letter, claim, home)
    inside = [one.found.end for one in said if claim.span.start <= one.found.start < claim.span.end]
    if not inside:
        return None
    at = max(inside)
    joint = _row("joint").pattern.match(letter.key, at, claim.span.end)
    at = joint.end() if joint else at
    words = letter.text[at : claim.span.end].strip(" .;,/")
    return words if _DUTY.match(words) and len(words) > 2 else None
