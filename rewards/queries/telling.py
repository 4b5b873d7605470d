"""Who is still to be told what: due and not yet written, never the dead."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, F, Min, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from donors.models import Donor
from letters.models import Letter
from members.enums import Ending, MembershipState, ReportKind, ReportState
from members.models import LifeReport, Membership
from people.enums import PersonState
from people.models import Consent, Person
from rewards.models import Award, Invitation, holder_of
from rewards.rules import dossier_values

GRANTED, INVITE, COLLECT, FIRST_DAY = (
    "rewards.granted",
    "rewards.invite",
    "rewards.collect",
    "rewards.first_day",
)
FIRST_DAY_CONSENT = "first_day"


def living() -> QuerySet[Person]:
    """People a letter may go to: a record that stands, of somebody not known or reported to have died."""
    died = Membership.objects.filter(
        person=OuterRef("pk"), state=MembershipState.ENDED, ending=Ending.DECEASED
    )
    said_dead = LifeReport.objects.filter(
        membership__person=OuterRef("pk"), what=ReportKind.DEATH, state=ReportState.WAITING
    )
    honoured_dead = Award.objects.filter(person=OuterRef("pk"), nomination__is_posthumous=True)
    return Person.objects.filter(
        ~Exists(died), ~Exists(said_dead), ~Exists(honoured_dead), state=PersonState.STANDING
    )


def untold(code: str) -> Any:
    """An expression, true of a row about which the letter of this code is not written yet."""
    key = Concat(Value(f"{code}:"), Cast(OuterRef("pk"), models.CharField()))
    return ~Exists(Letter.objects.filter(key=key))


def awards_to_tell(on: date) -> QuerySet[Award]:
    """Granted a short while ago, the person not congratulated."""
    since = on - timedelta(days=dossier_values(on)["tell_within_days"])
    return Award.objects.filter(
        untold(GRANTED), revoked_on=None, decided_on__gte=since, person__in=living()
    ).order_by("pk")


def invitations_to_send(on: date) -> QuerySet[Invitation]:
    """To a ceremony still to come."""
    return Invitation.objects.filter(
        untold(INVITE), round__ceremony_on__gte=on, award__revoked_on=None, award__person__in=living()
    ).order_by("pk")


def awards_to_collect(on: date) -> QuerySet[Award]:
    """Late hand-overs whose last day is near or gone: one reminder each."""
    near = on + timedelta(days=dossier_values(on)["remind_days_before"])
    return Award.objects.filter(
        untold(COLLECT), handed_on=None, revoked_on=None, due_on__lte=near, person__in=living()
    ).order_by("pk")


def first_days(on: date) -> QuerySet[Donor]:
    """Donors who agreed to the wish and first gave on this day of an earlier year, with `first_on`."""
    agreed = Consent.objects.filter(person=OuterRef("person"), purpose=FIRST_DAY_CONSENT, withdrawn_at=None)
    told = Letter.objects.filter(
        key=Concat(Value(f"{FIRST_DAY}:"), Cast(OuterRef("pk"), models.CharField()), Value(f":{on.year}"))
    )
    donors = Donor.objects.filter(Exists(agreed), ~Exists(told), person__in=living())
    firsts = donors.annotate(
        first_on=Min(
            "donations__on", filter=models.Q(donations__kind="voluntary", donations__state="confirmed")
        )
    )
    return firsts.filter(first_on__month=on.month, first_on__day=on.day, first_on__year__lt=on.year).order_by(
        "pk"
    )


def open_late(on: date) -> QuerySet[Award]:
    """Late hand-overs not done yet, the longest waiting first."""
    return (
        Award.objects.filter(handed_on=None, revoked_on=None, due_on__isnull=False)
        .select_related(
            *holder_of("nomination__"), "nomination__unit", "nomination__rung", "nomination__round"
        )
        .order_by(F("due_on"), "pk")
    )
