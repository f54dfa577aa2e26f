"""What the letterhead, the preamble, the signature and Nơi nhận say, before it is interpreted."""

from datetime import date

from schemas.base import Value
from schemas.letter import Span
from schemas.program import Number, Recipient, Signatory
from schemas.reference import Kind


class Words(Value):
    """Words of the letter that may run over several lines or stand in pieces.

    `text`: the pieces joined by one space; in a list with one head ("Các sở: Nội vụ, Y tế") the
    head is a piece of every name, and the name begins with a capital. `spans`: where each piece
    stands, in order.
    """

    text: str
    spans: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From the first piece to the last; with pieces apart it also covers what is between."""
        return Span(self.spans[0].start, self.spans[-1].end)


class Letterhead(Value):
    """Thể thức as found: plain values where the form decides, words where a reader must.

    Every field is None or empty where the letter does not say. `bases`: the clauses of the
    preamble (Căn cứ, Thực hiện, Theo đề nghị …), each without what the issuer then does.
    """

    kind: Kind | None = None
    number: Number | None = None
    issued: date | None = None
    year: int | None = None
    place: str | None = None
    issuer: Words | None = None
    superior: Words | None = None
    subject: Words | None = None
    addressees: tuple[Words, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    urgency: str | None = None
    secrecy: str | None = None
    bases: tuple[Span, ...] = ()
