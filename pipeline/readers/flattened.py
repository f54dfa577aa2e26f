"""Where did the lines of a letter end that was copied from a law portal?

Copies of portals run the short lines of the letterhead and of the end together ("Hà Nội, ngày 5
tháng 4 năm 2019 Kính gửi: Bộ Kế hoạch và Đầu tư.") and leave the next label at a line's end.
"""

from collections.abc import Iterator, Sequence

from extractors.rules import compile_once

_HEAD_LINES = 14
_FLAT = compile_once(r"C[ỘO]NG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM +Độc lập ?[-–] ?Tự do")
_LEADER = compile_once(r"\s*[-_*]{4,}\s*")
_KIND = (
    r"(?:QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ|KẾ HOẠCH|CHƯƠNG TRÌNH|THÔNG BÁO|CÔNG ĐIỆN|THÔNG TƯ|"
    r"NGHỊ ĐỊNH|HƯỚNG DẪN|BÁO CÁO|TỜ TRÌNH)"
)
_AUTHORITY = (
    r"(?:BỘ TRƯỞNG|CHỦ TỊCH|ỦY BAN|UỶ BAN|HỘI ĐỒNG NHÂN DÂN|THỦ TƯỚNG|CHÍNH PHỦ|GIÁM ĐỐC|"
    r"TỔNG GIÁM ĐỐC|THỐNG ĐỐC|HIỆU TRƯỞNG|CHÁNH ÁN|VIỆN TRƯỞNG)"
)
_POSITION = (
    r"(?:PHÓ|THỨ TRƯỞNG|BỘ TRƯỞNG|CHỦ TỊCH|CHỦ NHIỆM|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|TỔNG CỤC TRƯỞNG|"
    r"CỤC TRƯỞNG|VỤ TRƯỞNG|CHÁNH|TRƯỞNG|VIỆN TRƯỞNG|HIỆU TRƯỞNG|THỦ TƯỚNG|KT\.|TL\.|TM\.|TUQ\.)"
)
_WITHIN = r"(?<!KT\.|TL\.|TM\.|TUQ\.|PHÓ|THỨ|CHÁNH|TỔNG|BỘ|VỤ|CỤC|VIỆN|HIỆU|,)"
_NAME = r"\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,4}"
_MATTER = r"(?:V/V|VỀ|BAN HÀNH|PHÊ DUYỆT|TRIỂN KHAI|THỰC HIỆN)\b"
_BODY = (
    r"(?:Trong thời gian|Thời gian qua|Vừa qua|Hiện nay|Ngày \d|Theo |Thực hiện |Căn cứ |Tiếp theo|"
    r"Phúc đáp|Trả lời|Sau khi|Để |Nhằm |Qua |Xét |Liên quan|Thi hành|Triển khai )"
)
_HEAD_CUTS = compile_once(
    r"\s+(?=C[ỘO]NG H(?:ÒA|OÀ) XÃ HỘI)|\s+(?=Độc lập ?[-–] ?Tự do)|\s+(?=Số ?: ?\d*\s*/)|"
    r"(?<=^Số\b.{3,40})\s+(?=V/v\b|Về việc\b)|"
    r"(?<=/\S+)\s+(?=\p{Lu}[\p{L}.\- ]{2,30}, ngày \d{1,2} tháng \d{1,2} năm \d{4})|"
    rf"(?<=, ngày \d{{1,2}} tháng \d{{1,2}} năm \d{{4}})\s+(?=Kính gửi|{_KIND})|"
    rf"(?<= năm \d{{4}} {_KIND}|^{_KIND})\s+(?={_MATTER})|"
    rf"(?<=Kính gửi:? [^.;]{{3,200}})\s+(?={_BODY})|(?<=^\(Sau đây [^)]{{3,90}}\))\s+"
)
_ENACTS = compile_once(rf"^(?:V/V|VỀ|BAN HÀNH|PHÊ DUYỆT)\P{{Ll}}+?\s(?={_AUTHORITY}\P{{Ll}}*$)")
_TAIL_CUTS = compile_once(
    rf"(?<=^\P{{Ll}}+){_WITHIN}\s+(?={_POSITION}\P{{Ll}}*(?:{_NAME})?\s*$)|"
    rf"(?<=\p{{Lu}}{{2}})\s+(?={_NAME}\s*$)|"
    rf"(?<=^- Lưu\b.{{3,80}}){_WITHIN}\s+(?={_POSITION}\P{{Ll}}* {_NAME}\s*$)"
)
_LABEL_LEFT = compile_once(r"(?<=\p{L}[.,;]?|\d[.;])\s(?P<label>(?:\d{1,2}\.){1,3}|[IVX]{1,4}\.)$")


def unflattened(rows: Sequence[str]) -> list[str]:
    """The rows, parted where lines were run together; as they are where none were."""
    if not any(_FLAT.search(row) for row in rows[:_HEAD_LINES]):
        return list(rows)
    return list(_labels_moved([line for at, row in enumerate(rows) for line in _lines(row, at)]))


def _lines(row: str, at: int) -> list[str]:
    if _signs(row):
        return _TAIL_CUTS.split(_evenly(row))
    if at < _HEAD_LINES:
        pieces = _HEAD_CUTS.split(_LEADER.sub(" ", _evenly(row)).strip())
        return [line for piece in pieces for line in _before_authority(piece)]
    return [row]


def _evenly(row: str) -> str:
    """One blank between words: the cuts would try a long run from each of its places."""
    return " ".join(row.split())


def _before_authority(piece: str) -> list[str]:
    found = _ENACTS.match(piece)
    return [piece[: found.end()].rstrip(), piece[found.end() :]] if found else [piece]


def _signs(row: str) -> bool:
    """Is it the line of the signature, or the last of the recipients run into it?"""
    return row.startswith(("TM.", "KT.", "TL.", "TUQ.", "Q.", "- Lưu"))


def _labels_moved(rows: Sequence[str]) -> Iterator[str]:
    """A label left at the end of a line stands before the next."""
    label = ""
    for row in rows:
        text = f"{label} {row.lstrip()}" if label and row.strip() else row
        label = "" if row.strip() else label
        if left := _LABEL_LEFT.search(text):
            text, label = text[: left.start()], left["label"]
        yield text
    if label:
        yield label
