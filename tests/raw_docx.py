"""Word files built by hand, part by part, so that a test shows the XML it is about."""

import io
import zipfile

W_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_ROOTS = {
    "document": "w:document",
    "styles": "w:styles",
    "numbering": "w:numbering",
    "footnotes": "w:footnotes",
    "endnotes": "w:endnotes",
    "settings": "w:settings",
    "header1": "w:hdr",
    "footer1": "w:ftr",
}
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def docx(body: str, **parts: str) -> bytes:
    """A DOCX whose parts hold the XML given, each inside its root element."""
    contents = {"document": f"<w:body>{body}</w:body>", **parts}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(contents))
        archive.writestr("_rels/.rels", _relations({"r1": ("officeDocument", "word/document.xml")}))
        for name, content in contents.items():
            root = _ROOTS[name]
            archive.writestr(
                f"word/{name}.xml",
                f'<?xml version="1.0" encoding="UTF-8"?><{root} {W_NAMES}>{content}</{root}>',
            )
        related = {name: (name.rstrip("1"), f"{name}.xml") for name in parts}
        archive.writestr("word/_rels/document.xml.rels", _relations(related))
    return buffer.getvalue()


def _content_types(parts: dict[str, str]) -> str:
    kinds = {"document": "document.main", "header1": "header", "footer1": "footer"}
    rows = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.wordprocessingml.{kinds.get(name, name)}+xml"/>'
        for name in parts
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{rows}</Types>"
    )


def _relations(items: dict[str, tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{name}" Type="{_TYPES}{kind}" Target="{target}"/>'
        for name, (kind, target) in items.items()
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{rows}</Relationships>"
    )


def p(content: str, properties: str = "") -> str:
    """A paragraph; plain text is put in a run."""
    inner = content if content.startswith("<") or not content else r(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def num(list_id: int, level: int = 0) -> str:
    """The properties of a list paragraph."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def lvl(level: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str, more: str = "") -> str:
    """An abstract list."""
    inner = more + "".join(levels)
    return f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'


def lst(number: int, of: int, more: str = "") -> str:
    """A list of an abstract list."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def tc(content: str, properties: str = "") -> str:
    """A table cell; plain text is put in a paragraph."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A table row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, properties: str = "") -> str:
    """A table."""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


RULED = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{edge} w:val="single" w:sz="4"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)
