"""One self-contained page a letter: its words beside the facts read from them.

The page loads nothing from anywhere and sends nothing. A click on a fact shows its words, a
click on words shows the facts that stand on them.
"""

import html
from importlib.resources import files

from schemas.program import Program

_PAGE = files("pipeline.writers").joinpath("review.html")


def write_html(program: Program) -> bytes:
    """The page as UTF-8."""
    number = program.letter.number.canonical if program.letter.number else program.source.name
    data = program.model_dump_json().replace("<", "\\u003c")
    page = _PAGE.read_text(encoding="utf-8")
    return page.replace("{{title}}", html.escape(number)).replace("{{program}}", data).encode()
