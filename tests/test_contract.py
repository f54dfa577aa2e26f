"""The published JSON Schema is the one of the code, and programs keep it."""

import json
from pathlib import Path

import jsonschema
import pytest

from pipeline.parse import parse
from pipeline.writers.json import write_json
from schemas.program import Program

ROOT = Path(__file__).parent.parent
LETTERS = sorted((ROOT / "samples").glob("[th]*/*/letter.[dpt][odx][cft]*"))
KEYS = {
    "schema_version", "source", "letter", "tasks", "footnotes", "references", "abbreviations",
    "issues", "text",
}  # fmt: skip


def test_the_published_schema_is_true() -> None:
    published = json.loads((ROOT / "schemas" / "program.schema.json").read_text(encoding="utf-8"))
    assert published == Program.model_json_schema()


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_programs_keep_the_contract(path: Path) -> None:
    program = json.loads(write_json(parse(path)))
    jsonschema.validate(program, Program.model_json_schema(mode="serialization"))
    assert program.keys() >= KEYS
    ids = [task["id"] for task in program["tasks"]]
    assert len(ids) == len(set(ids))
    for quote in _quotes(program):
        assert program["text"][quote["start"] : quote["end"]] == quote["text"]


def _quotes(value: object) -> list[dict[str, object]]:
    """Every quote anywhere in a program."""
    if isinstance(value, list):
        return [quote for item in value for quote in _quotes(item)]
    if not isinstance(value, dict):
        return []
    found = [value["quote"]] if value.get("quote") else []
    return found + [quote for item in value.values() for quote in _quotes(item)]
