"""Every address, asked by every office and by none: who gets in is what the page says, and no more."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from people.access import Access, access_of
from people.enums import OfficeCode
from people.middleware import AccessMiddleware
from people.models import Person
from people.rules import office_rules
from tests.conftest import Cast, sign_in
from tests.factories import people
from tests.test_house import all_patterns
from tests.world import ROUTES, World, make_world

pytestmark = pytest.mark.django_db

PAGES: dict[str, Access] = {
    name: access for name, pattern in all_patterns() if (access := access_of(pattern.callback)) is not None
}
# What a GET may write: the session itself, rate limits and used codes (the cache table), and that
# an officer opened a record.
MAY_WRITE = ("django_session", "redcross_cache", "usersessions_usersession", "people_sighting")


def address(name: str, world: World) -> str | None:
    """A page's address in the test world; None where a page needs what the world has not (admin objects)."""
    if name.startswith("admin:") and name not in {"admin:index", "admin:login", "admin:logout"}:
        return None
    if name in ROUTES:
        return reverse(name, kwargs=ROUTES[name](world))
    return reverse(name)


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast)


class Written:
    """Notes statements that write while the block runs."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        verb = sql.lstrip().split(" ", 1)[0].upper()
        if verb in {"INSERT", "UPDATE", "DELETE"} and not any(table in sql for table in MAY_WRITE):
            self.statements.append(sql[:160])
        return execute(sql, *rest)


def is_door(response: Any) -> bool:
    """True if the answer sends to a door: sign-in, or giving a second step."""
    target = response.headers.get("Location", "")
    return response.status_code == 302 and any(
        target.startswith(reverse(name))
        for name in ("account_login", "second_step_needed", "mfa_reauthenticate")
    )


def visit(client: Client, name: str, url: str) -> Any:
    """GET, or POST where GET is not allowed; a GET writes nothing."""
    written = Written()
    with connection.execute_wrapper(written):
        response = client.get(url)
    assert written.statements == [], name
    if response.status_code == 405:
        response = client.post(url)
    return response


def pages(world: World) -> Iterator[tuple[str, Access, str]]:
    for name, access in PAGES.items():
        url = address(name, world)
        if url is not None and name not in {"account_logout", "admin:logout"}:
            yield name, access, url


def request_of(client: Client, holder: Person) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user, request.session = holder.user, client.session  # type: ignore[assignment]
    return request


def is_refused(request: HttpRequest, url: str) -> bool:
    """What the guard alone says to somebody with a second step given: no page is made."""
    found = resolve(urlsplit(url).path)
    try:
        sent = AccessMiddleware(HttpResponse).process_view(request, found.func, found.args, found.kwargs)
    except PermissionDenied:
        return True
    assert sent is None, url
    return False


@pytest.mark.parametrize("office", [*OfficeCode.values, None])
def test_an_office_opens_what_it_may_and_nothing_else(world: World, office: str | None) -> None:
    """What its rights open is opened. For the rest the guard is asked each time, the whole portal for
    every fourth page, another fourth from office to office."""
    holder: Person = (
        people.officer(OfficeCode(office), world.cast.city)
        if office
        else people.person("Người Thường", world.cast.ward)
    )
    client = sign_in(holder)
    may = office_rules(people.actor(holder).on)[office].may if office else frozenset()
    turn = [*OfficeCode.values, None].index(office)
    asking = request_of(client, holder)

    wrong = {}
    for number, (name, access, url) in enumerate(pages(world)):
        should_open = not access.rights or bool(access.rights & may)
        if access.rights and is_refused(asking, url) == should_open:
            wrong[name] = 0
        if not (access.rights & may) and number % 4 != turn % 4:
            continue
        response = visit(client, name, url)
        if name == "work_home":
            should_open = office is not None
        opened = response.status_code != 403 and not is_door(response)
        if opened != should_open or response.status_code >= 500:
            wrong[name] = response.status_code
    assert wrong == {}


def test_a_stranger_opens_only_public_pages_and_the_doors(world: World) -> None:
    client, wrong = Client(), {}
    for name, access, url in pages(world):
        client.cookies.clear()
        response = visit(client, name, url)
        opened = response.status_code < 400 and not is_door(response)
        if (opened and not access.is_public) or (access.is_public and response.status_code in {403, 500}):
            wrong[name] = response.status_code
    assert wrong == {}


def test_a_password_alone_opens_nothing_for_an_officer(world: World) -> None:
    offices = (OfficeCode.ADMINISTRATOR, OfficeCode.EDITOR, OfficeCode.UNIT_OFFICER)
    clients = [sign_in(people.officer(one, world.cast.city), second_step=False) for one in offices]
    wrong = {}
    for number, (name, access, url) in enumerate(pages(world)):
        response = visit(clients[number % 3], name, url)
        if not access.is_public and not access.gives_second_step and not is_door(response):
            wrong[f"{offices[number % 3]} {name}"] = response.status_code
    assert wrong == {}


def test_public_pages_set_no_cookie_and_do_not_vary_by_it(world: World) -> None:
    client = sign_in(world.cast.member)
    for name, access, url in pages(world):
        if not access.is_public or access.is_entrance:
            continue
        response = client.get(url)
        assert not response.cookies, name
        assert "cookie" not in response.headers.get("Vary", "").lower(), name


def asks(access: Access) -> str:
    """One word for what a page asks."""
    if access.is_entrance:
        return "entrance"
    if access.is_public:
        return "public"
    if access.rights:
        return " ".join(sorted(access.rights))
    return "second-step-door" if access.gives_second_step or access.before_second_step else "signed-in"


def test_opening_a_page_is_deliberate() -> None:
    """tests/access.txt is changed by hand whenever a page is added or opened wider."""
    told = (Path(__file__).parent / "access.txt").read_text().splitlines()
    found = [f"{name}: {asks(access)}" for name, access in PAGES.items() if not name.startswith("admin:")]

    assert sorted(found) == sorted(line for line in told if line and not line.startswith("#"))
