"""How is text of the time before Unicode read?

Letters written with TCVN3 (ABC), VNI or VPS fonts hold Western letters that only the font
shows as Vietnamese. The font tells the encoding; where there is no font, the content does:
the reading under which the words are spelt as Vietnamese syllables.
"""

from pipeline.readers.legacy.content import guessed, is_unicode, unreadable
from pipeline.readers.legacy.files import from_bytes
from pipeline.readers.legacy.readings import Scheme
from pipeline.readers.legacy.runs import decode, restore, scheme_of

__all__ = [
    "Scheme",
    "decode",
    "from_bytes",
    "guessed",
    "is_unicode",
    "restore",
    "scheme_of",
    "unreadable",
]
