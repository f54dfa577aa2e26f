"""The tokens of one clause and the words around them."""

import re
from dataclasses import dataclass
from datetime import date

from extractors.deadlines.lexer import Token

CLOSE = re.compile(r"[\s,:(\[]*(?:là|vào|thì|gồm|cả|và cả|các)?[\s,:(]*")
TOUCHING = re.compile(r"[\s,(]*")
LIST = re.compile(r"\s*(?:,|và|,\s*và|hoặc|&|\+|/)\s*(?:cả|vào|đến)?\s*")
DASH = re.compile(r"\s*-\s*")


@dataclass(slots=True)
class Clause:
    """A stretch of the lower-case key and its tokens.

    `prose`: it is part of a sentence about something else, so that free words (the event a
    length is counted from) end at a comma. Positions are those of the letter; `at` is the
    place of a token.
    """

    key: str
    tokens: tuple[Token, ...]
    start: int
    end: int
    issued: date | None
    prose: bool

    def kind(self, at: int) -> str | None:
        """What the token at that place is; None after the last."""
        return self.tokens[at].kind if at < len(self.tokens) else None

    def joined(self, left: int, at: int, pattern: re.Pattern[str] = CLOSE) -> bool:
        """True where only small words stand between position `left` and token `at`."""
        if at >= len(self.tokens):
            return False
        return pattern.fullmatch(self.key, left, self.tokens[at].start) is not None

    def touches(self, at: int, pattern: re.Pattern[str] = CLOSE) -> bool:
        """True where only small words stand between token `at` and the one before it."""
        return self.joined(self.tokens[at - 1].end, at, pattern)

    def after(self, end: int, at: int) -> int:
        """The first token from `at` on that begins at or after position `end`."""
        while at < len(self.tokens) and self.tokens[at].start < end:
            at += 1
        return at

    def before(self, position: int) -> str:
        """The words of the clause before a position, without the space before it."""
        return self.key[self.start : position].rstrip()
