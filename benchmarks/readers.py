"""How fast are PDF letters read, beside what PDFium and pdfplumber need in the same run?

    python benchmarks/readers.py [letter.pdf or folder …]     (default: the samples)

Each row reads the same files, opened anew. The rows are run by turns and the fastest round of each
counts, in processor time, so that a busy machine harms all alike. What a row yields:

pages      pages opened, nothing read: PDFium's own parsing, the floor of all that follow
objects    pypdfium2's page objects: text, box, font size of each, no order, no lines
congvan    `pipeline.readers.pdf`: lines, columns, notes, furniture, tables, paragraphs
pdfplumber extract_text and find_tables
viparse    its loader, to Markdown (extra `peers`)

The last column is congvan's speed beside that row's: 0.4 says that reading costs two and a half
times as much, 12 that it is twelve times as fast.
"""

import argparse
import importlib
import importlib.util
import io
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    print("\n".join(table(measured(letters, arguments.rounds), count)))


def table(measured: Mapping[str, Sequence[float]], pages: int) -> Iterator[str]:
    """A line a row; what is not installed says so."""
    yield "| | pages a second | ms a page (best – median) | congvan beside it |"
    yield "|---|---|---|---|"
    own = min(measured["congvan"])
    for name, seconds in measured.items():
        if not seconds:
            yield f"| {name} | not installed: `pip install {name}` | – | – |"
            continue
        best, median = (1000 * told / pages for told in (min(seconds), statistics.median(seconds)))
        rate, beside = pages / min(seconds), min(seconds) / own
        yield f"| {name} | {rate:.0f} | {best:.2f} – {median:.2f} | {beside:.2g}× |"


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
    seconds: dict[str, list[float]] = {name: [] for name in ROWS}
    for _ in range(rounds):
        for name, row in ROWS.items():
            if name in PEERS and not importlib.util.find_spec(name):
                continue
            start = time.process_time()
            for letter in letters:
                row(letter)
            seconds[name].append(time.process_time() - start)
    return seconds


def open_pages(letter: Letter) -> None:
    document = pdfium.PdfDocument(letter.data)
    for index in range(letter.pages):
        document[index].close()
    document.close()


def page_objects(letter: Letter) -> int:
    document = pdfium.PdfDocument(letter.data)
    letters = 0
    for index in range(letter.pages):
        page = document[index]
        text_page = page.get_textpage()
        for thing in page.get_objects(max_depth=8, textpage=text_page):
            thing.get_bounds()
            if thing.type == raw.FPDF_PAGEOBJ_TEXT:
                letters += len(thing.extract())
                thing.get_font_size()
    return letters


def read(letter: Letter) -> object:
    return read_pdf(letter.data, Limits())


def plumbed(letter: Letter) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(letter.data)) as document:
        return sum(
            len(page.extract_text() or "") + len(page.find_tables()) for page in document.pages
        )


def viparsed(letter: Letter) -> object:
    viparse = importlib.import_module("viparse")
    return viparse.load(str(letter.path), output="markdown")


ROWS: dict[str, Callable[[Letter], object]] = {
    "pages": open_pages,
    "objects": page_objects,
    "congvan": read,
    "pdfplumber": plumbed,
    "viparse": viparsed,
}
PEERS = ("pdfplumber", "viparse")


if __name__ == "__main__":
    main()
