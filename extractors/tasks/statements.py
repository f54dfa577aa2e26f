"""Which sentences are no duties, and what is left of one that announces a list?"""

from extractors.tasks.assignment import Assignment
from extractors.tasks.prose import Prose
from extractors.tasks.runs import read_run
from extractors.tasks.verbs import piece, skip, used_as, used_at, used_in
from schemas.letter import Letter, Span

_LONGEST_ANNOUNCEMENT = 240
_LAST_WORDS = 30
_END_MARKS = " .;:,/"


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
    if _announces(prose, at, end) and (
        piece("bare").fullmatch(words) or piece("timed").fullmatch(words)
    ):
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
    rows = used_in("courtesy", letter, sentence)
    return any(rule.pattern.search(letter.key, *sentence) for rule in rows)


def is_courtesy(letter: Letter, sentence: Span, given: Assignment) -> bool:
    """Is a sentence only polite, or does it leave a decision to a superior?"""
    if is_polite(letter, sentence):
        return True
    rows = used_in("superior", letter, Span(given.at, sentence.end))
    asked = (rule.pattern.search(letter.key, given.at, sentence.end) for rule in rows)
    return any(match and match.start() < given.text for match in asked)
