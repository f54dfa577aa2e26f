"""Which citations are of the gold's documents, and of its provisions?"""

from collections.abc import Iterable, Sequence

from extractors.references.provisions import read_places
from pipeline.score.likeness import bare, exact, same_name
from pipeline.score.tally import Counting, Pair, paired
from schemas.gold import GoldReference
from schemas.reference import Provision, Reference


def count_references(
    card: Counting, truth: Sequence[GoldReference], found: Sequence[Reference]
) -> None:
    """Count the documents cited, and of each the provisions."""
    pairs = paired(truth, distinct(found), same_document)
    card.count("references", pairs, (say_gold, say_reference))
    for gold, reference in pairs:
        card.count("provisions", paired_provisions(gold, reference))


def distinct(references: Iterable[Reference]) -> list[Reference]:
    """One reference a document, the provisions of all its citations together."""
    documents: dict[str, Reference] = {}
    for reference in references:
        key = bare(reference.number or reference.title or reference.quote.text)
        known = documents.get(key)
        seen = {p.text: p for r in (known, reference) if r for p in r.provisions}
        documents[key] = Reference(
            **{**dict(known or reference), "provisions": tuple(seen.values())}
        )
    return list(documents.values())


def same_document(truth: GoldReference, reference: Reference) -> float:
    """Whether a citation is of the gold's document: by number, else by title."""
    if reference.number and bare(reference.number) == bare(truth.doc):
        return 1
    if any(char.isdigit() for char in truth.doc.split("/")[0]) and "/" in truth.doc:
        return 0
    titles = (reference.title, reference.resolved and reference.resolved.title)
    return max(same_name(truth.doc, title) for title in titles if title) if any(titles) else 0


def paired_provisions(
    gold: GoldReference | None, reference: Reference | None
) -> list[Pair[str, str]]:
    """The provisions of one citation, paired by article, clause, point and annex."""
    wanted = (place for text in gold.provisions for place in _read_places(text)) if gold else ()
    return paired(_places(wanted), _places(reference.provisions if reference else ()), exact)


def _read_places(text: str) -> tuple[Provision, ...]:
    """The provisions that gold words name; words that name none stand for themselves."""
    return read_places(text) or (Provision(text=text),)


def _places(provisions: Iterable[Provision]) -> list[str]:
    """Each place once, however the words gather them: "điểm a, điểm b khoản 3" is two."""
    return list(dict.fromkeys(map(_place, provisions)))


def _place(provision: Provision) -> str:
    levels = (provision.article, provision.clause, provision.point, provision.annex)
    higher = (provision.section, provision.chapter, provision.part)
    if not any((*levels, *higher)):
        return bare(provision.text)
    return " ".join(str(level or "-").lower() for level in (*levels, *higher))


def say_gold(truth: GoldReference) -> str:
    """The document as gold names it."""
    return truth.doc


def say_reference(reference: Reference) -> str:
    """The document as the program names it."""
    return reference.number or reference.title or reference.quote.text
