"""What is this part of the letter about?"""

from collections.abc import Iterator

from extractors.rules import CompiledRule, rows_at
from schemas.letter import Letter, Span

_LONGEST_HEADING = 250


def section_rule(letter: Letter, own: Span) -> CompiledRule | None:
    """The row of sections.toml that reads the beginning of a heading."""
    if own.end - own.start > _LONGEST_HEADING:
        return None
    return next(_opening(letter, own, anywhere=False), None)


def is_closing(letter: Letter, own: Span) -> bool:
    """Does a paragraph begin as the last ones of a letter do ("Trên đây là …", "Yêu cầu …")?"""
    return any(_opening(letter, own, anywhere=True))


def _opening(letter: Letter, own: Span, anywhere: bool) -> Iterator[CompiledRule]:
    """The rows that read the beginning of these words."""
    for rule in rows_at("sections", letter.key, own.start, own.end):
        if bool(rule.value.get("anywhere")) == anywhere and rule.pattern.match(letter.key, *own):
            yield rule


def section_kind(letter: Letter, own: Span) -> str | None:
    """The kind of section that these words open: "purpose", "tasks", …; None: not told."""
    rule = section_rule(letter, own)
    return str(rule.value["kind"]) if rule else None
