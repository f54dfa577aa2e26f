"""What do the letterhead, the preamble, the signature and Nơi nhận say?

Thể thức as in Nghị định 30/2020/NĐ-CP, Phụ lục I; for the Party, Hướng dẫn 36-HD/VPTW. Lines are
asked, not paragraphs: whoever joined lines may have joined two facts.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import regex

from extractors.rules import CompiledRule, rules
from extractors.titles import (
    DocumentKind,
    bare,
    kind_coded,
    kind_misread,
    kind_opening,
    kind_titled,
)
from schemas.letter import Letter, Part, Span
from schemas.letterhead import Letterhead, Words
from schemas.paper import Box
from schemas.program import Number, Recipient, Signatory
from schemas.reference import Kind

Match = regex.Match[str]


class Print(NamedTuple):
    """One printed line. `key` is what patterns read, `text` what is quoted.

    `opens`: it begins a paragraph of the letter.
    """

    start: int
    end: int
    text: str
    key: str
    box: Box | None = None
    opens: bool = False


def find_letterhead(letter: Letter) -> Letterhead:
    """The facts of a letter's form; what it does not say stays empty."""
    head = _lines(letter, Part.LETTERHEAD)
    listed, signing = _tail(letter)
    title = _title_at(head)
    misread = _misread_title(head) if title is None else None
    title = title if misread is None else misread
    stated = _stated(letter, head, title)
    kind = _kind_printed(head, title)
    number = _number(letter, head, stated, kind)
    dated = _dateline(head) or _dated_elsewhere(letter, stated, number)
    superior, issuer = _issuers(head)
    return Letterhead(
        kind=_kind(head, kind, number),
        number=number,
        issued=_date(dated) if dated else None,
        year=_whole(dated, _year_of(dated)) if dated else None,
        place=_place(dated) if dated else None,
        issuer=issuer
        or _issuer_stated(letter, stated)
        or _issuer_in_sentence(letter)
        or _unknown_issuer(head),
        superior=superior,
        subject=_subject(head, title, stated.start + stated.match.end() if stated else 0),
        addressees=tuple(_addressees(head)),
        recipients=tuple(_recipients(listed)),
        signatories=tuple(_signatories(signing)),
        urgency=_stamp(head, "urgency"),
        secrecy=_stamp(head, "secrecy"),
        bases=tuple(_bases(letter)),
    )


# --- Lines and rows ----------------------------------------------------------------------------


def _lines(letter: Letter, part: Part) -> list[Print]:
    """The printed lines of a part, in order."""
    lines: list[Print] = []
    for section in letter.sections:
        if section.part is part:
            lines += _printed(letter, section.start, section.end)
    return lines


def _printed(letter: Letter, start: int, end: int) -> Iterator[Print]:
    opening = {paragraph.start for paragraph in letter.paragraphs_in(start, end)}
    for piece in letter.pieces_in(start, end):
        yield Print(
            piece.start,
            piece.end,
            letter.text[piece.start : piece.end],
            letter.key[piece.start : piece.end],
            piece.box,
            piece.start in opening,
        )


@cache
def _rules() -> dict[str, CompiledRule]:
    return {rule.id: rule for name in ("landmarks", "letterhead") for rule in rules(name)}


def _match(name: str, key: str) -> Match | None:
    return _rules()[name].pattern.search(key)


def _says(names: Iterable[str], key: str) -> bool:
    return any(_match(name, key) for name in names)


def _words(pieces: Sequence[tuple[str, Span]]) -> Words | None:
    """The pieces as one, without specks of a scan before them; None where no word is left."""
    kept = [trimmed for piece in pieces if (trimmed := _trimmed(piece))[0]]
    if not kept:
        return None
    return Words(text=" ".join(text for text, _ in kept), spans=tuple(span for _, span in kept))


def _trimmed(piece: tuple[str, Span]) -> tuple[str, Span]:
    """From the first letter, digit, opening quote or bracket to the last sign of a word."""
    text, span = piece
    match = regex.search(r"[\p{L}\d“\"(\[].*[\p{L}\d”\"’')\].,;:%/-]|[\p{L}\d]", text)
    if not match:
        return "", span
    return match[0], Span(span.start + match.start(), span.start + match.end())


def _piece(line: Print, start: int = 0, end: int | None = None) -> tuple[str, Span]:
    """The characters start to end of a line, and where they stand in the letter."""
    stop = len(line.text) if end is None else end
    return line.text[start:stop], Span(line.start + start, line.start + stop)


# --- Number and kind ---------------------------------------------------------------------------


class Stated(NamedTuple):
    """Issuer, number and date said in one breath; `match` counts from `start` of the text.

    Công báo prints them in capitals below the kind; the note of an annex names its document.
    """

    match: Match
    start: int

    def span(self, name: str) -> Span | None:
        """Where a group stands in the letter."""
        start, end = self.match.span(name)
        return Span(self.start + start, self.start + end) if start >= 0 else None


def _stated(letter: Letter, head: Sequence[Print], title: int | None) -> Stated | None:
    """What stands below the kind, or in the note of an annex that came without its letter."""
    if title is not None:
        return _stated_in(letter, "title.of", head[title + 1 :])
    if any(section.part is Part.BODY for section in letter.sections):
        return None
    return _stated_in(letter, "annex.of", _lines(letter, Part.ANNEX)[:8])


def _stated_in(letter: Letter, rule: str, lines: Sequence[Print]) -> Stated | None:
    if not lines:
        return None
    start = lines[0].start
    match = _match(rule, letter.key[start : lines[-1].end].replace("\n", " "))
    return Stated(match, start) if match else None


def _number(
    letter: Letter, head: Sequence[Print], stated: Stated | None, kind: DocumentKind | None
) -> Number | None:
    """Số, ký hiệu: from its line, from below or inside the title, or from an annex's note."""
    for line, key in _numbering(letter, head):
        match = _match("number", key)
        if match and (match["sign"] == "/" or "/" in match["symbol"]):
            return _numbered(letter, line.start, match, kind)
    if stated:
        return _numbered(letter, stated.start, stated.match, kind)
    for line in head:
        match = _match("number.bare", line.key)
        if match:
            return _numbered(letter, line.start, match, kind)
    return None


def _numbering(letter: Letter, head: Sequence[Print]) -> Iterator[tuple[Print, str]]:
    """Each line of the letterhead; then a line that only begins a number with the next."""
    yield from ((line, line.key) for line in head)
    for line, after in pairwise(head):
        if _match("number.begun", line.key):
            yield line, letter.key[line.start : after.end].replace("\n", " ")


def _numbered(letter: Letter, offset: int, match: Match, printed: DocumentKind | None) -> Number:
    start, end = (offset + at for at in match.span("text"))
    sequence = None if _is_spoilt(match) else _closed(match["sequence"])
    symbol = _restored(_closed(match["symbol"]) or "", printed)
    kind, issuer = _symbol(symbol, match["sign"])
    middle = "/".join(part for part in (match["year"], symbol) if part)
    return Number(
        text=letter.text[start:end].strip(),
        canonical=f"{sequence or ''}{match['sign']}{middle}",
        sequence=sequence,
        year=match["year"],
        kind=kind,
        issuer=issuer,
        quote=letter.quote(start, end),
    )


def _is_spoilt(match: Match) -> bool:
    """Signs or capitals between the figures and the stroke: handwriting that no one read."""
    groups = match.groupdict()
    strange = regex.search(r"[^\s.…_'-]", groups.get("filler") or "")
    return bool(
        groups.get("garbled") or strange or regex.search(r"\p{Lu}", match["sequence"] or "")
    )


_STROKES = "ILJ1|"  # what a T, an H or a Đ becomes when a scan loses a stroke


def _restored(symbol: str, printed: DocumentKind | None) -> str:
    """The symbol with a kind code that a scan spoilt (TIr, CI) as the title says it."""
    first = regex.match(r"\w*", symbol)
    code = printed.code if printed else ""
    if not first or not code or kind_coded(first[0]) or len(first[0]) != len(code):
        return symbol
    strange = [a for a, b in zip(bare(first[0]), bare(code), strict=True) if a != b]
    return code + symbol[len(code) :] if len(strange) == 1 and strange[0] in _STROKES else symbol


def _closed(text: str | None) -> str | None:
    """Without the spaces that writers and scans put inside a number."""
    return text.replace(" ", "") or None if text else None


def _symbol(symbol: str, sign: str) -> tuple[str | None, str | None]:
    """Kind code and issuer code: QĐ-UBND, UBND-KGVX (công văn), KH/TU (Party), QH15."""
    first, _, rest = symbol.partition("/" if sign == "-" and "/" in symbol else "-")
    if not rest:
        return None, symbol or None
    if kind_coded(first):
        return first, rest
    return None, first


def _title_at(head: Sequence[Print]) -> int | None:
    """The line that names the kind: a whole name first, else a line that opens with one."""
    limit = next((at for at, line in enumerate(head) if _match("letterhead.to", line.key)), None)
    lines = list(enumerate(head[:limit]))
    whole = (at for at, line in lines if kind_titled(line.key))
    opening = (at for at, line in lines if kind_opening(line.key))
    return next(whole, next(opening, None))


def _misread_title(head: Sequence[Print]) -> int | None:
    """A title that a scan spoilt, told by the kind inside the number."""
    symbols = (match["symbol"] for line in head if (match := _match("number", line.key)))
    code = next(symbols, "").partition("-")[0]
    found = (at for at, line in enumerate(head) if code and kind_misread(line.key, code))
    return next(found, None)


def _kind_printed(head: Sequence[Print], title: int | None) -> DocumentKind | None:
    if title is None:
        return None
    return kind_titled(head[title].key) or kind_opening(head[title].key)


def _kind(
    head: Sequence[Print], printed: DocumentKind | None, number: Number | None
) -> Kind | None:
    """From the title; where it is spoilt or missing, from the number: no code means công văn."""
    found = printed
    if not found and number and number.kind:
        found = kind_coded(number.kind)
    elif not found and (number or any(_match("letterhead.matter", line.key) for line in head)):
        found = kind_coded("CV")
    return Kind(code=found.code, name=found.name) if found else None


# --- Place and date ----------------------------------------------------------------------------


def _dateline(head: Sequence[Print]) -> Match | None:
    """The dateline: on one line, or else over two."""
    keys = [line.key for line in head if not _match("body.basis", line.key)]
    pairs = [f"{first} {second}" for first, second in pairwise(keys)]
    rows = ("dateline.short", "dateline")
    found = (_match(row, key) for key in [*keys, *pairs] for row in rows)
    return next((match for match in found if match), None)


def _dated_elsewhere(letter: Letter, stated: Stated | None, number: Number | None) -> Match | None:
    """Without a dateline: where issuer and number are stated, when passed, beside the number."""
    if stated and stated.match["date_year"]:
        return stated.match
    return _passed(letter) or (_beside_number(letter, number) if number else None)


def _passed(letter: Letter) -> Match | None:
    """The last paragraphs of the body say when an assembly passed it."""
    body = letter.section(Part.BODY)
    last = letter.paragraphs_in(body.start, body.end)[-2:]
    matches = (_match("passed", letter.key[each.start : each.end]) for each in last)
    return next((match for match in matches if match), None)


def _beside_number(letter: Letter, number: Number) -> Match | None:
    """The date right after the letter's own number at the beginning of its body."""
    body = letter.section(Part.BODY)
    at = letter.key.find(number.canonical, body.start, body.start + 1500)
    if at < 0 or not number.sequence:
        return None
    end = at + len(number.canonical)
    return _match("own.date", letter.key[end : end + 40])


def _whole(match: Match, name: str) -> int | None:
    digits = _closed(match.groupdict().get(name))
    return int(digits) if digits else None


def _year_of(match: Match) -> str:
    """The group with the year of the date: a title of Công báo also holds the number's year."""
    return "date_year" if "date_year" in match.groupdict() else "year"


def _date(match: Match) -> date | None:
    """None where the day or the month is blank, spoilt or impossible."""
    year, month, day = (_whole(match, name) for name in (_year_of(match), "month", "day"))
    if not (year and month and day) or match.groupdict().get("noise"):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _place(match: Match) -> str | None:
    """The place; what stood before it on the same line (a number, the tiêu ngữ) goes."""
    if "place" not in match.groupdict():
        return None
    words = regex.split(r"(?-i:.*(?:[/-]\S*|\p{Lu}{3,}|phúc)) ", match["place"])[-1]
    return " ".join(words.split()) or None


# --- Issuer and superior -----------------------------------------------------------------------

_NOT_ISSUER = (
    "letterhead.number",
    "letterhead.dateline",
    "letterhead.matter",
    "letterhead.to",
    "letterhead.party",
    "letterhead.arrival",
    "urgency",
    "secrecy",
)


def _issuers(head: Sequence[Print]) -> tuple[Words | None, Words | None]:
    """Superior and issuer: the capitals above the number; the last body named issues."""
    bodies: list[list[Print]] = []
    for line in _above_number(head):
        piece = _left_of_country(line)
        if _match("letterhead.stamp", line.key):
            bodies.clear()
        elif _is_capitals(piece.text):
            _add_capitals(bodies, piece)
    named = [body for body in bodies if _match("issuer.head", body[0].key)]
    issuer = _words([_piece(line) for line in named[-1]]) if named else None
    superior = _words([_piece(line) for body in named[:-1] for line in body])
    return superior, issuer


def _unknown_issuer(head: Sequence[Print]) -> Words | None:
    """The capitals right above the number, where no word says that they name a body."""
    lines = [line for line in map(_left_of_country, _above_number(head)) if _is_capitals(line.key)]
    return _words([_piece(line) for line in lines[-1:]])


def _add_capitals(bodies: list[list[Print]], line: Print) -> None:
    """A line of capitals begins a body or goes on with the one right above."""
    if _match("issuer.head", line.key) or not bodies:
        bodies.append([line])
    elif _is_below(line, bodies[-1][-1], reach=45) and not _is_far(line, bodies[-1][-1]):
        bodies[-1].append(line)


def _is_far(line: Print, before: Print) -> bool:
    """More than a line of white space between the two, where boxes are known."""
    if line.box is None or before.box is None:
        return False
    return line.box[1] - before.box[3] > 1.2 * (before.box[3] - before.box[1])


def _above_number(head: Sequence[Print]) -> Iterator[Print]:
    """The lines from the top to the number or the title; a right column may stand between."""
    for line in head:
        if kind_titled(line.key) or _says(("letterhead.matter", "letterhead.number"), line.key):
            return
        if not _says(_NOT_ISSUER, line.key):
            yield line


def _left_of_country(line: Print) -> Print:
    """The line up to the quốc hiệu or tiêu ngữ on the same line, without what a scan adds."""
    matches = (_match(name, line.key) for name in ("letterhead.country", "letterhead.motto"))
    end = min((match.start() for match in matches if match), default=len(line.text))
    named = regex.search(r"\p{L}.*(?:[\p{L})]|\d\d)", line.key[:end])
    piece = _cut(line, *named.span()) if named else _cut(line, 0, 0)
    return piece if end == len(line.text) else piece._replace(box=None)


def _is_capitals(text: str) -> bool:
    """A line of capitals; "Tp." and the like may stand in it, digits and colons may not."""
    if regex.search(r"[:;|<>=#@*_~$%]|\d\W?\d{3}|\d[./]\d", text):
        return False
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)


def _issuer_stated(letter: Letter, stated: Stated | None) -> Words | None:
    span = stated.span("issuer") if stated else None
    if span is None:
        return None
    return Words(text=letter.text[span.start : span.end].replace("\n", " "), spans=(span,))


def _issuer_in_sentence(letter: Letter) -> Words | None:
    """The body that issues, where no letterhead names it."""
    body = letter.section(Part.BODY)
    for paragraph in letter.paragraphs_in(body.start, body.end)[:6]:
        match = _match("issuer.sentence", letter.key[paragraph.start : paragraph.end])
        if match:
            start, end = (paragraph.start + at for at in match.span("issuer"))
            return Words(text=letter.text[start:end], spans=(Span(start, end),))
    return None


# --- Subject -----------------------------------------------------------------------------------

_AFTER_SUBJECT = (
    "letterhead.country",
    "letterhead.motto",
    "letterhead.number",
    "letterhead.dateline",
    "letterhead.to",
    "annex.note",
)


_NO_SUBJECT = (
    *_AFTER_SUBJECT,
    "letterhead.stamp",
    "letterhead.arrival",
    "urgency",
    "secrecy",
)


def _subject(head: Sequence[Print], title: int | None, after: int) -> Words | None:
    """Trích yếu: below the title (and after position `after`), or after V/v."""
    if title is not None:
        return _words(_titled_subject(head, title, after))
    for at, line in enumerate(head):
        if _match("letterhead.matter", line.key):
            mark = _match("subject.mark", line.key)
            first = _piece(line, mark.end() if mark else 0)
            return _words([first, *_matter(head[at + 1 :], line)])
    return None


def _titled_subject(head: Sequence[Print], title: int, after: int) -> list[tuple[str, Span]]:
    pieces: list[tuple[str, Span]] = []
    opening = None if kind_titled(head[title].key) else kind_opening(head[title].key)
    if opening:
        pieces.append(_piece(head[title], head[title].key.upper().find(" ", len(opening.bare)) + 1))
    for line in head[title + 1 :]:
        if _says(("letterhead.to", "annex.note"), line.key):
            break
        if not _says(_NO_SUBJECT, line.key) and _is_word(line) and _is_below(line, head[title], 90):
            mark = _match("subject.mark", line.key)
            skipped = min(max(after - line.start, 0), len(line.text))
            pieces.append(_piece(line, mark.end() if mark else skipped))
    return pieces


def _is_word(line: Print) -> bool:
    """Scans turn rules and stamps into specks: a line of trích yếu holds a word."""
    return regex.search(r"\p{L}{3}", line.key) is not None


def _matter(lines: Sequence[Print], first: Print) -> Iterator[tuple[str, Span]]:
    """The lines that go on with V/v: below it in its column, up to the next landmark."""
    for line in lines:
        if _says(_AFTER_SUBJECT, line.key) or not _is_below(line, first, reach=80):
            return
        if _is_word(line):
            yield _piece(line)


def _is_below(line: Print, first: Print, reach: float) -> bool:
    """In the same column, where boxes are known: the middles lie within `reach` points."""
    if line.box is None or first.box is None:
        return True
    middles = [(box[0] + box[2]) / 2 for box in (line.box, first.box)]
    return abs(middles[0] - middles[1]) < reach


# --- Addressees --------------------------------------------------------------------------------

_TO = ("letterhead.to",)
_BETWEEN = regex.compile(r"(?<=^|;)[^;]*")
_BULLET = regex.compile(r"^ ?(?:[-+•*·]|\d{1,2}[.)]) ?")


def _addressees(head: Sequence[Print]) -> Iterator[Words]:
    """Each line of Kính gửi, or each name between semicolons; wrapped lines joined."""
    at = next((at for at, line in enumerate(head) if _match("letterhead.to", line.key)), None)
    if at is None:
        return
    entry: list[tuple[str, Span]] = []
    bulleted = any(_BULLET.match(line.key) for line in head[at:])
    for line in head[at:]:
        if not _says(_TO, line.key) and (_says(_NO_SUBJECT, line.key) or not _is_word(line)):
            continue
        label = _match("addressees.label", line.key) if _says(_TO, line.key) else None
        bullet = label or _BULLET.match(line.key)
        if bullet or (not bulleted and _begins_entry(entry, line)) or _is_closed(entry):
            yield from _split(entry)
            entry = []
        entry.append(_piece(line, bullet.end() if bullet else 0))
    yield from _split(entry)


def _is_closed(entry: Sequence[tuple[str, Span]]) -> bool:
    return bool(entry) and entry[-1][0].rstrip().endswith(";")


def _begins_entry(entry: Sequence[tuple[str, Span]], line: Print) -> bool:
    """In a list without dashes: a paragraph of its own that does not go on with a name."""
    before = entry[-1][0].rstrip() if entry else ""
    return line.opens and line.key[:1].isupper() and not before.endswith((",", ":", " và", "-"))


def _split(entry: Sequence[tuple[str, Span]]) -> Iterator[Words]:
    """The names of one entry, parted at semicolons."""
    pieces: list[tuple[str, Span]] = []
    for text, span in entry:
        *closed, rest = _parted(text, span)
        for part in closed:
            yield from _named([*pieces, part])
            pieces = []
        pieces.append(rest)
    yield from _named(pieces)


def _parted(text: str, span: Span) -> list[tuple[str, Span]]:
    """The words between semicolons with their places."""
    return [
        (match[0], Span(span.start + match.start(), span.start + match.end()))
        for match in _BETWEEN.finditer(text)
    ] or [("", span)]


def _named(pieces: Sequence[tuple[str, Span]]) -> Iterator[Words]:
    words = _words([*pieces[:-1], *map(_without_stop, pieces[-1:])])
    if words:
        yield words


def _without_stop(piece: tuple[str, Span]) -> tuple[str, Span]:
    text, span = piece
    kept = text.rstrip(" .,;:")
    return kept, Span(span.start, span.end - (len(text) - len(kept)))


# --- Nơi nhận ----------------------------------------------------------------------------------


def _tail(letter: Letter) -> tuple[list[Print], list[Print]]:
    """The lines of Nơi nhận and of the signing block, parted where they share a line."""
    listed: list[Print] = []
    signing: list[Print] = []
    for line in _lines(letter, Part.RECIPIENTS):
        aside = _match("signatory.aside", line.key)
        aside = aside or (_match("signatory.name-aside", line.key) if signing else None)
        cut = aside.start() if aside else len(line.text)
        listed.append(_cut(line, 0, cut))
        if aside:
            signing.append(_cut(line, cut + 1, len(line.text)))
    return listed, [*signing, *_lines(letter, Part.SIGNATURE)]


def _cut(line: Print, start: int, end: int) -> Print:
    return Print(
        line.start + start,
        line.start + end,
        line.text[start:end],
        line.key[start:end],
        line.box,
        line.opens and start == 0,
    )


def _recipients(lines: Sequence[Print]) -> Iterator[Recipient]:
    """Each line of Nơi nhận, wrapped lines joined."""
    entry: list[str] = []
    bulleted = any(_BULLET.match(line.text) for line in lines)
    for line in lines:
        label = _match("tail.recipients", line.key)
        text = line.text[label.end() :] if label else line.text
        bullet = _BULLET.match(text)
        opens = bullet or _match("tail.filed", line.key) or (line.opens and not bulleted)
        if entry and (opens or entry[-1].endswith(";")):
            yield from _recipient(" ".join(entry))
            entry = []
        text = text[bullet.end() :] if bullet else text
        if any(letter.isalnum() for letter in text):
            entry.append(text.strip())
    yield from _recipient(" ".join(entry))


def _recipient(text: str) -> Iterator[Recipient]:
    purpose = _match("recipient.purpose", text)
    filed = _match("tail.filed", text)
    name = text[: purpose.start()] if purpose else text
    name = name.rstrip(" .;,")
    if name:
        said = purpose["purpose"] if purpose else "lưu" if filed else None
        yield Recipient(text=name, purpose=said)


# --- Signatories -------------------------------------------------------------------------------


def _signatories(lines: Sequence[Print]) -> Iterator[Signatory]:
    """Each signing block: authority lines, position, State post, name."""
    block: list[str] = []
    for text in _signing_texts(lines):
        name = _match("signatory.name", text)
        if name and (block or not _is_capitals(text)):
            yield _signatory(block, name["name"].strip())
            block = []
        elif _is_capitals(text):
            block.append(text)
    if any(_match("tail.authority", text) or _is_position(text) for text in block):
        yield _signatory(block, None)


def _signing_texts(lines: Sequence[Print]) -> Iterator[str]:
    """One text a part; a block printed on one line is parted."""
    for line in lines:
        text = _without_specks(line.text)
        whole = None if _match("signatory.name", text) else _match("signatory.whole", text)
        yield from _signing_parts(whole["block"] if whole else text)
        if whole:
            yield whole["name"]


def _without_specks(text: str) -> str:
    """From the first letter to the last: quotes and rules around it come from a stamp."""
    kept = regex.search(r"\p{L}.*[\p{L}\d)]", text)
    return kept[0] if kept else ""


def _signing_parts(text: str) -> Iterator[str]:
    cuts = [match.start() for match in _rules()["signatory.part"].pattern.finditer(text)]
    for start, end in pairwise([0, *cuts, len(text)]):
        yield text[start:end].strip()


def _signatory(block: Sequence[str], name: str | None) -> Signatory:
    authority: list[str] = []
    posts: list[list[str]] = []
    for text in block:
        if not posts and _match("tail.authority", text):
            authority.append(text)
        elif _is_position(text):
            posts.append([text])
        elif posts:
            posts[-1].append(text)
        elif authority:
            authority[-1] += f" {text}"
        else:
            posts.append([text])
    printed = [" ".join(post) for post in posts]
    return Signatory(
        authority=" ".join(authority) or None,
        position=printed[0] if printed else None,
        name=name,
        office=" ".join(printed[1:]) or None,
    )


def _is_position(text: str) -> bool:
    return bool(_match("tail.position", text) or _match("tail.position-bare", bare(text)))


def _stamp(head: Sequence[Print], name: str) -> str | None:
    matches = (_match(name, line.key) for line in head)
    return next((match[name] for match in matches if match), None)


_SHORTEST_BASIS = 20  # "Căn cứ Luật Đất đai;"

# --- The preamble ------------------------------------------------------------------------------


def _bases(letter: Letter) -> Iterator[Span]:
    """The paragraphs of the preamble that say on what the letter rests."""
    body = letter.section(Part.BODY)
    others = 0
    for paragraph in letter.paragraphs_in(body.start, body.end):
        key = letter.key[paragraph.start : paragraph.end]
        if _says(("body.operative", "body.clause"), key) or others > 1:
            return
        if _says(("body.basis", "preamble.opener"), key) and len(key) > _SHORTEST_BASIS:
            yield _without_deed(letter, paragraph.start, paragraph.end)
        elif not _match("body.maker", key):
            others += 1


def _without_deed(letter: Letter, start: int, end: int) -> Span:
    """The paragraph up to where the issuer does something."""
    deed = _rules()["preamble.deed"].pattern.search(letter.key, start, end)
    return Span(start, deed.start() if deed else end)
