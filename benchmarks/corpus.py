"""Every letter of a folder: accuracy where gold.json lies beside it, outliers where it does not.

    python benchmarks/corpus.py CORPUS [-o OUT] [--jobs N]

Letters are read through the batch (in OUT, so that a second run reads only what changed). The
report goes to stdout as Markdown: F1 per field with bootstrap intervals over letters, for text
and for scans; then the letters and tasks a person would look at first.
"""

import argparse
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.batch import Plan, run
from pipeline.feed import program_at
from pipeline.inbox import find_letters
from pipeline.ledger import Ledger
from pipeline.score import score
from pipeline.score.folders import summed
from pipeline.score.tally import Card, Tally
from pipeline.score.tasks import matched_tasks
from schemas.gold import Gold
from schemas.outcome import Outcome
from schemas.program import Program

ROUNDS = 1000
LONG_TASK = 1500


class Read(NamedTuple):
    """A letter that was read, and its score where gold lies beside it."""

    name: str
    program: Program
    card: Card | None
    gold: Gold | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    folder = asked.output or Path(tempfile.mkdtemp(prefix="corpus-"))
    run(find_letters([asked.corpus]), Plan(folder, ("json",), asked.jobs))
    ledger = Ledger(folder)
    outcomes = list(ledger.outcomes())
    ledger.close()
    report(outcomes, folder)


def report(outcomes: Sequence[Outcome], folder: Path) -> None:
    letters = [read(outcome, folder) for outcome in outcomes if outcome.failure is None]
    failures = [outcome for outcome in outcomes if outcome.failure]
    print(f"# Corpus: {len(letters)} letters read, {len(failures)} refused\n")
    for outcome in failures:
        if outcome.failure:
            print(f"- {outcome.target}: {outcome.failure.code}: {outcome.failure.reason}")
    scored = [letter for letter in letters if letter.card]
    for origin, kinds in (("text", {"text"}), ("scans", {"ocr", "mixed"})):
        chosen = [x for x in scored if x.program.source.origin in kinds]
        if chosen:
            accuracy(f"Gold letters, {origin}", chosen)
    if scored:
        layouts(scored)
    outliers([letter for letter in letters if not letter.card])


def read(outcome: Outcome, folder: Path) -> Read:
    program = program_at(folder, outcome.target)
    gold = Path(outcome.source).parent / "gold.json"
    if not gold.exists():
        return Read(outcome.target, program, None)
    truth = Gold.model_validate_json(gold.read_bytes())
    return Read(outcome.target, program, score(truth, program), truth)


def accuracy(title: str, letters: Sequence[Read]) -> None:
    cards = [letter.card for letter in letters if letter.card]
    print(f"\n## {title} ({len(cards)} letters)\n")
    print("| field | right | spurious | missed | P | R | F1 | 95 % |")
    print("|---|--:|--:|--:|--:|--:|--:|---|")
    for field, tally in summed(cards).items():
        if any(tally):
            low, high = interval(field, cards)
            shares = (tally.precision, tally.recall, tally.f1)
            said = " | ".join("·" if share is None else f"{share:.3f}" for share in shares)
            print(f"| {field} | {' | '.join(map(str, tally))} | {said} | {low:.3f}–{high:.3f} |")
    for letter in letters:
        for miss in letter.card.misses if letter.card else ():
            print(f"- {letter.name} {miss.field}: {miss.expected!r} ≠ {miss.found!r}")


def layouts(letters: Iterable[Read]) -> None:
    """Tasks right, spurious and missed by the layout they stand in."""
    counts: dict[str, Tally] = {}
    for letter in letters:
        for truth, task in matched_tasks(letter.gold, letter.program) if letter.gold else ():
            layout = truth.layout if truth else task.layout if task else ""
            found = Tally(int(bool(truth and task)), int(truth is None), int(task is None))
            counts[layout] = counts.get(layout, Tally()).plus(found)
    print(
        "\n## Tasks by layout\n\n| layout | right | spurious | missed | F1 |\n|---|--:|--:|--:|--:|"
    )
    for layout, tally in sorted(counts.items()):
        print(f"| {layout} | {' | '.join(map(str, tally))} | {tally.f1 or 0:.3f} |")


def interval(field: str, cards: Sequence[Card]) -> tuple[float, float]:
    """The middle 95 % of F1 over letters drawn with replacement, seeded."""
    draw = random.Random(1)
    found = sorted(f1(field, draw.choices(cards, k=len(cards))) for _ in range(ROUNDS))
    return found[int(0.025 * ROUNDS)], found[int(0.975 * ROUNDS) - 1]


def f1(field: str, cards: Iterable[Card]) -> float:
    total = Tally()
    for card in cards:
        total = total.plus(card.fields.get(field, Tally()))
    return 1.0 if total.f1 is None else total.f1


def outliers(letters: Sequence[Read]) -> None:
    print(f"\n## What to look at in {len(letters)} letters without gold\n")
    for letter in letters:
        found = list(signs(letter.program))
        if found:
            tasks = len(letter.program.tasks)
            print(f"- **{letter.name}** ({tasks} tasks): {'; '.join(found)}")


def signs(program: Program) -> Iterator[str]:
    """What a person would look at."""
    letter, tasks = program.letter, program.tasks
    for name in ("kind", "number", "issued", "issuer"):
        if getattr(letter, name) is None:
            yield f"no {name}"
    if not tasks:
        yield "no tasks"
    alone = [task.id for task in tasks if not any(o.role == "lead" for o in task.owners)]
    if alone:
        yield f"no lead: {', '.join(alone[:8])}"
    long = [f"{task.id} ({len(task.text)})" for task in tasks if len(task.text) > LONG_TASK]
    if long:
        yield f"long: {', '.join(long[:8])}"
    unread = [d.quote.text for task in tasks for d in task.deadlines if d.kind == "unread"]
    if unread:
        yield f"unread: {unread[:6]}"
    codes = {i.code for i in program.issues if i.severity != "note"} - {"task.no-lead"}
    if codes:
        yield f"doubts: {', '.join(sorted(codes))}"


if __name__ == "__main__":
    main()
