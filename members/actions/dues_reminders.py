"""Reminding who still owes dues: one letter for each day of the table, never a second."""

from datetime import date

from django.db import transaction
from django.urls import reverse

from foundation.money import format_vnd
from ledger.actor import Actor
from letters.actions import enqueue
from members.enums import DUES_MANAGE
from members.models import DuesCampaign
from members.queries.dues import keeper_of
from members.queries.dues_reminders import reminder_key, still_owing
from people.models import Person
from people.permissions import acting


@transaction.atomic
def remind_dues(*, by: Actor, campaign_id: int, person_id: int, day: date) -> bool:
    """Write the reminder of a day to one person; False if nothing is owed any more."""
    campaign = DuesCampaign.objects.select_related("unit").get(pk=campaign_id)
    by = acting(by, DUES_MANAGE, keeper_of(campaign.unit).pk)
    charges = list(still_owing(campaign).filter(person=person_id).select_related("branch"))
    if not charges:
        return False
    person = Person.objects.select_related("user").get(pk=person_id)
    user = person.user if person.user and person.user.is_active else None
    enqueue(
        by=by,
        template="members.dues_reminder",
        key=reminder_key(campaign_id, person_id, day),
        address=(user.email if user else "") or person.email,
        user=user,
        recipient_name=person.full_name,
        unit_code=campaign.unit.code,
        context={
            "name": person.full_name,
            "year": campaign.year,
            "amount": format_vnd(sum(charge.open_amount for charge in charges)),
            "months": sum(charge.months for charge in charges),
            "branch": charges[-1].branch.name,
            "path": reverse("mine_dues"),
        },
    )
    return True
