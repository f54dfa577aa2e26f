"""Which row of a rule file reads the words at this place?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import regex

from extractors.rules import rule_file
from schemas.rule import Fragment, Rule

# Version 0 folds case one letter for one letter: it compiles four times faster than version 1,
# and Vietnamese has no letter that folds to two.
_FLAGS = regex.IGNORECASE | regex.VERSION0
_NAME = regex.compile(r"\{([a-z_]+)\}")
_WORD = regex.compile(r"[\p{L}\p{N}]+")


class Hit(NamedTuple):
    """A row and where its words end."""

    row: Rule
    end: int

    @property
    def tail(self) -> str:
        """What may follow the words (agencies.toml)."""
        return str(self.row.value.get("tail", "none"))

    @property
    def level(self) -> str | None:
        """The level the row itself tells."""
        level = self.row.value.get("level")
        return str(level) if level else None


@dataclass(frozen=True)
class Gazetteer:
    """The rows of one file as one pattern, tried from the top.

    `first`: for each word seen so far, whether a row can begin with it; most words of a
    letter begin none, and that is asked of a dictionary instead of a pattern.
    """

    rows: tuple[Rule, ...]
    pattern: regex.Pattern[str]
    first: dict[str, bool] = field(default_factory=dict)

    def at(self, key: str, at: int, end: int) -> Hit | None:
        """The first row whose words stand at `at`."""
        word = _WORD.match(key, at, end)
        if word is None or not self.may_begin(word[0]):
            return None
        match = self.pattern.match(key, at, end)
        return None if match is None else self._hit(match)

    def may_begin(self, word: str) -> bool:
        """Can a row begin with this word?"""
        known = self.first.get(word)
        if known is None:
            known = self.pattern.match(word, partial=True) is not None
            self.first[word] = known
        return known

    def _hit(self, match: regex.Match[str]) -> Hit:
        index = next(i for i in range(len(self.rows)) if match[f"r{i}"] is not None)
        return Hit(self.rows[index], match.end())


@cache
def gazetteer(name: str, bare: bool = True) -> Gazetteer:
    """The rows of `rules/<name>.toml`; `bare` False leaves out rows marked so."""
    source = rule_file(name)
    rows = tuple(row for row in source.rule if bare or not row.value.get("bare"))
    return Gazetteer(rows, regex.compile(_one_pattern(rows, source.fragment), _FLAGS))


def _one_pattern(rows: Sequence[Rule], fragments: dict[str, Fragment]) -> str:
    """The rows as alternatives; each fragment is written once and called by name."""
    called = "".join(f"(?P<{name}>{_calls(piece.pattern)})" for name, piece in fragments.items())
    ways = "|".join(f"(?P<r{i}>{_calls(row.pattern)}){_closed(row)}" for i, row in enumerate(rows))
    return f"(?(DEFINE){called})(?:{ways})" if called else ways


def _calls(pattern: str) -> str:
    return _NAME.sub(r"(?&\1)", pattern)


def _closed(row: Rule) -> str:
    """Words end where no letter goes on, unless the row is glued to what follows."""
    return "" if row.value.get("glued") else r"(?![\p{L}\p{N}])"


@cache
def stop() -> regex.Pattern[str]:
    """Small words that end a name (agencies.toml)."""
    return regex.compile(rule_file("agencies").fragment["stop"].pattern, _FLAGS)


@cache
def inside() -> regex.Pattern[str]:
    """Words after a comma that still belong to a name (agencies.toml)."""
    return regex.compile(rule_file("agencies").fragment["inside"].pattern, _FLAGS)
