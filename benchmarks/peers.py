"""congvan beside what a user would pick instead, on the same letters in the same run.

    python benchmarks/peers.py [folder …] [--python PEERS/bin/python] [-o table.md]

The peers (extra `peers`, underthesea apart) are best kept in an environment of their own:

    python -m venv PEERS && PEERS/bin/pip install '.[peers]' pymupdf

Letters: files with gold.json beside them (samples/ by default). Loaders know no tasks, so each
stands with the same plain rules behind it (plain_rules.py). Every row is a process of its own:
CPU seconds (imports apart), peak memory, F1 of what is comparable, one scorer for all.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import fidelity
import plain_rules

from pipeline.score.likeness import bare, same_name, similar
from pipeline.score.tally import Tally, paired
from pipeline.score.tasks import BEGINS
from schemas.gold import Gold, GoldTask

HERE = Path(__file__).parent
ROOT = HERE.parent
DATA = ROOT / "tests" / "data"
LOADERS = ("all2md", "markitdown", "viparse", "all2md+ner+dateparser")
NAMES = {"all2md+ner+dateparser": "all2md + plain rules, underthesea, dateparser"}
FIELDS = ("number", "issued", "tasks", "leads", "due", "references", "footnotes")
Fields = dict[str, Tally]


class Letter(NamedTuple):
    path: Path
    gold: Gold


class Told(NamedTuple):
    """What a process answered and what it cost: seconds of CPU, megabytes."""

    answers: list[Any]
    cold: float
    warm: float
    peak: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "samples"])
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the peers")
    parser.add_argument("-o", "--output", type=Path)
    asked = parser.parse_args()
    text = "\n".join(report(asked.folders, asked.python)) + "\n"
    if asked.output:
        asked.output.write_text(text, encoding="utf-8")
    print(text)


def report(folders: Sequence[Path], python: str) -> Iterator[str]:
    for suffix in (".docx", ".pdf"):
        letters = list(letters_of(folders, suffix))
        if letters:
            yield from table_of_letters(letters, suffix, python)
    yield from table_of_features(python)
    yield from table_of_phrases(python)


def letters_of(folders: Sequence[Path], suffix: str) -> Iterator[Letter]:
    for folder in folders:
        for path in sorted(folder.rglob("gold.json")):
            letter = path.with_name(f"letter{suffix}")
            if letter.exists():
                yield Letter(letter, Gold.model_validate_json(path.read_bytes()))


def ask(way: str, questions: Sequence[Any], python: str) -> Told | None:
    """The answers of that way in a process of its own; None where it is not installed."""
    own = way in ("congvan", "congvan-text", "pypdfium2")
    done = subprocess.run(
        [sys.executable if own else python, str(HERE / "peer_worker.py"), way],
        input=json.dumps(questions), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        print(f"{way}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return None
    if done.stderr:
        print(done.stderr, file=sys.stderr, end="")
    return Told(**json.loads(done.stdout))


# Letters


def table_of_letters(letters: Sequence[Letter], suffix: str, python: str) -> Iterator[str]:
    yield f"### {len(letters)} letters as {suffix[1:].upper()}\n"
    yield f"| reader | s a letter | first s | peak MB | {' | '.join(FIELDS)} |"
    yield f"|---|--:|--:|--:|{'--:|' * len(FIELDS)}"
    for way in ("congvan", *(["pypdfium2"] if suffix == ".pdf" else []), *LOADERS):
        told = ask(way, [str(letter.path) for letter in letters], python)
        if told and any(told.answers):
            yield letters_row(way, letters, told)
    yield ""


def letters_row(way: str, letters: Sequence[Letter], told: Told) -> str:
    total: Fields = {}
    for letter, found in zip(letters, told.answers, strict=True):
        for field, tally in scored(letter.gold, found or NOTHING).items():
            total[field] = total.get(field, Tally()).plus(tally)
    shares = (total[field].f1 for field in FIELDS)
    said = " | ".join("·" if share is None else f"{share:.2f}" for share in shares)
    each, first = told.warm / len(letters), max(told.cold - told.warm, 0)
    name = way if way == "congvan" else NAMES.get(way, f"{way} + plain rules")
    return f"| {name} | {each:.2f} | {first:.1f} | {told.peak:.0f} | {said} |"


NOTHING: dict[str, Any] = {"number": None, "issued": None, "tasks": [], "references": [],
                           "footnotes": []}  # fmt: skip


def scored(gold: Gold, found: dict[str, Any]) -> Fields:
    """The tallies of one letter; words are compared as `pipeline.score` compares them."""
    card = {
        "number": tally(one(gold.letter.number), one(found["number"]), exact),
        "issued": tally(one(gold.letter.issued), one(found["issued"]), exact),
        "references": tally(cited(gold), found["references"], exact),
        "footnotes": tally([(n.mark, n.begins) for n in gold.footnotes], found["footnotes"], noted),
    }
    pairs = paired(gold.tasks, found["tasks"], begun)
    card["tasks"] = counted(pairs)
    card["leads"] = card["due"] = Tally()
    for truth, task in pairs:
        leads = tally(truth.leads if truth else (), task["leads"] if task else (), same_name)
        due = tally(due_days(truth), task["dues"] if task else (), exact)
        card |= {"leads": card["leads"].plus(leads), "due": card["due"].plus(due)}
    return card


def one(value: str | None) -> list[str]:
    return [value] if value else []


def due_days(truth: GoldTask | None) -> list[str]:
    return [d.due for d in truth.deadlines if d.due] if truth else []


def cited(gold: Gold) -> list[str]:
    """The documents the letter cites by number; titles are no question to a plain rule."""
    return sorted({r.doc for r in gold.references if any(map(str.isdigit, r.doc.split("/")[0]))})


def tally(truths: Sequence[Any], found: Sequence[Any], same: Callable[[Any, Any], float]) -> Tally:
    return counted(paired(truths, found, same))


def counted(pairs: Sequence[Any]) -> Tally:
    total = Tally()
    for truth, found in pairs:
        total = total.plus(Tally(int(truth is not None and found is not None), int(truth is None),
                                 int(found is None)))  # fmt: skip
    return total


def exact(truth: str, found: str) -> float:
    return float(bare(truth) == bare(found))


def begun(truth: GoldTask, task: dict[str, Any]) -> float:
    begins = bare(truth.begins)
    likeness = similar(begins, bare(task["text"])[: len(begins)])
    return likeness if likeness >= BEGINS else 0


def noted(truth: tuple[str, str], found: Sequence[str]) -> float:
    mark, begins = truth[0], bare(truth[1])
    return similar(begins, bare(found[1])[: len(begins)]) if mark == found[0] else 0


# Features of a Word letter


def table_of_features(python: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "letter.docx"
        path.write_bytes(fidelity.letter())
        ways = ("congvan-text", "all2md-text", "markitdown-text", "viparse-text")
        told = {way.removesuffix("-text"): ask(way, [str(path)], python) for way in ways}
    kept = {way: fidelity.kept(t.answers[0] or "") for way, t in told.items() if t}
    yield f"### What a clerk does to a DOCX\n\n| kept | {' | '.join(kept)} |"
    yield f"|---|{':-:|' * len(kept)}"
    for name in fidelity.QUESTIONS:
        yield f"| {name} | {' | '.join('yes' if k[name] else '–' for k in kept.values())} |"
    yield ""


# Phrases of the tests


def table_of_phrases(python: str) -> Iterator[str]:
    yield "### Phrases of the tests\n\n| question | reader | right | spurious | missed | F1 |"
    yield "|---|---|--:|--:|--:|--:|"
    for question, way, total in (*deadlines(python), *parties(python), *citations()):
        yield f"| {question} | {way} | {' | '.join(map(str, total))} | {total.f1 or 0:.2f} |"
    yield ""


Row = tuple[str, str, Tally]


def deadlines(python: str) -> Iterator[Row]:
    """The last day in time of the phrases of `tests/data/deadlines`; a phrase has at most one."""
    files = sorted((DATA / "deadlines").glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    truths = [one(max((d["due"] for d in row["expected"] if d.get("due")), default=None))
              for row in rows]  # fmt: skip
    question = f"last day of {len(rows)} time clauses"
    yield question, "congvan", summed(truths, [own_due(row) for row in rows])
    yield question, "plain rules", summed(truths, [plain_rules.dues(r["text"])[-1:] for r in rows])
    told = ask("dateparser", [[row["text"], row["issued"]] for row in rows], python)
    if told:
        yield question, "dateparser", summed(truths, [(days or [])[-1:] for days in told.answers])


def own_due(row: dict[str, Any]) -> list[str]:
    from datetime import date

    from extractors.deadlines import Dateline, find_deadlines
    from extractors.layout import plain
    from extractors.text import tidy
    from schemas.letter import Span
    from schemas.task import Claim

    letter = plain(tidy(row["text"]))
    claims = (Claim(Span(0, len(letter.text)), labelled=row.get("labelled", True)),)
    dateline = Dateline(date.fromisoformat(row["issued"]), row.get("context_year"))
    days = [d.due.isoformat() for d in find_deadlines(letter, claims, dateline) if d.due]
    return one(max(days, default=None))


def parties(python: str) -> Iterator[Row]:
    """The names in the phrases of `tests/data/parties.tsv`."""
    from phrases import phrases

    rows = phrases()
    truths = [[reading.rpartition(' "')[2].rstrip('"') for reading in row.wanted()] for row in rows]
    question = f"parties in {len(rows)} phrases"
    own = [[found.party.text for found in row.found()] for row in rows]
    yield question, "congvan", summed(truths, own, same_name)
    plain = [[m[0] for m in plain_rules.OWNERS.finditer(row.text)] for row in rows]
    yield question, "plain rules", summed(truths, plain, same_name)
    told = ask("underthesea", [row.text for row in rows], python)
    if told:
        names = [answer or [] for answer in told.answers]
        yield question, "underthesea NER", summed(truths, names, same_name)


def citations() -> Iterator[Row]:
    """The numbers cited in the phrases of `tests/data/references.txt`."""
    from extractors.layout import plain
    from extractors.references import find_references

    blocks = (DATA / "references.txt").read_text("utf-8").split("\n\n")
    cases = [lines for block in blocks if (lines := uncommented(block))]
    truths = [sorted({n for line in case[1:] for n in number_of(line)}) for case in cases]
    question = f"document numbers in {len(cases)} citations"
    own = [sorted({r.number for r in find_references(plain(c[0])) if r.number}) for c in cases]
    yield question, "congvan", summed(truths, own)
    scanned = [sorted(plain_rules.numbers(case[0])) for case in cases]
    yield question, "plain rules", summed(truths, scanned)


def uncommented(block: str) -> list[str]:
    return [line for line in block.splitlines() if line and not line.startswith("#")]


def number_of(line: str) -> list[str]:
    what = re.split(r" @| \| | ~ ", line, maxsplit=1)[0].split(" ", 2)[2]
    return [what] if what[0].isdigit() and " " not in what else []


def summed(
    truths: Sequence[Sequence[str]],
    found: Sequence[Sequence[str]],
    same: Callable[[str, str], float] = exact,
) -> Tally:
    total = Tally()
    for truth, said in zip(truths, found, strict=True):
        total = total.plus(tally(truth, said, same))
    return total


if __name__ == "__main__":
    main()
