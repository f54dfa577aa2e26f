"""Which document bears this number or this title?

The catalogue is a list of Vietnamese legal documents bundled with congvan; where its rows come
from, and which of their dates a second source confirms, is told in `data/PROVENANCE.md`.
"""

import gzip
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from extractors.rules import compile_once

LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})
_WORD = compile_once(r"[^\W_]+")
_BARE = {
    ord(letter): unicodedata.normalize("NFD", letter)[0]
    for letter in map(chr, range(0xC0, 0x1EFA))
    if unicodedata.decomposition(letter)
} | {ord("đ"): "d", ord("Đ"): "D"}


class Entry(NamedTuple):
    """A row: `kind` and `title` as printed; `dated`: its dates stand in a source, not in memory."""

    kind: str
    number: str
    title: str
    issued: date | None
    effective: date | None
    issuer: str
    dated: bool

    @property
    def year(self) -> int | None:
        """The year of issue: in the number where it has one (it is the surer), else the date's."""
        middle = self.number.split("/")[1:-1]
        if middle and middle[0].isdigit():
            return int(middle[0])
        return self.issued.year if self.issued else None

    @property
    def name(self) -> str:
        """The title with its kind before it: Luật Đất đai."""
        if self.kind == "Hiến pháp":
            return self.title
        return f"{self.kind} {self.title}"


@dataclass(frozen=True)
class Catalogue:
    """Rows by number and, for laws, by bare title; a row is taken apart when it is asked for."""

    rows_by_number: dict[str, tuple[str, ...]]
    rows_by_title: dict[str, tuple[str, ...]]
    longest: int

    def numbered(self, number: str) -> tuple[Entry, ...]:
        """The documents with that number; several where two series share it."""
        return tuple(map(_entry, self.rows_by_number.get(number.upper(), ())))

    def titled(self, title: str) -> tuple[Entry, ...]:
        """The laws with that title (without its kind), blind to tones, case and commas."""
        return tuple(map(_entry, self.rows_by_title.get(bare(title), ())))


def bare(text: str) -> str:
    """Words in lower case without tones and marks, one space between them."""
    return " ".join(_WORD.findall(text.translate(_BARE).lower()))


@cache
def catalogue() -> Catalogue:
    """The bundled catalogue, read on first use."""
    packed = files("extractors.data").joinpath("catalogue.tsv.gz").read_bytes()
    rows = gzip.decompress(packed).decode("utf-8").split("\n")[1:]
    cells = [(row, *row.split("\t", 3)) for row in rows]
    numbers = _grouped((number.upper(), row) for row, _, number, _, _ in cells)
    titles = _grouped((bare(title), row) for row, kind, _, title, _ in cells if kind in LAWS)
    return Catalogue(numbers, titles, max(title.count(" ") + 1 for title in titles))


def _entry(row: str) -> Entry:
    kind, number, title, issued, effective, issuer, dated = row.split("\t")
    return Entry(kind, number, title, _day(issued), _day(effective), issuer, dated == "1")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key, row in pairs:
        groups[key].append(row)
    return {key: tuple(group) for key, group in groups.items()}
