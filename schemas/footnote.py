"""A note and who calls it."""

from schemas.base import Value
from schemas.letter import Quote


class Footnote(Value):
    """`called_by`: ids of tasks, or "letter" where the call stands outside every task."""

    mark: str
    text: str
    called_by: tuple[str, ...]
    references: tuple[str, ...]
    quote: Quote
