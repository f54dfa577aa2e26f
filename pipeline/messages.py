"""What the command line says, in the user's language: one row a message."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.errors import ReadError

if TYPE_CHECKING:  # the help of the command line must come at once
    from schemas.outcome import Failure


class Language(StrEnum):
    """The languages in which the command line speaks."""

    VI = "vi"
    EN = "en"


MESSAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # Vietnamese, English
        "format.unknown": (
            "Không có định dạng “{name}”; có: {names}.",
            "There is no format “{name}”; there are: {names}.",
        ),
        "engine.unknown": (
            "Không có engine “{name}”; hãy dùng local hoặc ray.",
            "There is no engine “{name}”: say local or ray.",
        ),
        "engine.remote": (
            "Thư mục ở xa (s3://…) cần --engine ray.",
            "Remote folders (s3://…) need --engine ray.",
        ),
        "engine.address": (
            "--address chỉ dùng với --engine ray.",
            "--address goes with --engine ray only.",
        ),
        "output.empty": (
            "Hãy cho biết thư mục kết quả: -o THƯ_MỤC.",
            "Say where the results go: -o FOLDER.",
        ),
        "input.none": (
            "Không có tệp hay thư mục nào tên “{name}”.",
            "There is no file or folder “{name}”.",
        ),
        "output.refused": (
            "Không ghi được vào {place}: {why}. Hãy kiểm tra quyền ghi và dung lượng đĩa,"
            " cả của thư mục tạm (TMPDIR).",
            "Cannot write to {place}: {why}. Check the right to write and the room on the disk,"
            " that of the temporary folder too (TMPDIR).",
        ),
        "ledger.damaged": (
            "Sổ theo dõi bị hỏng ({why}), đã để riêng ở {place}. Hãy chạy lại cùng lệnh.",
            "The ledger was damaged ({why}) and put aside at {place}. Run the same command again.",
        ),
        "ledger.refused": (
            "Không ghi được sổ theo dõi trong {place} ({why}). Hãy kiểm tra quyền ghi,"
            " dung lượng đĩa và lần chạy khác đang dùng thư mục này.",
            "Cannot write the ledger in {place} ({why}). Check the right to write, the room on"
            " the disk, and whether another run uses this folder.",
        ),
        "stopped": (
            "Đã dừng. Chạy lại cùng lệnh để làm tiếp phần còn lại.",
            "Stopped. Run the same command again to do what is left.",
        ),
        "pictures.not-pdf": (
            "{name} không phải PDF: chỉ vẽ được ảnh trang của PDF.",
            "{name} is not a PDF: pictures are drawn of the pages of a PDF only.",
        ),
        "gold.none": ("Không thấy gold.json nào.", "No gold.json was found."),
        "watch.waits": (
            "Chờ văn bản mới trong {inbox}; kết quả: {place}. Dừng: Ctrl-C.",
            "Waiting for letters in {inbox}; results: {place}. Stop: Ctrl-C.",
        ),
        "watch.read": ("✓ {name}: {tasks} nhiệm vụ", "✓ {name}: tasks: {tasks}"),
        "bar.reading": ("Đọc văn bản", "Reading letters"),
        "bar.left": ("văn bản/giây, còn", "letters a second, left"),
        "log.line": (
            "{count}/{total} văn bản, {rate:.1f}/giây",
            "{count}/{total} letters, {rate:.1f} a second",
        ),
        "table.heads": (
            "Văn bản|Số, ký hiệu|Nhiệm vụ|Chưa rõ chủ trì|Không có hạn|Cần xem",
            "Letter|Number|Tasks|Without lead|Without date|Doubts",
        ),
        "summary.more": (
            "… và {count} văn bản nữa, xem report.json.",
            "… and {count} more letters: report.json.",
        ),
        "summary.more-failed": (
            "… và {count} văn bản nữa không đọc được, xem failures.jsonl.",
            "… and {count} more that could not be read: failures.jsonl.",
        ),
        "summary": (
            "Đã đọc {read}, giữ nguyên {kept}, không đọc được {failed}. Kết quả: {place}",
            "Read {read}, kept {kept}, failed {failed}. Results: {place}",
        ),
    }
)


def message(lang: str, code: str, **values: object) -> str:
    """The message of that code in a language, its blanks filled."""
    vietnamese, english = MESSAGES[code]
    return (english if lang == Language.EN else vietnamese).format(**values)


def told(failure: "ReadError | Failure", lang: str) -> str:
    """Why a letter was not read and what to do next."""
    return failure.english if lang == Language.EN else f"{failure.reason} {failure.advice}"
