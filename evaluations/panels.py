"""What evaluations shows on the roof's pages: what waits for a scorer, a head, an accountant."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluations.enums import DECIDE, MANAGE, PAY, SCORE, STAFF, RatingState, SheetState
from evaluations.models import Cycle, Petition, Sheet, SheetLine, StaffFact
from evaluations.queries import covered, visible_sheets, visible_staff, visible_to
from evaluations.queries.board import calendar
from foundation.dates import ZONE
from foundation.queue import QueueItem
from ledger.actor import Actor
from people.models import Person
from people.permissions import may, may_with

MOST = 20
SEES = (STAFF, MANAGE, SCORE, DECIDE, PAY)


def person_panel(by: Actor, person: Person) -> dict[str, Any]:
    """The personal file: employments, dated facts, results, pay, each for whose business it is.

    An officer's own results are read under "mine", not here.
    """
    if not any(may_with(by, right, person) for right in SEES):
        return {"may_see_file": False}
    ratings = visible_to(by).filter(person=person).select_related("cycle__unit", "employment")
    lines = SheetLine.objects.filter(
        rating__person=person, sheet__in=visible_sheets(by), sheet__closed_on__isnull=False
    )
    facts = StaffFact.objects.filter(person=person, unit__in=covered(by, STAFF))
    return {
        "may_see_file": True,
        "jobs": visible_staff(by).filter(person=person).select_related("unit").order_by("-during"),
        "may_change_staff": may_with(by, STAFF, person),
        "facts": facts.order_by("-during", "pk"),
        "ratings": ratings.order_by("-cycle__last_on", "cycle__kind"),
        "lines": lines.select_related("sheet", "rating__cycle").order_by(
            "-rating__cycle__last_on", "sheet_id"
        ),
        "may_pay": may_with(by, PAY, person),
    }


def queue(by: Actor) -> Iterable[QueueItem]:
    """Forms to score and to decide by period, petitions with their deadline, quarters to pay."""
    if may(by, SCORE) or may(by, DECIDE):
        yield from _forms(by)
    if may(by, DECIDE):
        yield from _petitions(by)
    if may(by, PAY):
        yield from _sheets(by)


def _forms(by: Actor) -> Iterable[QueueItem]:
    scored = Q(state=RatingState.REPORTED, employment__unit__in=covered(by, SCORE))
    decided = Q(state=RatingState.SCORED, cycle__unit__in=covered(by, DECIDE))
    rows = (
        visible_to(by)
        .values("cycle")
        .annotate(
            to_score=Count("pk", filter=scored),
            to_decide=Count("pk", filter=decided),
            since=Min("events__at", filter=scored | decided),
        )
        .filter(Q(to_score__gt=0) | Q(to_decide__gt=0))
        .order_by("cycle")[:MOST]
    )
    found = list(rows)
    cycles = Cycle.objects.select_related("unit").in_bulk([row["cycle"] for row in found])
    for row in found:
        cycle = cycles[row["cycle"]]
        url = reverse("rating_cycle", args=[cycle.pk])
        if row["to_score"]:
            words = ngettext("%(count)s person to score", "%(count)s people to score", row["to_score"])
            title = f"{words % {'count': row['to_score']}}: {cycle.name}"
            due = dict(calendar(cycle).steps).get("department", calendar(cycle).decision_by)
            yield QueueItem(title, url, row["since"], due, cycle.unit.name, "edit")
        if row["to_decide"]:
            words = ngettext("%(count)s person to decide", "%(count)s people to decide", row["to_decide"])
            title = f"{words % {'count': row['to_decide']}}: {cycle.name}"
            yield QueueItem(title, url, row["since"], calendar(cycle).decision_by, cycle.unit.name, "check")


def _petitions(by: Actor) -> Iterable[QueueItem]:
    rows = Petition.objects.filter(answered_on=None, rating__in=visible_to(by).values("pk"))
    for one in rows.select_related("rating__person", "rating__cycle").order_by("due_on")[:MOST]:
        since = datetime.combine(one.filed_on, time(8), ZONE)
        title = _("Petition of %(name)s: %(period)s") % {
            "name": one.rating.person.full_name,
            "period": one.rating.cycle.name,
        }
        yield QueueItem(
            title, reverse("rating_answer", args=[one.rating.key]), since, one.due_on, icon="alert"
        )


def _sheets(by: Actor) -> Iterable[QueueItem]:
    drafts = Sheet.objects.filter(state=SheetState.DRAFT, cycle__unit__in=covered(by, PAY))
    for sheet in drafts.select_related("cycle__unit")[:MOST]:
        title = _("Pay sheet to close: %(period)s") % {"period": sheet.cycle.name}
        since = datetime.combine(sheet.made_on, time(8), ZONE)
        yield QueueItem(
            title, reverse("pay_sheet", args=[sheet.key]), since, None, sheet.cycle.unit.name, "card"
        )
