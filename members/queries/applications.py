"""Applications and admissions an actor may see, and what waits."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from foundation.dates import ZONE
from foundation.refusal import Refused
from foundation.text import matching
from ledger.actor import Actor
from members.enums import ADMIT, OPINE, SEE, AdmissionState, ApplicationState
from members.models import Admission, Application
from people.models import Unit

OPEN = (
    ApplicationState.SUBMITTED,
    ApplicationState.MEETING,
    ApplicationState.RETURNED,
    ApplicationState.AGREED,
)


def units_with(by: Actor, *rights: str) -> frozenset[int]:
    """Units the actor's offices cover with one of the rights."""
    return frozenset().union(*(h.unit_ids for h in by.holds if h.may & frozenset(rights)))


def unit_of(application: Application) -> Unit:
    """The unit of a submitted application; refuses for a draft without one."""
    if application.unit is None:
        raise Refused([_("Choose the branch or unit.")])
    return application.unit


def visible_applications(by: Actor) -> QuerySet[Application]:
    """Submitted applications to units the actor covers."""
    submitted = Application.objects.exclude(state=ApplicationState.DRAFT)
    if by.is_system:
        return submitted
    return submitted.filter(unit__in=units_with(by, SEE, OPINE, ADMIT))


def visible_admissions(by: Actor) -> QuerySet[Admission]:
    """Batches of units the actor covers."""
    return (
        Admission.objects.all()
        if by.is_system
        else Admission.objects.filter(unit__in=units_with(by, SEE, ADMIT))
    )


def waiting_for_opinion(by: Actor) -> QuerySet[Application]:
    """Applications on which the actor's branch has not spoken yet, oldest first."""
    rows = Application.objects.filter(state=ApplicationState.SUBMITTED, unit__in=units_with(by, OPINE))
    return rows.select_related("unit", "approval").order_by("submitted_at")


def waiting_for_meeting(by: Actor) -> QuerySet[Application]:
    """Applications the actor's unit has to meet on, oldest first."""
    rows = Application.objects.filter(state=ApplicationState.MEETING, unit__in=units_with(by, ADMIT))
    return rows.select_related("unit", "approval").order_by("submitted_at")


def open_admissions(by: Actor) -> QuerySet[Admission]:
    """Batches that wait for a decision or a ceremony, in units where the actor admits."""
    rows = Admission.objects.filter(unit__in=units_with(by, ADMIT)).exclude(state=AdmissionState.CLOSED)
    return rows.select_related("unit", "paper").order_by("created_at")


def searched(rows: QuerySet[Application], query: str, state: str, kind: str) -> QuerySet[Application]:
    """The rows narrowed by name or code, state, kind; newest first."""
    if query.strip():
        rows = rows.filter(matching("search_name", query) | Q(code__iexact=query.strip()))
    if state in ApplicationState.values:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.select_related("unit", "approval").order_by("-submitted_at", "-pk")


def stale_drafts(on: date, days: int) -> QuerySet[Application]:
    """Drafts nobody went on with for so many days."""
    before = datetime.combine(on - timedelta(days=days), time.min, ZONE)
    return Application.objects.filter(state=ApplicationState.DRAFT, created_at__lt=before)
