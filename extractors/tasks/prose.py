"""Who is asked to do what in a sentence, and where do the words of the duty begin?"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from typing import NamedTuple

import regex

from extractors.parties import FoundParty, Home, find_parties
from extractors.rules import CompiledRule, fragment, rules
from schemas.letter import Letter, Span

_LONGEST_RUN = 700
_LOOK_BACK = 200
_MOST_MANNERS = 6
_LONGEST_VERB = 24
_LONGEST_TAIL = 70
_LONGEST_CIRCUMSTANCE = 200
_JOINT = regex.compile(r"[,;/]? ?(?:\([^()]{0,120}\))?[,;]? ?(?:và|cùng|cùng với|hoặc|-)? ?", regex.V1)
_HEADS = regex.compile(
    r"(?:các ông,? \(?bà\)?:? |ông \(bà\) )?(?:(?:tất cả |toàn thể |toàn bộ |mỗi |từng )?(?:các|những) |đồng chí |đ/c |ông |bà |quý )?"
    r"(?:thủ trưởng|người đứng đầu|lãnh đạo|chủ tịch|giám đốc|trưởng|phó|bí thư|chánh|viện trưởng|"
    r"hiệu trưởng|tổng|cơ quan|đơn vị|địa phương|tổ chức|cá nhân|sở|ban|bộ|ngành|ủy ban|UBND|HĐND|"
    r"phòng|hội|đoàn|công ty|doanh nghiệp|trường|trung tâm|viện|cục|chi cục|vụ|văn phòng|công an|"
    r"thanh tra|tập đoàn|ngân hàng|báo|đài|khoa|tổ|nhóm|thành viên|chủ đầu tư|nhà đầu tư|hộ|cấp|"
    r"đảng|chi bộ|công đoàn|hiệp hội|liên minh|mặt trận|xã|phường|huyện|thị xã|thành phố|tỉnh|"
    r"cán bộ|công chức|viên chức|giáo viên|giảng viên|sinh viên|học sinh|nhân dân|cơ sở|bệnh viện|"
    r"nhà thầu|kho bạc|bảo hiểm|điện lực|quân|bộ đội|lực lượng|tòa án|viện kiểm|đội|trạm|"
    r"hợp tác xã|ủy viên|chuyên viên|kế toán|bên|đại học|học viện|trưởng|tiểu ban|đồng chí)\b",
    regex.V1 | regex.I,
)  # fmt: skip
_NO_PARTY = regex.compile(
    r"(?:các |những )?(?:bộ phận|bộ (?:tiêu chí|chỉ số|máy|luật|câu hỏi|đề)|hội (?:nghị|thảo|thi|họp|nhập)|tổng số|đội ngũ|nhóm (?:nhiệm|giải|chỉ)|"
    r"xã hội|viện dẫn|tổ (?:chức )?(?:đại hội|hội nghị)|ban hành|bên cạnh|trường hợp|cơ sở (?:dữ liệu|vật chất|hạ tầng|pháp)|cấp (?:độ|phép|giấy)|"
    r"khoa học|báo cáo|phòng,|quân (?:sự hóa)|công tác|công trình|ngành nghề|tỉnh táo|phó mặc|tổng (?:hợp|kết|mức)|đảng viên|trung tâm là)\b",
    regex.V1 | regex.I,
)
_SENTENCE = regex.compile(
    r"(?<![\s(](?:TP|Tp|KT|TM|TL|Q|P|TX|ThS|TS|PGS|GS|BS|CN|số|St|tr|đ/c))(?<=[\p{L}\d)\"”%])"
    r"[.?!]\s+(?=[\p{Lu}\d\"“(])|;\s+",
    regex.V1,
)
_QUOTED = regex.compile(r"“[^”]{0,600}”|\"[^\"]{0,600}\"", regex.V1)
_BRACKETED = regex.compile(r"\([^()]*\)", regex.V1)
_END_MARKS = " .;:,/"


class Assignment(NamedTuple):
    """Work given in a sentence.

    `at` where it begins, `leads` the parties asked, `text` where the duty's words begin,
    `assigner` who asks where the sentence says so, `how` "trigger" or "subject", `colon`
    the party stands before a colon like a heading, `rule` the row that read it.
    """

    at: int
    leads: Span | None
    text: int
    assigner: Span | None
    how: str
    colon: bool
    prefix: str
    rule: str


class Prose:
    """A stretch of running text with its parties, quotations and brackets found once."""

    def __init__(self, letter: Letter, start: int, end: int, home: Home) -> None:
        self.letter, self.start, self.end = letter, start, end
        self.home = home
        self.quoted = _spans(_QUOTED, letter, start, end)
        self.bracketed = _spans(_BRACKETED, letter, start, end)

    @cached_property
    def parties(self) -> tuple[FoundParty, ...]:
        """The parties named in it, in reading order; found on first use."""
        return find_parties(self.letter, self.start, self.end, self.home)

    def sentences(self) -> list[Span]:
        """The text cut at full stops and semicolons outside quotations and brackets."""
        cuts = [
            match
            for match in _SENTENCE.finditer(self.letter.key, self.start, self.end)
            if not self.masked(match.start()) and not self._in_list(match)
        ]
        starts = [self.start, *(cut.end() for cut in cuts)]
        ends = [*(cut.start() + 1 for cut in cuts), self.end]
        return [Span(a, b) for a, b in zip(starts, ends, strict=True) if b > a]

    def _in_list(self, cut: "regex.Match[str]") -> bool:
        """Does a semicolon stand between two parties of one list?"""
        if self.letter.key[cut.start()] != ";":
            return False
        after = _after_word(self.letter, cut.end(), self.end, "và ")
        if any(party.end == cut.start() for party in self.parties):
            if self.party_at(after) is not None:
                return True
        begins = self.party_at(self.start) is not None
        return begins and _run_end(self, self.start, cut.start() + 1) >= cut.start()

    def masked(self, at: int) -> bool:
        """Does a position stand in a quotation or in brackets?"""
        return _within(at, self.quoted) or _within(at, self.bracketed)

    def party_at(self, at: int) -> FoundParty | None:
        """The party that begins at a position."""
        return next((party for party in self.parties if at in (party.start, party.opens)), None)

    def in_party(self, at: int) -> bool:
        """Does a position stand inside a party's name, beyond its first letter?"""
        return any(party.opens < at < party.end for party in self.parties)


def _spans(pattern: "regex.Pattern[str]", letter: Letter, start: int, end: int) -> list[Span]:
    return [Span(*match.span()) for match in pattern.finditer(letter.key, start, end)]


def _within(at: int, spans: Iterable[Span]) -> bool:
    return any(start < at < end for start, end in spans)


@cache
def used_as(use: str) -> tuple[CompiledRule, ...]:
    """The rows of directives.toml with that use."""
    return tuple(rule for rule in rules("directives") if rule.value.get("use") == use)


@cache
def _verb() -> "regex.Pattern[str]":
    return fragment("directives", "verb")


@cache
def _boundary() -> "regex.Pattern[str]":
    """A space and the first word of a duty, or of what stands before it."""
    verb, manner = _verb().pattern, fragment("directives", "manner").pattern
    nouns = r"(?!(?:thường trực|thông tin(?! (?:kịp|cho|đến|về|rộng))|thông tấn|truyền thông(?!,)|tổ chức (?:được|chính trị|xã hội|đoàn thể|đảng|tín dụng|liên quan|có liên quan|khoa học|kinh tế|nghề|thành viên|phi|trong|quốc tế|hành chính)|tổ chức,|báo cáo viên|thanh tra|kiểm tra (?:tỉnh|trung ương)|thống kê(?: tỉnh)?|tuyên truyền viên|giáo dục (?:và|nghề)|đầu tư|tổ chức cán bộ|quản lý|trực thuộc|đào tạo|bảo vệ|thi đua|chuyển đổi số|khởi nghiệp|kế hoạch)\b)"
    return regex.compile(
        rf"[ ,]+(?:đã |đang |sẽ )?{nouns}(?=(?:{manner}|{verb}|(?:treo|lập|cử|gửi|nộp|trình(?! độ)|ký|góp ý|giao(?! (?:thông|dịch|kế hoạch|vốn|dự toán|(?-i:ban))))(?= )|theo chức năng|theo nhiệm vụ|theo thẩm quyền|căn cứ|trên cơ sở|trong phạm vi|có (?:trách nhiệm|nhiệm vụ|ý kiến|văn bản|kế hoạch|báo cáo|biện pháp|giải pháp|phương án|hình thức|cơ chế|sự)|đăng|dành|giúp|thay mặt|thừa ủy quyền|chưa|không|vẫn|còn|đã|đang|sẽ|kính|trân trọng|xin|để|nhằm|trong việc|về việc|quản lý chặt|đầu tư xây)(?!\p{{L}}))|[ ]*:",
        regex.V1 | regex.I,
    )


def starts_with_verb(letter: Letter, at: int, end: int) -> bool:
    """Do the words at a position begin as a duty does: a verb, or a manner and a verb?"""
    for _ in range(_MOST_MANNERS):
        if _is_verb(letter, at, end):
            return True
        match = fragment("directives", "manner").match(letter.key, at, end)
        if not match or letter.key[match.end() : match.end() + 1] not in (" ", ","):
            return False
        at = _after_word(letter, _skip(letter, match.end(), end, " ,"), end, "và ")
    return False


def _is_verb(letter: Letter, at: int, end: int) -> bool:
    if _verb().match(letter.key, at, end):
        return True
    if fragment("directives", "short_verb").match(letter.key, at, end):
        return True
    return bool(_blind_verb().match(_blind(letter.key[at : min(end, at + _LONGEST_VERB)])))


def _blind(words: str) -> str:
    """Words without diacritics, as OCR often leaves them."""
    letters = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    return "".join(one for one in letters if not unicodedata.combining(one))


@cache
def _blind_verb() -> "regex.Pattern[str]":
    """The verbs of two syllables and more without diacritics, for letters read by OCR."""
    pattern = _blind(_verb().pattern.replace(r"\p{L}", "LETTER")).replace("letter", r"\p{L}")
    return regex.compile(pattern, regex.V1 | regex.I)


def _after_word(letter: Letter, at: int, end: int, word: str) -> int:
    return at + len(word) if letter.key.startswith(word, at, end) else at


def read_assignment(prose: Prose, sentence: Span, loose: bool) -> Assignment | None:
    """The work that a sentence gives; None where it gives none.

    `loose`: the sentence stands where duties are expected, so that a party and any verb is
    enough; otherwise only words that give work count.
    """
    found = _by_trigger(prose, sentence)
    subject = _by_subject(prose, sentence, loose)
    if found and subject:
        return subject if subject.at < found.at and not _asks(prose, subject, found) else found
    return found or subject


def _asks(prose: Prose, subject: Assignment, found: Assignment) -> bool:
    """Is the "subject" only the one who asks ("UBND tỉnh yêu cầu Sở Y tế")?"""
    if subject.text == found.at:
        return True
    return bool(found.assigner and subject.leads and subject.leads.start == found.assigner.start)


def _by_trigger(prose: Prose, sentence: Span) -> Assignment | None:
    matches = [
        (match, rule)
        for rule in used_as("trigger")
        for match in rule.pattern.finditer(prose.letter.key, sentence.start, sentence.end)
    ]
    for match, rule in sorted(matches, key=lambda found: found[0].start()):
        if prose.masked(match.start()) or prose.in_party(match.start()):
            continue
        if _refused(prose, sentence, match.start()):
            continue
        assignment = _triggered(prose, sentence, match, rule)
        if assignment:
            return assignment
    return None


def _triggered(
    prose: Prose, sentence: Span, match: "regex.Match[str]", rule: CompiledRule
) -> Assignment | None:
    assigner = _assigner(prose, sentence, match.start())
    at = assigner.start if assigner else match.start()
    prefix = _prefix(prose, Span(sentence.start, at))
    if rule.value.get("weak") and not assigner:
        return None
    if prefix == "words" and prose.letter.key[:at].endswith(" và "):
        return None
    leads = read_run(prose, match.end(), sentence.end)
    if leads is None:
        return _elliptic(prose, sentence, match, rule, assigner, prefix)
    text, colon = duty_start(prose, leads.end, sentence.end)
    return Assignment(at, leads, text, assigner, "trigger", colon, prefix, rule.id)


def _elliptic(
    prose: Prose,
    sentence: Span,
    match: "regex.Match[str]",
    rule: CompiledRule,
    assigner: Span | None,
    prefix: str,
) -> Assignment | None:
    """"Đề nghị báo cáo về Sở Y tế trước ngày …": a duty without a named party."""
    at = assigner.start if assigner else match.start()
    if rule.value.get("weak") or prefix == "words":
        return None
    if not starts_with_verb(prose.letter, match.end(), sentence.end):
        return None
    return Assignment(at, None, match.end(), assigner, "trigger", False, prefix, rule.id)


def _assigner(prose: Prose, sentence: Span, trigger: int) -> Span | None:
    """The party that stands directly before the word that gives work."""
    for party in prose.parties:
        if sentence.start <= party.start and party.end <= trigger:
            between = prose.letter.key[party.end : trigger].strip(" ")
            if between == "," and party.start == sentence.start:
                between = ""
            if between in ("", "có ý kiến", "kính", "cũng", "tiếp tục", "nghiêm túc", "trân trọng"):
                return Span(party.start, party.end)
    return None


def _prefix(prose: Prose, before: Span) -> str:
    """What stands before an assignment: "" nothing, "circumstance", or "words"."""
    words = prose.letter.key[before.start : before.end].strip(" ,-")
    if not words:
        return ""
    if words.endswith(":") and len(words) < 120:
        return "circumstance"
    return "circumstance" if _is_circumstance(prose.letter, before) else "words"


def _is_circumstance(letter: Letter, before: Span) -> bool:
    return any(
        rule.pattern.match(letter.key, before.start, before.end)
        for rule in used_as("circumstance")
    )


def _refused(prose: Prose, sentence: Span, at: int) -> bool:
    """Do the words before "giao", "yêu cầu", … say that nothing is asked here?"""
    key = prose.letter.key
    before = key[max(sentence.start, at - _LOOK_BACK) : at]
    if not before.strip():
        return False
    if _CONDITION.match(key, sentence.start, at) and "," not in key[sentence.start : at]:
        return True
    return any(rule.pattern.search(before) for rule in used_as("refuse"))


_CONDITION = regex.compile(r"[ \"“]*(?:khi|nếu|sau khi|trong trường hợp|trường hợp)\b", regex.V1 | regex.I)


def read_run(prose: Prose, at: int, end: int) -> Span | None:
    """The party or parties that begin at a position; None where none does."""
    at = _skip(prose.letter, at, end, " :,")
    first = prose.party_at(at)
    if first is None and not _may_be_party(prose.letter, at, end):
        return None
    stop = _run_end(prose, at, min(end, at + _LONGEST_RUN))
    if first is not None and stop < first.end:
        stop = first.end
    listed = _listed(prose, at, stop, end)
    return Span(at, listed.end if listed else stop) if stop > at else None


def _listed(prose: Prose, start: int, at: int, end: int) -> Span | None:
    """"các hội: Hội Nghề cá, Hội Tin học": the names after the colon belong to the run."""
    if prose.letter.key[at : at + 2] != ": " or not _PLURAL.match(prose.letter.key, start, at):
        return None
    if starts_with_verb(prose.letter, at + 2, end) or not prose.party_at(at + 2):
        return None
    return read_run(prose, at + 2, end)


_PLURAL = regex.compile(r"(?:các|những|thủ trưởng các|lãnh đạo các|giám đốc các)\b", regex.V1 | regex.I)


def _may_be_party(letter: Letter, at: int, end: int) -> bool:
    """Do the words begin like a party that no row knows, and not like a duty?"""
    if _NO_PARTY.match(letter.key, at, end) or starts_with_verb(letter, at, end):
        return False
    return bool(_HEADS.match(letter.key, at, end))


def _run_end(prose: Prose, at: int, end: int) -> int:
    """Before the first verb that is not part of a name."""
    for match in _boundary().finditer(prose.letter.key, at, end):
        if _HARD.match(prose.letter.key, match.end(), end):
            return _trimmed(prose, at, match.start())
        if prose.in_party(match.end()) or prose.party_at(match.end()) or _within(match.start(), prose.bracketed):
            continue
        ends_name = any(party.end == match.start() for party in prose.parties)
        if not ends_name and _is_noun(prose.letter, at, match.start(), end):
            continue
        named = _RESPONSIBLE.match(prose.letter.key, match.start(), end) if not ends_name else None
        return _trimmed(prose, at, named.start("stop") if named else match.start())
    return _trimmed(prose, at, end)


_RESPONSIBLE = regex.compile(
    r" ?[^,;.:()]{3,90}(?P<stop> (?:có|chịu) trách nhiệm)\b", regex.V1 | regex.I
)
_BODY_BEFORE = regex.compile(r"\b(?:cơ quan|đơn vị|tổ chức|nhóm|công tác|bộ phận|tổ)(?: chủ trì)?$", regex.V1 | regex.I)
_NAME_BEFORE = regex.compile(r"\b(?:ban|đoàn|đội|phòng|hội đồng|thành viên|được|được (?:giao|phân công|cử|chỉ định)|tổ|cơ sở|trường|viện)$", regex.V1 | regex.I)
_OFFICE = regex.compile(
    r"[ ,]+(?:chủ trì|trình|thẩm tra|đầu mối|tham mưu|quản lý|thường trực|soạn thảo|thẩm định|sử dụng|cung cấp|"
    r"tư vấn|thi công|điều phối|đào tạo|kiểm định|kiểm toán|giám sát thi|giao kế hoạch)\b",
    regex.V1 | regex.I,
)


def _is_noun(letter: Letter, start: int, at: int, end: int) -> bool:
    """Is the verb after a position part of a name: "cơ quan chủ trì", "Ban kiểm tra"?"""
    before = letter.key[start:at]
    if _NAME_BEFORE.search(before):
        return True
    return bool(_BODY_BEFORE.search(before) and _OFFICE.match(letter.key, at, end))


_HARD = regex.compile(
    r"(?:theo|căn cứ|trên cơ sở) (?:các )?(?:chức năng|nhiệm vụ)|(?:có|chịu) trách nhiệm\b",
    regex.V1 | regex.I,
)


def _trimmed(prose: Prose, start: int, end: int) -> int:
    """The end of a run of parties without marks and without a bracket that explains it."""
    key = prose.letter.key
    while end > start and key[end - 1] in _END_MARKS:
        end -= 1
    for bracket in prose.bracketed:
        if bracket.end == end and bracket.start > start:
            return _trimmed(prose, start, bracket.start)
    return end


def _skip(letter: Letter, at: int, end: int, marks: str) -> int:
    while at < end and letter.key[at] in marks:
        at += 1
    return at


def duty_start(prose: Prose, at: int, end: int) -> tuple[int, bool]:
    """Where the duty's words begin after its party, and whether a colon stands between."""
    letter, colon, moved = prose.letter, False, True
    while moved:
        moved = False
        start = _skip(letter, at, end, " ,")
        if start < end and letter.key[start] == ":":
            colon, at, moved = True, start + 1, True
            continue
        for rule in used_as("filler"):
            match = rule.pattern.match(letter.key, at, end)
            if match and match.end() > at:
                at, moved = match.end(), True
                break
    return _skip(letter, at, end, " ,:-"), colon


def _by_subject(prose: Prose, sentence: Span, loose: bool) -> Assignment | None:
    """A party that opens the sentence, or stands after a circumstance, and its duty."""
    for at in _subject_places(prose, sentence):
        found = _subject_at(prose, sentence, at, loose)
        if found:
            return found
    return None


def _subject_places(prose: Prose, sentence: Span) -> Iterable[int]:
    """Where a subject may stand: at the start, after a comma or colon of a circumstance."""
    start = _skip(prose.letter, sentence.start, sentence.end, ' "“')
    yield start
    head = prose.letter.key[sentence.start : sentence.end]
    colon = head.find(": ")
    if 0 < colon < 90:
        yield sentence.start + colon + 2
    if _is_circumstance(prose.letter, Span(start, sentence.end)):
        for party in prose.parties:
            if sentence.start < party.start < sentence.end and _after_pause(prose, party.start):
                yield party.start
        comma = prose.letter.key.find(", ", start, min(start + _LONGEST_CIRCUMSTANCE, sentence.end))
        if comma > 0 and not prose.in_party(comma) and _may_be_party(prose.letter, comma + 2, sentence.end):
            yield comma + 2


def _after_pause(prose: Prose, at: int) -> bool:
    """Does a comma end the circumstance here, and not a list of names?"""
    key = prose.letter.key
    if prose.masked(at):
        return False
    if key[at - 2 : at] not in (", ", ": "):
        return key[at - 10 : at].lower() == "thực hiện "
    before = next((party for party in prose.parties if party.end == at - 2), None)
    if before is None:
        return True
    here = prose.party_at(at)
    return not (here and here.party.kind == "group") and _told_by(prose, before)


def _told_by(prose: Prose, party: FoundParty) -> bool:
    """Is a list of parties what a circumstance is "of": "báo cáo của Sở A, Sở B tổng hợp"?"""
    key = prose.letter.key
    for one in reversed([one for one in prose.parties if one.start <= party.start]):
        before = key[max(prose.start, one.opens - 12) : one.opens].lower().rstrip()
        if not before.endswith((",", " và", ";")):
            return before.endswith((" của", " do", " giữa", " tại"))
    return False


def _subject_at(prose: Prose, sentence: Span, at: int, loose: bool) -> Assignment | None:
    letter = prose.letter
    run = read_run(prose, at, sentence.end)
    if run is None or run.end >= sentence.end - 1:
        return None
    if any(rule.pattern.match(letter.key, run.end, sentence.end) for rule in used_as("past")):
        return None
    run = _to_colon(prose, run, sentence)
    text, colon = duty_start(prose, run.end, sentence.end)
    if text >= sentence.end - 1:
        return None
    if not _is_duty(letter, run.end, text, sentence.end, loose or colon):
        if not (colon and _is_circumstance(letter, Span(text, sentence.end))):
            return None
    prefix = _prefix(prose, Span(sentence.start, at))
    return Assignment(at, run, text, None, "subject", colon, prefix, "subject")


def _to_colon(prose: Prose, run: Span, sentence: Span) -> Span:
    """"Các doanh nghiệp cung cấp máy tính: Cài đặt …": the party is all before the colon."""
    key = prose.letter.key
    colon = key.find(": ", run.end, min(run.end + _LONGEST_TAIL, sentence.end))
    if colon < 0 or key[run.end : run.end + 1] in (",", ";", ":"):
        return run
    words = _skip(prose.letter, run.end, colon, " ")
    if _STRONG.match(key, words, colon) or _HARD.search(key, run.end, colon):
        return run
    after = _skip(prose.letter, colon + 1, sentence.end, " ")
    if key[after : after + 1].isupper() and starts_with_verb(prose.letter, after, sentence.end):
        return Span(run.start, colon)
    return run


_STRONG = regex.compile(
    r"(?:chủ trì|phối hợp|chịu trách nhiệm|làm đầu mối|là (?:cơ quan|đơn vị) (?:đầu mối|thường trực)|"
    r"chủ động|khẩn trương|tiếp tục|nghiêm túc|phải |cần )",
    regex.V1 | regex.I,
)


_INNER = regex.compile(
    r"(?:căn cứ|trên cơ sở|tùy (?:theo|tình hình)|trong (?:phạm vi|quá trình)|theo|hằng|hàng|định kỳ|"
    r"trước|chậm nhất|khi|sau khi|ngay sau)\b[^.;]{3,300},? ",
    regex.V1 | regex.I,
)


def _is_duty(letter: Letter, after: int, text: int, end: int, loose: bool) -> bool:
    """Do the words after a party ask something of it?"""
    if _HARD.search(letter.key, after, text):
        return True
    if loose and _INNER.match(letter.key, text, end):
        return True
    if not starts_with_verb(letter, text, end):
        return False
    return loose or bool(_STRONG.match(letter.key, text, end))


def remainder(prose: Prose, at: int, end: int) -> Span:
    """What is left of a sentence as a duty when it announces a list: maybe nothing."""
    letter = prose.letter
    stop = end
    for rule in used_as("introduces"):
        match = rule.pattern.search(letter.key, at, end)
        if match:
            stop = min(stop, max(at, match.start()))
    words = letter.key[at:stop].strip(_END_MARKS)
    if not words or _only_leads(prose, at, stop):
        return Span(at, at)
    return Span(at, stop)


_LEADS_ONLY = regex.compile(
    r"(?:(?:chủ trì|chủ động|đồng|là (?:cơ quan|đơn vị) (?:thường trực|chủ trì|đầu mối))?,? ?(?:và )?"
    r"(?:phối hợp (?:chặt chẽ )?(?:với|cùng)?|cùng (?:với)?|chỉ đạo(?: và hướng dẫn)?|hướng dẫn)? ?)",
    regex.V1 | regex.I,
)


def _only_leads(prose: Prose, at: int, end: int) -> bool:
    """"chủ trì, phối hợp với các sở": roles and parties, no duty of its own."""
    match = _LEADS_ONLY.match(prose.letter.key, at, end)
    if not match or match.end() == at:
        return False
    rest = _skip(prose.letter, match.end(), end, _END_MARKS)
    if rest >= end:
        return True
    run = read_run(prose, rest, end)
    return run is not None and not prose.letter.key[run.end : end].strip(_END_MARKS)


def is_statement(letter: Letter, sentence: Span) -> bool:
    """Does a sentence decide or tell and ask nothing of anybody?"""
    at = _skip(letter, sentence.start, sentence.end, ' "“')
    return any(rule.pattern.match(letter.key, at, sentence.end) for rule in used_as("statement"))


def is_courtesy(letter: Letter, sentence: Span) -> bool:
    """Is a sentence only polite?"""
    return any(
        rule.pattern.search(letter.key, sentence.start, sentence.end)
        for rule in used_as("courtesy")
    )


def verb_led(letter: Letter, own: Span) -> bool:
    """Does a clause begin with what is to be done?"""
    at = _skip(letter, own.start, own.end, ' "“')
    return starts_with_verb(letter, at, own.end)


def is_circumstance(letter: Letter, own: Span) -> bool:
    """Does a clause begin with a circumstance ("Khi …", "Trên cơ sở …")?"""
    at = _skip(letter, own.start, own.end, ' "“')
    return _is_circumstance(letter, Span(at, own.end))


def last_mark(letter: Letter, own: Span) -> str:
    """The last mark of a paragraph."""
    words = letter.key[own.start : own.end].rstrip()
    return words[-1:] if words else ""


def parties_in(prose: Prose, span: Span) -> Sequence[FoundParty]:
    """The parties that stand in a span."""
    return [party for party in prose.parties if span.start <= party.start < span.end]
