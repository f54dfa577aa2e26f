"""Which part of the letter is this line?

Asked of lines, before their text is joined: a page number, a footnote or a line of Nơi nhận
never gets between the halves of a sentence. Parts are told by landmarks (rules/landmarks.toml),
by column and by page, in the order in which a letter prints them: letterhead, body, signature
and Nơi nhận, annexes.
"""

from collections.abc import Iterable, Iterator, Sequence

from extractors.parts.annexes import attachment_start, number_annexes
from extractors.parts.head import head_end
from extractors.parts.ink import Ink, Place
from extractors.parts.inks import inks_of
from extractors.parts.landmarks import HEADERS, says_any
from extractors.parts.tail import sort_tail, tail_start
from extractors.rules import compile_once
from schemas.letter import Part, Zone
from schemas.paper import Block, Line, Paper

_ORDER = tuple(Part)


def sort_into_parts(paper: Paper) -> tuple[Zone, ...]:
    """The zones of a letter in their fixed order; each line of the paper in exactly one."""
    placed: list[tuple[Place, Block]] = []
    running: list[Ink] = []
    for ink in inks_of(paper):
        part = _known_part(ink)
        if part is None:
            running.append(ink)
        else:
            placed.append((Place(part), ink.block))
    places = _places(running)
    placed.extend((place, ink.block) for place, ink in zip(places, running, strict=True))
    return tuple(_zones(placed))


def _known_part(ink: Ink) -> Part | None:
    """Notes and furniture, as the reader found them; a page number that it left, too."""
    if not isinstance(ink.block, Line) or ink.block.role == "text":
        return Part.FURNITURE if ink.edge and _PAGE_NUMBER.match(ink.key) else None
    return Part.FOOTNOTES if ink.block.role == "note" else Part.FURNITURE


_PAGE_NUMBER = compile_once(r"^\W{0,3}\d{1,3}\W{0,3}$")


def _zones(placed: Iterable[tuple[Place, Block]]) -> Iterator[Zone]:
    zones: dict[Place, list[Block]] = {}
    for place, block in placed:
        zones.setdefault(place, []).append(block)
    for place in sorted(zones, key=lambda place: (_ORDER.index(place.part), place.annex or 0)):
        yield Zone(place.part, tuple(zones[place]), place.annex)


def _places(inks: Sequence[Ink]) -> list[Place]:
    """The part of each line: letterhead, body, tail and annexes in the order of the paper."""
    head = head_end(inks)
    places = [Place(Part.LETTERHEAD)] * head
    tail = tail_start(inks, head)
    annex = attachment_start(inks, head, tail)
    places += _body(inks, head, annex)
    places += number_annexes(inks, annex, tail, first=1)
    parts = sort_tail(inks, tail)
    end = tail + len(parts)
    places += [Place(part) for part in parts]
    places += number_annexes(inks, end, len(inks), first=_last_annex(places) + 1)
    return places


def _last_annex(places: Sequence[Place]) -> int:
    return max((place.annex or 0 for place in places), default=0)


def _body(inks: Sequence[Ink], start: int, end: int) -> list[Place]:
    """The body; a line of the letterhead that was read late goes back to it."""
    late = {at for at in range(start, min(end, start + 6)) if _is_late(inks[at].key)}
    return [Place(Part.LETTERHEAD if at in late else Part.BODY) for at in range(start, end)]


def _is_late(key: str) -> bool:
    return len(key) < 70 and says_any(HEADERS[:5], key)
