"""Where does the letter name a document: by number, by title, or looking back?"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from extractors.references.anchors import around, figures, near, rule
from extractors.references.kinds import kind_named
from extractors.references.numbers import CitedNumber, find_numbers
from extractors.references.surroundings import look_after
from extractors.references.titles import CitedLaw, find_laws, full_name
from extractors.rules import compile_once
from schemas.letter import Letter
from schemas.reference import Kind

_TO_NUMBER = compile_once(r",? ?\(?(?:luật )?(?:số|so)?:? ?", regex.IGNORECASE)


# The endings of the words for kinds of document, and of "số".
_BEFORE_FIGURE = ("số ", "ết ", "nh ", "ị ", "ư ", "ận ", "ện ", "ch ", "ăn ", "ản ", "áo ", "án ",
                  "ẫn ")  # fmt: skip


class Core(NamedTuple):
    """The number or the title itself, before its surroundings are read."""

    start: int
    end: int
    kind: Kind | None
    number: str | None
    sequence: str | None
    law: str | None
    title: str | None
    rule: str


def find_cores(letter: Letter) -> list[Core]:
    """Every document named, in reading order; of two that overlap the one found first."""
    numbers = find_numbers(letter)
    laws = find_laws(letter)
    cores = [*_numbered(letter, numbers, laws), *_shorts(letter), *_looking_back(letter)]
    return _apart(cores)


def _apart(cores: Iterable[Core]) -> list[Core]:
    """The citations in reading order, without those that lie in one found before them."""
    ranked = sorted(enumerate(cores), key=lambda pair: (pair[1].start, pair[0]))
    apart: list[tuple[int, Core]] = []
    for rank, core in ranked:
        if apart and core.start < apart[-1][1].end:
            if rank > apart[-1][0]:
                continue
            apart.pop()
        apart.append((rank, core))
    return [core for _, core in apart]


def _numbered(
    letter: Letter, numbers: Sequence[CitedNumber], laws: Sequence[CitedLaw]
) -> Iterator[Core]:
    """Numbers, and laws by title; a law with its number behind it is one citation."""
    named = dict(_laws_with_number(letter, numbers, laws))
    for number in numbers:
        law = named.get(number.start)
        yield _of_number(letter, number, law)
    joined = {law.start for law in named.values()}
    for law in laws:
        if law.start not in joined and not _holds(numbers, law):
            yield _of_law(letter, law)


def _holds(numbers: Sequence[CitedNumber], law: CitedLaw) -> bool:
    return any(law.start <= number.opening < law.end for number in numbers)


def _laws_with_number(
    letter: Letter, numbers: Sequence[CitedNumber], laws: Sequence[CitedLaw]
) -> Iterator[tuple[int, CitedLaw]]:
    """ "Luật Đầu tư số 61/2020/QH14", "Luật Đất đai năm 2024 (số 31/2024/QH15)"."""
    starts = {number.start for number in numbers}
    for law in laws:
        around = look_after(letter, law.end, len(letter.text), law=True)
        for end in {law.end, around.end}:
            gap = _TO_NUMBER.match(letter.key, end)
            if gap and gap.end() in starts and gap.end() > end:
                yield gap.end(), law


def _of_number(letter: Letter, number: CitedNumber, law: CitedLaw | None) -> Core:
    start = law.start if law else number.opening
    title = _title(letter, law) if law else None
    kind = law.kind if law else number.kind
    name = full_name(law.name) if law else None
    return Core(start, number.end, kind, number.canonical, number.sequence, name, title,
                 number.rule)  # fmt: skip


def _of_law(letter: Letter, law: CitedLaw) -> Core:
    return Core(law.start, law.end, law.kind, None, None, full_name(law.name),
                 _title(letter, law), law.rule)  # fmt: skip


def _title(letter: Letter, law: CitedLaw) -> str:
    words = letter.text[law.start : law.end]
    return words[:1].upper() + words[1:]


def _shorts(letter: Letter) -> Iterator[Core]:
    """A kind and a bare number; the surer reading first."""
    for at in figures(letter.key, _BEFORE_FIGURE):
        for name in ("number.short", "number.dated", "number.again"):
            match = around(letter.key, at, rule(name), 24)
            if match:
                yield Core(match.start(), match.end(), kind_named(match["kind"]), None,
                            match["sequence"], None, None, name)  # fmt: skip
                break


def _looking_back(letter: Letter) -> Iterator[Core]:
    for match in near(letter.key, (" trên", "đã nêu"), rule("back.said"), 24):
        yield Core(match.start(), match.end(), kind_named(match["kind"]), None, None, None, None,
                    "back.said")  # fmt: skip
