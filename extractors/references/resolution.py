"""Which document is it: by the letter's own words, and by the catalogue?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

from extractors.catalogue import Entry, catalogue
from extractors.references.identifiers import has_year, identifier
from extractors.references.mentions import Mention
from extractors.references.numbers import is_cut, kind_named, kind_of, slug_of
from schemas.reference import Kind, Resolved

K = TypeVar("K")
V = TypeVar("V")


class Identity(NamedTuple):
    """What a citation stands for: the facts told anywhere in the letter, and the document."""

    number: str | None
    issued: date | None
    title: str | None
    kind: Kind | None
    canonical: str | None
    resolved: Resolved | None
    candidates: tuple[str, ...]


class Told:
    """What the letter itself tells of the documents it cites, once for all their citations."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self.by_sequence = _sets(
            (m.sequence, (m.kind.name, m.number)) for m in mentions if m.kind and m.number
        )
        self.numbers_told = {m.number for m in mentions if m.number}
        self.numbers_by_letters = _sets((n.replace("-", ""), n) for n in self.numbers_told)
        self.numbers = _sets((m.law, m.number) for m in mentions if m.law and m.number)
        self.dates = _sets((m.number or m.law, m.issued) for m in mentions if m.issued)
        self.years = _sets((m.law, m.year) for m in mentions if m.law and m.year)

    def number(self, mention: Mention) -> str | None:
        """The whole number: of "Nghị quyết 57" where 57-NQ/TW is cited, of a law told with it."""
        if mention.number:
            return self._continued(mention.number)
        if mention.sequence and mention.kind:
            return self._whole(mention.sequence, mention.kind.name) or mention.sequence
        number = _only(self.numbers.get(mention.law or ""))
        if number and mention.year and f"/{mention.year}/" not in number:
            return None
        return number

    def _continued(self, number: str) -> str:
        """The number as it stands elsewhere, whole: 45/2014/NĐ → 45/2014/NĐ-CP; NĐCP → NĐ-CP.

        Poor scans lose a joint or the end; only the letter's own words can tell.
        """
        longer = {told for told in self.numbers_told if is_cut(number) and told.startswith(number)}
        jointed = self.numbers_by_letters.get(number.replace("-", ""), set())
        better = {told for told in longer | jointed if told.count("-") > number.count("-")}
        return _only(better) or number

    def _whole(self, sequence: str, kind: str) -> str | None:
        """The number with that sequence; "Thông tư 09" may be a thông tư liên tịch."""
        told = self.by_sequence.get(sequence, set())
        alike = {number for name, number in told if name.startswith(kind)}
        exact = {number for name, number in told if name == kind}
        return _only(exact) or _only(alike)

    def issued(self, mention: Mention) -> date | None:
        """Its date of issue, told here or at another citation of the same document."""
        if mention.issued or mention.year:
            return mention.issued
        return _only(self.dates.get(self.number(mention) or mention.law))

    def title(self, mention: Mention) -> str | None:
        """The title; that of a law with its year, where one year is told anywhere."""
        if mention.law is None or mention.title is None or mention.issued:
            return mention.title
        year = mention.year or _only(self.years.get(mention.law))
        return f"{mention.title} năm {year}" if year else mention.title

    def before(self, mention: Mention) -> Mention | None:
        """The document that "Quyết định nói trên" looks back to: the last one of that kind."""
        for other in reversed(self.mentions):
            if other.start < mention.start and _is_named(other) and other.kind == mention.kind:
                return other
        return None


def identify(mention: Mention, told: Told, issued: date | None) -> Identity | None:
    """The document that the citation stands for; None where it looks back to nothing.

    `issued`: the letter's own date, which decides between laws that share a title.
    """
    if not _is_named(mention):
        earlier = told.before(mention)
        return _looked_back(identify(earlier, told, issued)) if earlier else None
    number, day = told.number(mention), told.issued(mention)
    if mention.rule == "number.again" and number == mention.sequence:
        return None
    entries = _entries(number, mention.law, mention.kind.name if mention.kind else None)
    entry = _chosen(entries, mention, day, issued)
    kind = _kind(mention, number) or (kind_named(entry.kind) if entry else None)
    return Identity(
        number,
        day,
        told.title(mention),
        kind,
        _canonical(number, kind, day, entry),
        _resolved(entry) or _told_elsewhere(mention, number, day, told.title(mention)),
        () if entry else tuple(candidate.number for candidate in entries),
    )


def _kind(mention: Mention, number: str | None) -> Kind | None:
    """The kind as cited; of a bare number that the letter completes, as its whole number says."""
    if mention.kind is None or number is None or number in (mention.number, mention.sequence):
        return mention.kind
    return kind_of(number, mention.kind.name)


def _is_named(mention: Mention) -> bool:
    return bool(mention.number or mention.sequence or mention.law)


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


@lru_cache(maxsize=1024)
def _entries(number: str | None, law: str | None, kind: str | None) -> tuple[Entry, ...]:
    """The rows of the catalogue that bear this number or, without one, this title."""
    if number is not None:
        return _of_kind(catalogue().numbered(number), kind)
    if law is not None:
        return _of_kind(catalogue().titled(law), kind)
    return ()


def _of_kind(entries: tuple[Entry, ...], kind: str | None) -> tuple[Entry, ...]:
    """Those of the kind cited; all where none is ("Luật Dân sự" is Bộ luật Dân sự)."""
    alike = tuple(entry for entry in entries if entry.kind.lower() == kind)
    return alike or entries


def _chosen(
    entries: tuple[Entry, ...], mention: Mention, day: date | None, letter_day: date | None
) -> Entry | None:
    """The one row that agrees with all the letter says; None where several or none do."""
    if day is not None:
        return _one(entry for entry in entries if _is_of(entry, day))
    if mention.year is not None:
        return _one(entry for entry in entries if entry.year == mention.year)
    if len(entries) > 1 and letter_day is not None:
        return _in_force(entries, letter_day)
    return _one(entry for entry in entries if not letter_day or _was_issued(entry, letter_day))


def _is_of(entry: Entry, day: date) -> bool:
    if entry.dated or entry.year is None:
        return entry.issued == day
    return entry.year == day.year


def _was_issued(entry: Entry, day: date) -> bool:
    return entry.year is None or entry.year <= day.year


@lru_cache(maxsize=1024)
def _in_force(entries: tuple[Entry, ...], day: date) -> Entry | None:
    """The version in force on that day; None while a newer one waits to take effect."""
    issued = [entry for entry in entries if _was_issued(entry, day)]
    if not issued or any(_is_waiting(entry, day) for entry in issued):
        return None
    return max(issued, key=lambda entry: (entry.year or 0, entry.number))


def _is_waiting(entry: Entry, day: date) -> bool:
    """Issued but not in force; a law without a proved date may wait until the second new year."""
    if entry.dated and entry.issued and entry.effective:
        return entry.issued <= day < entry.effective
    return entry.year is not None and entry.year > day.year - 2


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


def _resolved(entry: Entry | None) -> Resolved | None:
    """What the catalogue says; a date that no source shows is not told."""
    if entry is None:
        return None
    issued = entry.issued if entry.dated else None
    return Resolved(number=entry.number, title=entry.name, issued=issued, source="catalogue")


def _sets(pairs: Iterable[tuple[K, V]]) -> dict[K, set[V]]:
    sets: defaultdict[K, set[V]] = defaultdict(set)
    for key, value in pairs:
        sets[key].add(value)
    return sets


def _only(values: set[V] | None) -> V | None:
    """The one value; None where there is none or where they disagree."""
    return next(iter(values)) if values and len(values) == 1 else None


def _one(entries: Iterable[Entry]) -> Entry | None:
    found = tuple(entries)
    return found[0] if len(found) == 1 else None
