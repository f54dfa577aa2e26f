"""The letter's metadata under the names of edXML (QCVN 102:2016/BTTTT, sửa đổi 1:2022).

The header of an exchanged document as JSON: From, To, Code, PromulgationInfo, DocumentType,
Subject, SignerInfo, ToPlaces, OtherInfo, and the tasks by code. Dates are yyyy/MM/dd. Fields of
which the letter says nothing are left out; an OrganId stands only where a source gives it.
Classified letters are not exchanged over edXML and are refused here with a note.
"""

import json
from datetime import date
from typing import Any

from schemas.party import Party
from schemas.program import LetterFacts, Number, Program

PRIORITY = {"khẩn": 1, "thượng khẩn": 2, "hỏa tốc": 3, "hỏa tốc hẹn giờ": 4}
"""Độ khẩn, edXML OtherInfo/Priority; 0 is an ordinary letter."""
TYPE_TABLE = 2
"""DocumentType/Type 2: hành chính (table B)."""


def write_edxml(program: Program) -> bytes:
    """The message header as indented JSON."""
    return json.dumps(_header(program), ensure_ascii=False, indent=2).encode() + b"\n"


def _header(program: Program) -> dict[str, Any]:
    letter = program.letter
    if letter.secrecy:
        return {"Refused": f"Văn bản {letter.secrecy} không trao đổi qua edXML"}
    return {
        "MessageHeader": _without_gaps(
            {
                "From": _organ(letter.issuer),
                "To": [_organ(party) for party in letter.addressees],
                "DocumentId": _document_id(letter),
                "Code": _code(letter),
                "PromulgationInfo": _without_gaps(
                    {"Place": letter.place, "PromulgationDate": _day(letter.issued)}
                ),
                "DocumentType": {"Type": TYPE_TABLE, "TypeName": letter.kind.name.capitalize()}
                if letter.kind
                else None,
                "Subject": letter.subject,
                "SignerInfo": _signer(letter),
                "DueDate": _day(_reply_due(program)),
                "ToPlaces": {"Place": [recipient.text for recipient in letter.recipients]},
                "OtherInfo": {
                    "Priority": PRIORITY.get((letter.urgency or "").lower(), 0),
                    "PageAmount": program.source.pages,
                },
                "ResponseForTask": [],
                "SteeringType": 2 if program.tasks else 1,
            }
        ),
        "Tasks": [_task(program, number) for number in range(len(program.tasks))],
    }


def _organ(party: Party | None) -> dict[str, str] | None:
    if party is None:
        return None
    agency = party.agency
    told = {"OrganId": agency.code if agency else None, "OrganName": party.text}
    return {name: value for name, value in told.items() if value}


def _document_id(letter: LetterFacts) -> str | None:
    """OrganId,yyyy/MM/dd,Code — only where all three are known."""
    agency = letter.issuer.agency if letter.issuer else None
    if not (agency and agency.code and letter.issued and letter.number):
        return None
    return f"{agency.code},{_day(letter.issued)},{letter.number.canonical}"


def _code(letter: LetterFacts) -> dict[str, str] | None:
    number = letter.number
    if number is None:
        return None
    notation = _notation(number)
    told = {"CodeNumber": number.sequence, "CodeNotation": notation}
    return {name: value for name, value in told.items() if value}


def _notation(number: Number) -> str:
    """What follows the figures: "KH-UBND" of 12/KH-UBND, "NQ/TU" of the Party's 08-NQ/TU."""
    after = number.canonical.removeprefix(number.sequence or "")
    return after[1:] if after.startswith(("/", "-")) else number.canonical.partition("/")[2]


def _signer(letter: LetterFacts) -> list[dict[str, str]]:
    return [
        _without_gaps({"Competence": s.authority, "Position": s.position, "FullName": s.name})
        for s in letter.signatories
    ]


def _reply_due(program: Program) -> date | None:
    """The first last day of a duty to report to the issuer."""
    days = [
        deadline.due
        for task in program.tasks
        if any(owner.role == "report_to" for owner in task.owners)
        for deadline in task.deadlines
        if deadline.due
    ]
    return min(days, default=None)


def _task(program: Program, number: int) -> dict[str, Any]:
    task = program.tasks[number]
    due = min((d.due for d in task.deadlines if d.due), default=None)
    return _without_gaps(
        {
            "TaskCode": task.id,
            "Content": task.text,
            "Agencies": [
                {**(_organ(owner.party) or {}), "Role": owner.role} for owner in task.owners
            ],
            "DueDate": _day(due),
        }
    )


def _day(day: date | None) -> str | None:
    return f"{day:%Y/%m/%d}" if day else None


def _without_gaps(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in (None, [], {})}
