"""What do the words around a named document say of it?"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from extractors.references.anchors import rule
from extractors.references.cores import Core, find_cores
from extractors.references.provisions import Places, places_after, places_before
from extractors.references.surroundings import Surroundings, date_before, look_after, role_before
from extractors.rules import compile_once
from schemas.letter import Letter, Part, Span
from schemas.reference import Kind, Provision

_JOINED = compile_once(r"(?:,|;| và|, và| hoặc)? ?(?:các )?(?:số )?")


class Mention(NamedTuple):
    """One citation at start..end, as its own words tell it.

    `number` canonical; `sequence` alone for a bare number; `law` the looked-up title of a law;
    `title` as cited. All three None: it looks back to a document named before.
    """

    start: int
    end: int
    paragraph: int
    kind: Kind | None
    number: str | None
    sequence: str | None
    law: str | None
    title: str | None
    year: int | None
    issued: date | None
    issuer: str | None
    provisions: tuple[Provision, ...]
    role: str
    rule: str


def find_mentions(
    letter: Letter, own_number: str | None, bases: Sequence[Span]
) -> tuple[Mention, ...]:
    """Every citation in reading order; the letter's own number is none."""
    own = _plain(own_number) if own_number else None
    cores = [core for core in find_cores(letter) if not _is_own(letter, core, own)]
    mentions: list[Mention] = []
    for core, following in pairwise([*cores, None]):
        if core is not None:
            limit = following.start if following else len(letter.text)
            mentions.append(_mention(letter, core, limit, mentions, bases))
    return tuple(
        mention
        for mention in mentions
        if not _is_phrase(letter, mention) and not _is_subject_matter(mention)
    )


def _is_subject_matter(mention: Mention) -> bool:
    """ "Nghị định số 45/2020/NĐ-CP hướng dẫn Luật Đất đai": the law is what the decree is about."""
    whole = mention.number is None and not mention.provisions
    return mention.role == "title" and mention.law is not None and whole


def _is_phrase(letter: Letter, mention: Mention) -> bool:
    """ "Tuân thủ Hiến pháp và pháp luật": the word without year, provision or Căn cứ."""
    if mention.kind is None or mention.kind.code != "HP" or mention.provisions:
        return False
    told = mention.year or mention.issued or (mention.title or "").count(" ") > 1
    return not told and not letter.key[: mention.start].endswith("Căn cứ ")


def _is_own(letter: Letter, core: Core, own: str | None) -> bool:
    """The letter's own number, page furniture, the note under an annex's title."""
    if core.number is not None and _plain(core.number) == own:
        return True
    paragraph = letter.paragraph_at(core.start)
    if paragraph is None or paragraph.part is Part.FURNITURE:
        return True
    return rule("not.own_annex").match(letter.key, paragraph.start, core.start) is not None


def _plain(number: str) -> str:
    return number.replace(" ", "").upper()


def _mention(
    letter: Letter, core: Core, limit: int, mentions: Sequence[Mention], bases: Sequence[Span]
) -> Mention:
    site = _site(letter, core, mentions, bases)
    told = _surroundings(letter, core, site.span)
    places = places_before(letter.key, core.start, site.floor)
    follow = None
    if places is None:
        follow = places_after(letter.key, told.end, min(site.span.end, limit))
    start = places.start if places else core.start
    return Mention(
        start,
        max(told.end, follow.end if follow else 0),
        site.span.start,
        core.kind,
        core.number,
        core.sequence,
        core.law,
        core.title or told.title,
        told.year,
        told.issued or date_before(letter, core.start, site.span.start),
        told.issuer,
        _provisions(places or follow),
        _role(letter, core, start, site),
        core.rule,
    )


class _Site(NamedTuple):
    """Where a citation stands: its paragraph, what of it is still unread, the one before it.

    `in_title`: inside the title of a document cited before it.
    """

    span: Span
    floor: int
    before: Mention | None
    is_basis: bool
    is_note: bool
    in_title: bool


def _site(letter: Letter, core: Core, mentions: Sequence[Mention], bases: Sequence[Span]) -> _Site:
    paragraph = letter.paragraph_at(core.start)
    span = Span(paragraph.start, paragraph.end) if paragraph else Span(0, len(letter.text))
    alongside = mentions[-1] if mentions and mentions[-1].paragraph == span.start else None
    read = alongside.end if alongside and alongside.end <= core.start else span.start
    is_basis = any(base.start <= core.start < base.end for base in bases)
    is_note = paragraph is not None and paragraph.part is Part.FOOTNOTES
    in_title = alongside is not None and _is_in_title(core, span, mentions)
    return _Site(span, read, alongside, is_basis and not in_title, is_note, in_title)


def _is_in_title(core: Core, span: Span, mentions: Sequence[Mention]) -> bool:
    """Does a citation of the paragraph, with its title, reach over this one?"""
    for mention in reversed(mentions):
        if mention.paragraph != span.start:
            return False
        if core.start < mention.end:
            return True
    return False


def _surroundings(letter: Letter, core: Core, span: Span) -> Surroundings:
    if core.rule == "back.said":
        return Surroundings(core.end, None, None, None, None)
    return look_after(letter, core.end, span.end, law=core.law is not None)


def _provisions(places: Places | None) -> tuple[Provision, ...]:
    return places.provisions if places else ()


def _role(letter: Letter, core: Core, start: int, site: _Site) -> str:
    """Basis by its place; else by the words before it; else by its place again."""
    if site.is_basis:
        return "basis"
    if site.in_title:
        return "title"
    said = role_before(letter, core.start, site.floor) or role_before(letter, start, site.floor)
    said = said or _role_of_list(letter, start, site)
    return said or ("footnote" if site.is_note else "task")


def _role_of_list(letter: Letter, start: int, site: _Site) -> str | None:
    """In "thay thế Quyết định số 1/QĐ-X và Quyết định số 2/QĐ-X" the role holds for both."""
    if site.before is None:
        return None
    gap = letter.key[site.before.end : start]
    return site.before.role if len(gap) < 16 and _JOINED.fullmatch(gap) else None
