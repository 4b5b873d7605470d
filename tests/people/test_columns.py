"""Where a list begins and what its columns hold."""

from datetime import date
from typing import Any

import pytest

from people.rules.columns import column_letter, find_layout, guess_columns

ON = date(2026, 11, 24)


def test_the_header_is_found_under_titles() -> None:
    rows: list[Any] = [
        ["HỘI CHỮ THẬP ĐỎ", None],
        [None],
        ["STT", "HỌ  VÀ TÊN", "Phái", "Năm sinh", "CMND/CCCD", "SĐT", "Chỗ ở hiện nay"],
        [1, "Trần Thị Ánh", "nữ", 1985, None, None, None],
    ]

    layout = find_layout(rows, ON)

    assert layout is not None
    assert (layout.header_row, layout.height) == (3, 1)
    assert layout.columns == {
        "full_name": 1,
        "sex": 2,
        "birth_date": 3,
        "identity": 4,
        "phone": 5,
        "address": 6,
    }


def test_a_year_of_birth_parted_by_sex_takes_two_rows() -> None:
    rows: list[Any] = [
        ["STT", "Họ tên", "Năm sinh", None, "Địa chỉ"],
        [None, None, "Nam", "Nữ", None],
        [1, "Trần Thị Ánh", None, 1985, "Số 1"],
    ]

    layout = find_layout(rows, ON)

    assert layout is not None
    assert layout.height == 2
    assert layout.columns == {"full_name": 1, "birth_male": 2, "birth_female": 3, "address": 4}


def test_a_name_in_two_columns() -> None:
    assert guess_columns(["TT", "Họ và tên đệm", "Tên", "Ngày sinh"], ON) == {
        "family_name": 1,
        "given_name": 2,
        "birth_date": 3,
    }


@pytest.mark.parametrize("rows", [[["Trần", "Ánh"]], [], [[None]], [["Ghi chú", "Họ và tên đệm"]]])
def test_without_a_name_column_nothing_is_guessed(rows: list[list[Any]]) -> None:
    assert find_layout(rows, ON) is None


def test_letters_of_columns() -> None:
    assert [column_letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_an_upper_apps_list_is_understood_by_its_own_words_beside_ours() -> None:
    more = {"donated_on": ["ngay hien", "ngày hiến máu"], "volume": ["the tich (ml)", "the tich"]}
    rows: list[Any] = [["Họ tên", "Năm sinh", "CMND/CCCD", "Ngày hiến", "Thể tích (ml)", "Lần thứ"]]

    layout = find_layout(rows, ON, more)

    assert layout is not None
    assert layout.columns == {"full_name": 0, "birth_date": 1, "identity": 2, "donated_on": 3, "volume": 4}
