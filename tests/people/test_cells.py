"""A row becomes what is known of a person, with a reason for what was not taken."""

from datetime import date, datetime
from typing import Any

import pytest

from people.rules.cells import FORMULA, is_header_again, is_no_person, read_row
from people.rules.days import read_birth
from people.rules.findings import WORDS, words_of

ON = date(2026, 11, 24)
COLUMNS = {"full_name": 0, "sex": 1, "birth_date": 2, "identity": 3, "phone": 4, "email": 5, "note": 6}


@pytest.mark.parametrize(
    ("value", "day", "year", "code"),
    [
        ("05/06/1985", date(1985, 6, 5), 1985, ""),
        ("5-6-1985", date(1985, 6, 5), 1985, ""),
        ("05.06.1985", date(1985, 6, 5), 1985, ""),
        ("ngày 05 tháng 6 năm 1985", date(1985, 6, 5), 1985, ""),
        (datetime(1985, 6, 5), date(1985, 6, 5), 1985, ""),  # noqa: DTZ001  as Excel gives it
        ("1985-06-05 00:00:00", date(1985, 6, 5), 1985, ""),
        (24386, date(1966, 10, 6), 1966, "date_serial"),
        ("29.11.85", date(1985, 11, 29), 1985, "date_two_digits"),
        ("11.09.06", date(2006, 9, 11), 2006, "date_two_digits"),
        ("06/25/1985", date(1985, 6, 25), 1985, "date_swapped"),
        (1985, None, 1985, ""),
        ("1985", None, 1985, ""),
        ("6/1985", None, 1985, "date_year_only"),
        ("khoảng 1960", None, 1960, "date_year_only"),
        ("31/02/1990", None, None, "date_no_day"),
        ("hôm qua", None, None, "date_unreadable"),
        ("24/11/2027", None, None, "date_future"),
        ("01/01/1900", None, None, "date_too_old"),
        ("01/01/2015", date(2015, 1, 1), 2015, "date_child"),
    ],
)
def test_days_of_birth(value: Any, day: date | None, year: int | None, code: str) -> None:
    read = read_birth(value, on=ON, cell="D5")

    assert (read.day, read.year) == (day, year)
    assert [finding.code for finding in read.findings] == ([code] if code else [])
    blocking = code in {"date_no_day", "date_unreadable", "date_future", "date_too_old"}
    assert any(finding.blocks for finding in read.findings) is blocking


def test_a_row_with_every_small_fault_is_taken_and_each_is_told() -> None:
    row = ["  BÙI  XUÂN hằng", "x?", "29.11.85", 74185468146, "912345678", "abc@@x", FORMULA]

    draft = read_row(row, COLUMNS, row=8, on=ON)

    assert (draft.name, draft.name_as_given) == ("Bùi Xuân Hằng", "BÙI XUÂN hằng")
    assert (draft.identity, [phone.number for phone in draft.phones]) == ("074185468146", ["+84912345678"])
    assert (draft.sex, draft.email, draft.note) == ("", "", "")
    assert not draft.is_wrong
    assert {(finding.code, finding.cell) for finding in draft.findings} == {
        ("formula", "G8"),
        ("name_fixed", "A8"),
        ("sex_unknown", "B8"),
        ("date_two_digits", "C8"),
        ("identity_zero", "D8"),
        ("phone_zero", "E8"),
        ("email_unreadable", "F8"),
    }


@pytest.mark.parametrize(
    ("name", "code"), [(None, "name_missing"), ("Tổ 5", "name_digits"), ("A" * 121, "name_long")]
)
def test_a_row_without_a_usable_name_is_wrong(name: str | None, code: str) -> None:
    draft = read_row([name, "nam"], COLUMNS, row=5, on=ON)

    assert draft.is_wrong
    assert code in [finding.code for finding in draft.findings]


def test_decomposed_letters_are_joined() -> None:
    draft = read_row(["Trần Thị Ánh"], COLUMNS, row=5, on=ON)

    assert draft.name == "Trần Thị Ánh"


def test_totals_signatures_and_repeated_heads_are_nobody() -> None:
    assert is_no_person([None, "Tổng cộng: 325 người", None], ON)
    assert is_no_person([None, None, "CHỦ TỊCH"], ON)
    assert is_no_person([None, "  "], ON)
    assert not is_no_person([1, "Trần Thị Ánh"], ON)
    assert is_header_again(["STT", "Họ và tên", "Phái"], ["STT", "Họ và tên", "Phái"])
    assert not is_header_again(["STT", "Trần Thị Ánh", "nữ"], ["STT", "Họ và tên", "Phái"])


def test_every_finding_has_words() -> None:
    params = {"most": 1, "day": "x", "year": 1, "years": 1, "first": "03", "row": 1, "what": ["phone"]}

    told = [words_of({"code": code, "cell": "F8", "params": params}) for code in WORDS]

    assert all(sentence.startswith("Ô F8: ") for sentence in told)
    assert "%(" not in "".join(told)
