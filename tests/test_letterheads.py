"""Letterheads of many issuers say the same as text, as text set with blanks, and as DOCX.

The letters and what they say stand in data/letterheads.toml.
"""

import io
import tomllib
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocumentObject

from pipeline.parse import parse_bytes
from schemas.program import Program

LETTERS = tomllib.loads(
    (Path(__file__).parent / "data" / "letterheads.toml").read_text(encoding="utf-8")
)["letter"]


def as_text(letter: dict[str, Any]) -> bytes:
    """Column after column."""
    blocks = [
        letter["left"], letter["right"], letter.get("title", []), letter["to"], letter["body"],
        letter["recipients"], *letter["signing"],
    ]  # fmt: skip
    return "\n\n".join("\n".join(block) for block in blocks if block).encode()


def with_blanks(letter: dict[str, Any]) -> bytes:
    """Columns side by side, as old word processors print them."""
    signing = [line for block in letter["signing"] for line in block]
    blocks = [
        _beside(letter["left"], letter["right"]), letter.get("title", []), letter["to"],
        letter["body"], _beside(letter["recipients"], signing),
    ]  # fmt: skip
    return "\n\n".join("\n".join(block) for block in blocks if block).encode()


def _beside(left: list[str], right: list[str]) -> list[str]:
    pairs = zip_longest(left, right, fillvalue="")
    return [f"{one:<50}{other}".rstrip() for one, other in pairs]


def as_docx(letter: dict[str, Any]) -> bytes:
    """Two-column head and end as tables without lines."""
    document = Document()
    _side_by_side(document, letter["left"], letter["right"])
    _lines(document, letter.get("title", []))
    if letter.get("to_table"):
        _side_by_side(document, letter["to"][:1], letter["to"][1:])
    else:
        _lines(document, letter["to"])
    _lines(document, letter["body"])
    if len(letter["signing"]) > 1:
        _side_by_side(document, *letter["signing"])
        _lines(document, letter["recipients"])
    else:
        _side_by_side(document, letter["recipients"], *letter["signing"])
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _lines(where: Any, lines: list[str]) -> None:
    for line in lines:
        where.add_paragraph(line)


def _side_by_side(document: DocumentObject, left: list[str], right: list[str]) -> None:
    for cell, lines in zip(document.add_table(1, 2).rows[0].cells, (left, right), strict=True):
        cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
        _lines(cell, lines)


FORMS = {"letter.txt": as_text, "blanks.txt": with_blanks, "letter.docx": as_docx}


def said(program: Program) -> dict[str, Any]:
    head = program.letter
    facts = {
        "kind": head.kind and head.kind.code,
        "number": head.number and head.number.canonical,
        "issued": head.issued,
        "place": head.place,
        "superior": head.superior and head.superior.text,
        "issuer": head.issuer and head.issuer.text,
        "subject": head.subject,
        "urgency": head.urgency,
    }
    return {name: value for name, value in facts.items() if value is not None} | {
        "addressees": [party.text for party in head.addressees],
        "recipients": [[each.text, each.purpose or ""] for each in head.recipients],
        "signatories": [
            [each.authority or "", each.position or "", each.name or "", each.office or ""]
            for each in head.signatories
        ],
    }


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter["name"])
def test_a_letterhead_says(letter: dict[str, Any], form: str) -> None:
    assert said(parse_bytes(FORMS[form](letter), form)) == letter["says"]
