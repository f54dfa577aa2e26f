"""Letters made up by the thousand: many layouts, sizes and formats, some of them broken.

    python benchmarks/letters.py 10000 /tmp/letters [--seed 8] [--pages 1 15] [--formats pdf docx …]

The same seed makes the same files. One in a hundred is broken in a way that congvan must report.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from made_files import RELS, TYPES, docx, md, page, txt, zipped
from made_letters import Letter, letter
from made_pdf import pdf

FORMATS = ("pdf", "pdf", "pdf", "docx", "docx", "html", "txt", "md")
"""A letter's format is drawn from these: PDF and DOCX are the commonest."""
BROKEN = 100
"""One letter in so many is broken."""


WRITE: dict[str, Callable[[Letter], bytes]] = {
    "pdf": pdf, "docx": docx, "html": page, "txt": txt, "md": md,
}  # fmt: skip


def broken(dice: random.Random) -> tuple[str, bytes]:
    """The ending and the bytes of a file that is no letter."""
    return dice.choice(
        [
            ("pdf", b""),
            ("pdf", b"%PDF-1.4\n1 0 obj <<"),
            ("pdf", dice.randbytes(4000)),
            ("docx", zipped({"[Content_Types].xml": TYPES, "_rels/.rels": RELS})),
            ("docx", docx(Letter((), (), (), (), (), ()))),
            ("docx", b"PK\x03\x04" + dice.randbytes(2000)),
            ("txt", b" \n \n"),
        ]
    )


class Order(NamedTuple):
    """How many letters of which kinds; one in `faulty` (0: none) is broken."""

    count: int
    seed: int = 8
    pages: tuple[int, int] = (1, 15)
    formats: Sequence[str] = FORMATS
    faulty: int = BROKEN


def make(folder: Path, order: Order) -> set[str]:
    """Write the letters, a thousand a folder; the names of the broken ones."""
    dice, spoilt = random.Random(order.seed), set()
    for number in range(1, order.count + 1):
        ending, (low, high) = dice.choice(order.formats), order.pages
        made = letter(number, dice, min(dice.randint(low, high), dice.randint(low, high)))
        data = WRITE[ending](made)
        if order.faulty and number % order.faulty == order.faulty // 2:
            ending, data = broken(dice)
            spoilt.add(f"{number:06}.{ending}")
        path = folder / f"{number // 1000:03}" / f"{number:06}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return spoilt


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--pages", type=int, nargs=2, default=(1, 15))
    parser.add_argument("--formats", nargs="+", default=FORMATS, choices=sorted(WRITE))
    asked = parser.parse_args()
    low, high = asked.pages
    spoilt = make(asked.folder, Order(asked.count, asked.seed, (low, high), asked.formats))
    print(f"{asked.count} letters in {asked.folder}, {len(spoilt)} of them broken")


if __name__ == "__main__":
    main()
