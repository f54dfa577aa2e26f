"""How does text in a style look, and in a style that is based on another?"""

from typing import NamedTuple


class Look(NamedTuple):
    """Properties of text; None: not said here."""

    bold: bool | None = None
    italic: bool | None = None
    size: float | None = None
    font: str | None = None
    raised: bool | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    centered: bool | None = None

    def under(self, over: "Look") -> "Look":
        """This look where `over` does not say otherwise."""
        if over is PLAIN:
            return self
        return Look(
            bold=self.bold if over.bold is None else over.bold,
            italic=self.italic if over.italic is None else over.italic,
            size=self.size if over.size is None else over.size,
            font=self.font if over.font is None else over.font,
            raised=self.raised if over.raised is None else over.raised,
            hidden=self.hidden if over.hidden is None else over.hidden,
            capitals=self.capitals if over.capitals is None else over.capitals,
            centered=self.centered if over.centered is None else over.centered,
        )


PLAIN = Look()
"""Says nothing."""
