"""Which party opens a sentence, or stands after its circumstance, and does a duty follow?"""

from collections.abc import Iterable

import regex

from extractors.once import asked_once
from extractors.parties import FoundParty
from extractors.rules import compile_once
from extractors.tasks.assignment import TOPIC, Assignment, prefix_of
from extractors.tasks.prose import Prose
from extractors.tasks.runs import charged_with, duty_start, may_be_party, read_run, tells
from extractors.tasks.verbs import is_circumstance, piece, skip, starts_with_verb
from schemas.letter import Letter, Span

_LONGEST_TAIL = 70
_LONGEST_CIRCUMSTANCE = 200
_NEAR_COLON = 90
_CASE = compile_once(r"(?:riêng )?(?:đối với|trường hợp|nếu)\b", regex.V1 | regex.I)
_HEAD = compile_once(r"(?:do )?(?:đồng chí|đ/c|ông|bà|các đồng chí)\b", regex.V1 | regex.I)
_PAUSE = compile_once(", ", regex.V1)
_LISTED = compile_once(
    r"\b(?:cán bộ|công chức|viên chức|nhân viên|giáo viên|học sinh|sinh viên|cơ quan|đơn vị|"
    r"tổ chức|doanh nghiệp|hội viên|đoàn viên|đảng viên|người lao động|bộ|sở|ban|ngành)$",
    regex.V1 | regex.I,
)


@asked_once
def by_subject(prose: Prose, sentence: Span, loose: bool) -> Assignment | None:
    """A party that opens the sentence, or stands after a circumstance, and its duty."""
    for at in _subject_places(prose, sentence):
        found = _subject_at(prose, sentence, at, loose)
        if found:
            return found
    return None


def _subject_places(prose: Prose, sentence: Span) -> Iterable[int]:
    """Where a subject may stand: at the start, after a topic's colon, after a circumstance."""
    start = skip(prose.letter, sentence.start, sentence.end, ' "“')
    yield start
    topic = TOPIC.match(prose.letter.key, start, sentence.end)
    if topic:
        yield topic.end()
    colon = prose.letter.key.find(": ", sentence.start, sentence.start + _NEAR_COLON)
    if colon > 0:
        yield colon + 2
    if is_circumstance(prose.letter, Span(start, sentence.end)):
        yield from after_circumstance(prose, Span(start, sentence.end))


def after_circumstance(prose: Prose, sentence: Span) -> Iterable[int]:
    """Where a party may stand after the comma that ends a circumstance."""
    if _asks_itself(prose, sentence):
        return
    for party in prose.parties:
        if sentence.start < party.start < sentence.end and _after_pause(prose, party):
            yield party.start
    yield from _unknown_after_pause(prose, sentence)


def _unknown_after_pause(prose: Prose, sentence: Span) -> Iterable[int]:
    """Where a party that no row reads may begin after a comma, up to the first duty."""
    until = min(sentence.start + _LONGEST_CIRCUMSTANCE, sentence.end)
    for pause in _PAUSE.finditer(prose.letter.key, sentence.start, until):
        if prose.in_party(pause.start()) or prose.masked(pause.start()):
            continue
        if _LISTED.search(prose.letter.key[sentence.start : pause.start()]):
            continue  # "cán bộ, nhân viên": one of a list
        if starts_with_verb(prose.letter, pause.end(), sentence.end):
            return  # the duty itself: nobody is named before it
        if may_be_party(prose.letter, pause.end(), sentence.end):
            yield pause.end()


def _asks_itself(prose: Prose, sentence: Span) -> bool:
    """ "Đối với các hồ chứa, tổ chức theo dõi, báo cáo Sở A": the duty follows, without a party."""
    if not _CASE.match(prose.letter.key, *sentence):
        return False
    comma = prose.letter.key.find(", ", *sentence)
    return comma > 0 and starts_with_verb(prose.letter, comma + 2, sentence.end)


def _after_pause(prose: Prose, party: FoundParty) -> bool:
    """Does a comma end the circumstance before a party, and not only part a list?"""
    key, at = prose.letter.key, party.start
    if prose.masked(at):
        return False
    if key[at - 2 : at] not in (", ", ": "):
        return key[at - 10 : at].lower() == "thực hiện "
    before = next((one for one in prose.parties if one.end == at - 2), None)
    if before is None:
        return True
    return party.party.kind != "group" and _told_by(prose, before)


def _told_by(prose: Prose, party: FoundParty) -> bool:
    """Is a list of parties what a circumstance is "of": "báo cáo của Sở A, Sở B tổng hợp"?"""
    for one in reversed([one for one in prose.parties if one.start <= party.start]):
        before = prose.letter.key[max(prose.start, one.opens - 12) : one.opens].lower().rstrip()
        if not before.endswith((",", " và", ";")):
            return before.endswith((" của", " do", " giữa", " tại"))
    return False


def _subject_at(prose: Prose, sentence: Span, at: int, loose: bool) -> Assignment | None:
    letter = prose.letter
    run = read_run(prose, at, sentence.end)
    if run is None or run.end >= sentence.end - 1:
        return None
    if tells(letter, run.end, sentence.end):
        charged = charged_with(prose, run, sentence.end) or _as_topic(prose, run, sentence)
        if charged is None:
            return None
        run = charged
    run = _to_colon(prose, run, sentence)
    loose = loose or _by_function(letter, sentence.start, at)
    text, colon = duty_start(prose, run.end, sentence.end)
    if text >= sentence.end - 1:
        return None
    rest = Span(text, sentence.end)
    asks = _asks_something(letter, run.end, rest, loose or colon)
    if not asks and not (colon and is_circumstance(letter, rest) and not tells_head(letter, rest)):
        return None
    prefix = prefix_of(prose, Span(sentence.start, at))
    return Assignment(at, run, text, None, "subject", colon, prefix, "subject")


def tells_head(letter: Letter, rest: Span) -> bool:
    """ "Tiểu ban Nội dung: do đồng chí A làm trưởng tiểu ban": who leads a body, no duty."""
    return bool(_HEAD.match(letter.key, *rest))


def _as_topic(prose: Prose, run: Span, sentence: Span) -> Span | None:
    """ "Đối với các đơn vị chưa báo cáo: khẩn trương gửi …": all before the colon."""
    key = prose.letter.key
    colon = key.find(": ", run.end, min(run.end + _LONGEST_TAIL, sentence.end))
    if colon < 0 or not TOPIC.match(key, sentence.start, run.end):
        return None
    if not starts_with_verb(prose.letter, colon + 2, sentence.end):
        return None
    return Span(run.start, colon)


def _by_function(letter: Letter, start: int, at: int) -> bool:
    """ "Căn cứ chức năng, nhiệm vụ được giao, các phòng …", "Trong quá trình thực hiện, nếu có
    vướng mắc, các phòng …": they are charged, whatever the verb."""
    before = (piece("responsible"), piece("trouble"))
    return start < at and any(one.match(letter.key, start, at) for one in before)


def _to_colon(prose: Prose, run: Span, sentence: Span) -> Span:
    """ "Các doanh nghiệp cung cấp máy tính: Cài đặt …": the party is all before the colon."""
    key = prose.letter.key
    colon = key.find(": ", run.end, min(run.end + _LONGEST_TAIL, sentence.end))
    if colon < 0 or key[run.end : run.end + 1] in (",", ";", ":"):
        return run
    words = skip(prose.letter, run.end, colon, " ")
    if piece("strong").match(key, words, colon) or piece("responsible").search(key, run.end, colon):
        return run
    after = skip(prose.letter, colon + 1, sentence.end, " ")
    if key[after : after + 1].isupper() and starts_with_verb(prose.letter, after, sentence.end):
        return Span(run.start, colon)
    return run


def _asks_something(letter: Letter, after: int, rest: Span, loose: bool) -> bool:
    """Do the words after a party ask something of it?"""
    if piece("responsible").search(letter.key, after, rest.start):
        return True
    if loose and piece("inner").match(letter.key, rest.start, rest.end):
        return True
    if not starts_with_verb(letter, rest.start, rest.end):
        return False
    return loose or bool(piece("strong").match(letter.key, rest.start, rest.end))
