"""Which row of a rule file reads the words at this place?"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import regex

from extractors.rules import compile_once, expanded, rule_file
from schemas.rule import Fragment, Rule

# Version 0 folds case one letter for one letter: it compiles four times faster than version 1,
# and Vietnamese has no letter that folds to two.
_FLAGS = int(regex.IGNORECASE | regex.VERSION0)
# `re` answers twice as quickly where a pattern is simple; this one is asked of most words.
_OPENING = re.compile(r"(?:[Cc]ác )*[^\W_]+(?:[\W_][^\W_]*)?")
_FIRST = compile_once(r"[\p{L}\p{N}]+")
_MOST = 50_000
"""So many openings are kept in mind; of a letter there are a few hundred."""


def opening(key: str, at: int, end: int) -> str:
    """The first two words at a place, "các" before them not counted; "" where none begins.

    They tell which rows can begin there.
    """
    words = _OPENING.match(key, at, end)
    return words[0] if words else ""


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


class Entry(NamedTuple):
    """A row and its pattern."""

    row: Rule
    pattern: regex.Pattern[str]


@dataclass(frozen=True)
class Gazetteer:
    """The rows of one file, tried from the top.

    `by_opening`: for each first letter, first word and opening met so far, the entries that can
    begin with it. Most words of a letter begin none: they cost one look into a dictionary.
    """

    entries: tuple[Entry, ...]
    by_opening: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[Rule, ...]:
        """Every row, in the order of the file."""
        return tuple(entry.row for entry in self.entries)

    def at(self, key: str, at: int, end: int) -> Hit | None:
        """The first row whose words stand at `at`."""
        for row, pattern in self.beginning(opening(key, at, end)):
            match = pattern.match(key, at, end)
            if match is not None:
                return Hit(row, match.end())
        return None

    def beginning(self, words: str) -> tuple[Entry, ...]:
        """The entries that can begin with these words, an opening or its first word."""
        known = self.by_opening.get(words)
        if known is None:
            if len(self.by_opening) >= _MOST:
                self.by_opening.clear()
            known = self.by_opening[words] = self._narrowed(words)
        return known

    def _narrowed(self, words: str) -> tuple[Entry, ...]:
        """Of those that can begin with the first word, or its first letter, these."""
        first = _FIRST.match(words)
        if first is None:
            return ()
        shorter = first[0] if first[0] != words else words[:1]
        wider = self.entries if shorter == words else self.beginning(shorter)
        return tuple(e for e in wider if e.pattern.match(words, partial=True) is not None)


@cache
def gazetteer(name: str, bare: bool = True) -> Gazetteer:
    """The rows of `rules/<name>.toml`; `bare` False leaves out rows marked so."""
    source = rule_file(name)
    rows = (row for row in source.rule if bare or not row.value.get("bare"))
    return Gazetteer(tuple(_entry(row, source.fragment) for row in rows))


def _entry(row: Rule, fragments: dict[str, Fragment]) -> Entry:
    pattern = f"(?:{expanded(row.pattern, fragments)}){_closed(row)}"
    return Entry(row, compile_once(pattern, _FLAGS))


def _closed(row: Rule) -> str:
    """Words end where no letter goes on, unless the row is glued to what follows."""
    return "" if row.value.get("glued") else r"(?![\p{L}\p{N}])"


@cache
def piece(fragment: str, source: str = "agencies") -> regex.Pattern[str]:
    """A fragment of `rules/<source>.toml`, asked alone; its row there says what it means."""
    fragments = rule_file(source).fragment
    return compile_once(expanded(fragments[fragment].pattern, fragments), _FLAGS)
