"""Rows of phrases: loaded, expanded and compiled once.

A pattern may name a fragment, `{date}`; group names are field names. Patterns are matched
on `Letter.key` and on nothing else, case ignored. Inside a paragraph whitespace is always
one space, so a space in a pattern is a space.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files

import regex

from extractors.kept import kept
from schemas.rule import Fragment, Rule, RuleFile

_NAME = regex.compile(r"\{([a-z_]+)\}")
BLIND = int(regex.IGNORECASE | regex.VERSION1)
"""Flags of the rows. Plain integers: those of `regex` are slow to combine."""
_SIMPLE = "(?-f)"
"""Letters are folded one by one: full folding (ß, ligatures) doubles the time of compiling."""
_FIRST_LETTERS = 4


@dataclass(frozen=True)
class CompiledRule:
    """A row and its pattern, compiled when it is first asked for."""

    rule: Rule
    fragments: dict[str, Fragment] = field(repr=False, compare=False)

    @property
    def id(self) -> str:
        """The row's name."""
        return self.rule.id

    @cached_property
    def value(self) -> dict[str, str | int | bool]:
        """What the row says beside its groups."""
        return self.rule.value

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """What the row reads."""
        return compiled(self.rule.pattern, self.fragments)

    @cached_property
    def _hints(self) -> tuple[str, ...]:
        return tuple(str(self.value.get("hint", "")).split("|"))

    def is_hinted(self, words: str) -> bool:
        """Does one of the row's hints stand in the words, in small letters? It reads no others."""
        for hint in self._hints:  # noqa: SIM110 - asked of every sentence, twice as quick as any()
            if hint in words:
                return True
        return False


@cache
def rule_file(name: str) -> RuleFile:
    """The validated rows of `rules/<name>.toml`."""
    return RuleFile.model_validate(_parsed(name))


@kept
def _parsed(name: str) -> dict[str, object]:
    text = files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def rules(name: str) -> tuple[CompiledRule, ...]:
    """The rows of `rules/<name>.toml`, in the order of the file."""
    source = rule_file(name)
    return tuple(CompiledRule(rule, source.fragment) for rule in source.rule)


def rows_at(
    name: str, key: str, at: int, end: int, use: str | None = None
) -> tuple[CompiledRule, ...]:
    """The rows of a file (of one use) that can begin with the first letters at `at`, in order.

    Few rows can, and a look into a dictionary costs less than a row's pattern.
    """
    return _beginning(name, use, key[at : min(at + _FIRST_LETTERS, end)])


@lru_cache(maxsize=50_000)
def _beginning(name: str, use: str | None, letters: str) -> tuple[CompiledRule, ...]:
    rows = (rule for rule in rules(name) if use is None or rule.value.get("use") == use)
    return tuple(rule for rule in rows if rule.pattern.match(letters, partial=True))


@cache
def fragment(name: str, fragment_name: str) -> regex.Pattern[str]:
    """One compiled fragment of `rules/<name>.toml`."""
    source = rule_file(name)
    return compiled(source.fragment[fragment_name].pattern, source.fragment)


def either(rows: Iterable[CompiledRule]) -> regex.Pattern[str]:
    """What one of the rows reads."""
    ways = (f"(?:{expanded(row.rule.pattern, row.fragments)})" for row in rows)
    return compiled("|".join(ways), {})


def compiled(pattern: str, fragments: dict[str, Fragment]) -> regex.Pattern[str]:
    """The pattern with its fragments put in, case-blind."""
    return compile_once(_SIMPLE + expanded(pattern, fragments), BLIND)


def compile_once(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    """The pattern compiled, or as it was compiled before, in this run or in an earlier one."""
    return _compiled(pattern, int(flags))


@kept
def _compiled(pattern: str, flags: int) -> regex.Pattern[str]:
    return regex.compile(pattern, flags, cache_pattern=False)


def expanded(pattern: str, fragments: dict[str, Fragment]) -> str:
    """The pattern with each `{name}` replaced by its fragment in a group of its own."""

    def put_in(match: regex.Match[str]) -> str:
        return f"(?:{expanded(fragments[match[1]].pattern, fragments)})"

    return _NAME.sub(put_in, pattern)
