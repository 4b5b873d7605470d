"""Units, people and offices for tests."""

from datetime import date
from itertools import count

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.db.backends.postgresql.psycopg_any import DateRange

from ledger.actor import Actor
from ledger.models import User
from people.actors import actor_for, system_actor
from people.enums import ActKind, BelongingKind, BodyKind, OfficeCode, UnitKind
from people.models import Belonging, Body, OfficeGrant, Person, Seat, Unit, UnitAct

FOUNDED_ON = date(2025, 7, 1)
PASSWORD = "mot-mat-khau-de-thu"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = count(1)


def unit(name: str, parent: Unit | None = None, kind: UnitKind = UnitKind.WARD, code: str = "") -> Unit:
    """A unit founded on FOUNDED_ON under a parent."""
    from people.actions import found_unit

    return found_unit(
        by=system_actor(),
        code=code or f"U{next(_numbers)}",
        kind=kind,
        name=name,
        founded_on=FOUNDED_ON,
        parent=parent,
    )


def user(username: str = "", email: str = "") -> User:
    """A login with PASSWORD."""
    made = User(username=username or f"nguoi-{next(_numbers)}", email=email)
    made.set_password(PASSWORD)
    made.save()
    return made


def person(full_name: str, unit: Unit | None, with_user: bool = True, username: str = "") -> Person:
    """A person, by default with a login."""
    made = Person(full_name=full_name, user=user(username) if with_user else None)
    made.clean()
    made.save()
    if unit is not None:
        belong(made, unit)
    return made


def belong(
    who: Person, unit: Unit, kind: BelongingKind = BelongingKind.RECORD, since: date = FOUNDED_ON
) -> Belonging:
    """The person belongs to the unit since a day."""
    return Belonging.objects.create(person=who, unit=unit, kind=kind, during=DateRange(since, None))


def grant(holder: Person, office: OfficeCode, on_unit: Unit, until_on: date | None = None) -> OfficeGrant:
    """An office held since FOUNDED_ON."""
    return OfficeGrant.objects.create(
        person=holder, office=office, unit=on_unit, during=DateRange(FOUNDED_ON, until_on), reason="QĐ mẫu"
    )


def officer(office: OfficeCode, on_unit: Unit, name: str = "Cán Bộ Mẫu", username: str = "") -> Person:
    """A person with a login, an office and an authenticator app (TOTP_SECRET)."""
    made = person(name, on_unit, username=username)
    grant(made, office, on_unit)
    assert made.user is not None
    if not Authenticator.objects.filter(user=made.user).exists():
        TOTP.activate(made.user, TOTP_SECRET)
    return made


def actor(holder: Person) -> Actor:
    """The actor a person is in actions."""
    assert holder.user is not None
    return actor_for(holder.user)


def seat(holder: Person, of_unit: Unit, post: str = "Chủ tịch") -> Seat:
    """A seat in the unit's executive committee, which is made and not recognised yet."""
    from people.actions.bodies import found_body, seat_member

    by = system_actor()
    body = Body.objects.filter(unit=of_unit, kind=BodyKind.EXECUTIVE).first() or found_body(
        by=by, unit=of_unit, kind=BodyKind.EXECUTIVE, first_on=FOUNDED_ON, last_on=None
    )
    return seat_member(by=by, body=body, person=holder, post=post, first_on=FOUNDED_ON)


def act(of_unit: Unit) -> UnitAct:
    """A draft that renames the unit."""
    from people.actions.acts import Plan, Rename, enter_act

    return enter_act(
        by=system_actor(),
        kind=ActKind.RENAME,
        decision_number="12/QĐ-CTĐ",
        decided_on=FOUNDED_ON,
        effective_on=FOUNDED_ON,
        plan=Plan(renames=[Rename(of_unit, f"{of_unit.name} mới")]),
    )


def plan(of_unit: Unit) -> UnitAct:
    """A draft that renames the unit by a decision to be drafted here."""
    from people.actions.acts import Plan, Rename, enter_act

    return enter_act(
        by=system_actor(),
        kind=ActKind.RENAME,
        effective_on=FOUNDED_ON,
        is_outside=False,
        plan=Plan(renames=[Rename(of_unit, f"{of_unit.name} mới")]),
    )
