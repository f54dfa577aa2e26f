"""Accuracy is pinned: samples/scores.json holds every tally, and what it was measured on."""

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from pipeline.score.folders import Scored
from pipeline.score.tally import Tally

Pins = dict[str, dict[str, object]]


class Regression(ValueError):
    """A field of a letter would be pinned with a loss."""


def pins_of(cards: Iterable[Scored]) -> Pins:
    """Slug → hash of letter and gold, field → [right, spurious, missed]."""
    return {
        scored.slug: {
            "measured_on": _digest(scored.letter, scored.gold),
            "fields": {field: list(tally) for field, tally in scored.card.fields.items()},
        }
        for scored in cards
    }


def _digest(*paths: Path) -> str:
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def pin_scores(path: Path, cards: Iterable[Scored], allow_regression: bool) -> None:
    """Write the pins; refuses a loss on the same letter and gold unless told."""
    fresh = pins_of(cards)
    if path.exists() and not allow_regression:
        lost = list(losses(json.loads(path.read_text(encoding="utf-8")), fresh))
        if lost:
            raise Regression("Kém hơn kết quả đã ghi: " + "; ".join(lost))
    text = json.dumps(fresh, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def losses(old: Pins, new: Pins) -> Iterable[str]:
    """Each field that has fewer right, or more spurious or missed, on unchanged input."""
    for slug, pin in old.items():
        now = new.get(slug)
        if now is None:
            yield f"{slug} không còn"
        elif now["measured_on"] == pin["measured_on"]:
            yield from _lost(slug, pin["fields"], now["fields"])


def _lost(slug: str, old: object, new: object) -> Iterable[str]:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return
    for field, pinned in old.items():
        was, now = Tally(*pinned), Tally(*new.get(field, Tally()))
        if now.right < was.right or now.spurious > was.spurious or now.missed > was.missed:
            yield f"{slug} {field} {tuple(was)} → {tuple(now)}"
