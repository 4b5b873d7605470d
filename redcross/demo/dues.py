"""The demo's dues: khu phố 4 from the list to the sum passed up; others half done, late, or closed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db.models import F

from foundation.dates import ZONE
from ledger.actor import Actor
from ledger.models import User
from members.actions.dues_campaigns import close_campaign, grant_reliefs, open_campaign
from members.actions.dues_money import cancel_receipt, confirm_remittance, remit_dues, take_receipt, tick_dues
from members.enums import PayWay
from members.models import DuesCampaign, DuesCharge, DuesReceipt
from people.models import Approval, Unit
from redcross.demo.members import KP4
from redcross.demo.papers import as_of

HEAD = "Đặng Văn Tư (mẫu)"
EXEMPT = (("poor", 2), ("elderly", 1), ("ill", 1))


def load_dues(units: dict[str, Unit], users: dict[str, User], on: date) -> int:
    """The years and their money; returns how many receipts stand."""
    ward, branch = units["P001"], units[KP4]
    last_year(ward, branch, on)
    campaign = open_campaign(by=as_of(date(on.year, 1, 12)), unit=ward, year=on.year)
    khu_pho_4(campaign, branch, users["chi-hoi-4"], on)
    others(campaign, units, on)
    late_ward(units["X054"], on)
    return DuesReceipt.objects.count()


def owing(campaign: DuesCampaign, branch: Unit) -> list[DuesCharge]:
    """Who of a branch still owes, by name."""
    rows = DuesCharge.objects.filter(campaign=campaign, branch=branch, amount__gt=F("paid"))
    return list(rows.order_by("person__sort_key", "pk"))


def receipt(
    campaign: DuesCampaign, branch: Unit, charges: list[DuesCharge], day: date, payer: str
) -> DuesReceipt | None:
    """One receipt for these, written on the day; None for nobody."""
    if not charges:
        return None
    made = take_receipt(
        by=as_of(day),
        campaign=campaign,
        branch=branch,
        amounts={charge.pk: charge.open_amount for charge in charges},
        payer=payer,
        received_on=day,
    )
    DuesReceipt.objects.filter(pk=made.pk).update(made_at=at(day))
    return made


def khu_pho_4(campaign: DuesCampaign, branch: Unit, head: User, on: date) -> None:
    """Four of fifty exempt, 46 pay for twelve months; the twelve of March pay nine on a second receipt."""
    whole = [charge for charge in owing(campaign, branch) if charge.months == 12]
    reasons = [reason for reason, count in EXEMPT for _n in range(count)]
    for charge, reason in zip(whole[3::9], reasons, strict=False):
        grant_reliefs(
            by=as_of(date(on.year, 1, 20)),
            campaign=campaign,
            people=[charge.person],
            percent=100,
            reason=reason,
            decision="Nghị quyết 02/NQ-BCH (mẫu)",
            decided_on=date(on.year, 1, 20),
        )
    ticking: Actor = replace(as_of(on - timedelta(days=12)), user=head)
    keys = [charge.pk for charge in owing(campaign, branch)]
    tick_dues(by=ticking, campaign=campaign, branch=branch, ticked=keys, shown=keys)
    for months, days in ((12, 10), (9, 8)):
        paying = [charge for charge in owing(campaign, branch) if charge.months == months]
        receipt(campaign, branch, paying, on - timedelta(days=days), HEAD)
    made_on = on - timedelta(days=3)
    sent = remit_dues(
        by=as_of(made_on), unit=campaign.unit, made_on=made_on, how=PayWay.TRANSFER, document="UNC 0312 (mẫu)"
    )
    Approval.objects.filter(remittance=sent).update(asked_at=at(made_on))


def others(campaign: DuesCampaign, units: dict[str, Unit], on: date) -> None:
    """One branch ticked without a receipt, one half paid, one receipt cancelled; the rest has not begun."""
    ticked, half = units["P001-KP02"], units["P001-KP01"]
    keys = [charge.pk for charge in owing(campaign, ticked)]
    tick_dues(by=as_of(on), campaign=campaign, branch=ticked, ticked=keys[: len(keys) * 2 // 3], shown=keys)
    here = owing(campaign, half)
    wrong = receipt(campaign, half, here[:4], on - timedelta(days=2), "Chi hội trưởng khu phố 1 (mẫu)")
    if wrong is not None:
        cancel_receipt(by=as_of(on - timedelta(days=2)), receipt=wrong, reason="Ghi nhầm người nộp (mẫu)")
        DuesReceipt.objects.filter(pk=wrong.pk).update(cancelled_on=on - timedelta(days=2))
    paid = here[: len(here) // 2]
    receipt(campaign, half, paid, on - timedelta(days=1), "Chi hội trưởng khu phố 1 (mẫu)")


def last_year(ward: Unit, branch: Unit, on: date) -> None:
    """The year before: closed with arrears, one of them paid since; what was passed up is confirmed."""
    year = on.year - 1
    campaign = open_campaign(by=as_of(date(year, 10, 6)), unit=ward, year=year)
    here = owing(campaign, branch)
    receipt(campaign, branch, here[:-3], date(year, 12, 10), HEAD)
    closed_on = date(on.year, 1, 31)
    close_campaign(by=as_of(closed_on), campaign=campaign)
    DuesCampaign.objects.filter(pk=campaign.pk).update(opened_at=at(date(year, 10, 6)))
    receipt(campaign, branch, here[-3:-2], date(on.year, 3, 27), HEAD)
    if not DuesReceipt.objects.filter(unit=ward).exists():
        return
    passed, confirmed = date(on.year, 4, 2), date(on.year, 4, 9)
    sent = remit_dues(by=as_of(passed), unit=ward, made_on=passed, how=PayWay.CASH, document="PC 11 (mẫu)")
    confirm_remittance(by=as_of(confirmed), remittance=sent, is_received=True)
    Approval.objects.filter(remittance=sent).update(asked_at=at(passed), decided_at=at(confirmed))


def late_ward(unit: Unit, on: date) -> None:
    """A commune that opened its year and has collected nothing: a portal without arrears looks dead."""
    open_campaign(by=as_of(on - timedelta(days=200)), unit=unit, year=on.year)


def at(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), ZONE)
