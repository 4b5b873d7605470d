"""Identity numbers warn and never block."""

from datetime import date

import pytest

from people.enums import IdKind, Sex
from people.rules.identity import IdentityRead, read_identity, said_by

ON = date(2026, 11, 24)


def codes(read: IdentityRead) -> list[str]:
    return [finding.code for finding in read.findings]


def test_what_twelve_digits_say() -> None:
    said = said_by("087084000999", on=ON)

    assert (said.province, said.sex, said.birth_year) == ("Đồng Tháp", Sex.MALE, 1984)
    assert said_by("079305000999", on=ON).sex == Sex.FEMALE
    assert said_by("079305000999", on=ON).birth_year == 2005


@pytest.mark.parametrize(
    ("given", "number", "kind", "told"),
    [
        ("079185000999", "079185000999", IdKind.CCCD, []),
        ("077 173 744772", "077173744772", IdKind.CCCD, []),
        ("74166468146", "074166468146", IdKind.CCCD, ["identity_zero"]),
        ("1166581431", "001166581431", IdKind.CCCD, ["identity_zero"]),
        ("304128257", "304128257", IdKind.CMND, ["identity_old"]),
        ("C1234567", "C1234567", IdKind.PASSPORT, []),
        ("999185000999", "999185000999", IdKind.CCCD, ["identity_province"]),
        ("07718453621", "", IdKind.CCCD, ["identity_unreadable"]),
        ("7.9185E+10", "", IdKind.CCCD, ["identity_rounded"]),
        ("chưa làm", "", IdKind.CCCD, ["identity_unreadable"]),
    ],
)
def test_a_number_as_given(given: str, number: str, kind: IdKind, told: list[str]) -> None:
    read = read_identity(given, on=ON, cell="E7")

    assert (read.number, read.kind, codes(read)) == (number, kind, told)
    assert not any(finding.blocks for finding in read.findings)


def test_another_sex_and_year_are_told_and_the_number_is_taken() -> None:
    read = read_identity("079185000999", on=ON, sex=Sex.MALE, birth_year=1990)

    assert read.number == "079185000999"
    assert codes(read) == ["identity_sex", "identity_year"]
