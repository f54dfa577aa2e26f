"""How many characters of a scan are read wrongly, by which engine, in what time?

    python -m benchmarks.read_scans samples/held/*/letter.pdf --damage clean noisy bad --seed 99

The text layer of each PDF is the truth, the scans are made from its pages (make_scans). Engines:
`page`: Tesseract on the bare image with its own layout; `wheel`: TrueOCR alone, as without a
system package; `both`: what congvan does. Error: Levenshtein distance over the characters of the
truth, in reading order, of running text, notes and table cells. Seconds: processor time a page.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.make_scans import DAMAGES, scans
from extractors.text import fold, tidy
from pipeline.ocr import tesseract
from pipeline.readers import read
from pipeline.readers.scan import ocr_page
from schemas.paper import Page, lines_in

Engine = Callable[[Image.Image, int], str]


def text_of(page: Page) -> str:
    """The words of the page in reading order, without furniture."""
    lines = (line for line in lines_in(page.blocks) if line.role != "furniture")
    return fold(tidy(" ".join(line.text for line in lines)))


def distance(read: str, truth: str) -> int:
    """Characters to change, add or drop (Levenshtein), a row of the table at a time."""
    letters = np.frombuffer(truth.encode("utf-32-le"), np.uint32)
    places = np.arange(len(letters) + 1)
    row = places.copy()
    for index, letter in enumerate(read, 1):
        kept = np.minimum(row[:-1] + (letters != ord(letter)), row[1:] + 1)
        row = np.minimum.accumulate(np.concatenate(([index], kept)) - places) + places
    return int(row[-1])


def both(image: Image.Image, dpi: int) -> str:
    return text_of(ocr_page(image, 2, image.width * 72 / dpi, image.height * 72 / dpi))


def wheel(image: Image.Image, dpi: int) -> str:
    here, tesseract.is_available = tesseract.is_available, lambda: False
    try:
        return both(image, dpi)
    finally:
        tesseract.is_available = here


def page(image: Image.Image, dpi: int) -> str:
    from tesserocr import PyTessBaseAPI

    with PyTessBaseAPI(path=tesseract.model_folder(), lang="vie") as api:
        api.SetImage(image)
        api.SetSourceResolution(dpi)
        return fold(tidy(api.GetUTF8Text()))


ENGINES: dict[str, Engine] = {"page": page, "wheel": wheel, "both": both}


def measured(
    engine: Engine, pages: Iterable[tuple[Image.Image, str]], dpi: int
) -> tuple[float, float]:
    """Share of wrong characters in per cent, and seconds a page."""
    wrong = letters = count = 0
    seconds = 0.0
    for image, truth in pages:
        start = time.process_time()
        found = engine(image, dpi)
        seconds += time.process_time() - start
        wrong, letters, count = wrong + distance(found, truth), letters + len(truth), count + 1
    return 100 * wrong / letters, seconds / count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pdf", type=Path, nargs="+")
    parser.add_argument("--dpi", type=int, nargs="+", default=[200, 300])
    parser.add_argument("--damage", nargs="+", choices=DAMAGES, default=["clean", "noisy", "bad"])
    parser.add_argument("--engine", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--seed", type=int, default=99)
    given = parser.parse_args()
    truths = [
        [text_of(page) for page in read(pdf.read_bytes(), pdf.name).pages] for pdf in given.pdf
    ]
    print("damage dpi " + " ".join(f"{name + ' %':>9} {'s':>5}" for name in given.engine))
    for damage in given.damage:
        for dpi in given.dpi:
            pages = [
                (Image.fromarray(image), truth)
                for pdf, texts in zip(given.pdf, truths, strict=True)
                for image, truth in zip(
                    scans(pdf, dpi, DAMAGES[damage], given.seed), texts, strict=True
                )
                if len(truth) > 200
            ]
            row = (measured(ENGINES[name], pages, dpi) for name in given.engine)
            print(f"{damage:6} {dpi} " + " ".join(f"{e:9.2f} {s:5.2f}" for e, s in row), flush=True)


if __name__ == "__main__":
    main()
