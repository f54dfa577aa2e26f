"""What each of gazetteer, trained component and underthesea brings to the reading of parties.

`python benchmarks/party_ablation.py [CORPUS]` reads the hand-written phrases of tests/data, the
party names of CORPUS/*/*/gold.json (where a corpus is given) and the parties of made-up sentences
whose words were not trained on; once with the whole gazetteer, and with a third of its rows
hidden (three seeds, mean). A phrase is right where it is read from its first to its last letter.
"""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from party_letters import sentences

from extractors import words
from extractors.parties import bodies, distribution, lists, offices, phrases, unknown
from extractors.parties import gazetteer as gazetteers
from extractors.text import fold

ROOT = Path(__file__).parent.parent
MODES = ("gazetteer", "+ component", "+ underthesea", "+ both")


class Case(NamedTuple):
    """Words, and where in them the party begins and ends."""

    text: str
    start: int
    end: int


def written() -> Iterator[Case]:
    """The hand-written phrases, whole lists."""
    for row in (ROOT / "tests/data/parties.tsv").read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            words = row.split("\t")[1]
            yield Case(words.replace("|", ""), 0, words.find("|") if "|" in words else len(words))


def gold(corpus: Path) -> Iterator[Case]:
    """The owners of hand-checked letters, each followed by words as in a letter."""
    names = {
        name
        for path in sorted(corpus.glob("*/*/gold.json"))
        for task in json.loads(path.read_text(encoding="utf-8"))["tasks"]
        for role in ("leads", "supports", "report_to")
        for name in task[role]
    }
    for name in sorted(names):
        yield Case(f"Phối hợp với {name} triển khai thực hiện.", 13, 13 + len(name))


def made_up() -> Iterator[Case]:
    for sentence in sentences(seed=1946, count=400, unseen=True):
        for start, end, _ in sentence.parties:
            yield Case(sentence.text, start, end)


def right(case: Case) -> bool:
    key = fold(case.text)
    run = lists.run_at(key, case.start, len(key), expected=True)
    return any(phrase.end == case.end for phrase in run)


def share(cases: list[Case]) -> float:
    return sum(map(right, cases)) / len(cases)


def none(*_: object) -> None:
    return None


def same(_key: str, _at: int, ended: int, _limit: int) -> int:
    return ended


def with_parts(mode: str, measure: Callable[[], float]) -> float:
    """Measure with the component and underthesea switched on as the mode says."""
    kept = unknown._told, unknown._by_words, unknown._whole_words
    if mode in ("gazetteer", "+ underthesea"):
        unknown._told = none
    if mode in ("gazetteer", "+ component"):
        unknown._by_words, unknown._whole_words = none, same
    try:
        return measure()
    finally:
        unknown._told, unknown._by_words, unknown._whole_words = kept


def with_hidden(seed: int | None, measure: Callable[[], float]) -> float:
    """Measure with a third of the rows of agencies.toml and fields.toml hidden."""
    kept = gazetteers.gazetteer
    random = Random(seed)
    thin = {
        name: gazetteers.Gazetteer(
            tuple(e for e in kept(name).entries if seed is None or random.random() > 1 / 3)
        )
        for name in ("agencies", "fields")
    }
    ruler = words._known_names
    put_in(lambda name, bare=True: thin.get(name) or kept(name, bare))
    if seed is not None:  # the component must not be shown the hidden names either
        words._known_names = lambda: iter(())
    forget()
    try:
        return measure()
    finally:
        put_in(kept)
        words._known_names = ruler
        forget()


def put_in(gazetteer: object) -> None:
    for module in (bodies, distribution, lists, offices, phrases):
        module.gazetteer = gazetteer


def forget() -> None:
    for cached in (words._trained, words.find_names, phrases.may_open, phrases._left_open):
        cached.cache_clear()


def main() -> int:
    sets = {"written": list(written()), "made-up": list(made_up())}
    if len(sys.argv) > 1:
        sets["gold"] = list(gold(Path(sys.argv[1])))
    print("cases", {name: len(cases) for name, cases in sets.items()})
    for title, seeds in (("whole gazetteer", (None,)), ("a third hidden", (1, 2, 3))):
        for mode in MODES:
            told = [
                f"{name} {sum(figure(cases, mode, s) for s in seeds) / len(seeds):.3f}"
                for name, cases in sets.items()
            ]
            print(f"{title:16} {mode:14}", *told, flush=True)
    return 0


def figure(cases: list[Case], mode: str, seed: int | None) -> float:
    return with_hidden(seed, lambda: with_parts(mode, lambda: share(cases)))


if __name__ == "__main__":
    sys.exit(main())
