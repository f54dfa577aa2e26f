"""Which encoding does the font of a run tell, and what do the runs of a paragraph say?"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from pipeline.readers.legacy.content import MODERN, ODD, guessed
from pipeline.readers.legacy.readings import READINGS, Scheme
from pipeline.readers.runs import Run


class _Font(NamedTuple):
    scheme: Scheme
    capitals: bool


@lru_cache(maxsize=512)
def _of_font(font: str | None) -> _Font | None:
    """The encoding a font stands for; `capitals`: a font that shows capitals only."""
    name = (font or "").split("+")[-1].strip()
    folded = name.casefold()
    if folded.startswith("vni"):
        return _Font("vni", False)
    if folded.startswith((".vn", "vntime", "vnarial")):
        return _Font("tcvn3", name.endswith("H"))
    if folded.startswith("vps"):
        return _Font("vps", False)
    return None


def scheme_of(font: str | None) -> Scheme | None:
    """The encoding that the font of that name stands for; None for a Unicode font."""
    known = _of_font(font)
    return known.scheme if known else None


def decode(text: str, font: str | None = None) -> str:
    """The text in Unicode. Without a legacy font the content decides."""
    known = _of_font(font)
    if known is None:
        scheme = guessed(text)
        return READINGS[scheme](text) if scheme else text
    if MODERN.search(text):
        return text
    decoded = READINGS[known.scheme](text)
    return decoded.upper() if known.capitals else decoded


def restore(runs: Sequence[Run], *, guess: bool = True) -> tuple[Run, ...]:
    """The runs of one paragraph in Unicode, each by its font, the others by their content.

    `guess` False: only by the font, see `is_unicode`. Neighbours of one encoding are read
    together: a VNI letter and its mark may lie in two runs.
    """
    if not any(map(_touched, runs)):
        return tuple(runs)
    unmarked = "".join(run.text for run in runs if _of_font(run.font) is None)
    content = guessed(unmarked) if guess else None
    groups = groupby(runs, key=lambda run: (_of_font(run.font), run.mark is None))
    return tuple(run for (font, _), group in groups for run in _read(list(group), font, content))


def _touched(run: Run) -> bool:
    return _of_font(run.font) is not None or ODD.search(run.text) is not None


def _read(runs: list[Run], font: _Font | None, content: Scheme | None) -> Iterable[Run]:
    """Runs of one encoding; where a letter lies over two runs, the first takes the text."""

    def read(text: str) -> str:
        if font is not None:
            return decode(text, runs[0].font)
        return READINGS[content](text) if content else text

    whole = read("".join(run.text for run in runs))
    single = [read(run.text) for run in runs]
    if "".join(single) != whole:
        single = [whole, *("" for _ in runs[1:])]
    return (run._replace(text=text) for run, text in zip(runs, single, strict=True))
