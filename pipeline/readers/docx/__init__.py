"""What does a Word file (Office Open XML, ECMA-376) say, as Word shows it?

One walk over the document part in body order. Automatic numbers, note marks and styles are
computed as Word computes them; deleted and hidden text is left out, inserted text kept.
"""

from pipeline.readers.docx.document import read_document
from pipeline.readers.docx.package import open_package
from pipeline.readers.docx.scanned import has_few_words, scanned_pages
from pipeline.readers.kinds import DOCX
from pipeline.readers.limits import Limits
from pipeline.readers.papers import paper_of
from schemas.paper import Paper


def read_docx(data: bytes, limits: Limits, *, style_lines: bool = True) -> Paper:
    """The letter of a DOCX file; page numbers are those that Word left in the file, or those of
    its pictures where it holds nothing but scanned pages.

    `style_lines` False: lines that only a table's style names are not drawn (see doc.py).
    """
    package = open_package(data, limits)
    story = read_document(package, style_lines=style_lines)
    if has_few_words(story.blocks) and (pages := scanned_pages(package)):
        return Paper(media_type=DOCX, pages=pages)
    return paper_of(DOCX, story.blocks, limits, paged=story.pages > 1, remarks=story.remarks)
