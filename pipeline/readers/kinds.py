"""What kind of file is this?

Kinds are told by content (magic bytes, members of an archive, streams of a compound file,
byte order mark), never by the file's name alone: letters arrive as `congvan.doc` that are RTF,
HTML or DOCX inside. The name only parts Markdown from plain text.
"""

import io
import zipfile

import regex

from extractors.rules import compile_once
from pipeline.errors import Protected, Unreadable

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
RTF = "application/rtf"
HTML = "text/html"
MARKDOWN = "text/markdown"
TEXT = "text/plain"
IMAGES = ("image/tiff", "image/png", "image/jpeg", "image/bmp", "image/webp", "image/gif")


def sniff(data: bytes, name: str = "") -> str:
    """The media type told by the content; raises Unreadable or Protected where none fits."""
    head = data[:1024]
    for kind, magic in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if b"%PDF-" in head:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _sniff_compound(data)
    return _sniff_text(data, name)


_MAGIC = (
    (PDF, b"%PDF-"),
    (RTF, b"{\\rtf"),
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("image/jpeg", b"\xff\xd8\xff"),
    ("image/tiff", b"II*\x00"),
    ("image/tiff", b"MM\x00*"),
    ("image/tiff", b"II+\x00"),
    ("image/gif", b"GIF8"),
    ("image/bmp", b"BM"),
)


def _sniff_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                told = archive.read("mimetype").decode("ascii", "replace").strip()
                if told.startswith(ODT):
                    return ODT
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable(
            "file.damaged",
            "Tệp nén (DOCX, XLSX, ODT) bị hỏng hoặc tải chưa trọn vẹn.",
            "Hãy tải lại hoặc xin lại tệp gốc.",
            "The archive (DOCX, XLSX, ODT) is damaged or cut short; get the file again.",
        ) from error
    if any(name.startswith("word/") for name in names):
        return DOCX
    if any(name.startswith("xl/") for name in names):
        return XLSX
    raise _unknown("tệp nén không chứa văn bản", "an archive that holds no letter")


def _sniff_compound(data: bytes) -> str:
    """Word, Excel or a protected OOXML: told by the stream names of the compound file."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\x00\x00" in data

    if holds("EncryptedPackage"):
        raise Protected(
            "file.password",
            "Tệp được bảo vệ bằng mật khẩu.",
            "Hãy mở bằng Word, bỏ mật khẩu, lưu lại rồi thử lại.",
            "The file asks for a password; remove it in Word, save and try again.",
        )
    if holds("WordDocument"):
        return DOC
    if holds("Workbook") or holds("Book"):
        return XLS
    raise _unknown("tệp Office cũ không chứa văn bản", "an old Office file that holds no letter")


_HTML = regex.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|span|h[1-6]|br)\b", regex.I
)
_MARKDOWN = compile_once(
    r"^(?:#{1,6}\s|\|(?:\s*:?-{3,}:?\s*\|)+\s*$|\[\^[^\]]+\]:|```)|\*\*[^*\n]+\*\*",
    regex.MULTILINE,
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def _sniff_text(data: bytes, name: str) -> str:
    sample = data[:65536]
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            sample = sample[len(mark) :].decode(encoding, "ignore").encode()
            break
    else:
        if _binary(sample):
            raise _unknown("không nhận ra định dạng", "its format is not known")
    if _HTML.search(sample[:4096].replace(b"\x00", b"")):
        return HTML
    told = name.lower().endswith((".md", ".markdown"))
    if told or len(_MARKDOWN.findall(sample.decode("utf-8", "replace"))) > 1:
        return MARKDOWN
    return TEXT


def _binary(sample: bytes) -> bool:
    """Control characters that no text holds; UTF-16 without a mark has NUL at every other byte."""
    nulls = max(sample[::2].count(0), sample[1::2].count(0))
    if nulls * 2 > 0.3 * len(sample):
        return sample.count(0) > 0.7 * len(sample)
    control = sum(sample.count(byte) for byte in range(32) if byte not in (9, 10, 12, 13, 27))
    return control > 0.01 * len(sample)


def _unknown(reason: str, english: str) -> Unreadable:
    return Unreadable(
        "file.unknown",
        f"Tệp không phải văn bản đọc được: {reason}.",
        "Hãy gửi tệp PDF, DOCX, DOC, ODT, RTF, HTML, văn bản thuần hoặc ảnh quét (TIFF, PNG, JPG).",
        f"Not a letter that can be read: {english}. Send PDF, DOCX, DOC, ODT, RTF, HTML, text "
        "or a scan (TIFF, PNG, JPG).",
    )
