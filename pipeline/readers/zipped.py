"""How is an archive (DOCX, XLSX, ODT) opened without harm?

Sizes are checked as declared and again while unpacking; XML is read without entities, network
or external parts; a document type declaration, which no office format needs, is refused.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from pipeline.errors import Protected, TooLarge, Unreadable
from pipeline.readers.limits import Limits

_CHUNK = 1 << 20
_MEMBERS = 20_000


@dataclass(slots=True)
class Archive:
    """The members of an archive; what they unpack to is counted against the limit."""

    archive: zipfile.ZipFile
    limits: Limits
    names: frozenset[str]
    unpacked: int = field(default=0)

    def read(self, name: str) -> bytes:
        """The bytes of a member; raises TooLarge before memory is filled."""
        pieces = []
        try:
            with self.archive.open(name) as member:
                while piece := member.read(_CHUNK):
                    self.unpacked += len(piece)
                    if self.unpacked > self.limits.unpacked:
                        raise _too_large(self.limits)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise _damaged() from error
        return b"".join(pieces)

    def xml(self, name: str) -> etree._Element:
        """The root of an XML member."""
        return parse_xml(self.read(name), self.limits)

    def xml_or_none(self, name: str | None) -> etree._Element | None:
        """The root of an XML member that need not be there."""
        return self.xml(name) if name in self.names else None


def open_archive(data: bytes, limits: Limits) -> Archive:
    """The archive, its declared sizes within the limit."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
        raise _damaged() from error
    if len(members) > _MEMBERS or sum(m.file_size for m in members) > limits.unpacked:
        raise _too_large(limits)
    if any(member.flag_bits & 1 for member in members):
        raise Protected(
            "file.password",
            "Tệp được bảo vệ bằng mật khẩu.",
            "Hãy bỏ mật khẩu, lưu lại rồi thử lại.",
            "The file asks for a password; remove it, save and try again.",
        )
    return Archive(archive, limits, frozenset(member.filename for member in members))


def parse_xml(data: bytes, limits: Limits) -> etree._Element:
    """The root element; refuses declarations that could hold entities, and deep nesting."""
    if b"<!DOCTYPE" in data or b"<\x00!\x00D" in data or b"\x00<\x00!\x00D" in data:
        raise Unreadable(
            "xml.doctype",
            "Tệp chứa khai báo XML nguy hiểm (DOCTYPE) mà văn bản bình thường không có.",
            "Không mở tệp này; hãy xin lại bản gốc từ nơi gửi.",
            "The file holds an XML document type declaration, which no letter needs; "
            "ask the sender for the original.",
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise too_deep(limits) from error
        raise _damaged() from error


def too_deep(limits: Limits) -> TooLarge:
    """Elements, tables or lists lie in one another deeper than any letter needs."""
    return TooLarge(
        "file.too-deep",
        f"Các phần trong tệp lồng nhau quá sâu (giới hạn {limits.nesting} lớp).",
        "Hãy mở tệp bằng phần mềm soạn thảo, lưu lại dưới dạng PDF rồi thử lại.",
        f"The file nests deeper than {limits.nesting} levels; save it as PDF and try again.",
    )


def _too_large(limits: Limits) -> TooLarge:
    return TooLarge(
        "file.unpacked",
        f"Tệp nén bung ra lớn hơn giới hạn {limits.unpacked / 2**20:.0f} MB (có thể là bom nén).",
        "Nếu tin nơi gửi, hãy nâng giới hạn dung lượng bung; nếu không, đừng mở tệp.",
        f"The archive unpacks to more than {limits.unpacked / 2**20:.0f} MB (maybe a bomb); "
        "raise the limit only if you trust the sender.",
    )


def _damaged() -> Unreadable:
    return Unreadable(
        "file.damaged",
        "Tệp bị hỏng hoặc tải chưa trọn vẹn.",
        "Hãy tải lại hoặc xin lại tệp gốc.",
        "The file is damaged or cut short; get it again.",
    )
