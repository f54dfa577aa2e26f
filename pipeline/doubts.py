"""Which doubts may there be of a program, how grave is each, and what is the user told?"""

from typing import Literal, NamedTuple

from schemas.letter import Quote
from schemas.program import Issue

Severity = Literal["note", "doubt", "error"]


class Doubt(NamedTuple):
    """A kind of doubt: how grave it is, and its sentence for the user."""

    severity: Severity
    message: str


# One row a code; the sentence may use the words named in braces.
DOUBTS: dict[str, Doubt] = {
    "letter.no-number": Doubt("doubt", "Không đọc được số, ký hiệu của văn bản."),
    "letter.number-from-scan": Doubt(
        "note", "Số văn bản “{names}” đọc từ bản quét; hãy đối chiếu."
    ),
    "letter.no-date": Doubt("doubt", "Không đọc được ngày ban hành; thời hạn tương đối để trống."),
    "letter.no-issuer": Doubt("doubt", "Không đọc được cơ quan ban hành."),
    "letter.no-tasks": Doubt("note", "Không thấy nhiệm vụ nào trong văn bản."),
    "task.no-lead": Doubt("doubt", "Văn bản chưa xác định rõ đơn vị chủ trì."),
    "task.several-leads": Doubt("note", "Có {count} đơn vị cùng được giao chủ trì: {names}."),
    "task.group-lead": Doubt("note", "Chủ trì là một nhóm, không phải một cơ quan: {names}."),
    "task.lead-also-supports": Doubt("doubt", "{names} vừa chủ trì vừa phối hợp."),
    "task.no-deadline": Doubt("note", "Văn bản không nêu thời hạn."),
    "task.several-dates": Doubt("doubt", "Một nhiệm vụ có nhiều thời hạn khác nhau: {names}."),
    "task.very-long": Doubt("note", "Nhiệm vụ dài {count} ký tự; hãy xem có gồm nhiều việc không."),
    "task.same-text": Doubt("doubt", "Trùng nội dung với nhiệm vụ {names}."),
    "deadline.unread": Doubt("doubt", "Chưa hiểu thời hạn: “{names}”{more}."),
    "deadline.partly-read": Doubt("doubt", "Thời hạn đọc chưa chắc chắn: “{names}”{more}."),
    "deadline.assumed": Doubt("note", "Thời hạn có phần suy ra, không viết đủ: “{names}”{more}."),
    "deadline.day-off": Doubt("note", "Hạn xử lý {names} là ngày nghỉ."),
    "deadline.before-letter": Doubt("doubt", "Hạn xử lý {names} trước ngày ban hành văn bản."),
    "deadline.ends-before-start": Doubt("error", "Thời hạn kết thúc trước khi bắt đầu: “{names}”."),
    "deadline.no-anchor": Doubt("note", "Thời hạn tính từ mốc văn bản chưa nêu ngày: “{names}”."),
    "reference.ambiguous": Doubt("note", "Viện dẫn “{names}” ứng với nhiều văn bản: {more}."),
    "reference.after-letter": Doubt("doubt", "Văn bản viện dẫn {names} ban hành sau văn bản này."),
    "reference.several-dates": Doubt("doubt", "{names} được ghi với các ngày khác nhau: {more}."),
    "footnote.no-call": Doubt("doubt", "Cước chú {names} không thấy chỗ gọi trong văn bản."),
    "footnote.no-note": Doubt("doubt", "Dấu cước chú {names} không có nội dung cước chú."),
    "outline.gap": Doubt("note", "Đánh số nhảy từ {names}; có thể thiếu một mục."),
    "reading.low-confidence": Doubt("doubt", "Trang {count} nhận dạng kém (độ tin cậy {names} %)."),
    "reading.doubtful-line": Doubt("note", "Dòng nhận dạng chưa chắc chắn: “{names}”."),
}

# Why a date was not read for certain; past_at_issue, not_working_day and no_anchor are issues
# of their own.
REASONS: dict[str, str] = {
    "bare_date": "chỉ ghi ngày, hiểu là đúng ngày đó",
    "even_spacing": "giả định các kỳ cách đều nhau",
    "goal_year": "hiểu là đến hết năm đó",
    "horizon": "có thể chỉ là định hướng, không phải thời hạn",
    "invalid_date": "không có ngày như vậy",
    "list_without_year": "danh sách không ghi năm",
    "ocr_repaired": "chữ nhận dạng sai đã được sửa thành số",
    "part_of_month": "đầu, giữa, cuối được quy ra ngày theo quy ước",
    "residue": "còn từ ngữ chỉ thời gian chưa hiểu",
    "short_month": "tháng viết tắt",
    "unmarked": "viết không dấu",
    "week_assumed": "ngày trong tuần được quy ra theo quy ước",
    "weekday_mismatch": "thứ không khớp với ngày",
    "year_assumed": "không ghi năm, lấy năm của văn bản",
    "year_rolled": "không ghi năm, lấy năm sau vì năm của văn bản đã qua ngày đó",
    "year_unknown": "không biết năm vì văn bản không có ngày",
}


def issue(
    code: str,
    quote: Quote | None = None,
    task: str | None = None,
    severity: Severity | None = None,
    **words: object,
) -> Issue:
    """The issue of that kind, its sentence filled with `words`; `severity`: graver than its row."""
    doubt = DOUBTS[code]
    message = doubt.message.format(**words)
    return Issue(
        code=code, severity=severity or doubt.severity, message=message, task=task, quote=quote
    )
