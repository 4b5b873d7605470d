"""What donors shows on pages of the roof and of people: the queue of declared donations, a person's blood."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from donors.enums import CONFIRM, DRIVE_MANAGE, SEE, Component, DonationState, DriveState, Source
from donors.models import Donation, Donor
from donors.queries.drives import drives_waiting
from donors.queries.rules import giving_rules, stricter_rules
from donors.queries.verdicts import facts_of
from donors.queries.visible import visible_donors
from donors.rules.verdict import assess
from foundation.dates import ZONE, format_date
from foundation.queue import QueueItem
from ledger.actor import Actor
from people.models import Person
from people.permissions import may, may_with

MOST = 50


def drive_queue(by: Actor) -> Iterable[QueueItem]:
    """Drives whose list waits for the facility's, and entries of a check-in to be looked at."""
    if not may(by, DRIVE_MANAGE):
        return
    for drive in drives_waiting(by, MOST):
        told = {"drive": drive.name, "day": format_date(drive.on)}
        if drive.state == DriveState.CLOSED:
            title = _("Compare with the facility: %(drive)s, %(day)s") % told
            url = reverse("drive_compare", args=[drive.pk])
        else:
            title = _("Entries of the check-in to be looked at: %(drive)s, %(day)s") % told
            url = reverse("drive", args=[drive.pk])
        at = datetime.combine(drive.on, drive.ends_at or time(12), ZONE)
        yield QueueItem(title, url, at, None, icon="drop")


def queue(by: Actor) -> Iterable[QueueItem]:
    """What drives wait for; donations that donors declared and nobody has decided on."""
    yield from drive_queue(by)
    if not may(by, CONFIRM):
        return
    rows = Donation.objects.filter(source=Source.DECLARED, state=DonationState.RECORDED)
    rows = rows.filter(donor__in=visible_donors(by)).select_related("donor__person")
    for donation in rows.order_by("recorded_at")[:MOST]:
        title = _("Donation declared: %(name)s") % {"name": donation.donor.person.full_name}
        yield QueueItem(title, reverse("declared_list"), donation.recorded_at, None, icon="heart")


def person_panel(by: Actor, person: Person) -> dict[str, Any]:
    """The person's donations and when they give next, for who looks after donors."""
    if not may_with(by, SEE, person):
        return {"may_see_donors": False}
    donor = Donor.objects.filter(person=person).select_related("person").first()
    if donor is None:
        return {"may_see_donors": True, "donor": None}
    facts = facts_of(donor, Component.WHOLE_BLOOD)
    return {
        "may_see_donors": True,
        "donor": donor,
        "figures": donor.donations.counting(by.on).figures(),
        "donations": donor.donations.select_related("mobilised_by", "drive"),
        "verdict": assess(facts, giving_rules(by.on), on=by.on, stricter=stricter_rules(by.on)),
    }
