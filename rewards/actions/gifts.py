"""The gift store. Stock and movement change together, in one statement that cannot go below zero."""

from datetime import date

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from donors.models import Drive
from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, record_many
from people.models import Unit
from people.permissions import acting
from rewards.actions.policies import checked
from rewards.enums import GIFT, MoveKind
from rewards.models import Award, Gift, GiftMove, Round
from rewards.queries.gifts import donations_without


@transaction.atomic
def add_gift(
    *,
    by: Actor,
    unit: Unit,
    name: str,
    fund: str,
    value_vnd: int,
    given_from: date,
    given_to: date | None = None,
) -> Gift:
    """A gift in the catalogue of a unit's store, none in stock yet. Returns it."""
    by = acting(by, GIFT, unit.pk)
    gift = Gift(
        unit=unit,
        name=" ".join(name.split()),
        fund=fund,
        value_vnd=value_vnd,
        given_from=given_from,
        given_to=given_to,
    )
    checked(gift)
    gift.save()
    record(by=by, act="rewards.add_gift", subject=gift, after={"value_vnd": value_vnd, "fund": fund})
    return gift


@transaction.atomic
def move_gift(
    *, by: Actor, gift: Gift, kind: str, quantity: int, on: date, what_for: str, key: str | None = None
) -> GiftMove:
    """Receive, hand out or write off so many; `key` names what it is for: asked twice, moved once.

    Refuses what the store does not have. Returns the movement.
    """
    by = acting(by, GIFT, gift.unit_id)
    if key is not None and (before := GiftMove.objects.filter(key=key).first()):
        return before
    reasons: list[Reason] = []
    if quantity <= 0 or kind == MoveKind.COUNT:
        reasons.append(Reason(_("Enter how many, at least 1."), field="quantity"))
    if on > by.on:
        reasons.append(Reason(pgettext("rewards", "The day lies in the future."), field="on"))
    if not what_for.strip():
        reasons.append(Reason(_("Say for what."), field="what_for"))
    if kind == MoveKind.HAND_OUT and (on < gift.given_from or (gift.given_to and on > gift.given_to)):
        reasons.append(Reason(_("This gift is not given on %(day)s.") % {"day": format_date(on)}, field="on"))
    if reasons:
        raise Refused(reasons)
    signed = quantity if kind == MoveKind.RECEIPT else -quantity
    return written(by, gift, kind, signed, on, what_for, key)


@transaction.atomic
def count_gift(*, by: Actor, gift: Gift, counted: int, on: date, reason: str) -> GiftMove | None:
    """The stock as counted by hand; the difference is a movement with its reason, else None."""
    by = acting(by, GIFT, gift.unit_id)
    gift = Gift.objects.select_for_update().get(pk=gift.pk)
    if counted < 0:
        raise Refused([Reason(_("Enter how many, 0 or more."), field="counted")])
    if counted == gift.stock:
        return None
    if not reason.strip():
        raise Refused([Reason(_("The count differs from the book: say why."), field="reason")])
    return written(by, gift, MoveKind.COUNT, counted - gift.stock, on, reason, None)


@transaction.atomic
def hand_out_at_drive(*, by: Actor, gift: Gift, drive: Drive) -> int:
    """One of the gift for every donation of the drive that has none of it yet; returns how many.

    Done twice it hands out once. What lies under the law's minimum is shown on the drive's page, not refused:
    it was given.
    """
    by = acting(by, GIFT, gift.unit_id)
    gift = Gift.objects.select_for_update().get(pk=gift.pk)
    reasons: list[Reason] = []
    if drive.on > by.on:
        reasons.append(Reason(pgettext("rewards", "The day lies in the future."), field="drive"))
    if drive.on < gift.given_from or (gift.given_to and drive.on > gift.given_to):
        reasons.append(Reason(_("This gift is not given on %(day)s.") % {"day": format_date(drive.on)}))
    if reasons:
        raise Refused(reasons)
    waiting = list(donations_without(drive, gift))
    if not waiting:
        return 0
    moved = Gift.objects.filter(pk=gift.pk, stock__gte=len(waiting)).update(stock=F("stock") - len(waiting))
    if moved != 1:
        raise Refused([too_few(gift, len(waiting))])
    moves = GiftMove.objects.bulk_create(
        [
            GiftMove(
                gift=gift,
                kind=MoveKind.HAND_OUT,
                quantity=-1,
                value_vnd=gift.value_vnd,
                on=drive.on,
                what_for=drive.name[:200],
                drive=drive,
                donation=donation,
            )
            for donation in waiting
        ],
        batch_size=500,
    )
    record_many(
        by=by,
        act="rewards.move_gift",
        model=GiftMove,
        rows=((one.pk, None, {"quantity": -1}) for one in moves),
    )
    return len(moves)


@transaction.atomic
def hand_out_at_ceremony(*, by: Actor, gift: Gift, cycle: Round) -> int:
    """One of the gift for every paper of the round in hand that has none of it yet; returns how many.

    Where rungs name this gift, for those rungs only. Done again after late hand-overs it takes the rest.
    """
    by = acting(by, GIFT, gift.unit_id)
    gift = Gift.objects.select_for_update().get(pk=gift.pk)
    key = f"ceremony:{cycle.pk}:{gift.pk}:"
    handed = Award.objects.filter(nomination__round=cycle, revoked_on=None, handed_on__isnull=False)
    named = handed.filter(nomination__rung__gift=gift)
    wanted = (named if named.exists() else handed).count()
    before = GiftMove.objects.filter(key__startswith=key).aggregate(n=Sum("quantity", default=0))["n"]
    missing = wanted + int(before)
    if missing <= 0:
        return 0
    on = min(max(by.on, gift.given_from), gift.given_to or by.on)
    if on > by.on:
        raise Refused([Reason(_("This gift is not given on %(day)s.") % {"day": format_date(by.on)})])
    written(by, gift, MoveKind.HAND_OUT, -missing, on, cycle.name, f"{key}{wanted}")
    return missing


def too_few(gift: Gift, wanted: int) -> Reason:
    """What the store says when it has not enough."""
    told = {"stock": gift.stock, "wanted": wanted}
    return Reason(_("The store has %(stock)s of these, %(wanted)s are wanted.") % told, field="quantity")


def written(
    by: Actor, gift: Gift, kind: str, signed: int, on: date, what_for: str, key: str | None
) -> GiftMove:
    """The stock moved by a conditional UPDATE that must change one row, and its movement."""
    moved = Gift.objects.filter(pk=gift.pk, stock__gte=-signed).update(stock=F("stock") + signed)
    if moved != 1:
        gift.refresh_from_db()
        raise Refused([too_few(gift, -signed)])
    move = GiftMove(
        gift=gift,
        kind=kind,
        quantity=signed,
        value_vnd=gift.value_vnd,
        on=on,
        what_for=what_for.strip()[:200],
        key=key,
    )
    move.save()
    record(by=by, act="rewards.move_gift", subject=move, after={"kind": kind, "quantity": signed})
    return move
