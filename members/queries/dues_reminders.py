"""Who is to be reminded of dues today, once for each day of the table; who has no e-mail."""

from datetime import date
from typing import NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from letters.models import Letter
from members.enums import CampaignState, MembershipState
from members.models import DuesCampaign, DuesCharge
from members.rules.dues import reminder_day
from people.enums import PersonState


class DueReminder(NamedTuple):
    """Whom to remind in which campaign, and of which day of the table it is the reminder."""

    campaign_id: int
    person_id: int
    day: date


def reminder_key(campaign_id: int, person_id: int, day: date) -> str:
    """What the letter is about: asked twice, it is the same letter."""
    return f"members.dues_reminder:{campaign_id}:{day}:{person_id}"


def still_owing(campaign: DuesCampaign) -> QuerySet[DuesCharge]:
    """Charges of living memberships nobody has collected yet."""
    return DuesCharge.objects.filter(
        campaign=campaign,
        amount__gt=F("paid"),
        ticked_on=None,
        person__state=PersonState.STANDING,
        membership__state__in=[MembershipState.ACTIVE, MembershipState.MOVING],
    )


def _reachable() -> Q:
    return Q(person__email__gt="") | Q(person__user__is_active=True, person__user__email__gt="")


def due_reminders(on: date) -> list[DueReminder]:
    """Reminders of open years that are due and not written yet. 1 query a year with a day behind it."""
    found: list[DueReminder] = []
    for campaign in DuesCampaign.objects.filter(state=CampaignState.OPEN).order_by("pk"):
        day = reminder_day(campaign.year, on)
        if day is None:
            continue
        prefix = reminder_key(campaign.pk, 0, day).removesuffix("0")
        key = Concat(Value(prefix), Cast("person_id", CharField()), output_field=CharField())
        rows = still_owing(campaign).filter(_reachable()).annotate(letter_key=key)
        rows = rows.filter(~Exists(Letter.objects.filter(key=OuterRef("letter_key"))))
        people = rows.order_by("person_id").values_list("person_id", flat=True).distinct()
        found += [DueReminder(campaign.pk, pk, day) for pk in people]
    return found


def without_letter(on: date) -> int:
    """How many who are to be reminded have no e-mail: the branch head's list is their reminder."""
    return sum(
        still_owing(campaign).exclude(_reachable()).values("person").distinct().count()
        for campaign in DuesCampaign.objects.filter(state=CampaignState.OPEN)
        if reminder_day(campaign.year, on)
    )
