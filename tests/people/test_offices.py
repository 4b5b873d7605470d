"""Granting an office on its page: the person is found by name, never out of a list of everybody."""

import pytest
from django.urls import reverse

from foundation.dates import format_date, today
from people.enums import OfficeCode
from people.models import OfficeGrant
from tests.conftest import Cast, sign_in
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_who_has_an_account_is_found_by_name_and_given_an_office(cast: Cast) -> None:
    people.person("Trương Không Tài Khoản", cast.ward, with_user=False)
    admin = sign_in(people.officer(OfficeCode.ADMINISTRATOR, cast.city, "Nguyễn Quản Trị"))
    url = reverse("office_grant")
    offered = admin.get(url).context["form"].fields["person"].queryset
    assert list(offered) == []
    found = admin.get(url, {"q": "truong"}).context["form"]
    assert list(found.fields["person"].queryset) == [cast.member]
    assert found.initial["person"] == cast.member.pk
    by_key = admin.get(url, {"nguoi": str(cast.member.key)}).context["form"]
    assert list(by_key.fields["person"].queryset) == [cast.member]

    data = {"person": cast.member.pk, "office": "editor", "unit": cast.ward.pk, "reason": ""}
    told = admin.post(url, {**data, "from_on": format_date(today())}).context["form"]
    assert set(told.errors) == {"reason"}
    admin.post(url, {**data, "from_on": format_date(today()), "reason": "QĐ 5/QĐ-CTĐ"})
    assert OfficeGrant.objects.filter(person=cast.member, office=OfficeCode.EDITOR).count() == 1
