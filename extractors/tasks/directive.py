"""Layout "directive": who is asked to do what in a sentence, by which words?"""

from extractors.tasks.assignment import Assignment
from extractors.tasks.prose import Prose
from extractors.tasks.subjects import by_subject
from extractors.tasks.triggers import by_trigger
from schemas.letter import Span


def read_assignment(
    prose: Prose, sentence: Span, loose: bool, writer: str | None = None
) -> Assignment | None:
    """The work that a sentence gives; None where it gives none.

    `loose`: the sentence stands where duties are expected, so that a party and any verb is
    enough; otherwise only words that give work count. `writer`: the key of the body that
    writes; where it is known, "Bộ Y tế chỉ đạo các đơn vị …" is a duty of the ministry.
    """
    found = by_trigger(prose, sentence, writer if loose else None)
    subject = by_subject(prose, sentence, loose)
    if found and subject:
        return subject if subject.at < found.at and not _asks(subject, found) else found
    return found or subject


def _asks(subject: Assignment, found: Assignment) -> bool:
    """Is the "subject" only the one who asks ("UBND tỉnh yêu cầu Sở Y tế")?"""
    if subject.text == found.at:
        return True
    return bool(found.assigner and subject.leads and subject.leads.start == found.assigner.start)
