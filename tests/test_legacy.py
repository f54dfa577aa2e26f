"""Letters written before Unicode are read in Unicode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.legacy import (
    decode,
    from_bytes,
    guessed,
    is_unicode,
    restore,
    scheme_of,
    unreadable,
)
from pipeline.readers.runs import Run
from pipeline.readers.syllables import is_syllable

TEXT = "Chủ tịch Ủy ban nhân dân tỉnh giao Sở Nội vụ chủ trì, hoàn thành trước ngày 15/5"

# As old files have it: typed here as the fonts' keyboards put it, not made from our tables.
TCVN3 = "Chñ tÞch ñy ban nh©n d©n tØnh giao Së Néi vô chñ tr×, hoµn thµnh tr\u00adíc ngµy 15/5"
VNI = "Chuû tòch UÛy ban nhaân daân tænh giao Sôû Noäi vuï chuû trì, hoaøn thaønh tröôùc ngaøy 15/5"


def test_a_tcvn3_font_is_told_by_its_name() -> None:
    assert decode(TCVN3, ".VnTime") == TEXT.replace("Ủy", "ủy")


def test_a_capital_font_shows_capitals() -> None:
    assert decode("céng hoµ x· héi chñ nghÜa viÖt nam", ".VnTimeH") == (
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    )


def test_a_vni_font_is_told_by_its_name() -> None:
    assert decode(VNI, "VNI-Times") == TEXT


def test_vni_capitals_take_capital_marks() -> None:
    assert decode("COÄNG HOØA XAÕ HOÄI, ÑOÄC LAÄP, BÌNH PHÖÔÙC, Lyù, ñeå, kyõ", "VNI-Times") == (
        "CỘNG HÒA XÃ HỘI, ĐỘC LẬP, BÌNH PHƯỚC, Lý, để, kỹ"
    )


@pytest.mark.parametrize("text", [TCVN3, VNI])
def test_without_a_font_the_content_tells(text: str) -> None:
    assert decode(text).casefold() == TEXT.casefold()


def test_utf8_read_as_western_is_mended() -> None:
    broken = "Quyết định số 12".encode().decode("latin-1")
    assert decode(broken) == "Quyết định số 12"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Résumé of the naïve café",
        "diện tích 20 µm ± 2 %",
        "± 5 °C",
        "Điều 5 khoản 2",
        "Ưu tiên",
        "£",
        "£ đạt £ không",
        "",
    ],
)
def test_text_that_is_unicode_stays(text: str) -> None:
    assert decode(text) == text


def test_unicode_in_an_old_font_stays() -> None:
    """Writers switch the keyboard and forget the font."""
    assert decode("Chủ tịch Ủy ban", ".VnTime") == "Chủ tịch Ủy ban"


def test_no_piece_of_a_unicode_letter_is_an_old_one_by_its_content_alone() -> None:
    letter = f"{TEXT}. " * 10
    assert is_unicode(letter)
    assert not is_unicode(f"{TCVN3}. " * 10)
    assert not is_unicode(f"{VNI}. " * 10)
    runs = [Run("Café René: ngµy"), Run("Së Néi vô", font=".VnTime")]
    kept = restore(runs, guess=not is_unicode(letter))
    assert [run.text for run in kept] == ["Café René: ngµy", "Sở Nội vụ"]


def test_a_letter_and_its_mark_may_lie_in_two_runs() -> None:
    font = "VNI-Times"
    runs = restore([Run("Sôû No", font=font), Run("äi vuï", bold=True, font=font)])
    assert "".join(run.text for run in runs) == "Sở Nội vụ"


def test_runs_keep_their_style_where_letters_allow() -> None:
    runs = restore([Run("Së ", font=".VnTime"), Run("Néi vô", bold=True, font=".VnTime")])
    assert [(run.text, run.bold) for run in runs] == [("Sở ", False), ("Nội vụ", True)]


# Codes 80 to FF as GNU recode 3.6 ("VPS") and Mozilla ("x-viet-vps") agree on them, row by row of
# sixteen; "·" where recode has nothing: foreign letters and quotes.
VPS = (
    "À Ả Ã Ấ Ầ Ẩ ọ ỗ Ă ế ề ể ệ Ắ Ằ Ẳ",
    "Ế · · Ề Ể Ễ Ố Ồ Ổ · ý ỷ ỵ Ớ Ờ Ở",
    "· ắ ằ ẳ ẵ ặ Ỡ ớ Ù ờ ở ỡ Ũ Ứ ợ Ừ",
    "ổ Ử Ỳ Ỹ Í Ì ộ Ỉ Ĩ Ó ử ữ Ò Ỏ Õ ự",
    "ầ Á Â ấ ẩ ẫ ậ đ ẻ É Ê ẹ ỉ ễ ị ỹ",
    "Ư Ủ ồ ố Ô ỏ ơ È ừ ứ Ú ũ ư Ý Ẻ ·",
    "à á â ã ả ạ ă · è é ê ẽ ì í · ĩ",
    "Ẵ Đ ò ó ô õ · Ơ ụ ù ú ủ · Ỷ Ẽ ỳ",
)


def test_vps_letters_are_those_of_other_converters() -> None:
    codes = range(0x80, 0x100)
    for code, letter in zip(codes, " ".join(VPS).split(" "), strict=True):
        western = bytes([code]).decode("cp1252", errors="ignore") or chr(code)
        if letter != "·" and western not in "“”•–—…":
            assert decode(western, "VPS Times") == letter, hex(code)


def test_vps_capitals_that_word_processors_cannot_hold() -> None:
    assert decode("ñåI H¶I", "VPS Times") == "ĐẠI HỘI"
    assert decode("ñI“U, CH–, TH” L…M, “QUY“N” – A", "VPS Times") == (
        "ĐIỀU, CHỐ, THỂ LẨM, “QUYỀN” – A"
    )


def test_font_names_of_subsets_are_known() -> None:
    assert scheme_of("ABCDEF+.VnTime") == "tcvn3"
    assert scheme_of("VNI-Helve") == "vni"
    assert scheme_of("VPS Times") == "vps"
    assert scheme_of("Times New Roman") is None


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TCVN3.encode("latin-1"), "tcvn3"),
        (VNI.encode("latin-1"), "vni"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bytes_of_text_files(data: bytes, encoding: str) -> None:
    read = from_bytes(data)
    assert (read.text.casefold(), read.encoding) == (TEXT.casefold(), encoding)


def test_windows_1258_parts_the_tone_from_its_letter() -> None:
    read = from_bytes(
        "Quyê\u0301t đi\u0323nh của Chính phủ".replace("ủ", "u\u0309").encode("cp1258")
    )
    assert (read.text, read.encoding) == ("Quyết định của Chính phủ", "windows-1258")


def test_a_letter_that_stays_unread_says_so() -> None:
    remark = unreadable(["\ufffd\ufffdng nh\ufffdn d\ufffdn t\ufffdnh gi\ufffdo s\ufffd"] * 3)
    assert remark is not None
    assert remark.code == "encoding.unreadable"
    assert unreadable([TEXT]) is None


@pytest.mark.parametrize("word", ["nghiêng", "Quyền", "khuỷu", "giếng", "ƯƠNG", "hoà", "hòa"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["tÞch", "thaønh", "strong", "hoạch\u0301", "đ", "xyz"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@given(st.text(max_size=60))
def test_any_text_is_decoded_or_left(text: str) -> None:
    assert isinstance(decode(text), str)
    assert guessed(text) in (None, "tcvn3", "vni", "vps", "utf8")


@given(st.binary(max_size=200))
def test_any_bytes_become_text(data: bytes) -> None:
    assert isinstance(from_bytes(data).text, str)
