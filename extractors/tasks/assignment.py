"""Work given in a sentence: to whom, by which words, what stands before it?"""

from typing import NamedTuple

import regex

from extractors.rules import compile_once
from extractors.tasks.prose import Prose
from extractors.tasks.verbs import is_circumstance
from schemas.letter import Span

_LONGEST_TOPIC = 120
TOPIC = compile_once(r"(?:riêng (?:đối với |với )?|đối với )", regex.V1 | regex.I)
"""What a sentence is about, before it says who is asked."""


class Assignment(NamedTuple):
    """Work given in a sentence.

    `at` where it begins, `leads` the parties asked, `text` where the duty's words begin,
    `assigner` who asks where the sentence says so, `how` "trigger" or "subject", `colon`
    the party stands before a colon like a heading, `prefix` what stands before it ("" nothing,
    "circumstance", "words"), `rule` the row that read it.
    """

    at: int
    leads: Span | None
    text: int
    assigner: Span | None
    how: str
    colon: bool
    prefix: str
    rule: str


def prefix_of(prose: Prose, before: Span) -> str:
    """What stands before an assignment: "" nothing, "circumstance", or "words"."""
    words = prose.letter.key[before.start : before.end].strip(" ,-")
    if not words:
        return ""
    if words.endswith(":") and len(words) < _LONGEST_TOPIC:
        return "circumstance"
    return "circumstance" if is_circumstance(prose.letter, before) else "words"
