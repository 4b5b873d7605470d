"""Reminding units that have not handed in their list of a round, all of them in one click."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from letters.actions import enqueue
from people.enums import OfficeCode
from people.models import OfficeGrant
from rewards.enums import MANAGE
from rewards.models import Round
from rewards.permissions import acting_city
from rewards.queries.seen import late_units

REMIND = "rewards.remind_unit"


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many units a letter goes to, and how many have nobody with an account to write to."""

    units: int
    without: int


@transaction.atomic
def remind_units(*, by: Actor, cycle: Round) -> Reminded:
    """One letter to each officer of the units that have not handed in; asked twice a day, sent once.

    Refused once the ceremony is over, and when every unit has handed in.
    """
    by = acting_city(by, MANAGE)
    if by.on > cycle.ceremony_on:
        raise Refused([_("The ceremony is over.")])
    missing = list(late_units(cycle))
    if not missing:
        raise Refused([_("Every unit has handed in its list.")])
    grants = (
        OfficeGrant.objects.in_force(by.on)
        .filter(unit__in=missing, office=OfficeCode.UNIT_OFFICER, person__user__isnull=False)
        .select_related("person__user", "unit")
        .order_by("unit__code", "pk")
    )
    reached = set()
    for grant in grants:
        user = grant.person.user
        assert user is not None  # noqa: S101  filtered above
        reached.add(grant.unit_id)
        enqueue(
            by=by,
            template=REMIND,
            key=f"{REMIND}:{cycle.pk}:{grant.unit_id}:{user.pk}:{by.on}",
            address=user.email,
            user=user,
            recipient_name=grant.person.full_name,
            unit_code=grant.unit.code,
            context={
                "name": grant.person.full_name,
                "unit": grant.unit.name,
                "ceremony": cycle.name,
                "due_on": format_date(cycle.deadline),
                "path": reverse("reward_unit_rounds"),
                "site_url": settings.SITE_URL,
            },
        )
    told = Reminded(len(reached), len(missing) - len(reached))
    after = {"units": told.units, "without": told.without}
    record(by=by, act="rewards.remind_units", subject=cycle, after=after)
    return told
