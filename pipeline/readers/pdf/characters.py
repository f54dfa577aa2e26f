"""What does the text of a page say, object by object?

Texts come from one walk over the characters of the page: asking each object for its text makes
PDFium search the whole page each time. PDFium adds spaces where it sees gaps, and line ends;
these signs of its own belong to no object. The reader judges the gaps itself.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

from pipeline.readers.pdf import pdfium as asked
from pipeline.readers.pdf.geometry import Bounds

_SIGNS = dict.fromkeys("\t\x0b\x0c\xa0\u2002\u2003\u2009\u202f\u3000", " ") | {
    "\x02": "-",
    "\ufffe": "-",
}
"""White space, and PDFium's sign for a hyphen at the end of a line."""
_SIGN = re.compile("[" + "".join(_SIGNS) + "]")
_WORD = re.compile(r"[^ \n]+")


class Stretch(NamedTuple):
    """Words of one text object: its characters on the page from `start` to `end`."""

    address: int
    start: int
    end: int
    spaced: bool | None
    """White space follows, of its own or of an object of spaces; None: PDFium saw a gap."""


class Word(NamedTuple):
    """Letters without a space between; indices of the first and the last."""

    first: int
    last: int
    text: str


class _Piece(NamedTuple):
    """Neighbouring characters of one object, or (`address` None) a sign of PDFium's own."""

    address: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of a page, one for each index of PDFium's; blanks as spaces."""

    text_page: asked.TextPage
    signs: str
    guessed: Sequence[int]
    """Where PDFium put a space of its own."""

    @classmethod
    def of(cls, text_page: asked.TextPage) -> "Characters":
        """Those of an open text page."""
        text = asked.text_of(text_page).replace("\r", "\n")  # line ends that PDFium adds
        signs = _SIGN.sub(lambda found: _SIGNS[found[0]], text)
        spaces = [at for at, sign in enumerate(signs) if sign == " "]
        owners = map(asked.object_of, repeat(text_page), spaces)
        guessed = [at for at, owner in zip(spaces, owners, strict=True) if owner is None]
        return cls(text_page, signs, guessed)

    # --- stretches ---

    def stretches(self) -> Iterator[Stretch]:
        """The text of the page, object by object, in the order of the content."""
        held: Stretch | None = None
        for address, start, end in self._pieces():
            said = self.signs[start:end]
            if address is None or not said.strip(" \n"):
                if held is not None and " " in said:
                    guessed = None if address is None else True
                    held = held._replace(spaced=held.spaced or guessed)
                continue
            goes_on = held is not None and held.address == address  # a sign parted its pieces
            if held is not None and not goes_on:
                yield held._replace(spaced=True) if said[0] == " " else held
            first = held.start if held is not None and goes_on else start
            held = Stretch(address, first, end, said[-1] == " ")
        if held is not None:
            yield held

    def _pieces(self) -> Iterator[_Piece]:
        """Pieces that end with their object or with their line."""
        signs, count, start = self.signs, len(self.signs), 0
        while start < count:
            if signs[start] == "\n":
                start += 1
                continue
            address = asked.object_of(self.text_page, start)
            line = signs.find("\n", start)
            end = self._end(address, start, line if line > 0 else count)
            yield _Piece(address, start, end)
            start = end

    def _end(self, address: int | None, start: int, line: int) -> int:
        """The index after the last character of the object on its line; those of one stand
        together, PDFium's own one by one."""
        if address is None:
            return start + 1
        if asked.object_of(self.text_page, line - 1) == address:
            return line
        step = 1
        low, high = start, start + 1
        while high < line and asked.object_of(self.text_page, high) == address:
            low, step = high, step * 2
            high = low + step
        high = min(high, line)
        while high - low > 1:
            middle = (low + high) // 2
            if asked.object_of(self.text_page, middle) == address:
                low = middle
            else:
                high = middle
        return high

    # --- words ---

    def said(self, stretch: Stretch) -> str:
        """The words of a stretch with single spaces between."""
        text = self.signs[stretch.start : stretch.end]
        if "\n" in text or self._is_guessed(stretch.start, stretch.end):
            return " ".join([word.text for word in self.words(stretch)])
        return " ".join(filter(None, text.split(" "))) if "  " in text else text.strip(" ")

    def _is_guessed(self, start: int, end: int) -> bool:
        """Whether PDFium put a space of its own between two places."""
        return bisect_left(self.guessed, start) < bisect_left(self.guessed, end)

    def words(self, stretch: Stretch) -> list[Word]:
        """The words of a stretch; a space that PDFium guessed within it is looked at again."""
        words: list[Word] = []
        for found in _WORD.finditer(self.signs, stretch.start, stretch.end):
            word = Word(found.start(), found.end() - 1, found[0])
            if words and not self._are_parted(words[-1].last, word.first):
                before = words.pop()
                word = Word(before.first, word.last, before.text + word.text)
            words.append(word)
        return words

    def _are_parted(self, before: int, after: int) -> bool:
        """Whether the signs between two letters of an object part two words."""
        space = self.signs.find(" ", before, after)
        if space < 0:
            return False
        return not self._is_guessed(space, space + 1) or self._are_apart(before, after)

    def _are_apart(self, before: int, after: int) -> bool:
        """Whether a gap that PDFium took for a space is one: an eighth of the type's height."""
        left, right = self.box(before), self.box(after)
        return right.left - left.right > 0.125 * (left.top - left.bottom)

    def box(self, index: int) -> Bounds:
        """The box of a character, as wide as it moves the pen."""
        return asked.box_of_character(self.text_page, index)
