"""Which times in a sentence are deadlines of its duty?"""

from collections.abc import Iterator, Sequence

import regex

from extractors.deadlines.items import Dated, Every, Item, Length, Repeated, Said
from extractors.deadlines.lexer import Token

_SENTENCE = regex.compile(r"[^\n;]+?(?:[.;](?=\s+\p{Lu}|\s*$)|[;\n]|$)")
_CHEAP = regex.compile(
    r"\d|hằng|hàng (?:năm|quý|tháng|tuần|ngày)|định kỳ|mỗi|quý|lần|khi|trong (?:tháng|tuần|năm|ngày|vòng|thời hạn)|"
    r"kỳ họp|phiên họp|bầu cử|tết|mùa|khai giảng|đại hội|chậm nhất|hạn|ngày|năm",
    regex.IGNORECASE,
)
_DUE = regex.compile(
    r"(?:hoàn thành|hoàn tất|xong|báo cáo|trình|gửi|ban hành|tổng hợp|phê duyệt|đề xuất|tham mưu|"
    r"thực hiện|triển khai|tổ chức|bàn giao|nộp|xây dựng|rà soát|công bố|khắc phục|quyết toán|"
    r"giải ngân|chậm nhất|cung cấp|cập nhật|đăng ký|kết thúc|xử lý|khởi công|lập|treo|trả lời|"
    r"thông báo|xem xét|thẩm định|kiểm tra|giải quyết|chuyển|niêm yết)"
)
_DONE = regex.compile(
    r"(?<!\w)(?<!chương )(?:xong|hoàn thành|hoàn tất|kết thúc|báo cáo|gửi|trình|ban hành|tham mưu|nộp|phê duyệt|kế hoạch|quyết toán|bàn giao)"
    r"(?: [^\s,;.]+){0,12}?[\s,(]*$"
)
_PAST = regex.compile(
    r"(?:đã|từng|đăng ký|sinh|được cấp|có hiệu lực|hết hiệu lực|ký|hoạt động cách mạng|cấp|tính|tại|"
    r"mã|vào|xảy ra|phát hành|tiếp nhận|trúng tuyển)(?: [^\s,;.]+){0,3} ?$"
)
_FINISHED = regex.compile(
    r"(?<!\w)(?:xong|hoàn thành|hoàn tất|kết thúc)(?: [^\s,;.]+){0,10}?[\s,(]*$"
)
_NOUN_BEFORE = regex.compile(
    r"(?:kế hoạch|chương trình|dự toán|ngân sách|chỉ tiêu|nhiệm vụ|công tác|khen thưởng|kinh phí|"
    r"báo cáo tài chính|thi đua|tình hình|mục tiêu|kết quả|hoạt động|trợ cấp|phụ cấp|đánh giá|"
    r"xếp loại|thường xuyên|mức|giao|công nghệ|hội|quốc gia|số|quy mô)(?: [\w/-]+){0,3} ?$"
)
_REPORTS = regex.compile(
    r"(?:báo cáo|tổng hợp|tổng kết|sơ kết|gửi|đánh giá|kiểm tra|rà soát|tổ chức|phải|có (?:kế hoạch|hướng dẫn)|xây dựng|thống kê|giao ban|họp|cập nhật|công bố|đối chiếu)"
)
_EVENTS = regex.compile(
    r"(?:ngày )?(?:kỳ họp|phiên họp|cuộc họp|bầu cử|cuộc bầu cử|tết|mùa (?:mưa|bão|khô|lũ)|khai giảng|năm học|đại hội|"
    r"hội nghị|quốc khánh|ngày bầu cử)"
)
_CONDITION = regex.compile(
    r"(?:được|có|hoàn thành|kết thúc|phát hiện|nhận|ban hành|\S+ (?:\S+ ){0,6}?(?:được|ban hành|phê duyệt|thông qua|chấp thuận|có))(?!\w)"
)


def sentences(key: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences between two positions that can hold a deadline at all."""
    for match in _SENTENCE.finditer(key, start, end):
        if _CHEAP.search(key, match.start(), match.end()) is not None:
            yield match.span()


def admitted(
    items: Sequence[Item], tokens: Sequence[Token], key: str, start: int, end: int
) -> list[Item]:
    """The items that are deadlines by their words and their neighbours, not by a guess."""
    found = []
    for item in items:
        before, after = key[start : item.start], key[item.end : end]
        if _admits(item, before, after, key):
            found.append(item)
    return found


def _admits(item: Item, before: str, after: str, key: str) -> bool:
    if isinstance(item, Dated):
        return _dated(item, before, after)
    if isinstance(item, Every):
        return _every(before, after, key[item.start : item.end])
    if isinstance(item, Repeated):
        return _day_of_duty(item, before) or _every(before, after, key[item.start : item.end])
    if isinstance(item, Length):
        return _length(item, before, key[item.start : item.end])
    if isinstance(item, Said):
        return _said(item, key)
    return False


def _day_of_duty(item: Repeated, before: str) -> bool:
    if item.dated.bound is not None or before.rstrip().endswith("định kỳ"):
        return True
    return all(unit.level == "day" for unit in item.dated.units) and bool(item.dated.units)


def _dated(item: Dated, before: str, after: str) -> bool:
    if not item.units or item.horizon:
        return False
    if item.bound is not None:
        return _bounded(item, before)
    if item.opening == "from" and not item.ranged:
        return False
    level = item.units[-1].level
    if item.ranged and level == "day":
        return _PAST.search(before[-40:]) is None
    if level in ("years", "year") and item.opening != "in":
        return False
    if level == "day" and item.opening is None and item.clock is None:
        return False
    if item.opening == "in" or _bracketed(before, after):
        return _DONE.search(before[-90:]) is not None
    return False


def _bounded(item: Dated, before: str) -> bool:
    """ "trước ngày …" of what was already so is no deadline; "đến năm 2025" mostly a target."""
    if (
        _PAST.search(before[-45:]) is not None
        and item.until is False
        and _DONE.search(before[-60:]) is None
    ):
        return False
    if item.units[-1].level in ("year", "years") and (item.until or item.bound == "inclusive"):
        return _FINISHED.search(before[-60:]) is not None
    if item.until:
        return _DUE.search(before[-80:]) is not None or not before.strip()
    return True


def _bracketed(before: str, after: str) -> bool:
    return before.rstrip().endswith("(") and after.lstrip().startswith(")")


def _every(before: str, after: str, words: str) -> bool:
    """A period is a deadline at the head of a duty, after định kỳ, or beside báo cáo."""
    if words.startswith("định kỳ") or "lần" in words:
        return True
    if _NOUN_BEFORE.search(before[-50:]) is not None:
        return False
    head = regex.fullmatch(
        r"[\s\-+*•]*(?:\w{1,4}[.)]\s*)?", before
    ) is not None or before.rstrip().endswith((",", ";", ":"))
    if head:
        return _REPORTS.search(after[:60]) is not None
    return (
        regex.search(r"báo cáo(?: [^\s,;.]+){0,14}[\s,(]*$", before[-90:]) is not None
        or regex.match(r",? (?:báo cáo|tổng hợp|gửi báo cáo|tổng kết)", after) is not None
    )


def _length(item: Length, before: str, words: str) -> bool:
    if regex.search(
        r"(?:hiệu lực|giá trị|sử dụng|hoạt động|tuổi|kinh nghiệm|lưu trữ|bảo hành|quá)(?: \w+){0,4} ?$",
        before[-40:],
    ):
        return False
    if item.relation in ("before", "after"):
        return False
    bounded = (
        regex.match(r"(?:trong|chậm nhất|không quá|tối đa|muộn nhất|thời hạn|không chậm)", words)
        is not None
    )
    return bounded and (
        item.anchor is not None
        or item.anchor_unit is not None
        or item.from_now
        or _DUE.search(before[-80:]) is not None
        or not before.strip()
    )


def _said(item: Said, key: str) -> bool:
    event = key[item.event[0] : item.event[1]]
    if item.kind == "event":
        return item.relation == "before" and _EVENTS.match(event) is not None
    if item.kind == "condition":
        if item.relation == "immediately_after":
            return True
        return item.relation == "after" and _CONDITION.match(event) is not None
    return False
