"""Which document is it: by the letter's own words, and by the catalogue?"""

from datetime import date
from typing import NamedTuple

from extractors.catalogue import Entry
from extractors.references.editions import edition_of, entries_of, resolved_by
from extractors.references.identifiers import has_year, identifier
from extractors.references.kinds import kind_named, kind_of, slug_of
from extractors.references.mentions import Mention
from extractors.references.told import Told, is_named
from schemas.reference import Kind, Resolved


class Identity(NamedTuple):
    """What a citation stands for: the facts told anywhere in the letter, and the document."""

    number: str | None
    issued: date | None
    title: str | None
    kind: Kind | None
    canonical: str | None
    resolved: Resolved | None
    candidates: tuple[str, ...]


def identify(mention: Mention, told: Told, issued: date | None) -> Identity | None:
    """The document that the citation stands for; None where it looks back to nothing.

    `issued`: the letter's own date, which decides between laws that share a title.
    """
    if not is_named(mention):
        earlier = told.before(mention)
        return _looked_back(identify(earlier, told, issued)) if earlier else None
    number, day = told.number(mention), told.issued(mention)
    if mention.rule == "number.again" and number == mention.sequence:
        return None
    entries = entries_of(number, mention.law, mention.kind.name if mention.kind else None)
    entry = edition_of(entries, mention, day, issued)
    kind = _kind(mention, number) or (kind_named(entry.kind) if entry else None)
    return Identity(
        number,
        day,
        told.title(mention),
        kind,
        _canonical(number, kind, day, entry),
        resolved_by(entry) or _told_elsewhere(mention, number, day, told.title(mention)),
        () if entry else tuple(candidate.number for candidate in entries),
    )


def _kind(mention: Mention, number: str | None) -> Kind | None:
    """The kind as cited; of a bare number that the letter completes, as its whole number says."""
    if mention.kind is None or number is None or number in (mention.number, mention.sequence):
        return mention.kind
    return kind_of(number, mention.kind.name)


def _looked_back(found: Identity | None) -> Identity | None:
    """The same document, resolved by the letter where the catalogue does not know it."""
    if found is None or found.resolved is not None:
        return found
    by_letter = Resolved(number=found.number, title=found.title, issued=found.issued,
                         source="letter")  # fmt: skip
    return found._replace(resolved=by_letter)


def _told_elsewhere(
    mention: Mention, number: str | None, day: date | None, title: str | None
) -> Resolved | None:
    """By the letter: its number stands whole at another citation."""
    if mention.number or number is None or number == mention.sequence:
        return None
    return Resolved(number=number, title=title, issued=day, source="letter")


def _canonical(
    number: str | None, kind: Kind | None, day: date | None, entry: Entry | None
) -> str | None:
    """The identifier. A number with its year needs no date; any other is nothing without one."""
    number = entry.number if entry else number
    slug = slug_of(number, kind) if number else None
    if number is None or slug is None or number.isdigit():
        return None
    day = day or (entry.issued if entry and entry.dated else None)
    return identifier(slug, number, day) if day or has_year(number) else None
