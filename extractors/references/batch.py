"""Which cited letter lies in the same batch?

A citation names a letter of the batch when number and date of issue are the same, or the number
alone where it holds its year. Two letters of the batch with that number and date (two provinces
number alike) leave the citation as it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from extractors.references.identifiers import has_year, identifier
from extractors.references.kinds import slug_of
from schemas.program import LetterFacts, Program
from schemas.reference import Reference, Resolved


class BatchLetter(NamedTuple):
    """A letter of the batch: what a citation of it would say, and its file."""

    number: str
    issued: date | None
    subject: str | None
    file: str


Batch = Mapping[str, tuple[BatchLetter, ...]]
"""The letters by number, in capitals."""


def letters_of(programs: Iterable[Program]) -> Batch:
    """The letters that citations may name: those with a whole number."""
    letters: defaultdict[str, list[BatchLetter]] = defaultdict(list)
    for program in programs:
        number = program.letter.number
        if number is not None and number.canonical[:1].isdigit():
            letter = BatchLetter(
                number.canonical, program.letter.issued, program.letter.subject, program.source.name
            )
            letters[number.canonical.upper()].append(letter)
    return {number: tuple(found) for number, found in letters.items()}


def resolve_in_batch(program: Program, batch: Batch) -> Program:
    """The program with each citation of a letter of the batch resolved to it."""
    references = tuple(_resolved(reference, batch) for reference in program.references)
    if references == program.references:
        return program
    return Program(**{**dict(program), "references": references})


def without_batch(program: Program) -> Program:
    """The program as its letter alone tells it: citations resolved by a batch are open again."""
    references = tuple(
        Reference(**{**dict(reference), "resolved": None})
        if reference.resolved and reference.resolved.source == "batch"
        else reference
        for reference in program.references
    )
    return Program(**{**dict(program), "references": references})


def named_in_batch(number: str, issued: date | None, batch: Batch) -> BatchLetter | None:
    """The one letter of the batch that a citation by this number and date names."""
    alike = batch.get(number.upper(), ())
    found = [letter for letter in alike if _is_named(issued, letter)]
    return found[0] if len(found) == 1 else None


def letter_identifier(letter: LetterFacts) -> str | None:
    """The canonical identifier of a letter itself, as its citations have it."""
    number = letter.number.canonical if letter.number else ""
    slug = slug_of(number, letter.kind) if number[:1].isdigit() else None
    if slug is None or (letter.issued is None and not has_year(number)):
        return None
    return identifier(slug, number, letter.issued)


def _resolved(reference: Reference, batch: Batch) -> Reference:
    letter = named_in_batch(reference.number or "", reference.issued, batch)
    if letter is None:
        return reference
    resolved = Resolved(
        number=letter.number, title=letter.subject, issued=letter.issued, source="batch"
    )
    return Reference(**{**dict(reference), "resolved": resolved})


def _is_named(issued: date | None, letter: BatchLetter) -> bool:
    if issued is None or letter.issued is None:
        return has_year(letter.number)
    return issued == letter.issued
