"""What this app shows on pages of the roof."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.queue import Figure, QueueItem
from ledger.actor import Actor
from people.enums import RequestState
from people.queries.rights import open_requests


def queue(by: Actor) -> Iterable[QueueItem]:
    """What waits for this officer, in any order."""
    for asked in open_requests(by):
        is_new = asked.state == RequestState.OPEN
        yield QueueItem(
            _("Request about data: %(kind)s") % {"kind": asked.get_kind_display()},
            reverse("data_request", args=[asked.pk]),
            asked.asked_at,
            asked.answer_by if is_new else asked.done_by,
            icon="lock",
        )


def figures(by: Actor) -> Iterable[Figure]:
    """Numbers of this officer's units."""
    return ()
