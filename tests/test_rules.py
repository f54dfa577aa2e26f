"""Every row is proved by its own examples, and by what it must not read."""

from importlib.resources import files

import pytest
import regex

from extractors.rules import CompiledRule, expanded, rule_file, rules
from extractors.text import fold, tidy
from schemas.rule import Fragment

NAMES = sorted(
    entry.name.removesuffix(".toml")
    for entry in files("extractors.rules").iterdir()
    if entry.name.endswith(".toml")
)
ROWS = [pytest.param(row, id=row.id) for name in NAMES for row in rules(name)]
PIECES = [
    pytest.param(name, key, piece, id=f"{name}.{key}")
    for name in NAMES
    for key, piece in rule_file(name).fragment.items()
]
MARKED = regex.compile(r"«(.*?)»", regex.DOTALL)


@pytest.mark.parametrize("row", ROWS)
def test_a_row_reads_its_examples(row: CompiledRule) -> None:
    for example in row.rule.examples:
        wanted = MARKED.search(example)
        text = fold(example.replace("«", "").replace("»", ""))
        found = row.pattern.search(text)
        assert found, f"{row.id} does not read {example!r}"
        if wanted:
            assert found[0] == fold(wanted[1]), f"{row.id} in {example!r}"
        assert row.is_hinted(found[0].lower()), f"{row.id}: no hint stands in {example!r}"


@pytest.mark.parametrize("row", ROWS)
def test_a_row_does_not_read_its_counter_examples(row: CompiledRule) -> None:
    for counter in row.rule.counter:
        assert not row.pattern.search(fold(counter)), f"{row.id} reads {counter!r}"


@pytest.mark.parametrize(("name", "key", "piece"), PIECES)
def test_a_fragment_matches_its_examples(name: str, key: str, piece: Fragment) -> None:
    source = rule_file(name).fragment
    pattern = regex.compile(expanded(piece.pattern, source), regex.IGNORECASE | regex.VERSION1)
    for example in piece.examples:
        assert pattern.fullmatch(fold(example)), f"{key} does not match {example!r}"
    for counter in piece.counter:
        assert not pattern.fullmatch(fold(counter)), f"{key} matches {counter!r}"


@pytest.mark.parametrize("name", NAMES)
def test_row_names_are_unique_and_examples_are_tidy(name: str) -> None:
    ids = [row.id for row in rules(name)]
    assert len(ids) == len(set(ids))
    for row in rules(name):
        for example in row.rule.examples:
            for line in example.split("\n"):
                assert tidy(line) == line.strip(), f"{row.id}: {example!r}"
