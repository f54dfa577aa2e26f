"""What does the whole document say: its body, its notes after it, headers and footers?"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.rules import compile_once
from extractors.text import fold
from pipeline.readers.docx.inline import Inline
from pipeline.readers.docx.notes import read_notes
from pipeline.readers.docx.numbering import read_numbering
from pipeline.readers.docx.package import Package, R, W
from pipeline.readers.docx.story import Story
from pipeline.readers.docx.styles import read_styles
from schemas.paper import Block, Line, Remark, lines_in

_STATE_NAME = compile_once(r"(?i)CỘNG HÒA XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM")


class ReadDocument(NamedTuple):
    """The blocks of a document, how many pages Word marked, and remarks."""

    blocks: tuple[Block, ...]
    pages: int
    remarks: tuple[Remark, ...]


def read_document(package: Package, *, style_lines: bool) -> ReadDocument:
    """The body with its notes after it and the running headers and footers as furniture."""
    styles_part = package.part("styles")
    styles = read_styles(styles_part)
    document = package.document
    story = Story(
        styles=styles,
        numbering=read_numbering(package.part("numbering"), styles_part),
        notes=read_notes(package),
        limits=package.archive.limits,
        sections=list(document.iter(W + "sectPr")),
        rendered=next(document.iter(W + "lastRenderedPageBreak"), None) is not None,
        inline=Inline(styles),
        table_styles=styles.items if style_lines else {},
    )
    head = tuple(_furniture(story, package, "header"))
    body = tuple(story.blocks(document, 0))
    pages = story.page
    notes = tuple(story.note_lines())
    foot = tuple(_furniture(story, package, "footer"))
    return ReadDocument((*head, *body, *notes, *foot), pages, tuple(story.remarks))


def _furniture(story: Story, package: Package, kind: str) -> Iterator[Line]:
    """Running headers or footers, each once; one that holds the letterhead is text."""
    story.page, story.role = 1, "furniture"
    seen: set[str] = set()
    for section in story.sections:
        for reference in section.findall(f"{W}{kind}Reference"):
            part = package.related(reference.get(R + "id"))
            lines = tuple(lines_in(story.blocks(part, 0))) if part is not None else ()
            text = "\n".join(line.text for line in lines)
            if text not in seen:
                yield from _as_text(lines) if _STATE_NAME.search(fold(text)) else lines
            seen.add(text)
    story.page, story.role = 1, "text"


def _as_text(lines: Sequence[Line]) -> Iterator[Line]:
    return (Line(**{**dict(line), "role": "text"}) for line in lines)
