"""Which paragraphs without a number head those after them, as owner or as topic?

"Sở Tài chính" alone in a line, then points with dashes, then "Sở Y tế": the outline, which
follows numbers, sees them side by side.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.clauses import is_bold
from extractors.sections import is_closing
from extractors.tasks.outline import Node
from extractors.tasks.owner_first import trimmed
from extractors.tasks.verbs import announces, piece
from schemas.letter import Letter, Span
from schemas.task import Claim

OwnersOf = Callable[[Node], tuple[Claim, ...]]

_LONGEST_TITLE = 100
_FEWEST_TITLES = 2


def under_headings(letter: Letter, nodes: Sequence[Node], owners_of: OwnersOf) -> tuple[Node, ...]:
    """Clauses side by side, those that follow a heading without a number put under it."""
    titles = {place for place, node in enumerate(nodes) if _is_title(letter, nodes, place)}
    told = len(titles) >= _FEWEST_TITLES or any(is_bold(letter, nodes[place].clause.own)
                                                for place in titles)  # fmt: skip
    heads = [
        place
        for place, node in enumerate(nodes)
        if (told and place in titles)
        or (_names_owner(letter, node, owners_of) and not _decides(letter, nodes, place))
    ]
    return _grouped(letter, nodes, heads)


def _grouped(letter: Letter, nodes: Sequence[Node], heads: Sequence[int]) -> tuple[Node, ...]:
    grouped: list[Node] = []
    place = 0
    while place < len(nodes):
        last = _scope(letter, nodes, place, heads) if place in heads else place
        below = tuple(nodes[place + 1 : last + 1])
        grouped.append(replace(nodes[place], children=below) if below else nodes[place])
        place = last + 1
    return tuple(grouped)


def _is_plain(node: Node) -> bool:
    return not (node.labelled or node.children or node.parts)


def _is_title(letter: Letter, nodes: Sequence[Node], place: int) -> bool:
    """Is a paragraph short, without an end mark, and followed by whole sentences?"""
    node, own = nodes[place], nodes[place].clause.own
    words = letter.text[slice(*own)].rstrip()
    if not _is_plain(node) or not node.heading or len(words) > _LONGEST_TITLE:
        return False
    if not (words[:1].isupper() and words[-1:].isalnum()) or words.isupper():
        return False
    after = nodes[place + 1] if place + 1 < len(nodes) else None
    return bool(after and _is_plain(after) and not after.heading)


def _names_owner(letter: Letter, node: Node, owners_of: OwnersOf) -> bool:
    """Is the paragraph nothing but the name of an owner, or that it is charged ("… có trách
    nhiệm:")?"""
    if not (_is_plain(node) and node.heading) or announces(letter, node.clause.own):
        return False
    own = trimmed(letter, *node.clause.own)
    charged = piece("responsible").search(letter.key, *own)
    named = Span(own.start, charged.start()) if charged else own
    return any(
        claim.rule == "heading" and claim.span == trimmed(letter, *named)
        for claim in owners_of(node)
    )


def _decides(letter: Letter, nodes: Sequence[Node], place: int) -> bool:
    """ "BỘ TRƯỞNG BỘ Y TẾ" above the grounds of a decision: who decides, no owner."""
    after = nodes[place + 1] if place + 1 < len(nodes) else None
    plain = after is None or not after.labelled
    return plain and letter.text[slice(*nodes[place].clause.own)].isupper()


def _scope(letter: Letter, nodes: Sequence[Node], head: int, heads: Sequence[int]) -> int:
    """The place of the last clause under the heading at `head`; `head` where none is.

    The points of one list, or plain paragraphs up to a list's end; never past another heading
    or the closing words.
    """
    last, style = head, None
    for place in range(head + 1, len(nodes)):
        node = nodes[place]
        if place in heads or not _stands_under(letter, node):
            break
        if style and node.clause.style != style:
            break
        last, style = place, node.clause.style or style
    return last


def _stands_under(letter: Letter, node: Node) -> bool:
    return node.labelled or not (node.heading or is_closing(letter, node.clause.own))
