"""Which text boxes stand in a drawing, and which of two alternatives is read?"""

from collections.abc import Iterator

from lxml import etree

from pipeline.readers.docx.package import MC, W

ALTERNATE = MC + "AlternateContent"
_BOX = W + "txbxContent"


def chosen_alternative(item: etree._Element) -> etree._Element | None:
    """The branch that is read: the modern one where it holds text, else the fallback."""
    branches = [branch for branch in item if branch.tag in (MC + "Choice", MC + "Fallback")]
    for branch in branches:
        if next(branch.iter(_BOX, W + "t", W + "p", W + "tbl"), None) is not None:
            return branch
    return branches[0] if branches else None


def boxes(item: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a drawing, each once: the outermost, and one of two alternatives."""
    for child in item:
        if child.tag == _BOX:
            yield child
        elif child.tag == ALTERNATE:
            chosen = chosen_alternative(child)
            yield from boxes(chosen) if chosen is not None else ()
        elif len(child):
            yield from boxes(child)
