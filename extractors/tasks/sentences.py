"""Where does one sentence end and the next begin?"""

import regex

from extractors.rules import compile_once
from extractors.tasks.prose import Prose
from extractors.tasks.runs import may_be_party, may_name, run_end
from extractors.tasks.verbs import after_word
from schemas.letter import Span

_CUT = compile_once(
    r"(?<![\s(](?:TP|Tp|KT|TM|TL|Q|P|TX|ThS|TS|PGS|GS|BS|BSCKI|BSCKII|CNĐD|KS|DS|CN|số|St|tr|đ/c))"
    r"(?<=[\p{L}\d)\"”%])[.?!]\s+(?=[\p{Lu}\d\"“(])|;\s+",
    regex.V1,
)


def sentences(prose: Prose) -> list[Span]:
    """The text cut at full stops and semicolons, but not in quotations, brackets and lists."""
    cuts = [
        match
        for match in _CUT.finditer(prose.letter.key, prose.start, prose.end)
        if not prose.masked(match.start()) and not _in_list(prose, match)
    ]
    starts = [prose.start, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() + 1 for cut in cuts), prose.end]
    return [Span(a, b) for a, b in zip(starts, ends, strict=True) if b > a]


def _in_list(prose: Prose, cut: "regex.Match[str]") -> bool:
    """Does a semicolon stand between two parties of one list?"""
    if prose.letter.key[cut.start()] != ";":
        return False
    after = after_word(prose.letter, cut.end(), prose.end, "và ")
    if not may_name(prose, after, prose.end):
        return False
    if prose.ends_party(cut.start()) and prose.party_at(after):
        return True
    first = prose.start
    begins = prose.party_at(first) is not None or may_be_party(prose.letter, first, prose.end)
    return begins and run_end(prose, prose.start, cut.start() + 1) >= cut.start()
