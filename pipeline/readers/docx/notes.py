"""Which mark does Word show where a note is called, and what does the note say?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree

from pipeline.readers.docx.package import VAL, Package, W
from pipeline.readers.figures import figure

NoteKind = Literal["footnote", "endnote"]


class Counting(NamedTuple):
    """How notes are numbered. `restart`: continuous, eachSect or eachPage."""

    form: str
    start: int = 1
    restart: str = "continuous"


class Called(NamedTuple):
    """A note as called: its mark, its content, the page of the call."""

    mark: str
    content: etree._Element
    page: int
    custom: bool


@dataclass(slots=True)
class Notes:
    """The notes of a document and how far each kind has counted."""

    contents: dict[tuple[NoteKind, str], etree._Element]
    general: dict[NoteKind, Counting]
    counts: dict[NoteKind, int] = field(default_factory=dict)
    last: dict[NoteKind, tuple[int, int]] = field(default_factory=dict)
    called: list[Called] = field(default_factory=list)

    def call(
        self, kind: NoteKind, note: str, place: tuple[etree._Element | None, int, int],
        custom: str | None = None,
    ) -> str:  # fmt: skip
        """The mark of the note called at `place`: section properties, section number, page.

        A custom mark is shown as it is and not counted.
        """
        section, number, page = place
        mark = custom or self._next(kind, self._counting(kind, section), (number, page))
        if (content := self.contents.get((kind, note))) is not None:
            self.called.append(Called(mark, content, page, custom is not None))
        return mark

    def _counting(self, kind: NoteKind, section: etree._Element | None) -> Counting:
        found = section.find(f"{W}{kind}Pr") if section is not None else None
        return _counting(found, self.general[kind])

    def _next(self, kind: NoteKind, counting: Counting, where: tuple[int, int]) -> str:
        before = self.last.get(kind, where)
        anew = (counting.restart == "eachSect" and before[0] != where[0]) or (
            counting.restart == "eachPage" and before[1] != where[1]
        )
        if anew or kind not in self.counts:
            self.counts[kind] = counting.start
        else:
            self.counts[kind] += 1
        self.last[kind] = where
        return figure(self.counts[kind], counting.form)


def read_notes(package: Package) -> Notes:
    """The notes of the footnotes and endnotes parts, numbered as the settings say."""
    settings = package.part("settings")
    contents: dict[tuple[NoteKind, str], etree._Element] = {}
    general: dict[NoteKind, Counting] = {}
    kinds: tuple[tuple[NoteKind, str], ...] = (("footnote", "decimal"), ("endnote", "lowerRoman"))
    for kind, form in kinds:
        said = settings.find(f"{W}{kind}Pr") if settings is not None else None
        general[kind] = _counting(said, Counting(form))
        contents.update(((kind, note), item) for note, item in _items(package, kind))
    return Notes(contents, general)


def _items(package: Package, kind: NoteKind) -> Iterator[tuple[str, etree._Element]]:
    """The real notes; the separators between text and notes have a type of their own."""
    part = package.part(f"{kind}s")
    for item in part.iter(W + kind) if part is not None else ():
        if item.get(W + "type", "normal") == "normal":
            yield item.get(W + "id", ""), item


def _counting(said: etree._Element | None, otherwise: Counting) -> Counting:
    if said is None:
        return otherwise
    form, start, restart = (said.find(W + name) for name in ("numFmt", "numStart", "numRestart"))
    return Counting(
        form.get(VAL, otherwise.form) if form is not None else otherwise.form,
        _start(start.get(VAL)) if start is not None else otherwise.start,
        restart.get(VAL, otherwise.restart) if restart is not None else otherwise.restart,
    )


def _start(text: str | None) -> int:
    return int(text) if text is not None and text.isdigit() else 1
