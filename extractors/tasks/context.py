"""What does a clause have from those above it?"""

from dataclasses import dataclass
from typing import NamedTuple

from extractors.tasks.assignment import Assignment
from extractors.tasks.labelled import Part
from extractors.tasks.outline import Node
from schemas.letter import Span
from schemas.task import Claim, Layout


class Context(NamedTuple):
    """What the clauses above and before say for the clauses here.

    `genre`: which duties this kind of writing may hold (genres.toml); `section`: the kind of
    section it stands in (sections.toml); `mode`: which sentences may be duties here ("all",
    "named": only what is asked of a named party, "none"); `owners`: who owns what stands here;
    `layout`: how those owners came; `below_duty`: the clause above is itself a duty;
    `owners_beside`: most headings beside it are names of owners; `addressees`: those the letter
    is addressed to, who are asked where a sentence names nobody; `unnumbered`: the sentence that
    names the owners stands directly before paragraphs without labels; `announced`: a sentence
    that announces work stands there ("… có ý kiến như sau:"); `owners_inline`: most points beside
    it name their owner before a colon.
    """

    genre: str = "all"
    section: str | None = None
    mode: str = "named"
    owners: tuple[Claim, ...] = ()
    layout: Layout = "directive"
    heading: str | None = None
    times: tuple[Claim, ...] = ()
    below_duty: bool = False
    owners_beside: bool = False
    addressees: tuple[Claim, ...] = ()
    unnumbered: bool = False
    announced: bool = False
    owners_inline: bool = False

    @property
    def holds_unasked(self) -> bool:
        """May what is asked of nobody by name be a duty here?"""
        if self.genre == "rules":
            return self.section == "organisation"
        if self.genre == "told":
            return self.plans and bool(self.owners)
        return self.genre != "owned" or bool(self.owners)

    @property
    def plans(self) -> bool:
        """Does the section say what is to come ("Nhiệm vụ trọng tâm tháng 9" of a report)?"""
        return self.section in ("tasks", "organisation")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a paragraph that may be one duty: where its words begin, who is asked.

    `until`: where the duty's words end, if a sentence that only names its owner follows.
    """

    span: Span
    text: int
    given: Assignment | None
    until: int | None = None

    @property
    def words(self) -> Span:
        """The stretch from where the duty's words begin."""
        return Span(self.text, self.span.end)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a segment stands: its clause, what that has from above, its labelled clauses.

    `head`: the clause heads others and may only announce them.
    """

    node: Node
    context: Context
    parts: tuple[Part, ...]
    head: bool = False
