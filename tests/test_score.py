"""Gold and program say the same in different words."""

from extractors.layout import plain
from extractors.references import find_references
from pipeline.score import Tally, provisions_of
from schemas.gold import GoldReference


def tally(cited: str, gold: tuple[str, ...]) -> Tally:
    reference = find_references(plain(f"theo {cited} Luật Đầu tư năm 2020"))[0]
    return provisions_of(GoldReference(doc="Luật Đầu tư", provisions=gold), reference)


def test_a_provision_counts_by_its_places_however_gold_gathers_them() -> None:
    cited = "điểm a, điểm b khoản 3 Điều 12"
    apart = ("điểm a khoản 3 Điều 12", "điểm b khoản 3 Điều 12")
    assert tally(cited, (cited,)) == tally(cited, apart) == Tally(right=2)


def test_another_clause_is_another_provision() -> None:
    assert tally("khoản 1 Điều 1", ("khoản 2 Điều 1",)) == Tally(spurious=1, missed=1)
