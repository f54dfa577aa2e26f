"""Which facts of the letterhead are right?"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.score.likeness import exact, same_name, same_text
from pipeline.score.references import distinct, same_document, say_gold, say_reference
from pipeline.score.tally import Counting, paired
from schemas.gold import Gold, GoldLetter, GoldReference
from schemas.program import LetterFacts, Program


def count_letterhead(card: Counting, gold: Gold, program: Program) -> None:
    """Count every fact about the letter as a whole."""
    truth, letter = gold.letter, program.letter
    for fact in _facts(truth, letter):
        card.single(*fact)
    addressees = [party.text for party in letter.addressees]
    card.names("addressees", truth.addressees, addressees, same_name)
    signatories = [f"{s.name} {s.position}" for s in letter.signatories]
    signed = [f"{s.name} {s.position}" for s in truth.signatories]
    card.names("signatories", signed, signatories, same_text)
    cited = {reference.id: reference for reference in program.references}
    bases = distinct(cited[key] for key in letter.bases if key in cited)
    wanted = [GoldReference(doc=doc) for doc in truth.bases]
    card.count("bases", paired(wanted, bases, same_document), (say_gold, say_reference))


class _Fact(NamedTuple):
    """A field, what gold has, what the program has, and when both are the same."""

    field: str
    truth: str | None
    found: str | None
    same: Callable[[str, str], float]


def _facts(truth: GoldLetter, letter: LetterFacts) -> Iterator[_Fact]:
    """The facts that a letter has once or not at all."""
    number = letter.number.canonical if letter.number and letter.number.sequence else None
    issued = letter.issued.isoformat() if letter.issued else None
    issuer = letter.issuer.text if letter.issuer else None
    superior = letter.superior.text if letter.superior else None
    yield _Fact("kind", truth.kind, letter.kind.code if letter.kind else None, exact)
    yield _Fact("number", truth.number, number, exact)
    yield _Fact("issued", truth.issued, issued, exact)
    yield _Fact("place", truth.place, letter.place, same_text)
    yield _Fact("issuer", truth.issuer, issuer, same_name)
    yield _Fact("superior", truth.superior, superior, same_name)
    yield _Fact("subject", truth.subject, letter.subject, same_text)
