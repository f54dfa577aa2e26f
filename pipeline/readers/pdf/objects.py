"""Which objects does a page draw, those within forms too?"""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.readers.pdf import pdfium as asked
from pipeline.readers.pdf.geometry import IDENTITY, Matrix

_DEEPEST = 12


class Thing(NamedTuple):
    """A page object, with the transformation of the forms it stands in.

    `stamp`: the annotation it was drawn by, counted from 0; None for the page's own content.
    """

    address: int
    kind: int
    outer: Matrix = IDENTITY
    stamp: int | None = None


def things_of(page: int, *, flattened: bool = False) -> Iterator[Thing]:
    """Every object of the page, forms walked through.

    `flattened`: the last form holds the annotations, one form each.
    """
    count = asked.count_objects(page)
    for index in range(count):
        address = asked.object_at(page, index)
        if flattened and index == count - 1:
            yield from _annotations(address)
        elif (kind := asked.kind_of(address)) != asked.FORM:  # nearly all
            yield Thing(address, kind)
        else:
            yield from _walked(address, IDENTITY, None, 0)


def _annotations(form: int) -> Iterator[Thing]:
    outer = asked.matrix_of(form)
    for number in range(asked.count_in_form(form)):
        yield from _walked(asked.object_in_form(form, number), outer, number, 1)


def _walked(address: int, outer: Matrix, stamp: int | None, depth: int) -> Iterator[Thing]:
    kind = asked.kind_of(address)
    if kind != asked.FORM:
        yield Thing(address, kind, outer, stamp)
    elif depth < _DEEPEST:
        inner = asked.matrix_of(address).then(outer)
        for index in range(asked.count_in_form(address)):
            yield from _walked(asked.object_in_form(address, index), inner, stamp, depth + 1)


def objects_in(address: int) -> Iterator[Thing]:
    """The object and, of a form, everything in it."""
    yield from _walked(address, IDENTITY, None, 0)
