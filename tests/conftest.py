"""One fixed cast, used everywhere."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from ledger.models import User
from people.enums import OfficeCode, UnitKind
from people.models import Person, Unit
from tests.factories import people

SignIn = Callable[..., Client]


@dataclass(frozen=True)
class Cast:
    """A city with two wards; a member and an officer of ward 1, a city officer, one without rights."""

    city: Unit
    ward: Unit
    other_ward: Unit
    member: Person
    unit_officer: Person
    city_officer: Person
    nobody: Person


@pytest.fixture
def cast(db: None) -> Cast:
    city = people.unit("Hội Chữ thập đỏ Thành phố (mẫu)", kind=UnitKind.CITY, code="TP")
    ward = people.unit("Hội Chữ thập đỏ phường Mẫu 1", city, code="P001")
    other_ward = people.unit("Hội Chữ thập đỏ phường Mẫu 2", city, code="P002")
    return Cast(
        city=city,
        ward=ward,
        other_ward=other_ward,
        member=people.person("Trương Thị An", ward),
        unit_officer=people.officer(OfficeCode.UNIT_OFFICER, ward, "Võ Thị Phương"),
        city_officer=people.officer(OfficeCode.CITY_OFFICER, city, "Phạm Văn Thành"),
        nobody=people.person("Không Quyền Hạn", other_ward),
    )


def sign_in(who: Person | User, *, second_step: bool = True) -> Client:
    """A client with an open session, with or without a second step given in it."""
    user = who if isinstance(who, User) else who.user
    assert user is not None
    client = Client()
    client.force_login(user)
    session = client.session
    now = time.time()
    records = [{"method": "password", "at": now, "username": user.username}]
    if second_step:
        records.append({"method": "mfa", "at": now, "type": "totp"})
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


@pytest.fixture
def client_for() -> SignIn:
    return sign_in
