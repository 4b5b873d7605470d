"""What this app shows on pages of the roof."""

from collections.abc import Iterable

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.queue import Figure, QueueItem
from ledger.actor import Actor
from letters.enums import MANAGE, SEE, LetterState
from letters.queries import visible_to


def queue(by: Actor) -> Iterable[QueueItem]:
    """Letters somebody must settle: one line for those to call, one for the unsure."""
    if not by.may(MANAGE):
        return
    letters = visible_to(by).needing_somebody().values("state")
    for row in letters.annotate(count=Count("pk"), since=Min("created_at")).order_by("state"):
        url = f"{reverse('letter_register')}?trang_thai={row['state']}"
        title = title_of(row["state"], row["count"]) % {"count": row["count"]}
        yield QueueItem(title, url, row["since"], icon="mail")


def title_of(state: str, count: int) -> str:
    if state == LetterState.TO_CALL:
        return ngettext(
            "%(count)s letter could not be sent: call or print",
            "%(count)s letters could not be sent: call or print",
            count,
        )
    return ngettext(
        "%(count)s letter may not have arrived: ask and note",
        "%(count)s letters may not have arrived: ask and note",
        count,
    )


def figures(by: Actor) -> Iterable[Figure]:
    """How many letters of the actor's units wait to go out."""
    if by.may(SEE):
        waiting = visible_to(by).filter(state__in=(LetterState.WAITING, LetterState.SENDING)).count()
        url = f"{reverse('letter_register')}?trang_thai={LetterState.WAITING}"
        yield Figure(waiting, _("letters waiting to go out"), url)
