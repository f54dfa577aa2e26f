"""Does this line open a paragraph, or go on from the line before it?

A typist leaves signs: an indent, a gap, a line that ends before the margin although the next word
had room, a label. Each question below looks at two neighbouring lines and says True (it opens),
False (it goes on) or None (that sign is not there); the first that answers is right.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

from extractors.rules import compile_once
from schemas.paper import Box


class Inked(Protocol):
    """What is asked of a line: `schemas.paper.Line`, or a reader's draft of one."""

    @property
    def text(self) -> str: ...

    @property
    def page(self) -> int: ...

    @property
    def size(self) -> float | None: ...

    @property
    def bold(self) -> bool: ...

    @property
    def italic(self) -> bool: ...

    @property
    def centered(self) -> bool: ...

    @property
    def starts(self) -> bool | None: ...

    @property
    def role(self) -> Literal["text", "note", "furniture"]: ...

    @property
    def mark(self) -> str | None: ...

    @property
    def column(self) -> Literal["left", "right"] | None: ...

    @property
    def confidence(self) -> float | None: ...

    @property
    def box(self) -> Box | None:
        """The place of the line."""


class Area(NamedTuple):
    """Where the running text of a page stands, in points; `leading`: from line to line."""

    left: float
    right: float
    leading: float


class Pair(NamedTuple):
    """A line and the one before it, with their places and the areas of their pages."""

    before: Inked
    line: Inked
    above: Box
    box: Box
    area_above: Area
    area: Area

    @property
    def same_page(self) -> bool:
        """Whether both stand on one page."""
        return self.before.page == self.line.page

    @property
    def rough(self) -> bool:
        """Whether they were recognised: places are off by a few points, styles unknown."""
        return self.line.confidence is not None

    @property
    def labelled(self) -> bool:
        """Whether the line begins with a number, a letter, a bullet."""
        return _is_labelled(self.line.text)

    @property
    def ended(self) -> bool:
        """Whether the line before ends like a sentence or an item."""
        return _is_ended(self.before.text)

    @property
    def small(self) -> bool:
        """Whether the line begins with a small letter."""
        return self.line.text[:1].islower()

    @property
    def capitals(self) -> tuple[bool, bool]:
        """Whether the line before, whether the line is set in capitals."""
        return is_capitals(self.before.text), is_capitals(self.line.text)

    @property
    def indent(self) -> float:
        """How far the line begins right of the margin."""
        return self.box[0] - self.area.left

    @property
    def step(self) -> float:
        """How far the line begins right of where the line before began."""
        return self.indent - (self.above[0] - self.area_above.left)

    @property
    def is_indented(self) -> bool:
        """Whether the line begins visibly right of the margin."""
        return self.indent > max(8.0, 0.6 * (self.line.size or 12.0))

    @property
    def slack(self) -> float:
        """How much room the line before left at its end."""
        return self.area_above.right - self.above[2]


Question = Callable[[Pair], bool | None]


def _first(questions: Sequence[Question], pair: Pair, otherwise: bool) -> bool:
    for question in questions:
        answer = question(pair)
        if answer is not None:
            return answer
    return otherwise


def opens_in_text(pair: Pair) -> bool:
    """Running text."""
    return _first(_IN_TEXT, pair, otherwise=False)


def opens_in_title(pair: Pair) -> bool:
    """Centred lines: the kind of the letter, its title, the heading of an annex."""
    return _first(_IN_TITLE, pair, otherwise=False)


def opens_in_column(pair: Pair) -> bool:
    """Short lines of the letterhead, Nơi nhận, the signature: each for itself, but they wrap."""
    return _first(_IN_COLUMN, pair, otherwise=False)


def opens_in_cell(pair: Pair) -> bool:
    """Lines of a table cell."""
    return _first(_IN_CELL, pair, otherwise=False)


def opens_in_centred_cell(pair: Pair) -> bool:
    """Centred lines of a table cell."""
    return _first(_IN_CENTRED_CELL, pair, otherwise=pair.ended)


# --- Signs ----------------------------------------------------------------------------------------

_LABEL = compile_once(
    r"(?:[-–—+•▪*●○■□▫✓❖➢Ø]|\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\p{Ll}{1,2}\d?\)|\((?:\d{1,2}|\p{Ll})\)"
    r"|[IVXLC]{1,6}[.)])(?=\s|\p{L})|[\p{Ll}\p{Lu}]\.\s"
    r"|(?i:điều|chương|mục|phần|phụ lục) (?:\d+|[IVXLC]+)\b|(?:Nơi nhận|Kính gửi)\b"
)
_SURE_LABEL = compile_once(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\p{Ll}\)|[IVX]{1,5}\.) ?[\p{Lu}“\"]|Điều \d+[.:]"
)
"""No sentence goes on with these at the head of a line."""
_BULLETS = "-–+•"
_END = frozenset(".;:!?…")
_LAST_LETTER = compile_once(r"(?r)\w")
_AUTHORITY = compile_once(
    r"(?:T ?/ ?M|K ?/ ?T|T ?/ ?L|TM|KT|TL|TUQ|Q)[.,: ]|\p{Lu}*(?:CHỦ TỊCH|TRƯỞNG|GIÁM ĐỐC|BÍ THƯ)"
)
_AGENCY = compile_once(
    r"(?:BỘ|SỞ|BAN|(?:TỔNG |CHI )?CỤC|VỤ|VIỆN|TRƯỜNG|KHOA|(?:VĂN )?PHÒNG(?! ?,)|TRUNG TÂM|HỘI"
    r"|UBND|HĐND|[ỦU][ỶY] BAN|ĐẢNG|(?:TỈNH|THÀNH|HUYỆN|ĐẢNG) [ỦU][ỶY]|MẶT TRẬN|LIÊN MINH"
    r"|(?:TỔNG )?CÔNG TY)\b"
)
"""Words an agency's name begins with: under another name they open a new one."""
_OF_LETTERHEAD = compile_once(r"S[ốo] ?:|V ?/ ?v\b|Về việc\b")
_TWO_CAPITALS = compile_once(r"\p{Lu}{2,} \p{Lu}{2,}")


_SEEN = lru_cache(maxsize=256)
"""A line is asked the same as the later and as the earlier of a pair, by several questions."""


@_SEEN
def _is_labelled(text: str) -> bool:
    return _LABEL.match(text) is not None


@_SEEN
def _is_ended(text: str) -> bool:
    letter = _LAST_LETTER.search(text)
    tail = text[letter.end() :] if letter else text
    return not _END.isdisjoint(tail) or tail.endswith(("/", "/."))


@_SEEN
def is_capitals(text: str) -> bool:
    """Whether nearly all letters are capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def _gap(pair: Pair) -> bool:
    """More white between the lines than the leading of the page."""
    step = pair.box[3] - pair.above[3]
    leading = pair.area.leading
    return step < 0 or step - leading > (0.3 if pair.rough else 0.13) * leading


def _restyled(pair: Pair) -> bool:
    before, line = pair.before, pair.line
    return not pair.rough and (before.bold, before.italic) != (line.bold, line.italic)


def _width(box: Box) -> float:
    return box[2] - box[0]


# --- Questions ------------------------------------------------------------------------------------


def _surely_labelled(pair: Pair) -> bool | None:
    return True if _SURE_LABEL.match(pair.line.text) else None


def _labelled(pair: Pair) -> bool | None:
    return True if pair.labelled else None


def _parted_by_gap(pair: Pair) -> bool | None:
    return True if _gap(pair) else None


def _of_another_style(pair: Pair) -> bool | None:
    return True if _restyled(pair) else None


def _small_letter_goes_on(pair: Pair) -> bool | None:
    return False if pair.small and not pair.ended else None


def _hangs_under_bullet(pair: Pair) -> bool | None:
    """It stands under the text of the bullet before it, which is no short heading."""
    if pair.labelled or pair.ended or not pair.same_page or not 4 < pair.step <= 30:
        return None
    wide = pair.slack < 0.3 * (pair.area_above.right - pair.area_above.left)
    return False if wide and _is_labelled(pair.before.text) else None


def _first_word_had_room(pair: Pair) -> bool | None:
    """The line before ended early: its writer ended it."""
    words = pair.line.text.split(" ", 2)
    word = " ".join(words[:2]) if pair.labelled and len(words[0]) <= 2 else words[0]
    letter = min(_width(pair.box) / max(len(pair.line.text), 1), 0.6 * (pair.line.size or 14.0))
    needed = (len(word) + 1.2) * letter
    if pair.rough:
        return True if pair.slack > 1.4 * needed + 8 else None
    return True if pair.slack > 1.15 * needed + 2 else None


def _gap_in_text(pair: Pair) -> bool | None:
    """A gap opens, but for a sentence that a stamp or a picture has pushed apart."""
    if not pair.same_page or not _gap(pair):
        return None
    return not pair.small or pair.labelled or pair.ended


def _at_same_indent(pair: Pair) -> bool | None:
    if abs(pair.step) > 4:
        return None
    return pair.ended and (pair.labelled or (pair.is_indented and pair.line.text[:1].isupper()))


def _at_margin(pair: Pair) -> bool | None:
    return None if pair.is_indented else pair.labelled and pair.ended


def _at_other_indent(pair: Pair) -> bool | None:
    return pair.step > 0 or pair.labelled or pair.ended


_IN_TEXT: tuple[Question, ...] = (
    _surely_labelled,
    _hangs_under_bullet,
    _first_word_had_room,
    _gap_in_text,
    _at_same_indent,
    _at_margin,
    _at_other_indent,
)


def _title_begins(pair: Pair) -> bool | None:
    """Another page, white above, a label, other type, capitals beside small letters."""
    if not pair.same_page or _gap(pair) or pair.labelled or _restyled(pair):
        return True
    return True if pair.capitals[0] != pair.capitals[1] else None


def _capitals_in_title(pair: Pair) -> bool | None:
    return True if _TWO_CAPITALS.match(pair.line.text) and not pair.capitals[0] else None


def _centred_beside_full(pair: Pair) -> bool | None:
    """The first line of a long title fills the page and is not told as centred."""
    if pair.before.centered and pair.line.centered:
        return None
    full = _width(pair.above) > 0.8 * (pair.area.right - pair.area.left)
    return not (full and pair.capitals[1] and not pair.ended)


def _after_short_title(pair: Pair) -> bool | None:
    """ "KẾ HOẠCH" stands above its title; lines of about one length are one title."""
    above, width = _width(pair.above), _width(pair.box)
    alike = abs(above - width) < 0.2 * max(above, width)
    return above < 0.45 * (pair.area.right - pair.area.left) and not alike


_IN_TITLE: tuple[Question, ...] = (
    _title_begins,
    _small_letter_goes_on,
    _capitals_in_title,
    _centred_beside_full,
    _after_short_title,
)


def _column_begins(pair: Pair) -> bool | None:
    apart = pair.box[3] - pair.above[3] > 2.0 * (pair.line.size or 12.0)
    return True if not pair.same_page or _restyled(pair) or apart else None


def _labelled_in_column(pair: Pair) -> bool | None:
    return True if pair.labelled or _OF_LETTERHEAD.match(pair.line.text) else None


def _small_letter_wraps(pair: Pair) -> bool | None:
    return False if pair.small else None


def _beside_signature(pair: Pair) -> bool | None:
    return True if pair.line.column == "right" else None


def _item_wraps(pair: Pair) -> bool | None:
    if pair.ended or _AUTHORITY.match(pair.line.text):
        return None
    return False if pair.before.text[:1] in _BULLETS else None


def _other_capitals(pair: Pair) -> bool | None:
    before, line = pair.capitals
    return True if before != line and (pair.ended or not line) else None


def _another_agency(pair: Pair) -> bool | None:
    if not pair.capitals[1]:
        return pair.ended
    text = pair.line.text
    return _AUTHORITY.match(text) is not None or _AGENCY.match(text) is not None


_IN_COLUMN: tuple[Question, ...] = (
    _column_begins,
    _labelled_in_column,
    _small_letter_wraps,
    _beside_signature,
    _item_wraps,
    _other_capitals,
    _another_agency,
)


def _dash_and_capital(pair: Pair) -> bool | None:
    text = pair.line.text
    return True if text[:1] in _BULLETS and text[1:].lstrip()[:1].isupper() else None


def _labelled_after_end(pair: Pair) -> bool | None:
    return True if pair.labelled and pair.ended else None


_IN_CELL: tuple[Question, ...] = (
    _labelled,
    _small_letter_goes_on,
    _parted_by_gap,
    _of_another_style,
    _first_word_had_room,
)
_IN_CENTRED_CELL: tuple[Question, ...] = (
    _dash_and_capital,
    _labelled_after_end,
    _small_letter_goes_on,
    _parted_by_gap,
    _of_another_style,
)
