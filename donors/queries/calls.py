"""Whom a call may reach: counted, never listed for the officer."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from donors.enums import CALL, DRIVE_SEE, CallState, Group, NoticeKind, Rhesus
from donors.models import CallUp, Donation, Notice
from donors.models.donors import DonorQuerySet
from donors.queries.notices import reachable_donors
from donors.queries.settings import drive_settings
from donors.queries.standings import free_on
from ledger.actor import Actor
from people.enums import BelongingKind
from people.models import Belonging
from people.rules import offices_that_may

GROUPS = [f"{group}{rhesus}" for group in Group.values for rhesus in Rhesus.values]


def visible_calls(by: Actor) -> QuerySet[CallUp]:
    """Calls of the units the actor's offices cover."""
    calls = CallUp.objects.select_related("unit", "area", "drive")
    if by.is_system:
        return calls
    return calls.filter(
        unit__in=by.unit_ids(offices_that_may(CALL, by.on) | offices_that_may(DRIVE_SEE, by.on))
    )


def callable_donors(call: CallUp) -> DonorQuerySet:
    """Donors of the area who agreed to be called, can come, may give on the day, were not called lately."""
    here = Belonging.objects.filter(
        kind=BelongingKind.DONOR,
        during__contains=call.on,
        unit__covered_by__ancestor=call.area_id,
        unit__covered_by__during__contains=call.on,
    )
    donors = reachable_donors().filter(Q(is_reserve=True) | Q(is_rare=True), person__in=here.values("person"))
    if call.groups:
        wanted = Q()
        for code in call.groups:
            wanted |= Q(group=code[:-1], rhesus=code[-1])
        donors = donors.filter(wanted)
    since = timezone.now() - timedelta(days=drive_settings(call.on)["call_rest_days"])
    called = Notice.objects.filter(kind=NoticeKind.CALL, person=OuterRef("person"))
    donors = donors.filter(~Exists(called.filter(Q(at__gt=since) | Q(call_up=call.pk))))
    return free_on(donors, call.on)


def open_calls() -> list[CallUp]:
    """Calls being sent, the oldest first. 1 query."""
    return list(CallUp.objects.filter(state=CallState.SENDING).order_by("pk"))


def next_called(call: CallUp) -> list[int]:
    """The next donors of a call, so many a minute and up to the cap; who gave longest ago first."""
    call.refresh_from_db(fields=["state", "sent"])
    room = min(call.cap - call.sent, drive_settings(call.on)["call_a_minute"])
    if call.state != CallState.SENDING or room <= 0:
        return []
    last = Donation.objects.standing().filter(donor=OuterRef("pk")).order_by("-on").values("on")[:1]
    donors = callable_donors(call).annotate(last=Subquery(last))
    return list(donors.order_by(F("last").asc(nulls_first=True), "pk").values_list("pk", flat=True)[:room])
