"""Where does the letterhead end?"""

from collections.abc import Callable, Sequence

import regex

from extractors.parts.ink import Ink
from extractors.parts.landmarks import (
    HEADERS,
    STRANGERS,
    first_with,
    is_item,
    is_noise,
    is_separator,
    says,
    says_any,
)
from extractors.rules import compile_once
from extractors.titles import kind_misread, kind_opening, kind_titled
from schemas.paper import Line

_HEAD_LINES = 80  # a letterhead with a long list of addressees ends well before this line


def head_end(inks: Sequence[Ink]) -> int:
    """Where the letterhead ends: after trích yếu and Kính gửi, or after its last landmark."""
    limit = min(len(inks), _HEAD_LINES)
    if limit and says("annex.title", inks[0].key):
        return 0
    to = first_with(inks, 0, limit, ("letterhead.to",))
    title = _title_at(inks, min(to, first_with(inks, 0, limit, ("body.basis", "body.operative"))))
    if title is not None:
        end = _after_subject(inks, title + 1, inks[title])
    elif to < limit:
        end = to
    else:
        end = _after_headers(inks, min(limit, 40))
    if end <= to <= end + 3 and to < limit:
        end = _after_addressees(inks, to)
    return end


def _title_at(inks: Sequence[Ink], limit: int) -> int | None:
    """The title line, asked from the surest sign to the weakest.

    A whole name, a line of capitals that opens with one, a misread name of the number's kind.
    """
    keys = [ink.key for ink in inks[:limit]]
    code = next((match["code"] for key in keys if (match := _code_in(key))), None)
    tests: tuple[Callable[[str], object], ...] = (kind_titled, kind_opening)
    if code:
        tests = (*tests, lambda key: kind_misread(key, code))
    found = (at for test in tests for at, key in enumerate(keys) if test(key))
    return next(found, None)


_CODE = compile_once(r"^S[ốô].*[/-] ?(?P<code>\p{L}+)-")


def _code_in(key: str) -> regex.Match[str] | None:
    """The kind's code inside a number."""
    return _CODE.search(key)


def _after_headers(inks: Sequence[Ink], limit: int) -> int:
    """After the last landmark of a letterhead that has no title and no Kính gửi."""
    limit = first_with(inks, 0, limit, ("body.basis", "body.clause"))
    last = max((at for at in range(limit) if says_any(HEADERS, inks[at].key)), default=-1)
    end = last + 1
    if last >= 0 and says("letterhead.matter", inks[last].key):
        end = _after_subject(inks, last, inks[last])
    return end


def _after_subject(inks: Sequence[Ink], start: int, above: Ink) -> int:
    """After the lines of trích yếu that begin at start below a line, and the rule below them."""
    taken: list[Ink] = []
    for at in range(start, min(len(inks), start + 14)):
        ink = inks[at]
        if is_separator(ink) and taken:
            return at + 1
        if says_any(_NO_SUBJECT, ink.key):
            return at
        if is_noise(ink) or _is_aside(above, ink) or says_any(STRANGERS, ink.key):
            continue
        if says("annex.note", ink.key):
            return at + 1
        if not _goes_on(taken, ink):
            return at
        taken.append(ink)
    return min(len(inks), start + 14)


def _is_aside(title: Ink, ink: Ink) -> bool:
    """A stamp beside the trích yếu: its middle is far from the middle of the title."""
    if title.box is None or ink.box is None:
        return False
    return abs(title.box[0] + title.box[2] - ink.box[0] - ink.box[2]) > 180  # 90 points, doubled


_NO_SUBJECT = (
    "letterhead.to",
    "body.basis",
    "body.clause",
    "body.operative",
    "body.maker",
    "tail.recipients",
)


def _goes_on(taken: Sequence[Ink], ink: Ink) -> bool:
    """Is the line (still) trích yếu?"""
    if not isinstance(ink.block, Line):
        return False
    if not taken:
        return not (says("body.opener", ink.key) and ink.key.endswith((".", ":", ";", ",")))
    first, before = taken[0], taken[-1]
    if before.key.endswith((".", ";", ":", "./")) or (first.bold and not ink.bold):
        return False
    if is_item(ink.key) or _is_apart(before, ink):
        return False
    if ink.bold or ink.block.starts is False or ink.key[:1].islower():
        return True
    return _looks_like_subject(first, ink)


def _is_apart(before: Ink, ink: Ink) -> bool:
    """Does white space of most of a line's height stand between the two lines?"""
    if before.box is None or ink.box is None or before.page != ink.page:
        return False
    height = min(before.box[3] - before.box[1], ink.box[3] - ink.box[1])
    return ink.box[1] - before.box[3] > 0.8 * height


def _looks_like_subject(first: Ink, ink: Ink) -> bool:
    """No letter weight tells: capitals, the middle of the page and the words must."""
    if first.key.isupper() and ink.key.isupper():
        return True
    if says("body.opener", ink.key) or len(ink.key) > 100:
        return False
    return ink.centered if first.centered else not ink.key.endswith((".", ":", ";"))


def _after_addressees(inks: Sequence[Ink], to: int) -> int:
    """After Kính gửi and its list."""
    end = to + 1
    while end < min(len(inks), to + 60) and _is_addressee(inks[to:end], inks[end]):
        end += 1
    return end


_AMONG_ADDRESSEES = ("letterhead.to", *STRANGERS)


def _is_addressee(taken: Sequence[Ink], ink: Ink) -> bool:
    """Does the line go on with Kính gửi? A list ends with a full stop or where a body begins."""
    if not isinstance(ink.block, Line) or says_any(("body.basis", "body.opener"), ink.key):
        return False
    before = taken[-1].key
    if is_noise(ink) or before.endswith(":") or says_any(_AMONG_ADDRESSEES, ink.key):
        return True
    if is_item(ink.key) or ink.key[:1].islower() or before.endswith((",", ";", " và", " -")):
        return not before.endswith("./.")
    if before.endswith(".") or len(ink.key) > 75:
        return False
    return is_item(before) or (ink.centered and not _is_apart(taken[-1], ink))
