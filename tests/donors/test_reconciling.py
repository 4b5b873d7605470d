"""Our list of a drive against the facility's: matched safely, settled by an officer, counted only then."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from donors.actions import confirm_donation
from donors.actions.drives import count_drive, step_drive
from donors.actions.reconciling import (
    match_again,
    reconcile_drive,
    settle_row,
    take_facility_list,
)
from donors.enums import DonationState, DriveState, RowState, Source
from donors.forms.reconciling import lines_of
from donors.models import Donation, Drive, FacilityRow
from donors.queries.reconciling import compared
from donors.rules.reconciling import Line, Match, matched
from foundation.dates import today
from foundation.refusal import Refused
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Person
from tests.conftest import Cast, sign_in
from tests.factories import donors, drives, people

BY = system_actor()


def _ours(
    key: int, name: str = "Nguyễn Văn Đức", year: int | None = 1990, ml: int = 350, serial: str = ""
) -> Line:
    return Line(key, name, year, ml, serial)


_theirs = _ours


@pytest.mark.parametrize(
    ("theirs", "ours", "wanted"),
    [
        ([_theirs(1, "nguyen van duc")], [_ours(7)], [Match(1, RowState.SAME, 7)]),
        ([_theirs(1, ml=450)], [_ours(7)], [Match(1, RowState.VOLUME, 7)]),
        ([_theirs(1, year=1991)], [_ours(7)], [Match(1, RowState.UNSURE)]),
        ([_theirs(1, year=None)], [_ours(7, year=None)], [Match(1, RowState.UNSURE)]),
        ([_theirs(1, "Trần Lạ")], [_ours(7)], [Match(1, RowState.MISSING)]),
        ([_theirs(1)], [_ours(7), _ours(8)], [Match(1, RowState.UNSURE)]),
        (
            [_theirs(1), _theirs(2, ml=450)],
            [_ours(7), _ours(8, ml=450)],
            [Match(1, RowState.SAME, 7), Match(2, RowState.SAME, 8)],
        ),
        ([_theirs(1, serial="ab 1")], [_ours(7, serial="AB1"), _ours(8)], [Match(1, RowState.SAME, 7)]),
        ([_theirs(1, "Trần Lạ", serial="A1")], [_ours(7, serial="A1")], [Match(1, RowState.UNSURE)]),
        (
            [_theirs(1, serial="A1"), _theirs(2, "Trần Hai", 1980, serial="A1")],
            [_ours(7), _ours(8, "Trần Hai", 1980)],
            [Match(1, RowState.SAME, 7), Match(2, RowState.TWICE)],
        ),
    ],
)
def test_a_line_means_a_donation_never_by_a_name_alone(
    theirs: list[Line], ours: list[Line], wanted: list[Match]
) -> None:
    assert matched(theirs, ours) == wanted


def _drive(cast: Cast, *who: tuple[str, int, int]) -> tuple[Drive, list[Donation]]:
    """A closed drive of yesterday, at which these gave (name, year, ml)."""
    drive = drives.opened(cast.ward, today())
    Drive.objects.filter(pk=drive.pk).update(on=today() - timedelta(days=1))
    made = []
    for name, year, ml in who:
        person = people.person(name, cast.ward, with_user=False)
        Person.objects.filter(pk=person.pk).update(birth_year=year)
        donor = donors.donor(person, cast.ward)
        made.append(
            donors.donation(
                donor, cast.ward, today() - timedelta(days=1), Source.DRIVE, volume_ml=ml, drive=drive
            )
        )
    return step_drive(by=BY, drive=drive, wanted=DriveState.CLOSED), made


WHO = (("Người Một", 1990, 350), ("Người Hai", 1985, 450), ("Người Ba", 1970, 250))


@pytest.mark.django_db
def test_only_what_stands_on_both_lists_counts(cast: Cast) -> None:
    drive, made = _drive(cast, *WHO)
    count_drive(by=BY, drive=drive, came=5, passed=4)
    with pytest.raises(Refused):
        confirm_donation(by=BY, donation=made[0])
    lines = [
        Line(2, "Người Một", 1990, 350, "A1"),
        Line(3, "Người Hai", 1985, 350, "A2"),
        Line(4, "Người Lạ", 1999, 350, "A3"),
    ]
    take_facility_list(by=BY, drive=drive, lines=lines)
    told = compared(drive)
    assert (told.ours, told.theirs, told.same, told.open, told.left) == (3, 3, 1, 2, 1)
    with pytest.raises(Refused):
        reconcile_drive(by=BY, drive=drive, minutes="01/BB")

    two, three = FacilityRow.objects.exclude(state=RowState.SAME)
    settle_row(by=BY, row=two, takes_their_volume=True)
    with pytest.raises(Refused):
        settle_row(by=BY, row=three)
    settle_row(by=BY, row=three, note="Người của đợt khác")
    drive = reconcile_drive(by=BY, drive=drive, minutes="01/BB-CTĐ, 15/06/2026")

    assert [(one.state, one.volume_ml) for one in Donation.objects.order_by("pk")] == [
        (DonationState.CONFIRMED, 350),
        (DonationState.CONFIRMED, 350),
        (DonationState.RECORDED, 250),
    ]
    assert (drive.state, drive.came, drive.passed) == (DriveState.RECONCILED, 5, 4)
    assert drive.reconciled == {"theirs": 3, "confirmed": 2, "left": 1}
    assert FacilityRow.objects.count() == 0
    confirm_donation(by=BY, donation=made[2])


@pytest.mark.django_db
def test_after_ours_was_completed_the_lines_are_compared_again(cast: Cast) -> None:
    drive, _made = _drive(cast, WHO[0])
    take_facility_list(
        by=BY, drive=drive, lines=[Line(1, "Người Một", 1990, 350, ""), Line(2, "Người Hai", 1985, 450, "")]
    )
    assert compared(drive).open == 1
    person = people.person("Người Hai", cast.ward, with_user=False)
    Person.objects.filter(pk=person.pk).update(birth_year=1985)
    donors.donation(
        donors.donor(person, cast.ward), cast.ward, drive.on, Source.DRIVE, volume_ml=450, drive=drive
    )

    assert match_again(by=BY, drive=drive) == 0
    with pytest.raises(Refused):
        reconcile_drive(by=BY, drive=drive, minutes=" ")


@pytest.mark.django_db
def test_lists_of_an_open_drive_are_not_compared(cast: Cast) -> None:
    with pytest.raises(Refused):
        take_facility_list(by=BY, drive=drives.opened(cast.ward), lines=[Line(1, "A B", 1990, 350, "")])


CSV = """DANH SÁCH NGƯỜI HIẾN MÁU
STT;Họ và tên;Năm sinh;Thể tích (ml);Số GCN
1;Người Một;1990;350ml;A1
2;Người Hai;05/06/1985;450;A2
Tổng cộng;;;800;
"""


def test_the_facilitys_list_is_read_as_it_comes() -> None:
    file = SimpleUploadedFile("ds.csv", CSV.encode())
    assert lines_of(file) == [
        Line(3, "Người Một", 1990, 350, "A1"),
        Line(4, "Người Hai", 1985, 450, "A2"),
    ]


@pytest.mark.django_db
def test_an_officer_brings_the_list_and_the_donor_officer_finishes(cast: Cast) -> None:
    drive, _made = _drive(cast, *WHO[:2])
    client, url = sign_in(cast.unit_officer), reverse("drive_compare_list", args=[drive.pk])

    bad = client.post(url, {"file": SimpleUploadedFile("ds.csv", b"\x89PNG....")})
    assert (bad.status_code, FacilityRow.objects.count()) == (200, 0)
    assert client.post(url, {"file": SimpleUploadedFile("ds.csv", CSV.encode())}).status_code == 302
    assert client.post(reverse("drive_compare_finish", args=[drive.pk]), {"minutes": "01"}).status_code == 403
    officer = sign_in(people.officer(OfficeCode.DONOR_OFFICER, cast.city))
    assert (
        officer.post(reverse("drive_compare_finish", args=[drive.pk]), {"minutes": "01/BB"}).status_code
        == 302
    )
    assert Donation.objects.confirmed().count() == 2
    assert "Đã đối chiếu ngày" in officer.get(reverse("drive_compare", args=[drive.pk])).content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.django_db
def test_the_page_asks_as_often_for_one_as_for_three(
    cast: Cast, count: int, django_assert_num_queries: Callable[..., object]
) -> None:
    drive, _made = _drive(cast, *WHO[:count])
    lines = [Line(n, name, year, ml + 100, "") for n, (name, year, ml) in enumerate(WHO[:count])]
    take_facility_list(by=BY, drive=drive, lines=[*lines, Line(9, "Người Lạ", 1999, 350, "")])
    client = sign_in(cast.unit_officer)
    with django_assert_num_queries(15):  # type: ignore[attr-defined]
        client.get(reverse("drive_compare", args=[drive.pk]))
