"""How is the body of the letter numbered?

Every paragraph of the body and of the annexes becomes one clause of a tree: numbered ones
(phần, chương, mục, điều, khoản, điểm; Nghị định 30/2020/NĐ-CP, Phụ lục I), bullets, and
paragraphs without a label. What a clause means is not asked here.

labels.py    which labels can be read at the beginning of a paragraph
fitting.py   which of them fits the lists that are open
seats.py     where a paragraph without a label stands
ids.py       what each clause is called
"""

from collections.abc import Iterator, Sequence

import regex

from extractors.clauses.fitting import fitting
from extractors.clauses.ids import clause_id, with_unique_ids
from extractors.clauses.items import Item, own_start, place_under
from extractors.clauses.labels import Label, read_label
from extractors.clauses.seats import is_bold, is_heading, settle
from extractors.rules import compile_once
from extractors.sections import section_kind
from schemas.letter import Letter, Paragraph, Part, Section, Span
from schemas.task import Clause

__all__ = ["Label", "find_clauses", "is_bold", "is_heading", "read_label"]

_LONGEST_UNENDED = 160
_BEFORE_WORDS = " \n\t\u00a0_"
"""White, and the stroke that a recogniser sees beside a label."""
_HALF = compile_once(
    r"(?:[,\-]|\b(?:và|của|với|các|cho|để|theo|những|hoặc|thuộc))$",
    regex.V1,
)


def find_clauses(letter: Letter) -> tuple[Clause, ...]:
    """The outline of body and annexes in reading order; table cells are not clauses."""
    clauses: list[Clause] = []
    for section in letter.sections:
        if section.part in (Part.BODY, Part.ANNEX):
            clauses.extend(_section_clauses(letter, section))
    return with_unique_ids(clauses)


def _section_clauses(letter: Letter, section: Section) -> list[Clause]:
    paragraphs = [
        paragraph
        for paragraph in letter.paragraphs_in(section.start, section.end)
        if paragraph.grid is None and not _is_page_number(letter, paragraph)
    ]
    items = _labelled(letter, paragraphs)
    settle(letter, items)
    prefix = f"PL{section.annex}" if section.annex else ("PL" if section.part is Part.ANNEX else "")
    return list(_clauses(letter, section, items, prefix))


def _is_page_number(letter: Letter, paragraph: Paragraph) -> bool:
    words = letter.key[paragraph.start : paragraph.end].strip(" -.")
    return not words or (words.isdigit() and len(words) <= 3)


def _labelled(letter: Letter, paragraphs: Sequence[Paragraph]) -> list[Item]:
    """The items in order; labels are accepted only where they fit the lists that are open."""
    items: list[Item] = []
    stack: list[Item] = []
    closed: dict[str, Label] = {}
    for paragraph in paragraphs:
        label = fitting(letter, paragraph, stack, closed)
        if label is None and items and _goes_on(letter, items[-1], paragraph):
            items[-1].end = paragraph.end
            continue
        item = Item(paragraph, label, paragraph.end)
        if item.label:
            place_under(item, stack)
            closed[item.style] = item.label
        items.append(item)
    return items


def _goes_on(letter: Letter, before: Item, paragraph: Paragraph) -> bool:
    """Is a paragraph the other half of the one before it, parted by a page?"""
    words = letter.key[before.paragraph.start : before.end].rstrip()
    if before.label and not before.bullet and own_start(before) >= before.end:
        return True
    if words.endswith((".", ";", ":", "!", "?", "/")):
        return False
    first = letter.key[paragraph.start : paragraph.start + 1]
    if first.islower() or _HALF.search(words):
        return True
    # Where lines have a place on a page, paragraphs were told from it, and maybe wrongly.
    placed = paragraph.left is not None
    return placed and len(words) > _LONGEST_UNENDED and not before.paragraph.bold


def _clauses(
    letter: Letter, section: Section, items: Sequence[Item], prefix: str
) -> Iterator[Clause]:
    """The items as clauses, ids given in reading order."""
    ids: dict[int, str] = {}
    counts: dict[str, int] = {}
    ends = _ends_of(items, section.end)
    for place, item in enumerate(items):
        parent = ids.get(id(item.parent)) if item.parent else None
        ids[id(item)] = name = clause_id(item, parent, prefix, counts)
        own = _own(letter, item)
        yield Clause(
            name,
            item.label.text if item.label else "",
            parent,
            sum(1 for _ in item.line()) - 1,
            Span(item.paragraph.start, ends[place]),
            own,
            section_kind(letter, own),
            item.style,
        )


def _own(letter: Letter, item: Item) -> Span:
    """The words of the paragraph without its label."""
    start, end = own_start(item), item.end
    while start < end and letter.text[start] in _BEFORE_WORDS:
        start += 1
    return Span(start, end)


def _ends_of(items: Sequence[Item], end: int) -> list[int]:
    """Where each item's span ends: before the next one that does not stand under it."""
    ends = [end] * len(items)
    open_items: list[int] = []
    for place, item in enumerate(items):
        above = {id(one) for one in item.line()}
        while open_items and id(items[open_items[-1]]) not in above:
            ends[open_items.pop()] = item.paragraph.start - 1
        open_items.append(place)
    return ends
