"""How is an alternation of hundreds of words tried quickly?

A pattern `(?:áp dụng|ban hành|bám sát|…)` is tried word by word. Here its words are put in groups
by their first letter, so that at any place only the words of one letter are tried. What the
pattern reads does not change: the order within a letter is kept, and two letters never compete.
"""

from collections.abc import Iterator

_MANY = 12
"""From how many words on an alternation is worth grouping."""


def grouped(pattern: str) -> str:
    """The pattern with every long alternation of it grouped by first letters."""
    alternatives = list(_alternatives(pattern))
    if len(alternatives) == 1:
        return _inside(pattern)
    if len(alternatives) < _MANY:
        return "|".join(_inside(one) for one in alternatives)
    return "|".join(_by_letter(alternatives))


def _by_letter(alternatives: list[str]) -> Iterator[str]:
    """The groups in the order of their first words; words that begin otherwise stand alone."""
    groups: dict[str, list[str]] = {}
    for place, one in enumerate(alternatives):
        letter = one[:1] if one[:1].isalpha() and one[1:2] not in tuple("?*+{") else ""
        groups.setdefault(letter or f"{place}", []).append(_inside(one))
    for key, words in groups.items():
        if key.isalpha() and len(words) > 1:
            rest = "|".join(word[1:] for word in words)
            yield f"{words[0][0]}(?:{rest})"
        else:
            yield from words


def _alternatives(pattern: str) -> Iterator[str]:
    """The pattern cut at the bars that stand in no group and no class."""
    start, depth = 0, 0
    for at, sign in _signs(pattern):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "|" and depth == 0:
            yield pattern[start:at]
            start = at + 1
    yield pattern[start:]


def _inside(pattern: str) -> str:
    """The pattern with what stands in its outermost groups grouped."""
    parts, done, depth, opened = [], 0, 0, 0
    for at, sign in _signs(pattern):
        if sign == "(":
            opened = at if depth == 0 else opened
            depth += 1
        elif sign == ")":
            depth -= 1
            if depth == 0:
                head = _head(pattern, opened)
                parts.append(pattern[done:head] + grouped(pattern[head:at]))
                done = at
    return "".join(parts) + pattern[done:]


def _head(pattern: str, opened: int) -> int:
    """Where the content of a group begins, after "(", "(?:", "(?=", "(?P<name>" …"""
    at = opened + 1
    if not pattern.startswith("?", at):
        return at
    if pattern.startswith("?P<", at):
        return pattern.index(">", at) + 1
    if pattern.startswith("?<", at):
        return at + 3
    while pattern[at] not in ":=!>)":
        at += 1
    return at if pattern[at] == ")" else at + 1


def _signs(pattern: str) -> Iterator[tuple[int, str]]:
    """The brackets and bars that mean something: not escaped, not in a class."""
    at, in_class = 0, False
    while at < len(pattern):
        sign = pattern[at]
        if sign == "\\":
            at += 2
            continue
        if in_class:
            in_class = sign != "]"
        elif sign == "[":
            in_class = True
        elif sign in "(|)":
            yield at, sign
        at += 1
