"""What does the letter itself tell of the documents it cites?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from extractors.references.kinds import is_cut
from extractors.references.mentions import Mention

K = TypeVar("K")
V = TypeVar("V")


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
        number = only(self.numbers.get(mention.law or ""))
        if number and mention.year and f"/{mention.year}/" not in number:
            return None
        return number

    def _continued(self, number: str) -> str:
        """The number as it stands elsewhere, whole: 45/2014/NĐ → 45/2014/NĐ-CP; NĐCP → NĐ-CP.

        Poor scans lose a joint or the end; only the letter's own words can tell.
        """
        known = self.numbers_told if is_cut(number) else ()
        longer = {told for told in known if told.startswith(number)}
        jointed = self.numbers_by_letters.get(number.replace("-", ""), set())
        better = {told for told in longer | jointed if told.count("-") > number.count("-")}
        return only(better) or number

    def _whole(self, sequence: str, kind: str) -> str | None:
        """The number with that sequence; "Thông tư 09" may be a thông tư liên tịch."""
        told = self.by_sequence.get(sequence, set())
        alike = {number for name, number in told if name.startswith(kind)}
        exact = {number for name, number in told if name == kind}
        return only(exact) or only(alike)

    def issued(self, mention: Mention) -> date | None:
        """Its date of issue, told here or at another citation of the same document."""
        if mention.issued or mention.year:
            return mention.issued
        return only(self.dates.get(self.number(mention) or mention.law))

    def title(self, mention: Mention) -> str | None:
        """The title; that of a law with its year, where one year is told anywhere."""
        if mention.law is None or mention.title is None or mention.issued:
            return mention.title
        year = mention.year or only(self.years.get(mention.law))
        return f"{mention.title} năm {year}" if year else mention.title

    def before(self, mention: Mention) -> Mention | None:
        """The document that "Quyết định nói trên" looks back to: the last one of that kind."""
        for other in reversed(self.mentions):
            if other.start < mention.start and is_named(other) and other.kind == mention.kind:
                return other
        return None


def is_named(mention: Mention) -> bool:
    """Whether a citation names its document, and does not look back to one."""
    return bool(mention.number or mention.sequence or mention.law)


def _sets(pairs: Iterable[tuple[K, V]]) -> dict[K, set[V]]:
    sets: defaultdict[K, set[V]] = defaultdict(set)
    for key, value in pairs:
        sets[key].add(value)
    return sets


def only(values: set[V] | None) -> V | None:
    """The one value; None where there is none or where they disagree."""
    return next(iter(values)) if values and len(values) == 1 else None
