"""The same letter as text, DOCX and PDF gives the same program, quotes and regions aside."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.forms import OFFICE, forms_of, likeness, scanned, told
from pipeline.ocr import tesseract
from pipeline.parse import parse
from pipeline.readers import office
from schemas.program import Program

SAMPLES = Path(__file__).parent.parent / "samples"
SLUGS = sorted(path.parent for path in SAMPLES.glob("[th]*/*/letter.toml"))


def said(program: Program) -> dict[str, Any]:
    """What a program says, without where it says it."""
    letter = program.letter
    return {
        "letter": (
            letter.kind,
            letter.number and letter.number.canonical,
            letter.issued,
            letter.place,
            letter.issuer and letter.issuer.agency and letter.issuer.agency.canonical,
            letter.subject,
            [party.text for party in letter.addressees],
            letter.recipients,
            letter.signatories,
        ),
        "tasks": [
            (
                task.id, task.label, task.parent, task.layout, task.heading, task.text, task.duty,
                [(o.role, o.party, o.inherited_from) for o in task.owners],
                [d.model_dump(exclude={"quote"}) | {"words": d.quote.text} for d in task.deadlines],
                [p.text for p in task.products],
                task.footnotes,
                task.references,
            )
            for task in program.tasks
        ],
        "footnotes": [(n.mark, n.text, n.called_by, n.references) for n in program.footnotes],
        "references": [r.model_dump(exclude={"quote"}) for r in program.references],
        "abbreviations": [(a.short, a.long) for a in program.abbreviations],
    }  # fmt: skip


@pytest.mark.parametrize("folder", SLUGS, ids=lambda path: path.name)
def test_one_letter_one_program(folder: Path) -> None:
    forms = [path for path in sorted(folder.glob("letter.*")) if path.suffix in {".docx", ".txt"}]
    pdf = said(parse(folder / "letter.pdf"))
    for form in forms:
        other = said(parse(form))
        for part, value in pdf.items():
            assert other[part] == value, f"{form.name}: {part}"


def test_tasks_hold_no_mark_and_no_note() -> None:
    for suffix in ("txt", "docx", "pdf"):
        program = parse(SAMPLES / "tune" / "kon-tum-2021" / f"letter.{suffix}")
        text = " ".join(task.text for task in program.tasks)
        assert not set("¹²³⁴⁵") & set(text)
        for note in program.footnotes:
            assert note.text[:40] not in text


# --- One letter in every form -------------------------------------------------------------------

WITH_NOTES = SAMPLES / "tune" / "kon-tum-2021" / "letter.toml"
TWO_PAGES = SAMPLES / "held" / "thong-bao-lao-cai-2024"
needs_office = pytest.mark.skipif(office.installed() is None, reason="LibreOffice is not installed")
needs_tesseract = pytest.mark.skipif(
    not tesseract.is_available(), reason="tesseract-ocr-vie is not installed"
)


@needs_office
def test_set_anew_a_letter_says_the_same_in_every_form(tmp_path: Path) -> None:
    forms = dict(forms_of(WITH_NOTES, tmp_path, dpis=(), damages=()))
    measure = told(forms.pop("docx"))
    assert set(forms) == {"text", *OFFICE}
    for name, path in forms.items():
        like = likeness(told(path), measure)
        assert like.is_same, (name, like)
        assert like.errors < 0.2, (name, like)


@needs_tesseract
@pytest.mark.parametrize(("damage", "dpi"), [("clean", 300), ("noisy", 200)])
def test_scanned_a_letter_says_the_same(damage: str, dpi: int, tmp_path: Path) -> None:
    pdf = tmp_path / "letter.pdf"
    pdf.write_bytes((TWO_PAGES / "letter.pdf").read_bytes())
    like = likeness(told(scanned(pdf, dpi, damage)), told(TWO_PAGES / "letter.docx"))
    assert like.is_same, like
    assert like.errors < 0.6, like
