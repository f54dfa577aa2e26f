"""What does an old Word file (DOC, Word 97–2003) say?

A pure-Python converter makes a DOCX of it, which the DOCX reader reads: automatic numbers,
notes and tables are kept. Files it cannot read go to LibreOffice where that is installed.
"""

from pipeline.errors import MissingExtra, Protected, ReadError, Unreadable
from pipeline.readers.docx import read_docx
from pipeline.readers.kinds import DOC
from pipeline.readers.limits import Limits
from pipeline.readers.office import converted
from pipeline.readers.scratch import scratch
from schemas.paper import Paper


def read_doc(data: bytes, limits: Limits) -> Paper:
    """The letter of a DOC file."""
    try:
        # the converter names table styles but not where a table takes their lines back;
        # lines that are drawn it names in the table itself (seen in all DOC letters measured)
        paper = read_docx(as_docx(data, limits), limits, style_lines=False)
    except Protected:
        raise
    except ReadError as error:
        paper = _by_libreoffice(data, limits, error)
    return Paper(**{**dict(paper), "media_type": DOC})


def as_docx(data: bytes, limits: Limits) -> bytes:
    """The file as DOCX by the pure-Python converter; raises Unreadable where it fails."""
    from doc2docx import convert  # noqa: PLC0415 - heavy, and few letters need it
    from doc2docx.cfb.container import CompoundFileLimits  # noqa: PLC0415
    from doc2docx.errors import EncryptedDocumentError  # noqa: PLC0415

    bounds = CompoundFileLimits(max_input_bytes=limits.size, max_stream_bytes=limits.size)
    with scratch() as folder:
        source, result = folder / "letter.doc", folder / "letter.docx"
        source.write_bytes(data)
        try:
            convert(source, result, limits=bounds)
        except EncryptedDocumentError as error:
            raise _protected() from error
        except Exception as error:
            # whatever a damaged file provokes in the converter: LibreOffice is asked next
            raise _unreadable() from error
        return result.read_bytes()


def _by_libreoffice(data: bytes, limits: Limits, first: ReadError) -> Paper:
    """The second opinion; where it is not to be had, the first error stands."""
    try:
        return read_docx(converted(data, ".doc", "docx", limits), limits)
    except MissingExtra as error:
        raise (first if first.code != "doc.unreadable" else error) from error


def _protected() -> Protected:
    return Protected(
        "file.password",
        "Tệp được bảo vệ bằng mật khẩu.",
        "Hãy mở bằng Word, bỏ mật khẩu, lưu lại rồi thử lại.",
        "The file asks for a password; remove it in Word, save and try again.",
    )


def _unreadable() -> Unreadable:
    return Unreadable(
        "doc.unreadable",
        "Tệp DOC bị hỏng hoặc là phiên bản Word quá cũ.",
        "Hãy mở bằng Word hoặc LibreOffice, lưu lại dưới dạng DOCX rồi thử lại.",
        "The DOC file is damaged or of a Word version too old; save it as DOCX and try again.",
    )
