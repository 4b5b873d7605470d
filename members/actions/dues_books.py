"""A unit that merges closes its book of dues by a hand-over record."""

from datetime import date

from django.db import transaction
from django.db.models import Count, Max, Min, Q, Sum
from django.utils.translation import gettext as _

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from members.actions.dues_campaigns import mark_closed
from members.enums import DUES_MANAGE, CampaignState, ReceiptState, RemittanceState
from members.models import DuesCampaign, DuesCharge, DuesHandover, DuesReceipt
from members.queries.dues import OPEN_AMOUNT, remitted_sum
from people.models import Unit
from people.permissions import acting_over


@transaction.atomic
def hand_over_book(*, by: Actor, unit: Unit, successor: Unit, on: date, minutes: str) -> DuesHandover:
    """Close a unit's book: what was collected, passed up, still owed, which numbers were used.

    No receipt after it; its open campaigns close with it. The successor begins a series of its own.
    """
    by = acting_over(by, DUES_MANAGE, [unit.pk, successor.pk])
    if on > by.on:
        raise Refused([Reason(_("A book is handed over today or earlier."), field="on")])
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


def used_numbers(unit: Unit) -> list[dict[str, int]]:
    """Numbers of receipts used, by year: first, last, how many of them cancelled."""
    rows = DuesReceipt.objects.filter(unit=unit).values("year").order_by("year")
    return [
        {
            "year": row["year"],
            "first": row["first"],
            "last": row["last"],
            "cancelled": row["cancelled"],
        }
        for row in rows.annotate(
            first=Min("number"),
            last=Max("number"),
            cancelled=Count("pk", filter=Q(state=ReceiptState.CANCELLED)),
        )
    ]
