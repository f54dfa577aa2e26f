"""Every gold beside its letter: read, scored, shown."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from pipeline.parse import parse
from pipeline.score import score
from pipeline.score.tally import Card, Tally
from schemas.gold import Gold


class Scored(NamedTuple):
    """The score of one letter file; `slug` names its folder and file."""

    slug: str
    letter: Path
    gold: Path
    card: Card


def score_all(golds: Iterable[Path]) -> list[Scored]:
    """Score every letter beside every gold.json that the paths name or hold."""
    return [scored for path in golds for gold in _golds(path) for scored in _scored(gold)]


def _golds(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob("gold.json"))


def _scored(path: Path) -> Iterator[Scored]:
    gold = Gold.model_validate_json(path.read_bytes())
    for letter in letters_beside(path):
        slug = f"{path.parent.name}/{letter.name}"
        yield Scored(slug, letter, path, score(gold, parse(letter)))


def letters_beside(gold: Path) -> list[Path]:
    """The forms of the letter that a gold is of: letter.* but its source in TOML."""
    found = sorted(gold.parent.glob("letter.*"))
    return [path for path in found if path.suffix not in {".toml", ".json"}]


def summed(cards: Iterable[Card]) -> dict[str, Tally]:
    """The tallies of several letters together."""
    total: dict[str, Tally] = {}
    for card in cards:
        for field, tally in card.fields.items():
            total[field] = total.get(field, Tally()).plus(tally)
    return total


def print_scores(cards: list[Scored], misses: bool, console: Console | None = None) -> None:
    """A row a letter for the main fields, then every field over all letters."""
    console = console or Console()
    console.print(_by_letter(cards))
    console.print(_by_field(summed(scored.card for scored in cards)))
    if misses:
        for scored in cards:
            for miss in scored.card.misses:
                console.print(
                    f"{scored.slug} {miss.field}: đúng là {miss.expected!r}, đọc ra {miss.found!r}",
                    highlight=False,
                    markup=False,
                    soft_wrap=True,
                )


MAIN = ("tasks", "leads", "supports", "deadlines", "references", "footnotes")


def _by_letter(cards: list[Scored]) -> Table:
    table = Table("Văn bản", *MAIN, title="đúng / thừa / thiếu")
    for scored in cards:
        table.add_row(scored.slug, *(_tally(scored.card.fields, field) for field in MAIN))
    return table


def _tally(fields: Mapping[str, Tally], field: str) -> str:
    tally = fields.get(field, Tally())
    return "/".join(map(str, tally)) if any(tally) else "·"


def _by_field(fields: Mapping[str, Tally]) -> Table:
    table = Table("Trường", "đúng", "thừa", "thiếu", "P", "R", "F1")
    for field, tally in fields.items():
        shares = (tally.precision, tally.recall, tally.f1)
        table.add_row(
            field, *map(str, tally), *(f"{s:.3f}" if s is not None else "·" for s in shares)
        )
    return table
