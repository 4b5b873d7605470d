"""Vietnamese alphabetical order by ASCII keys."""

import unicodedata

from hypothesis import given, settings

from foundation.text import person_sort_key, sort_key
from tests.foundation.vietnamese import MARKS, loose, names


def in_order(*words: str) -> bool:
    keys = [sort_key(word) for word in words]
    return keys == sorted(keys) and len(set(keys)) == len(keys)


def test_letters_stand_as_in_a_vietnamese_dictionary() -> None:
    assert in_order(*"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
    assert in_order("An", "Anh", "Ăn", "Ân", "Dung", "Đào", "Em", "Ê", "Oanh", "Ông", "Ơn", "Út", "Ưng")


def test_tones_stand_ngang_huyen_hoi_nga_sac_nang() -> None:
    assert in_order("ma", "mà", "mả", "mã", "má", "mạ")
    assert in_order("mâ", "mầ", "mẩ", "mẫ", "mấ", "mậ")


def test_letters_count_before_tones() -> None:
    assert in_order("Dung", "Dũng", "Dụng", "Dương", "Dưỡng")
    assert in_order("hà an", "ha binh", "hà bình", "hạ bình")


def test_a_shorter_title_stands_first() -> None:
    assert in_order("An", "An Bình", "Anh")


def test_numbers_stand_by_value_and_before_letters() -> None:
    assert in_order("Khu phố", "Khu phố 2", "Khu phố 10", "Khu phố 101", "Khu phố An")
    assert sort_key("Khu phố 02") == sort_key("Khu phố 2")


def test_case_form_punctuation_and_the_tones_place_do_not_count() -> None:
    assert (
        sort_key("HOÀ – Bình") == sort_key("hòa bình") == sort_key(unicodedata.normalize("NFD", "Hòa, Bình"))
    )
    assert sort_key("Ðào") == sort_key("Đào")
    assert sort_key("Müller") == sort_key("Mu\u200bller")


def test_other_scripts_come_last() -> None:
    assert in_order("zuy", "Иван", "安")


def test_a_class_list_goes_by_given_name_then_family_then_middle() -> None:
    listed = [
        "Nguyễn Văn An",
        "Lê Thị Ánh",
        "Trần Ân",
        "Bùi Dung",
        "Lê Anh Dung",
        "Lê Thị Dung",
        "Lý Dung",
        "Bùi Dũng",
        "Đào",
        "Nguyễn Đào",
    ]
    assert sorted(sorted(listed), key=person_sort_key) == listed


def test_a_note_in_brackets_is_no_given_name() -> None:
    assert person_sort_key("Nguyễn Văn An (mẫu)") == person_sort_key("Nguyễn Văn An")


@given(loose)
def test_keys_are_ascii_bounded_and_blind_to_the_normal_form(text: str) -> None:
    key = sort_key(text)
    assert key.isascii()
    assert len(key) <= 480
    assert key == sort_key(unicodedata.normalize("NFD", text)) == sort_key(unicodedata.normalize("NFC", text))


def _by_hand(text: str) -> tuple[list[int], list[int]]:
    """The order said plainly: places in the alphabet (-1 between words), then a tone for each word."""
    places, tones = [], []
    for word in text.split():
        tones.append(0)
        for letter in word:
            base, tone = letter, 0
            for number, mark in enumerate(MARKS, 1):
                if mark in unicodedata.normalize("NFD", letter):
                    tone = number
                    base = unicodedata.normalize(
                        "NFC", unicodedata.normalize("NFD", letter).replace(mark, "")
                    )
            places.append("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".index(base))
            tones[-1] = max(tones[-1], tone)
        places.append(-1)
    return places, tones


@settings(max_examples=300)
@given(names, names)
def test_keys_compare_as_the_order_said_plainly(one: str, other: str) -> None:
    assert (sort_key(one) < sort_key(other)) == (_by_hand(one) < _by_hand(other))
    assert (sort_key(one) == sort_key(other)) == (_by_hand(one) == _by_hand(other))


@settings(max_examples=300)
@given(names, names)
def test_people_compare_part_by_part(one: str, other: str) -> None:
    def parts(name: str) -> list[str]:
        words = name.split()
        family = words[0] if len(words) > 1 else ""
        return [sort_key(part) for part in (words[-1], family, " ".join(words[1:-1]))]

    assert (person_sort_key(one) < person_sort_key(other)) == (parts(one) < parts(other))
