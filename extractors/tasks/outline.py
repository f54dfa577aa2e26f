"""The clauses of a letter as a tree, each knowing what stands under it."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.clauses import is_heading
from extractors.tasks.labelled import Part, read_label_clause
from schemas.letter import Letter
from schemas.task import Clause


@dataclass(frozen=True, slots=True)
class Node:
    """A clause, what stands under it, and the labelled clauses it is made of.

    `parts` not empty: the paragraph is a small labelled clause ("Thời gian: …") and no duty.
    """

    clause: Clause
    children: "tuple[Node, ...]"
    parts: tuple[Part, ...]
    heading: bool

    @property
    def id(self) -> str:
        return self.clause.id

    @property
    def labelled(self) -> bool:
        """Has it a number, a letter or a bullet?"""
        return bool(self.clause.style)

    @property
    def bullet(self) -> bool:
        return self.clause.style in ("-", "+")

    def duties_below(self) -> "tuple[Node, ...]":
        """The children that are no small labelled clauses."""
        return tuple(child for child in self.children if not child.parts)

    def clauses_below(self) -> tuple[Part, ...]:
        """The small labelled clauses directly under it."""
        return tuple(part for child in self.children for part in child.parts)


def outline(letter: Letter, clauses: Sequence[Clause]) -> tuple[Node, ...]:
    """The outermost clauses with all that stands under them."""
    below: dict[str | None, list[Clause]] = {}
    for clause in clauses:
        below.setdefault(clause.parent, []).append(clause)
    return _nodes(letter, below, None)


def _nodes(
    letter: Letter, below: dict[str | None, list[Clause]], parent: str | None
) -> tuple[Node, ...]:
    return tuple(_node(letter, below, clause) for clause in below.get(parent, ()))


def _node(letter: Letter, below: dict[str | None, list[Clause]], clause: Clause) -> Node:
    children = _nodes(letter, below, clause.id)
    parts = read_label_clause(letter, clause.own)
    if parts and all(part.words.end <= part.words.start for part in parts) and children:
        parts = ()
    return Node(clause, children, parts, is_heading(letter, clause.own))
