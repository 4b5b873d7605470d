"""Phones as people write them."""

from datetime import date

import pytest

from people.enums import PhoneKind
from people.rules.phones import read_phones, shown_phone

ON = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("given", "number", "kind", "code"),
    [
        ("0912345678", "+84912345678", PhoneKind.MOBILE, ""),
        ("+84 912 345 678", "+84912345678", PhoneKind.MOBILE, ""),
        ("84912345678", "+84912345678", PhoneKind.MOBILE, ""),
        ("0722.545.262", "+84722545262", PhoneKind.MOBILE, ""),
        ("912345678", "+84912345678", PhoneKind.MOBILE, "phone_zero"),
        ("01691311412", "+84391311412", PhoneKind.MOBILE, "phone_old"),
        ("1691311412", "+84391311412", PhoneKind.MOBILE, "phone_old"),
        ("+84 1201234567", "+84701234567", PhoneKind.MOBILE, "phone_old"),
        ("028 3822 1234", "+842838221234", PhoneKind.LANDLINE, ""),
        ("0274 3822 123", "+842743822123", PhoneKind.LANDLINE, ""),
        ("(0254) 3852 123", "+842543852123", PhoneKind.LANDLINE, ""),
        ("+1 202 555 0100", "+12025550100", PhoneKind.OTHER, ""),
    ],
)
def test_a_number_in_its_one_form(given: str, number: str, kind: PhoneKind, code: str) -> None:
    read = read_phones(given, on=ON, cell="F8")

    assert [(phone.number, phone.kind, phone.as_given) for phone in read.phones] == [(number, kind, given)]
    assert [(finding.code, finding.cell) for finding in read.findings] == ([(code, "F8")] if code else [])


@pytest.mark.parametrize("given", ["gọi sau 17h", "12345", "0112345678901", "0200000", "٠٩١٢٣٤٥٦٧٨"])
def test_junk_is_told_and_left_out(given: str) -> None:
    read = read_phones(given, on=ON, cell="F8")

    assert read.phones == ()
    assert [finding.code for finding in read.findings] == ["phone_unreadable"]
    assert not read.findings[0].blocks


def test_two_numbers_in_one_cell_and_none_twice() -> None:
    read = read_phones("0912345678 / 028 38221234; +84912345678", on=ON)

    assert [phone.number for phone in read.phones] == ["+84912345678", "+842838221234"]


def test_shown_as_officers_read_it() -> None:
    assert shown_phone("+84912345678") == "0912 345 678"
    assert shown_phone("+12025550100") == "+12025550100"
