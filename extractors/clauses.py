"""How is the body of the letter numbered?

Every paragraph of the body and of the annexes becomes one clause of a tree: numbered ones
(phần, chương, mục, điều, khoản, điểm; Nghị định 30/2020/NĐ-CP, Phụ lục I), bullets, and
paragraphs without a label. What a clause means is not asked here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from extractors.rules import CompiledRule, rules
from extractors.sections import is_closing, section_kind
from schemas.letter import Letter, Paragraph, Part, Section, Span
from schemas.task import Clause

_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_WORDS = {
    word: place
    for place, word in enumerate(
        ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"], start=1
    )
} | {"một": 1, "bốn": 4}
_ROMAN = {"I": 1, "V": 5, "X": 10}
_SLIPS = str.maketrans({"l": "I", "1": "I", "|": "I", "T": "I", "Ï": "I"})
_FIGURES = {"l": 1, "I": 1, "|": 1, "S": 5, "O": 0}
_ID_MARKS = {"part": "P", "chapter": "C", "section": "M", "article": "Đ"}
_LONGEST_HEADING = 220
_GAP_ALLOWED = 4
_LONGEST_UNENDED = 160
_SHOUTED = 12


class Label(NamedTuple):
    """A label as read: `numbers` its figures from the outermost ("2.3" → 2, 3)."""

    style: str
    rank: int
    numbers: tuple[int, ...]
    text: str
    end: int
    bullet: bool
    slip: bool
    misread: bool = False


def find_clauses(letter: Letter) -> tuple[Clause, ...]:
    """The outline of body and annexes in reading order; table cells are not clauses."""
    clauses: list[Clause] = []
    for section in letter.sections:
        if section.part in (Part.BODY, Part.ANNEX):
            clauses.extend(_section_clauses(letter, section))
    return _with_unique_ids(clauses)


def read_label(letter: Letter, start: int, end: int) -> Iterator[Label]:
    """Every way to read the beginning of a paragraph as a label, the likeliest first."""
    for rule in rules("labels"):
        match = rule.pattern.match(letter.key, start, end)
        if match and match.end() < end + 1:
            yield _label(rule, match.groupdict().get("number"), letter.text[start : match.end()],
                         match.end())  # fmt: skip


def _label(rule: CompiledRule, number: str | None, text: str, end: int) -> Label:
    value = rule.value
    style, slip = str(value["style"]), bool(value.get("slip"))
    return Label(
        style,
        int(value["rank"]),
        _numbers(style, number, slip) if number else (),
        text.strip(),
        end,
        bool(value.get("bullet")),
        slip,
    )


def _numbers(style: str, number: str, slip: bool) -> tuple[int, ...]:
    """The figures of a label; () where it cannot be one."""
    if style == "multi":
        return tuple(int(part) for part in number.split("."))
    if style == "roman":
        return _one(_roman(number.translate(_SLIPS).replace("H", "II") if slip else number))
    if style in ("letter", "upper"):
        return _one(_place("g" if slip and number in "ø9" else number.lower()))
    if style == "bracketed":
        return _one(_figure(number) or _roman(number.upper()) or _place(number.lower()))
    return _one(_figure(number, slip))


def _one(value: int | None) -> tuple[int, ...]:
    return () if value is None else (value,)


def _figure(number: str, slip: bool = False) -> int | None:
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyzđ") if not slip else number
    if digits.isdigit():
        return int(digits)
    if slip and number in _FIGURES:
        return _FIGURES[number]
    return _WORDS.get(number.lower()) or _roman(number.upper()) or _place(number.lower())


def _place(letter: str) -> int | None:
    place = _ALPHABET.find(letter[:1]) if letter else -1
    return place + 1 if place >= 0 else None


def _roman(number: str) -> int | None:
    if not number or set(number) - set(_ROMAN):
        return None
    figures = [_ROMAN[figure] for figure in number]
    return sum(
        -one if one < following else one
        for one, following in zip(figures, [*figures[1:], 0], strict=True)
    )


@dataclass(slots=True)
class _Item:
    """A paragraph on its way to become a clause."""

    paragraph: Paragraph
    label: Label | None
    end: int
    parent: "_Item | None" = None
    children: "list[_Item]" = field(default_factory=list)
    place: str = ""

    @property
    def style(self) -> str:
        return self.label.style if self.label else ""

    @property
    def bullet(self) -> bool:
        return bool(self.label and self.label.bullet)

    def line(self) -> "Iterator[_Item]":
        """The item and those it stands under, from the inside out."""
        item: _Item | None = self
        while item is not None:
            yield item
            item = item.parent


def _section_clauses(letter: Letter, section: Section) -> list[Clause]:
    paragraphs = [
        paragraph
        for paragraph in letter.paragraphs_in(section.start, section.end)
        if paragraph.grid is None and not _is_page_number(letter, paragraph)
    ]
    items = _labelled(letter, paragraphs)
    _settle(letter, items)
    prefix = f"PL{section.annex}" if section.annex else ("PL" if section.part is Part.ANNEX else "")
    return list(_clauses(letter, section, items, prefix))


def _is_page_number(letter: Letter, paragraph: Paragraph) -> bool:
    words = letter.key[paragraph.start : paragraph.end].strip(" -.")
    return not words or (words.isdigit() and len(words) <= 3)


def _labelled(letter: Letter, paragraphs: Sequence[Paragraph]) -> list[_Item]:
    """The items in order; labels are accepted only where they fit the lists that are open."""
    items: list[_Item] = []
    stack: list[_Item] = []
    for paragraph in paragraphs:
        label = _fitting(letter, paragraph, stack)
        if label is None and items and _goes_on(letter, items[-1], paragraph):
            items[-1].end = paragraph.end
            continue
        item = _Item(paragraph, label, paragraph.end)
        if item.label:
            _place_under(item, stack)
        items.append(item)
    return items


_HALF = regex.compile(
    r"(?:[,\-]|\b(?:và|của|với|các|cho|để|theo|những|hoặc|thuộc))$",
    regex.V1,
)


def _goes_on(letter: Letter, before: _Item, paragraph: Paragraph) -> bool:
    """Is a paragraph the other half of the one before it, parted by a page?"""
    words = letter.key[before.paragraph.start : before.end].rstrip()
    if before.label and not before.bullet and _own_start(before) >= before.end:
        return True
    if words.endswith((".", ";", ":", "!", "?", "/")):
        return False
    first = letter.key[paragraph.start : paragraph.start + 1]
    if first.islower() or _HALF.search(words):
        return True
    return len(words) > _LONGEST_UNENDED and not before.paragraph.bold


def _fitting(letter: Letter, paragraph: Paragraph, stack: Sequence[_Item]) -> Label | None:
    readings = [
        _misread_roman(letter, label, stack)
        for label in read_label(letter, paragraph.start, paragraph.end)
    ]
    for expected in (_is_next, _is_first, _follows):
        for label in readings:
            counts = not label.slip or expected is _is_next
            if label.bullet or (counts and expected(label, stack)):
                return label
    return None


def _misread_roman(letter: Letter, label: Label, stack: Sequence[_Item]) -> Label:
    """A second "I." or "II." in one list of sections is what OCR left of the next figure, or of
    "1." where its words are not in capitals as the sections' are.
    """
    before = _open(label, stack)
    if label.style != "roman" or label.slip or before is None or not before.numbers:
        return label
    shouted = letter.text[label.end : label.end + _SHOUTED].isupper()
    if not shouted and label.numbers == (1,) and _shouts(letter, stack):
        return label._replace(style="number", rank=6, misread=True)
    if not shouted or not label.numbers or label.numbers > before.numbers:
        return label
    return label._replace(numbers=(before.numbers[0] + 1,), misread=True)


def _shouts(letter: Letter, stack: Sequence[_Item]) -> bool:
    """Is the innermost open section with a roman figure headed in capitals?"""
    for item in reversed(stack):
        if item.style == "roman":
            return letter.text[_own_start(item) : _own_start(item) + _SHOUTED].isupper()
    return False


def _open(label: Label, stack: Sequence[_Item]) -> Label | None:
    """The last label of the same style that is still open."""
    for item in reversed(stack):
        if item.label and item.label.style == label.style:
            return item.label
    return None


def _is_next(label: Label, stack: Sequence[_Item]) -> bool:
    """1 → 2, a → b, 1.1 → 1.2: the very next of an open list."""
    before = _open(label, stack)
    if before is None or not label.numbers or not before.numbers:
        return False
    if label.style == "multi":
        return _multi_next(before.numbers, label.numbers)
    return label.numbers[0] == before.numbers[0] + 1


def _multi_next(before: tuple[int, ...], now: tuple[int, ...]) -> bool:
    depth = len(now)
    if depth > len(before):
        return now[:-1] == before and now[-1] == 1
    return now[:-1] == before[: depth - 1] and now[-1] == before[depth - 1] + 1


def _is_first(label: Label, stack: Sequence[_Item]) -> bool:
    """1., a), I., 1.1, where such a list may begin."""
    if not label.numbers or label.slip:
        return False
    if label.style == "multi":
        return label.numbers[-1] == 1 and label.numbers[0] <= 30
    return label.numbers[0] == 1


def _follows(label: Label, stack: Sequence[_Item]) -> bool:
    """A number of the list was lost, or the list begins late."""
    if not label.numbers or label.slip:
        return False
    before = _open(label, stack)
    if label.style in ("part", "chapter", "section", "article"):
        return True
    if label.style == "multi":
        return label.numbers[0] <= 30
    if before is None or not before.numbers:
        return label.numbers[0] <= 3
    return 0 < label.numbers[0] - before.numbers[0] <= _GAP_ALLOWED


def _place_under(item: _Item, stack: list[_Item]) -> None:
    """Put the item below the last open one that it can stand under."""
    label = item.label
    if label is None:
        return
    _close(label, stack)
    item.parent = stack[-1] if stack else None
    stack.append(item)


def _close(label: Label, stack: list[_Item]) -> None:
    """Take from the stack what the label ends."""
    for place, held in enumerate(stack):
        if held.label and _ends(label, held.label):
            del stack[place:]
            return
    if not label.bullet:
        while stack and stack[-1].bullet:
            stack.pop()


def _ends(label: Label, held: Label) -> bool:
    """Does a label close a list that is open? Its own style does, and what stands above it."""
    if label.style == held.style:
        return label.style != "multi" or len(label.numbers) <= len(held.numbers)
    if label.bullet or held.bullet:
        return False
    if label.style == "number":
        return held.style in ("multi", "letter", "bracketed", "ordinal") and label.numbers != (1,)
    return held.rank >= _CLOSES_FROM.get(label.style, _NEVER)


_NEVER = 99
# The rank from which on an open list ends where a label of the style begins.
_CLOSES_FROM = {"part": 1, "chapter": 2, "section": 3, "upper": 4, "article": 3, "roman": 6}


def _settle(letter: Letter, items: Sequence[_Item]) -> None:
    """Give the paragraphs without a label their place, and everybody their children."""
    following = _following(items)
    for place, item in enumerate(items):
        if item.label is None:
            _seat(letter, item, items[:place], following[place])
        if item.parent:
            item.parent.children.append(item)


def _following(items: Sequence[_Item]) -> list[_Item | None]:
    """For each item the next numbered one after it."""
    found: list[_Item | None] = []
    ahead: _Item | None = None
    for item in reversed(items):
        found.append(ahead)
        if item.label and not item.bullet:
            ahead = item
    return found[::-1]


def _seat(letter: Letter, item: _Item, before: Sequence[_Item], ahead: _Item | None) -> None:
    """Seat one paragraph without a label."""
    last = next((one for one in reversed(before) if one.label), None)
    if last is None:
        item.place = "opening" if ahead else "body"
        return
    heading = next((one for one in last.line() if _is_open_heading(letter, one)), None)
    if heading and (before[-1] is heading or ahead or not _is_closing(letter, item)):
        item.parent = heading
    elif ahead is None:
        item.parent = _still_inside(letter, item, last, before)
        item.place = "" if item.parent else "closing"
    else:
        item.parent = _sibling_before(last, ahead)
        item.place = "" if item.parent else "body"


def _still_inside(
    letter: Letter, item: _Item, last: _Item, before: Sequence[_Item]
) -> _Item | None:
    """The clause that a paragraph after the last list still belongs to; None: it closes."""
    if _is_closing(letter, item) or any(one.place == "closing" for one in before):
        return None
    numbered = next((one for one in last.line() if not one.bullet), None)
    return numbered if last.bullet else (numbered.parent if numbered else None)


def _is_open_heading(letter: Letter, item: _Item) -> bool:
    """Does the clause only announce what stands below it, so far only plain paragraphs?"""
    if any(child.label for child in item.children):
        return False
    if item.bullet and letter.key[_own_start(item) : _own_start(item) + 1].islower():
        # A mark beside the text, or a point of a list; a heading begins with a capital.
        return False
    return is_heading(letter, Span(_own_start(item), item.end))


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


def _is_closing(letter: Letter, item: _Item) -> bool:
    """Does the last part of a letter begin here?"""
    return is_closing(letter, Span(item.paragraph.start, item.paragraph.end))


def _sibling_before(last: _Item, ahead: _Item) -> _Item | None:
    """Of the clauses that are open, the one beside which the next numbered clause stands."""
    for one in last.line():
        if one is ahead.parent:
            return one
        if not one.bullet and one.parent is ahead.parent:
            return one
    return None


def _own_start(item: _Item) -> int:
    return item.label.end if item.label else item.paragraph.start


def _clauses(
    letter: Letter, section: Section, items: Sequence[_Item], prefix: str
) -> Iterator[Clause]:
    """The items as clauses, ids given in reading order."""
    ids: dict[int, str] = {}
    counts: dict[str, int] = {}
    ends = _ends_of(items, section.end)
    for place, item in enumerate(items):
        parent = ids.get(id(item.parent)) if item.parent else None
        ids[id(item)] = name = _id(item, parent, prefix, counts)
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


def _own(letter: Letter, item: _Item) -> Span:
    """The words of the paragraph without its label."""
    start, end = _own_start(item), item.end
    while start < end and letter.text[start].isspace():
        start += 1
    return Span(start, end)


def _ends_of(items: Sequence[_Item], end: int) -> list[int]:
    """Where each item's span ends: before the next one that does not stand under it."""
    ends = [end] * len(items)
    open_items: list[int] = []
    for place, item in enumerate(items):
        above = {id(one) for one in item.line()}
        while open_items and id(items[open_items[-1]]) not in above:
            ends[open_items.pop()] = item.paragraph.start - 1
        open_items.append(place)
    return ends


def _id(item: _Item, parent: str | None, prefix: str, counts: dict[str, int]) -> str:
    base = parent or prefix
    if item.label is None or item.bullet:
        root = base if parent else ".".join(filter(None, (prefix, item.place or "body")))
        counts[root] = counts.get(root, 0) + 1
        return f"{root}-{counts[root]}"
    name = _stripped(item.label)
    above = item.parent.label if item.parent else None
    if item.label.style == "multi" and above and name.startswith(_stripped(above) + "."):
        name = name[len(_stripped(above)) + 1 :]
    return f"{base}.{name}" if base else name


def _stripped(label: Label) -> str:
    """The label without its marks: "a)" → "a", "Điều 2." → "Đ2"."""
    if label.style == "multi":
        return ".".join(str(number) for number in label.numbers)
    if label.style == "roman" and (label.slip or label.misread):
        return _as_roman(label.numbers[0])
    if label.slip and label.style == "letter":
        return _ALPHABET[label.numbers[0] - 1]
    if label.style == "ordinal" or (label.style == "number" and label.misread):
        return str(label.numbers[0])
    if label.style in _ID_MARKS or (label.slip and label.style == "number"):
        return _ID_MARKS.get(label.style, "") + str(label.numbers[0])
    return label.text.strip(" .:)/-(}],;")


def _as_roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", *["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"])[ones]


def _with_unique_ids(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """A list that restarts without a new heading gets a mark of its own: "2", "2'2"."""
    seen: dict[str, int] = {}
    renamed: dict[str, str] = {}
    unique: list[Clause] = []
    for clause in clauses:
        parent = renamed.get(clause.parent, clause.parent) if clause.parent else None
        name = clause.id
        if clause.parent and parent != clause.parent and name.startswith(clause.parent):
            name = f"{parent}{name[len(clause.parent) :]}"
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name}'{seen[name]}"
        renamed[clause.id] = name
        unique.append(clause._replace(id=name, parent=parent))
    return tuple(unique)
