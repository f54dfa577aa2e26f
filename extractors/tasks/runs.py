"""Which party or parties begin here, and where does their duty begin?"""

import regex

from extractors.once import asked_once
from extractors.parties import FoundParty, find_run
from extractors.rules import compile_once
from extractors.tasks.prose import Prose, within
from extractors.tasks.verbs import piece, skip, starts_with_verb, used_at
from schemas.letter import Letter, Span

_LONGEST_RUN = 700
_END_MARKS = " .;:,/-"
_BODY_BEFORE = compile_once(
    r"\b(?:cơ quan|đơn vị|tổ chức|nhóm|công tác|bộ phận|tổ)(?: chủ trì)?$", regex.V1 | regex.I
)
_NAME_BEFORE = compile_once(
    r"\b(?:(?<!ủy )ban|(?<!công )đoàn|đội|phòng|hội đồng|thành viên|được|"
    r"được (?:giao|phân công|cử|chỉ định)|tổ|cơ sở|trường|viện)$",
    regex.V1 | regex.I,
)
_SURE = compile_once(
    r"[ ,]+(?:thực hiện|triển khai|rà soát|chủ động|khẩn trương|nghiêm túc|tăng cường|tiếp tục|"
    r"phối hợp|cần|phải|có trách nhiệm|báo cáo kết quả|định kỳ|hằng|hàng)\b",
    regex.V1 | regex.I,
)
_OFFICE = compile_once(
    r"[ ,]+(?:chủ trì|trình|thẩm tra|đầu mối|tham mưu|quản lý|thường trực|soạn thảo|thẩm định|"
    r"sử dụng|cung cấp|tư vấn|thi công|điều phối|đào tạo|kiểm định|kiểm toán|giám sát thi|"
    r"giao kế hoạch)\b",
    regex.V1 | regex.I,
)
_CHARGED = compile_once(
    r" ?[^,;.:()]{3,90}(?P<stop> (?:có|chịu) trách nhiệm)\b", regex.V1 | regex.I
)
_MUST = compile_once(
    r" (?:đã|đang|chưa|được|bị|có|còn|không)\b[^.,;:]{3,120}?"
    r"(?P<must> (?:phải|cần|có trách nhiệm|khẩn trương)(?= ))",
    regex.V1,
)
_GIVEN = compile_once(r"\bđược (?:giao|phân công)(?: nhiệm vụ)?$", regex.V1 | regex.I)
_LEADERS = compile_once(r"lãnh đạo (?!thực hiện|triển khai|tổ chức)", regex.V1 | regex.I)
_MORE_REASONS = compile_once(
    r"[ ,]*(?:và )?(?:các (?:văn bản|quy định|nội dung|nhiệm vụ|kế hoạch)|văn bản|thực tiễn|"
    r"tình hình|điều kiện|quy định)\b",
    regex.V1 | regex.I,
)
_PLURAL = compile_once(
    r"(?:các|những|thủ trưởng các|lãnh đạo các|giám đốc các)\b", regex.V1 | regex.I
)


@asked_once
def read_run(prose: Prose, at: int, end: int, asked: bool = False) -> Span | None:
    """The party or parties that begin at a position; None where none does.

    `asked`: a word that gives work stands before it, so that "lãnh đạo các khoa" is whom it asks.
    """
    at = skip(prose.letter, at, end, " :,")
    named = may_name(prose, at, end) or (asked and bool(_LEADERS.match(prose.letter.key, at, end)))
    first = prose.party_at(at) if named else None
    if first is None and not may_be_party(prose.letter, at, end):
        return None
    stop = run_end(prose, at, min(end, at + _LONGEST_RUN))
    if first is not None and stop < first.end:
        stop = first.end
    listed = _listed(prose, at, stop, end)
    return Span(at, listed.end if listed else stop) if stop > at else None


def may_name(prose: Prose, at: int, end: int) -> bool:
    """Could a party's name begin here? Asked first, for finding all parties costs more."""
    letter = prose.letter
    if starts_with_verb(letter, at, end):
        run = find_run(letter, at, end, prose.home)
        return bool(run) and run[0].party.kind != "group"
    return letter.key[at : at + 1].isupper() or bool(piece("head").match(letter.key, at, end))


def may_be_party(letter: Letter, at: int, end: int) -> bool:
    """Do the words begin like a party that no row knows, and not like a duty?"""
    if piece("no_party").match(letter.key, at, end) or starts_with_verb(letter, at, end):
        return False
    return bool(piece("head").match(letter.key, at, end))


def _listed(prose: Prose, start: int, at: int, end: int) -> Span | None:
    """ "các hội: Hội Nghề cá, Hội Tin học": the names after the colon belong to the run."""
    if prose.letter.key[at : at + 2] != ": " or not _PLURAL.match(prose.letter.key, start, at):
        return None
    if starts_with_verb(prose.letter, at + 2, end) or not prose.party_at(at + 2):
        return None
    return read_run(prose, at + 2, end)


@asked_once
def run_end(prose: Prose, at: int, end: int) -> int:
    """Where a run of parties ends: before the first verb that is not part of a name."""
    key = prose.letter.key
    end = _after_body(prose, at, end)
    for match in piece("boundary").finditer(key, at, end):
        if piece("responsible").match(key, match.end(), end):
            return _trimmed(prose, at, match.start())
        if _in_name(prose, at, match, end):
            continue
        charged = None
        if not prose.ends_party(match.start()) or _GIVEN.search(key, at, match.start()):
            charged = _CHARGED.match(key, match.start(), end)
        return _trimmed(prose, at, charged.start("stop") if charged else match.start())
    return _trimmed(prose, at, end)


def _after_body(prose: Prose, at: int, end: int) -> int:
    """Where a verb stands right after the name of one body or official, else `end`.

    After a group ("các đơn vị quản lý") the verb may still be part of the name.
    """
    for party in prose.parties:
        if at <= party.start < end and party.party.kind != "group":
            if within(party.start, prose.bracketed) and not within(at, prose.bracketed):
                continue  # "Tổ văn phòng (do đồng chí A làm đầu mối)": explains, is no owner
            after = party.end + 1
            if _tells_which(prose, party, after):
                continue
            if prose.letter.key[party.end : after] == " " and _verb_here(prose, after, end):
                return party.end
    return end


def _tells_which(prose: Prose, party: FoundParty, after: int) -> bool:
    """ "Các Ủy viên phụ trách xã, thị trấn dự hội nghị": of several, those in charge."""
    if not prose.letter.key.startswith("phụ trách ", after):
        return False
    return bool(_PLURAL.match(prose.letter.key, party.start, party.end))


def _verb_here(prose: Prose, at: int, end: int) -> bool:
    return starts_with_verb(prose.letter, at, end) and not prose.in_party(at)


def _in_name(prose: Prose, start: int, match: "regex.Match[str]", end: int) -> bool:
    """Does the verb found belong to a party's name or to a bracket?"""
    if prose.in_party(match.end()):
        return True
    if prose.party_at(match.end()) and not _after_name(prose, match):
        return True
    if within(match.start(), prose.bracketed):
        return True
    return not prose.ends_party(match.start()) and _is_noun(prose, start, match.start(), end)


def _after_name(prose: Prose, match: "regex.Match[str]") -> bool:
    """ "Đảng ủy UBND tỉnh lãnh đạo UBND tỉnh": right after a name, without a comma, a verb."""
    return prose.ends_party(match.start()) and "," not in match[0]


def _is_noun(prose: Prose, start: int, at: int, end: int) -> bool:
    """ "cơ quan chủ trì", "Ban kiểm tra": the verb after a position is part of a noun."""
    before = prose.letter.key[start:at]
    if _NAME_BEFORE.search(before):
        return not _SURE.match(prose.letter.key, at, end) or before.endswith("được")
    return bool(_BODY_BEFORE.search(before) and _OFFICE.match(prose.letter.key, at, end))


def _trimmed(prose: Prose, start: int, end: int) -> int:
    """The end of a run without marks and without a bracket that explains it."""
    key = prose.letter.key
    while end > start and key[end - 1] in _END_MARKS:
        end -= 1
    for bracket in prose.bracketed:
        if bracket.end == end and bracket.start > start:
            return _trimmed(prose, start, bracket.start)
    return end


def tells(letter: Letter, at: int, end: int) -> bool:
    """Do the words after a party tell what was, is or will be?"""
    return any(rule.pattern.match(letter.key, at, end) for rule in used_at("past", letter, at, end))


def charged_with(prose: Prose, run: Span, end: int) -> Span | None:
    """ "Các đơn vị chưa báo cáo phải khẩn trương gửi …": whom of a group, then what it must do."""
    match = _MUST.match(prose.letter.key, run.end, end)
    first = prose.party_at(run.start)
    several = first is None or first.party.kind == "group"
    return Span(run.start, match.start("must")) if match and several else None


def duty_start(prose: Prose, at: int, end: int) -> tuple[int, bool]:
    """Where the duty's words begin after its party, and whether a colon stands between.

    What only says by which right it is asked ("theo chức năng, nhiệm vụ được giao", "có trách
    nhiệm") is passed over.
    """
    letter, colon, before = prose.letter, False, -1
    while at != before:
        before = at
        start = skip(letter, at, end, " ,")
        if letter.key[start : min(start + 1, end)] == ":":
            colon, at = True, start + 1
            continue
        at = _past_filler(letter, at, end)
    return skip(letter, at, end, " ,:-"), colon


def _past_filler(letter: Letter, at: int, end: int) -> int:
    for rule in used_at("filler", letter, at, end):
        match = rule.pattern.match(letter.key, at, end)
        if match and not (rule.value.get("whole") and _goes_on(letter, match.end(), end)):
            return match.end()
    return at


def _goes_on(letter: Letter, at: int, end: int) -> bool:
    """ "căn cứ chức năng, nhiệm vụ, các văn bản hướng dẫn …": the reasons are not at their end."""
    return bool(_MORE_REASONS.match(letter.key, at, end))
