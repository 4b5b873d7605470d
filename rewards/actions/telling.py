"""Letters about honours: each written once, by its key, and never to somebody who has died."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from foundation.dates import format_date
from ledger.actor import Actor
from letters.actions import enqueue
from people.models import Person, Unit
from rewards.models import Award
from rewards.permissions import by_system
from rewards.queries.telling import (
    COLLECT,
    FIRST_DAY,
    GRANTED,
    INVITE,
    awards_to_collect,
    awards_to_tell,
    first_days,
    invitations_to_send,
)


@transaction.atomic
def tell_award(*, by: Actor, pk: int) -> bool:
    """The congratulation on an award; False when it is not due any more."""
    by_system(by)
    award = (
        awards_to_tell(by.on).select_related("person", "nomination__rung", "nomination__unit").filter(pk=pk)
    )
    found = award.select_for_update(of=("self",)).first()
    if found is None or found.person is None:
        return False
    values = {"number": found.decision_number, "day": format_date(found.decided_on)}
    write(by, GRANTED, str(pk), found.person, found.nomination.unit, values | _about(found))
    return True


@transaction.atomic
def tell_invitation(*, by: Actor, pk: int) -> bool:
    """The invitation to a ceremony, with the address for the reply; False when it is not due any more."""
    by_system(by)
    rows = invitations_to_send(by.on).filter(pk=pk).select_for_update(of=("self",))
    found = rows.select_related(
        "round", "award__person", "award__nomination__rung", "award__nomination__unit"
    ).first()
    if found is None or found.award.person is None:
        return False
    values = {
        **_about(found.award),
        "ceremony": found.round.name,
        "day": format_date(found.round.ceremony_on),
        "place": found.round.place,
        "seat": found.seat,
        "path": reverse("reward_invitation_public", args=[found.key]),
    }
    write(by, INVITE, str(pk), found.award.person, found.award.nomination.unit, values)
    return True


@transaction.atomic
def tell_collect(*, by: Actor, pk: int) -> bool:
    """One reminder that a paper waits to be collected; False when it is not due any more."""
    by_system(by)
    rows = awards_to_collect(by.on).filter(pk=pk).select_for_update(of=("self",))
    found = rows.select_related("person", "nomination__rung", "nomination__unit").first()
    if found is None or found.person is None or found.due_on is None:
        return False
    unit = found.nomination.unit
    values = {
        "number": found.decision_number,
        "unit": unit.name if unit else "",
        "day": format_date(found.due_on),
    }
    write(by, COLLECT, str(pk), found.person, unit, values | _about(found))
    return True


@transaction.atomic
def tell_first_day(*, by: Actor, pk: int) -> bool:
    """The wish on the day of the first donation, to who agreed to it; once a year."""
    by_system(by)
    found = first_days(by.on).select_related("person").filter(pk=pk).first()
    if found is None or not address_of(found.person):
        return False
    first_on: date = found.first_on  # type: ignore[attr-defined]
    values = {"years": by.on.year - first_on.year, "path": reverse("mine_data")}
    write(by, FIRST_DAY, f"{pk}:{by.on.year}", found.person, None, values)
    return True


def write(
    by: Actor, code: str, about: str, person: Person, unit: Unit | None, values: dict[str, object]
) -> None:
    """The letter of this code about this thing."""
    enqueue(
        by=by,
        template=code,
        key=f"{code}:{about}",
        address=address_of(person),
        context={"name": person.full_name, "site_url": settings.SITE_URL, **values},
        user=person.user,
        recipient_name=person.full_name,
        unit_code=unit.code if unit else "",
    )


def address_of(person: Person) -> str:
    """Where letters to the person go; empty where none is known."""
    return person.email or (person.user.email if person.user else "")


def _about(award: Award) -> dict[str, object]:
    return {
        "honour": award.nomination.rung.honour or award.nomination.rung.code,
        "path": reverse("mine_honours"),
    }
