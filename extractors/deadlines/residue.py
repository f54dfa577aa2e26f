"""What of a time clause was not read?"""

import re
from collections.abc import Sequence

from extractors.deadlines.items import Dated, Item, Plain, Repeated
from extractors.deadlines.lexer import Token, bare
from schemas.deadline import Doubt

_WEEKDAY = r"(?<!lần )(?<!họp )(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
_TIME = re.compile(
    rf"\d|(?<!\w)(?:{_WEEKDAY}|ngày|tháng|quý|năm|tuần|giờ|trước|chậm nhất|muộn nhất|"
    r"hằng|hàng|mỗi|định kỳ|lần|sáng|chiều|cuối|đầu|giữa|hạn|kỳ)(?!\w)"
)
_HARMLESS = re.compile(
    r"thời (?:gian|hạn)(?: (?:hoàn thành|thực hiện|báo cáo|dự kiến|gửi|nộp|trình|ban hành))*|"
    r"\d[\d.,]* ?%|kỳ (?:họp|hạn)|hạn chế|hàng hóa|ngân hàng|cửa hàng|hàng không|đầu tư|đầu mối|"
    r"bắt đầu|hạn mức|định kỳ|hàng đầu|kế hoạch năm|hạn hoàn thành|đúng hạn|ngày làm việc|"
    r"(?:\(|đợt|lần|kỳ|điều|khoản|mục|phụ lục|số) ?\d+\)?|(?<!\w)[a-z]\d+(?!\w)"
)
_TOUCHING = re.compile(
    r"\s*[/\-–.,:]?\s*\d|\s*(?:/|-|của)?\s*(?:ngày|tháng|quý|năm|tuần|giờ)(?!\w)"
)
_TOUCHED = re.compile(
    rf"(?:\d\s*[/\-–.,:]?|(?<!\w)(?:{_WEEKDAY}|ngày|tháng|quý|năm|tuần|sáng|chiều|cuối|đầu|giữa|"
    r"trước|sau|hết|đến|của))\s*$"
)
# a bound whose letters were misread or run together: "trưóc ngày 5/4", "Trướcngày 5/4"
_MISREAD = re.compile(
    r"(?<!\w)(?:\wruoc|tr\w{1,2}oc|truo\w|cham ?nh\wt|muon ?nh\wt|den ?het) ?(?:ngay)? ?$"
)
_CUT_AFTER = re.compile(r"\s?/\s?\d|[.\-]\d|,? ?năm ?\d|\s\d{4}(?!\d)")
_CUT_BEFORE = re.compile(r"\d\s?[/\-]\s?$")


def uncut(item: Item, key: str, start: int, end: int) -> Item:
    """The item, or Unread where figures that belong to it stand beside it: "15/5/20217"."""
    if not isinstance(item, Dated | Repeated):
        return item
    cut = _CUT_AFTER.match(key, item.end, end) or _CUT_BEFORE.search(
        key, max(start, item.start - 4), item.start
    )
    return _unread(item) if cut else item


def guarded(
    items: Sequence[Item], tokens: Sequence[Token], key: str, start: int, end: int
) -> tuple[list[Item], tuple[Doubt, ...]]:
    """The items, with those that touch unread figures of time made Unread, and the doubts.

    A date read in part is worse than one not read: "quý III/ tháng" beside a quarter makes
    the quarter unread. Figures or words of time elsewhere in the clause lower confidence.
    """
    left = [(a, b) for a, b in _gaps(items, tokens, start, end) if _speaks(key[a:b])]
    kept = [_unread(item) if _bound_misread(item, key, start) else item for item in items]
    if left:
        return [_unread(item) if _touches(item, left, key) else item for item in kept], ("residue",)
    for item in kept:
        if isinstance(item, Plain) and item.kind == "unread":
            return kept, ("residue",)
    return kept, ()


def _bound_misread(item: Item, key: str, start: int) -> bool:
    """True for a time with no bound, where the word before it may be one."""
    if item.start == start or not isinstance(item, Dated | Repeated):
        return False
    dated = item.dated if isinstance(item, Repeated) else item
    if dated.opening is not None:
        return False
    return _MISREAD.search(bare(key[max(start, dated.start - 16) : dated.start])) is not None


def _gaps(
    items: Sequence[Item], tokens: Sequence[Token], start: int, end: int
) -> list[tuple[int, int]]:
    """What stands outside the items and the tokens that hide dates."""
    covered = [(t.start, t.end) for t in tokens if t.kind in ("cite", "noise", "per", "report")]
    for item in items:
        covered += _spans(item)
    gaps, at = [], start
    for left, right in sorted(covered):
        if left > at:
            gaps.append((at, left))
        at = right if right > at else at
    if at < end:
        gaps.append((at, end))
    return gaps


def _spans(item: Item) -> list[tuple[int, int]]:
    if isinstance(item, Repeated) and item.every is not None:
        return [(item.dated.start, item.dated.end), (item.every.start, item.every.end)]
    return [(item.start, item.end)]


def _speaks(words: str) -> bool:
    return _TIME.search(words) is not None and _TIME.search(_HARMLESS.sub(" ", words)) is not None


def _touches(item: Item, gaps: Sequence[tuple[int, int]], key: str) -> bool:
    if isinstance(item, Plain):
        return False
    return any(
        (a == item.end and _TOUCHING.match(key, a, b) is not None)
        or (b == item.start and _TOUCHED.search(key, a, b) is not None)
        for a, b in gaps
    )


def _unread(item: Item) -> Item:
    return Plain(item.start, item.end, item.rule, "unread", doubts=("residue",))
