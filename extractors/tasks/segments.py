"""Where does a paragraph give work to somebody else, and which of its parts are duties?"""

from dataclasses import replace

import regex

from extractors.rules import compile_once
from extractors.tasks.assignment import Assignment
from extractors.tasks.context import Context, Place, Segment
from extractors.tasks.directive import read_assignment
from extractors.tasks.labelled import of_field
from extractors.tasks.outline import Node
from extractors.tasks.owner_first import owner_before_colon
from extractors.tasks.prose import Prose
from extractors.tasks.sentences import sentences
from extractors.tasks.statements import (
    is_courtesy,
    is_decision,
    is_polite,
    is_statement,
    remainder,
)
from extractors.tasks.verbs import is_circumstance, piece, verb_led
from schemas.letter import Span

_LEAST_WORDS = 40
_NO_WORK = compile_once(
    r": ?(?:không|chưa|đã|quá|có|được|do|vì|là|gồm|số|các|những|\d)", regex.V1 | regex.I
)
_PAST = compile_once(r" (?:đã|đang|chưa) (?:được |bị )?\p{L}", regex.V1)
_LEADS = compile_once(
    r"lãnh đạo (?:ubnd|ủy ban|sở|phòng|các |hđnd|hội đồng|công an|mặt trận)", regex.V1 | regex.I
)
_OF_PARTY = compile_once(
    r"đảng|(?:tỉnh|thành|huyện|thị|quận) ủy|cấp ủy|chi bộ|ban cán sự", regex.V1 | regex.I
)
_SECTIONS_OF_WORK = ("tasks", "organisation", "reporting")
# In a normative text "yêu cầu", "đề nghị" tell a procedure; these words give work all the same.
_ORDERS = ("trigger.giao", "trigger.phan_cong", "trigger.uy_quyen")


def segments(prose: Prose, node: Node, context: Context, issuer: str | None) -> list[Segment]:
    """The paragraph cut where another party is given work."""
    found: list[Segment] = []
    loose = context.mode == "all" or node.labelled or context.announced
    for sentence in sentences(prose):
        expected = loose or bool(found and found[0].given)
        given = _allowed(prose, read_assignment(prose, sentence, expected, issuer), context, issuer)
        if given and _leads_as_party(prose, sentence, given, context):
            given = None
        placed = context.owners_inline and context.holds_unasked and node.labelled
        if given is None and not found and placed:
            given = _by_place(prose, sentence)
        if found and given and _only_names_owner(prose, found[-1], sentence, given):
            before = found[-1]
            whole = Span(before.span.start, sentence.end)
            found[-1] = Segment(whole, before.text, given, before.until or before.span.end)
        elif not found or (given and _opens_new(prose, node, found[-1], sentence, given)):
            found.append(_segment(prose, sentence, given))
        elif given or not is_polite(prose.letter, sentence):
            found[-1] = replace(found[-1], span=Span(found[-1].span.start, sentence.end))
    return found


def _leads_as_party(prose: Prose, sentence: Span, given: Assignment, context: Context) -> bool:
    """ "Lãnh đạo UBND huyện cụ thể hóa …" under a body of the Party is what that body does."""
    if given.how != "subject" or not _LEADS.match(prose.letter.key, *sentence):
        return False
    return any(_OF_PARTY.search(prose.letter.key, *owner.span) for owner in context.owners)


def _by_place(prose: Prose, sentence: Span) -> Assignment | None:
    """Among points that name owners before a colon the words before one name one, whoever it is."""
    leads = owner_before_colon(prose.letter, sentence)
    if leads is None or _NO_WORK.match(prose.letter.key, leads.end, sentence.end):
        return None
    at = leads.end + 2
    return Assignment(leads.start, leads, at, None, "subject", True, "", "subject.beside")


def _only_names_owner(prose: Prose, before: Segment, sentence: Span, given: Assignment) -> bool:
    """ "Rà soát biên chế. Giao Sở Nội vụ chủ trì thực hiện.": the owner of the words before."""
    if not given.leads or (before.given and not _only_led(prose, before)):
        return False
    words = prose.letter.key[given.text : sentence.end]
    return verb_led(prose.letter, before.words) and bool(piece("generic").fullmatch(words))


def _only_led(prose: Prose, before: Segment) -> bool:
    """ "… Phó Chủ tịch A chỉ đạo; Phòng B thực hiện.": whoever does it is told after who leads."""
    if before.until is None or before.given is None:
        return False
    words = prose.letter.key[before.given.text : before.span.end]
    return words.strip(" .;") == "chỉ đạo"


def _allowed(
    prose: Prose, given: Assignment | None, context: Context, issuer: str | None
) -> Assignment | None:
    """An assignment, if this kind of writing can give it and the writer is not its subject."""
    if given is None:
        return None
    bound = context.genre == "rules" and context.section != "organisation"
    if given.how == "trigger":
        return None if bound and given.rule not in _ORDERS else given
    if (context.genre == "told" and not context.plans) or _by_writer(prose, given, issuer):
        return None
    if bound:
        return given if piece("executes").match(prose.letter.key, given.text) else None
    return given


def _by_writer(prose: Prose, given: Assignment, issuer: str | None) -> bool:
    """Does the writer tell what it does itself: "UBND tỉnh xem xét, quyết định"?"""
    party = prose.party_at(given.leads.start) if given.leads else None
    agency = party.party.agency if party else None
    if agency is None or agency.key != issuer:
        return False
    return bool(piece("writers_act").match(prose.letter.key, given.text))


def _opens_new(
    prose: Prose, node: Node, before: Segment, sentence: Span, given: Assignment
) -> bool:
    """Does a later sentence give work to somebody else than the sentence before it?

    In a numbered point only words that give work do: "Sở A rà soát. Sở B gửi số liệu." is one.
    """
    if node.labelled and given.how == "subject" and _asks(prose, before):
        return False
    if given.prefix == "words" or (given.leads is None and _has_leads(before)):
        return False
    after_semicolon = prose.letter.key[: sentence.start].rstrip().endswith(";")
    if after_semicolon and given.how == "subject":
        known = given.leads is not None and prose.party_at(given.leads.start) is not None
        if (
            not known
            or given.prefix
            or (before.given is None and _is_work_or_decided(prose, before))
        ):
            return False
    return not _same_party(prose, before.given, given)


def _is_work_or_decided(prose: Prose, before: Segment) -> bool:
    """ "Rà soát hồ sơ; Sở B …", "Thành lập Ban A; Ban B …": what follows is part of it."""
    return verb_led(prose.letter, before.words) or is_decision(prose.letter, before.words)


def _asks(prose: Prose, before: Segment) -> bool:
    """Does what stands before ask something of its own, and not only decide or tell?"""
    if before.given:
        return not piece("generic").fullmatch(prose.letter.key, before.text, before.span.end)
    told = is_statement(prose.letter, before.words) or is_decision(prose.letter, before.words)
    return not told and verb_led(prose.letter, before.words)


def _has_leads(segment: Segment) -> bool:
    return bool(segment.given and segment.given.leads)


def _same_party(prose: Prose, before: Assignment | None, given: Assignment) -> bool:
    if before is None or before.leads is None or given.leads is None:
        return False
    key = prose.letter.key
    one, other = key[slice(*before.leads)], key[slice(*given.leads)]
    return one.lower() == other.lower()


def _segment(prose: Prose, sentence: Span, given: Assignment | None) -> Segment:
    """Where the duty's words begin: after its party, or with the verb before it."""
    if given is None:
        return Segment(sentence, sentence.start, None)
    if given.prefix == "words" and verb_led(prose.letter, sentence):
        return Segment(sentence, sentence.start, given)
    return Segment(sentence, given.text, given)


def is_duty(prose: Prose, segment: Segment, place: Place) -> bool:
    """Is a segment a duty?"""
    if segment.given:
        return _is_given_duty(prose, segment, segment.given, place.node)
    if place.head and place.node.heading:
        return _heads_with_work(prose, segment.words, place)
    if of_field(place.parts, "owner"):
        return True
    if not place.context.owners and _is_decided(prose, segment.words, place.context):
        return False
    if any(part.field in ("other", "clock") for part in place.parts):
        return place.context.mode == "all" and _is_work(prose, segment.words, place)
    return _is_timed(prose, segment.words, place) or _is_unasked_duty(prose, segment.words, place)


def _is_work(prose: Prose, words: Span, place: Place) -> bool:
    """Does a numbered item of an activity, its place and participants told, begin with work?"""
    return place.node.labelled and place.context.holds_unasked and verb_led(prose.letter, words)


def _is_decided(prose: Prose, words: Span, context: Context) -> bool:
    """Does a sentence tell or decide? To found or to award is work in a section of tasks."""
    if context.section not in _SECTIONS_OF_WORK and is_decision(prose.letter, words):
        return True
    return is_statement(prose.letter, words)


def _heads_with_work(prose: Prose, words: Span, place: Place) -> bool:
    """Is a point of an owner's work over others, long and ended by a colon, work itself?"""
    if place.context.layout != "owner_first" or not verb_led(prose.letter, words):
        return False
    left = remainder(prose, words.start, words.end)
    return left.end - left.start > _LEAST_WORDS and prose.letter.key[slice(*words)].endswith(":")


def _is_timed(prose: Prose, words: Span, place: Place) -> bool:
    """Is it a numbered item with a time of its own, and more than a thing?"""
    if not (of_field(place.parts, "time") and place.node.labelled and place.context.holds_unasked):
        return False
    return not piece("thing").match(prose.letter.key, *words)


def _is_given_duty(prose: Prose, segment: Segment, given: Assignment, node: Node) -> bool:
    """Is work given that is more than a courtesy or the announcement of a list?"""
    if is_courtesy(prose.letter, segment.span, given):
        return False
    if given.leads is None and node.heading and node.children:
        return False
    left = remainder(prose, given.text, segment.span.end)
    return left.end > left.start or not node.heading


def _is_unasked_duty(prose: Prose, words: Span, place: Place) -> bool:
    """Is it a duty although its own words name nobody?"""
    letter, context = prose.letter, place.context
    if not context.holds_unasked or context.mode != "all":
        return False
    if letter.text[slice(*words)].isupper() or piece("thing").match(letter.key, *words):
        return False
    if verb_led(letter, words):
        return not context.below_duty or place.node.labelled
    return _is_owners_duty(prose, words, context)


def _is_owners_duty(prose: Prose, words: Span, context: Context) -> bool:
    """Directly under its owner's heading a clause need not begin with a verb we know."""
    if context.unnumbered and context.owners:
        return is_circumstance(prose.letter, words)
    if not context.owners or context.layout != "owner_first" or context.below_duty:
        return False
    if _PAST.search(prose.letter.key, words.start, min(words.end, words.start + _LEAST_WORDS)):
        return False
    return is_circumstance(prose.letter, words) or words.end - words.start > _LEAST_WORDS
