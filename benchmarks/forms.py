"""Does the same letter as text, DOCX, DOC, RTF, PDF and scan give the same program?

    python -m benchmarks.forms samples/held/*/letter.toml
    python -m benchmarks.forms samples/tune/kon-tum-2021/letter.toml --text …/letter.txt

Each letter is set from its TOML (samples/typeset.py): as DOCX, by LibreOffice as DOC, RTF and PDF,
its pages as scans (make_scans), and as text: the file given, or the lines of the TOML where the
letter has no table. The DOCX is the measure of all others. Told of each form: duties, leads,
deadlines, references and facts of the letterhead equal or how many are not, and the share of wrong
characters (Levenshtein over the letter's text without furniture).
"""

import argparse
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import regex
from PIL import Image

from benchmarks.make_scans import DAMAGES, scans
from benchmarks.read_scans import distance
from extractors.layout import lay_out
from extractors.parts import sort_into_parts
from extractors.text import fold
from extractors.titles import bare
from pipeline.parse import program_of
from pipeline.readers import read
from samples.typeset import typeset
from schemas.letter import Part
from schemas.program import Program, Source
from schemas.task import Task

OFFICE = ("doc", "rtf", "pdf")
SEED = 7
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Likeness(NamedTuple):
    """How a form differs from the measure: for each question the answers that are not alike."""

    duties: int
    leads: int
    deadlines: int
    references: int
    head: int
    errors: float

    @property
    def is_same(self) -> bool:
        """All facts are alike; characters may differ."""
        return not any(self[:-1])


def forms_of(letter: Path, folder: Path, dpis: Sequence[int], damages: Sequence[str],
             text: Path | None = None) -> Iterator[tuple[str, Path]]:  # fmt: skip
    """The forms of a letter by name, written into the folder one after the other."""
    source = tomllib.loads(letter.read_text(encoding="utf-8"))
    docx = folder / "letter.docx"
    typeset(source).save(str(docx))
    yield "docx", docx
    if text is None and "|" not in source["body"] and not source.get("annex"):
        text = folder / "letter.txt"
        text.write_text(as_text(source), encoding="utf-8")
    if text is not None:
        yield "text", text
    if shutil.which("soffice") is None:
        return
    for suffix in OFFICE:
        yield suffix, by_office(docx, suffix)
    for dpi in dpis:
        for damage in damages:
            yield f"{damage} {dpi}", scanned(folder / "letter.pdf", dpi, damage)


def by_office(docx: Path, suffix: str) -> Path:
    """The DOCX as LibreOffice saves it, with a profile of its own."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to",
             suffix, "--outdir", str(docx.parent), str(docx)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    return docx.with_suffix(f".{suffix}")


def scanned(pdf: Path, dpi: int, damage: str) -> Path:
    """The pages of the PDF as one TIFF."""
    first, *rest = map(Image.fromarray, scans(pdf, dpi, DAMAGES[damage], SEED))
    path = pdf.with_name(f"{damage}-{dpi}.tiff")
    first.save(path, save_all=True, append_images=rest, dpi=(dpi, dpi))
    return path


def as_text(letter: dict[str, Any]) -> str:
    """The letter as someone types it: column after column, raised marks, notes at the end."""
    blocks = [
        [*_listed(letter.get("superior")), *letter["issuer"], letter["number"],
         *_listed(letter.get("regarding"))],
        ["ĐẢNG CỘNG SẢN VIỆT NAM"] if letter.get("party")
        else ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        [letter["dateline"]],
        [*_listed(letter.get("kind"))],
        [*_listed(letter.get("subject"))],
        _addressed(letter.get("addressees", [])),
        *([line] for line in letter["body"].split("\n") if _is_printed(line)),
        ["Nơi nhận:", *(f"- {line}" for line in letter["recipients"])],
        letter["signature"],
        *([f"{mark} {note}"] for mark, note in enumerate(letter.get("notes", []), 1)),
    ]  # fmt: skip
    return "\n\n".join("\n".join(map(_plain, block)) for block in blocks if any(block))


def _is_printed(line: str) -> bool:
    """No empty line of some points, no page break."""
    return bool(line.strip()) and not line.startswith(("~", "---"))


def _listed(line: str | None) -> list[str]:
    return [line] if line else []


def _addressed(names: Sequence[str]) -> list[str]:
    if len(names) == 1:
        return [f"Kính gửi: {names[0]}"]
    return ["Kính gửi:", *(f"- {name}" for name in names)] if names else []


def _plain(line: str) -> str:
    line = line.replace("**", "").lstrip(">").strip()
    line = regex.sub(r"\[\^(\d+)\]", lambda call: call[1].translate(_RAISED), line)
    return regex.sub(r"^\d+(?= )", lambda mark: mark[0].translate(_RAISED), line)


class Told(NamedTuple):
    """The program of a form, and its text without furniture."""

    program: Program
    text: str


def told(path: Path) -> Told:
    """What the form says."""
    paper = read(path.read_bytes(), path.name)
    letter = lay_out(sort_into_parts(paper))
    source = Source(
        name=path.name,
        sha256="",
        media_type=paper.media_type,
        pages=len(paper.pages),
        origin="text",
    )
    own = (
        letter.text[section.start : section.end]
        for section in letter.sections
        if section.part is not Part.FURNITURE
    )
    return Told(program_of(letter, paper, source), " ".join(fold(" ".join(own)).split()))


def likeness(read: Told, measure: Told) -> Likeness:
    """What the two do not say alike."""
    one, other = read.program, measure.program
    return Likeness(
        _unlike((task.id for task in one.tasks), (task.id for task in other.tasks)),
        _unlike(_leads(one.tasks), _leads(other.tasks)),
        _unlike(_deadlines(one.tasks), _deadlines(other.tasks)),
        _unlike(_references(one), _references(other)),
        _unlike(_head(one), _head(other)),
        100 * distance(read.text, measure.text) / len(measure.text),
    )


def _unlike(read: Iterable[object], measure: Iterable[object]) -> int:
    """How many are in one list and not in the other."""
    ours, theirs = list(read), list(measure)
    missed = [each for each in theirs if each not in ours]
    return len(missed) + len([each for each in ours if each not in theirs])


def _leads(tasks: Iterable[Task]) -> Iterator[object]:
    """Who does what; groups by their letters, of which a scan may lose a mark."""
    for task in tasks:
        for owner in task.owners:
            agency = owner.party.agency
            yield task.id, owner.role, agency.key if agency else bare(owner.party.text)


def _deadlines(tasks: Iterable[Task]) -> Iterator[object]:
    for task in tasks:
        for each in task.deadlines:
            yield task.id, each.kind, each.start, each.end, each.due, each.rrule, each.relation


def _references(program: Program) -> Iterator[object]:
    for each in program.references:
        yield each.number, each.issued, each.canonical, [p.text for p in each.provisions]


def _head(program: Program) -> Iterator[object]:
    letter = program.letter
    yield letter.kind, letter.number and letter.number.canonical
    yield letter.issued, letter.place
    yield "superior", letter.superior and bare(letter.superior.text)
    yield "issuer", letter.issuer and bare(letter.issuer.text)
    yield len(letter.addressees), len(letter.recipients)
    yield from (each.position for each in letter.signatories)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("letters", type=Path, nargs="+")
    parser.add_argument("--text", type=Path, help="the letter as text, where one letter is given")
    parser.add_argument("--dpi", type=int, nargs="*", default=[200, 300])
    parser.add_argument("--damage", nargs="*", choices=DAMAGES, default=["clean", "noisy"])
    given = parser.parse_args()
    print(f"{'form':10} duties leads deadlines references head  % wrong")
    for letter in given.letters:
        print(letter.parent.name)
        with tempfile.TemporaryDirectory() as folder:
            forms = forms_of(letter, Path(folder), given.dpi, given.damage, given.text)
            measure = told(next(forms)[1])
            duties = len(measure.program.tasks)
            print(f"{'docx':10} {duties:6} (duties; all others are measured by it)")
            for name, path in forms:
                _print(name, likeness(told(path), measure))


def _print(name: str, like: Likeness) -> None:
    *facts, errors = like
    cells = (
        f"{count or '=':>{width}}" for count, width in zip(facts, (6, 5, 9, 10, 4), strict=True)
    )
    print(f"{name:10} {' '.join(cells)} {errors:8.2f}", flush=True)


if __name__ == "__main__":
    main()
