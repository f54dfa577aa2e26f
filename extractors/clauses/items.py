"""A paragraph on its way to become a clause, and the lists that are open when it comes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.clauses.labels import Label
from schemas.letter import Paragraph


@dataclass(slots=True)
class Item:
    """A paragraph on its way to become a clause."""

    paragraph: Paragraph
    label: Label | None
    end: int
    parent: "Item | None" = None
    children: "list[Item]" = field(default_factory=list)
    place: str = ""

    @property
    def style(self) -> str:
        """The style of its label, "" without one."""
        return self.label.style if self.label else ""

    @property
    def bullet(self) -> bool:
        """Is it a bullet?"""
        return bool(self.label and self.label.bullet)

    def line(self) -> "Iterator[Item]":
        """The item and those it stands under, from the inside out."""
        item: Item | None = self
        while item is not None:
            yield item
            item = item.parent


def open_label(label: Label, stack: Sequence[Item]) -> Label | None:
    """The last label of the same style that is still open."""
    for item in reversed(stack):
        if item.label and item.label.style == label.style:
            return item.label
    return None


def place_under(item: Item, stack: list[Item]) -> None:
    """Put the item below the last open one that it can stand under."""
    label = item.label
    if label is None:
        return
    _close(label, stack)
    item.parent = stack[-1] if stack else None
    stack.append(item)


def _close(label: Label, stack: list[Item]) -> None:
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


def own_start(item: Item) -> int:
    """Where its words begin, after the label."""
    return item.label.end if item.label else item.paragraph.start
