"""Dues collected, receipted, passed up and confirmed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dates import add_working_days, format_date
from foundation.money import format_vnd
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, record_many
from members.enums import (
    DUES_COLLECT,
    DUES_MANAGE,
    PayWay,
    ReceiptState,
    RemittanceState,
)
from members.models import (
    DuesCampaign,
    DuesCharge,
    DuesHandover,
    DuesLine,
    DuesReceipt,
    DuesRemittance,
    DuesSeries,
)
from members.queries.dues import keeper_of, not_remitted, shares_on
from members.rules.dues import dues_terms, shares_of
from people.actions.approvals import ask, decide, withdraw
from people.enums import ApprovalState, OfficeCode
from people.models import Unit, UnitLink
from people.permissions import acting

CONFIRM = "dues.remittance"


@transaction.atomic
def tick_dues(
    *, by: Actor, campaign: DuesCampaign, branch: Unit, ticked: Iterable[int], shown: Iterable[int]
) -> int:
    """Of the charges shown, these were collected by the branch and the others were not; how many changed.

    What stands on a receipt is left alone. Arrears of a closed year are ticked the same way.
    """
    by = acting(by, DUES_COLLECT, branch.pk)
    charges = DuesCharge.objects.select_for_update().filter(
        campaign=campaign, branch=branch, pk__in=set(shown), amount__gt=F("paid")
    )
    wanted, notes = set(ticked), []
    for charge in charges.order_by("pk"):
        if (charge.pk in wanted) == (charge.ticked_on is not None):
            continue
        before = {"ticked_on": charge.ticked_on}
        charge.ticked_on = by.on if charge.pk in wanted else None
        charge.ticked_by = by.user if charge.pk in wanted else None
        charge.save(update_fields=["ticked_on", "ticked_by"])
        notes.append((charge.pk, before, {"ticked_on": charge.ticked_on}))
    return record_many(by=by, act="members.tick_dues", model=DuesCharge, rows=notes)


@transaction.atomic
def take_receipt(
    *,
    by: Actor,
    campaign: DuesCampaign,
    branch: Unit,
    amounts: Mapping[int, int],
    payer: str,
    received_on: date,
    how: PayWay = PayWay.CASH,
) -> DuesReceipt:
    """One receipt for many names: `amounts` gives đồng by charge id. Returns the receipt.

    Numbered in the unit's series of that year, without gap and without double; shared by the
    percentages in force on the day. Arrears of a closed campaign are received the same way; those of a
    unit that handed its book over stand in the book of who took it.
    """
    keeper = keeper_of(campaign.unit)
    by = acting(by, DUES_MANAGE, keeper.pk)
    reasons: list[str | Reason] = []
    if received_on > by.on:
        reasons.append(Reason(_("Money is received today or earlier."), field="received_on"))
    if not payer.strip():
        reasons.append(Reason(_("Say who handed it in."), field="payer"))
    if book := DuesHandover.objects.filter(unit=campaign.unit_id, on__gt=received_on).first():
        told = _("The book of this unit was handed over on %(day)s: receipts bear a later day.")
        reasons.append(Reason(told % {"day": format_date(book.on)}, field="received_on"))
    shares = shares_on(received_on)
    if shares is None:
        told = _("No shares of dues are set for %(day)s.")
        reasons.append(Reason(told % {"day": format_date(received_on)}, field="received_on"))
    charges = {
        charge.pk: charge
        for charge in DuesCharge.objects.select_for_update()
        .filter(campaign=campaign, branch=branch, pk__in=amounts)
        .order_by("pk")
    }
    reasons += _wrong_amounts(amounts, charges)
    if reasons or shares is None:
        raise Refused(reasons)
    total = sum(amounts.values())
    parts = shares_of(total, [shares.branch, shares.base, shares.upper])
    receipt = DuesReceipt(
        unit=keeper,
        year=received_on.year,
        number=_next_number(keeper, received_on.year),
        branch=branch,
        payer=payer.strip(),
        received_on=received_on,
        amount=total,
        how=how,
        branch_part=parts.branch,
        base_part=parts.base,
        upper_part=parts.upper,
        shares=shares,
        made_by=by.user,
    )
    receipt.full_clean()
    receipt.save()
    DuesLine.objects.bulk_create(
        DuesLine(receipt=receipt, charge=charges[pk], amount=amount) for pk, amount in amounts.items()
    )
    DuesCharge.objects.filter(pk__in=amounts).update(paid=F("paid") + _on(receipt))
    record(
        by=by,
        act="members.take_receipt",
        subject=receipt,
        after={"number": receipt.number_text, "amount": total, "names": len(amounts), "branch": branch.code},
    )
    return receipt


def _wrong_amounts(amounts: Mapping[int, int], charges: Mapping[int, DuesCharge]) -> list[str | Reason]:
    if not amounts:
        return [_("Choose who paid.")]
    if len(charges) != len(amounts):
        return [_("The list has changed meanwhile. Open it again.")]
    wrong = [charges[pk] for pk, amount in amounts.items() if not 0 < amount <= charges[pk].open_amount]
    if wrong:
        told = _("%(count)s of the names owe less than this by now. Open the list again.")
        return [told % {"count": len(wrong)}]
    return []


def _on(receipt: DuesReceipt) -> Subquery:
    """What a charge has on the receipt, đồng."""
    return Subquery(DuesLine.objects.filter(receipt=receipt, charge=OuterRef("pk")).values("amount")[:1])


def _next_number(unit: Unit, year: int) -> int:
    """The next number of the unit and year; its row stays locked until the receipt stands."""
    DuesSeries.objects.get_or_create(unit=unit, year=year)
    series = DuesSeries.objects.select_for_update().get(unit=unit, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


@transaction.atomic
def cancel_receipt(*, by: Actor, receipt: DuesReceipt, reason: str) -> DuesReceipt:
    """Void a receipt: its number stays, its names owe again. Refuses once its share was passed up."""
    by = acting(by, DUES_MANAGE, receipt.unit_id)
    receipt = DuesReceipt.objects.select_for_update().get(pk=receipt.pk)
    if receipt.state != ReceiptState.VALID:
        raise Refused([_("The receipt is cancelled already.")])
    if DuesHandover.objects.filter(unit=receipt.unit_id).exists():
        raise Refused([_("It stands in a book that was handed over.")])
    if receipt.remittance_id:
        raise Refused([_("Its share stands on a list passed up. Take that list back first.")])
    if not reason.strip():
        raise Refused(Reason(pgettext("members", "Say the reason."), field="reason"))
    charges = DuesCharge.objects.filter(pk__in=receipt.lines.values("charge"))
    list(charges.select_for_update().order_by("pk").values_list("pk"))
    charges.update(paid=F("paid") - _on(receipt), ticked_on=None, ticked_by=None)
    receipt.state = ReceiptState.CANCELLED
    receipt.cancelled_on, receipt.cancel_reason = by.on, reason.strip()
    receipt.full_clean()
    receipt.save(update_fields=["state", "cancelled_on", "cancel_reason"])
    record(
        by=by,
        act="members.cancel_receipt",
        subject=receipt,
        before={"state": ReceiptState.VALID},
        after={"state": receipt.state},
        reason=reason.strip(),
    )
    return receipt


@transaction.atomic
def remit_dues(*, by: Actor, unit: Unit, made_on: date, how: PayWay, document: str = "") -> DuesRemittance:
    """Pass the share of the level above of all receipts not passed up yet. Returns the remittance.

    Not paid until the level above confirms it: its accountant is asked, with a deadline.
    """
    by = acting(by, DUES_MANAGE, unit.pk)
    if made_on > by.on:
        raise Refused([Reason(_("Money is passed up today or earlier."), field="made_on")])
    receipts = list(not_remitted(unit).filter(received_on__lte=made_on).select_for_update())
    if not receipts:
        raise Refused([_("No receipt waits to be passed up.")])
    link = UnitLink.objects.filter(unit=unit, during__contains=by.on).select_related("parent").first()
    if link is None:
        raise Refused([_("No unit stands above this one.")])
    amount = sum(receipt.upper_part for receipt in receipts)
    title = _("Confirm %(amount)s of dues from %(unit)s") % {"amount": format_vnd(amount), "unit": unit.name}
    days = int(dues_terms(by.on).values["remit_working_days"])
    approval = ask(
        by=by,
        kind=CONFIRM,
        title=title,
        office=OfficeCode.ACCOUNTANT,
        unit=link.parent,
        working_days=days,
    )
    remittance = DuesRemittance(
        unit=unit, made_on=made_on, amount=amount, how=how, document=document.strip(), approval=approval
    )
    remittance.full_clean()
    remittance.save()
    DuesReceipt.objects.filter(pk__in=[receipt.pk for receipt in receipts]).update(remittance=remittance)
    record(
        by=by,
        act="members.remit_dues",
        subject=remittance,
        after={"amount": amount, "receipts": len(receipts), "due_on": add_working_days(by.on, days)},
    )
    return remittance


@transaction.atomic
def confirm_remittance(
    *, by: Actor, remittance: DuesRemittance, is_received: bool, reason: str = ""
) -> DuesRemittance:
    """The level above says it has the money, or returns the list with a reason: its receipts are free."""
    remittance = DuesRemittance.objects.select_for_update().get(pk=remittance.pk)
    if remittance.approval is None:
        raise Refused([_("Nobody was asked to confirm this.")])
    decision = ApprovalState.APPROVED if is_received else ApprovalState.RETURNED
    approval = decide(by=by, approval=remittance.approval, decision=decision, reason=reason)
    before = {"state": remittance.state}
    remittance.state = RemittanceState.CONFIRMED if is_received else RemittanceState.RETURNED
    remittance.confirmed_on = by.on if is_received else None
    remittance.answer = approval.reason
    remittance.full_clean()
    remittance.save(update_fields=["state", "confirmed_on", "answer"])
    if not is_received:
        DuesReceipt.objects.filter(remittance=remittance).update(remittance=None)
    record(
        by=by,
        act="members.confirm_remittance",
        subject=remittance,
        before=before,
        after={"state": remittance.state},
        reason=reason,
    )
    return remittance


@transaction.atomic
def take_back_remittance(*, by: Actor, remittance: DuesRemittance, reason: str) -> DuesRemittance:
    """Take a list back before it is confirmed; its receipts are free again."""
    by = acting(by, DUES_MANAGE, remittance.unit_id)
    remittance = DuesRemittance.objects.select_for_update().get(pk=remittance.pk)
    if remittance.state != RemittanceState.SENT:
        raise Refused([_("It is decided already.")])
    if not reason.strip():
        raise Refused(Reason(pgettext("members", "Say the reason."), field="reason"))
    if remittance.approval is not None:
        # Whoever manages the unit's dues takes it back, not only who asked: the right was checked above.
        withdraw(by=replace(by, is_system=True), approval=remittance.approval, reason=reason)
    remittance.state, remittance.answer = RemittanceState.RETURNED, reason.strip()
    remittance.save(update_fields=["state", "answer"])
    DuesReceipt.objects.filter(remittance=remittance).update(remittance=None)
    record(
        by=by,
        act="members.take_back_remittance",
        subject=remittance,
        before={"state": RemittanceState.SENT},
        after={"state": remittance.state},
        reason=reason.strip(),
    )
    return remittance
