"""What does a web page of a law portal say, without the page around the letter?

The letter is the part of the page that holds most of the text; scripts, menus and buttons are
dropped. Linked notes, list numbers, tables with spans and centred lines are kept.
"""

from pipeline.readers.html.page import decoded, letter_in, page_of, root_of
from pipeline.readers.html.story import Story
from pipeline.readers.html.styles import Style
from pipeline.readers.kinds import HTML
from pipeline.readers.legacy import is_unicode
from pipeline.readers.limits import Limits
from pipeline.readers.papers import paper_of
from schemas.paper import Block, Paper

_DROPPED = (
    "script", "style", "nav", "noscript", "template", "svg", "iframe", "button", "select", "head",
    "input", "textarea", "object", "embed", "audio", "video", "canvas", "map", "dialog", "link",
)  # fmt: skip


def read_html(data: bytes, limits: Limits) -> Paper:
    """The letter of a page as a law portal serves it."""
    root = root_of(decoded(page_of(data)))
    for item in list(root.iter(*_DROPPED)):
        item.drop_tree()
    walk = Story(limits, guess=not is_unicode(root.text_content()))
    blocks = tuple(walk.blocks(letter_in(root), Style(), 0))
    return paper_of(HTML, blocks, limits)


def blocks_of(text: str, limits: Limits) -> tuple[Block, ...]:
    """The blocks of a piece of HTML inside another kind of text."""
    walk = Story(limits, guess=not is_unicode(text))
    return tuple(walk.blocks(root_of(text), Style(), 0))
