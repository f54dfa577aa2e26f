"""What number or day was filled in by hand, and do both engines read the same?"""

from extractors.rules import compile_once
from pipeline.ocr.choices import ALONE
from pipeline.ocr.ink import Reading, Word, united

_FILLED_IN = compile_once(
    r"^S[\p{L}0]{1,2}\s*[:;.]?\s*(?P<slot>[^\s/]{1,3}(?: [^\s/]{1,2})?) ?(?=/\p{Lu})"
    r"|ng\p{L}y ?(?P<slot>\S{1,3}(?: \S{1,2})?) ?(?=th\p{L}ng)"
)
UNREAD = "…"
"""Stands for figures written by hand that the engines read differently."""


def without_handwriting(reading: Reading, first: Reading, second: Reading) -> Reading:
    """The line, with the number or day filled in by hand only where both engines read the same.

    Neither engine reads handwriting: a wrong number is worse than an unread one.
    """
    match = _FILLED_IN.search(reading.text)
    slots = {
        (found["slot"] if (found := _FILLED_IN.search(r.text)) else "") for r in (first, second)
    }
    if match is None or (len(slots) == 1 and match["slot"].isdigit()):
        return reading
    start, end = match.span("slot")
    before = "Số:" if reading.text.startswith("S") else reading.text[:start].rstrip()
    text = f"{before} {UNREAD} {reading.text[end:].lstrip()}"
    box = united(word.box for word in reading.words)
    return Reading(tuple(Word(word, box, reading.confidence * ALONE) for word in text.split()))
