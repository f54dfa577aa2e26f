"""Which paragraphs did a note or a page number cut in two?

Letters saved from paged software keep the foot of each page in the middle of the text: a
paragraph stops in mid-sentence, notes follow, and the paragraph goes on in lower case.
"""

from collections.abc import Sequence

from extractors.rules import compile_once
from schemas.paper import Block, Line

_ENDS = compile_once(r"[.;:!?…/)\]»”\"]\s*$")
_GOES_ON = compile_once(r"^[\p{Ll}(]|^[,;.)]")
_ITEM = compile_once(r"^(?:\p{Ll}\d?|[ivx]+|\d+)[.)]|^\(\p{L}{0,2}\d{0,2}\)")

_NAMES_NOTHING = compile_once(
    r"^(?:\p{L}{1,4}[.)] |\d+[.)] |[-+] )?(?:Giao )?(?:Sở|Bộ|Cục|Chi cục)$"
)
"""A body's head without its field: "2. Sở"."""


def with_halves_joined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks; the second half of a paragraph parted by notes or furniture goes on from it."""
    result: list[Block] = []
    open_half: Line | None = None
    parted = False
    for block in blocks:
        if isinstance(block, Line) and block.role != "text":
            parted = True
            result.append(block)
            continue
        if isinstance(block, Line) and open_half and parted and goes_on(open_half.text, block.text):
            block = going_on(block)  # noqa: PLW2901 - the same line, told to go on
        open_half = block if isinstance(block, Line) else None
        parted = False
        result.append(block)
    return tuple(result)


def going_on(line: Line) -> Line:
    """The line as one that goes on from the line before."""
    return Line(**{**dict(line), "starts": False})


def goes_on(first: str, second: str) -> bool:
    """Whether the second text is the rest of the first one's sentence; titles have no rest."""
    if _NAMES_NOTHING.search(first):
        return _ITEM.search(second) is None
    return (
        not first.isupper()
        and not _ENDS.search(first)
        and _GOES_ON.search(second) is not None
        and _ITEM.search(second) is None
    )
