"""What does an OpenDocument text (ODT, ISO/IEC 26300) say?

Read directly from its content part: list numbers are counted, notes anchored, tables with their
spans, tracked deletions (kept apart in the file) left out.
"""

from pipeline.errors import Unreadable
from pipeline.readers.kinds import ODT
from pipeline.readers.limits import Limits
from pipeline.readers.odt.names import OFFICE
from pipeline.readers.odt.numbering import read_numbering
from pipeline.readers.odt.story import Story
from pipeline.readers.odt.styles import read_styles
from pipeline.readers.papers import paper_of
from pipeline.readers.zipped import open_archive
from schemas.paper import Paper


def read_odt(data: bytes, limits: Limits) -> Paper:
    """The letter of an ODT file."""
    archive = open_archive(data, limits)
    if "content.xml" not in archive.names:
        raise Unreadable(
            "odt.no-document",
            "Tệp ODT không có phần nội dung (content.xml).",
            "Tệp bị hỏng hoặc không phải ODT; hãy xin lại bản gốc.",
            "The ODT file has no content part (content.xml); get the original again.",
        )
    content = archive.xml("content.xml")
    walk = Story(limits, read_styles(archive, content), read_numbering(archive, content))
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    blocks = [*walk.blocks(body, 0)] if body is not None else []
    return paper_of(ODT, [*blocks, *walk.notes], limits)
