"""Which runs are set in TCVN3, VNI or VPS, and what do they say in Unicode?

Told by the font's name (.VnTime, VNI-Times), else by the whole page: printers of old letters
rename their fonts. A letter and its mark may lie in two runs, so neighbours are read together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from extractors.rules import compile_once
from pipeline.readers.legacy import Scheme, decode, guessed, scheme_of
from pipeline.readers.pdf.ink import Run, Sheet
from pipeline.readers.syllables import is_syllable

_FONT_OF: dict[Scheme, str] = {"tcvn3": ".VnTime", "vni": "VNI-Times", "vps": "VPS Times"}
"""A font that stands for an encoding told by content."""

_SUSPECT = re.compile("[\u00a1-\u00ff\u0192\u02c6-\u02dc\u2013-\u203a\u20ac\u2122]")


def decoded(sheet: Sheet) -> Sheet:
    """The sheet with its legacy runs in Unicode."""
    named = any(map(_scheme, {run.font.name for run in sheet.runs}))
    scheme = None if named else _scheme_of_page(sheet)
    if not named and scheme is None:
        return sheet
    return replace(sheet, runs=tuple(_read(sheet.runs, scheme)))


_MODERN = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")


@lru_cache(maxsize=1024)
def _scheme(font: str) -> Scheme | None:
    return scheme_of(font)


def _scheme_of_page(sheet: Sheet) -> Scheme | None:
    """The encoding of the runs that hold no letter of Unicode's Vietnamese."""
    text = " ".join(run.text for run in sheet.runs)
    if len(_SUSPECT.findall(text)) < 0.02 * len(text):
        return None
    older = [run for run in sheet.runs if not _MODERN.search(run.text)]
    if sum(len(run.text) for run in older) < 0.7 * len(text):
        return None  # a Unicode page: words such as "các" hold no other letters either
    return guessed(" ".join("".join(_flow(older)).split()))


def _flow(runs: Sequence[Run]) -> Iterator[str]:
    for index, run in enumerate(runs):
        if index and not _follows(runs[index - 1], run):
            yield " "
        yield run.text


def _follows(run: Run, after: Run) -> bool:
    """Whether a run goes on where the one before ended, without a space."""
    return (
        not run.spaced
        and abs(after.base - run.base) < 1
        and abs(after.x0 - run.x1) < 0.2 * run.size
    )


def _read(runs: Sequence[Run], scheme: Scheme | None) -> Iterator[Run]:
    for group in _words(runs, scheme):
        font = _font(group[0], scheme)
        if font is None:
            yield from group
            continue
        whole = _unicode("".join(run.text for run in group), font)
        single = [_unicode(run.text, font) for run in group]
        if "".join(single) == whole:
            yield from (r._replace(text=text) for r, text in zip(group, single, strict=True))
        else:
            yield group[0]._replace(text=whole, x1=group[-1].x1, spaced=group[-1].spaced)


def _font(run: Run, scheme: Scheme | None) -> str | None:
    if _scheme(run.font.name):
        return run.font.name
    return _FONT_OF.get(scheme) if scheme else None


def _words(runs: Sequence[Run], scheme: Scheme | None) -> Iterator[list[Run]]:
    """Runs of one font that stand together without a space."""
    for _, group in groupby(runs, key=lambda run: (_font(run, scheme), round(run.base))):
        held: list[Run] = []
        for run in group:
            if held and not _follows(held[-1], run):
                yield held
                held = []
            held.append(run)
        if held:
            yield held


_HYPHENED = compile_once(r"\S*\p{L}?-\p{L}\S*")


def _unicode(text: str, font: str) -> str:
    if _scheme(font) == "tcvn3" and "-" in text:
        text = _HYPHENED.sub(lambda word: _with_u(word[0]), text)
    return decode(text, font)


def _with_u(word: str) -> str:
    """A word whose "-" stands for "ư": fonts without a map show code 0xAD as a hyphen."""
    whole = decode(word.replace("-", "\u00ad"), ".VnTime").strip(".,;:()“”\"'")
    return word.replace("-", "\u00ad") if is_syllable(whole) else word
