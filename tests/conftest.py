"""One fixed cast, used everywhere."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client, TransactionTestCase
from pytest_django import DjangoDbBlocker

from ledger.models import User
from people.enums import OfficeCode, UnitKind
from people.models import Person, Unit
from tests.emptying import keep_what_stands
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


@pytest.fixture(scope="session", autouse=True)
def own_cache() -> None:
    """Each worker keeps its pages in a Valkey database of its own: one empties nothing of the other's."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    address, _question, _query = settings.REDIS_URL.partition("?")
    if address.startswith("unix://"):
        settings.REDIS_URL = f"{address}?db={number}"
    else:
        settings.REDIS_URL = f"{address.rsplit('/', 1)[0]}/{number}"


@pytest.fixture(scope="session", autouse=True)
def no_citations() -> None:
    """Pages count their own queries; the tests of citations ask the library anew each time."""
    settings.CITATIONS_KEPT_SECONDS = None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A test that commits leaves the database as migrations made it."""
    with django_db_blocker.unblock():
        emptying = keep_what_stands()
        if emptying is not None:
            TransactionTestCase._fixture_teardown = emptying  # type: ignore[attr-defined]


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
