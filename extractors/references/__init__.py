"""What does a letter cite, and which document or provision is that?

The story: numbers and titles are found (`numbers`, `titles`), their surroundings are read
(`surroundings`, `provisions`), and each citation is told apart or known again by the letter's own
words and by the catalogue (`mentions`, `resolution`, `identifiers`).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from extractors.references.mentions import Mention, find_mentions
from extractors.references.resolution import Identity, identify
from extractors.references.told import Told
from schemas.letter import Letter, Span
from schemas.reference import Provision, Reference


def find_references(
    letter: Letter,
    *,
    issued: date | None = None,
    own_number: str | None = None,
    bases: Sequence[Span] = (),
) -> tuple[Reference, ...]:
    """Every document that the letter cites, r1, r2, … in reading order.

    A document cited again in the same paragraph is one reference. `issued`: the letter's own date,
    which decides between laws that share a title; `own_number`: never a reference; `bases`: the
    spans of the preamble (Căn cứ, Thực hiện).
    """
    mentions = find_mentions(letter, own_number, bases)
    told = Told(mentions)
    known = ((mention, identify(mention, told, issued)) for mention in mentions)
    groups = _gathered((mention, identity) for mention, identity in known if identity)
    return tuple(
        _reference(letter, f"r{count}", group, identity)
        for count, (group, identity) in enumerate(groups, start=1)
    )


def _gathered(
    known: Iterable[tuple[Mention, Identity]],
) -> list[tuple[list[Mention], Identity]]:
    """The citations of one document in one paragraph, together."""
    groups: dict[tuple[object, ...], tuple[list[Mention], Identity]] = {}
    for mention, identity in known:
        name = identity.number or identity.title
        kind = identity.kind.code if identity.kind else None
        key = (mention.paragraph, name, kind, identity.issued)
        groups.setdefault(key, ([], identity))[0].append(mention)
    return list(groups.values())


def _reference(letter: Letter, id: str, group: list[Mention], identity: Identity) -> Reference:
    first = group[0]
    return Reference(
        id=id,
        kind=identity.kind,
        number=identity.number,
        issued=identity.issued,
        issuer=next((mention.issuer for mention in group if mention.issuer), None),
        title=identity.title or next((mention.title for mention in group if mention.title), None),
        provisions=_provisions(group),
        canonical=identity.canonical,
        resolved=identity.resolved,
        candidates=identity.candidates,
        role=first.role,
        quote=letter.quote(first.start, first.end),
        rule=first.rule,
    )


def _provisions(group: list[Mention]) -> tuple[Provision, ...]:
    """All provisions told in the group, each once."""
    return tuple(dict.fromkeys(place for mention in group for place in mention.provisions))
