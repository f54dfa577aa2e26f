"""Party phrases written by hand (tests/data/parties.tsv) and how a reading is written down."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import regex

from extractors.layout import plain
from extractors.parties import FoundParty, Home, find_run
from schemas.party import Party

HOMES = {
    "K": Home("Kon Tum", date(2021, 4, 12), "Ủy ban nhân dân tỉnh Kon Tum", "province"),
    "Q": Home("Quảng Ngãi", date(2024, 9, 11), "Ủy ban nhân dân tỉnh Quảng Ngãi", "province"),
    "H": Home("Hà Nội", date(2026, 7, 4), "Ủy ban nhân dân thành phố Hà Nội", "province"),
    "T": Home(None, date(2024, 11, 20), "Thủ tướng Chính phủ", "central"),
    "B": Home(None, date(2020, 5, 4), "Bộ Tư pháp", "central"),
    "X": Home("Kon Tum", date(2021, 6, 1), "Ủy ban nhân dân xã Đăk Pxi", "commune",
              district="huyện Đăk Hà", commune="xã Đăk Pxi"),
    "D": Home("Kon Tum", date(2021, 6, 1), "Ủy ban nhân dân huyện Sa Thầy", "district",
              district="huyện Sa Thầy"),
}  # fmt: skip
_WORDS = regex.compile(r' ?"([^"]+)"$')


@dataclass(frozen=True)
class Phrase:
    """A line of the file: the letter's words, where the parties end, the readings."""

    home: str
    text: str
    end: int
    readings: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.home} {self.text}"

    def found(self) -> tuple[FoundParty, ...]:
        """What is read at the beginning of the words."""
        letter = plain(self.text)
        return find_run(letter, 0, len(letter.text), HOMES[self.home])

    def wanted(self) -> list[str]:
        """The readings, each with its words."""
        whole = self.text[: self.end]
        return [r if _WORDS.search(r) else f'{r} "{whole}"' for r in self.readings]


def phrases() -> list[Phrase]:
    """Every line of the file that is no comment."""
    path = Path(__file__).parent / "data" / "parties.tsv"
    rows = path.read_text(encoding="utf-8").splitlines()
    return [_phrase(row) for row in rows if row and not row.startswith("#")]


def _phrase(row: str) -> Phrase:
    home, words, readings = row.split("\t")
    end = words.find("|") if "|" in words else len(words)
    return Phrase(home, words.replace("|", ""), end, tuple(readings.split(" + ")))


def written(party: Party) -> str:
    """A party as the file writes it down."""
    pieces: list[str] = [party.kind]
    pieces += [f"@{party.position}"] if party.position else []
    pieces += [f"={party.agency.key}"] if party.agency else []
    hat = party.capacity
    pieces += [f"^{hat.position}={hat.agency.key if hat.agency else ''}"] if hat else []
    pieces += [f"*{party.person}"] if party.person else []
    return " ".join([*pieces, f'"{party.text}"'])
