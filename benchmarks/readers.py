"""How fast are PDF letters read, beside what PDFium and pdfplumber need in the same run?

    python benchmarks/readers.py [letter.pdf or folder …]     (default: the samples)

Each row reads the same files from memory, opened anew. The rows are run by turns and the fastest
round of each counts, in CPU time, so that a busy machine harms all alike. What a row yields:

pages      pages opened, nothing read: PDFium's own parsing, the floor of all that follow
objects    pypdfium2's page objects: text, box, font size of each, no order, no lines
congvan    `pipeline.readers.pdf`: lines, columns, notes, furniture, tables, paragraphs
pdfplumber extract_text and find_tables, if it is installed
viparse    its extraction, if it is installed
"""

import argparse
import importlib.util
import io
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.readers.limits import Limits
from pipeline.readers.pdf import read_pdf
from pipeline.readers.pdf.layer import is_usable, layer_of
from pipeline.readers.pdf.sheet import read_sheet


class Letter(NamedTuple):
    path: Path
    data: bytes
    pages: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path, default=[Path("samples")])
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    letters = list(text_letters(arguments.paths))
    count = sum(letter.pages for letter in letters)
    print(f"{len(letters)} letters with text layers, {count} pages, {arguments.rounds} rounds")
    for name, seconds in measured(letters, arguments.rounds).items():
        each = [1000 * value / count for value in seconds]
        spread = f"{min(each):.2f} – {statistics.median(each):.2f}"
        print(f"{name:12} {count / min(seconds):8.0f} pages/s   {spread} ms a page (best – median)")


def text_letters(paths: Sequence[Path]) -> Iterator[Letter]:
    """The PDF files whose every page has a sound text layer: no scan slows a row down."""
    for path in paths:
        for file in sorted(path.rglob("*.pdf")) if path.is_dir() else [path]:
            data = file.read_bytes()
            if pages := text_pages(data):
                yield Letter(file, data, pages)


def text_pages(data: bytes) -> int:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return 0
    sheets = [read_sheet(document[index], index + 1) for index in range(len(document))]
    return len(sheets) if all(is_usable(layer_of(sheet), sheet) for sheet in sheets) else 0


def measured(letters: Sequence[Letter], rounds: int) -> dict[str, list[float]]:
    rows = dict(available())
    seconds: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(rounds):
        for name, row in rows.items():
            start = time.process_time()
            for letter in letters:
                row(letter.data)
            seconds[name].append(time.process_time() - start)
    return seconds


def available() -> Iterator[tuple[str, Callable[[bytes], object]]]:
    yield "pages", open_pages
    yield "objects", page_objects
    yield "congvan", lambda data: read_pdf(data, Limits())
    if importlib.util.find_spec("pdfplumber"):
        yield "pdfplumber", plumbed
    if importlib.util.find_spec("viparse"):
        yield "viparse", viparsed


def open_pages(data: bytes) -> int:
    document = pdfium.PdfDocument(data)
    return sum(1 for index in range(len(document)) if document[index])


def page_objects(data: bytes) -> int:
    document = pdfium.PdfDocument(data)
    letters = 0
    for index in range(len(document)):
        page = document[index]
        text_page = page.get_textpage()
        for thing in page.get_objects(max_depth=8, textpage=text_page):
            thing.get_bounds()
            if thing.type == raw.FPDF_PAGEOBJ_TEXT:
                letters += len(thing.extract())
                thing.get_font_size()
    return letters


def plumbed(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(
            len(page.extract_text() or "") + len(page.find_tables()) for page in document.pages
        )


def viparsed(data: bytes) -> object:
    import viparse

    return viparse.parse(data)


if __name__ == "__main__":
    main()
