"""Which parties stand in these words, and which body in the country is each?"""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phrases import HOMES, Phrase, phrases, written

from extractors.layout import plain
from extractors.parties import Home, find_abbreviations, find_parties, home_of, read_party
from extractors.parties.gazetteer import gazetteer
from extractors.text import fold
from schemas.party import Agency

KON_TUM, CENTRAL = HOMES["K"], HOMES["T"]


@pytest.mark.parametrize("phrase", phrases(), ids=str)
def test_a_party_phrase_is_read_as_a_person_reads_it(phrase: Phrase) -> None:
    assert [written(found.party) for found in phrase.found()] == phrase.wanted()


def agency(words: str, home: Home = KON_TUM) -> Agency:
    found = read_party(plain(words), 0, len(words), home).agency
    assert found is not None
    return found


def texts(words: str, home: Home = KON_TUM) -> list[str]:
    letter = plain(words)
    return [found.party.text for found in find_parties(letter, 0, len(letter.text), home)]


@pytest.mark.parametrize(
    "words",
    [
        "Báo cáo kết quả thực hiện",
        "Tổ chức thực hiện nghiêm túc",
        "Ban hành kế hoạch chi tiết",
        "Trường hợp có vướng mắc",
        "Hội nghị trực tuyến toàn quốc",
        "Phòng, chống thiên tai",
        "Thanh tra, kiểm tra việc chấp hành",
        "cơ sở dữ liệu dùng chung",
        "bộ phận tiếp nhận hồ sơ",
        "dịch vụ công trực tuyến",
        "chương trình công tác",
    ],
)
def test_words_that_look_like_a_body_are_none(words: str) -> None:
    assert texts(words) == []


def test_a_document_number_names_no_body() -> None:
    assert texts("Tờ trình số 12/TTr-SNV và Công văn 45/UBND-KT") == []


def test_a_body_has_one_canonical_name_however_it_is_written() -> None:
    spellings = ["Sở LĐ-TB&XH", "Sở Lao động – Thương binh và Xã hội tỉnh Kon Tum", "SLĐTBXH"]
    names = {agency(words).canonical for words in spellings}
    assert names == {"Sở Lao động - Thương binh và Xã hội tỉnh Kon Tum"}


def test_bare_words_are_read_from_the_letters_home() -> None:
    assert agency("Công an tỉnh").canonical == "Công an tỉnh Kon Tum"
    assert agency("UBND Thành phố", HOMES["H"]).canonical == "Ủy ban nhân dân thành phố Hà Nội"
    assert agency("UBND thành phố Kon Tum").level == "district"


def test_a_central_letter_leaves_a_bare_department_without_a_province() -> None:
    assert agency("Sở Y tế", CENTRAL).canonical == "Sở Y tế"


def test_an_identifier_is_given_with_its_source() -> None:
    committee = agency("UBND tỉnh")
    assert (committee.code, committee.code_source) == ("H34", "Quyết định 20/2020/QĐ-TTg")


def test_an_identifier_is_not_given_after_the_body_ended() -> None:
    later = Home("Kon Tum", date(2025, 8, 1), None, "province")
    assert agency("UBND tỉnh", later).code is None


def test_a_dissolved_ministry_names_who_took_over() -> None:
    successor = agency("Bộ Giao thông vận tải", CENTRAL).successor
    assert successor is not None
    assert (successor.name, successor.since) == ("Bộ Xây dựng", "2025-03-01")
    assert successor.source == "Nghị quyết 176/2025/QH15"


def test_a_merged_province_takes_its_departments_along() -> None:
    successor = agency("Sở Nội vụ").successor
    assert successor is not None
    assert successor.name == "Sở Nội vụ tỉnh Quảng Ngãi"
    assert agency("Sở Nội vụ", HOMES["H"]).successor is None


def test_a_department_dissolved_in_a_merged_province_names_both_sources() -> None:
    successor = agency("Sở Kế hoạch và Đầu tư").successor
    assert successor is not None
    assert successor.name == "Sở Tài chính tỉnh Quảng Ngãi"
    assert successor.source == "Nghị định 45/2025/NĐ-CP; Nghị quyết 202/2025/QH15"


def test_the_district_level_ended() -> None:
    successor = agency("UBND huyện Sa Thầy").successor
    assert successor is not None
    assert successor.since == "2025-07-01"


def test_home_is_told_by_the_letterhead_before_the_place_line() -> None:
    home = home_of(
        plain("x"),
        place="Hà Nội",
        issued=date(2026, 7, 4),
        issuer="SỞ Y TẾ",
        superior="ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
    )
    assert (home.province, home.level) == ("Hà Nội", "province")


def test_a_ministry_in_ha_noi_is_not_at_home_in_ha_noi() -> None:
    home = home_of(plain("x"), place="Hà Nội", issued=None, issuer="BỘ TÀI CHÍNH")
    assert (home.province, home.level) == (None, "central")


def test_a_commune_knows_its_district_and_province() -> None:
    home = home_of(
        plain("x"),
        place="Đăk Pxi",
        issued=None,
        issuer="ỦY BAN NHÂN DÂN XÃ ĐĂK PXI",
        superior="ỦY BAN NHÂN DÂN HUYỆN ĐĂK HÀ",
    )
    assert (home.commune, home.district, home.province) == ("xã Đăk Pxi", "huyện Đăk Hà", "Kon Tum")


@pytest.mark.parametrize(
    ("words", "short", "long"),
    [
        (
            "Ban Vì sự tiến bộ của phụ nữ tỉnh (Ban VSTBCPN tỉnh) ban hành",
            "Ban VSTBCPN tỉnh",
            "Ban Vì sự tiến bộ của phụ nữ tỉnh",
        ),
        (
            "giao Trung tâm Kiểm soát bệnh tật (sau đây gọi tắt là Trung tâm) thực hiện",
            "Trung tâm",
            "Trung tâm Kiểm soát bệnh tật",
        ),
        (
            "Kế hoạch số 15/KH-UBND của UBND tỉnh về chống hạn (sau đây gọi là Kế hoạch) nêu",
            "Kế hoạch",
            "Kế hoạch số 15/KH-UBND của UBND tỉnh về chống hạn",
        ),
        ("Hệ thống thông tin (HTTT) của tỉnh", "HTTT", "Hệ thống thông tin"),
    ],
)
def test_a_letter_introduces_its_own_short_forms(words: str, short: str, long: str) -> None:
    (made,) = find_abbreviations(plain(words))
    assert (made.short, made.long) == (short, long)


@pytest.mark.parametrize("words", ["(Có danh sách kèm theo)", "Sở Y tế (để báo cáo)", "(BHYT)"])
def test_a_remark_in_brackets_is_no_short_form(words: str) -> None:
    assert find_abbreviations(plain(words)) == ()


def test_a_short_form_of_the_letter_is_read_as_the_body_it_stands_for() -> None:
    letter = plain("Ban Quản lý Khu du lịch (BQLKDL) phối hợp.\nGiao BQLKDL tổng hợp.")
    home = home_of(letter, place="Kon Tum", issued=None, issuer="UBND TỈNH KON TUM")
    at = letter.text.index("Giao")
    (found,) = find_parties(letter, at, len(letter.text), home)
    assert found.party.agency is not None
    assert found.party.agency.name == "Ban Quản lý Khu du lịch"


@pytest.mark.parametrize("name", ["agencies", "fields", "positions", "groups"])
def test_no_row_stands_in_the_shadow_of_an_earlier_one(name: str) -> None:
    rows = gazetteer(name)
    for row in rows.rows:
        for example in row.examples:
            before, mark, rest = fold(example).partition("«")
            if not mark:
                continue
            key = fold(example).replace("«", "").replace("»", "")
            hit = rows.at(key, len(before), len(key))
            assert hit is not None, example
            assert (hit.row.id, key[len(before) : hit.end]) == (row.id, rest.partition("»")[0])


PIECES = st.sampled_from(
    [
        "các",
        "Sở",
        "Y tế",
        ", ",
        "; ",
        " và ",
        "UBND",
        "huyện",
        "tỉnh",
        "Kon Tum",
        "Giám đốc",
        "là",
        "Trưởng Ban",
        "(",
        ")",
        "-",
        "Bộ",
        ": ",
        "Phòng",
        "Nội vụ",
        "đồng chí",
        "Nguyễn Văn A",
        "Trung tâm",
        "liên quan",
        "địa phương",
        "\n",
        "chủ trì",
        "thuộc",
        "của",
        "1",
        "VSTBPN",
    ]
)


@given(st.lists(PIECES, max_size=25))
def test_any_words_give_parties_in_order_that_quote_the_letter(pieces: list[str]) -> None:
    letter = plain(" ".join(pieces))
    found = find_parties(letter, 0, len(letter.text), KON_TUM)
    assert all(letter.text[one.start : one.end] == one.party.text for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(one.opens <= one.start < one.end for one in found)
