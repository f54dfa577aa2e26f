"""What is this part of the letter about?"""

from extractors.rules import CompiledRule, rules
from schemas.letter import Letter, Span

_LONGEST_HEADING = 250


def section_rule(letter: Letter, own: Span) -> CompiledRule | None:
    """The row of sections.toml that reads the beginning of a heading."""
    if own.end - own.start > _LONGEST_HEADING:
        return None
    return next((rule for rule in rules("sections") if _opens(rule, letter, own)), None)


def is_closing(letter: Letter, own: Span) -> bool:
    """Does a paragraph begin as the last ones of a letter do ("Trên đây là …", "Yêu cầu …")?"""
    return any(rule.pattern.match(letter.key, own.start, own.end) for rule in _closings())


def _opens(rule: CompiledRule, letter: Letter, own: Span) -> bool:
    return not rule.value.get("anywhere") and bool(
        rule.pattern.match(letter.key, own.start, own.end)
    )


def _closings() -> tuple[CompiledRule, ...]:
    return tuple(rule for rule in rules("sections") if rule.value.get("anywhere"))


def section_kind(letter: Letter, own: Span) -> str | None:
    """The kind of section that these words open: "purpose", "tasks", …; None: not told."""
    rule = section_rule(letter, own)
    return str(rule.value["kind"]) if rule else None
