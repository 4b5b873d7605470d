"""What this app shows on pages of the roof."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.queue import Figure, QueueItem
from ledger.actor import Actor
from people.enums import RequestState
from people.queries.acts import failed_acts, visible_acts
from people.queries.approvals import waiting_for
from people.queries.rights import open_requests


def queue(by: Actor) -> Iterable[QueueItem]:
    """What waits for this officer, in any order."""
    yield from _approvals(by)
    yield from _failed_acts(by)
    for asked in open_requests(by):
        is_new = asked.state == RequestState.OPEN
        yield QueueItem(
            _("Request about data: %(kind)s") % {"kind": asked.get_kind_display()},
            reverse("data_request", args=[asked.pk]),
            asked.asked_at,
            asked.answer_by if is_new else asked.done_by,
            icon="lock",
        )


def _approvals(by: Actor) -> Iterable[QueueItem]:
    for approval in waiting_for(by):
        note = _("%(office)s, %(unit)s") % {
            "office": approval.get_office_display(),
            "unit": approval.unit.name,
        }
        if approval.escalated_at:
            note = _("%(note)s; handed up, the deadline had passed") % {"note": note}
        url = reverse("approval", args=[approval.pk])
        yield QueueItem(approval.title, url, approval.asked_at, approval.due_on, note, "check")


def _failed_acts(by: Actor) -> Iterable[QueueItem]:
    if not by.may("unit.reorganise"):
        return
    for act in failed_acts().filter(pk__in=visible_acts(by).values("pk")):
        title = _("Not carried out: %(act)s") % {"act": act}
        since = act.tried_at or act.created_at
        note = act.failure.split("\n")[0]
        yield QueueItem(title, reverse("act", args=[act.pk]), since, act.effective_on, note, "alert")


def figures(by: Actor) -> Iterable[Figure]:
    """Numbers of this officer's units."""
    return ()
