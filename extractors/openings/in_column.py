"""Does this short line of the letterhead, Nơi nhận, the signature stand for itself?"""

from extractors.openings.pair import BULLETS, Pair, is_restyled
from extractors.openings.questions import Question, first_answer
from extractors.rules import compile_once


def opens_in_column(pair: Pair) -> bool:
    """Short lines of the letterhead, Nơi nhận, the signature: each for itself, but they wrap."""
    return first_answer(_IN_COLUMN, pair, otherwise=False)


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


def _column_begins(pair: Pair) -> bool | None:
    apart = pair.box[3] - pair.above[3] > 2.0 * (pair.line.size or 12.0)
    return True if not pair.same_page or is_restyled(pair) or apart else None


def _labelled_in_column(pair: Pair) -> bool | None:
    return True if pair.labelled or _OF_LETTERHEAD.match(pair.line.text) else None


def _small_letter_wraps(pair: Pair) -> bool | None:
    return False if pair.small else None


def _beside_signature(pair: Pair) -> bool | None:
    return True if pair.line.column == "right" else None


def _item_wraps(pair: Pair) -> bool | None:
    if pair.ended or _AUTHORITY.match(pair.line.text):
        return None
    return False if pair.before.text[:1] in BULLETS else None


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
