"""The commands as a user calls them: what is written, what is said, how they exit."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.__main__ import app
from pipeline.messages import MESSAGES
from pipeline.writers import format_names

ROOT = Path(__file__).parent.parent
SEED = ROOT / "samples" / "tune" / "kon-tum-2021"
BROKEN = sorted(path.parent for path in (ROOT / "samples" / "broken").glob("*/expect.json"))


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_letter_becomes_a_json_file_of_its_name(tmp_path: Path) -> None:
    result = run("extract", SEED / "letter.txt", "-o", tmp_path, "--jobs", 1)
    assert result.exit_code == 0, result.output
    program = json.loads((tmp_path / "letter.json").read_text(encoding="utf-8"))
    assert len(program["tasks"]) == 16
    assert "1170/CTr-BVSTBPN" in result.output


def test_folders_are_kept_and_names_never_clash(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    for name in ("a/letter.txt", "b/letter.txt", "b/letter.docx", "b/report.txt"):
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SEED / f"letter{Path(name).suffix}", inbox / name)
    result = run("extract", inbox, "-o", tmp_path / "out", "--jobs", 1)
    assert result.exit_code == 0, result.output
    written = {
        str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.json")
    }
    assert written == {
        "a/letter.json", "b/letter.txt.json", "b/letter.docx.json", "b/report.txt.json",
        "report.json",
    }  # fmt: skip


def test_another_letter_of_the_same_name_does_not_overwrite(tmp_path: Path) -> None:
    for folder, suffix in (("x", "txt"), ("y", "txt")):
        (tmp_path / folder).mkdir()
        shutil.copy(SEED / f"letter.{suffix}", tmp_path / folder / "letter.txt")
        assert run("extract", tmp_path / folder, "-o", tmp_path / "out", "--jobs", 1).exit_code == 0
    assert len(list((tmp_path / "out").glob("letter*.json"))) == 2


@pytest.mark.parametrize("folder", BROKEN, ids=lambda path: path.name)
def test_a_broken_file_is_named_with_its_reason(folder: Path, tmp_path: Path) -> None:
    expected = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    before = {path: path.read_bytes() for path in folder.iterdir()}
    result = run("extract", folder, SEED / "letter.txt", "-o", tmp_path, "--jobs", 1)
    assert result.exit_code == 1, result.output
    failure = json.loads((tmp_path / "failures.jsonl").read_text(encoding="utf-8"))
    assert failure["code"] == expected["code"]
    assert failure["reason"] == expected["reason"]
    assert failure["advice"]
    assert Path(failure["source"]).name in result.output
    assert (tmp_path / "letter.json").exists(), "the rest is done"
    assert before == {path: path.read_bytes() for path in folder.iterdir()}, "file untouched"


def test_usage_errors_exit_2(tmp_path: Path) -> None:
    assert run("extract", tmp_path / "no-such", "-o", tmp_path / "out").exit_code == 2
    assert run("extract", SEED, "-o", tmp_path / "out", "--format", "pdf").exit_code == 2
    assert run("extract", SEED, "-o", tmp_path / "out", "--engine", "abacus").exit_code == 2
    assert run("extract", SEED, "-o", "").exit_code == 2
    assert run("extract", SEED, "-o", tmp_path / "out", "--lang", "fr").exit_code == 2
    too_little = run("extract", SEED / "letter.txt", "-o", tmp_path / "out", "--memory", 20)
    assert too_little.exit_code == 2


def test_messages_come_in_the_language_asked(tmp_path: Path) -> None:
    unknown = ("extract", SEED, "-o", tmp_path / "out", "--format", "abacus")
    assert "Không có định dạng “abacus”" in run(*unknown).output
    assert "There is no format “abacus”" in run(*unknown, "--lang", "en").output
    read = run("extract", SEED / "letter.txt", "-o", tmp_path / "out", "--lang", "en").output
    assert "Read 1, kept 0, failed 0." in read
    blanks = re.compile(r"{\w+")
    for vietnamese, english in MESSAGES.values():
        assert sorted(blanks.findall(vietnamese)) == sorted(blanks.findall(english))


def test_pictures_of_what_is_no_pdf_are_refused(tmp_path: Path) -> None:
    result = run("explain", SEED / "letter.txt", "--pictures", tmp_path)
    assert result.exit_code == 2
    assert "không phải PDF" in result.output


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where the folder should be")
    result = run("extract", SEED / "letter.txt", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "Không ghi được" in result.output


def test_explain_shows_fact_words_page_and_rule() -> None:
    result = run("explain", SEED / "letter.pdf")
    assert result.exit_code == 0, result.output
    for words in ("chủ trì", "1170/CTr-BVSTBPN", "14/05/2021"):
        assert words in result.output


def test_score_prints_every_field() -> None:
    result = run("score", SEED / "gold.json")
    assert result.exit_code == 0, result.output
    assert "references" in result.output


def test_schema_and_version() -> None:
    assert json.loads(run("schema").output)["properties"]["schema_version"]
    assert run("--version").output.startswith("congvan 0.")


def test_readme_names_every_command_and_format() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("extract", "watch", "explain", "score", "schema"):
        assert f"congvan {command}" in readme
    for name in format_names():
        assert name in readme
