"""When is it due?

A claim is either a whole time clause ("Thời gian: …", a table cell), of which every word is to
be read, or prose, in which only real deadlines are looked for. Tokens (`lexer`) are put
together (`grammar`), days and rules that recur joined (`recurrence`), and computed (`records`).
"""

from collections.abc import Sequence
from operator import attrgetter

from extractors.deadlines.bare import as_last_day, bare_length, bare_units
from extractors.deadlines.clause import Clause
from extractors.deadlines.dateline import Dateline, dateline_of
from extractors.deadlines.grammar import items_of
from extractors.deadlines.items import Item, Plain
from extractors.deadlines.lexer import lex, lower, without_brackets
from extractors.deadlines.prose import admitted, asks_to_hand_in, sentences
from extractors.deadlines.records import deadlines_of
from extractors.deadlines.recurrence import occurrences, put_together
from extractors.deadlines.residue import guarded, uncut
from extractors.layout import plain
from extractors.rules import compile_once
from extractors.text import tidy
from schemas.deadline import Deadline, Doubt
from schemas.letter import Letter, Span
from schemas.task import Bare, Claim

__all__ = ["Dateline", "dateline_of", "find_deadlines", "occurrences", "read_phrase"]

_ASCII_WORDS = compile_once(r"(?<!\w)[A-Za-z]{2,}(?!\w).*?(?<!\w)[A-Za-z]{2,}(?!\w)")
LONG_AGO = 366  # days
JUST_NOW = 60
YEAR = 365
_WHERE_NONE_IS_TOLD = ("remark", "heading")
"""Where a claim stands whose times are for duties that tell none."""


def find_deadlines(
    letter: Letter, claims: Sequence[Claim], dateline: Dateline
) -> tuple[Deadline, ...]:
    """Every deadline that the claims hold, in reading order, each told once."""
    found: dict[tuple[object, ...], Deadline] = {}
    timed = False
    alone = len(claims) == 1
    for claim in claims if alone else sorted(claims, key=_rank):
        if claim.rule in _WHERE_NONE_IS_TOLD and any(map(_is_dated, found.values())):
            continue
        read = _of_claim(letter, claim, dateline)
        if alone and len(read) < 2:  # nothing to leave out, tell twice or put in order
            return tuple(read)
        for deadline in read:
            if timed and not claim.labelled and deadline.kind in ("event", "condition"):
                continue  # the label or the column says when; the sentence says what
            timed = timed or (claim.labelled and _is_dated(deadline))
            quote = deadline.quote
            said = (quote.start, quote.end, deadline.kind, deadline.end, deadline.rrule)
            found.setdefault(said, deadline)
    return tuple(sorted(found.values(), key=attrgetter("quote.start")))


def _rank(claim: Claim) -> tuple[bool, bool]:
    """Labels and columns first, then the duty's own words, then remarks and its heading."""
    return claim.rule in _WHERE_NONE_IS_TOLD, not claim.labelled


def _is_dated(deadline: Deadline) -> bool:
    return bool(deadline.due or deadline.rrule)


def read_phrase(
    text: str, dateline: Dateline, *, labelled: bool = True, bare: Bare | None = None
) -> tuple[Deadline, ...]:
    """The deadlines of one clause as plain text."""
    letter = plain(tidy(text))
    claim = Claim(Span(0, len(letter.text)), labelled=labelled, bare=bare)
    return find_deadlines(letter, (claim,), dateline)


def _of_claim(letter: Letter, claim: Claim, dateline: Dateline) -> Sequence[Deadline]:
    start, end = _trimmed(letter.text, *claim.span)
    if start >= end:
        return ()
    if claim.labelled:
        length = bare_length(letter, claim, start, end)
        return length or _clause(letter, claim, start, end, dateline)
    told = sentences(letter.key, lower(letter.key), start, end)
    return [found for place in told for found in _prose(letter, claim, *place, dateline)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _clause(
    letter: Letter, claim: Claim, start: int, end: int, dateline: Dateline
) -> tuple[Deadline, ...]:
    """Everything a time clause says; what is not understood is Unread."""
    key = lower(letter.key)
    if items := bare_units(claim.bare, key, start, end):
        return deadlines_of(items, letter, dateline, (), claim.inherited_from)
    items, doubts = _read(key, start, end, dateline, ())
    if _unmarked(letter.key[start:end]):
        again, more = _read(key, start, end, dateline, ("unmarked",))
        if _sure(again):
            items, doubts = again, more
    if claim.bare == "last day":
        items = as_last_day(items)
    if not items:
        items = [Plain(start, end, "clause.unread", "unread")]
    return deadlines_of(items, letter, dateline, doubts, claim.inherited_from)


def _read(
    key: str, start: int, end: int, dateline: Dateline, doubts: tuple[Doubt, ...]
) -> tuple[list[Item], tuple[Doubt, ...]]:
    tokens = lex(key, start, end, unmarked="unmarked" in doubts)
    key, spoken = without_brackets(key, tokens)
    clause = Clause(key, spoken, start, end, dateline.issued, prose=False)
    items = put_together(items_of(clause), key)
    items, more = guarded(items, tokens, key, start, end)
    return items, (*doubts, *more)


def _sure(items: Sequence[Item]) -> bool:
    return any(not (isinstance(item, Plain) and item.kind == "unread") for item in items)


def _unmarked(words: str) -> bool:
    """True for words typed without Vietnamese marks: "hoan thanh truoc ngay 15/5"."""
    return words.isascii() and _ASCII_WORDS.search(words) is not None


def _prose(
    letter: Letter, claim: Claim, start: int, end: int, dateline: Dateline
) -> tuple[Deadline, ...]:
    """The real deadlines of a sentence."""
    key = lower(letter.key)
    key, tokens = without_brackets(key, lex(key, start, end))
    clause = Clause(key, tokens, start, end, dateline.issued, prose=True)
    found = admitted(put_together(items_of(clause), key), key, start, end)
    items = [uncut(item, key, start, end) for item in found]
    read = deadlines_of(items, letter, dateline, (), claim.inherited_from)
    return tuple(
        deadline
        for deadline in read
        if not _is_history(deadline, dateline, key[start : deadline.quote.start])
    )


def _began_long_ago(deadline: Deadline, dateline: Dateline) -> bool:
    """Days between which something has been: "kỷ niệm 15 năm (01/8/2008 - 01/8/2023)"; without a
    year, days that have just gone by ("Từ ngày 1/1 đến ngày 6/7, UBND tỉnh giao 833 nhiệm vụ")."""
    if deadline.kind != "within" or dateline.issued is None or deadline.start is None:
        return False
    start = deadline.start
    if "year_rolled" in deadline.doubts and deadline.due is not None:
        gone = (dateline.issued - deadline.due).days + YEAR
        return gone < JUST_NOW
    return (dateline.issued - start).days > LONG_AGO


def _is_history(deadline: Deadline, dateline: Dateline, before: str) -> bool:
    """True for a time in a sentence that was over when the letter was written: what was done.

    A last day up to a year back is kept beside báo cáo, gửi, hoàn thành: it is a slip that a
    person must settle; not after "đến (hết)", which rather says up to when figures are told.
    """
    if _began_long_ago(deadline, dateline):
        return True
    if "past_at_issue" not in deadline.doubts or dateline.issued is None or deadline.due is None:
        return False
    until = deadline.kind != "by" or deadline.rule == "bound.until"
    return until or (dateline.issued - deadline.due).days > LONG_AGO or not asks_to_hand_in(before)
