"""The pages of a PDF with a box around the words of each fact, for looking.

pdfplumber draws them; colours are those of the review page.
"""

from collections.abc import Iterator
from pathlib import Path

from pipeline.explain import Fact, facts_of
from schemas.letter import Region
from schemas.program import Program

COLOURS = {
    "nhiệm vụ": "#d9a400",
    "chủ trì": "#1a7f37",
    "phối hợp": "#0969da",
    "thời hạn": "#bc4c00",
    "viện dẫn": "#8250df",
}
"""What a fact begins with, and the colour of its box."""
OTHER = "#57606a"
RESOLUTION = 110


def draw_pictures(letter: Path, program: Program, folder: Path) -> Iterator[Path]:
    """Write page-1.png, page-2.png … into the folder; letters without places give none."""
    import pdfplumber  # noqa: PLC0415  # heavy, for looking only

    boxes = list(boxes_of(program))
    folder.mkdir(parents=True, exist_ok=True)
    with pdfplumber.open(letter) as document:
        for number, page in enumerate(document.pages, 1):
            picture = page.to_image(resolution=RESOLUTION)
            for region, colour in boxes:
                if region.page == number and region.box:
                    picture.draw_rect(region.box, fill=(0, 0, 0, 0), stroke=colour, stroke_width=2)
            path = folder / f"page-{number}.png"
            picture.save(path)
            yield path


def boxes_of(program: Program) -> Iterator[tuple[Region, str]]:
    """Each place of each fact and its colour."""
    for fact in facts_of(program):
        for region in fact.regions:
            yield region, _colour(fact)


def _colour(fact: Fact) -> str:
    return next((c for name, c in COLOURS.items() if fact.fact.startswith(name)), OTHER)
