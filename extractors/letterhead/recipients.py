"""Who gets a copy, and what for?"""

from collections.abc import Iterator, Sequence

from extractors.letterhead.prints import Print, cut_out, is_word, lines_of, matched
from extractors.rules import compile_once
from schemas.letter import Letter, Part
from schemas.program import Recipient


def tail_lines(letter: Letter) -> tuple[list[Print], list[Print]]:
    """The lines of Nơi nhận and of the signing block, parted where they share a line."""
    listed: list[Print] = []
    signing: list[Print] = []
    late: list[Print] = []
    for line in lines_of(letter, Part.RECIPIENTS):
        if matched("letterhead.dateline", line.key):
            signing.append(line)
        elif _is_filed(listed) and matched("signatory.name", line.text):
            late.append(line)
        else:
            aside = matched("signatory.aside", line.key)
            aside = aside or (matched("signatory.name-aside", line.key) if signing else None)
            cut = aside.start() if aside else len(line.text)
            listed.append(cut_out(line, 0, cut))
            signing += [cut_out(line, cut + 1, len(line.text))] if aside else []
    return listed, [*signing, *lines_of(letter, Part.SIGNATURE), *late]


def _is_filed(lines: Sequence[Print]) -> bool:
    """Nothing follows Lưu: a name below it is the signatory's, read into the wrong column."""
    return bool(lines) and bool(matched("tail.filed", lines[-1].text))


_DASH = compile_once(r"^[ _~:.]{0,2}(?:[-+•*·]\W{0,2}|(?<=[_~:])|\d{1,2}[.)]) ?")
"""What begins an item; scans add specks to it."""


def find_recipients(lines: Sequence[Print]) -> Iterator[Recipient]:
    """Each line of Nơi nhận, wrapped lines joined."""
    entry: list[str] = []
    bulleted = any(_DASH.match(line.text) for line in lines)
    for line in lines:
        label = matched("tail.recipients", line.key)
        text = line.text[label.end() :] if label else line.text
        if matched("recipient.heading", text) or (label and not is_word(text)):
            yield from _recipient(" ".join(entry))
            entry = []
            continue
        dash = _DASH.match(text)
        opens = dash or matched("tail.filed", line.key) or (line.opens and not bulleted)
        if entry and (opens or entry[-1].endswith(";")):
            yield from _recipient(" ".join(entry))
            entry = []
        text = text[dash.end() :] if dash else text
        if any(letter.isalnum() for letter in text):
            entry.append(text.strip())
    yield from _recipient(" ".join(entry))


def _recipient(text: str) -> Iterator[Recipient]:
    purpose = matched("recipient.purpose", text)
    filed = matched("tail.filed", text)
    name = text[: purpose.start()] if purpose else text
    name = name.rstrip(" .;:,`")
    if name:
        said = purpose["purpose"] if purpose else "lưu" if filed else None
        yield Recipient(text=name, purpose=said)
