"""What does a Rich Text file say? LibreOffice makes a DOCX of it, which the DOCX reader reads."""

from pipeline.readers.docx import read_docx
from pipeline.readers.kinds import RTF
from pipeline.readers.limits import Limits
from pipeline.readers.office import converted
from schemas.paper import Paper


def read_rtf(data: bytes, limits: Limits) -> Paper:
    """The letter of an RTF file."""
    paper = read_docx(converted(data, ".rtf", "docx", limits), limits)
    return Paper(**{**dict(paper), "media_type": RTF})
