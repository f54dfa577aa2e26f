"""When is it due: worked phrases, laws of counting, prose, and what must never be guessed."""

import json
import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import regex
from holidays import country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from extractors.deadlines import Dateline, dateline_of, find_deadlines, occurrences, read_phrase
from extractors.deadlines.beginnings import DIGIT, openings
from extractors.deadlines.law import _holidays, is_working_day, period_end, working_days_after
from extractors.deadlines.lexer import bare, lower
from extractors.layout import plain
from extractors.rules import expanded, rule_file
from extractors.text import fold
from schemas.deadline import By, Deadline, Within
from schemas.letter import Quote, Span
from schemas.letterhead import Letterhead, Words
from schemas.task import Bare, Claim

DATA = Path(__file__).parent / "data" / "deadlines"
FIELDS = (
    "kind", "start", "end", "bound", "due", "time", "rrule", "duration", "relation", "event",
    "precision", "part", "confidence",
)  # fmt: skip
READ_BY_HAND = FIELDS[:10]
APRIL = Dateline(date(2021, 4, 12))


def phrases(name: str) -> list[dict[str, Any]]:
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def read(row: dict[str, Any]) -> tuple[Deadline, ...]:
    dateline = Dateline(date.fromisoformat(row["issued"]), row.get("context_year"))
    return read_phrase(row["text"], dateline, labelled=row.get("labelled", True))


def said(deadline: Deadline, fields: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a deadline that hold something, as in the data files."""
    found = deadline.model_dump(mode="json", include=set(fields))
    if found.get("duration"):
        found["duration"] = {k: v for k, v in found["duration"].items() if v is not None}
    return {name: value for name, value in found.items() if value is not None}


def difference(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> list[str]:
    """Field by field: what was read and what stands in the data file."""
    lines = [] if len(found) == len(expected) else [f"{len(found)} read, {len(expected)} expected"]
    for place in range(max(len(found), len(expected))):
        one = found[place] if place < len(found) else {}
        other = expected[place] if place < len(expected) else {}
        lines += [
            f"[{place}] {name}: read {one.get(name)!r}, expected {other.get(name)!r}"
            for name in FIELDS
            if one.get(name) != other.get(name)
        ]
    return lines


@pytest.mark.parametrize("row", phrases("worked"), ids=lambda row: row["id"])
def test_worked_phrases_are_read_exactly(row: dict[str, Any]) -> None:
    found = [said(deadline, FIELDS) for deadline in read(row)]
    assert not difference(found, row["expected"]), row["text"]


@pytest.mark.parametrize("row", phrases("collected"), ids=lambda row: row["id"])
def test_phrases_of_real_letters_are_read_as_a_person_reads_them(row: dict[str, Any]) -> None:
    found = [said(deadline, READ_BY_HAND) for deadline in read(row)]
    assert not difference(found, row["expected"]), row["text"]


@pytest.mark.parametrize(
    "row",
    [
        row
        for name in ("families", "later", "neighbours", "written", "blind")
        for row in phrases(name)
    ],
    ids=lambda row: row["id"],
)
def test_one_family_of_wordings_is_one_reading(row: dict[str, Any]) -> None:
    found = [said(deadline, READ_BY_HAND) for deadline in read(row)]
    assert not difference(found, row["expected"]), row["text"]


# ------------------------------------------------------------------ words and places


def test_the_quote_is_the_words_with_their_bound() -> None:
    letter = plain("1. Rà soát.\nThời gian: Hoàn thành trước ngày 15 tháng 5 năm 2021.")
    claim = Claim(Span(letter.text.index("Hoàn"), len(letter.text)), labelled=True)
    (found,) = find_deadlines(letter, (claim,), APRIL)
    assert found.quote.text == "trước ngày 15 tháng 5 năm 2021"
    assert letter.text[found.quote.start : found.quote.end] == found.quote.text
    assert found.rule == "bound.before"


def test_each_period_of_a_list_has_its_own_words() -> None:
    found = read_phrase("hằng tháng, quý, 6 tháng, năm", APRIL)
    assert [d.quote.text for d in found] == ["hằng tháng", "quý", "6 tháng", "năm"]


def test_an_inherited_claim_says_from_where() -> None:
    letter = plain("trước ngày 15/5/2021")
    claim = Claim(Span(0, len(letter.text)), inherited_from="II", labelled=True)
    assert find_deadlines(letter, (claim,), APRIL)[0].inherited_from == "II"


def test_the_same_words_claimed_twice_are_one_deadline() -> None:
    letter = plain("báo cáo trước ngày 15/5/2021")
    claims = (Claim(Span(8, len(letter.text)), labelled=True), Claim(Span(0, len(letter.text))))
    assert len(find_deadlines(letter, claims, APRIL)) == 1


def test_a_bare_figure_takes_the_unit_of_its_header() -> None:
    (found,) = read_phrase("07", APRIL, bare="days")
    assert found.duration is not None
    assert (found.kind, found.duration.value, found.duration.anchor) == ("duration", "P7D", None)


@pytest.mark.parametrize(
    ("words", "bare", "read"),
    [
        ("04", "month", ("within", "2021-04-01", "2021-04-30")),
        ("5 - 6", "month", ("within", "2021-05-01", "2021-06-30")),
        ("III, IV", "quarter", ("within", "2021-07-01", "2021-12-31")),
        ("II", "quarter", ("within", "2021-04-01", "2021-06-30")),
        ("Đầu tháng 9", "month", ("within", "2021-09-01", "2021-09-10")),
        ("30/4", "last day", ("by", "None", "2021-04-30")),
        ("ngày 30/4/2021", "last day", ("by", "None", "2021-04-30")),
        ("tháng 4", "last day", ("within", "2021-04-01", "2021-04-30")),
        ("từ ngày 20/4 đến ngày 30/4", "last day", ("within", "2021-04-20", "2021-04-30")),
    ],
)
def test_a_header_says_what_a_figure_or_day_alone_is(
    words: str, bare: Bare, read: tuple[str, str, str]
) -> None:
    (found,) = read_phrase(words, APRIL, bare=bare)
    assert (found.kind, str(getattr(found, "start", None)), str(found.end)) == read
    assert found.quote.text == words


def test_a_time_clause_without_a_time_is_unread_not_silent() -> None:
    (found,) = read_phrase("Sở Khoa học và Công nghệ đưa ra kế hoạch", APRIL)
    assert (found.kind, found.confidence) == ("unread", "low")


# ------------------------------------------------------------------ counting


def test_working_days_skip_weekends_and_public_holidays() -> None:
    assert working_days_after(date(2021, 4, 28), 3) == date(2021, 5, 5)
    assert not is_working_day(date(2021, 5, 3))


def test_a_period_that_ends_on_a_day_off_rolls_and_a_named_day_does_not() -> None:
    assert period_end(date(2021, 4, 15), 10, "D", working=False) == date(2021, 4, 26)
    (named,) = read_phrase("chậm nhất ngày 15/5/2021", APRIL)
    assert named.due == date(2021, 5, 15)
    assert named.doubts == ("not_working_day",)
    assert named.confidence == "high"


def test_truoc_is_exclusive_unless_the_setting_says_otherwise() -> None:
    lenient = Dateline(date(2021, 4, 12), before="inclusive")
    (strict,) = read_phrase("trước ngày 15/5/2021", APRIL)
    (loose,) = read_phrase("trước ngày 15/5/2021", lenient)
    assert (strict.bound, strict.due) == ("exclusive", date(2021, 5, 14))
    assert (loose.bound, loose.due) == ("inclusive", date(2021, 5, 15))
    (quarter,) = read_phrase("trước quý IV/2021", lenient)
    assert quarter.due == date(2021, 9, 30)


def test_a_length_from_the_day_of_effect_needs_that_day() -> None:
    words = "trong 10 ngày kể từ ngày Quyết định này có hiệu lực"
    (unknown,) = read_phrase(words, APRIL)
    (known,) = read_phrase(words, Dateline(date(2021, 4, 12), effective=date(2021, 5, 1)))
    assert (unknown.end, known.end) == (None, date(2021, 5, 11))


def test_lunar_days_are_converted() -> None:
    (found,) = read_phrase("trước ngày 10 tháng 3 âm lịch", APRIL)
    assert found.end == date(2021, 4, 21)


def test_without_a_date_of_its_own_a_letter_gives_no_year() -> None:
    (found,) = read_phrase("trước ngày 15/5", Dateline(None))
    assert (found.kind, found.doubts) == ("unread", ("year_unknown",))
    (dated,) = read_phrase("trước ngày 15/5/2021", Dateline(None))
    assert dated.due == date(2021, 5, 14)


def test_the_table_of_national_days_stands_beside_the_letters_word() -> None:
    (found,) = read_phrase("trước ngày bầu cử đại biểu Quốc hội khóa XV", APRIL)
    assert (found.kind, found.due, found.resolved) == ("event", None, date(2021, 5, 23))
    assert found.source is not None
    assert "133/2020/QH14" in found.source


def test_a_recurrence_is_expanded_up_to_a_day() -> None:
    (found,) = read_phrase("trước ngày 15/6 và 15/12 hằng năm", APRIL)
    assert occurrences(found, date(2022, 12, 31), since=date(2021, 4, 12)) == (
        date(2021, 6, 15), date(2021, 12, 15), date(2022, 6, 15), date(2022, 12, 15),
    )  # fmt: skip
    (dated,) = read_phrase("trước ngày 15/6/2021", APRIL)
    assert occurrences(dated, date(2022, 12, 31), since=date(2021, 4, 12)) == ()


@pytest.mark.parametrize(
    ("subject", "year"),
    [
        ("Công tác năm 2021 của Ban", 2021),
        ("Kế hoạch cải cách hành chính năm 2022", 2022),
        ("Chương trình giai đoạn 2021-2025", None),
        ("Sơ kết năm 2020 và nhiệm vụ năm 2021", None),
        ("Kết quả thực hiện Nghị quyết năm 2015", None),
    ],
)
def test_a_plan_is_reckoned_in_the_year_of_its_title(subject: str, year: int | None) -> None:
    words = Words(text=subject, spans=(Span(0, len(subject)),))
    head = Letterhead(issued=date(2021, 4, 12), subject=words)
    assert dateline_of(head).context_year == year


# ------------------------------------------------------------------ never a guess

IMPOSSIBLE = [
    "trước ngày 31/4/2021",
    "ngày 15/13/2021",
    "ngày 32 tháng 5 năm 2021",
    "Tháng 13/2021",
    "Từ ngày 15/6/2021 đến ngày 15/5/2021",
    "29/02/2021",
]
IN_PART = [
    "Trước ngày 15/S/2021",
    "Trước ngày 15/5/20211",
    "quý III/ tháng",
    "trước ngày 10 của tháng đó",
    "trong vòng ít nhất 05 ngày",
    "năm (06) ngày làm việc",
    "2 lần/tuần",
    "sáng năm 2025",
]


@pytest.mark.parametrize("words", IMPOSSIBLE + IN_PART)
def test_what_is_impossible_or_read_in_part_is_unread(words: str) -> None:
    for found in read_phrase(words, APRIL):
        assert found.kind == "unread"
        assert (found.end, found.due) == (None, None)


def test_words_left_over_lower_the_confidence() -> None:
    (found,) = read_phrase("Hoàn thành trước ngày 15/5/2021, riêng 3 địa bàn sau", APRIL)
    assert (found.confidence, found.doubts) == ("low", ("residue",))


def test_a_wrong_day_of_the_week_is_a_doubt() -> None:
    (right,) = read_phrase("Trước 15h ngày thứ Sáu (16/4/2021)", APRIL)
    (wrong,) = read_phrase("Trước 15h ngày thứ Năm (16/4/2021)", APRIL)
    assert (right.confidence, wrong.confidence) == ("high", "low")
    assert wrong.doubts == ("weekday_mismatch",)


def test_a_last_day_before_the_letter_is_a_doubt() -> None:
    (found,) = read_phrase("trước ngày 16/3/2021", APRIL)
    assert (found.confidence, found.doubts) == ("low", ("past_at_issue",))


def test_the_nouns_refuse_what_contradicts_itself() -> None:
    quote = Quote(text="x", start=0, end=1)
    with pytest.raises(ValidationError):
        Within(start=date(2021, 5, 2), end=date(2021, 5, 1), quote=quote, rule="r")
    with pytest.raises(ValidationError):
        By(end=date(2021, 5, 1), due=date(2021, 5, 2), bound="inclusive", quote=quote, rule="r")
    with pytest.raises(ValidationError):
        By(end=date(2021, 5, 1), bound="inclusive", time="25:00", quote=quote, rule="r")


# ------------------------------------------------------------------ prose

DUTY = """Giao Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành rà soát theo Quyết định số \
12/QĐ-UBND ngày 05/3/2021, hoàn thành trong quý II; báo cáo Ủy ban nhân dân tỉnh trước ngày \
15/12 hằng năm. Thường xuyên kiểm tra, kịp thời đôn đốc kế hoạch hằng năm, giai đoạn 2021-2025; \
tiếp thu ý kiến tại cuộc họp ngày 01/4/2021, phấn đấu đến năm 2030 đạt 95%."""


def test_in_prose_only_real_deadlines_are_read() -> None:
    found = read_phrase(DUTY, APRIL, labelled=False)
    assert [d.quote.text for d in found] == ["trong quý II", "trước ngày 15/12 hằng năm"]


def test_manner_counts_in_a_time_clause_and_not_in_prose() -> None:
    words = "thường xuyên, kịp thời kiểm tra việc thực hiện"
    assert read_phrase(words, APRIL, labelled=False) == ()
    assert read_phrase("thường xuyên", APRIL)[0].kind == "ongoing"


# ------------------------------------------------------------------ fuzz

ALL = [
    row["text"]
    for name in ("worked", "collected", "families", "later", "written")
    for row in phrases(name)
]
_NAMES = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_NUMBERS = {word: place for place, word in enumerate(_NAMES, start=1)} | {
    "tư": 4, "giêng": 1, "chạp": 12, "i": 1, "ii": 2, "iii": 3, "iv": 4,
}  # fmt: skip
NUMBER_WORDS = _NUMBERS | {bare(word): value for word, value in _NUMBERS.items()}
DAYS_BY_WORDS = regex.compile(
    r"nay|này|sau|tới|mai|kia|hôm|trong ngày|tuần|âm|al|thứ|chủ nhật|cuối cùng|ngày cuối|nam|toi|tu"
)


def misread(text: str, at: int, how: int) -> str:
    """One slip of a typist or a scanner at a place of the text."""
    before, letter, after = text[:at], text[at], text[at + 1 :]
    slips = (
        "",
        letter + letter,
        f" {letter}",
        letter.upper(),
        letter.lower(),
        {"0": "O", "1": "l", "5": "S", "8": "B", "/": ".", ".": "-", "-": "–"}.get(letter, letter),
        unicodedata.normalize("NFD", letter)[0],
        {"ò": "o", "ú": "u", "ý": "y", "ằ": "à", "ă": "a", "ê": "e", "ầ": "â"}.get(letter, letter),
        f"{letter}\n",
    )
    return before + slips[how % len(slips)] + after


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(ALL))
    for _ in range(draw(st.integers(1, 4))):
        if text:
            text = misread(text, draw(st.integers(0, len(text) - 1)), draw(st.integers(0, 8)))
    return text


def figures(text: str) -> set[int]:
    """Every number that the words can hold, letters that look like figures read as such."""
    looks = text.translate(str.maketrans("lLIoO", "11100"))
    found = {int(run) for run in regex.findall(r"\d+", looks) if len(run) < 9}
    words = regex.findall(r"\w+", text.lower())
    return found | {NUMBER_WORDS[word] for word in words if word in NUMBER_WORDS}


def days_of_month(rrule: str | None) -> list[int]:
    """The days that a rule names by their figure; -1 and parts of months are named by words."""
    named = regex.search(r"BYMONTHDAY=(\d+(?:,\d+)*)", rrule or "")
    return [int(day) for day in named[1].split(",")] if named else []


@settings(max_examples=500, deadline=None, derandomize=True)
@given(text=mutated(), labelled=st.booleans())
def test_no_slip_raises_or_makes_a_day_that_the_words_do_not_hold(
    text: str, labelled: bool
) -> None:
    held = figures(text)
    by_words = DAYS_BY_WORDS.search(text.lower()) is not None
    for found in read_phrase(text, APRIL, labelled=labelled):
        assert counts_are_held(found, held), (text, found)
        assert by_words or days_are_held(found, held), (text, found)


def counts_are_held(found: Deadline, held: set[int]) -> bool:
    """A length and a time of day stand in the words: "5 giờ chiều", a quarter as three months."""
    length = "".join(filter(str.isdigit, found.duration.value if found.duration else ""))
    hour = int(found.time[:2]) if found.time else None
    return (not length or bool({int(length), int(length) // 3} & held)) and (
        hour is None or bool({hour, hour - 12} & held)
    )


def days_are_held(found: Deadline, held: set[int]) -> bool:
    """The days of a deadline, or of its rule, stand in the words; "từ ngày ký" is the letter's."""
    if found.precision not in ("day", "minute"):
        return True
    if found.kind not in ("by", "within", "from"):
        return set(days_of_month(found.rrule)) <= held
    named = [day for day in (found.start, found.end) if day not in (None, APRIL.issued)]
    return all(is_held(day, held) for day in named if day is not None)


def is_held(day: date, held: set[int]) -> bool:
    """Its year may be the one before: "28/12 và 02/01/2022"."""
    years = held | {2000 + figure for figure in held}
    told = {2021, 2022} | years | {year - 1 for year in years}
    return {day.day, day.month} <= held and day.year in told


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    text=st.text(
        alphabet=st.sampled_from("0123456789/-., ()ngàytháquýnămtrướcđếnIVX:h"), max_size=40
    )
)
def test_any_text_is_read_without_an_error(text: str) -> None:
    read_phrase(text, APRIL)
    read_phrase(text, APRIL, labelled=False)


def test_a_row_is_tried_at_the_first_word_of_each_example() -> None:
    for rule in rule_file("deadlines").rule:
        opens = openings(expanded(rule.pattern, rule_file("deadlines").fragment))
        for example in rule.examples:
            words = regex.search("«(.+?)»", lower(fold(example)))
            assert words is not None, example
            first = regex.match(r"([^\W\d_]+|\d|\()[\W_]*(\w?)", words[1])
            assert first is not None, example
            word, letter = (DIGIT if sign.isdigit() else sign for sign in first.groups())
            assert {(word, letter), (word, "")} & opens, (rule.id, example)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(?:hằng|mỗi) tháng", {"hằng t", "mỗi t"}),
        ("(?:vào )?(?=x)ngày \\d", {"vào n", "ngày 0"}),
        ("(?<!tháng )trước|\\(?năm(?: \\d+)?", {"trước", "( n", "năm", "năm 0"}),
        ("t\\.? ?(?P<month>[01]?\\d)", {"t 0"}),
        ("[12]?\\d(?:h|:)", {DIGIT}),
        ("ai?n", {"a i", "a n", "ai i", "ai n"}),
        (
            "(?:từ[ ,]+)*(?:quý [iv]+|hôm .|lúc [^x])",
            {"từ t", "từ q", "từ h", "từ l", "quý", "hôm", "lúc"},
        ),
    ],
)
def test_beginnings_are_read_off_a_pattern(pattern: str, words: set[str]) -> None:
    assert {" ".join(opening).strip() for opening in openings(pattern)} == words


def test_vietnam_alone_has_the_holidays_of_the_package() -> None:
    whole = country_holidays("VN")
    days = [date(2018, 1, 1) + timedelta(days) for days in range(365 * 12)]
    assert [day for day in days if day in _holidays()] == [day for day in days if day in whole]


def test_a_length_whose_words_stand_on_two_lines_of_a_cell() -> None:
    letter = plain("Trong thời hạn\n60 ngày kể từ khi\nnghiệm thu")
    claim = Claim(Span(0, len(letter.text)), labelled=True)
    (found,) = find_deadlines(letter, (claim,), APRIL)
    assert (found.kind, found.event, found.doubts) == ("duration", "nghiệm thu", ())


def test_a_sentence_ends_before_a_capital_with_marks() -> None:
    found = read_phrase(
        "Báo cáo kết quả. Ủy ban nhân dân xã niêm yết trong tháng 5/2021.", APRIL, labelled=False
    )
    assert [deadline.quote.text for deadline in found] == ["trong tháng 5/2021"]


def test_a_draft_without_its_day_is_reckoned_in_the_year_it_says() -> None:
    dateline = dateline_of(Letterhead(year=2021))
    assert dateline.context_year == 2021
    (found,) = read_phrase("trước ngày 15/5", dateline)
    assert found.due == date(2021, 5, 14)


def test_where_a_column_says_when_the_sentence_says_what() -> None:
    letter = plain("Ký cam kết trước khi nghỉ hè\nTrước ngày 25/5/2021")
    at = letter.text.index("Trước")
    claims = (Claim(Span(0, at)), Claim(Span(at, len(letter.text)), labelled=True))
    assert [found.kind for found in find_deadlines(letter, claims, APRIL)] == ["by"]
    assert [found.kind for found in find_deadlines(letter, claims[:1], APRIL)] == ["event"]
