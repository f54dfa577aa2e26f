"""The clauses of a letter as a tree, each knowing what stands under it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.clauses import is_heading
from extractors.tasks.labelled import Labelled, Part, take_apart
from extractors.tasks.titled import titled_parts
from schemas.letter import Letter
from schemas.task import Clause


@dataclass(frozen=True, slots=True)
class Node:
    """A clause, what stands under it, and the labelled clauses it is made of.

    `parts` not empty: the paragraph is a small labelled clause ("Thời gian: …") and no duty.
    `taken`: its own words taken apart into a duty's and labelled clauses. `titled`: the label
    stands alone in the clause and what it labels in the points below ("2. Cơ quan chủ trì").
    """

    clause: Clause
    children: "tuple[Node, ...]"
    parts: tuple[Part, ...]
    heading: bool
    taken: Labelled
    titled: bool = False

    @property
    def id(self) -> str:
        """The clause's id."""
        return self.clause.id

    @property
    def labelled(self) -> bool:
        """Has it a number, a letter or a bullet?"""
        return bool(self.clause.style)

    @property
    def bullet(self) -> bool:
        """Is it a bullet?"""
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
    return _with_their_clauses([_node(letter, below, clause) for clause in below.get(parent, ())])


def _with_their_clauses(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Labelled clauses written beside the duties they belong to, put under them.

    Where clauses follow more than one duty, each run of them belongs to the duty before it;
    one run at the end of several duties belongs to all of them and is left beside them.
    """
    runs = [place for place, node in enumerate(nodes)
            if node.parts and place and not nodes[place - 1].parts]  # fmt: skip
    duties = [node for node in nodes if not node.parts]
    if not runs or (len(runs) == 1 and len(duties) > 1):
        return tuple(nodes)
    grouped: list[Node] = []
    for node in nodes:
        if node.parts and grouped and not grouped[-1].parts:
            held = grouped[-1]
            grouped[-1] = replace(held, children=(*held.children, node))
        else:
            grouped.append(node)
    return tuple(grouped)


def _node(letter: Letter, below: dict[str | None, list[Clause]], clause: Clause) -> Node:
    children = _nodes(letter, below, clause.id)
    titled = _titled(letter, clause, children)
    if titled:
        return Node(clause, (), titled, False, Labelled((), titled), titled=True)
    taken = take_apart(letter, clause.own)
    parts = () if taken.texts else taken.parts
    if parts and all(part.words.end <= part.words.start for part in parts) and children:
        parts = ()
    heading = is_heading(letter, clause.own) or _heads_points(letter, clause, children)
    return Node(clause, children, parts, heading, taken)


def _titled(letter: Letter, clause: Clause, children: Sequence[Node]) -> tuple[Part, ...]:
    """The labelled clauses told below a title, or below the titles that stand under it."""
    if children and all(child.titled for child in children):
        return tuple(part for child in children for part in child.parts)
    if any(child.children or child.parts for child in children):
        return ()
    return titled_parts(letter, clause.own, [child.clause.own for child in children])


def _heads_points(letter: Letter, clause: Clause, children: Sequence[Node]) -> bool:
    """A paragraph of any length that ends no sentence and has numbered ones below it."""
    words = letter.key[slice(*clause.own)].rstrip()
    ends = words.endswith((".", ";", "!", "?", "./"))
    return not ends and any(child.labelled and not child.bullet for child in children)
