"""Which reader makes a Paper of this file, and what is told where none can?"""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

from pipeline.errors import ReadError, TooLarge, Unreadable
from pipeline.readers.kinds import (
    DOC,
    DOCX,
    HTML,
    IMAGES,
    MARKDOWN,
    ODT,
    PDF,
    RTF,
    TEXT,
    XLS,
    XLSX,
    sniff,
)
from pipeline.readers.limits import Limits
from pipeline.readers.scratch import NoRoom
from schemas.paper import Paper, lines_in

Reader = Callable[[bytes, Limits], Paper]

# One row a kind: the module that reads it, imported when the first such file arrives.
READERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        PDF: ("pipeline.readers.pdf", "read_pdf"),
        DOCX: ("pipeline.readers.docx", "read_docx"),
        DOC: ("pipeline.readers.doc", "read_doc"),
        RTF: ("pipeline.readers.rtf", "read_rtf"),
        ODT: ("pipeline.readers.odt", "read_odt"),
        XLSX: ("pipeline.readers.xlsx", "read_xlsx"),
        XLS: ("pipeline.readers.xlsx", "read_xls"),
        HTML: ("pipeline.readers.html", "read_html"),
        MARKDOWN: ("pipeline.readers.markdown", "read_markdown"),
        TEXT: ("pipeline.readers.text", "read_text"),
        **dict.fromkeys(IMAGES, ("pipeline.readers.scan", "read_scan")),
    }
)


def read(data: bytes, name: str, limits: Limits | None = None) -> Paper:
    """The letter as ink, whatever its kind; raises a ReadError, or NoRoom where the machine fails.

    `name` is the file's name: it parts Markdown from plain text and stands in messages.
    """
    limits = limits or Limits()
    _refuse_size(data, limits)
    try:
        return _with_text(reader_for(sniff(data, name))(data, limits))
    except (ReadError, NoRoom, ImportError):
        raise
    except (MemoryError, RecursionError) as error:
        raise TooLarge(
            "file.too-complex",
            "Tệp quá phức tạp, không đọc hết được trong bộ nhớ cho phép.",
            "Hãy tách tệp thành nhiều phần nhỏ hoặc lưu lại dưới dạng PDF rồi thử lại.",
            "The file is too complex to be read in memory; split it or save it again as PDF.",
        ) from error
    except Exception as error:
        # The libraries beneath raise whatever a damaged file provokes; the door tells it once.
        raise Unreadable(
            "file.damaged",
            f"Tệp bị hỏng, không đọc được ({type(error).__name__}: {error}).",
            "Hãy xin lại bản gốc hoặc mở bằng phần mềm soạn thảo và lưu lại rồi thử lại.",
            f"The file is damaged ({type(error).__name__}: {error}); get it again or resave it.",
        ) from error


def _with_text(paper: Paper) -> Paper:
    """The paper, if anything at all can be read on it."""
    lines = (line for page in paper.pages for line in lines_in(page.blocks))
    if any(char.isalpha() for line in lines for char in line.text):
        return paper
    raise Unreadable(
        "file.no-text",
        "Không thấy chữ nào trong tệp.",
        "Hãy kiểm tra có đúng là văn bản không; nếu là ảnh quét, hãy quét lại rõ hơn.",
        "No text was found in the file; check that it is a letter, scan it again if it is a scan.",
    )


def reader_for(media_type: str) -> Reader:
    """The reader of that media type, imported now."""
    module, function = READERS[media_type]
    reader: Reader = getattr(import_module(module), function)
    return reader


def _refuse_size(data: bytes, limits: Limits) -> None:
    if not data:
        raise Unreadable(
            "file.empty",
            "Tệp rỗng (0 byte).",
            "Hãy tải lại hoặc xin lại tệp gốc.",
            "The file is empty (0 bytes); download it again or ask for the original.",
        )
    if len(data) > limits.size:
        size, bound = len(data) / 2**20, limits.size / 2**20
        raise TooLarge(
            "file.too-large",
            f"Tệp nặng {size:.0f} MB, vượt giới hạn {bound:.0f} MB.",
            "Hãy nâng giới hạn dung lượng hoặc tách tệp rồi thử lại.",
            f"The file has {size:.0f} MB, the limit is {bound:.0f} MB; raise it or split the file.",
        )
