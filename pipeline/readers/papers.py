"""How do the blocks that a reader found become a Paper?"""

from collections.abc import Sequence

from pipeline.errors import TooLarge, Unreadable
from pipeline.readers.columns import with_columns
from pipeline.readers.halves import with_halves_joined
from pipeline.readers.legacy import unreadable
from pipeline.readers.limits import Limits
from schemas.paper import Block, Page, Paper, Remark, lines_in


def paper_of(
    media_type: str,
    blocks: Sequence[Block],
    limits: Limits,
    *,
    paged: bool = False,
    remarks: Sequence[Remark] = (),
) -> Paper:
    """The blocks on their pages, in order; raises Unreadable where there is nothing to read."""
    if not any(line.text for line in lines_in(blocks) if line.role == "text"):
        raise Unreadable(
            "file.no-text",
            "Tệp không chứa chữ (có thể chỉ có hình chụp văn bản).",
            "Hãy xuất tệp thành PDF để nhận dạng ảnh, hoặc xin bản có chữ.",
            "The file holds no text (maybe only pictures of pages); export it as PDF so that the "
            "pictures can be recognised, or ask for a copy with text.",
        )
    blocks = with_columns(blocks)
    unread = unreadable(line.text for line in lines_in(blocks))
    return Paper(
        media_type=media_type,
        pages=_pages(with_halves_joined(blocks), limits),
        paged=paged,
        remarks=(*remarks, *([unread] if unread else ())),
    )


def _pages(blocks: Sequence[Block], limits: Limits) -> tuple[Page, ...]:
    last = max(block.page for block in blocks)
    if last > limits.pages:
        raise TooLarge(
            "file.pages",
            f"Tệp có {last} trang, vượt giới hạn {limits.pages} trang.",
            "Hãy nâng giới hạn số trang hoặc tách tệp rồi thử lại.",
            f"The file has {last} pages, the limit is {limits.pages}; raise it or split the file.",
        )
    sheets: list[list[Block]] = [[] for _ in range(last)]
    for block in blocks:
        sheets[block.page - 1].append(block)
    return tuple(Page(number=i + 1, blocks=tuple(sheet)) for i, sheet in enumerate(sheets))
