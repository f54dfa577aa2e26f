"""Which words of a clause speak of time?

The rows of `rules/deadlines.toml` are tried where a word stands that one of them can begin
with, in the order of the file; the first that fits takes the words. Rows are compiled when a
first word asks for them, so that a letter pays only for what it says.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from unicodedata import normalize

import regex

from extractors.deadlines.beginnings import DIGIT, need, openings
from extractors.rules import compile_once, expanded, rule_file
from schemas.deadline import Relation

_WORD = re.compile(r"\w+|\(")
_RUN = compile_once(r"[^\W\d_]+")
_QUARTER = re.compile("qúy|quí|qúi")
_MARKS = compile_once(r"\p{M}")


# figures and units as rows know them, for words that were typed without marks
_VALUES = dict(
    pair.split("=")
    for pair in [
        "ngay=ngày",
        "tuan=tuần",
        "thang=tháng",
        "quy=quý",
        "nam=năm",
        "gio=giờ",
        "lam=làm",
        "viec=việc",
        "dau=đầu",
        "giua=giữa",
        "cuoi=cuối",
        "nua=nửa",
        "tien=tiên",
        "cung=cùng",
        "sang=sáng",
        "chieu=chiều",
        "toi=tối",
        "mot=một",
        "bon=bốn",
        "tu=tư",
        "sau=sáu",
        "bay=bảy",
        "tam=tám",
        "chin=chín",
        "muoi=mười",
        "gieng=giêng",
        "chap=chạp",
        "thu=thứ",
        "chu=chủ",
        "nhat=nhật",
        "ca=cả",
        "hang=hằng",
        "moi=mỗi",
        "va=và",
        "hoac=hoặc",
    ]
)
_NEXT = {"nay": "này", "toi": "tới", "ke": "kế", "tiep": "tiếp", "lien": "liền"}


@dataclass(slots=True)  # read four times as quickly as a NamedTuple, and made more quickly
class Token:
    """Words read by one row: the row, where they stand, its named figures.

    `kind`: what the reader may do with them.
    """

    rule: "_Row"
    start: int
    end: int
    text: str
    words: dict[str, str]
    kind: str

    @property
    def relation(self) -> Relation | None:
        """The relation of a condition or event to the duty."""
        return self.rule.value.get("relation")  # type: ignore[return-value]

    def says(self, name: str) -> str | int | bool | None:
        """What the row itself says beside its figures."""
        return self.rule.value.get(name)


@lru_cache(maxsize=4)
def lower(key: str) -> str:
    """The key in lower case, of the same length whatever letters it holds; qúy, quí, qúi are quý.

    A letter's key is asked for with each of its claims: the last few are kept.
    """
    small = key.lower()
    if len(small) != len(key):
        small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in key)
    return _QUARTER.sub("quý", small)


def without_brackets(key: str, tokens: tuple[Token, ...]) -> tuple[str, tuple[Token, ...]]:
    """Both without what dates are for, "(báo cáo 6 tháng)"; the key keeps its length."""
    asides = [token for token in tokens if token.kind == "noise" and token.says("aside")]
    if not asides:
        return key, tokens
    for token in asides:
        key = f"{key[: token.start]}{' ' * len(token.text)}{key[token.end :]}"
    return key, tuple(token for token in tokens if token not in asides)


def bare(text: str) -> str:
    """The text without tone and vowel marks: "trước" → "truoc"."""
    return _MARKS.sub("", normalize("NFD", text)).replace("đ", "d").replace("Đ", "D")


def lex(key: str, start: int, end: int, *, unmarked: bool = False) -> tuple[Token, ...]:
    """The tokens of `key[start:end]` (lower case) in reading order.

    `unmarked`: the words were written without Vietnamese marks.
    """
    tokens: list[Token] = []
    clause = key[start:end]
    done = start
    for word in _WORD.finditer(key, start, end):
        at = word.start()
        if at < done:
            continue
        rows = _rows_for(key[at : word.end() + 2], unmarked)
        if rows and (token := _token(key, at, end, rows, clause)) is not None:
            done = token.end
            if unmarked:
                token.words = _marked(token.words)
            tokens.append(token)
    return tuple(tokens)


def _marked(words: dict[str, str]) -> dict[str, str]:
    """The figures of a token with the marks of the words that rows know."""
    return {name: _with_marks(name, text) for name, text in words.items()}


def _with_marks(name: str, text: str) -> str:
    known = _NEXT if name in ("which", "week", "next_month", "next_year") else _VALUES
    return _RUN.sub(lambda match: known.get(match[0], match[0]), text)


def _token(key: str, at: int, end: int, rows: tuple["_Row", ...], clause: str) -> Token | None:
    for row in rows:
        if row.need not in clause:
            continue
        match = row.pattern.match(key, at)
        if match is not None and at < (done := match.end()) <= end:
            told = zip(row.names, match.groups(), strict=True) if row.names else ()
            figures = {name: words for name, words in told if words}
            return Token(row, at, done, match[0], figures, row.kind)
    return None


@dataclass(frozen=True)
class _Row:
    """A row of the file, quicker to ask than a noun; its pattern is compiled when first tried.

    `need`: a word that stands in everything it reads.
    """

    id: str
    value: dict[str, str | int | bool]
    source: str
    kind: str
    need: str

    @cached_property
    def pattern(self) -> regex.Pattern[str] | re.Pattern[str]:
        """`re` where it knows all that the pattern says: it matches in half the time of `regex`."""
        try:
            return re.compile(self.source)
        except re.error:
            return compile_once(self.source, int(regex.VERSION1))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Those of its groups, in their order."""
        index = self.pattern.groupindex
        return tuple(sorted(index, key=index.__getitem__))


@lru_cache(maxsize=16_384)
def _rows_for(opening: str, unmarked: bool) -> tuple[_Row, ...]:
    """The rows that can begin with a word before the two signs after it, in the file's order."""
    index, word = _index(unmarked), _WORD.findall(opening)[0]
    letters, after = _RUN.match(word), opening[len(word) :]
    name = letters[0] if letters else word
    places = set(index.get(name, ()))
    if name == word and after[:1] == " " and after[1:].isalnum():
        letter = DIGIT if after[1].isdigit() else after[1]
        places = {place for place in places if not index[name][place].isdisjoint(("", letter))}
    if any(letter.isdigit() for letter in word):
        places.update(index[DIGIT])
    rows = _rows(unmarked)
    return tuple(rows[place] for place in sorted(places))


@cache
def _index(unmarked: bool) -> dict[str, dict[int, set[str]]]:
    """For each first word ("0": a figure) the places of its rows in the file, with the letters
    that can follow it."""
    index: dict[str, dict[int, set[str]]] = {}
    for place, row in enumerate(_rows(unmarked)):
        for word, letter in openings(row.source):
            index.setdefault(word, {}).setdefault(place, set()).add(letter)
    return index


@cache
def _rows(unmarked: bool) -> tuple[_Row, ...]:
    rules = rule_file("deadlines").rule
    return tuple(
        _Row(rule.id, rule.value, source, str(rule.value["token"]), need(source))
        for rule, source in zip(rules, _sources(unmarked), strict=True)
    )


@cache
def _sources(unmarked: bool) -> tuple[str, ...]:
    """The patterns with their fragments put in."""
    source = rule_file("deadlines")
    patterns = (expanded(rule.pattern, source.fragment) for rule in source.rule)
    return tuple(bare(pattern) if unmarked else pattern for pattern in patterns)
