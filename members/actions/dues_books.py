"""A unit that merges closes its book of dues by a hand-over record."""

from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from members.actions.dues_campaigns import mark_closed
from members.enums import DUES_MANAGE, CampaignState, ReceiptState, RemittanceState
from members.models import DuesCampaign, DuesCharge, DuesHandover, DuesReceipt
from members.queries.dues import OPEN_AMOUNT, keeper_of, remitted_sum, used_numbers
from people.models import Unit
from people.permissions import acting_over


@transaction.atomic
def hand_over_book(*, by: Actor, unit: Unit, successor: Unit, on: date, minutes: str) -> DuesHandover:
    """Close a unit's book: what was collected, passed up, still owed, which numbers were used.

    No receipt after it; its open campaigns close with it. The successor begins a series of its own.
    """
    by = acting_over(by, DUES_MANAGE, [unit.pk, successor.pk])
    Unit.objects.select_for_update().get(pk=unit.pk)
    reasons: list[Reason] = []
    if on > by.on:
        reasons.append(Reason(_("A book is handed over today or earlier."), field="on"))
    later = DuesReceipt.objects.filter(unit=unit, received_on__gt=on).order_by("-received_on").first()
    if later is not None:
        told = {"number": later.number_text, "day": format_date(later.received_on)}
        reasons.append(
            Reason(_("Receipt %(number)s is of %(day)s: the book was still in use.") % told, field="on")
        )
    if DuesHandover.objects.filter(unit=unit).exists():
        reasons.append(Reason(_("The unit has handed over its book of dues.")))
    if successor == unit:
        reasons.append(Reason(_("A unit hands its book over to another one."), field="successor"))
    elif keeper_of(successor) != successor:
        reasons.append(Reason(_("That unit has handed over its own book."), field="successor"))
    if reasons:
        raise Refused(reasons)
    for campaign in DuesCampaign.objects.select_for_update().filter(unit=unit, state=CampaignState.OPEN):
        mark_closed(by, campaign, on)
    valid = DuesReceipt.objects.filter(unit=unit, state=ReceiptState.VALID)
    sums = valid.aggregate(collected=Sum("amount"), upper=Sum("upper_part"))
    confirmed = remitted_sum(unit, RemittanceState.CONFIRMED)
    arrears = DuesCharge.objects.filter(campaign__unit=unit).aggregate(total=Sum(OPEN_AMOUNT))["total"]
    book = DuesHandover(
        unit=unit,
        successor=successor,
        on=on,
        minutes=minutes.strip(),
        collected=sums["collected"] or 0,
        remitted=confirmed,
        not_remitted=(sums["upper"] or 0) - confirmed,
        arrears=arrears or 0,
        receipts=used_numbers(unit),
    )
    book.full_clean()
    book.save()
    record(
        by=by,
        act="members.hand_over_book",
        subject=book,
        after={"unit": unit.code, "to": successor.code, "on": on, "collected": book.collected},
    )
    return book
