"""The story of one letter: a file in, its program of work out."""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from extractors.clauses import find_clauses
from extractors.deadlines import Dateline, dateline_of, find_deadlines
from extractors.footnotes import cited_by, find_footnotes
from extractors.layout import lay_out, plain
from extractors.letterhead import find_letterhead
from extractors.owners import find_duty_words, find_owners
from extractors.parties import Home, find_abbreviations, home_of, read_party
from extractors.parts import sort_into_parts
from extractors.references import find_references
from extractors.tasks import find_tasks
from pipeline.readers import read
from pipeline.readers.limits import Limits
from pipeline.review import review
from schemas.footnote import Footnote
from schemas.letter import Letter, Span
from schemas.letterhead import Letterhead, Words
from schemas.paper import Paper
from schemas.party import Party
from schemas.program import LetterFacts, Program, Source
from schemas.reference import Reference
from schemas.task import Duty, Excerpt, Task


def parse(path: Path, limits: Limits | None = None) -> Program:
    """The program of work of the letter in that file; raises ReadError where it is none."""
    return parse_bytes(path.read_bytes(), path.name, limits)


def parse_bytes(data: bytes, name: str, limits: Limits | None = None) -> Program:
    """The program of work of the letter in these bytes; `name` is told in `source`."""
    paper = read(data, name, limits)
    letter = lay_out(sort_into_parts(paper))
    return program_of(letter, paper, _source(data, name, paper))


def program_of(letter: Letter, paper: Paper, source: Source) -> Program:
    """The facts of a letter, put together once, and the doubts about them."""
    head = find_letterhead(letter)
    home = _home(letter, head)
    duties = find_tasks(letter, find_clauses(letter), home)
    references = find_references(
        letter, issued=head.issued, own_number=_own(head), bases=head.bases
    )
    footnotes = find_footnotes(letter, duties, references)
    cited = cited_by(duties, references, footnotes)
    known = Known(letter, home, dateline_of(head), references, footnotes, cited)
    facts = {
        "source": source,
        "letter": _letter_facts(known, head),
        "tasks": tuple(_task(known, duty) for duty in duties),
        "footnotes": footnotes,
        "references": references,
        "abbreviations": find_abbreviations(letter),
        "text": letter.text,
    }
    return Program(**facts, issues=tuple(review(letter, paper, Program(**facts))))


class Known(NamedTuple):
    """What is known of the letter when its tasks are put together."""

    letter: Letter
    home: Home
    dateline: Dateline
    references: Sequence[Reference]
    footnotes: Sequence[Footnote]
    cited: Mapping[str, tuple[str, ...]]


def _source(data: bytes, name: str, paper: Paper) -> Source:
    return Source(
        name=name,
        sha256=sha256(data).hexdigest(),
        media_type=paper.media_type,
        pages=len(paper.pages),
        origin=_origin(paper),
    )


def _origin(paper: Paper) -> Literal["text", "ocr", "mixed"]:
    origins = {page.origin for page in paper.pages if page.blocks}
    if len(origins) > 1:
        return "mixed"
    return "ocr" if "ocr" in origins else "text"


def _home(letter: Letter, head: Letterhead) -> Home:
    return home_of(
        letter,
        place=head.place,
        issued=head.issued or (date(head.year, 12, 31) if head.year else None),
        issuer=head.issuer.text if head.issuer else None,
        superior=head.superior.text if head.superior else None,
    )


def _own(head: Letterhead) -> str | None:
    return head.number.canonical if head.number else None


def _letter_facts(known: Known, head: Letterhead) -> LetterFacts:
    home = known.home
    return LetterFacts(
        kind=head.kind,
        number=head.number,
        issued=head.issued,
        place=head.place,
        issuer=_party(head.issuer, home) if head.issuer else None,
        superior=_party(head.superior, home) if head.superior else None,
        subject=head.subject.text if head.subject else None,
        addressees=tuple(_party(words, home) for words in head.addressees),
        recipients=head.recipients,
        signatories=head.signatories,
        urgency=head.urgency,
        secrecy=head.secrecy,
        bases=tuple(r.id for r in known.references if r.role == "basis"),
    )


def _party(words: Words, home: Home) -> Party:
    """The party of a letterhead, whose lines are one name."""
    name = plain(words.text)
    return read_party(name, 0, len(name.text), home)


def _task(known: Known, duty: Duty) -> Task:
    letter, home = known.letter, known.home
    return Task(
        id=duty.id,
        label=duty.label,
        parent=duty.parent,
        layout=duty.layout,
        heading=duty.heading,
        text=" ".join(_said(letter, span) for span in duty.texts),
        owners=find_owners(letter, duty, home),
        duty=find_duty_words(letter, duty, home),
        deadlines=find_deadlines(letter, duty.times, known.dateline),
        products=tuple(_excerpt(letter, span) for span in duty.products),
        funding=_excerpt(letter, duty.funding) if duty.funding else None,
        footnotes=tuple(n.mark for n in known.footnotes if duty.id in n.called_by),
        references=known.cited.get(duty.id, ()),
        quote=letter.quote(*duty.span),
        rule=duty.rule,
    )


def _said(letter: Letter, span: Span) -> str:
    """The words of a span in one line."""
    return letter.text[span.start : span.end].replace("\n", " ")


def _excerpt(letter: Letter, span: Span) -> Excerpt:
    return Excerpt(text=_said(letter, span), quote=letter.quote(*span))
