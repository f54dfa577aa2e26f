"""Which lists do the list styles define?"""

from collections.abc import Iterator

import regex
from lxml import etree

from pipeline.readers.numbering import Level, List, Numbering
from pipeline.readers.odt.names import LOEXT, STYLE, TEXT
from pipeline.readers.odt.styles import style_roots
from pipeline.readers.zipped import Archive

_FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "": "none",
}


def read_numbering(archive: Archive, content: etree._Element) -> Numbering:
    """The list styles as lists that count like Word's."""
    return Numbering(
        {
            name: List(name, dict(_levels(item)), {})
            for root in style_roots(archive, content)
            for item in root.iter(TEXT + "list-style")
            if (name := item.get(STYLE + "name", ""))
        }
    )


def _levels(style: etree._Element) -> Iterator[tuple[int, Level]]:
    for item in style:
        at = int(item.get(TEXT + "level", "1")) - 1
        if item.tag == TEXT + "list-level-style-number":
            form = _FORMS.get(item.get(STYLE + "num-format", ""), "decimal")
            start = int(item.get(TEXT + "start-value", "1"))
            yield at, Level(start, form, _level_text(item, at))
        else:
            properties = item.find(STYLE + "text-properties")
            font = properties.get(STYLE + "font-name") if properties is not None else None
            yield at, Level(1, "bullet", item.get(TEXT + "bullet-char", "•"), font=font)


def _level_text(item: etree._Element, at: int) -> str:
    """The label's pattern in Word's notation, %1 for the outermost level."""
    if (told := item.get(LOEXT + "num-list-format")) is not None:
        return regex.sub(r"%(\d)%", r"%\1", told)
    shown = min(int(item.get(TEXT + "display-levels", "1")), at + 1)
    numbers = ".".join(f"%{level + 1}" for level in range(at - shown + 1, at + 1))
    prefix, suffix = item.get(STYLE + "num-prefix", ""), item.get(STYLE + "num-suffix", "")
    return f"{prefix}{numbers}{suffix}"
