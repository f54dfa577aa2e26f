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
    r"thông báo|xem xét|bảo đảm|đảm bảo|phấn đấu|tổng kết|sơ kết|phổ biến|quán triệt|thẩm định|kiểm tra|giải quyết|chuyển|niêm yết)"
)
_DONE = regex.compile(
    r"(?<!\w)(?<!chương )(?:xong|hoàn thành|hoàn tất|kết thúc|báo cáo|gửi|trình|ban hành|tham mưu|nộp|phê duyệt|quyết toán|bàn giao)"
    r"(?: [^\s,;.]+){0,12}?[\s,(]*$"
)
_PAST = regex.compile(
    r"(?:đã|từng|đăng ký|sinh|được cấp|có hiệu lực|hết hiệu lực|ký|hoạt động cách mạng|cấp|tính|tại|"
    r"mã|vào|xảy ra|phát hành|tiếp nhận|trúng tuyển)(?: [^\s,;.]+){0,3} ?$"
)
_REPORTED = regex.compile(r"(?:kết quả|tình hình)(?: [^\s,;.]+){0,4}[\s(]*$")
_TOLD = regex.compile(
    r"(?:không|chưa|đã|đang|từng)(?: [^\s,;.]+){0,2} (?:báo cáo|thực hiện|tổ chức|gửi)"
)
_RECURS_AFTER = regex.compile(r"\s+\S+ (?:năm|tháng|quý|tuần)(?![\w/])(?! ?\d)")
_FINISHED = regex.compile(
    r"(?<!\w)(?:xong|hoàn thành|hoàn tất|kết thúc|sơ kết|tổng kết)(?: [^\s,;.]+){0,10}?[\s,(]*$"
)
_NOUN_BEFORE = regex.compile(
    r"(?:kế hoạch|chương trình|dự toán|ngân sách|chỉ tiêu|nhiệm vụ|công tác|khen thưởng|kinh phí|"
    r"báo cáo tài chính|thi đua|tình hình|mục tiêu|kết quả|hoạt động|trợ cấp|phụ cấp|đánh giá|"
    r"xếp loại|thường xuyên|mức|giao|công nghệ|hội|quốc gia|số|quy mô)(?: [\w/-]+){0,3} ?$"
)
_REPORTS = regex.compile(
    r"(?:báo cáo|tổng hợp|tổng kết|sơ kết|gửi|đánh giá|kiểm tra|rà soát|tổ chức|phải|có (?:kế hoạch|hướng dẫn)|xây dựng|thống kê|giao ban|họp|cập nhật|công bố|đối chiếu)"
)
_HEAD = regex.compile(r"[\s\-+*•]*(?:\w{1,4}[.)]\s*)?")
_REPORT_BEFORE = regex.compile(r"báo cáo(?: [^\s,;.]+){0,14}[\s,(]*$")
_REPORT_AFTER = regex.compile(r",? (?:báo cáo|tổng hợp|gửi báo cáo|tổng kết|phải )")
_VALIDITY = regex.compile(
    r"(?:hiệu lực|giá trị|sử dụng|hoạt động|tuổi|kinh nghiệm|lưu trữ|bảo hành|quá)(?: \w+){0,4} ?$"
)
_BOUNDED = regex.compile(r"trong|chậm nhất|không quá|tối đa|muộn nhất|thời hạn|không chậm")
_FIRMLY = regex.compile(
    r"trong (?:vòng|thời hạn|thời gian)|chậm nhất|không quá|tối đa|muộn nhất|thời hạn|không chậm"
)
_EVENTS = regex.compile(
    r"(?:ngày )?(?:kỳ họp|phiên họp|cuộc họp|bầu cử|cuộc bầu cử|tết|mùa (?:mưa|bão|khô|lũ)|khai giảng|năm học|đại hội|"
    r"hội nghị|quốc khánh|ngày bầu cử)"
)
_CONDITION = regex.compile(
    r"(?:(?:được|có) (?:[^\s,;.]+ ){0,8}?(?:phê duyệt|chấp thuận|ban hành|thông qua|đồng ý|thẩm định|"
    r"cho phép|giao|văn bản|hướng dẫn|ý kiến|quyết định|kết quả|chủ trương|kết luận|chỉ đạo)|"
    r"hoàn thành|kết thúc|(?:[^\s,;.]+ ){1,8}(?:được )?(?:ban hành|phê duyệt|thông qua|có hiệu lực))(?!\w)"
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
    if not item.dated and _RECURS_AFTER.match(after) is not None:
        return False
    if item.opening == "in" and level not in ("year", "years"):
        return _REPORTED.search(before[-60:]) is None and _DUE.search(before[-160:]) is not None
    if item.opening == "in" or _bracketed(before, after):
        return _is_done(before)
    return False


def _is_done(before: str) -> bool:
    """ "hoàn thành trong quý II", not "kết quả thực hiện trong quý II"."""
    if _FINISHED.search(before[-90:]) is not None:
        return True
    return _REPORTED.search(before[-60:]) is None and _DONE.search(before[-90:]) is not None


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
    if item.until and before.rstrip().endswith("tính"):
        return False
    if item.until:
        return _DUE.search(before[-80:]) is not None or not before.strip()
    return True


def _bracketed(before: str, after: str) -> bool:
    return before.rstrip().endswith("(") and after.lstrip().startswith(")")


def _every(before: str, after: str, words: str) -> bool:
    """A period is a deadline at the head of a duty, after định kỳ, or beside báo cáo."""
    if _TOLD.search(before[-90:]) is not None:
        return False
    if words.startswith("định kỳ") or "lần" in words:
        return True
    if _NOUN_BEFORE.search(before[-50:]) is not None:
        return False
    if _HEAD.fullmatch(before) is not None or before.rstrip().endswith((",", ";", ":")):
        return _REPORTS.search(after[:60]) is not None
    return _REPORT_BEFORE.search(before[-90:]) is not None or _REPORT_AFTER.match(after) is not None


def _length(item: Length, before: str, words: str) -> bool:
    """ "trong thời hạn 05 ngày kể từ …"; not an age, a validity, "trong 02 năm liên tục"."""
    if _VALIDITY.search(before[-40:]) is not None or item.relation in ("before", "after"):
        return False
    if item.anchor is not None or item.anchor_unit is not None or item.from_now:
        return _BOUNDED.match(words) is not None
    bounded = _FIRMLY.match(words) is not None and item.unit != "Y"
    return bounded and (_DUE.search(before[-80:]) is not None or not before.strip())


def _said(item: Said, key: str) -> bool:
    event = key[item.event[0] : item.event[1]]
    if item.kind == "event":
        return item.relation == "before" and _EVENTS.match(event) is not None
    if item.kind == "condition":
        if item.relation == "immediately_after":
            return True
        return item.relation == "after" and _CONDITION.match(event) is not None
    return False
