"""Which times in a sentence are deadlines of its duty?

Precision first: a date of what was done, a target of a plan, an adverb of manner or a period
in a title is no deadline. The words before and after decide.
"""

import re
from collections.abc import Iterator, Sequence

from extractors.deadlines.items import (
    Dated,
    Every,
    Item,
    Length,
    Repeated,
    Said,
    begins_in_month,
)
from extractors.deadlines.recurrence import lasts_until

_YEARLY = ("year", "years")
_BREAK = re.compile(r"[;\n]|\.(?:(?=\s+(?P<next>\w))|(?=\s*$))")
# one of these stands in every sentence that holds a deadline …
_HINTS = (
    "ngày", "tháng", "quý", "năm", "tuần", "khi ", "giờ", "định kỳ", "lần", "trước ", "họp", "/",
    "hôm", "mai", "lúc ", "sau ",
)  # fmt: skip
# … and one of these, in the sentence itself
_CHEAP = re.compile(
    r"(?:ngày|tháng|quý|năm|tuần|thứ) ?\d|\d ?[/.-] ?\d|\d\)? (?:ngày|tháng|tuần|năm|giờ|quý|lần)|"
    r"(?:hằng|hàng|hăng|hẳng|hâng|hãng|hắng|mỗi|từng|các|cứ|cả|suốt|trong|cuối|đầu|giữa|này|sau|hai|ba|bốn|"
    r"sáu|bảy|tám|chín|mười|một|nửa|trước|hết|đến|vào|tới|từ) (?:ngày|tháng|quý|năm|tuần|buổi)|"
    r"(?:ngày|tháng|quý|năm|tuần) (?:mai|hôm|nay|này|sau|tới|kế|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|"
    r"chín|mười|giêng|chạp|cuối|đầu|làm việc|i|v|mùng|mồng|lễ|hội|bầu|khai)|quý [iv]|định kỳ|lần|"
    r"trước (?:và|kỳ|phiên|cuộc|tết|mùa|đại hội|hội nghị|lúc|bầu|khai|quốc)|(?:sau|từ) lúc|khi |"
    r"\d ?h|giờ|hôm nay|(?:kỳ|phiên|cuộc|buổi) họp"
)
_WORDS = r"(?: [^\s,;.]+)"
_TAIL = r"[\s,(]*$"
# a duty that can have a day: the verb stands somewhere before
_DUE = re.compile(
    r"hoàn thành|hoàn tất|xong|báo cáo|trình|gửi|ban hành|tổng hợp|phê duyệt|đề xuất|tham mưu|"
    r"thực hiện|triển khai|tổ chức|bàn giao|nộp|xây dựng|rà soát|công bố|khắc phục|quyết toán|"
    r"giải ngân|chậm nhất|cung cấp|cập nhật|đăng ký|kết thúc|xử lý|khởi công|lập|treo|trả lời|"
    r"thông báo|xem xét|bảo đảm|đảm bảo|phấn đấu|tổng kết|sơ kết|phổ biến|quán triệt|thẩm định|"
    r"kiểm tra|giải quyết|chuyển|niêm yết"
)
# the verb stands close before: "báo cáo … trong quý II"
_DONE = re.compile(
    r"(?<!\w)(?<!chương )(?:xong|hoàn thành|hoàn tất|kết thúc|báo cáo|gửi|trình|ban hành|tham mưu|"
    rf"nộp|phê duyệt|quyết toán|bàn giao){_WORDS}{{0,12}}?{_TAIL}"
)
_HANDED_IN = re.compile(
    r"(?<!\w)(?:xong|hoàn thành|hoàn tất|báo cáo|gửi|trình|nộp|bàn giao|đăng ký|về)(?!\w)"
    rf"{_WORDS}{{0,14}}?{_TAIL}"
)
_FINISHED = re.compile(
    r"(?<!\w)(?:xong|hoàn thành|hoàn tất|kết thúc|sơ kết|tổng kết)"
    rf"{_WORDS}{{0,10}}?{_TAIL}"
)
# "kết quả thực hiện trong tháng 01": the period that is reported on
_REPORTED = re.compile(
    rf"(?:kết quả|tình hình|số liệu|phát sinh|xảy ra|đạt được|chốt số liệu){_WORDS}{{0,4}}{_TAIL}"
)
# what was so before a day is no duty: "đã đăng ký trước ngày …"
_PAST = re.compile(
    r"(?<!\w)(?<!học )(?:đã|từng|đăng ký|sinh|được cấp|hết hiệu lực|ký|"
    r"(?<!bảo đảm )(?<!đảm bảo )có hiệu lực|"
    r"hoạt động cách mạng|cấp|tính|xảy ra|phát hành|tiếp nhận|trúng tuyển|tồn tại)"
    rf"{_WORDS}{{0,3}} ?$"
)
_TOLD = re.compile(rf"(?:không|chưa|đã|đang|từng){_WORDS}{{0,2}} (?:báo cáo|thực hiện|tổ chức|gửi)")
# "từ đầu năm học | đến ngày 15/10": what is counted, not until when it is due
_SINCE = re.compile(r"(?<!\w)(?:từ|kể từ) (?:đầu|khi|ngày|tháng|năm)(?: [^\s,;.]+){0,12} ?$")
# after a range: "… hằng năm" of a season, "… không còn nhiều" of the time left
_NO_DUTY = re.compile(r" (?:(?:hằng|hàng|mỗi) (?:năm|tháng)|(?:không )?còn (?:nhiều|ít|lại))(?!\w)")
# "hằng năm" that belongs to the noun before it: kế hoạch hằng năm
_NOUN_BEFORE = re.compile(
    r"(?:kế hoạch|chương trình|dự toán|ngân sách|chỉ tiêu|nhiệm vụ|(?<!tổ )(?<!đoàn )công tác|"
    r"khen thưởng|kinh phí|"
    r"báo cáo tài chính|thi đua|tình hình|mục tiêu|kết quả|hoạt động|trợ cấp|phụ cấp|đánh giá|"
    r"xếp loại|thường xuyên|mức|giao|công nghệ|hội|quốc gia|số|quy mô)(?: [\w/-]+){0,3} ?$"
)
_OFTEN_A_WEEK = re.compile(r"(?!0?1 )\d+ lần ?/ ?(?:tuần|ngày)|(?:tuần|ngày) ?/? ?(?!0?1 )\d+ lần")
_DONE_EACH = re.compile(
    r"(?<!\w)(?:cấp phát|chi trả|thanh toán|cập nhật|giao ban|kiểm tra|rà soát|đối chiếu|công bố|"
    r"kiểm kê|tập huấn|sinh hoạt|họp|thống kê|niêm yết|phát sóng|đăng tải|"
    r"tổ chức (?:sơ|tổng) kết) $"
)
_REPORTS = re.compile(
    r"báo cáo|tổng hợp|tổng kết|sơ kết|gửi|đánh giá|kiểm tra|rà soát|tổ chức|phải|xây dựng|"
    r"có (?:kế hoạch|hướng dẫn)|thống kê|giao ban|họp|cập nhật|công bố|đối chiếu"
)
_HEAD = re.compile(r"[\s\-+*•]*(?:\w{1,4}[.)]\s*)?")
_REPORT_BEFORE = re.compile(rf"báo cáo{_WORDS}{{0,14}}{_TAIL}")
_REPORT_AFTER = re.compile(r",? (?:báo cáo|tổng hợp|gửi báo cáo|tổng kết|phải )")
# a day before a unit that was misread: "vào 31/5 hãng năm"
_RECURS_AFTER = re.compile(r"\s+\S+ (?:năm|tháng|quý|tuần)(?![\w/])(?! ?\d)")
_VALIDITY = re.compile(
    r"(?:hiệu lực|giá trị|sử dụng|hoạt động|tuổi|kinh nghiệm|lưu trữ|bảo hành|quá)(?: \w+){0,4} ?$|"
    r"nhiệm kỳ(?: \w+){0,12} ?$|"
    r"(?:thời hạn|thời gian) (?:sử dụng|hiệu lực|có giá trị|bảo hành|gia hạn|lưu)(?: \w+){0,10} ?$"
)
# "Thời hạn nhận hồ sơ là | 30 ngày kể từ ngày …"
_TERM = re.compile(
    r"(?<!\w)thời hạn (?:nhận|tiếp nhận|nộp|gửi|giải quyết|trả lời|thực hiện|hoàn thành|báo cáo|"
    rf"lấy ý kiến|xử lý|đăng ký|góp ý|thẩm định){_WORDS}{{0,12}} là $"
)
_BOUNDED = re.compile(r"trong|chậm nhất|không quá|tối đa|muộn nhất|thời hạn|không chậm")
_FIRMLY = re.compile(
    r"trong (?:vòng|thời hạn|thời gian)|chậm nhất|không quá|tối đa|muộn nhất|thời hạn|không chậm"
)
_EVENTS = re.compile(
    r"(?:ngày )?(?:kỳ họp|phiên họp|cuộc họp|bầu cử|cuộc bầu cử|tết|mùa (?:mưa|bão|khô|lũ)|"
    r"khai giảng|năm học|đại hội|hội nghị|quốc khánh|ngày bầu cử)"
)
# a meeting of which the time or number is said: "tại kỳ họp thứ 5", "trình phiên họp tháng 7"
_MEETING = re.compile(
    r"(?:(?:kỳ|phiên|cuộc|buổi) họp|(?:hội nghị |cuộc |phiên )?giao ban) (?:[^\s,;.]+ ){0,8}?"
    r"(?:tháng|quý|thứ|lần thứ|thường lệ|"
    r"chuyên đề|gần nhất|sắp tới|tới|tiếp theo|(?:đầu|giữa|cuối) năm)(?!\w)"
)
_SUBMITTED = re.compile(
    r"(?<!\w)(?:trình|thông qua|xem xét|cho ý kiến|báo cáo|ban hành|quyết định|quyết nghị|"
    r"thảo luận)"
    rf"{_WORDS}{{0,12}}? (?:tại |vào )?$"
)
_SPOKEN = re.compile(
    r"(?:ý kiến|kết luận|chỉ đạo|phát biểu|thống nhất|nội dung|đã|được)"
    rf"{_WORDS}{{0,12}}? (?:tại|vào) $"
)
# of whom, not when: "các đơn vị sau khi sáp nhập", "phần còn lại sau khi trừ"; how a letter came
# about: "Sau khi xem xét đề nghị của …"
_OF_WHOM = re.compile(
    r"(?:được )?(?:sắp xếp|sáp nhập|hợp nhất|chia tách|tổ chức lại|chuyển đổi|cổ phần hóa|trừ|"
    r"nghe|nghiên cứu|xem xét|tốt nghiệp|ra trường|nghỉ hưu|tiết kiệm|cân đối|khấu trừ|"
    r"thu hồi|xuất viện|tái định cư)(?!\w)"
)
# "khi có hướng dẫn", "khi hệ thống đã đáp ứng"; not "khi có yêu cầu", "khi tham gia"
_UPON = re.compile(
    rf"(?:được{_WORDS}{{0,8}}? (?:phê duyệt|chấp thuận|ban hành|thông qua|đồng ý|cho phép)|"
    rf"có{_WORDS}{{0,8}}? (?:văn bản|hướng dẫn|ý kiến|quyết định|chủ trương|kết luận|chỉ đạo)|"
    r"(?:[^\s,;.]+ ){1,8}đã)(?!\w)"
)
# at the head of a duty: "Khi xảy ra sự cố tràn dầu, đơn vị phải …"
_ARISES = re.compile(r"(?:xảy ra|phát sinh|có (?:sự cố|thiên tai|dịch bệnh|tình huống)) ")
# "Kế hoạch số 154/KH-HĐND về việc tiếp xúc cử tri | trước kỳ họp": the title of a paper
_TITLED = re.compile(
    r"(?:ngày \d{1,2}/\d{1,2}/\d{4}|/[a-zđ-]+)[^,;.]{0,60} về (?:việc )?[^,;.]{0,80}$"
)
# "trong quý I | ước đạt 450 nghìn lượt": a figure that is told
_COUNTED = re.compile(r",? (?:ước|ước tính|đạt|tăng|giảm) ")
_NEAR = 12  # characters between "mỗi tuần" and the day from which it is so


def sentences(text: str, key: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences between two positions that can hold a deadline at all.

    `text` keeps its capitals, which tell where a sentence ends; `key` is it in lower case.
    """
    words = key[start:end]
    if not any(hint in words for hint in _HINTS):
        return
    at = start
    for stop in _BREAK.finditer(text, start, end):
        following = stop["next"]
        if following and not (following.isupper() or following.isdigit()):
            continue
        if _CHEAP.search(key, at, stop.end()) is not None:
            yield at, stop.end()
        at = stop.end()
    if at < end and _CHEAP.search(key, at, end) is not None:
        yield at, end


def asks_to_hand_in(before: str) -> bool:
    """True where the words before a last day ask to finish, report or send."""
    return not before.strip() or _HANDED_IN.search(before[-120:]) is not None


def admitted(items: Sequence[Item], key: str, start: int, end: int) -> list[Item]:
    """The items that are deadlines by their words and their neighbours, not by a guess."""
    kept: list[Item] = []
    for item in items:
        if _goes_on(item, kept[-1:], key) or _admits(
            item, key[start : item.start], key[item.end : end], key
        ):
            kept.append(item)
    return kept


def _goes_on(item: Item, before: Sequence[Item], key: str) -> bool:
    """Does it belong to the recurrence before it?"""
    if not before or not isinstance(before[0], Every | Repeated):
        return False
    if isinstance(item, Said) and item.relation == "upon":  # "hằng năm và khi có yêu cầu"
        return key[before[0].end : item.start].strip(" ,") in ("và", "hoặc")
    return isinstance(item, Dated) and _frames(item, before, key)


def _frames(item: Dated, before: Sequence[Item], key: str) -> bool:
    """ "mỗi tuần một lần từ ngày …", "hằng quý đến năm 2030": the days belong to the recurrence
    before them."""
    years = lasts_until(item, key) or any(unit.level == "years" for unit in item.units)
    if years and key[before[0].end : item.start].strip(" (") == "":
        return True
    return item.opening == "from" and item.bound is None and item.start - before[0].end <= _NEAR


def _admits(item: Item, before: str, after: str, key: str) -> bool:
    words = key[item.start : item.end]
    if isinstance(item, Dated):
        return _dated(item, before, after, words)
    if isinstance(item, Every):
        return _every(before, after, words)
    if isinstance(item, Repeated):
        return _day_of_duty(item, before) or _every(before, after, words)
    if isinstance(item, Length):
        return _length(item, before, words)
    return isinstance(item, Said) and _said(item, before, key)


def _day_of_duty(item: Repeated, before: str) -> bool:
    """A day that recurs is a deadline; a month or quarter that recurs only with định kỳ."""
    if item.dated.bound is not None or before.rstrip().endswith("định kỳ"):
        return True
    if begins_in_month(item.dated):  # "ngay từ đầu tháng 9 hằng năm"
        return True
    return bool(item.dated.units) and all(
        unit.level in ("day", "weekday") or unit.rule == "every.weekday_of_month"
        for unit in item.dated.units
    )


def _dated(item: Dated, before: str, after: str, words: str) -> bool:
    begins_only = item.opening in ("from", "after") and not item.ranged
    if begins_only and item.opening == "from" and after.startswith(" đến khi "):
        return True
    if not item.units or item.horizon or begins_only:
        return False
    if item.bound is not None:
        return _bounded(item, before)
    level = item.units[-1].level
    if item.ranged and (level == "day" or (item.opening == "from" and level not in _YEARLY)):
        told = _PAST.search(before[-40:]) or _REPORTED.search(before[-60:])
        return not told and _NO_DUTY.match(after) is None
    if not item.dated and _RECURS_AFTER.match(after) is not None:
        return False
    return _window(item, level, before, after, words)


def _window(item: Dated, level: str, before: str, after: str, words: str) -> bool:
    """A month or quarter with trong; a bare "trong tháng" beside a duty; a year only beside
    hoàn thành."""
    yearly = level in _YEARLY
    if _COUNTED.match(after) is not None:
        return False
    if item.opening == "in" and not yearly:
        known = item.dated or level == "day" or _DUE.search(words) is not None
        said = known or _DUE.search(before[-160:]) is not None
        return said and _REPORTED.search(before[-60:]) is None
    bracketed = before.rstrip().endswith("(") and after.lstrip().startswith(")")
    if item.opening != "in" and (
        yearly or not bracketed or (level == "day" and item.clock is None)
    ):
        return False
    return _FINISHED.search(before[-90:]) is not None or (
        _REPORTED.search(before[-60:]) is None and _DONE.search(before[-90:]) is not None
    )


def _bounded(item: Dated, before: str) -> bool:
    """ "trước ngày …" of what was already so is no deadline; "đến năm 2025" mostly a target."""
    if not item.until and _PAST.search(before[-45:]) and not _DONE.search(before[-60:]):
        return False
    if item.units[-1].level in _YEARLY and (item.until or item.bound == "inclusive"):
        return _FINISHED.search(before[-60:]) is not None
    if not item.until:
        return True
    if before.rstrip().endswith("tính") or _SINCE.search(before[-80:]):
        return False
    return not before.strip() or _DUE.search(before[-80:]) is not None


def _every(before: str, after: str, words: str) -> bool:
    """A period is a deadline at the head of a duty, after định kỳ, or beside báo cáo."""
    if _TOLD.search(before[-90:]) is not None:
        return False
    if _OFTEN_A_WEEK.search(words) is not None:  # how often something is broadcast, no day
        return False
    if words.startswith("định kỳ") or "lần" in words or _DONE_EACH.search(before) is not None:
        return True
    if _NOUN_BEFORE.search(before[-50:]) is not None:
        return False
    if _HEAD.fullmatch(before) is not None or before.rstrip().endswith((",", ";", ":")):
        return _REPORTS.search(after[:60]) is not None
    return _REPORT_BEFORE.search(before[-90:]) is not None or _REPORT_AFTER.match(after) is not None


def _length(item: Length, before: str, words: str) -> bool:
    """ "trong thời hạn 05 ngày kể từ …"; not an age, a validity, "trong 02 năm liên tục"."""
    if item.relation == "before" and item.anchor is not None and not item.bare:
        return words.startswith("trước") and _DUE.search(before[-80:]) is not None
    if _VALIDITY.search(before[-90:]) is not None or item.relation in ("before", "after"):
        return False
    if item.anchor is not None or item.anchor_unit is not None or item.from_now:
        return _BOUNDED.match(words) is not None or _TERM.search(before[-120:]) is not None
    if _FIRMLY.match(words) is None or item.unit == "Y":
        return False
    return not before.strip() or _DUE.search(before[-80:]) is not None


def _said(item: Said, before: str, key: str) -> bool:
    """ "trước kỳ họp", "sau khi …", "ngay khi được phê duyệt"; never theo, thường xuyên."""
    event = key[item.event[0] : item.event[1]]
    if item.kind == "event":
        return _event(item, event, before)
    if item.kind != "condition" or _OF_WHOM.match(event) is not None:
        return False
    at_once = key.startswith(("ngay", "đột xuất"), item.start)
    if at_once or item.relation in ("after", "immediately_after"):
        return True
    if item.relation != "upon":
        return False
    at_head = _HEAD.fullmatch(before) is not None and _ARISES.match(event) is not None
    return at_head or _UPON.match(event) is not None


def _event(item: Said, event: str, before: str) -> bool:
    """ "trước mùa mưa", "trước khi trình", "trong ngày bầu cử", "trình phiên họp tháng 7"."""
    if _TITLED.search(before[-120:]):
        return False
    if item.rule in ("bound.before_when", "event.before_and_during", "event.on_day"):
        return True
    if item.rule == "event.name":
        said = _SUBMITTED.search(before[-120:]) is not None and _SPOKEN.search(before[-80:]) is None
        return said and _MEETING.match(event) is not None
    return item.relation == "before" and _EVENTS.match(event) is not None
