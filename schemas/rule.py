"""The shape of a row in extractors/rules/*.toml."""

from pydantic import Field

from schemas.base import Value


class Fragment(Value):
    """A named piece of pattern, `{name}` in other patterns; examples match it whole."""

    pattern: str
    means: str
    examples: tuple[str, ...] = Field(min_length=1)
    counter: tuple[str, ...] = ()


class Rule(Value):
    """A phrase: its name, what it means, its pattern and the sentences that prove it.

    In an example the words the row must read stand between « and »; an example without
    them need only be read somewhere. A counter-example must not be read by the row.
    `value` holds what the row itself says (a kind, a role, a bound).
    """

    id: str
    means: str
    pattern: str
    value: dict[str, str | int | bool] = {}
    examples: tuple[str, ...] = Field(min_length=1)
    counter: tuple[str, ...] = ()


class RuleFile(Value):
    """One TOML file: fragments for this file, then rows in order of precedence."""

    fragment: dict[str, Fragment] = {}
    rule: tuple[Rule, ...] = ()
