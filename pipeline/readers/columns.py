"""Which lines stand side by side, set with tabs or blanks instead of a table?

Older letters set the letterhead (issuer | quốc hiệu) and the end (Nơi nhận | signature) in two
columns with tabs. A reader keeps wide gaps as GAP; here they part a line or become a blank.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

import regex

from extractors.rules import compile_once
from extractors.text import fold
from schemas.paper import Block, Call, Line

GAP = "\ufdd0"
"""A wide gap in the text of a line that is not yet part of a paper; it is no character."""

WIDE = compile_once(r"[ \u00a0]*\t[\t \u00a0]*|[ \u00a0]{5,}")

_HEAD_ROWS = 15
_RIGHT_OF_HEAD = compile_once(
    r"^(?:C[ỘO]NG H[ÒO]A X[ÃA] H[ỘO]I|Đ[ẢA]NG C[ỘO]NG S[ẢA]N|Độc lập|"
    r"\p{Lu}[\p{L}.\- ]{2,40}, (?:ngày|tháng))"
)
_LOST_GAP = compile_once(
    r"^\P{Ll}{3,}(?<gap> )(?=C[ỘO]NG H[ÒO]A X[ÃA] H[ỘO]I CH[ỦU] NGH[ĨI]A)"
    r"|^\P{Ll}{3,}(?<gap> )(?=Độc lập ?- ?Tự do)"
    r"|^Số:? ?\d*\S*/\S+(?<gap> )(?=\p{Lu}[\p{L}.\- ]{2,30}, ngày)"
)
_RECIPIENTS = compile_once(r"(?i)^\W*nơi (?:nhận|gửi)\b")
_LABEL = compile_once(r"(?:[-–+•*]|\d+[.)]|\p{L}[.)])")
_ITEM = compile_once(r"^[-–+•*]\s")
_ANNEX = compile_once(r"(?i)^phụ lục\b")


class _Sides(NamedTuple):
    """What stands left and right of the gap; either may be empty."""

    left: Line | None
    right: Line | None


def with_columns(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks; letterhead and end set side by side are laid left column first."""
    blocks = [*map(_with_gap, blocks[:_HEAD_ROWS]), *blocks[_HEAD_ROWS:]]
    if not any(isinstance(block, Line) and GAP in block.text for block in blocks):
        return tuple(blocks)
    head, tail = _head(blocks), _tail(blocks)
    return (
        *map(_closed, blocks[: head.start]),
        *_laid(blocks[head.start : head.stop]),
        *map(_closed, blocks[head.stop : tail.start]),
        *_laid(blocks[tail.start : tail.stop]),
        *map(_closed, blocks[tail.stop :]),
    )


def _with_gap(block: Block) -> Block:
    """A top line that was typed as one row of the letterhead, with the lost gap put in."""
    if not isinstance(block, Line) or GAP in block.text:
        return block
    if (lost := _LOST_GAP.search(fold(block.text))) is None:
        return block
    at = lost.start("gap")
    return Line(**{**dict(block), "text": f"{block.text[:at]}{GAP}{block.text[at + 1 :]}"})


def _head(blocks: Sequence[Block]) -> range:
    """From the first to the last of the top lines that have quốc hiệu or the date on the right."""
    top = takewhile(lambda block: not _says(_RECIPIENTS, block), blocks[:_HEAD_ROWS])
    rows = [
        at
        for at, block in enumerate(top)
        if isinstance(block, Line) and any(map(_right_of_head, _rights(block.text)))
    ]
    return range(rows[0], rows[-1] + 1) if rows else range(0)


def _rights(text: str) -> list[str]:
    """What stands right of each gap."""
    return [text[gap + 1 :].replace(GAP, " ") for gap, sign in enumerate(text) if sign == GAP]


def _right_of_head(text: str) -> bool:
    return _RIGHT_OF_HEAD.search(fold(text)) is not None


def _tail(blocks: Sequence[Block]) -> range:
    """Nơi nhận and what stands beside it, with the lines above that are on the right alone."""
    start = next(
        (at for at in reversed(range(len(blocks))) if _says(_RECIPIENTS, blocks[at])), len(blocks)
    )
    stop = _tail_end(blocks, start)
    while 0 < start < stop and _on_the_right(blocks[start - 1]):
        start -= 1
    if not any(isinstance(block, Line) and GAP in block.text for block in blocks[start:stop]):
        return range(len(blocks), len(blocks))
    return range(start, stop)


def _tail_end(blocks: Sequence[Block], start: int) -> int:
    """After the last item or gap below Nơi nhận, with no more than three other lines between."""
    stop = start
    for at in range(start, len(blocks)):
        block = blocks[at]
        if not isinstance(block, Line) or at - stop > 3 or _says(_ANNEX, block):
            break
        if GAP in block.text or _ITEM.search(block.text) or at == start:
            stop = at + 1
    return stop


def _says(pattern: regex.Pattern[str], block: Block) -> bool:
    return isinstance(block, Line) and pattern.search(block.text.lstrip(GAP)) is not None


def _on_the_right(block: Block) -> bool:
    return isinstance(block, Line) and block.text.startswith(GAP) and len(block.text) < 60


def _laid(blocks: Sequence[Block]) -> list[Block]:
    """The lines of the left column, then those of the right."""
    if not blocks:
        return []
    sides = [_sides(block) for block in blocks if isinstance(block, Line)]
    return [
        *(side.left for side in sides if side.left),
        *(side.right for side in sides if side.right),
        *(block for block in blocks if not isinstance(block, Line)),
    ]


def _sides(line: Line) -> _Sides:
    """The line parted at the gap that parts the columns."""
    at = _parting(line.text)
    if at is None:
        return _Sides(_part(line, 0, len(line.text), "left"), None)
    return _Sides(_part(line, 0, at, "left"), _part(line, at + 1, len(line.text), "right"))


def _parting(text: str) -> int | None:
    """The last gap with a landmark of the letterhead right of it, else the first after words."""
    gaps = [at for at, sign in enumerate(text) if sign == GAP]
    landmarks = [at for at in gaps if _right_of_head(text[at + 1 :].replace(GAP, " "))]
    if landmarks:
        return landmarks[-1]
    return next((at for at in gaps if not _LABEL.fullmatch(text[:at].strip())), None)


def _part(line: Line, start: int, end: int, column: str) -> Line | None:
    text = line.text[start:end]
    start += len(text) - len(text.lstrip(f"{GAP} "))
    text = text.strip(f"{GAP} ").replace(GAP, " ")
    if not text:
        return None
    calls = tuple(
        Call(at=min(call.at - start, len(text)), mark=call.mark)
        for call in line.calls
        if start <= call.at <= end
    )
    return Line.model_validate({**dict(line), "text": text, "calls": calls, "column": column})


def _closed(block: Block) -> Block:
    """The line with a blank for each gap."""
    if not isinstance(block, Line) or GAP not in block.text:
        return block
    text = block.text.lstrip(GAP)
    lost = len(block.text) - len(text)
    calls = tuple(Call(at=max(call.at - lost, 0), mark=call.mark) for call in block.calls)
    return Line(**{**dict(block), "text": text.replace(GAP, " ").rstrip(), "calls": calls})
