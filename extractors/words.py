"""What do spaCy and underthesea say of these words? The only door to both.

Neither is asked about a whole letter: only where a party must stand and no row of the
gazetteer reads it. Both are loaded on the first such question.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple
from zlib import decompress

from extractors.rules import compile_once, rule_file

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

MODEL = "parties.bin"
_MARKED = compile_once(r"«([^»]+)»")
_TOKEN = compile_once(r"[\p{L}\p{N}]+|\S")


class Name(NamedTuple):
    """A stretch of the words that names a party: AGENCY, OFFICIAL or GROUP."""

    start: int
    end: int
    label: str


class Word(NamedTuple):
    """A Vietnamese word of one syllable or several, and its part of speech (V, N, Np, E …)."""

    start: int
    end: int
    tag: str


class Syllables:
    """A tokenizer whose tokens are runs of letters and digits, and single marks.

    Every token keeps its place: joined with their spaces the tokens are the words.
    """

    def __init__(self, vocab: "Vocab") -> None:
        self.vocab = vocab

    def __call__(self, words: str) -> "Doc":
        """The words as a spaCy document."""
        from spacy.tokens import Doc  # noqa: PLC0415 - loaded on the first question

        matches = list(_TOKEN.finditer(words))
        spaces = [words[m.end() : m.end() + 1].isspace() for m in matches]
        return Doc(self.vocab, words=[m[0] for m in matches], spaces=spaces)


def blank() -> "Language":
    """The pipeline before training: our tokenizer and one small entity recogniser."""
    import spacy  # noqa: PLC0415 - loaded on the first question

    nlp = spacy.blank("xx")
    nlp.tokenizer = Syllables(nlp.vocab)
    nlp.add_pipe("ner", config={"model": _ARCHITECTURE})
    return nlp


@lru_cache(maxsize=512)
def find_names(words: str) -> tuple[Name, ...]:
    """The parties that the trained component sees in the words, in order."""
    if not (files("extractors") / "data" / MODEL).is_file():
        return ()
    doc = _trained()(words)
    return tuple(Name(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents)


@cache
def _trained() -> "Language":
    nlp = blank()
    for label in ("AGENCY", "OFFICIAL", "GROUP"):
        nlp.get_pipe("ner").add_label(label)  # type: ignore[attr-defined]
    nlp.initialize()
    stored = (files("extractors") / "data" / MODEL).read_bytes()
    nlp.from_bytes(decompress(stored), exclude=["tokenizer", "vocab"])
    return _with_gazetteer(nlp)


def _with_gazetteer(nlp: "Language") -> "Language":
    """The names of the gazetteer stand as they are; the component reads what is between."""
    names = [{"label": "AGENCY", "pattern": name} for name in _known_names()]
    if names:
        config = {"phrase_matcher_attr": "LOWER"}
        ruler = nlp.add_pipe("entity_ruler", before="ner", config=config)
        ruler.add_patterns(names)  # type: ignore[attr-defined]
    return nlp


def _known_names() -> Iterator[str]:
    """Names as the rows' own examples write them, and each field after its usual heads."""
    for row in rule_file("agencies").rule:
        if row.value.get("tail") in ("place", "none"):
            yield from (match[1] for example in row.examples for match in _MARKED.finditer(example))
    for row in rule_file("fields").rule:
        yield from (f"{head} {row.value['name']}" for head in ("Sở", "Bộ", "Phòng"))


@lru_cache(maxsize=512)
def segment(words: str) -> tuple[Word, ...]:
    """The words as underthesea parts and tags them, each with its place in `words`."""
    from underthesea import pos_tag  # noqa: PLC0415 - loaded on the first question

    return tuple(_placed(words, pos_tag(words)))


def _placed(words: str, tagged: Iterable[tuple[str, str]]) -> Iterable[Word]:
    """underthesea gives no places and may rewrite marks: each word is looked for in turn."""
    at = 0
    for text, tag in tagged:
        found = words.find(text, at)
        if found >= 0:
            at = found + len(text)
            yield Word(found, at, tag)


_ARCHITECTURE = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 48,
    "maxout_pieces": 2,
    "use_upper": True,
    "nO": None,
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 48,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": [1500, 500, 500, 300],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 48,
            "window_size": 1,
            "maxout_pieces": 2,
            "depth": 4,
        },
    },
}
"""Small on purpose: about half a megabyte, a millisecond for a sentence on one core."""
