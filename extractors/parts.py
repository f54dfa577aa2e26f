"""Which part of the letter is this line?

Asked of lines, before their text is joined: a page number, a footnote or a line of Nơi nhận
never gets between the halves of a sentence. Parts are told by landmarks (rules/landmarks.toml),
by column and by page, in the order in which a letter prints them: letterhead, body, signature
and Nơi nhận, annexes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

import regex

from extractors.rules import rules
from extractors.text import fold
from extractors.titles import bare, kind_misread, kind_opening, kind_titled
from schemas.letter import Part, Zone
from schemas.paper import Block, Box, Cell, Line, Page, Paper, Table

Column = Literal["left", "right"]

_HEAD_LINES = 80  # a letterhead with a long list of addressees ends well before this line
_ORDER = tuple(Part)


class Ink(NamedTuple):
    """A line (or a table that is no layout) with what zoning asks of it.

    `key`: folded text. `edge`: the first or last line of a page of several.
    """

    block: Block
    key: str
    page: int
    column: Column | None = None
    bold: bool = False
    centered: bool = False
    box: Box | None = None
    edge: bool = False


class Place(NamedTuple):
    """Where a block goes."""

    part: Part
    annex: int | None = None


def sort_into_parts(paper: Paper) -> tuple[Zone, ...]:
    """The zones of a letter in their fixed order; each line of the paper in exactly one."""
    placed: list[tuple[Place, Block]] = []
    running: list[Ink] = []
    for ink in _inks(paper):
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


_PAGE_NUMBER = regex.compile(r"^\W{0,3}\d{1,3}\W{0,3}$")


def _zones(placed: Iterable[tuple[Place, Block]]) -> Iterator[Zone]:
    zones: dict[Place, list[Block]] = {}
    for place, block in placed:
        zones.setdefault(place, []).append(block)
    for place in sorted(zones, key=lambda place: (_ORDER.index(place.part), place.annex or 0)):
        yield Zone(place.part, tuple(zones[place]), place.annex)


def _places(inks: Sequence[Ink]) -> list[Place]:
    """The part of each line: letterhead, body, tail and annexes in the order of the paper."""
    head = _head_end(inks)
    places = [Place(Part.LETTERHEAD)] * head
    tail = _tail_start(inks, head)
    annex = _attachment_start(inks, head, tail)
    places += _body(inks, head, annex)
    places += _annexes(inks, annex, tail, first=1)
    parts = _sort_tail(inks, tail)
    end = tail + len(parts)
    places += [Place(part) for part in parts]
    places += _annexes(inks, end, len(inks), first=_last_annex(places) + 1)
    return places


def _last_annex(places: Sequence[Place]) -> int:
    return max((place.annex or 0 for place in places), default=0)


# --- Inks: the paper as one run of lines -------------------------------------------------------


def _inks(paper: Paper) -> Iterator[Ink]:
    previous = ""
    for page in paper.pages:
        edges = _edges(page) if len(paper.pages) > 1 else ()
        for at, block in enumerate(page.blocks):
            if isinstance(block, Line):
                previous = fold(block.text)
                yield _ink(block, previous, page.number, block.column, edge=at in edges)
            elif _is_layout(block, previous):
                yield from _flattened(block, page.number, by_row=_lists_addressees(block, previous))
            else:
                yield Ink(block, "", page.number)


def _edges(page: Page) -> tuple[int, ...]:
    return (0, len(page.blocks) - 1)


def _ink(line: Line, key: str, page: int, column: Column | None, *, edge: bool = False) -> Ink:
    return Ink(line, key, page, column, line.bold, line.centered, line.box, edge)


def _is_layout(table: Table, before: str) -> bool:
    """A table that only puts lines side by side: letterhead, addressees, Nơi nhận and signature."""
    if _lists_addressees(table, before):
        return True
    if len(table.cells) > 16:
        return False
    lines = [fold(line.text) for cell in table.cells for line in cell.lines]
    if any(_says(name, line) for line in lines for name in _LAYOUT):
        return True
    return not table.ruled and any(
        _says(name, line) for line in lines for name in ("tail.position", "letterhead.dateline")
    )


_LAYOUT = (
    "letterhead.country",
    "letterhead.motto",
    "letterhead.party",
    "tail.recipients",
    "tail.authority",
)


def _lists_addressees(table: Table, before: str) -> bool:
    """Kính gửi as a table: below the words or with them in its first cell."""
    if len(table.cells) > 16:
        return False
    first = next((fold(line.text) for cell in table.cells for line in cell.lines), "")
    return any(_says("letterhead.to", key) and key.endswith(":") for key in (before, first))


def _flattened(table: Table, page: int, *, by_row: bool) -> Iterator[Ink]:
    """The lines of a layout table, column by column."""

    def reading(cell: Cell) -> tuple[int, int]:
        return (cell.row, cell.column) if by_row else (cell.column, cell.row)

    for cell in sorted(table.cells, key=reading):
        column = None if by_row else _side(cell, table)
        for line in cell.lines:
            yield _ink(line, fold(line.text), page, column)


def _side(cell: Cell, table: Table) -> Column | None:
    if table.columns < 2 or cell.columns >= table.columns:
        return None
    return "left" if cell.column < table.columns / 2 else "right"


# --- Landmarks ----------------------------------------------------------------------------------


@cache
def _searchers() -> dict[str, Callable[[str], object]]:
    return {rule.id: rule.pattern.search for rule in rules("landmarks")}


def _says(name: str, key: str) -> bool:
    """Does the line hold that landmark?"""
    return _searchers()[name](key) is not None


def _says_any(names: Iterable[str], key: str) -> bool:
    return any(_says(name, key) for name in names)


def _is_title(key: str) -> bool:
    return kind_titled(key) is not None


def _is_separator(ink: Ink) -> bool:
    return isinstance(ink.block, Line) and not any(letter.isalnum() for letter in ink.key)


def _index(inks: Sequence[Ink], start: int, end: int, names: Iterable[str]) -> int:
    """The first line from start on that holds one of the landmarks; end where there is none."""
    found = (at for at in range(start, end) if _says_any(names, inks[at].key))
    return next(found, end)


# --- The letterhead ------------------------------------------------------------------------------

_HEADERS = (
    "letterhead.country",
    "letterhead.motto",
    "letterhead.party",
    "letterhead.number",
    "letterhead.dateline",
    "letterhead.matter",
)


_STRANGERS = (*_HEADERS[:5], "letterhead.stamp", "letterhead.arrival")


def _head_end(inks: Sequence[Ink]) -> int:
    """Where the letterhead ends: after trích yếu and Kính gửi, or after its last landmark."""
    limit = min(len(inks), _HEAD_LINES)
    if limit and _says("annex.title", inks[0].key):
        return 0
    to = _index(inks, 0, limit, ("letterhead.to",))
    title = _title_at(inks, min(to, _index(inks, 0, limit, ("body.basis", "body.operative"))))
    if title is not None:
        end = _after_subject(inks, title + 1, inks[title])
    elif to < limit:
        end = to
    else:
        end = _after_headers(inks, min(limit, 40))
    if end <= to <= end + 3 and to < limit:
        end = _after_addressees(inks, to)
    return end


def _title_at(inks: Sequence[Ink], limit: int) -> int | None:
    """The title line, asked from the surest sign to the weakest.

    A whole name, a line of capitals that opens with one, a misread name of the number's kind.
    """
    keys = [ink.key for ink in inks[:limit]]
    code = next((match["code"] for key in keys if (match := _code_in(key))), None)
    tests: tuple[Callable[[str], object], ...] = (kind_titled, kind_opening)
    if code:
        tests = (*tests, lambda key: kind_misread(key, code))
    found = (at for test in tests for at, key in enumerate(keys) if test(key))
    return next(found, None)


_CODE = regex.compile(r"^S[ốô].*[/-] ?(?P<code>\p{L}+)-")


def _code_in(key: str) -> regex.Match[str] | None:
    """The kind's code inside a number."""
    return _CODE.search(key)


def _after_headers(inks: Sequence[Ink], limit: int) -> int:
    """After the last landmark of a letterhead that has no title and no Kính gửi."""
    limit = _index(inks, 0, limit, ("body.basis", "body.clause"))
    last = max((at for at in range(limit) if _says_any(_HEADERS, inks[at].key)), default=-1)
    end = last + 1
    if last >= 0 and _says("letterhead.matter", inks[last].key):
        end = _after_subject(inks, last, inks[last])
    return end


def _after_subject(inks: Sequence[Ink], start: int, above: Ink) -> int:
    """After the lines of trích yếu that begin at start below a line, and the rule below them."""
    taken: list[Ink] = []
    for at in range(start, min(len(inks), start + 14)):
        ink = inks[at]
        if _is_separator(ink) and taken:
            return at + 1
        if _says_any(_NO_SUBJECT, ink.key):
            return at
        if _is_noise(ink) or _is_aside(above, ink) or _says_any(_STRANGERS, ink.key):
            continue
        if _says("annex.note", ink.key):
            return at + 1
        if not _goes_on(taken, ink):
            return at
        taken.append(ink)
    return min(len(inks), start + 14)


def _is_noise(ink: Ink) -> bool:
    """A line that a scan made of a stamp or a rule: no word in it."""
    return isinstance(ink.block, Line) and not _WORD.search(ink.key)


def _is_aside(title: Ink, ink: Ink) -> bool:
    """A stamp beside the trích yếu: its middle is far from the middle of the title."""
    if title.box is None or ink.box is None:
        return False
    return abs(title.box[0] + title.box[2] - ink.box[0] - ink.box[2]) > 180  # 90 points, doubled


_WORD = regex.compile(r"\p{L}{3}")


_NO_SUBJECT = (
    "letterhead.to",
    "body.basis",
    "body.clause",
    "body.operative",
    "body.maker",
    "tail.recipients",
)


def _goes_on(taken: Sequence[Ink], ink: Ink) -> bool:
    """Is the line (still) trích yếu?"""
    if not isinstance(ink.block, Line):
        return False
    if not taken:
        return not (_says("body.opener", ink.key) and ink.key.endswith((".", ":", ";", ",")))
    first, before = taken[0], taken[-1]
    if before.key.endswith((".", ";", ":", "./")) or (first.bold and not ink.bold):
        return False
    if _is_item(ink.key) or _is_apart(before, ink):
        return False
    if ink.bold or ink.block.starts is False or ink.key[:1].islower():
        return True
    return _looks_like_subject(first, ink)


def _is_apart(before: Ink, ink: Ink) -> bool:
    """Does white space of most of a line's height stand between the two lines?"""
    if before.box is None or ink.box is None or before.page != ink.page:
        return False
    height = min(before.box[3] - before.box[1], ink.box[3] - ink.box[1])
    return ink.box[1] - before.box[3] > 0.8 * height


def _looks_like_subject(first: Ink, ink: Ink) -> bool:
    """No letter weight tells: capitals, the middle of the page and the words must."""
    if first.key.isupper() and ink.key.isupper():
        return True
    if _says("body.opener", ink.key) or len(ink.key) > 100:
        return False
    return ink.centered if first.centered else not ink.key.endswith((".", ":", ";"))


def _after_addressees(inks: Sequence[Ink], to: int) -> int:
    """After Kính gửi and its list."""
    end = to + 1
    while end < min(len(inks), to + 60) and _is_addressee(inks[to:end], inks[end]):
        end += 1
    return end


_AMONG_ADDRESSEES = ("letterhead.to", *_STRANGERS)


def _is_addressee(taken: Sequence[Ink], ink: Ink) -> bool:
    """Does the line go on with Kính gửi? A list ends with a full stop or where a body begins."""
    if not isinstance(ink.block, Line) or _says_any(("body.basis", "body.opener"), ink.key):
        return False
    before = taken[-1].key
    if _is_noise(ink) or before.endswith(":") or _says_any(_AMONG_ADDRESSEES, ink.key):
        return True
    if _is_item(ink.key) or ink.key[:1].islower() or before.endswith((",", ";", " và", " -")):
        return not before.endswith("./.")
    if before.endswith(".") or len(ink.key) > 75:
        return False
    return _is_item(before) or (ink.centered and not _is_apart(taken[-1], ink))


def _is_item(key: str) -> bool:
    return key[:1] in "-+•*·~" and len(key) > 1


# --- The tail: signature and Nơi nhận -------------------------------------------------------------

_SIGNING = ("tail.authority", "tail.position", "tail.signed")


def _is_position(key: str) -> bool:
    """Chức vụ, also where a scan of a stamped line lost its tone marks."""
    if _says("tail.position", key):
        return True
    return key.isupper() and len(key) < 60 and _says("tail.position-bare", bare(key))


def _tail_start(inks: Sequence[Ink], start: int) -> int:
    """Where the signature or Nơi nhận begins; the end where the paper holds neither."""
    for at in range(start, len(inks)):
        key = inks[at].key
        if _says_any(("tail.recipients", "tail.authority"), key):
            return at
        if _is_position(key) and _is_signed(inks, at):
            return at
        if _says("tail.archive", key):
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
    return not isinstance(ink.block, Line) or len(ink.key) > 75 or _says("body.end", ink.key)


def _is_signed(inks: Sequence[Ink], at: int) -> bool:
    """Does a name, or Nơi nhận, follow the position with little between?"""
    strangers = 0
    for ink in inks[at + 1 : at + 12]:
        if _says("tail.recipients", ink.key) or _is_name(ink.key):
            return True
        if not _is_separator(ink) and not _says_any(_SIGNING, ink.key):
            strangers += 1
        if strangers > 2 or _says("body.basis", ink.key):
            return False
    return False


def _is_name(key: str) -> bool:
    return _name(key) is not None


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


def _sort_tail(inks: Sequence[Ink], start: int) -> list[Part]:
    """The parts of the lines of the tail, up to where something attached begins."""
    parts: list[Part] = []
    if start == len(inks):
        return parts
    tail = _Tail(inks[start].page, _sides(inks[start : start + 60]))
    tail.listed = _is_item(inks[start].key)
    for at in range(start, len(inks)):
        if at > start and _ends_tail(inks, at, tail):
            if all(map(_is_noise, inks[at:])):
                return parts + [parts[-1]] * (len(inks) - at)
            return parts[: _attached_from(inks, at, start) - start]
        parts.append(_tail_part(inks[at], tail))
    return parts


def _attached_from(inks: Sequence[Ink], at: int, start: int) -> int:
    """Back over the issuer's lines above the quốc hiệu of an attached document."""
    if not _says_any(("letterhead.country", "letterhead.party"), inks[at].key):
        return at
    while at - 1 > start and _is_heading(inks[at - 1]) and not _is_name(inks[at - 1].key):
        at -= 1
    return at


def _is_heading(ink: Ink) -> bool:
    return _is_separator(ink) or (ink.key.isupper() and not _says("tail.authority", ink.key))


def _sides(inks: Sequence[Ink]) -> dict[Column, Part]:
    """Which column holds Nơi nhận; empty where the lines know no columns."""
    for ink in inks:
        if ink.column and _says_any(("tail.recipients", "tail.archive"), ink.key):
            other: Column = "right" if ink.column == "left" else "left"
            return {ink.column: Part.RECIPIENTS, other: Part.SIGNATURE}
    return {}


def _tail_part(ink: Ink, tail: _Tail) -> Part:
    part = _recognised(ink, tail)
    tail.part = part
    tail.filed = tail.filed or _says_any(_FILED, ink.key)
    tail.listed = tail.listed or part is Part.RECIPIENTS
    tail.named = tail.named or (part is Part.SIGNATURE and _is_name(ink.key))
    return part


def _recognised(ink: Ink, tail: _Tail) -> Part:
    if _says("tail.recipients", ink.key):
        return Part.RECIPIENTS
    if _says_any(_SIGNING, ink.key):
        return Part.SIGNATURE
    if ink.column and tail.sides:
        return tail.sides[ink.column]
    if _is_item(ink.key) or _says_any(_FILED, ink.key):
        return Part.RECIPIENTS if tail.listed else Part.SIGNATURE
    if tail.part is Part.RECIPIENTS and not (tail.filed and _is_signer(ink.key)):
        return Part.RECIPIENTS
    return Part.SIGNATURE


def _is_signer(key: str) -> bool:
    return _is_name(key) or (key.isupper() and len(key) < 60)


def _ends_tail(inks: Sequence[Ink], at: int, tail: _Tail) -> bool:
    """Does something attached begin here?"""
    ink = inks[at]
    if not isinstance(ink.block, Line) or _opens_attachment(inks, at):
        return True
    if tail.named and kind_opening(ink.key):
        return True
    if ink.page > tail.page and not _says_any(_SIGNING, ink.key):
        return tail.named or tail.filed
    if not tail.named or (tail.part is Part.RECIPIENTS and not tail.filed):
        return False
    return _says("body.clause", ink.key) or len(ink.key) > 90


# --- Annexes --------------------------------------------------------------------------------------


def _opens_attachment(inks: Sequence[Ink], at: int) -> bool:
    """Does an attached document begin with this line?"""
    key = inks[at].key
    if _says_any(("annex.title", "annex.note", "annex.form"), key):
        return True
    if _says_any(("letterhead.country", "letterhead.party"), key):
        return True
    return _is_title(key)


def _attachment_start(inks: Sequence[Ink], start: int, end: int) -> int:
    """The first annex that stands before the signature; end where there is none."""
    return next((at for at in range(start, end) if _is_annex(inks, at)), end)


def _is_annex(inks: Sequence[Ink], at: int) -> bool:
    """A title of an annex that is no line of prose: a note follows, or it heads its page."""
    key = inks[at].key
    if _says("annex.title", key):
        return key.strip("# *").startswith("PH") or _heads_page(inks, at) or _is_tied(inks, at)
    return _is_title(key) and _is_tied(inks, at)


def _heads_page(inks: Sequence[Ink], at: int) -> bool:
    return at == 0 or inks[at].page > inks[at - 1].page


def _is_tied(inks: Sequence[Ink], at: int) -> bool:
    """Does "(Kèm theo Quyết định số …)" follow within a few lines?"""
    return any(_says("annex.note", ink.key) for ink in inks[at + 1 : at + 7])


def _body(inks: Sequence[Ink], start: int, end: int) -> list[Place]:
    """The body; a line of the letterhead that was read late goes back to it."""
    late = {at for at in range(start, min(end, start + 6)) if _is_late(inks[at].key)}
    return [Place(Part.LETTERHEAD if at in late else Part.BODY) for at in range(start, end)]


def _is_late(key: str) -> bool:
    return len(key) < 70 and _says_any(_HEADERS[:5], key)


def _annexes(inks: Sequence[Ink], start: int, end: int, first: int) -> list[Place]:
    """Annex after annex, numbered from `first`."""
    places: list[Place] = []
    number, opened, label = first, start, _label(inks, start, end)
    for at in range(start, end):
        if at > start and _is_next_annex(inks, at, opened, label):
            number, opened, label = number + 1, at, _label(inks, at, end)
        places.append(Place(Part.ANNEX, number))
    return places


def _label(inks: Sequence[Ink], at: int, end: int) -> str | None:
    """The numeral of the annex whose title stands within the first lines from `at`."""
    for ink in inks[at : min(at + 6, end)]:
        if _says("annex.title", ink.key):
            return ink.key
    return None


def _is_next_annex(inks: Sequence[Ink], at: int, opened: int, label: str | None) -> bool:
    """Another annex, and not the title of the one just opened or its running head."""
    key = inks[at].key
    if _says("annex.title", key):
        return key != label and _is_annex(inks, at)
    return at - opened > 8 and _is_title(key) and _is_tied(inks, at)


@cache
def _names() -> Callable[[str], object]:
    return next(rule.pattern.search for rule in rules("letterhead") if rule.id == "signatory.name")


def _name(key: str) -> object:
    return _names()(key)
