"""Names of people, the house spelling, page addresses."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.text import (
    family_name,
    given_name,
    house_spelling,
    initials,
    mask_name,
    proper_name,
    slug,
)
from tests.foundation.vietnamese import names, vietnamese


@pytest.mark.parametrize(
    ("typed", "proper"),
    [
        ("bùi xuân hằng", "Bùi Xuân Hằng"),
        ("  NGUYỄN\u00a0THỊ   ÁNH ", "Nguyễn Thị Ánh"),
        ("đặng THỊ ngọc", "Đặng Thị Ngọc"),
        ("k'brông h'hen niê", "K'Brông H'Hen Niê"),
        ("tôn nữ-hồng", "Tôn Nữ-Hồng"),
        ("nGUYỄN vĂN aN", "Nguyễn Văn An"),
        ("NGuyễn", "Nguyễn"),
        ("Ronald McDonald", "Ronald McDonald"),
        ("HuỳNh Minh QuỳNh", "Huỳnh Minh Quỳnh"),  # Excel's PROPER on decomposed text
        ("Lê VăN TrâM", "Lê Văn Trâm"),
        ("lê văn hoà", "Lê Văn Hoà"),
        ("", ""),
    ],
)
def test_a_name_typed_carelessly_becomes_proper(typed: str, proper: str) -> None:
    assert proper_name(typed) == proper
    assert proper_name(unicodedata.normalize("NFD", typed)) == proper


@given(names)
def test_a_proper_name_stays_proper(name: str) -> None:
    assert proper_name(proper_name(name)) == proper_name(name)


def test_the_parts_of_a_name() -> None:
    assert (family_name("Đặng Thị Ngọc Hường"), given_name("Đặng Thị Ngọc Hường")) == ("Đặng", "Hường")
    assert (family_name("Lê An (mẫu)"), given_name("Lê An (mẫu)")) == ("Lê", "An")
    assert (family_name("Đào"), given_name("Đào")) == ("", "Đào")
    assert (family_name(""), given_name("")) == ("", "")


@pytest.mark.parametrize(
    ("written", "house"),
    [
        ("hoà bình, thuý, Uỷ ban", "hòa bình, thúy, Ủy ban"),
        ("KHOẺ LOÈ UỶ", "KHỎE LÒE ỦY"),
        ("Quý IV, Quỳnh, quỹ", "Quý IV, Quỳnh, quỹ"),
        ("hoàn hoạt khoét Huỳnh suýt", "hoàn hoạt khoét Huỳnh suýt"),
        ("hòa thúy Ủy", "hòa thúy Ủy"),
        ("Thoại xoáy", "Thoại xoáy"),
    ],
)
def test_the_house_puts_the_tone_on_the_first_vowel_of_an_open_syllable(written: str, house: str) -> None:
    assert house_spelling(written) == house
    assert house_spelling(house) == house


def test_a_masked_name_keeps_the_name_people_use_and_a_lone_name_one_letter() -> None:
    assert mask_name("Nguyễn Văn An") == "N. V. An"
    assert mask_name("Đặng An (mẫu)") == "Đ. An"
    assert mask_name("Đào") == "Đ."
    assert mask_name("") == ""


def test_initials_are_family_and_given() -> None:
    assert [initials(name) for name in ("Nguyễn Văn An", "đặng ân", "Đào", "")] == ["NA", "ĐÂ", "Đ", ""]


def test_a_title_becomes_an_address_cut_between_words() -> None:
    title = "Phường Mẫu 1 tiếp nhận 132 túi máu trong ngày hội “Giọt hồng tháng Sáu”"
    assert slug(title) == "phuong-mau-1-tiep-nhan-132-tui-mau-trong-ngay-hoi-giot-hong-thang-sau"
    assert slug(title, 30) == "phuong-mau-1-tiep-nhan-132-tui"
    assert slug(title, 29) == "phuong-mau-1-tiep-nhan-132"
    assert slug("Nghiêngngả", 5) == "nghie"
    assert slug("Зима!") == ""


@given(vietnamese, st.integers(1, 30))
def test_an_address_is_clean_and_within_its_length(title: str, limit: int) -> None:
    address = slug(title, limit)
    assert len(address) <= limit
    assert set(address) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not address.startswith("-")
    assert not address.endswith("-")
