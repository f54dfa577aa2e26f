"""What kind of writing is this, and who writes it?"""

from extractors.layout import plain
from extractors.parties import Home, read_party
from extractors.rules import CompiledRule, rules
from schemas.letter import Letter, Part, Section


def genre_of(letter: Letter, section: Section) -> str:
    """Which duties this kind of writing may hold: "all", "told", "rules" or "none".

    An annex has the kind that its own first lines tell, else the letter's.
    """
    if section.part is Part.ANNEX:
        own = _kind(letter, section.start, min(section.end, section.start + _TITLE))
        if own:
            return str(own.value["duties"])
        return "all"
    head = next((one for one in letter.sections if one.part is Part.LETTERHEAD), None)
    rule = _kind(letter, head.start, head.end) if head else None
    return str(rule.value["duties"]) if rule else "all"


_TITLE = 300


def _kind(letter: Letter, start: int, end: int) -> CompiledRule | None:
    """The row of genres.toml that reads the kind line or the number."""
    return next(
        (rule for rule in rules("genres") if rule.pattern.search(letter.key, start, end)), None
    )


def issuer_key(home: Home) -> str | None:
    """The machine key of the body that writes; None where it is not known."""
    if not home.issuer:
        return None
    words = plain(home.issuer)
    agency = read_party(words, 0, len(words.text), home).agency
    return agency.key if agency else None
