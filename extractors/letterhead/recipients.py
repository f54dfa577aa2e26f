"""Who gets a copy, and what for?"""

from collections.abc import Iterator, Sequence

from extractors.letterhead.prints import BULLET, Print, cut_out, lines_of, matched
from schemas.letter import Letter, Part
from schemas.program import Recipient


def tail_lines(letter: Letter) -> tuple[list[Print], list[Print]]:
    """The lines of Nơi nhận and of the signing block, parted where they share a line."""
    listed: list[Print] = []
    signing: list[Print] = []
    for line in lines_of(letter, Part.RECIPIENTS):
        aside = matched("signatory.aside", line.key)
        aside = aside or (matched("signatory.name-aside", line.key) if signing else None)
        cut = aside.start() if aside else len(line.text)
        listed.append(cut_out(line, 0, cut))
        if aside:
            signing.append(cut_out(line, cut + 1, len(line.text)))
    return listed, [*signing, *lines_of(letter, Part.SIGNATURE)]


def find_recipients(lines: Sequence[Print]) -> Iterator[Recipient]:
    """Each line of Nơi nhận, wrapped lines joined."""
    entry: list[str] = []
    bulleted = any(BULLET.match(line.text) for line in lines)
    for line in lines:
        label = matched("tail.recipients", line.key)
        text = line.text[label.end() :] if label else line.text
        bullet = BULLET.match(text)
        opens = bullet or matched("tail.filed", line.key) or (line.opens and not bulleted)
        if entry and (opens or entry[-1].endswith(";")):
            yield from _recipient(" ".join(entry))
            entry = []
        text = text[bullet.end() :] if bullet else text
        if any(letter.isalnum() for letter in text):
            entry.append(text.strip())
    yield from _recipient(" ".join(entry))


def _recipient(text: str) -> Iterator[Recipient]:
    purpose = matched("recipient.purpose", text)
    filed = matched("tail.filed", text)
    name = text[: purpose.start()] if purpose else text
    name = name.rstrip(" .;,")
    if name:
        said = purpose["purpose"] if purpose else "lưu" if filed else None
        yield Recipient(text=name, purpose=said)
