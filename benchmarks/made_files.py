"""A made-up letter as text, Markdown, a web page and a Word file."""

import html
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from made_letters import Letter


def txt(letter: Letter) -> bytes:
    """Lines of text."""
    return "\n".join(_said(letter)).encode()


def md(letter: Letter) -> bytes:
    """Paragraphs, tables with pipes."""
    parts = [*letter.left, *letter.right, f"# {letter.title[0]}", letter.title[1]]
    for block in letter.blocks:
        if isinstance(block, str):
            parts.append(block.replace("1.", "1\\.", 1) if block[0].isdigit() else block)
        else:
            lines = [f"| {' | '.join(row)} |" for row in block.rows]
            lines.insert(1, "|" + " --- |" * len(block.rows[0]))
            parts.append("\n".join(lines))
    return "\n\n".join([*parts, *letter.recipients, *filter(None, letter.signature)]).encode()


def _said(letter: Letter) -> Iterator[str]:
    yield from (*letter.left, *letter.right, "", *letter.title, "")
    for block in letter.blocks:
        if isinstance(block, str):
            yield from (block, "")
        else:
            yield from ("\t".join(row) for row in block.rows)
            yield ""
    yield from (*letter.recipients, "", *letter.signature)


def page(letter: Letter) -> bytes:
    """HTML with tables."""

    def rows(table: Sequence[Sequence[str]]) -> str:
        cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in table)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"

    def lines(words: Sequence[str]) -> str:
        return "".join(f"<p>{html.escape(word)}</p>" for word in words)

    head = "<table><tr>" + "".join(f"<td>{lines(c)}</td>" for c in (letter.left, letter.right))
    body = "".join(lines([b]) if isinstance(b, str) else rows(b.rows) for b in letter.blocks)
    foot = lines(letter.recipients) + lines(letter.signature)
    said = f"{head}</tr></table>{lines(letter.title)}{body}{foot}"
    return f"<!doctype html><html><meta charset='utf-8'><body>{said}</body></html>".encode()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-'
    'types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument'
    '/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(letter: Letter) -> bytes:
    """A document of Word: letterhead in a table without rules, paragraphs, tables."""

    def paragraphs(words: Sequence[str]) -> str:
        runs = (f'<w:r><w:t xml:space="preserve">{escape(word)}</w:t></w:r>' for word in words)
        return "".join(f"<w:p>{run}</w:p>" for run in runs)

    def table(rows: Sequence[Sequence[Sequence[str]]]) -> str:
        cells = ("".join(f"<w:tc>{paragraphs(c)}</w:tc>" for c in row) for row in rows)
        grid = "<w:gridCol/>" * len(rows[0])
        body = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
        return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"

    body = [table([[letter.left, letter.right]]), paragraphs(letter.title)]
    for block in letter.blocks:
        if isinstance(block, str):
            body.append(paragraphs([block]))
        else:
            body.append(table([[[cell] for cell in row] for row in block.rows]))
    body.append(table([[letter.recipients, letter.signature]]))
    document = f'<?xml version="1.0"?><w:document {_W}><w:body>{"".join(body)}</w:body>'
    return zipped(
        {"[Content_Types].xml": TYPES, "_rels/.rels": RELS,
         "word/document.xml": document + "</w:document>"}
    )  # fmt: skip


def zipped(files: dict[str, str]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)  # no clock: the same bytes each time
    return stream.getvalue()
