"""Make scans of a PDF: clean or damaged as paper is, the same for the same seed.

    python -m benchmarks.make_scans letter.pdf scans/ --dpi 200 300 --damage clean noisy

Each page becomes `<stem>-<damage>-<dpi>-<page>.png`. Damage: `clean` (toner spread only),
`noisy` (skew, specks, grey paper, thin ink, a red seal), `bad` (noisy and streaks, a fold's
shadow, more of each), `fax` (one bit).
"""

import argparse
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

Image = NDArray[np.uint8]


class Damage(NamedTuple):
    """How much of each: degrees of skew, specks a square inch, streaks a page, share of ink."""

    skew: float = 0.0
    specks: float = 0.0
    streaks: int = 0
    fold: float = 0.0
    thin: float = 0.0
    paper: float = 1.0
    seal: bool = False
    grain: float = 0.0
    one_bit: bool = False


DAMAGES = {
    "clean": Damage(grain=3),
    "noisy": Damage(skew=1.0, specks=6, thin=0.35, paper=0.9, seal=True, grain=9),
    "bad": Damage(2.5, 25, 3, 0.35, 0.6, 0.8, True, 16),
    "fax": Damage(skew=0.4, specks=3, grain=6, one_bit=True),
}


def main() -> None:
    """Read the arguments, write the images."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pdf", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--dpi", type=int, nargs="+", default=[200, 300])
    parser.add_argument("--damage", nargs="+", choices=DAMAGES, default=["clean", "noisy"])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for dpi in given.dpi:
        for name in given.damage:
            for number, image in enumerate(scans(given.pdf, dpi, DAMAGES[name], given.seed), 1):
                write(given.out / f"{given.pdf.stem}-{name}-{dpi}-{number}.png", image, dpi)


def write(path: Path, image: Image, dpi: int) -> None:
    """The image as a PNG that knows its resolution."""
    from PIL import Image as Pillow

    Pillow.fromarray(image).save(path, dpi=(dpi, dpi))


def scans(pdf: Path, dpi: int, damage: Damage, seed: int) -> Iterable[Image]:
    """The pages as scanned: RGB, or grey where one bit."""
    for number, page in enumerate(pdfium.PdfDocument(pdf)):
        paper = page.render(scale=dpi / 72).to_numpy()[..., :3]
        chance = np.random.default_rng([seed, number, dpi])
        yield damaged(np.ascontiguousarray(paper), dpi, damage, chance)


def damaged(paper: Image, dpi: int, damage: Damage, chance: np.random.Generator) -> Image:
    """One page after paper, glass and lamp have been at it."""
    steps: tuple[Callable[[Image, int, Damage, np.random.Generator], Image], ...] = (
        _thin_ink, _seal, _specks, _skew, _fold, _paper, _streaks, _grain,
    )  # fmt: skip
    for step in steps:
        paper = step(paper, dpi, damage, chance)
    if damage.one_bit:
        grey = cv2.cvtColor(paper, cv2.COLOR_RGB2GRAY)
        return np.where(grey > 150, 255, 0).astype(np.uint8)
    return paper


def _thin_ink(paper: Image, dpi: int, damage: Damage, chance: np.random.Generator) -> Image:
    """Patches of a drum that gives less toner."""
    if not damage.thin:
        return paper
    height, width = paper.shape[:2]
    loss = chance.random((height // 40 + 1, width // 40 + 1)).astype(np.float32)
    loss = cv2.resize(cv2.GaussianBlur(loss, (0, 0), 1.2), (width, height))
    loss = np.clip((loss - 0.5) * 4, 0, 1)[..., None] * damage.thin
    return (255 - (255 - paper.astype(np.float32)) * (1 - loss)).astype(np.uint8)


def _seal(paper: Image, dpi: int, damage: Damage, chance: np.random.Generator) -> Image:
    """A round red seal over the right half."""
    if not damage.seal:
        return paper
    height, width = paper.shape[:2]
    centre = (int(width * chance.uniform(0.55, 0.75)), int(height * chance.uniform(0.55, 0.9)))
    layer = np.full_like(paper, 255)
    ring = max(2, dpi // 60)
    for radius in (0.7, 0.64, 0.42):
        cv2.circle(layer, centre, int(radius * dpi), (205, 40, 50), ring, cv2.LINE_AA)
    for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False):
        at = (
            int(centre[0] + 0.5 * dpi * np.cos(angle)),
            int(centre[1] + 0.5 * dpi * np.sin(angle)),
        )
        cv2.putText(layer, "N", at, cv2.FONT_HERSHEY_SIMPLEX, dpi / 400, (205, 40, 50), 2)
    return np.minimum(paper, layer)


def _specks(paper: Image, dpi: int, damage: Damage, chance: np.random.Generator) -> Image:
    """Irregular dirt of one to four pixels, dark and light."""
    height, width = paper.shape[:2]
    count = int(damage.specks * height * width / dpi**2)
    layer = paper.copy()
    for x, y, size, shade in zip(
        chance.integers(0, width, count), chance.integers(0, height, count),
        chance.integers(1, 4, count), chance.integers(0, 110, count), strict=True,
    ):  # fmt: skip
        shape = chance.random((size, size)) < 0.7
        patch = layer[y : y + size, x : x + size]
        patch[shape[: patch.shape[0], : patch.shape[1]]] = shade
    return layer


def _skew(paper: Image, dpi: int, damage: Damage, chance: np.random.Generator) -> Image:
    angle = chance.uniform(-damage.skew, damage.skew)
    height, width = paper.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(paper, turn, (width, height), borderValue=(255, 255, 255))


def _fold(paper: Image, dpi: int, damage: Damage, chance: np.random.Generator) -> Image:
    """The soft shadow of a fold across the page."""
    height = paper.shape[0]
    at = chance.uniform(0.3, 0.7) * height
    rows = np.arange(height, dtype=np.float32)
    shade = 1 - damage.fold * np.exp(-((rows - at) ** 2) / (2 * (0.08 * dpi) ** 2))
    return (paper * shade[:, None, None]).astype(np.uint8)


def _paper(paper: Image, dpi: int, damage: Damage, chance: np.random.Generator) -> Image:
    """Grey or yellowish paper, darker to one side."""
    width = paper.shape[1]
    fall = np.linspace(1, 1 - (1 - damage.paper) / 2, width, dtype=np.float32)
    return (paper * (damage.paper * fall)[None, :, None]).astype(np.uint8)


def _streaks(paper: Image, dpi: int, damage: Damage, chance: np.random.Generator) -> Image:
    """Thin dark lines down the page: dirt on the glass."""
    layer = paper.copy()
    for _ in range(damage.streaks):
        x = int(chance.integers(0, paper.shape[1]))
        layer[:, x : x + 2] = (layer[:, x : x + 2] * 0.45).astype(np.uint8)
    return layer


def _grain(paper: Image, dpi: int, damage: Damage, chance: np.random.Generator) -> Image:
    """Blur of the lens and noise of the sensor."""
    soft = cv2.GaussianBlur(paper, (0, 0), 0.003 * dpi)
    noise = chance.normal(0, damage.grain, paper.shape[:2])[..., None]
    return np.clip(soft + noise, 0, 255).astype(np.uint8)


if __name__ == "__main__":
    main()
