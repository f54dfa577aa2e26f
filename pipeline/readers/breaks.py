"""Does the line after a break inside a paragraph begin something of its own?"""

from extractors.rules import compile_once
from pipeline.readers.halves import goes_on
from schemas.paper import Line

ITEM = compile_once(
    r"^(?:[-–+•*]\s|\d{1,2}(?:\.\d{1,2})*(?:[.)]|[-/](?= ?\p{Lu}))|\p{L}\)|"
    r"\p{Ll}\d?[./,](?= ?\p{Lu})|[IVX]+(?:\.|[-/](?= ?\p{Lu}))|\((?:\d+|\p{L})\))"
)
"""A line that opens with the label of a list."""

_SENTENCE_END = compile_once(r"[.;:!?]$")


def after_break(before: Line, line: Line, *, of_page: bool = False) -> Line:
    """The line after a break, told whether it begins a paragraph; `of_page`: a hard page break."""
    begins = not goes_on(before.text, line.text) if of_page else _begins(before, line)
    return Line(**{**dict(line), "starts": begins})


def _begins(before: Line, line: Line) -> bool:
    return (
        (before.centered and line.centered)  # letterhead and signature: each line its own
        or ITEM.search(line.text) is not None
        or _SENTENCE_END.search(before.text) is not None
        or before.bold != line.bold
        or before.text.isupper() != line.text.isupper()
    )
