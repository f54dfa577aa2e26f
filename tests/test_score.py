"""Gold and program say the same in different words."""

from extractors.layout import plain
from extractors.references import find_references
from pipeline.score.references import paired_provisions
from schemas.gold import GoldReference


def pairs(cited: str, *gold: str) -> list[tuple[bool, bool]]:
    """Each provision: is it in gold, is it found?"""
    reference = find_references(plain(f"theo {cited} Luật Đầu tư năm 2020"))[0]
    paired = paired_provisions(GoldReference(doc="Luật Đầu tư", provisions=gold), reference)
    return [(pair.truth is not None, pair.found is not None) for pair in paired]


def test_a_provision_counts_by_its_places_however_gold_gathers_them() -> None:
    cited = "điểm a, điểm b khoản 3 Điều 12"
    apart = ("điểm a khoản 3 Điều 12", "điểm b khoản 3 Điều 12")
    assert pairs(cited, cited) == pairs(cited, *apart) == [(True, True)] * 2


def test_another_clause_is_another_provision() -> None:
    assert pairs("khoản 1 Điều 1", "khoản 2 Điều 1") == [(True, False), (False, True)]
