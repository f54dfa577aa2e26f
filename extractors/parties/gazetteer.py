"""Which row of a rule file reads the words at this place?"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import regex

from extractors.rules import expanded, fragment, rule_file
from schemas.rule import Rule

_EDGE = r"(?<![\p{L}\p{N}])"


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


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The rows of one file as one pattern, tried from the top."""

    rows: tuple[Rule, ...]
    pattern: regex.Pattern[str]

    def at(self, key: str, at: int, end: int) -> Hit | None:
        """The first row whose words stand at `at`."""
        match = self.pattern.match(key, at, end)
        return None if match is None else self._hit(match)

    def _hit(self, match: regex.Match[str]) -> Hit:
        return Hit(self.rows[int(str(match.lastgroup)[1:])], match.end())


@cache
def gazetteer(name: str, bare: bool = True) -> Gazetteer:
    """The rows of `rules/<name>.toml`; `bare` False leaves out rows marked so."""
    source = rule_file(name)
    rows = tuple(row for row in source.rule if bare or not row.value.get("bare"))
    parts = (
        f"(?P<r{index}>{expanded(row.pattern, source.fragment)}){_closed(row)}"
        for index, row in enumerate(rows)
    )
    pattern = regex.compile("|".join(parts), regex.IGNORECASE | regex.VERSION1)
    return Gazetteer(rows, pattern)


def _closed(row: Rule) -> str:
    """Words end where no letter goes on, unless the row is glued to what follows."""
    return "" if row.value.get("glued") else r"(?![\p{L}\p{N}])"


@cache
def stop() -> regex.Pattern[str]:
    """Small words that end a name (agencies.toml)."""
    return fragment("agencies", "stop")
