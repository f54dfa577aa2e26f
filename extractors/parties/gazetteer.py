"""Which row of a rule file reads the words at this place?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import regex

from extractors.rules import compile_once, expanded, rule_file
from schemas.rule import Fragment, Rule

# Version 0 folds case one letter for one letter: it compiles four times faster than version 1,
# and Vietnamese has no letter that folds to two.
_FLAGS = int(regex.IGNORECASE | regex.VERSION0)
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


class Entry(NamedTuple):
    """One pattern and the rows it reads: `r0`, `r1` … where it reads several."""

    rows: tuple[Rule, ...]
    pattern: regex.Pattern[str]

    def at(self, key: str, at: int, end: int) -> Hit | None:
        """The row whose words stand at `at`."""
        match = self.pattern.match(key, at, end)
        if match is None:
            return None
        if len(self.rows) == 1:
            return Hit(self.rows[0], match.end())
        index = next(i for i in range(len(self.rows)) if match[f"r{i}"] is not None)
        return Hit(self.rows[index], match.end())


@dataclass(frozen=True)
class Gazetteer:
    """The rows of one file, tried from the top.

    `by_first`: for each first letter and each first word met so far, the entries that can
    begin with it. Most words of a letter begin none: they cost one look into a dictionary.
    """

    entries: tuple[Entry, ...]
    by_first: dict[str, tuple[Entry, ...]] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[Rule, ...]:
        """Every row, in the order of the file."""
        return tuple(row for entry in self.entries for row in entry.rows)

    def at(self, key: str, at: int, end: int) -> Hit | None:
        """The first row whose words stand at `at`."""
        word = _WORD.match(key, at, end)
        for entry in self.beginning(word[0]) if word else ():
            hit = entry.at(key, at, end)
            if hit is not None:
                return hit
        return None

    def beginning(self, word: str) -> tuple[Entry, ...]:
        """The entries that can begin with this word."""
        known = self.by_first.get(word)
        if known is None:
            letter = word[:1]
            wider = self.entries if len(word) == 1 else self.beginning(letter)
            known = tuple(e for e in wider if e.pattern.match(word, partial=True) is not None)
            self.by_first[word] = known
        return known


@cache
def gazetteer(name: str, bare: bool = True) -> Gazetteer:
    """The rows of `rules/<name>.toml`; `bare` False leaves out rows marked so."""
    source = rule_file(name)
    rows = tuple(row for row in source.rule if bare or not row.value.get("bare"))
    # The rows of groups.toml share long fragments: one pattern compiles ten times faster than
    # one for each row. Elsewhere a pattern for each row is ten times faster to match.
    bundles = [rows] if name == "groups" else [(row,) for row in rows]
    return Gazetteer(tuple(_entry(bundle, source.fragment) for bundle in bundles))


def _entry(rows: tuple[Rule, ...], fragments: dict[str, Fragment]) -> Entry:
    if len(rows) == 1:
        pattern = f"(?:{expanded(rows[0].pattern, fragments)}){_closed(rows[0])}"
        return Entry(rows, compile_once(pattern, _FLAGS))
    return Entry(rows, compile_once(_one_pattern(rows, fragments), _FLAGS))


def _one_pattern(rows: Sequence[Rule], fragments: dict[str, Fragment]) -> str:
    """The rows as alternatives; each fragment is written once and called by name."""
    called = "".join(f"(?P<{name}>{_calls(piece.pattern)})" for name, piece in fragments.items())
    ways = "|".join(f"(?P<r{i}>{_calls(row.pattern)}){_closed(row)}" for i, row in enumerate(rows))
    return f"(?(DEFINE){called})(?:{ways})"


def _calls(pattern: str) -> str:
    return _NAME.sub(r"(?&\1)", pattern)


def _closed(row: Rule) -> str:
    """Words end where no letter goes on, unless the row is glued to what follows."""
    return "" if row.value.get("glued") else r"(?![\p{L}\p{N}])"


@cache
def stop() -> regex.Pattern[str]:
    """Small words that end a name (agencies.toml)."""
    return compile_once(rule_file("agencies").fragment["stop"].pattern, _FLAGS)


@cache
def acting() -> regex.Pattern[str]:
    """Words that say what a party does, so that no name goes on with them (agencies.toml)."""
    return compile_once(rule_file("agencies").fragment["acting"].pattern, _FLAGS)


@cache
def own_words() -> regex.Pattern[str]:
    """The first word of a body's name, said for the body whose letter it is (agencies.toml)."""
    return compile_once(rule_file("agencies").fragment["own"].pattern, _FLAGS)


@cache
def told() -> regex.Pattern[str]:
    """What is told to a body: no name goes on with these words (agencies.toml)."""
    return compile_once(rule_file("agencies").fragment["told"].pattern, _FLAGS)


@cache
def inside() -> regex.Pattern[str]:
    """Words after a comma that still belong to a name (agencies.toml)."""
    return compile_once(rule_file("agencies").fragment["inside"].pattern, _FLAGS)


@cache
def predicate() -> regex.Pattern[str]:
    """Words after a group that say what it does, not which units are meant (groups.toml)."""
    shapes = rule_file("groups").fragment
    return compile_once(expanded(shapes["predicate"].pattern, shapes), _FLAGS)
