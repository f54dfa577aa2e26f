"""What a careful afternoon of regular expressions reads from a letter's text: the peers' rules.

Loaders give text or Markdown and know no task, owner or deadline; whoever picks one writes
something like this behind it. Standard library only: it runs in the peers' own environment.
"""

import re
from datetime import date, timedelta
from typing import Any

ITEM = re.compile(
    r"(?P<label>[-–+•*]|\d+(?:\.\d+)*[.)/]?|[a-zđ]\)|[IVX]+[.-]|Điều\s+\d+\.?)\s+(?P<text>\S.*)"
)
LABELLED = re.compile(
    r"(?P<name>Thực hiện|(?:Cơ quan|Đơn vị) (?:thực hiện|phối hợp)|Phân công|Phối hợp"
    r"|(?:(?:Cơ quan|Đơn vị) )?[Cc]hủ trì|Thời gian|Thời hạn)(?: thực hiện| hoàn thành)?\s*:"
    r"\s*(?P<text>.+)",
    re.DOTALL,
)
VERB = (
    r"(?:chủ trì|phối hợp|có trách nhiệm|hoàn thành|tham mưu|tổ chức|rà soát|xây dựng|báo cáo"
    r"|hướng dẫn|kiểm tra|theo dõi|đôn đốc|thực hiện|triển khai|chỉ đạo|tuyên truyền|bố trí"
    r"|cập nhật|căn cứ|tăng|tiếp tục|khẩn trương|nghiên cứu|chịu trách nhiệm|là cơ quan|trình"
    r"|ban hành|lập|quản lý(?!\s+dự)|cụ thể hóa|tập trung|đẩy mạnh|nâng cao|phân công|lãnh đạo"
    r"|quán triệt|vận động|tổng hợp)"
)
OWNER = (
    r"(?:Sở|UBND|[UỦ][ỷy] ban|Ủy ban|Ban|Văn phòng|Công an|Hội|Bộ|Chi cục|Cục|Tỉnh đoàn|Đảng ủy|Các"
    r"|Thanh tra|Đài|Báo|Kho bạc|Bảo hiểm|Giám đốc|Chủ tịch|Chánh|Trưởng|Phó|Thủ trưởng)\s"
    r"(?:[^,;:.()|\n]|,\s(?=[A-ZĐ]\w+(?:\s\w+)?\svà\s))*?"
    rf"(?=\s{VERB}|\s*[,;:.()|\n]|\s*$|\svà\scác\s)"
)
OWNERS = re.compile(OWNER)
HEADING = re.compile(rf"{OWNER}(?:(?:,|;|\svà)\s?{OWNER})*\s*[:.]?")
GIVEN = re.compile(
    r"(?:Giao|Yêu cầu|Đề nghị|Phân công|Chỉ đạo)\s"
    rf"(?P<owners>{OWNER}(?:(?:,|;|\svà)\s?{OWNER})*)[:,]?\s*"
)
LEADS = re.compile(rf"(?P<owners>{OWNER})\s*(?:chủ trì|là cơ quan đầu mối|có trách nhiệm)")
ASKED = re.compile(r"chủ trì|phối hợp|có trách nhiệm|tham mưu|^(?:Giao|Yêu cầu|Đề nghị)\s", re.M)
NUMBER = re.compile(r"\b\d+(?:/\d{4})?\s?/\s?[A-ZĐ][\wĐ&]*(?:\s?[-–]\s?[A-ZĐ][\wĐ&]*)*")
OWN_NUMBER = re.compile(r"Số:?\s*(\d+\s?[/-]\s?[A-ZĐ][\wĐ&/-]*(?:[-–/]\s?[A-ZĐ][\wĐ&]*)*)")
DAY = re.compile(
    r"(?:(trước)\s(?:ngày\s)?)?(?<!\d)(\d{1,2})(?:/|-|\stháng\s)(\d{1,2})(?:/|-|\snăm\s)(\d{4})"
)
QUARTER = re.compile(r"[Qq]uý\s(IV|III|II|I|[1-4])(?:/|\snăm\s)(\d{4})")
MONTH = re.compile(r"(?<!ngày \d\d )(?<!ngày \d )tháng\s(\d{1,2})(?:/|\snăm\s)(\d{4})")
DATELINE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
NOTE = re.compile(r"\[\^(\w+)\]:?\s+(\S.*)|\[?\^?\[?(\d+)\]?\.?\s+(\S.*?)\s*\[?↑.*")
QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
END = re.compile(r"Nơi nhận:|^(?:TM|KT|TL|T/M)\.? [A-ZĐỦ]", re.M)


def read(marked: str) -> dict[str, Any]:
    """Number, date, tasks, cited numbers and notes of a letter in Markdown or plain text."""
    text = unmarked(marked)
    own = OWN_NUMBER.search(text)
    issued = DATELINE.search(text)
    number = re.sub(r"\s", "", own[1]) if own else None
    body = END.split(text)[0]
    return {
        "number": number,
        "issued": iso(issued[3], issued[2], issued[1]) if issued else None,
        "tasks": tasks(body),
        "references": sorted(numbers(text) - {number}),
        "footnotes": notes(text),
    }


def unmarked(text: str) -> str:
    """Markdown without emphasis, escapes and line breaks in cells."""
    text = re.sub(r"\\([-.+*_#()\[\]|!])", r"\1", text)
    text = re.sub(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|^#+\s", "", text, flags=re.M)
    return text.replace("\u00a0", " ").replace("<br>", " ")


def numbers(text: str) -> set[str]:
    return {re.sub(r"\s", "", found[0]).replace("–", "-") for found in NUMBER.finditer(text)}


def notes(text: str) -> list[list[str]]:
    found = (NOTE.fullmatch(line.strip()) for line in text.splitlines())
    return [[m[1] or m[3], m[2] or m[4]] for m in found if m]


def tasks(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    heading: list[str] = []
    for label, words in paragraphs(text):
        labelled = LABELLED.match(words)
        if labelled and found:
            attach(found[-1], labelled["name"], labelled["text"])
        elif label and HEADING.fullmatch(words):
            heading = owners(words)
        elif label:
            found.append(task(words, heading))
    found += rows(text)
    return [one for one in found if one.pop("asked")]


def task(words: str, heading: list[str]) -> dict[str, Any]:
    given, leads = GIVEN.match(words), LEADS.search(words)
    named = owners((given or leads)["owners"]) if given or leads else heading  # type: ignore[index]
    said = words[given.end() :] if given else words
    return {"text": said, "leads": named, "dues": dues(words), "words": words,
            "asked": bool(heading or given or ASKED.search(words))}  # fmt: skip


def attach(one: dict[str, Any], name: str, words: str) -> None:
    """A labelled line belongs to the item above it."""
    one["asked"] = True
    one["words"] += "\n" + words
    if name.startswith("Thời"):
        one["dues"] += dues(words)
    elif "hối hợp" not in name:
        one["leads"] = owners(re.sub(r"^(?:Giao|Phân công)\s", "", words))[:1]


def paragraphs(text: str) -> list[tuple[str, str]]:
    """Label and words of each paragraph; a line without a label goes on with the last one."""
    found: list[tuple[str, str]] = []
    open_ = False
    for line in map(str.strip, text.splitlines()):
        item = ITEM.fullmatch(line)
        if item and not line.startswith("|"):
            found.append((item["label"], item["text"]))
            open_ = True
        elif not line or line.startswith("|"):
            open_ = False
        elif open_ and not LABELLED.match(line):
            found[-1] = (found[-1][0], f"{found[-1][1]} {line}")
        else:
            found.append(("", line))
            open_ = True
    return found


def rows(text: str) -> list[dict[str, Any]]:
    """Rows of Markdown tables whose header names the work and who does it."""
    found: list[dict[str, Any]] = []
    head: list[str] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.strip().startswith("|") or len(cells) < 3:
            head = head if line.strip() else []
        elif any(re.match(r"(?i)nội dung|nhiệm vụ|tên", cell) for cell in cells):
            head = [cell.lower() for cell in cells]
        elif len(head) == len(cells) and not set(line) <= set("|-: "):
            found += row(dict(zip(head, cells)))  # noqa: B905  # the same length, seen above
    return found


def row(cells: dict[str, str]) -> list[dict[str, Any]]:
    def cell(*names: str) -> str:
        return next((v for k, v in cells.items() if any(name in k for name in names)), "")

    work, who = cell("nội dung", "nhiệm vụ", "tên"), cell("chủ trì", "thực hiện", "đơn vị")
    if not work or not who:
        return []
    when = cell("thời gian", "thời hạn", "hoàn thành")
    return [{"text": work, "leads": [who], "dues": dues(when), "words": when, "asked": True}]


def owners(words: str) -> list[str]:
    found = [match[0].strip(" ,-") for match in OWNERS.finditer(words)]
    return found or [words.strip(" :.")]


def dues(words: str) -> list[str]:
    """Last days in time: days, quarters and months with their year."""
    days = []
    for before, day, month, year in DAY.findall(words):
        if not NUMBER.search(words[: words.find(f"{day}")][-40:]):
            days.append(shifted(iso(year, month, day), -1 if before else 0))
    days += [last_of(year, 3 * QUARTERS[quarter]) for quarter, year in QUARTER.findall(words)]
    months = ((year, int(month)) for month, year in MONTH.findall(words))
    days += [last_of(year, month) for year, month in months if 0 < month < 13]
    return [day for day in days if day]


def iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def shifted(day: str | None, by: int) -> str | None:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat() if day else None


def last_of(year: str, month: int) -> str:
    first_after = date(int(year) + month // 12, month % 12 + 1, 1)
    return (first_after - timedelta(days=1)).isoformat()
