"""Layout "directive": who is asked to do what in a sentence, by which words?"""

from collections.abc import Iterable
from typing import NamedTuple

import regex

from extractors.parties import FoundParty
from extractors.rules import CompiledRule, compile_once
from extractors.tasks.prose import Prose
from extractors.tasks.runs import duty_start, may_be_party, read_run
from extractors.tasks.verbs import is_circumstance, piece, skip, starts_with_verb, used_as, used_at
from schemas.letter import Letter, Span

_LOOK_BACK = 200
_LONGEST_TAIL = 70
_LONGEST_CIRCUMSTANCE = 200
_LONGEST_TOPIC = 120
_NEAR_COLON = 90
_LONGEST_ANNOUNCEMENT = 240
_LAST_WORDS = 30
_END_MARKS = " .;:,/"
_CONDITION = compile_once(
    r"[ \"“]*(?:khi|nếu|sau khi|trong trường hợp|trường hợp)\b", regex.V1 | regex.I
)
_CASE = compile_once(r"(?:riêng )?(?:đối với|trường hợp|nếu)\b", regex.V1 | regex.I)
_MUST = compile_once(
    r" (?:đã|đang|chưa|được|bị|có|còn|không)\b[^.,;:]{3,120}?"
    r"(?P<must> (?:phải|cần|có trách nhiệm|khẩn trương)(?= ))",
    regex.V1,
)
_HEAD = compile_once(r"(?:do )?(?:đồng chí|đ/c|ông|bà|các đồng chí)\b", regex.V1 | regex.I)
_PAUSE = compile_once(", ", regex.V1)
_LISTED = compile_once(
    r"\b(?:cán bộ|công chức|viên chức|nhân viên|giáo viên|học sinh|sinh viên|cơ quan|đơn vị|"
    r"tổ chức|doanh nghiệp|hội viên|đoàn viên|đảng viên|người lao động|bộ|sở|ban|ngành)$",
    regex.V1 | regex.I,
)
_TOPIC = compile_once(r"(?:riêng (?:đối với |với )?|đối với )", regex.V1 | regex.I)
_POLITE = ("", "có ý kiến", "kính", "cũng", "tiếp tục", "nghiêm túc", "trân trọng")


class Assignment(NamedTuple):
    """Work given in a sentence.

    `at` where it begins, `leads` the parties asked, `text` where the duty's words begin,
    `assigner` who asks where the sentence says so, `how` "trigger" or "subject", `colon`
    the party stands before a colon like a heading, `prefix` what stands before it ("" nothing,
    "circumstance", "words"), `rule` the row that read it.
    """

    at: int
    leads: Span | None
    text: int
    assigner: Span | None
    how: str
    colon: bool
    prefix: str
    rule: str


def read_assignment(
    prose: Prose, sentence: Span, loose: bool, writer: str | None = None
) -> Assignment | None:
    """The work that a sentence gives; None where it gives none.

    `loose`: the sentence stands where duties are expected, so that a party and any verb is
    enough; otherwise only words that give work count. `writer`: the key of the body that
    writes; where it is known, "Bộ Y tế chỉ đạo các đơn vị …" is a duty of the ministry.
    """
    found = _by_trigger(prose, sentence, writer if loose else None)
    subject = _by_subject(prose, sentence, loose)
    if found and subject:
        return subject if subject.at < found.at and not _asks(subject, found) else found
    return found or subject


def _asks(subject: Assignment, found: Assignment) -> bool:
    """Is the "subject" only the one who asks ("UBND tỉnh yêu cầu Sở Y tế")?"""
    if subject.text == found.at:
        return True
    return bool(found.assigner and subject.leads and subject.leads.start == found.assigner.start)


# Words that give work ---------------------------------------------------------------------


def _by_trigger(prose: Prose, sentence: Span, writer: str | None) -> Assignment | None:
    """The first word that gives work and is neither quoted, told nor part of a duty."""
    matches = [
        (match, rule)
        for rule in used_as("trigger")
        for match in rule.pattern.finditer(prose.letter.key, sentence.start, sentence.end)
    ]
    for match, rule in sorted(matches, key=lambda found: found[0].start()):
        if _stands(prose, sentence, match.start()):
            assignment = _triggered(prose, sentence, match, rule)
            if assignment and not (
                rule.value.get("weak") and _leads_others(prose, sentence, assignment, writer)
            ):
                return assignment
    return None


def _leads_others(prose: Prose, sentence: Span, given: Assignment, writer: str | None) -> bool:
    """Does a body that does not write open the sentence: is leading others its own duty?"""
    if writer is None or given.assigner is None or given.assigner.start != sentence.start:
        return False
    party = prose.party_at(given.assigner.start)
    agency = party.party.agency if party else None
    return agency is not None and agency.key != writer


def _stands(prose: Prose, sentence: Span, at: int) -> bool:
    if prose.masked(at) or _refused(prose.letter, sentence, at):
        return False
    return not prose.in_party(at)


def _refused(letter: Letter, sentence: Span, at: int) -> bool:
    """Do the words before "giao", "yêu cầu", … say that nothing is asked here?"""
    before = letter.key[max(sentence.start, at - _LOOK_BACK) : at]
    if not before.strip():
        return False
    if _CONDITION.match(letter.key, sentence.start, at) and "," not in before:
        return True
    return any(rule.pattern.search(before) for rule in used_as("refuse"))


def _triggered(
    prose: Prose, sentence: Span, match: "regex.Match[str]", rule: CompiledRule
) -> Assignment | None:
    assigner = _assigner(prose, sentence, match.start())
    at = assigner.start if assigner else match.start()
    prefix = _prefix(prose, Span(sentence.start, at))
    if not _holds(prose, at, prefix, assigner, rule):
        return None
    leads = read_run(prose, match.end(), sentence.end, asked=True)
    if leads is None:
        topic = _topic(prose, sentence.start, at)
        bare = Assignment(at, topic, match.end(), assigner, "trigger", False, prefix, rule.id)
        return bare if _is_elliptic(prose, bare, sentence.end, rule) else None
    text, colon = duty_start(prose, leads.end, sentence.end)
    if prose.letter.key[leads.end : sentence.end].strip() in (".", ";", "./."):
        # "Phân công nhiệm vụ cho các thành viên.": nothing is asked of them here.
        return None
    return Assignment(at, leads, text, assigner, "trigger", colon, prefix, rule.id)


def _topic(prose: Prose, start: int, at: int) -> Span | None:
    """ "Riêng Trường A, đề nghị gửi …": the party before the word that gives work is asked."""
    match = _TOPIC.match(prose.letter.key, start, at)
    run = read_run(prose, match.end(), at) if match else None
    return run if run and not prose.letter.key[run.end : at].strip(" ,") else None


def _holds(prose: Prose, at: int, prefix: str, assigner: Span | None, rule: CompiledRule) -> bool:
    """ "chỉ đạo" gives work only after the one who asks; "… và đề nghị" is part of a duty."""
    if rule.value.get("weak") and not assigner:
        return False
    return not (prefix == "words" and prose.letter.key[:at].endswith(" và "))


def _is_elliptic(prose: Prose, bare: Assignment, end: int, rule: CompiledRule) -> bool:
    """ "Đề nghị báo cáo về Sở Y tế trước ngày …": a duty without a named party."""
    if rule.value.get("weak") or bare.prefix == "words":
        return False
    return starts_with_verb(prose.letter, bare.text, end)


def _assigner(prose: Prose, sentence: Span, trigger: int) -> Span | None:
    """The party that stands directly before the word that gives work."""
    for party in prose.parties:
        if sentence.start <= party.start and party.end <= trigger:
            between = prose.letter.key[party.end : trigger].strip(" ")
            if between == "," and party.start == sentence.start:
                between = ""
            if between in _POLITE:
                return Span(party.start, party.end)
    return None


def _prefix(prose: Prose, before: Span) -> str:
    """What stands before an assignment: "" nothing, "circumstance", or "words"."""
    words = prose.letter.key[before.start : before.end].strip(" ,-")
    if not words:
        return ""
    if words.endswith(":") and len(words) < _LONGEST_TOPIC:
        return "circumstance"
    return "circumstance" if is_circumstance(prose.letter, before) else "words"


# A party and its verb ---------------------------------------------------------------------


def _by_subject(prose: Prose, sentence: Span, loose: bool) -> Assignment | None:
    """A party that opens the sentence, or stands after a circumstance, and its duty."""
    for at in _subject_places(prose, sentence):
        found = _subject_at(prose, sentence, at, loose)
        if found:
            return found
    return None


def _subject_places(prose: Prose, sentence: Span) -> Iterable[int]:
    """Where a subject may stand: at the start, after a topic's colon, after a circumstance."""
    start = skip(prose.letter, sentence.start, sentence.end, ' "“')
    yield start
    topic = _TOPIC.match(prose.letter.key, start, sentence.end)
    if topic:
        yield topic.end()
    colon = prose.letter.key.find(": ", sentence.start, sentence.start + _NEAR_COLON)
    if colon > 0:
        yield colon + 2
    if is_circumstance(prose.letter, Span(start, sentence.end)):
        yield from _after_circumstance(prose, Span(start, sentence.end))


def _after_circumstance(prose: Prose, sentence: Span) -> Iterable[int]:
    if _asks_itself(prose, sentence):
        return
    for party in prose.parties:
        if sentence.start < party.start < sentence.end and _after_pause(prose, party):
            yield party.start
    yield from _unknown_after_pause(prose, sentence)


def _unknown_after_pause(prose: Prose, sentence: Span) -> Iterable[int]:
    """Where a party that no row reads may begin after a comma, up to the first duty."""
    until = min(sentence.start + _LONGEST_CIRCUMSTANCE, sentence.end)
    for pause in _PAUSE.finditer(prose.letter.key, sentence.start, until):
        if prose.in_party(pause.start()) or prose.masked(pause.start()):
            continue
        if _LISTED.search(prose.letter.key[sentence.start : pause.start()]):
            continue  # "cán bộ, nhân viên": one of a list
        if starts_with_verb(prose.letter, pause.end(), sentence.end):
            return  # the duty itself: nobody is named before it
        if may_be_party(prose.letter, pause.end(), sentence.end):
            yield pause.end()


def _asks_itself(prose: Prose, sentence: Span) -> bool:
    """ "Đối với các hồ chứa, tổ chức theo dõi, báo cáo Sở A": the duty follows, without a party."""
    if not _CASE.match(prose.letter.key, *sentence):
        return False
    comma = prose.letter.key.find(", ", *sentence)
    return comma > 0 and starts_with_verb(prose.letter, comma + 2, sentence.end)


def _after_pause(prose: Prose, party: FoundParty) -> bool:
    """Does a comma end the circumstance before a party, and not only part a list?"""
    key, at = prose.letter.key, party.start
    if prose.masked(at):
        return False
    if key[at - 2 : at] not in (", ", ": "):
        return key[at - 10 : at].lower() == "thực hiện "
    before = next((one for one in prose.parties if one.end == at - 2), None)
    if before is None:
        return True
    return party.party.kind != "group" and _told_by(prose, before)


def _told_by(prose: Prose, party: FoundParty) -> bool:
    """Is a list of parties what a circumstance is "of": "báo cáo của Sở A, Sở B tổng hợp"?"""
    for one in reversed([one for one in prose.parties if one.start <= party.start]):
        before = prose.letter.key[max(prose.start, one.opens - 12) : one.opens].lower().rstrip()
        if not before.endswith((",", " và", ";")):
            return before.endswith((" của", " do", " giữa", " tại"))
    return False


def _subject_at(prose: Prose, sentence: Span, at: int, loose: bool) -> Assignment | None:
    letter = prose.letter
    run = read_run(prose, at, sentence.end)
    if run is None or run.end >= sentence.end - 1:
        return None
    if any(
        rule.pattern.match(letter.key, run.end, sentence.end)
        for rule in used_at("past", letter, run.end, sentence.end)
    ):
        charged = _charged_with(prose, run, sentence.end)
        if charged is None:
            return None
        run = charged
    run = _to_colon(prose, run, sentence)
    loose = loose or _by_function(letter, sentence.start, at)
    text, colon = duty_start(prose, run.end, sentence.end)
    if text >= sentence.end - 1:
        return None
    rest = Span(text, sentence.end)
    asks = _asks_something(letter, run.end, rest, loose or colon)
    if not asks and not (colon and is_circumstance(letter, rest) and not tells_head(letter, rest)):
        return None
    prefix = _prefix(prose, Span(sentence.start, at))
    return Assignment(at, run, text, None, "subject", colon, prefix, "subject")


def tells_head(letter: Letter, rest: Span) -> bool:
    """ "Tiểu ban Nội dung: do đồng chí A làm trưởng tiểu ban": who leads a body, no duty."""
    return bool(_HEAD.match(letter.key, *rest))


def _charged_with(prose: Prose, run: Span, end: int) -> Span | None:
    """ "Các đơn vị chưa báo cáo phải khẩn trương gửi …": whom of a group, then what it must do."""
    match = _MUST.match(prose.letter.key, run.end, end)
    first = prose.party_at(run.start)
    several = first is None or first.party.kind == "group"
    return Span(run.start, match.start("must")) if match and several else None


def _by_function(letter: Letter, start: int, at: int) -> bool:
    """ "Căn cứ chức năng, nhiệm vụ được giao, các phòng …", "Trong quá trình thực hiện, nếu có
    vướng mắc, các phòng …": they are charged, whatever the verb."""
    before = (piece("responsible"), piece("trouble"))
    return start < at and any(one.match(letter.key, start, at) for one in before)


def _to_colon(prose: Prose, run: Span, sentence: Span) -> Span:
    """ "Các doanh nghiệp cung cấp máy tính: Cài đặt …": the party is all before the colon."""
    key = prose.letter.key
    colon = key.find(": ", run.end, min(run.end + _LONGEST_TAIL, sentence.end))
    if colon < 0 or key[run.end : run.end + 1] in (",", ";", ":"):
        return run
    words = skip(prose.letter, run.end, colon, " ")
    if piece("strong").match(key, words, colon) or piece("responsible").search(key, run.end, colon):
        return run
    after = skip(prose.letter, colon + 1, sentence.end, " ")
    if key[after : after + 1].isupper() and starts_with_verb(prose.letter, after, sentence.end):
        return Span(run.start, colon)
    return run


def _asks_something(letter: Letter, after: int, rest: Span, loose: bool) -> bool:
    """Do the words after a party ask something of it?"""
    if piece("responsible").search(letter.key, after, rest.start):
        return True
    if loose and piece("inner").match(letter.key, rest.start, rest.end):
        return True
    if not starts_with_verb(letter, rest.start, rest.end):
        return False
    return loose or bool(piece("strong").match(letter.key, rest.start, rest.end))


# What is no duty --------------------------------------------------------------------------


def remainder(prose: Prose, at: int, end: int) -> Span:
    """What is left of a sentence as a duty when it announces a list: maybe nothing."""
    stop = end
    near = max(at, end - _LONGEST_ANNOUNCEMENT)
    for rule in used_as("introduces") if _may_announce(prose.letter.key[near:end].rstrip()) else ():
        match = rule.pattern.search(prose.letter.key, near, end)
        if match:
            stop = min(stop, max(at, match.start()))
    words = prose.letter.key[at:stop].strip(_END_MARKS)
    if not words or _only_roles(prose, at, stop):
        return Span(at, at)
    if _announces(prose, at, end) and piece("bare").fullmatch(words):
        return Span(at, at)
    return Span(at, stop)


def _may_announce(words: str) -> bool:
    """Could a stretch announce a list? Asked first, for reading the announcement costs more."""
    if words.endswith((":", ":.", ":./.", ": ./.")):
        return True
    last = words[-_LAST_WORDS:]
    return words.endswith(".") and any(word in last for word in ("sau", "dưới đây", "cụ thể"))


def _announces(prose: Prose, at: int, end: int) -> bool:
    """Does a stretch end no sentence: with a colon, or without a mark?"""
    return prose.letter.key[at:end].rstrip()[-1:] not in (".", ";", "/", "!")


def _only_roles(prose: Prose, at: int, end: int) -> bool:
    """ "chủ trì, phối hợp với các sở": roles and parties, no duty of its own."""
    match = piece("roles_only").match(prose.letter.key, at, end)
    if not match or match.end() == at:
        return False
    rest = skip(prose.letter, match.end(), end, _END_MARKS)
    if rest >= end:
        return True
    run = read_run(prose, rest, end)
    return run is not None and not prose.letter.key[run.end : end].strip(_END_MARKS)


def is_statement(letter: Letter, sentence: Span) -> bool:
    """Does a sentence decide or tell and ask nothing of anybody?"""
    at = skip(letter, sentence.start, sentence.end, ' "“')
    rows = used_at("statement", letter, at, sentence.end)
    return any(rule.pattern.match(letter.key, at, sentence.end) for rule in rows)


def is_decision(letter: Letter, sentence: Span) -> bool:
    """Does a sentence approve, found, appoint or award?"""
    at = skip(letter, sentence.start, sentence.end, ' "“')
    rows = used_at("decision", letter, at, sentence.end)
    return any(rule.pattern.match(letter.key, at, sentence.end) for rule in rows)


def is_polite(letter: Letter, sentence: Span) -> bool:
    """Does a sentence end politely: whom to ask, thanks, hope?"""
    return any(rule.pattern.search(letter.key, *sentence) for rule in used_as("courtesy"))


def is_courtesy(letter: Letter, sentence: Span, given: Assignment) -> bool:
    """Is a sentence only polite, or does it leave a decision to a superior?"""
    if is_polite(letter, sentence):
        return True
    asked = (
        rule.pattern.search(letter.key, given.at, sentence.end) for rule in used_as("superior")
    )
    return any(match and match.start() < given.text for match in asked)
