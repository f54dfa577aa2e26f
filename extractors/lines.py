"""Which lines of ink are one paragraph?

Told by what a typist leaves on paper: an indent, a gap, a line that ends before the margin
although the next word would have fitted, a label. A reader that knows better (paragraphs of a
DOCX) says so in `Line.starts`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal, NamedTuple, Protocol, TypeVar

import regex

from extractors.tables import join_tables as join_tables
from schemas.paper import Box


class Inked(Protocol):
    """What is asked of a line: `Line`, or the draft of one."""

    @property
    def text(self) -> str: ...
    @property
    def page(self) -> int: ...
    @property
    def box(self) -> Box | None: ...
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
    def role(self) -> str: ...
    @property
    def mark(self) -> str | None: ...
    @property
    def column(self) -> Literal["left", "right"] | None: ...
    @property
    def confidence(self) -> float | None: ...


AnyLine = TypeVar("AnyLine", bound=Inked)


class Area(NamedTuple):
    """Where the running text of a page stands, in points; `leading`: from line to line."""

    left: float
    right: float
    leading: float


Areas = dict[int, Area]


def paragraphs_of(lines: Sequence[AnyLine]) -> Iterator[Sequence[AnyLine]]:
    """The lines grouped into paragraphs, in order."""
    group: list[AnyLine] = []
    for line, opens in zip(lines, openings(lines), strict=True):
        if group and opens:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def openings(lines: Sequence[Inked]) -> list[bool]:
    """For each line whether it opens a paragraph."""
    if all(line.starts is not None for line in lines):
        return [bool(line.starts) for line in lines]
    areas = _areas(lines)
    inset = _inset(lines, areas)
    result: list[bool] = []
    before: Inked | None = None
    for index, line in enumerate(lines):
        if line.starts is not None:
            result.append(line.starts)
        elif before is None:
            result.append(line.role != "note" or line.mark is not None)
        else:
            result.append(_opens(before, line, inset.get(index, areas)))
        before = line
    return result


def _inset(lines: Sequence[Inked], areas: Areas) -> dict[int, Areas]:
    """For lines of a block set far to the right (addressees, a quotation) its own margins."""
    result: dict[int, Areas] = {}
    at = 0
    for _, group in groupby(lines, key=lambda line: _far_left(line, areas)):
        block = list(group)
        area = areas.get(block[0].page)
        if _far_left(block[0], areas) is not None and area and len(block) > 2:
            right = max(line.box[2] for line in block if line.box)
            own = {block[0].page: area._replace(right=right)}
            result.update(dict.fromkeys(range(at, at + len(block)), own))
        at += len(block)
    return result


def _far_left(line: Inked, areas: Areas) -> tuple[int, int] | None:
    """Page and rounded left edge of a line that begins beyond any indent of a paragraph."""
    area = areas.get(line.page)
    if area is None or line.box is None or line.column or line.box[0] - area.left < 55:
        return None
    return line.page, round(line.box[0] / 6)


_BROKEN = regex.compile(r"[\p{L}\p{N}][-/]$|(?<!\S)(?:https?://|www\.)\S+[./-]$")


def is_split(before: str, after: str) -> bool:
    """Whether a line ends inside a word: "số 2769/UBND-" and "KGVX" are one number."""
    return _BROKEN.search(before) is not None and after[:1].isalnum()


def _areas(lines: Iterable[Inked]) -> Areas:
    """The text area of each page; a page of few lines borrows the one before."""
    pages: dict[int, list[Inked]] = {}
    for line in lines:
        if line.box and line.role == "text" and line.column is None:
            pages.setdefault(line.page, []).append(line)
    areas: Areas = {}
    known: Area | None = None
    for page, inked in pages.items():
        area = area_of(inked)
        if known and len(inked) < 6:
            near = abs(area.left - known.left) < 80 and area.right < known.right + 40
            area = Area(known.left, known.right, area.leading) if near else area
        else:
            known = area
        areas[page] = area
    return areas


def area_of(lines: Sequence[Inked]) -> Area:
    """The text area of lines of one page: the margins most of the long lines keep."""
    boxes = [line.box for line in lines if line.box]
    if not boxes:
        return Area(0.0, 0.0, 0.0)
    widest = max(box[2] - box[0] for box in boxes)
    long = [box for box in boxes if box[2] - box[0] >= 0.75 * widest]
    left = _nth(sorted(box[0] for box in long), 0.1)
    right = _nth(sorted(box[2] for box in long), 0.75)
    return Area(left, right, _leading_of(lines))


def _leading_of(lines: Sequence[Inked]) -> float:
    """From line to line in running text: what most neighbours of the commonest size keep."""
    sizes = Counter(line.size for line in lines)
    usual = sizes.most_common(1)[0][0] if sizes else None
    steps = sorted(
        b.box[3] - a.box[3]
        for a, b in pairwise(lines)
        if a.box and b.box and a.size == b.size == usual and 4 < b.box[3] - a.box[3] < 60
    )
    return _nth(steps, 0.3) if steps else 0.0


def _nth(values: Sequence[float], share: float) -> float:
    return values[min(int(len(values) * share), len(values) - 1)]


_LABEL = regex.compile(
    r"(?:[-–—+•▪*●○■□▫✓❖➢Ø]|\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\p{Ll}{1,2}\d?\)|\((?:\d{1,2}|\p{Ll})\)"
    r"|[IVXLC]{1,6}[.)])(?=\s|\p{L})|[\p{Ll}\p{Lu}]\.\s"
    r"|(?i:điều|chương|mục|phần|phụ lục) (?:\d+|[IVXLC]+)\b|(?:Nơi nhận|Kính gửi)\b"
)
_SURE_LABEL = regex.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\p{Ll}\)|[IVX]{1,5}\.) ?[\p{Lu}“\"]|Điều \d+[.:]"
)
_ENDS = regex.compile(r"[.;:!?…]\W*$|/\.?$")
_AUTHORITY = regex.compile(
    r"(?:T ?/ ?M|K ?/ ?T|T ?/ ?L|TM|KT|TL|TUQ|Q)[.,: ]|\p{Lu}*(?:CHỦ TỊCH|TRƯỞNG|GIÁM ĐỐC|BÍ THƯ)"
)


def _opens(before: Inked, line: Inked, areas: Areas) -> bool:
    if line.role == "note" and before.role == "note":
        return line.mark is not None
    if line.role != before.role or line.column != before.column:
        return True
    if before.box is None or line.box is None:
        return True
    if line.column is not None:
        return _opens_in_column(before, line)
    if _differ_in_size(before, line):
        return True
    area = areas.get(line.page)
    above = areas.get(before.page)
    if area is None or above is None:
        return True
    if before.centered or line.centered:
        return _opens_centred(before, line, area)
    return _opens_in_text(before, line, above, area)


def _differ_in_size(before: Inked, line: Inked) -> bool:
    if line.confidence is not None or before.size is None or line.size is None:
        return False
    return abs(before.size - line.size) > 1.2


def _opens_centred(before: Inked, line: Inked, area: Area) -> bool:
    """Titles: a change of style or of capitals opens, a small letter goes on."""
    if before.page != line.page or _gap(before, line, area) or _LABEL.match(line.text):
        return True
    if _style(before) != _style(line) or _is_capitals(before) != _is_capitals(line):
        return True
    if line.text[:1].islower() and not _ENDS.search(before.text):
        return False
    if _CAPITALS.match(line.text) and not _is_capitals(before):
        return True
    if not (before.centered and line.centered):
        wide = _width(before) > 0.8 * (area.right - area.left)
        return not (wide and _is_capitals(line) and not _ENDS.search(before.text))
    return _width(before) < 0.45 * (area.right - area.left) and not _same_width(before, line)


_CAPITALS = regex.compile(r"\p{Lu}{2,} \p{Lu}{2,}")


def _same_width(before: Inked, line: Inked) -> bool:
    return abs(_width(before) - _width(line)) < 0.2 * max(_width(before), _width(line))


def _opens_in_column(before: Inked, line: Inked) -> bool:
    """Beside one another stand short lines, each for itself; names and lists wrap."""
    if before.page != line.page or _style(before) != _style(line) or _far(before, line):
        return True
    if _LABEL.match(line.text) or _IN_COLUMN.match(line.text):
        return True
    if line.text[:1].islower():
        return False
    capitals = _is_capitals(line)
    ended = _ENDS.search(before.text) is not None
    if line.column == "right":
        return True
    if before.text[:1] in _BULLETS and not ended and not _AUTHORITY.match(line.text):
        return False
    if capitals != _is_capitals(before) and (ended or not capitals):
        return True
    if capitals:
        return _AUTHORITY.match(line.text) is not None or _AGENCY.match(line.text) is not None
    return ended


_BULLETS = "-–+•"
_AGENCY = regex.compile(
    r"(?:BỘ|SỞ|BAN|(?:TỔNG |CHI )?CỤC|VỤ|VIỆN|TRƯỜNG|KHOA|(?:VĂN )?PHÒNG(?! ?,)|TRUNG TÂM|HỘI|UBND|HĐND"
    r"|[ỦU][ỶYỷ] BAN|ĐẢNG|(?:TỈNH|THÀNH|HUYỆN|ĐẢNG) [ỦU][ỶY]|MẶT TRẬN|LIÊN MINH|(?:TỔNG )?CÔNG TY)\b"
)
"""Words an agency's name begins with: under another name they open a new one."""
_IN_COLUMN = regex.compile(r"S[ốo] ?:|V ?/ ?v\b|Về việc\b")


def _far(before: Inked, line: Inked) -> bool:
    assert before.box and line.box
    size = line.size or 12.0
    return line.box[3] - before.box[3] > 2.0 * size


def _opens_in_text(before: Inked, line: Inked, above: Area, area: Area) -> bool:
    assert before.box and line.box
    label = _LABEL.match(line.text) is not None
    ended = _ENDS.search(before.text) is not None
    if _SURE_LABEL.match(line.text):
        return True
    if _hangs(before, line, above) and not label and not ended:
        return False
    if _would_have_fitted(before, line, above):
        return True
    goes_on = line.text[:1].islower() and not label and not ended
    if before.page == line.page and _gap(before, line, area):
        return not goes_on
    indent = line.box[0] - area.left
    step = indent - (before.box[0] - above.left)
    if abs(step) <= 4:
        return ended and (label or (indent > _indented(line) and line.text[:1].isupper()))
    if indent <= _indented(line):
        return label and ended
    return step > 0 or label or ended


def _hangs(before: Inked, line: Inked, area: Area) -> bool:
    """Whether the line stands under the text of the bullet before it, which is no short title."""
    assert before.box and line.box
    step = line.box[0] - before.box[0]
    if before.page != line.page or not 4 < step <= 30 or not _LABEL.match(before.text):
        return False
    return area.right - before.box[2] < 0.3 * (area.right - area.left)


def _indented(line: Inked) -> float:
    return max(8.0, 0.6 * (line.size or 12.0))


def _gap(before: Inked, line: Inked, area: Area) -> bool:
    """Whether more white stands between the lines than the leading of the page."""
    assert before.box and line.box
    step = line.box[3] - before.box[3]
    rough = line.confidence is not None
    return step < 0 or step - area.leading > (0.3 if rough else 0.13) * area.leading


def _would_have_fitted(before: Inked, line: Inked, area: Area) -> bool:
    """Whether the first word of the line had room at the end of the line before."""
    assert before.box and line.box
    word = line.text.split(" ", 1)[0]
    if len(word) <= 2 and " " in line.text:
        word = " ".join(line.text.split(" ", 2)[:2]) if _LABEL.match(line.text) else word
    letter = min(_width(line) / max(len(line.text), 1), 0.6 * (line.size or 14.0))
    needed = (len(word) + 1.2) * letter
    slack = area.right - before.box[2]
    if line.confidence is not None:
        return slack > 1.4 * needed + 8
    return slack > 1.15 * needed + 2


def _width(line: Inked) -> float:
    assert line.box
    return line.box[2] - line.box[0]


def _style(line: Inked) -> tuple[bool, bool]:
    return (False, False) if line.confidence is not None else (line.bold, line.italic)


def _is_capitals(line: Inked) -> bool:
    letters = [letter for letter in line.text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


_BULLET = regex.compile(r"[-–+•] ?\p{Lu}")


def openings_in_cell(lines: Sequence[Inked], left: float, right: float) -> list[bool]:
    """For each line of a table cell of that breadth whether it opens a paragraph."""
    if not lines:
        return []
    area = Area(left, right, _leading(lines))
    middle = 0.5 * (left + right)
    centred = len(lines) > 1 and all(
        line.box is not None and abs(0.5 * (line.box[0] + line.box[2]) - middle) < 4
        for line in lines
    )
    result = [True]
    for before, line in pairwise(lines):
        result.append(_opens_in_cell(before, line, area, centred))
    return result


def _opens_in_cell(before: Inked, line: Inked, area: Area, centred: bool) -> bool:
    if before.box is None or line.box is None:
        return True
    ended = _ENDS.search(before.text) is not None
    if _LABEL.match(line.text) and (ended or not centred or _BULLET.match(line.text)):
        return True
    if line.text[:1].islower() and not ended:
        return False
    if _gap(before, line, area) or (before.bold != line.bold and _style(before) != _style(line)):
        return True
    if centred:
        return ended
    return _would_have_fitted(before, line, area._replace(right=area.right - 4))


def _leading(lines: Sequence[Inked]) -> float:
    boxes = [line.box for line in lines if line.box]
    steps = [b[3] - a[3] for a, b in pairwise(boxes) if b[3] - a[3] > 4]
    return _nth(sorted(steps), 0.3) if steps else 0.0
