"""A unit says that it has received a paper."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from papers.enums import DRAFT
from papers.models import PaperRecipient
from papers.queries import WITH_NUMBER
from people.permissions import acting


@transaction.atomic
def receive_paper(*, by: Actor, recipient: PaperRecipient) -> PaperRecipient:
    """The unit's officer has received the issued paper; a second time changes nothing. Returns it."""
    row = PaperRecipient.objects.select_for_update(of=("self",)).select_related("paper").get(pk=recipient.pk)
    by = acting(by, DRAFT, row.unit_id)
    if row.unit_id is None or row.paper.state not in WITH_NUMBER:
        raise Refused([_("Only a unit to which a paper was issued receives it.")])
    if row.received_at is None:
        row.received_at, row.received_by = timezone.now(), by.user
        row.full_clean()
        row.save(update_fields=["received_at", "received_by"])
        record(by=by, act="papers.receive", subject=row.paper, after={"unit": row.unit_id})
    return row
