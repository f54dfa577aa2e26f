"""Layout "owner_first": whom does a heading name as the owner of what stands below it?"""

from collections.abc import Callable, Sequence

import regex

from extractors.rules import compile_once
from extractors.tasks.assignment import Assignment
from extractors.tasks.directive import read_assignment
from extractors.tasks.labelled import of_field
from extractors.tasks.outline import Node
from extractors.tasks.prose import Prose, Reading
from extractors.tasks.runs import duty_start, read_run
from extractors.tasks.statements import remainder
from extractors.tasks.subjects import after_circumstance, tells_head
from extractors.tasks.verbs import is_circumstance, piece, verb_led
from schemas.letter import Letter, Span
from schemas.task import Claim

_SHORT_TITLE = 40
_LONGEST_TITLE = 120
_LONGEST_INLINE = 90
_FEWEST_INLINE = 3
_MARKS = " .:;,/"
_TOPIC = compile_once(r"(?:về|công tác|nhiệm vụ|nội dung|việc|chế độ)\b", regex.V1 | regex.I)


def heading_owners(reading: Reading, node: Node) -> tuple[Claim, ...]:
    """The parties whom a heading names as owners of what stands below it, in its words or in a
    last bracket: "1. Công tác kỹ thuật (Phòng Kỹ thuật chủ trì)"."""
    own = node.clause.own
    told = of_field(node.taken.parts, "owner") if node.heading else []
    if told and node.taken.texts:
        return tuple(part.claim(node.id) for part in told)
    prose = reading.prose(*own)
    given = read_assignment(prose, own, loose=True)
    if given and given.leads and given.prefix != "words":
        return _given_owners(prose, node, given, given.leads)
    return _named_owners(prose, node)


def _given_owners(prose: Prose, node: Node, given: Assignment, leads: Span) -> tuple[Claim, ...]:
    """ "Giao Sở Y tế thực hiện các nội dung sau:", "Các phòng tham gia đào tạo"."""
    if _is_title(prose, node, given):
        return (_lead(trimmed(prose.letter, leads.start, prose.end), node, "heading"),)
    left = remainder(prose, given.text, prose.end)
    if left.end > left.start:
        whole = trimmed(prose.letter, leads.start, prose.end)
        return (_lead(whole, node, "heading"),) if _is_bare_title(prose, given) else ()
    if "phối hợp" in prose.letter.key[leads.end : prose.end].lower():
        whole = Span(leads.start, prose.end)
        return (Claim(whole, None, node.id, False, None, given.rule),)
    return (_lead(leads, node, given.rule),)


def _is_bare_title(prose: Prose, given: Assignment) -> bool:
    """ "Phòng Hành chính tổng hợp:": two syllables before a colon are a name's, no duty."""
    words = prose.letter.key[given.text : prose.end].rstrip()
    return given.how == "subject" and words.endswith(":") and words.count(" ") <= 1


def _is_title(prose: Prose, node: Node, given: Assignment) -> bool:
    """ "Các phòng tham gia đào tạo": a short title without a mark is a party, verb and all.

    "1. Sở Y tế rà soát hồ sơ" over plain paragraphs is a duty that lost its full stop.
    """
    party = prose.party_at(given.at) if node.labelled else None
    if party and party.party.kind != "group" and not any(one.labelled for one in node.children):
        return False
    last = prose.letter.key[prose.start : prose.end].rstrip()[-1:]
    if not (node.heading and last.isalnum()) or given.how != "subject":
        return False
    words = prose.letter.key[given.text : prose.end]
    return len(words) <= _SHORT_TITLE and not piece("strong").match(words)


def _named_owners(prose: Prose, node: Node) -> tuple[Claim, ...]:
    """ "Sở Nội vụ:", "Trách nhiệm của Sở Y tế", "Trước ngày 15/12, Sở Nội vụ có trách nhiệm:"."""
    letter = prose.letter
    match = piece("heads_owner").match(letter.key, prose.start, prose.end)
    run = read_run(prose, match.end() if match else prose.start, prose.end)
    if run is None:
        run = _after_circumstance(prose)
    if run is None:
        return ()
    if not prose.party_at(run.start) and verb_led(letter, Span(run.start, prose.end)):
        return ()
    if duty_start(prose, run.end, prose.end)[0] < prose.end and not _explained(prose, run):
        return ()
    return (_lead(run, node, "heading"),)


def _after_circumstance(prose: Prose) -> Span | None:
    """The party after a circumstance, where nothing but "có trách nhiệm:" follows it."""
    own = Span(prose.start, prose.end)
    if not is_circumstance(prose.letter, own):
        return None
    runs = (read_run(prose, at, prose.end) for at in after_circumstance(prose, own))
    return next((run for run in runs if run and _is_last(prose, run)), None)


def _is_last(prose: Prose, run: Span) -> bool:
    """Is a party followed by its colon, "có trách nhiệm" between them or nothing?"""
    at, colon = duty_start(prose, run.end, prose.end)
    return colon and at >= prose.end


def _explained(prose: Prose, run: Span) -> bool:
    """Is all that follows the party a bracket, who leads it, or nothing?"""
    rest = prose.letter.key[run.end : prose.end].strip(_MARKS)
    if not rest or (rest.startswith("(") and rest.endswith(")")):
        return True
    start = duty_start(prose, run.end, prose.end)[0]
    return tells_head(prose.letter, Span(start, prose.end))


def owners_beside(nodes: Sequence[Node], owners_of: Callable[[Node], tuple[Claim, ...]]) -> bool:
    """Are most of the headings side by side names of owners?"""
    heads = [node for node in nodes if node.heading and node.duties_below() and node.labelled]
    if len(heads) < 3:
        return False
    named = [node for node in heads if owners_of(node)]
    return 2 * len(named) >= len(heads)


def owners_inline(reading: Reading, nodes: Sequence[Node]) -> bool:
    """Do most of the points side by side name their owner before a colon?"""
    points = [node for node in nodes if node.labelled and not node.parts]
    told = [node for node in points if owner_before_colon(reading.letter, node.clause.own)]
    if len(told) < _FEWEST_INLINE or 3 * len(told) < 2 * len(points):
        return False
    return 2 * sum(_opens_with_owner(reading, node) for node in told) >= len(told)


def _opens_with_owner(reading: Reading, node: Node) -> bool:
    """Is all before the colon a party that is read as one?"""
    own = node.clause.own
    colon = reading.letter.key.find(": ", *own)
    run = read_run(reading.prose(*own), own.start, own.end)
    return run is not None and run.end == colon


def owner_before_colon(letter: Letter, own: Span) -> Span | None:
    """The few words before a colon after which something follows."""
    colon = letter.key.find(": ", own.start, min(own.start + _LONGEST_INLINE, own.end))
    if colon < 0 or not letter.key[own.start : own.start + 1].isupper():
        return None
    return None if piece("thing").match(letter.key, own.start, colon) else Span(own.start, colon)


def owner_by_place(letter: Letter, node: Node) -> tuple[Claim, ...]:
    """A title among headings that name owners names one too, whoever it is."""
    own = trimmed(letter, node.clause.own.start, node.clause.own.end)
    if not node.heading or own.end - own.start > _LONGEST_TITLE or verb_led(letter, own):
        return ()
    if _TOPIC.match(letter.key, *own):
        return ()
    return (_lead(own, node, "heading.beside"),)


def _lead(span: Span, node: Node, rule: str) -> Claim:
    return Claim(span, "lead", node.id, False, None, rule)


def trimmed(letter: Letter, start: int, end: int) -> Span:
    """A stretch without the marks around it and without the letter's end mark "./."."""
    key = letter.key
    while start < end and key[start] in " ,:;-":
        start += 1
    while end > start and key[end - 1] in " ;:,":
        end -= 1
    if "./" in key[max(start, end - 3) : end]:
        end = key.rindex("./", start, end) + 1
    return Span(start, end)
