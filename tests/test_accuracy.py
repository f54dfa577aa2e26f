"""Accuracy is pinned: the tallies of every sample equal samples/scores.json."""

import json
from pathlib import Path

import pytest

from pipeline.score.folders import Scored, score_all
from pipeline.score.pins import Regression, pin_scores, pins_of
from pipeline.score.tally import Tally

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture(scope="module")
def cards() -> list[Scored]:
    return score_all([SAMPLES])


def test_tallies_equal_the_pins(cards: list[Scored]) -> None:
    pinned = json.loads((SAMPLES / "scores.json").read_text(encoding="utf-8"))
    measured = pins_of(cards)
    assert measured.keys() == pinned.keys()
    for slug, pin in pinned.items():
        assert measured[slug] == pin, f"{slug}: after an improvement run `make pin`"


def test_the_seed_letter_is_read_whole_from_each_format(cards: list[Scored]) -> None:
    seed = [scored for scored in cards if scored.slug.startswith("kon-tum-2021/")]
    assert {scored.letter.suffix for scored in seed} >= {".txt", ".docx", ".pdf"}
    for scored in seed:
        assert scored.card.misses == (), scored.slug


def test_a_loss_is_not_pinned_unless_told(cards: list[Scored], tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    pin_scores(path, cards, allow_regression=False)
    scored = cards[0]
    worse = dict(scored.card.fields) | {"tasks": Tally(0, 0, 99)}
    lost = [scored._replace(card=scored.card._replace(fields=worse)), *cards[1:]]
    with pytest.raises(Regression):
        pin_scores(path, lost, allow_regression=False)
    pin_scores(path, lost, allow_regression=True)
    assert json.loads(path.read_text())[scored.slug]["fields"]["tasks"] == [0, 0, 99]
