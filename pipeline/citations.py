"""Which letter of the folder does a letter cite? Asked when all letters have been read.

What a letter's citations are resolved to depends on the letters of the folder alone, not on the
order in which they were read nor on how often the run was interrupted.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from extractors.references.batch import Batch, BatchLetter, resolve_in_batch, without_batch
from pipeline.convert import write_files
from pipeline.feed import program_at
from pipeline.ledger import Ledger
from pipeline.remote import Place
from schemas.outcome import Outcome
from schemas.program import Program


def resolve_citations(folder: Place, ledger: Ledger) -> int:
    """Resolve citations to letters of the folder; how many letters were written anew."""
    return sum(_resolve(folder, ledger, target) for target in ledger.citing())


def _resolve(folder: Place, ledger: Ledger, target: str) -> bool:
    known = program_at(folder, target)
    found = resolve_in_batch(without_batch(known), _batch(ledger.cited_by(target)))
    if found != known:
        write_files(folder, target, ledger.formats(target), found)
    ledger.resolve(target, _mark(found))
    return found != known


def _batch(cited: Iterable[Outcome]) -> Batch:
    """The letters by number, from what the ledger holds of them."""
    letters: defaultdict[str, tuple[BatchLetter, ...]] = defaultdict(tuple)
    for outcome in cited:
        summary = outcome.summary
        if summary and summary.number:
            file = Path(outcome.source).name
            letter = BatchLetter(summary.number, summary.issued, summary.subject, file)
            letters[summary.number.upper()] += (letter,)
    return letters


def _mark(program: Program) -> str:
    """A digest of what the folder resolved; empty where it resolved nothing."""
    resolved = [
        (reference.id, reference.resolved.model_dump(mode="json"))
        for reference in program.references
        if reference.resolved and reference.resolved.source == "batch"
    ]
    return sha256(json.dumps(resolved).encode()).hexdigest()[:16] if resolved else ""
