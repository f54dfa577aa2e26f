"""Does this line open a paragraph, or go on from the line before it?

A typist leaves signs: an indent, a gap, a line that ends before the margin although the next word
had room, a label. Each question looks at two neighbouring lines and says True (it opens), False
(it goes on) or None (that sign is not there); the first that answers is right. Which questions are
asked, and in which order, stands at the end of the file for each place of a line.
"""

from extractors.openings.in_cell import opens_in_cell, opens_in_centred_cell
from extractors.openings.in_column import opens_in_column
from extractors.openings.in_text import opens_in_text
from extractors.openings.in_title import opens_in_title
from extractors.openings.inked import Inked
from extractors.openings.pair import Area, Pair

__all__ = [
    "Area",
    "Inked",
    "Pair",
    "opens_in_cell",
    "opens_in_centred_cell",
    "opens_in_column",
    "opens_in_text",
    "opens_in_title",
]
