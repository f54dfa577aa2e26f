"""Which word of a sentence gives work: "giao", "yêu cầu", "đề nghị", and to whom?"""

import regex

from extractors.rules import CompiledRule, compile_once
from extractors.tasks.assignment import TOPIC, Assignment, prefix_of
from extractors.tasks.prose import Prose
from extractors.tasks.runs import charged_with, duty_start, read_run, tells
from extractors.tasks.verbs import starts_with_verb, used_as, used_in
from schemas.letter import Span

_LOOK_BACK = 200
_CONDITION = compile_once(
    r"[ \"“]*(?:khi|nếu|sau khi|trong trường hợp|trường hợp)\b", regex.V1 | regex.I
)
_LEADERS = compile_once(r"(?:tập thể |ban )?lãnh đạo ", regex.V1 | regex.I)
_POLITE = ("", "có ý kiến", "kính", "cũng", "tiếp tục", "nghiêm túc", "trân trọng")


def by_trigger(prose: Prose, sentence: Span, writer: str | None) -> Assignment | None:
    """The first word that gives work and is neither quoted, told nor part of a duty."""
    matches = [
        (match, rule)
        for rule in used_in("trigger", prose.letter, sentence)
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
    if prose.masked(at) or _refused(prose, sentence, at):
        return False
    return not prose.in_party(at)


def _refused(prose: Prose, sentence: Span, at: int) -> bool:
    """Do the words before "giao", "yêu cầu", … say that nothing is asked here?"""
    key = prose.letter.key
    before = key[max(sentence.start, at - _LOOK_BACK) : at]
    if not before.strip():
        return False
    condition = _CONDITION.match(key, sentence.start, at)
    if condition and "," not in _without_parties(prose, condition.end(), at):
        return True
    return any(rule.pattern.search(before) for rule in used_as("refuse"))


def _without_parties(prose: Prose, start: int, end: int) -> str:
    """The words between two positions but for the names, whose commas part nothing."""
    words, at = "", start
    for party in prose.parties:
        if at <= party.start and party.end <= end:
            words += prose.letter.key[at : party.start]
            at = party.end
    return words + prose.letter.key[at:end]


def _triggered(
    prose: Prose, sentence: Span, match: "regex.Match[str]", rule: CompiledRule
) -> Assignment | None:
    assigner = _assigner(prose, sentence, match.start())
    at = assigner.start if assigner else match.start()
    prefix = prefix_of(prose, Span(sentence.start, at))
    if not _holds(prose, at, prefix, assigner, rule):
        return None
    leads = read_run(prose, match.end(), sentence.end, asked=True)
    if leads is None:
        topic = _topic(prose, sentence.start, at)
        bare = Assignment(at, topic, match.end(), assigner, "trigger", False, prefix, rule.id)
        return bare if _is_elliptic(prose, bare, sentence.end, rule) else None
    if tells(prose.letter, leads.end, sentence.end):
        leads = charged_with(prose, leads, sentence.end) or leads
    text, colon = duty_start(prose, leads.end, sentence.end)
    if prose.letter.key[leads.end : sentence.end].strip() in (".", ";", "./."):
        # "Phân công nhiệm vụ cho các thành viên.": nothing is asked of them here.
        return None
    return Assignment(at, leads, text, assigner, "trigger", colon, prefix, rule.id)


def _topic(prose: Prose, start: int, at: int) -> Span | None:
    """ "Riêng Trường A, đề nghị gửi …": the party before the word that gives work is asked."""
    match = TOPIC.match(prose.letter.key, start, at)
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
                led = _LEADERS.fullmatch(prose.letter.key, sentence.start, party.start)
                return Span(sentence.start if led else party.start, party.end)
    return None
