"""What do spaCy and underthesea say of words that no row reads?"""

import pytest

from extractors import words
from extractors.layout import plain
from extractors.parties import Home, find_run

HOME = Home("Gia Lai", None, "Ủy ban nhân dân tỉnh Gia Lai", "province")


def test_tokens_keep_their_places() -> None:
    text = "Giao Sở LĐ-TB&XH, Công an tỉnh rà soát."
    doc = words.blank().make_doc(text)
    assert doc.text == text
    assert [text[t.idx : t.idx + len(t)] for t in doc] == [t.text for t in doc]


def test_the_component_sees_a_name_that_exists_nowhere() -> None:
    text = "Giao Nông trường Ia Rsai chủ trì, phối hợp với Sở Nội vụ rà soát danh mục."
    names = [text[name.start : name.end] for name in words.find_names(text)]
    assert names == ["Nông trường Ia Rsai", "Sở Nội vụ"]


def test_a_sentence_without_a_party_has_no_name() -> None:
    assert words.find_names("Tổ chức thực hiện nghiêm túc các nhiệm vụ được giao.") == ()


def test_underthesea_words_stand_in_the_text() -> None:
    text = "Ban Liên lạc cựu học sinh chủ trì rà soát"
    segments = words.segment(text)
    assert " ".join(text[word.start : word.end] for word in segments) == text
    assert any(" " in text[word.start : word.end] for word in segments)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Binh đoàn 15 chủ trì khắc phục", "Binh đoàn 15"),
        ("Nông trường Ia Rsai cung cấp cây giống", "Nông trường Ia Rsai"),
        ("Trung đoàn Bộ binh 48 và Sở Nội vụ rà soát", "Trung đoàn Bộ binh 48"),
    ],
)
def test_an_unknown_name_is_read_where_a_party_is_expected(text: str, end: str) -> None:
    letter = plain(f"Phối hợp với {text}")
    at = len("Phối hợp với ")
    found = find_run(letter, at, len(letter.text), HOME, expected=True)
    assert found[0].party.text == end
    assert found[0].rule == "model.party"
    assert find_run(letter, at, len(letter.text), HOME) == ()


@pytest.mark.parametrize("text", ["Tổ chức hội nghị", "rà soát hồ sơ", "Xây dựng kế hoạch"])
def test_a_verb_is_no_unknown_name(text: str) -> None:
    letter = plain(text)
    assert find_run(letter, 0, len(text), HOME, expected=True) == ()
