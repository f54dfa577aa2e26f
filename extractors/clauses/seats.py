"""Under which clause does a paragraph without a label stand?"""

from collections.abc import Sequence
from itertools import takewhile

from extractors.clauses.items import Item, own_start
from extractors.sections import is_closing
from schemas.letter import Letter, Span

_LONGEST_HEADING = 220


def settle(letter: Letter, items: Sequence[Item]) -> None:
    """Give the paragraphs without a label their place, and everybody their children."""
    following = _following(items)
    for place, item in enumerate(items):
        if item.label is None:
            _seat(letter, item, items[:place], following[place])
        if item.parent:
            item.parent.children.append(item)


def _following(items: Sequence[Item]) -> list[Item | None]:
    """For each item the next numbered one after it."""
    found: list[Item | None] = []
    ahead: Item | None = None
    for item in reversed(items):
        found.append(ahead)
        if item.label and not item.bullet:
            ahead = item
    return found[::-1]


def _seat(letter: Letter, item: Item, before: Sequence[Item], ahead: Item | None) -> None:
    """Seat one paragraph without a label."""
    last = next((one for one in reversed(before) if one.label), None)
    if last is None:
        item.place = "opening" if ahead else "body"
        return
    open_ones = (one for one in last.line() if _is_open_heading(letter, one))
    heading = next((one for one in open_ones if _still_heads(letter, one, item, before)), None)
    if heading and (before[-1] is heading or ahead or not _is_closing(letter, item)):
        item.parent = heading
    elif ahead is None:
        item.parent = _still_inside(letter, item, last, before)
        item.place = "" if item.parent else "closing"
    else:
        item.parent = _sibling_before(last, ahead)
        item.place = "" if item.parent else "body"


def _still_inside(letter: Letter, item: Item, last: Item, before: Sequence[Item]) -> Item | None:
    """The clause that a paragraph after the last list still belongs to; None: it closes."""
    if _is_closing(letter, item) or any(one.place == "closing" for one in before):
        return None
    numbered = next((one for one in last.line() if not one.bullet), None)
    return numbered if last.bullet else (numbered.parent if numbered else None)


def _still_heads(letter: Letter, head: Item, item: Item, before: Sequence[Item]) -> bool:
    """May a paragraph without a label stand under an open heading? Not where the heading is only
    a point whose full stop was forgotten and another heading comes after it."""
    words = letter.key[head.paragraph.start : head.end].rstrip()
    if not head.bullet or words.endswith(":"):
        return True
    after = takewhile(lambda one: one is not head, reversed(before))
    plain = [item, *(one for one in after if one.label is None)]
    return not any(is_heading(letter, Span(one.paragraph.start, one.end)) for one in plain)


def _is_open_heading(letter: Letter, item: Item) -> bool:
    """Does the clause only announce what stands below it, so far only plain paragraphs?"""
    if any(child.label for child in item.children):
        return False
    if item.bullet and letter.key[own_start(item) : own_start(item) + 1].islower():
        # A mark beside the text, or a point of a list; a heading begins with a capital.
        return False
    return is_heading(letter, Span(own_start(item), item.end))


def is_heading(letter: Letter, own: Span) -> bool:
    """Does a paragraph announce others: it ends with a colon, or ends no sentence and is short
    or all in bold?"""
    words = letter.key[own.start : own.end].rstrip()
    if words.endswith((":", ": ./.")):
        return True
    if words.endswith((".", ";", "!", "?", "./", "…")):
        return False
    return len(words) <= _LONGEST_HEADING or is_bold(letter, own)


def is_bold(letter: Letter, own: Span) -> bool:
    """Is the paragraph bold as a whole?"""
    paragraph = letter.paragraph_at(own.start)
    return bool(paragraph and paragraph.bold)


def _is_closing(letter: Letter, item: Item) -> bool:
    """Does the last part of a letter begin here?"""
    return is_closing(letter, Span(item.paragraph.start, item.paragraph.end))


def _sibling_before(last: Item, ahead: Item) -> Item | None:
    """Of the clauses that are open, the one beside which the next numbered clause stands."""
    for one in last.line():
        if one is ahead.parent:
            return one
        if not one.bullet and one.parent is ahead.parent:
            return one
    return None
