"""Who signed it, in whose name?"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractors.letterhead.prints import Print, is_capitals, matched, rows
from extractors.rules import compile_once
from extractors.titles import bare
from schemas.program import Signatory


def find_signatories(lines: Sequence[Print]) -> Iterator[Signatory]:
    """Each signing block: authority lines, position, State post, name."""
    block: list[str] = []
    for text in _signing_texts(lines):
        name = matched("signatory.name", text)
        if name and (block or not is_capitals(text)):
            yield _signatory(block, name["name"].strip())
            block = []
        elif is_capitals(text):
            block.append(text)
    if any(matched("tail.authority", text) or _is_position(text) for text in block):
        yield _signatory(block, None)


def _signing_texts(lines: Sequence[Print]) -> Iterator[str]:
    """One text a part; a block printed on one line is parted."""
    for line in lines:
        text = _without_specks(line.text)
        whole = None if matched("signatory.name", text) else matched("signatory.whole", text)
        yield from _signing_parts(whole["block"] if whole else text)
        if whole:
            yield whole["name"]


_WORDS = compile_once(r"\p{L}.*[\p{L}\d)]")
_CUT_DEPUTY = compile_once(r"^HÓ (?=\p{Lu}{2})")


def _without_specks(text: str) -> str:
    """From the first letter to the last: quotes and rules around it come from a stamp, and a
    seal covers the first letter of PHÓ."""
    kept = _WORDS.search(text)
    return _CUT_DEPUTY.sub("PHÓ ", kept[0]) if kept else ""


def _signing_parts(text: str) -> Iterator[str]:
    cuts = [match.start() for match in rows()["signatory.part"].pattern.finditer(text)]
    for start, end in pairwise([0, *cuts, len(text)]):
        yield text[start:end].strip()


def _signatory(block: Sequence[str], name: str | None) -> Signatory:
    authority: list[str] = []
    posts: list[list[str]] = []
    for text in block:
        if not posts and matched("tail.authority", text) and not text.startswith("Q."):
            authority.append(text)
        elif _is_position(text):
            posts.append([text])
        elif posts:
            posts[-1].append(text)
        elif authority:
            authority[-1] += f" {text}"
        else:
            posts.append([text])
    printed = [" ".join(post) for post in posts]
    return Signatory(
        authority=" ".join(authority) or None,
        position=printed[0] if printed else None,
        name=name,
        office=" ".join(printed[1:]) or None,
    )


def _is_position(text: str) -> bool:
    if text.startswith("Q."):  # quyền, before the position: Nghị định 30/2020/NĐ-CP, Phụ lục I
        return True
    return bool(matched("tail.position", text) or matched("tail.position-bare", bare(text)))
