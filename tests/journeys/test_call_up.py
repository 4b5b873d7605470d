"""A call: planned with its count, begun by an officer, one letter a person, no name shown."""

import pytest
from django.urls import reverse

from donors.models import CallUp, Donor
from donors.tasks import work_calls
from foundation.dates import today
from letters.models import Letter
from people.enums import OfficeCode
from people.models import Person
from tests.conftest import Cast
from tests.factories import donors, people
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_donor_officer_calls_by_group(arrive: Arrive, cast: Cast) -> None:
    for n in range(3):
        person = people.person(f"Nguyễn Kín Đáo {n}", cast.ward, with_user=False)
        Person.objects.filter(pk=person.pk).update(
            birth_year=today().year - 30, email=f"kin-dao-{n}@example.org"
        )
        donor = donors.donor(person, cast.ward)
        about = {"group": "O", "rhesus": "-", "group_known": "card", "is_reserve": n != 2}
        Donor.objects.filter(pk=donor.pk).update(**about)
    officer = people.officer(OfficeCode.DONOR_OFFICER, cast.city)
    visitor = enter(arrive(width=390), officer)
    page, found = visitor.page, []

    visitor.open(reverse("call_list"))
    found += visitor.axe_finds()
    page.get_by_label("Địa bàn").select_option(label=cast.ward.name)
    page.get_by_label("O−").check()
    page.get_by_label("Vì sao cần máu").fill("Bệnh viện Mẫu cần máu O− trước thứ Sáu.")
    visitor.press("Đếm trước, chưa gọi ai")
    assert page.get_by_role("heading", name="Có thể gọi 2 người").is_visible()
    assert "Kín Đáo" not in page.content()
    assert Letter.objects.count() == 0
    found += visitor.axe_finds()
    visitor.press("Gọi 2 người")
    for _again in range(2):
        work_calls()
    page.reload()
    assert page.get_by_text("Đã gọi 2/2 người.").is_visible()
    found += visitor.axe_finds()

    for name in ("drive_figures", "target_list", "target_edit", "public_figures", "drive_register"):
        visitor.open(reverse(name))
        found += visitor.axe_finds()

    letters = Letter.objects.filter(template__code="donors.call")
    assert sorted(letter.recipient_name for letter in letters) == ["Nguyễn Kín Đáo 0", "Nguyễn Kín Đáo 1"]
    assert CallUp.objects.get().sent == 2
    assert found == []
