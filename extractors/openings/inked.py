"""What is asked of a line?"""

from typing import Literal, Protocol

from schemas.paper import Box


class Inked(Protocol):
    """What is asked of a line: `schemas.paper.Line`, or a reader's draft of one."""

    @property
    def text(self) -> str: ...

    @property
    def page(self) -> int: ...

    @property
    def size(self) -> float | None: ...

    @property
    def bold(self) -> bool: ...

    @property
    def italic(self) -> bool: ...

    @property
    def centered(self) -> bool: ...

    @property
    def starts(self) -> bool | None: ...

    @property
    def role(self) -> Literal["text", "note", "furniture"]: ...

    @property
    def mark(self) -> str | None: ...

    @property
    def column(self) -> Literal["left", "right"] | None: ...

    @property
    def confidence(self) -> float | None: ...

    @property
    def box(self) -> Box | None:
        """The place of the line."""
