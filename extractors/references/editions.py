"""Which row of the catalogue is the document cited, and which edition was in force?"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from extractors.catalogue import Entry, catalogue
from extractors.references.mentions import Mention
from schemas.reference import Resolved


@lru_cache(maxsize=1024)
def entries_of(number: str | None, law: str | None, kind: str | None) -> tuple[Entry, ...]:
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


def edition_of(
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


def resolved_by(entry: Entry | None) -> Resolved | None:
    """What the catalogue says; a date that no source shows is not told."""
    if entry is None:
        return None
    issued = entry.issued if entry.dated else None
    return Resolved(number=entry.number, title=entry.name, issued=issued, source="catalogue")


def _one(entries: Iterable[Entry]) -> Entry | None:
    found = tuple(entries)
    return found[0] if len(found) == 1 else None
