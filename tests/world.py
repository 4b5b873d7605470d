"""One of everything that an address can name, so that every page can be asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from people.models import OfficeGrant, Person
from tests.conftest import Cast


@dataclass(frozen=True)
class World:
    cast: Cast
    person: Person
    grant: OfficeGrant


def make_world(cast: Cast) -> World:
    return World(cast=cast, person=cast.member, grant=cast.unit_officer.offices.get())


# The arguments of every address that takes some. A page that is missing here fails the walk.
ROUTES: dict[str, Callable[[World], dict[str, Any]]] = {
    "person": lambda w: {"key": w.person.key},
    "person_account": lambda w: {"key": w.person.key},
    "person_code": lambda w: {"key": w.person.key},
    "account_reset_password_from_key": lambda w: {"uidb36": "1", "key": "none"},
    "mfa_edit_webauthn": lambda w: {"pk": 0},
    "mfa_remove_webauthn": lambda w: {"pk": 0},
    "office_end": lambda w: {"pk": w.grant.pk},
}
