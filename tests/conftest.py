"""One fixed cast, used everywhere."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.cache import cache
from django.db.models.signals import post_migrate
from django.test import Client
from pytest_django import DjangoDbBlocker

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


@pytest.fixture(scope="session", autouse=True)
def own_cache() -> None:
    """Each worker keeps its pages in a Valkey database of its own: one empties nothing of the other's."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 1
    address, _question, _query = settings.REDIS_URL.partition("?")
    if address.startswith("unix://"):
        settings.REDIS_URL = f"{address}?db={number}"
    else:
        settings.REDIS_URL = f"{address.rsplit('/', 1)[0]}/{number}"


@pytest.fixture(autouse=True)
def no_old_tries(request: pytest.FixtureRequest) -> None:
    """The table of counted sign-ins belongs to no model, so nothing empties it behind a test that commits."""
    mark = request.node.get_closest_marker("django_db")
    if (mark and mark.kwargs.get("transaction")) or "transactional_db" in request.fixturenames:
        request.getfixturevalue("transactional_db")
        cache.clear()


@pytest.fixture(scope="session", autouse=True)
def no_citations() -> None:
    """Pages count their own queries; the tests of citations ask the library anew each time."""
    settings.CITATIONS_KEPT_SECONDS = None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """What migrations wrote stands again after a test that empties the tables behind itself."""
    own = [model for model in apps.get_models() if model._meta.app_label not in {"auth", "contenttypes"}]
    with django_db_blocker.unblock():
        rows: list[Any] = [row for model in own for row in model._default_manager.all()]
        written = serializers.serialize("python", rows)

    def write_again(**kwargs: Any) -> None:
        for row in serializers.deserialize("python", written):
            row.save()

    post_migrate.connect(write_again, sender=apps.get_app_config("news"), weak=False)


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
