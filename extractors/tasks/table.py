"""Which rows of which tables are duties?"""

from collections.abc import Iterator, Sequence

from extractors.parties import Home
from schemas.letter import Letter
from schemas.task import Clause, Duty


def table_duties(letter: Letter, clauses: Sequence[Clause], home: Home) -> Iterator[Duty]:
    """The duties of the assignment tables of a letter."""
    yield from ()
