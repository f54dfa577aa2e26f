"""What is right, spurious, missed when two lists are paired?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

TruthT = TypeVar("TruthT")
FoundT = TypeVar("FoundT")


class Pair(NamedTuple, Generic[TruthT, FoundT]):
    """What gold has beside what the program has; None on one side: missed or spurious."""

    truth: TruthT | None
    found: FoundT | None


class Tally(NamedTuple):
    """Counts of one field."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Both counts added up."""
        return Tally(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        found = self.right + self.spurious
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """Share of the truth that was found; None where there is no truth."""
        truth = self.right + self.missed
        return self.right / truth if truth else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where there is nothing to count."""
        total = 2 * self.right + self.spurious + self.missed
        return 2 * self.right / total if total else None


class Miss(NamedTuple):
    """One thing that was not right: its field, what gold has, what the program has."""

    field: str
    expected: str | None
    found: str | None


class Card(NamedTuple):
    """The score of one letter."""

    fields: dict[str, Tally]
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class Counting:
    """A card while it is being filled."""

    fields: dict[str, Tally]
    misses: list[Miss]

    def count(
        self,
        field: str,
        pairs: Iterable[Pair[TruthT, FoundT]],
        say: tuple[Callable[[TruthT], str], Callable[[FoundT], str]] = (str, str),
    ) -> None:
        """Tally pairs: (truth, found) right, (truth, None) missed, (None, found) spurious."""
        tally = self.fields.get(field, Tally())
        for truth, found in pairs:
            tally = tally.plus(_outcome(truth, found))
            if truth is None or found is None:
                expected = None if truth is None else say[0](truth)
                self.misses.append(Miss(field, expected, None if found is None else say[1](found)))
        self.fields[field] = tally

    def names(
        self,
        field: str,
        truths: Sequence[str],
        found: Sequence[str],
        same: Callable[[str, str], float],
    ) -> None:
        """Pair what is the same and tally."""
        self.count(field, paired(truths, found, same))

    def single(
        self, field: str, truth: str | None, found: str | None, same: Callable[[str, str], float]
    ) -> None:
        """Pair a field that a letter has once or not at all."""
        self.names(field, [truth] if truth else [], [found] if found else [], same)


def _outcome(truth: object, found: object) -> Tally:
    return Tally(
        int(truth is not None and found is not None), int(truth is None), int(found is None)
    )


def paired(
    truths: Sequence[TruthT], found: Sequence[FoundT], same: Callable[[TruthT, FoundT], float]
) -> list[Pair[TruthT, FoundT]]:
    """The best one-to-one pairing: most similar first; 0 means not the same."""
    scores = sorted(
        ((same(t, f), -i, -j) for i, t in enumerate(truths) for j, f in enumerate(found)),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for likeness, i, j in scores:
        if likeness > 0 and -i not in taken and -j not in taken.values():
            taken[-i] = -j
    pairs: list[Pair[TruthT, FoundT]] = []
    pairs += [
        Pair(truth, found[taken[i]] if i in taken else None) for i, truth in enumerate(truths)
    ]
    pairs += [Pair(None, extra) for j, extra in enumerate(found) if j not in taken.values()]
    return pairs
