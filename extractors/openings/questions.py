"""How is a pair of lines asked, and which questions are asked everywhere?"""

from collections.abc import Callable, Sequence

from extractors.openings.pair import Pair, width_of

Question = Callable[[Pair], bool | None]
"""True: the line opens a paragraph; False: it goes on; None: that sign is not there."""


def first_answer(questions: Sequence[Question], pair: Pair, otherwise: bool) -> bool:
    """The first answer that one of the questions gives."""
    for question in questions:
        answer = question(pair)
        if answer is not None:
            return answer
    return otherwise


def small_letter_goes_on(pair: Pair) -> bool | None:
    """A small letter after a line that did not end: it goes on."""
    return False if pair.small and not pair.ended else None


def first_word_had_room(pair: Pair) -> bool | None:
    """The line before ended early: its writer ended it."""
    words = pair.line.text.split(" ", 2)
    word = " ".join(words[:2]) if pair.labelled and len(words[0]) <= 2 else words[0]
    letter = min(width_of(pair.box) / max(len(pair.line.text), 1), 0.6 * (pair.line.size or 14.0))
    needed = (len(word) + 1.2) * letter
    if pair.rough:
        return True if pair.slack > 1.4 * needed + 8 else None
    return True if pair.slack > 1.15 * needed + 2 else None
