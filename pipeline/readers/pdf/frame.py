"""How does a page lie, and where on the upright page does a place of it come to stand?"""

from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.readers.pdf import pdfium as asked
from pipeline.readers.pdf.geometry import Bounds, Matrix
from pipeline.readers.pdf.objects import Thing


@dataclass(frozen=True, slots=True)
class Frame:
    """From user space to the upright page: `matrix` turns and flips, origin top left."""

    width: float
    height: float
    matrix: Matrix

    @classmethod
    def of(cls, page: pdfium.PdfPage, turns: int = 0) -> "Frame":
        """The page as it is shown, turned clockwise by more quarter turns."""
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page.raw, box)
        wide, high = box.right - box.left, box.top - box.bottom
        match (page.get_rotation() // 90 + turns) % 4:
            case 0:
                return cls(wide, high, Matrix(1, 0, 0, -1, -box.left, box.top))
            case 1:
                return cls(high, wide, Matrix(0, 1, 1, 0, -box.bottom, -box.left))
            case 2:
                return cls(wide, high, Matrix(-1, 0, 0, 1, box.right, -box.bottom))
            case _:
                return cls(high, wide, Matrix(0, -1, -1, 0, box.top, box.right))

    def share(self, image: Thing) -> float:
        """Which share of the page an image covers."""
        box = self.placed(image, asked.bounds_of(image.address))
        wide = max(min(box.right, self.width) - max(box.left, 0.0), 0.0)
        high = max(min(box.top, self.height) - max(box.bottom, 0.0), 0.0)
        return wide * high / (self.width * self.height or 1.0)

    def placed(self, thing: Thing, bounds: Bounds) -> Bounds:
        """Where a box in an object's own space stands."""
        return self.matrix.box(thing.outer.box(bounds))
