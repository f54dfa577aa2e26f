"""How can a letter's file be damaged? Each way is a function of a seeded Random and the bytes.

`mutant(seeds, seed, number)` is the same file whenever it is asked for: a fault is told by two
numbers. Ways that know a format reach deeper than bytes that flip: an archive is packed anew
around the member that was changed, an XML attribute gets a value no program writes, a stream of
a PDF is changed where it is inflated.
"""

import copy
import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import regex
from lxml import etree

Way = Callable[[Random, bytes, bytes], bytes]
"""A damage: draws, the letter, another letter to take bytes from."""

ODD_NUMBERS = (
    "-1", "0", "1", "255", "65536", "999999", "2147483647", "2147483648", "-2147483648",
    "4294967296", "99999999999999999999", "1e400", "NaN", "0.0000001", "",
)  # fmt: skip
ODD_TEXT = (
    "\u0000", "\ufffd", "\u200b" * 500, "\u0301" * 2000, "\u202e", "\U0001d7d9", "\ud7ff",
    "A" * 20000,
    "1.1.1.1.1.1." * 300, "((((((((" * 500, "Sở Y tế, " * 500, "I. " * 2000, "|" * 3000,
    "«" * 500, " " * 20000, "/QĐ-TTg" * 800, "trước ngày " * 800, "12/12/" * 1500,
    "<table><tr><td>" * 300, "<div>" * 5000, "[^1]" * 1000, "\t" * 3000, "\n" * 3000,
    "&#0;", "&amp;" * 9000,
)  # fmt: skip
NUMBER = regex.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
STREAM = regex.compile(rb"stream\r?\n(.*?)endstream", regex.DOTALL)
NAME = regex.compile(rb"/[A-Z][A-Za-z]+")
LARGE = 8 * 2**20


class Mutant(NamedTuple):
    """A damaged file: the name it is read under, its bytes, the letter and ways it came from."""

    name: str
    data: bytes
    made: str


def mutant(seeds: Sequence[Path], seed: int, number: int) -> Mutant:
    """The damaged file of that number: one to three ways, one after another."""
    draw = Random(f"{seed}:{number}")
    path = seeds[number % len(seeds)]
    akin = [other for other in seeds if other.suffix == path.suffix]
    data, other = path.read_bytes(), draw.choice(akin).read_bytes()
    ways = ways_for(path.suffix)
    chosen = [draw.choice(ways) for _ in range(draw.choice((1, 1, 1, 2, 3)))]
    for way in chosen:
        data = way(draw, data, other)[:LARGE]
    return Mutant(path.name, data, f"{path}: {', '.join(way.__name__ for way in chosen)}")


def ways_for(suffix: str) -> list[Way]:
    """Bytes of any file; what knows the format comes up more often."""
    deep = DEEP.get(suffix, [])
    return [*ANY, *deep * (1 + 2 * len(ANY) // max(len(deep), 1))]


# Bytes


def flip(draw: Random, data: bytes, other: bytes) -> bytes:
    """A few bytes become others."""
    changed = bytearray(data)
    for _ in range(draw.choice((1, 4, 16, 64, 256))):
        if changed:
            changed[draw.randrange(len(changed))] = draw.choice((0, 255, draw.randrange(256)))
    return bytes(changed)


def cut(draw: Random, data: bytes, other: bytes) -> bytes:
    """The end is missing."""
    return data[: draw.randrange(len(data) + 1)]


def swap(draw: Random, data: bytes, other: bytes) -> bytes:
    """Two blocks stand in one another's place."""
    a, b, c = sorted(draw.randrange(len(data) + 1) for _ in range(3))
    return data[:a] + data[b:c] + data[a:b] + data[c:]


def repeat(draw: Random, data: bytes, other: bytes) -> bytes:
    """A block comes many times."""
    start, end = block(draw, data)
    return data[:end] + data[start:end] * draw.choice((1, 3, 50)) + data[end:]


def blank(draw: Random, data: bytes, other: bytes) -> bytes:
    """A block is zeros, as after a download that broke off."""
    start, end = block(draw, data)
    return data[:start] + bytes(end - start) + data[end:]


def graft(draw: Random, data: bytes, other: bytes) -> bytes:
    """A block of another letter."""
    start, end = block(draw, data)
    at, upto = block(draw, other)
    return data[:start] + other[at:upto] + data[end:]


def block(draw: Random, data: bytes) -> tuple[int, int]:
    start = draw.randrange(len(data) + 1)
    return start, min(len(data), start + draw.choice((1, 16, 256, 4096, 65536)))


ANY: list[Way] = [flip, cut, swap, repeat, blank, graft]


# Text


def odd_words(draw: Random, data: bytes, other: bytes) -> bytes:
    """Words no letter holds, in a few places."""
    text = data.decode("utf-8", "replace")
    for _ in range(draw.choice((1, 2, 5))):
        at = draw.randrange(len(text) + 1)
        text = text[:at] + draw.choice(ODD_TEXT) + text[at:]
    return text.encode("utf-8", "replace")


def odd_lines(draw: Random, data: bytes, other: bytes) -> bytes:
    """Lines are shuffled, lost, doubled or joined to one."""
    lines = data.split(b"\n")
    for _ in range(draw.randrange(1, 40)):
        at = draw.randrange(len(lines))
        lines[at : at + 1] = draw.choice(([], [lines[at]] * 2, [draw.choice(lines)]))
        lines = lines or [b""]
    return draw.choice((b"\n", b"\n", b"\r", b" ")).join(lines)


def odd_encoding(draw: Random, data: bytes, other: bytes) -> bytes:
    """The same words in another encoding."""
    text = data.decode("utf-8", "replace")
    return text.encode(draw.choice(("utf-16", "utf-16-be", "cp1258", "utf-7", "utf-32")), "replace")


def odd_numbers(draw: Random, data: bytes, other: bytes) -> bytes:
    """Numbers of a file that is text become odd ones."""
    return numbers_in(draw, data, draw.choice((1, 3, 10, 30)))


def numbers_in(draw: Random, data: bytes, count: int) -> bytes:
    found = list(NUMBER.finditer(data))
    for match in sorted(draw.sample(found, min(count, len(found))), reverse=True,
                        key=lambda match: match.start()):  # fmt: skip
        data = data[: match.start()] + draw.choice(ODD_NUMBERS).encode() + data[match.end() :]
    return data


# Archives


def odd_member(draw: Random, data: bytes, other: bytes) -> bytes:
    """A member is damaged inside, the archive around it sound."""
    members = unpacked(data)
    if not members:
        return flip(draw, data, other)
    name = draw.choice(sorted(members))
    members[name] = draw.choice(ANY)(draw, members[name], draw.choice(list(members.values())))
    return packed(members)


def odd_members(draw: Random, data: bytes, other: bytes) -> bytes:
    """A member is gone, stands under another's name, or is another letter's."""
    members, others = unpacked(data), unpacked(other)
    if not members:
        return cut(draw, data, other)
    name = draw.choice(sorted(members))
    fate = draw.randrange(3)
    if fate == 0:
        del members[name]
    elif fate == 1:
        members[name] = members[draw.choice(sorted(members))]
    else:
        members[name] = others.get(name, b"")
    return packed(members)


def odd_xml(draw: Random, data: bytes, other: bytes) -> bytes:
    """Elements of a member are lost, doubled, moved, nested or get odd values."""
    members = unpacked(data)
    names = [name for name in sorted(members) if name.endswith((".xml", ".rels"))]
    if not names:
        return swap(draw, data, other)
    name = draw.choice([*names, *[main for main in MAIN if main in members] * len(names)])
    members[name] = changed_xml(draw, members[name])
    return packed(members)


MAIN = ("word/document.xml", "content.xml", "xl/worksheets/sheet1.xml")


def changed_xml(draw: Random, data: bytes) -> bytes:
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    for _ in range(draw.choice((1, 3, 10, 40))):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        draw.choice(CHANGES)(draw, draw.choice(elements), draw.choice(elements))
    return etree.tostring(root)


def lose(draw: Random, element: etree._Element, other: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def double(draw: Random, element: etree._Element, other: etree._Element) -> None:
    if sum(1 for _ in element.iter()) < 5000:
        other.append(copy.deepcopy(element))


def nest(draw: Random, element: etree._Element, other: etree._Element) -> None:
    """The same kind of element in itself, deep."""
    for _ in range(draw.choice((3, 60, 190))):
        element = etree.SubElement(element, element.tag, dict(element.attrib))


def odd_value(draw: Random, element: etree._Element, other: etree._Element) -> None:
    if element.attrib:
        name = draw.choice(sorted(element.attrib))
        odd = (*ODD_NUMBERS, *other.attrib.values(), "../../../../etc/passwd")
        element.set(name, draw.choice(odd))


def lose_value(draw: Random, element: etree._Element, other: etree._Element) -> None:
    if element.attrib:
        del element.attrib[draw.choice(sorted(element.attrib))]


def odd_words_in(draw: Random, element: etree._Element, other: etree._Element) -> None:
    words = draw.choice(ODD_TEXT)
    element.text = "".join(char for char in words if char >= " " or char in "\t\n")


CHANGES = (lose, double, nest, odd_value, odd_value, odd_value, lose_value, odd_words_in)


def unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # an archive that earlier ways broke is damaged as bytes
        return {}


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


# PDF


def odd_stream(draw: Random, data: bytes, other: bytes) -> bytes:
    """A stream of a PDF is inflated, its numbers or bytes changed, and deflated again."""
    found = list(STREAM.finditer(data))
    if not found:
        return flip(draw, data, other)
    match = draw.choice(found)
    try:
        content = zlib.decompressobj().decompress(match[1], LARGE)
    except zlib.error:
        return flip(draw, data, other)
    if draw.randrange(2):
        content = numbers_in(draw, content, draw.choice((1, 10, 100)))
    else:
        content = draw.choice(ANY)(draw, content, content)
    return data[: match.start(1)] + zlib.compress(content, 1) + b"\n" + data[match.end(1) :]


def odd_object(draw: Random, data: bytes, other: bytes) -> bytes:
    """Numbers and names of the objects between the streams of a PDF change."""
    pieces = regex.split(rb"(stream\r?\n.*?endstream)", data, flags=regex.DOTALL)
    plain = [at for at, piece in enumerate(pieces) if not piece.startswith(b"stream")]
    for _ in range(draw.choice((1, 3, 10))):
        at = draw.choice(plain)
        pieces[at] = draw.choice((numbers_of_object, name_of_object))(draw, pieces[at])
    return b"".join(pieces)


def numbers_of_object(draw: Random, piece: bytes) -> bytes:
    return numbers_in(draw, piece, 1)


def name_of_object(draw: Random, piece: bytes) -> bytes:
    names = list(NAME.finditer(piece))
    if not names:
        return piece
    one, other = draw.choice(names), draw.choice(names)
    return piece[: one.start()] + other[0] + piece[one.end() :]


DEEP: dict[str, list[Way]] = {
    ".txt": [odd_words, odd_lines, odd_encoding],
    ".md": [odd_words, odd_lines, odd_encoding],
    ".html": [odd_words, odd_lines, odd_encoding, odd_numbers],
    ".rtf": [odd_words, odd_numbers],
    ".docx": [odd_member, odd_members, odd_xml, odd_xml, odd_xml],
    ".xlsx": [odd_member, odd_members, odd_xml, odd_xml, odd_xml],
    ".odt": [odd_member, odd_members, odd_xml, odd_xml, odd_xml],
    ".pdf": [odd_stream, odd_stream, odd_object],
}
