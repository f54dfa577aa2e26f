"""Which parts does the package hold, and how are they related?"""

from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath

from lxml import etree

from pipeline.errors import Unreadable
from pipeline.readers.limits import Limits
from pipeline.readers.zipped import Archive, open_archive, parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
VAL = W + "val"

_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {  # the strict form of the standard names the same elements otherwise
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": R[1:-1].encode(),
}


@dataclass(frozen=True)
class Package:
    """The document part and the parts it names."""

    archive: Archive
    main: str

    @cached_property
    def document(self) -> etree._Element:
        """The root of the document part."""
        return self.root(self.main)

    def root(self, name: str) -> etree._Element:
        """The root of a part, in the transitional namespaces."""
        data = self.archive.read(name)
        if _STRICT in data:
            for strict, transitional in _TRANSITIONAL.items():
                data = data.replace(strict, transitional)
        return parse_xml(data, self.archive.limits)

    @cached_property
    def _relations(self) -> dict[str, tuple[str, str]]:
        """Relation id to the last word of its type and the part it leads to."""
        return dict(relations(self.archive, self.main))

    def part(self, kind: str) -> etree._Element | None:
        """The root of the one part of that kind (styles, numbering, footnotes …)."""
        for found, name in self._relations.values():
            if found == kind and name in self.archive.names:
                return self.root(name)
        return None

    def related(self, relation: str | None) -> etree._Element | None:
        """The root of the part that a relation of the document leads to."""
        name = self.target(relation)
        return self.root(name) if name is not None else None

    def target(self, relation: str | None) -> str | None:
        """The part that a relation of the document leads to; None for one outside the file."""
        _, name = self._relations.get(relation or "", ("", ""))
        return name if name in self.archive.names else None


def relations(archive: Archive, part: str) -> list[tuple[str, tuple[str, str]]]:
    """(id, (kind, part)) of every relation inside the package; external ones are not followed."""
    folder = dirname(part)
    root = archive.xml_or_none(join(folder, "_rels", part.rpartition("/")[2] + ".rels"))
    if root is None:
        return []
    return [
        (item.get("Id", ""), (item.get("Type", "").rpartition("/")[2], _target(folder, item)))
        for item in root
        if item.get("TargetMode") != "External"
    ]


def _target(folder: str, relation: etree._Element) -> str:
    target = relation.get("Target", "")
    return normpath(target[1:] if target.startswith("/") else join(folder, target))


def open_package(data: bytes, limits: Limits) -> Package:
    """The package of a DOCX file; raises Unreadable where it holds no document part."""
    archive = open_archive(data, limits)
    named = (name for _, (kind, name) in relations(archive, "") if kind == "officeDocument")
    for name in (*named, "word/document.xml"):
        if name in archive.names:
            return Package(archive, name)
    raise Unreadable(
        "docx.no-document",
        "Tệp DOCX không có phần nội dung (word/document.xml).",
        "Tệp bị hỏng hoặc không phải DOCX; hãy xin lại bản gốc.",
        "The DOCX file has no document part (word/document.xml); get the original again.",
    )
