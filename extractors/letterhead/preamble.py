"""On what does the letter rest?"""

from collections.abc import Iterator

from extractors.letterhead.prints import matched, rows, says
from schemas.letter import Letter, Part, Span

_SHORTEST_BASIS = 20  # "Căn cứ Luật Đất đai;"


def find_bases(letter: Letter) -> Iterator[Span]:
    """The paragraphs of the preamble that say on what the letter rests."""
    body = letter.section(Part.BODY)
    others = 0
    for paragraph in letter.paragraphs_in(body.start, body.end):
        key = letter.key[paragraph.start : paragraph.end]
        if says(("body.operative", "body.clause"), key) or others > 1:
            return
        if says(("body.basis", "preamble.opener"), key) and len(key) > _SHORTEST_BASIS:
            yield _without_deed(letter, paragraph.start, paragraph.end)
        elif not matched("body.maker", key):
            others += 1


def _without_deed(letter: Letter, start: int, end: int) -> Span:
    """The paragraph up to where the issuer does something."""
    deed = rows()["preamble.deed"].pattern.search(letter.key, start, end)
    return Span(start, deed.start() if deed else end)
