"""What kind of writing is this, and who writes it?"""

from collections.abc import Iterator

from extractors.layout import plain
from extractors.parties import Home, read_party
from extractors.rules import CompiledRule, rules
from schemas.letter import Letter, Part, Section

_TITLE = 300


def genre_of(letter: Letter, section: Section) -> str:
    """Which duties this kind of writing may hold: "all", "told", "owned", "rules" or "none".

    An annex has the kind that its own first lines tell; the annexes of a normative document
    that say nothing of themselves are rules, those of a proposal are proposals.
    """
    whole = next(_told(rule for rule in _head_rules(letter) if _of_letter(rule)), "all")
    if section.part is not Part.ANNEX or whole == "none":
        return whole
    own = _reading(letter, section.start, min(section.end, section.start + _TITLE))
    told = next(_told(rule for rule in own if rule.value.get("annex") is not None), None)
    return told or next(_told(r for r in _head_rules(letter) if r.value.get("annexes")), "all")


def _of_letter(rule: CompiledRule) -> bool:
    return not rule.value.get("annex") and not rule.value.get("annexes")


def _told(found: Iterator[CompiledRule]) -> Iterator[str]:
    return (str(rule.value["duties"]) for rule in found)


def _head_rules(letter: Letter) -> Iterator[CompiledRule]:
    """The rows that read the letterhead."""
    for section in letter.sections:
        if section.part is Part.LETTERHEAD:
            yield from _reading(letter, section.start, section.end)


def _reading(letter: Letter, start: int, end: int) -> Iterator[CompiledRule]:
    return (rule for rule in rules("genres") if rule.pattern.search(letter.key, start, end))


def issuer_key(home: Home) -> str | None:
    """The machine key of the body that writes; None where it is not known."""
    if not home.issuer:
        return None
    words = plain(home.issuer)
    agency = read_party(words, 0, len(words.text), home).agency
    return agency.key if agency else None
