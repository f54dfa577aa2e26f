"""How much of a letter was read? Gold × Program → right, spurious, missed per field.

One scorer serves the command line, the accuracy test and the reports, so that they cannot
drift apart. Words are compared tone-blind: case, diacritics and spacing do not count.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from extractors.references.provisions import read_places
from schemas.deadline import Deadline
from schemas.gold import Gold, GoldDeadline, GoldReference, GoldTask
from schemas.party import Role
from schemas.program import Program
from schemas.reference import Provision, Reference
from schemas.task import Task

BEGINS = 0.72
"""A task is the gold's where its first words are at least this similar."""
NAMES = 0.82
"""Two names are one party where they are at least this similar …"""
CONTAINED = 0.4
"""… or one holds the other and is at most 1 / 0.4 times as long."""

TruthT = TypeVar("TruthT")
FoundT = TypeVar("FoundT")


class Pair(NamedTuple, Generic[TruthT, FoundT]):
    """What gold has beside what the program has; None on one side: missed or spurious."""

    truth: TruthT | None
    found: FoundT | None


class Tally(NamedTuple):
    """Counts of one field."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Both counts added up."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        found = self.right + self.spurious
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """Share of the truth that was found; None where there is no truth."""
        truth = self.right + self.missed
        return self.right / truth if truth else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there is nothing to count."""
        total = 2 * self.right + self.spurious + self.missed
        return 2 * self.right / total if total else None


class Miss(NamedTuple):
    """One thing that was not right: its field, what gold has, what the program has."""

    field: str
    expected: str | None
    found: str | None


class Card(NamedTuple):
    """The score of one letter."""

    fields: dict[str, Tally]
    misses: tuple[Miss, ...]


def score(gold: Gold, program: Program) -> Card:
    """The tallies of every field and each thing that is spurious or missed."""
    card = _Card({}, [])
    _letter(card, gold, program)
    pairs = matched_tasks(gold, program)
    card.count("tasks", pairs, (lambda truth: truth.begins, lambda task: task.text[:90]))
    for truth, task in pairs:
        _task(card, truth, task)
    _references(card, gold.references, program.references)
    _footnotes(card, gold, program)
    return Card(card.fields, tuple(card.misses))


@dataclass(frozen=True, slots=True)
class _Card:
    fields: dict[str, Tally]
    misses: list[Miss]

    def count(
        self,
        field: str,
        pairs: Iterable[Pair[TruthT, FoundT]],
        say: tuple[Callable[[TruthT], str], Callable[[FoundT], str]] = (str, str),
    ) -> None:
        """Tally pairs: (truth, found) right, (truth, None) missed, (None, found) spurious."""
        tally = self.fields.get(field, Tally())
        for truth, found in pairs:
            tally = tally.plus(_outcome(truth, found))
            if truth is None or found is None:
                expected = None if truth is None else say[0](truth)
                self.misses.append(Miss(field, expected, None if found is None else say[1](found)))
        self.fields[field] = tally

    def names(
        self,
        field: str,
        truths: Sequence[str],
        found: Sequence[str],
        same: Callable[[str, str], float],
    ) -> None:
        """Pair what is the same and tally."""
        self.count(field, paired(truths, found, same))


def _outcome(truth: object, found: object) -> Tally:
    return Tally(
        int(truth is not None and found is not None), int(truth is None), int(found is None)
    )


def paired(
    truths: Sequence[TruthT], found: Sequence[FoundT], same: Callable[[TruthT, FoundT], float]
) -> list[Pair[TruthT, FoundT]]:
    """The best one-to-one pairing: most similar first; 0 means not the same."""
    scores = sorted(
        ((same(t, f), -i, -j) for i, t in enumerate(truths) for j, f in enumerate(found)),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for likeness, i, j in scores:
        if likeness > 0 and -i not in taken and -j not in taken.values():
            taken[-i] = -j
    pairs: list[Pair[TruthT, FoundT]] = []
    pairs += [
        Pair(truth, found[taken[i]] if i in taken else None) for i, truth in enumerate(truths)
    ]
    pairs += [Pair(None, extra) for j, extra in enumerate(found) if j not in taken.values()]
    return pairs


# The words


@cache
def bare(text: str) -> str:
    """The text without case, diacritics, punctuation and double spaces."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ð", "d"))
    kept = (char if char.isalnum() else " " for char in letters if not unicodedata.combining(char))
    return " ".join("".join(kept).split())


@cache
def similar(one: str, other: str) -> float:
    """How alike two texts are, tone-blind, from 0 to 1."""
    return SequenceMatcher(None, bare(one), bare(other), autojunk=False).ratio()


def same_name(one: str, other: str) -> float:
    """Whether two names are one party: 0 no, else how alike."""
    a, b = sorted((bare(one), bare(other)), key=len)
    if a and a in b and len(a) >= CONTAINED * len(b):
        return max(len(a) / len(b), NAMES)
    likeness = similar(one, other)
    return likeness if likeness >= NAMES else 0


def same_text(one: str | None, other: str | None) -> float:
    """Whether two texts say the same: 0 no, else how alike."""
    likeness = similar(one or "", other or "")
    return likeness if likeness >= NAMES else 0


# The letter


def _letter(card: _Card, gold: Gold, program: Program) -> None:
    truth, letter = gold.letter, program.letter
    number = letter.number.canonical if letter.number and letter.number.sequence else None
    _single(card, "kind", truth.kind, letter.kind.code if letter.kind else None, _exact)
    _single(card, "number", truth.number, number, _exact)
    _single(
        card, "issued", truth.issued, letter.issued.isoformat() if letter.issued else None, _exact
    )
    _single(card, "place", truth.place, letter.place, same_text)
    _single(card, "issuer", truth.issuer, letter.issuer.text if letter.issuer else None, same_name)
    _single(
        card,
        "superior",
        truth.superior,
        letter.superior.text if letter.superior else None,
        same_name,
    )
    _single(card, "subject", truth.subject, letter.subject, same_text)
    addressees = [party.text for party in letter.addressees]
    card.names("addressees", truth.addressees, addressees, same_name)
    signatories = [f"{s.name} {s.position}" for s in letter.signatories]
    signed = [f"{s.name} {s.position}" for s in truth.signatories]
    card.names("signatories", signed, signatories, same_text)
    cited = {reference.id: reference for reference in program.references}
    bases = list(_distinct(cited[key] for key in letter.bases if key in cited).values())
    wanted = [GoldReference(doc=doc) for doc in truth.bases]
    card.count("bases", paired(wanted, bases, same_document), (_say_gold, _say_reference))


def _single(
    card: _Card,
    field: str,
    truth: str | None,
    found: str | None,
    same: Callable[[str, str], float],
) -> None:
    card.names(field, [truth] if truth else [], [found] if found else [], same)


def _exact(one: str, other: str) -> float:
    return float(one == other)


# The tasks


def matched_tasks(gold: Gold, program: Program) -> list[Pair[GoldTask, Task]]:
    """Gold tasks beside the program's, by their first words."""
    return paired(gold.tasks, program.tasks, _same_task)


def _same_task(truth: GoldTask, task: Task) -> float:
    begins = bare(truth.begins)
    likeness = similar(begins, bare(task.text)[: len(begins)])
    return likeness if likeness >= BEGINS else 0


def _task(card: _Card, truth: GoldTask | None, task: Task | None) -> None:
    roles: tuple[tuple[str, Role, Sequence[str]], ...] = (
        ("leads", "lead", truth.leads if truth else ()),
        ("supports", "support", truth.supports if truth else ()),
        ("report_to", "report_to", truth.report_to if truth else ()),
    )
    for field, role, names in roles:
        card.names(field, names, _names(task, role), same_name)
    pairs = paired(truth.deadlines if truth else (), task.deadlines if task else (), _same_deadline)
    card.count("deadlines", pairs, (_say_gold_deadline, _say_deadline))
    products = [product.text for product in task.products] if task else []
    card.names("products", truth.products if truth else (), products, same_text)
    if truth and truth.duty is not None:
        _single(card, "duty", truth.duty, task.duty if task else None, same_text)


def _names(task: Task | None, role: Role) -> list[str]:
    return [owner.party.text for owner in task.owners if owner.role == role] if task else []


def _same_deadline(truth: GoldDeadline, deadline: Deadline) -> float:
    dates = (deadline.start, deadline.end, deadline.due)
    said = tuple(day.isoformat() if day else None for day in dates)
    if truth.kind != deadline.kind or (truth.start, truth.end, truth.due) != said:
        return 0
    if truth.rrule and truth.rrule != deadline.rrule:
        return 0
    if truth.event and not same_text(truth.event, deadline.event):
        return 0
    return 0.1 + similar(truth.words, deadline.quote.text)


def _say_gold_deadline(truth: GoldDeadline) -> str:
    return f"{truth.words} [{truth.kind} {truth.start} {truth.end} {truth.due} {truth.rrule}]"


def _say_deadline(deadline: Deadline) -> str:
    d = deadline
    return f"{d.quote.text} [{d.kind} {d.start} {d.end} {d.due} {d.rrule} {d.event}]"


# What is cited


def _references(card: _Card, truth: Sequence[GoldReference], found: Sequence[Reference]) -> None:
    distinct = list(_distinct(found).values())
    pairs = paired(truth, distinct, same_document)
    card.count("references", pairs, (_say_gold, _say_reference))
    for gold, reference in pairs:
        card.names("provisions", *_provisions(gold, reference), _exact)


def _distinct(references: Iterable[Reference]) -> dict[str, Reference]:
    """One reference a document, the provisions of all its citations together."""
    documents: dict[str, Reference] = {}
    for reference in references:
        key = bare(reference.number or reference.title or reference.quote.text)
        known = documents.get(key)
        seen = {p.text: p for r in (known, reference) if r for p in r.provisions}
        documents[key] = Reference(
            **{**dict(known or reference), "provisions": tuple(seen.values())}
        )
    return documents


def same_document(truth: GoldReference, reference: Reference) -> float:
    """Whether a citation is of the gold's document: by number, else by title."""
    if reference.number and bare(reference.number) == bare(truth.doc):
        return 1
    if any(char.isdigit() for char in truth.doc.split("/")[0]) and "/" in truth.doc:
        return 0
    titles = (reference.title, reference.resolved and reference.resolved.title)
    return max(same_name(truth.doc, title) for title in titles if title) if any(titles) else 0


def provisions_of(gold: GoldReference, reference: Reference) -> Tally:
    """The provisions of one citation, compared by article, clause, point and annex."""
    card = _Card({}, [])
    card.names("provisions", *_provisions(gold, reference), _exact)
    return card.fields["provisions"]


def _provisions(
    gold: GoldReference | None, reference: Reference | None
) -> tuple[list[str], list[str]]:
    wanted = (place for text in gold.provisions for place in _read_places(text)) if gold else ()
    return _places(wanted), _places(reference.provisions if reference else ())


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


def _say_gold(truth: GoldReference) -> str:
    return truth.doc


def _say_reference(reference: Reference) -> str:
    return reference.number or reference.title or reference.quote.text


def _footnotes(card: _Card, gold: Gold, program: Program) -> None:
    ids = {task.id: truth.id for truth, task in matched_tasks(gold, program) if truth and task}
    wanted = [(n.mark, bare(n.begins), frozenset(n.called_by)) for n in gold.footnotes]
    found = [
        (n.mark, bare(n.text), frozenset(ids.get(key, key) for key in n.called_by))
        for n in program.footnotes
    ]
    card.count("footnotes", paired(wanted, found, _same_note))


def _same_note(
    truth: tuple[str, str, frozenset[str]], found: tuple[str, str, frozenset[str]]
) -> float:
    same = truth[0] == found[0] and truth[2] == found[2]
    return similar(truth[1], found[1][: len(truth[1])]) if same else 0
