"""What do the letterhead, the preamble, the signature and Nơi nhận say?

Thể thức as in Nghị định 30/2020/NĐ-CP, Phụ lục I; for the Party, Hướng dẫn 36-HD/VPTW. Lines are
asked, not paragraphs: whoever joined lines may have joined two facts.
"""

from collections.abc import Sequence

from extractors.letterhead.addressees import find_addressees
from extractors.letterhead.dates import (
    figure_of,
    find_date_elsewhere,
    find_dateline,
    issued_on,
    place_of,
    year_of,
)
from extractors.letterhead.issuers import (
    find_issuers,
    issuer_in_sentence,
    issuer_stated,
    unknown_issuer,
)
from extractors.letterhead.kinds import kind_of, kind_printed, misread_title, title_at
from extractors.letterhead.numbers import find_number, noted
from extractors.letterhead.preamble import find_bases
from extractors.letterhead.prints import Print, lines_of
from extractors.letterhead.recipients import find_recipients, tail_lines
from extractors.letterhead.signatories import find_signatories
from extractors.letterhead.stated import Stated, find_stated
from extractors.letterhead.subject import find_stamp, find_subject
from schemas.letter import Letter, Part
from schemas.letterhead import Letterhead, Words


def find_letterhead(letter: Letter) -> Letterhead:
    """The facts of a letter's form; what it does not say stays empty."""
    head = lines_of(letter, Part.LETTERHEAD)
    listed, signing = tail_lines(letter)
    title = _title(head)
    stated = find_stated(letter, head, title)
    kind = kind_printed(head, title)
    number = find_number(letter, head, stated, kind)
    dated = find_dateline(head) or find_dateline(signing)
    dated = dated or find_date_elsewhere(letter, stated, number)
    note = noted(letter, number, kind)
    number = note.number if note and number and not number.sequence else number
    superior, issuer = find_issuers(head)
    issuer = issuer or _issuer_elsewhere(letter, head, stated)
    return Letterhead(
        kind=kind_of(head, kind, number),
        number=number,
        issued=issued_on(dated, note.stated if note else None),
        year=figure_of(dated, year_of(dated)) if dated else None,
        place=place_of(dated) if dated else None,
        issuer=issuer,
        superior=superior,
        subject=find_subject(head, title, stated.start + stated.match.end() if stated else 0),
        addressees=tuple(find_addressees(head)),
        recipients=tuple(find_recipients(listed)),
        signatories=tuple(find_signatories(signing)),
        urgency=find_stamp(head, "urgency"),
        secrecy=find_stamp(head, "secrecy"),
        bases=tuple(find_bases(letter, issuer.text if issuer else None)),
    )


def _title(head: Sequence[Print]) -> int | None:
    """The line that prints the kind of the letter, though misread it be."""
    title = title_at(head)
    return title if title is not None else misread_title(head)


def _issuer_elsewhere(letter: Letter, head: Sequence[Print], stated: Stated | None) -> Words | None:
    """The issuer that no line of the letterhead names surely."""
    said = issuer_stated(letter, stated) or issuer_in_sentence(letter)
    return said or unknown_issuer(head)
