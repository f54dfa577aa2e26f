"""The choosing story: which clauses are duties, which only head others, which are neither?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.clauses import is_bold
from extractors.parties import Home
from extractors.sections import is_closing, section_rule
from extractors.tasks.addressees import addressees
from extractors.tasks.context import Context, Place
from extractors.tasks.directive import read_assignment
from extractors.tasks.duty import make_duty
from extractors.tasks.genre import genre_of, issuer_key
from extractors.tasks.headed import under_headings
from extractors.tasks.headings import time_announced, time_of_heading, timed_by
from extractors.tasks.labelled import Part, of_field
from extractors.tasks.outline import Node, outline
from extractors.tasks.owner_first import (
    heading_owners,
    owner_by_place,
    owners_beside,
    owners_inline,
)
from extractors.tasks.prose import Reading
from extractors.tasks.segments import is_duty, segments
from extractors.tasks.sentences import sentences
from extractors.tasks.verbs import announces
from schemas.letter import Letter, Span
from schemas.task import Claim, Clause, Duty, Layout

_LAST_SENTENCES = 3


def prose_duties(letter: Letter, clauses: Sequence[Clause], home: Home) -> Iterator[Duty]:
    """The duties of body and annexes outside tables."""
    walk = _Walk(letter, Reading(letter, home), issuer_key(home))
    nodes = outline(letter, clauses)
    asked = addressees(letter)
    for section in letter.sections:
        inside = [one for one in nodes if section.start <= one.clause.span.start < section.end]
        if inside:
            start = Context(genre=genre_of(letter, section), addressees=asked)
            yield from walk.duties(inside, start)


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk through the outline, from the outermost clauses to the innermost."""

    letter: Letter
    reading: Reading
    issuer: str | None
    known: dict[str, tuple[Claim, ...]] = field(default_factory=dict)

    def duties(self, nodes: Sequence[Node], context: Context) -> Iterator[Duty]:
        """The duties of clauses that stand side by side."""
        nodes = under_headings(self.letter, nodes, self._owners_of)
        context = _with_section_wide(nodes, context)
        beside = owners_beside(nodes, self._owners_of)
        inline = owners_inline(self.reading, nodes)
        context = context._replace(owners_beside=beside, owners_inline=inline)
        labelled = [node for node in nodes if node.labelled]
        last = labelled[-1] if len(labelled) > 1 else None
        for node in nodes:
            if not node.parts:
                context = self._still(node, context)
                yield from self._of_node(node, _fitting(node, context), node is last)
                context = self._announced(node, context)

    def _still(self, node: Node, context: Context) -> Context:
        """Owners of paragraphs without labels own them up to a label or the closing words."""
        open_ = context.unnumbered or context.announced
        if open_ and (node.labelled or is_closing(self.letter, node.clause.own)):
            return context._replace(unnumbered=False, announced=False)
        return context

    def _of_node(self, node: Node, context: Context, last: bool) -> Iterator[Duty]:
        """The duties of one clause and of what stands under it. `last`: no section follows."""
        rule = section_rule(self.letter, node.clause.own) if self._may_head(node) else None
        if rule:
            mode = rule.value.get("last", rule.value["duties"]) if last else rule.value["duties"]
            context = context._replace(mode=str(mode), section=str(rule.value["kind"]))
        if context.mode == "none" or context.genre == "none":
            return
        if not node.duties_below():
            yield from self._paragraph(node, context)
        elif rule and not self._owners_of(node):
            yield from self.duties(node.children, self._headed(node, context))
        else:
            yield from self._branch(node, context)

    def _may_head(self, node: Node) -> bool:
        """Can the clause be the title of a section?"""
        if not node.heading:
            return False
        return node.labelled or bool(node.children) or is_bold(self.letter, node.clause.own)

    def _branch(self, node: Node, context: Context) -> Iterator[Duty]:
        """A clause that heads others: it names their owner, is itself a duty, or only groups."""
        claims = self._owners_of(node)
        if not claims and context.owners_beside:
            claims = owner_by_place(self.letter, node)
        if claims:
            yield from self.duties(node.children, self._owned(node, context, claims))
            return
        own = list(self._paragraph(node, context, head=True))
        below = self._headed(node, context)
        if own and own[0].owners:  # its times are those of the duty itself
            below = self._owned(node, context, _passed_on(node, own[0]))
            below = below._replace(times=context.times)
        detailed = bool(own) and not (node.heading and own[0].rule == "inherited")
        children = list(self.duties(node.children, below._replace(below_duty=detailed)))
        yield from self._with_list(node, context, own, children)

    def _with_list(
        self, node: Node, context: Context, own: list[Duty], children: list[Duty]
    ) -> list[Duty]:
        """A duty over a list that is no list of duties takes the list into its words."""
        if children:
            return [*own, *children]
        own = own or list(self._paragraph(node, context))
        if not own:
            return []
        lists = tuple(child.clause.own for child in node.duties_below())
        span = Span(own[0].span.start, max(one.end for one in lists))
        return [replace(own[0], texts=(*own[0].texts, *lists), span=span), *own[1:]]

    def _owners_of(self, node: Node) -> tuple[Claim, ...]:
        if node.id not in self.known:
            self.known[node.id] = heading_owners(self.reading, node)
        return self.known[node.id]

    def _headed(self, node: Node, context: Context) -> Context:
        own = node.clause.own
        headed = context._replace(heading=self.letter.text[slice(*own)].rstrip(" :./"))
        time = time_of_heading(self.letter, node.id, own) if node.heading else None
        return headed._replace(times=(time, *context.times)) if time else headed

    def _owned(self, node: Node, context: Context, claims: tuple[Claim, ...]) -> Context:
        named = node.labelled or node.clause.parent or claims[0].rule == "heading"
        layout: Layout = "owner_first" if named else "directive"
        below = self._headed(node, context)
        time = timed_by(self.letter, node.id, node.clause.own, claims[0].span.start)
        times = (time, *context.times)
        return below._replace(owners=claims, times=times, layout=layout, mode="all")

    def _announced(self, node: Node, context: Context) -> Context:
        """What a paragraph that ends with a colon says for the clauses after it: whom it asks,
        or only that it asks."""
        if node.labelled or node.children or not node.heading:
            return context
        own = node.clause.own
        prose = self.reading.prose(*own)
        for sentence in reversed(sentences(prose)[-_LAST_SENTENCES:]):
            given = read_assignment(prose, sentence, loose=False)
            if given and given.leads:
                claim = Claim(given.leads, "lead", node.id, False, None, given.rule)
                return context._replace(
                    owners=(claim,),
                    times=(timed_by(self.letter, node.id, sentence, given.at), *context.times),
                    layout="directive",
                    mode="all",
                    unnumbered=True,
                )
        if not announces(self.letter, own):
            return context
        times = time_announced(self.letter, node.id, own)
        return context._replace(mode="all", announced=True, times=(*times, *context.times))

    def _paragraph(self, node: Node, context: Context, head: bool = False) -> Iterator[Duty]:
        """The duties that a paragraph's own sentences hold; a title in capitals holds none."""
        if self.letter.text[slice(*node.clause.own)].isupper():
            return
        taken = node.taken
        place = Place(node, context, (*taken.parts, *node.clauses_below()), head)
        own = taken.texts[0] if taken.texts else node.clause.own
        prose = self.reading.prose(*own)
        cut = segments(prose, node, context, self.issuer)
        held = [segment for segment in cut if is_duty(prose, segment, place)]
        for nth, segment in enumerate(held):
            duty = make_duty(prose, segment, place)
            if duty:
                yield replace(duty, id=_id(node, nth, len(held)))


def _id(node: Node, nth: int, count: int) -> str:
    """The clause's id; the second duty of one paragraph and so on get a figure more."""
    if count == 1 or (nth == 0 and node.labelled and not node.bullet):
        return node.id
    return f"{node.id}.{nth + 1}"


def _fitting(node: Node, context: Context) -> Context:
    """Owners announced in the opening own what it announces, not the closing prose."""
    headed = context.unnumbered or context.layout == "owner_first"
    if node.clause.parent is None and not node.labelled and not headed:
        return context._replace(owners=(), mode="named")
    return context


def _passed_on(node: Node, duty: Duty) -> tuple[Claim, ...]:
    return tuple(
        claim if claim.inherited_from else claim._replace(inherited_from=node.id)
        for claim in duty.owners
    )


def _with_section_wide(nodes: Sequence[Node], context: Context) -> Context:
    """Owners and times that stand beside the clauses hold for all of them."""
    parts = [part for node in nodes for part in node.parts] or _under_the_last(nodes)
    if not parts or any(part.field in ("other", "clock") for part in parts):
        return context
    source = nodes[0].clause.parent or "letter"
    times = tuple(part.claim(source) for part in of_field(parts, "time"))
    owners = tuple(part.claim(source) for part in of_field(parts, "owner"))
    return context._replace(
        times=times or context.times,
        owners=owners or context.owners,
        layout="labelled" if owners else context.layout,
        mode="all" if owners else context.mode,
    )


def _under_the_last(nodes: Sequence[Node]) -> list[Part]:
    """Clauses under the last of several numbered duties, none of which has its own: they hold
    for all ("3.1. …", "3.2. …", "- Cơ quan thực hiện: …", then "4. …")."""
    *before, last = nodes
    numbered = all(node.labelled and not node.bullet for node in nodes)
    told = any(node.clauses_below() or _lists(node) for node in before)
    if not before or not numbered or told:
        return []
    parts = list(last.clauses_below())
    return parts if of_field(parts, "owner") and of_field(parts, "time") else []


def _lists(node: Node) -> bool:
    return any(child.labelled for child in node.children)
