"""A segment that is a duty, with what the letter says of its owners, times and products."""

from collections.abc import Sequence

from extractors.tasks.context import Context, Place, Segment
from extractors.tasks.labelled import Part, of_field
from extractors.tasks.outline import Node
from extractors.tasks.owner_first import trimmed
from extractors.tasks.prose import Prose
from extractors.tasks.statements import remainder
from extractors.tasks.verbs import piece
from schemas.letter import Letter, Span
from schemas.task import Claim, Duty, Layout

_LEADING = (None, "lead")


def make_duty(prose: Prose, segment: Segment, place: Place) -> Duty | None:
    """The duty; None where no words are left for it."""
    node, context, parts = place.node, place.context, place.parts
    text = _text(prose, segment, node)
    words = prose.letter.key[slice(*text)].strip(" .")
    if not words or piece("manner").fullmatch(words):
        return None
    funding = of_field(parts, "funding")
    contents = tuple(part.words for part in of_field(parts, "content"))
    return Duty(
        id=node.id,
        label=node.clause.label,
        parent=node.clause.parent,
        layout=_layout(segment, context, parts),
        # Under "- Nội dung: …" the point's own words are the title of the duty.
        heading=prose.letter.text[slice(*text)] if contents else context.heading,
        span=segment.span,
        texts=contents or paragraphs_of(prose.letter, text),
        owners=_owners(segment, context, parts),
        times=_times(segment, context, parts),
        products=tuple(part.words for part in of_field(parts, "product")),
        funding=funding[0].words if funding else None,
        rule=segment.given.rule if segment.given else "inherited",
    )


def _text(prose: Prose, segment: Segment, node: Node) -> Span:
    """The duty's words without the announcement of a list and without end marks."""
    end = segment.until or segment.span.end
    if node.heading and segment.given and end == prose.end:
        left = remainder(prose, segment.text, end)
        end = left.end if left.end > left.start else end
    text = trimmed(prose.letter, segment.text, end)
    if segment.given and piece("generic").fullmatch(prose.letter.key, text.start, text.end):
        # "triển khai thực hiện" says nothing without its party.
        return trimmed(prose.letter, segment.given.at, end)
    return text


def paragraphs_of(letter: Letter, text: Span) -> tuple[Span, ...]:
    """The words paragraph by paragraph, without a page number between two halves."""
    breaks = [one.start for one in letter.paragraphs_in(text.start + 1, text.end)]
    starts, ends = [text.start, *breaks], [*(at - 1 for at in breaks), text.end]
    spans = [Span(a, b) for a, b in zip(starts, ends, strict=True)]
    return tuple(one for one in spans if not letter.key[slice(*one)].strip(" -").isdigit())


def _layout(segment: Segment, context: Context, parts: Sequence[Part]) -> Layout:
    if of_field(parts, "owner"):
        return "labelled"
    if segment.given and segment.given.leads:
        return "owner_first" if segment.given.colon else "directive"
    return context.layout if context.owners else "labelled"


def _owners(segment: Segment, context: Context, parts: Sequence[Part]) -> tuple[Claim, ...]:
    """The owners its clauses and its own words name; who leads it from above where none of them
    says."""
    told = tuple(part.claim() for part in of_field(parts, "owner"))
    given = segment.given
    claims: list[Claim] = []
    if given and given.assigner:
        claims.append(Claim(given.assigner, "assigner", None, False, None, given.rule))
    if given and given.leads:
        claims.append(Claim(given.leads, "lead", None, False, None, given.rule))
    if (given and given.leads) or any(claim.role in _LEADING for claim in told):
        return (*told, *claims)
    if told:
        return (*told, *claims, *(one for one in context.owners if one.role in _LEADING))
    asked = context.addressees if given else ()
    return (*claims, *(context.owners or asked))


def _times(segment: Segment, context: Context, parts: Sequence[Part]) -> tuple[Claim, ...]:
    """Its time clauses, its own words, and the times it has from above where it has no clause."""
    told = tuple(part.claim() for part in parts if part.field in ("time", "clock"))
    prose = Claim(segment.span, None, None, False, None, "prose")
    return (*told, prose, *(() if told else context.times))
