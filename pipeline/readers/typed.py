"""What do signs in typed text stand for: emphasis, note marks, escapes?

Plain text keeps the stars of Markdown often enough that both are read the same way:
*nghiêng*, **đậm**, [^1], <sup>1</sup>, ¹.
"""

from collections.abc import Iterator
from html import unescape

from extractors.rules import compile_once
from pipeline.readers.runs import Run

_EMPHASIS = compile_once(
    r"(?<![\p{L}\p{N}*_])(\*{1,3}|_{1,3})(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\p{L}\p{N}*_])"
)
_SIGN = compile_once(
    r"\[\^(?P<mark>[^\]\s]{1,12})\]"
    r"|<sup>(?P<raised>.*?)</sup>"
    r"|!\[[^\]]*\]\([^)]*\)"
    r"|\[(?P<link>[^\]]+)\]\((?:https?:|mailto:|#|/|\.)[^)\s]*\)"
    r"|</?[a-zA-Z][^<>]*>"
)
_ESCAPE = compile_once(r"\\([\\`*_{}\[\]()#+\-.!|>~<\"'&])")
_SHIFT = 0xE100
"""Escaped signs wait in the private use area while the others are read."""


def runs_of(text: str) -> tuple[Run, ...]:
    """The runs of a typed line: emphasis as style, marks as marks, tags and links gone."""
    escaped = _ESCAPE.sub(lambda sign: chr(_SHIFT + ord(sign[1])), text)
    return tuple(run._replace(text=_unescaped(run.text)) for run in _emphasised(escaped, Run("")))


def _unescaped(text: str) -> str:
    return unescape(
        "".join(chr(ord(c) - _SHIFT) if _SHIFT <= ord(c) < _SHIFT + 128 else c for c in text)
    )


def _emphasised(text: str, style: Run) -> Iterator[Run]:
    at = 0
    for found in _EMPHASIS.finditer(text):
        yield from _signs(text[at : found.start()], style)
        stars = len(found[1])
        inner = style._replace(bold=style.bold or stars > 1, italic=style.italic or stars in (1, 3))
        yield from _emphasised(found[2], inner)
        at = found.end()
    yield from _signs(text[at:], style)


def _signs(text: str, style: Run) -> Iterator[Run]:
    at = 0
    for found in _SIGN.finditer(text):
        yield style._replace(text=text[at : found.start()])
        if found["mark"] is not None:
            yield style._replace(mark=found["mark"])
        elif found["raised"] is not None:
            yield style._replace(text=found["raised"], raised=True)
        elif found["link"] is not None:
            yield style._replace(text=found["link"])
        at = found.end()
    if text[at:]:
        yield style._replace(text=text[at:])
