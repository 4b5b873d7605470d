"""Rates of royalties entered, months closed."""

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from foundation.locks import lock
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from news.models import RoyaltyRate, RoyaltySheet
from news.queries.royalties import month_after, royalty_lines
from people.enums import UnitKind
from people.models import Unit
from people.permissions import acting

RIGHT = "news.publish"


@transaction.atomic
def set_royalty_rate(
    *,
    by: Actor,
    unit: Unit,
    piece: str,
    amount: int,
    from_on: date,
    citation: str,
    words_from: int = 0,
    confirmed: bool = False,
) -> RoyaltyRate:
    """The rate from a day on; the one before ends the day before. `unit` is the top unit. Returns it."""
    by = acting(by, RIGHT, unit.pk)
    if unit.kind != UnitKind.CITY:
        raise Refused(_("Rates are the city chapter's to set."))
    lock("news.royalties")
    same = RoyaltyRate.objects.filter(piece=piece).order_by("-during").first()
    if same is not None:
        if same.during.lower >= from_on:
            raise Refused(Reason(_("A rate begins on that day or later already."), field="from_on"))
        if same.during.upper is None or same.during.upper > from_on:
            same.during = DateRange(same.during.lower, from_on)
            same.save(update_fields=["during"])
    rate = RoyaltyRate(
        piece=piece,
        amount=amount,
        during=DateRange(from_on, None),
        words_from=words_from,
        citation=citation.strip(),
        confirmed=confirmed,
    )
    rate.full_clean()
    rate.save()
    after = {"piece": piece, "amount": amount, "from": from_on, "confirmed": confirmed}
    record(by=by, act="news.set_royalty_rate", subject=rate, after=after)
    return rate


@transaction.atomic
def confirm_royalty_rate(*, by: Actor, unit: Unit, rate: RoyaltyRate) -> RoyaltyRate:
    """The decision behind the rate was seen; `unit` is the top unit. Returns it. Closed months stay."""
    by = acting(by, RIGHT, unit.pk)
    if unit.kind != UnitKind.CITY:
        raise Refused(_("Rates are the city chapter's to set."))
    rate = RoyaltyRate.objects.select_for_update().get(pk=rate.pk)
    if not rate.confirmed:
        rate.confirmed = True
        rate.save(update_fields=["confirmed"])
        record(
            by=by,
            act="news.confirm_royalty_rate",
            subject=rate,
            before={"confirmed": False},
            after={"confirmed": True},
        )
    return rate


@transaction.atomic
def close_royalties(*, by: Actor, unit: Unit, month: date) -> RoyaltySheet:
    """The unit's month, over, with its lines as they are now; returns the sheet. Once."""
    by = acting(by, RIGHT, unit.pk)
    lock(f"news.royalties.{unit.pk}")
    month = month.replace(day=1)
    if by.on < month_after(month):
        raise Refused(_("The month is not over yet."))
    there = RoyaltySheet.objects.filter(unit=unit, month=month).first()
    if there is not None:
        return there
    lines = royalty_lines(unit, month)
    if not lines:
        raise Refused(_("Nothing appeared in this month."))
    if any(line.amount is None for line in lines):
        raise Refused(_("A rate is missing for some lines. Enter it first."))
    if any(not line.author for line in lines):
        raise Refused(_("Some posts do not say who wrote them. Fill in their author line first."))
    sheet = RoyaltySheet(
        unit=unit,
        month=month,
        lines=[[one.author, one.title, one.on.isoformat(), one.piece, one.amount] for one in lines],
        total=sum(one.amount or 0 for one in lines),
        is_confirmed=all(one.confirmed for one in lines),
    )
    sheet.full_clean()
    sheet.save()
    record(by=by, act="news.close_royalties", subject=sheet, after={"month": month, "total": sheet.total})
    return sheet
