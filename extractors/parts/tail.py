"""Where do the signature and Nơi nhận begin, and which line belongs to which?"""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.parts.annexes import opens_attachment
from extractors.parts.ink import Column, Ink
from extractors.parts.landmarks import (
    is_item,
    is_name,
    is_noise,
    is_position,
    is_separator,
    says,
    says_any,
)
from extractors.titles import kind_opening
from schemas.letter import Part
from schemas.paper import Line

_ENDING = ("tail.recipients", "tail.authority", "tail.position", "tail.archive")
_SIGNING = ("tail.authority", "tail.position", "tail.signed")


def tail_start(inks: Sequence[Ink], start: int) -> int:
    """Where the signature or Nơi nhận begins; the end where the paper holds neither."""
    for at in range(start, len(inks)):
        key = inks[at].key
        if not (says_any(_ENDING, key) or key.isupper()):
            continue  # nearly all lines
        if says_any(("tail.recipients", "tail.authority"), key):
            return at
        if is_position(key) and _is_signed(inks, at):
            return at
        if says("tail.archive", key):
            return _list_start(inks, at, start)
    return len(inks)


def _list_start(inks: Sequence[Ink], filed: int, start: int) -> int:
    """Where a list that ends with "Lưu: VT" begins: a scan lost the words Nơi nhận."""
    at = filed
    while at > start and not _ends_body(inks[at - 1]) and filed - at < 50:
        at -= 1
    return at


def _ends_body(ink: Ink) -> bool:
    """Is the line still body: the end mark, a full line, a table?"""
    return not isinstance(ink.block, Line) or len(ink.key) > 75 or says("body.end", ink.key)


def _is_signed(inks: Sequence[Ink], at: int) -> bool:
    """Does a name, or Nơi nhận, follow the position with little between?"""
    strangers = 0
    for ink in inks[at + 1 : at + 12]:
        if says("tail.recipients", ink.key) or is_name(ink.key):
            return True
        if not is_separator(ink) and not says_any(_SIGNING, ink.key):
            strangers += 1
        if strangers > 2 or says("body.basis", ink.key):
            return False
    return False


_FILED = ("tail.filed", "tail.archive")


@dataclass(slots=True)
class _Tail:
    """What was met so far in the tail. `sides`: Nơi nhận and signature stand side by side."""

    page: int
    sides: dict[Column, Part]
    part: Part | None = None
    listed: bool = False
    filed: bool = False
    named: bool = False


def sort_tail(inks: Sequence[Ink], start: int) -> list[Part]:
    """The parts of the lines of the tail, up to where something attached begins."""
    parts: list[Part] = []
    if start == len(inks):
        return parts
    tail = _Tail(inks[start].page, _sides(inks[start : start + 60]))
    tail.listed = is_item(inks[start].key)
    for at in range(start, len(inks)):
        if at > start and _ends_tail(inks, at, tail):
            if all(map(is_noise, inks[at:])):
                return parts + [parts[-1]] * (len(inks) - at)
            return parts[: _attached_from(inks, at, start) - start]
        parts.append(_tail_part(inks[at], tail))
    return parts


def _attached_from(inks: Sequence[Ink], at: int, start: int) -> int:
    """Back over the issuer's lines above the quốc hiệu of an attached document."""
    if not says_any(("letterhead.country", "letterhead.party"), inks[at].key):
        return at
    while at - 1 > start and _is_heading(inks[at - 1]) and not is_name(inks[at - 1].key):
        at -= 1
    return at


def _is_heading(ink: Ink) -> bool:
    return is_separator(ink) or (ink.key.isupper() and not says("tail.authority", ink.key))


def _sides(inks: Sequence[Ink]) -> dict[Column, Part]:
    """Which column holds Nơi nhận; empty where the lines know no columns."""
    for ink in inks:
        if ink.column and says_any(("tail.recipients", "tail.archive"), ink.key):
            other: Column = "right" if ink.column == "left" else "left"
            return {ink.column: Part.RECIPIENTS, other: Part.SIGNATURE}
    return {}


def _tail_part(ink: Ink, tail: _Tail) -> Part:
    part = _recognised(ink, tail)
    tail.part = part
    tail.filed = tail.filed or says_any(_FILED, ink.key)
    tail.listed = tail.listed or part is Part.RECIPIENTS
    tail.named = tail.named or (part is Part.SIGNATURE and is_name(ink.key))
    return part


def _recognised(ink: Ink, tail: _Tail) -> Part:
    if says("tail.recipients", ink.key):
        return Part.RECIPIENTS
    if says_any(_SIGNING, ink.key):
        return Part.SIGNATURE
    if ink.column and tail.sides:
        return tail.sides[ink.column]
    if is_item(ink.key) or says_any(_FILED, ink.key):
        return Part.RECIPIENTS if tail.listed else Part.SIGNATURE
    if tail.part is Part.RECIPIENTS and not (tail.filed and _is_signer(ink.key)):
        return Part.RECIPIENTS
    return Part.SIGNATURE


def _is_signer(key: str) -> bool:
    return is_name(key) or (key.isupper() and len(key) < 60)


def _ends_tail(inks: Sequence[Ink], at: int, tail: _Tail) -> bool:
    """Does something attached begin here?"""
    ink = inks[at]
    if not isinstance(ink.block, Line) or opens_attachment(inks, at):
        return True
    if tail.named and kind_opening(ink.key):
        return True
    if ink.page > tail.page and not says_any(_SIGNING, ink.key):
        return tail.named or tail.filed
    if not tail.named or (tail.part is Part.RECIPIENTS and not tail.filed):
        return False
    return says("body.clause", ink.key) or len(ink.key) > 90
