"""Which of the words that may stand go together best?"""

from collections.abc import Iterator, Sequence

from pipeline.ocr.choices import LISTED, Choice
from pipeline.ocr.ink import Word
from pipeline.ocr.lexicon import following, pairs, preceding
from pipeline.ocr.words import bare, core_of, dressed


def fitting_best(choices: Sequence[Sequence[Choice]], before: str) -> list[Word]:
    """The words that go together best: neighbours that make a word of the language."""
    above = Word(before, (0, 0, 0, 0), 0.0)
    paths: list[tuple[float, list[Word]]] = [(0.0, [above])]
    for index, options in enumerate(choices):
        after = choices[index + 1] if index + 1 < len(choices) else ()
        extended = []
        for option in (better for one in options for better in _meant(one, paths, after)):
            score, words = max(
                ((s + _bond(w, option.word), w) for s, w in paths), key=lambda path: path[0]
            )
            extended.append((score + option.weight, [*words, option.word]))
        paths = extended
    return max(paths, key=lambda path: path[0])[1][1:]


def _bond(words: Sequence[Word], word: Word) -> float:
    return 0.8 if (core_of(words[-1].text), core_of(word.text)) in pairs() else 0.0


def _meant(
    option: Choice, paths: Sequence[tuple[float, list[Word]]], after: Sequence[Choice]
) -> Iterator[Choice]:
    """The choice itself; for other marks, the one syllable that makes a word with a neighbour."""
    if option.weight != LISTED:
        yield option
        return
    letters = bare(option.word.text)
    before = {core_of(words[-1].text) for _, words in paths}
    beside = {core_of(choice.word.text) for choice in after}
    meant = {pair[1] for core in before for pair in following(core) if bare(pair[1]) == letters}
    meant |= {pair[0] for core in beside for pair in preceding(core) if bare(pair[0]) == letters}
    if len(meant) == 1:
        word = option.word._replace(text=dressed(option.word.text, meant.pop()))
        yield Choice(word, 0.2)
