"""A year's dues of a unit: opened, reconciled any number of times, closed; rates, shares, reliefs."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, record_many, snapshot
from members.enums import DUES_MANAGE, DUES_RULES, CampaignState, Kind
from members.models import DuesCampaign, DuesCharge, DuesHandover, DuesRate, DuesRelief, DuesShares
from members.queries.dues import totals, visible_charges
from members.queries.dues_owed import Wrong, add_missing, count_owed, right, wrong_charges
from members.rules.dues import relief_reasons
from people.models import Person, Unit
from people.permissions import acting
from people.queries.units import belongings_under

EARLIEST = 2009
AnyTerm = TypeVar("AnyTerm", DuesRate, DuesShares)

NOTE_NEW = """
INSERT INTO ledger_auditentry
       (at, user_id, office, unit, via, address, run_id, act, subject_type, subject_id, reason, digest)
SELECT %(at)s, %(user)s, %(office)s, %(unit)s, %(via)s, %(address)s, %(run)s, %(act)s,
       'members.duescharge', id::text, '', ''
  FROM unnest(%(ids)s::bigint[]) AS id
"""


def locked(campaign: DuesCampaign, *states: CampaignState) -> DuesCampaign:
    """The campaign's row, locked; refuses in another state than these."""
    campaign = DuesCampaign.objects.select_for_update(of=("self",)).select_related("unit").get(pk=campaign.pk)
    if states and campaign.state not in states:
        raise Refused([_("The campaign is closed.")])
    return campaign


@transaction.atomic
def open_campaign(*, by: Actor, unit: Unit, year: int) -> DuesCampaign:
    """A unit's dues of a year, with what everybody owes computed at once. Returns the campaign."""
    by = acting(by, DUES_MANAGE, unit.pk)
    if not EARLIEST <= year <= by.on.year + 1:
        raise Refused([Reason(_("Choose a year up to next year."), field="year")])
    if DuesHandover.objects.filter(unit=unit).exists():
        raise Refused([_("The unit has handed over its book of dues.")])
    campaign = DuesCampaign(unit=unit, year=year)
    campaign.full_clean()
    campaign.save()
    record(by=by, act="members.open_campaign", subject=campaign, after={"unit": unit.code, "year": year})
    reconcile_campaign(by=by, campaign=campaign)
    campaign.refresh_from_db()
    return campaign


@transaction.atomic
def reconcile_campaign(*, by: Actor, campaign: DuesCampaign) -> int:
    """Compute what should be owed, compare, correct: how many rows changed (0: all was right).

    Any time, any number of times. Nothing paid is touched; who owes less than was paid is shown so.
    """
    by = acting(by, DUES_MANAGE, campaign.unit_id)
    campaign = locked(campaign, CampaignState.OPEN)
    count_owed(campaign)
    wrong = wrong_charges(campaign)
    right(wrong)
    new = add_missing(campaign)
    _note_new(by, new)
    record_many(
        by=by, act="members.correct_charge", model=DuesCharge, rows=[_before_after(row) for row in wrong]
    )
    DuesCampaign.objects.filter(pk=campaign.pk).update(reconciled_at=timezone.now())
    if wrong or new:
        record(
            by=by,
            act="members.reconcile_campaign",
            subject=campaign,
            after={"new": len(new), "corrected": len(wrong)},
        )
    return len(wrong) + len(new)


def _before_after(row: Wrong) -> tuple[int, dict[str, Any], dict[str, Any]]:
    names = ("months", "amount", "relief")
    return row[0], dict(zip(names, row[1:4], strict=True)), dict(zip(names, row[4:7], strict=True))


def _note_new(by: Actor, ids: list[int]) -> None:
    """An audit entry for each new charge; its values stand in the charge itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            NOTE_NEW,
            {
                "at": timezone.now(),
                "user": by.user.pk if by.user else None,
                "office": by.acting.office if by.acting else "",
                "unit": by.acting.unit_code if by.acting else "",
                "via": by.via,
                "address": by.address,
                "run": by.run_id,
                "act": "members.add_charge",
                "ids": ids,
            },
        )


@transaction.atomic
def close_campaign(*, by: Actor, campaign: DuesCampaign) -> DuesCampaign:
    """Reconcile a last time and close. Ends nobody's membership; arrears stay owed and payable."""
    by = acting(by, DUES_MANAGE, campaign.unit_id)
    campaign = locked(campaign, CampaignState.OPEN)
    reconcile_campaign(by=by, campaign=campaign)
    waiting = visible_charges(by, campaign).filter(ticked_on__isnull=False, amount__gt=models.F("paid"))
    if count := waiting.count():
        told = _("%(count)s members are ticked as having paid, without a receipt yet. Write it first.")
        raise Refused([told % {"count": count}])
    return mark_closed(by, campaign, by.on)


def mark_closed(by: Actor, campaign: DuesCampaign, on: date) -> DuesCampaign:
    """The campaign, under the caller's lock, is closed with the figures of the day."""
    found = totals(DuesCharge.objects.filter(campaign=campaign))
    campaign.state, campaign.closed_on = CampaignState.CLOSED, on
    campaign.closing_owed, campaign.closing_paid = found.owed, found.paid
    campaign.closing_unpaid = found.unpaid
    campaign.full_clean()
    fields = ("closed_on", "closing_owed", "closing_paid", "closing_unpaid")
    campaign.save(update_fields=["state", *fields])
    record(by=by, act="members.close_campaign", subject=campaign, after=snapshot(campaign, fields))
    return campaign


@transaction.atomic
def grant_reliefs(
    *,
    by: Actor,
    campaign: DuesCampaign,
    people: Iterable[Person],
    percent: int,
    reason: str,
    decision: str,
    decided_on: date,
) -> list[DuesRelief]:
    """Less dues, or none (100), by one decision of the committee on a list; what is owed follows at once.

    All or nothing: who has a relief already, or is no member, refuses the list.
    """
    by = acting(by, DUES_MANAGE, campaign.unit_id)
    campaign = locked(campaign, CampaignState.OPEN)
    if decided_on > by.on:
        raise Refused([Reason(_("The day lies in the future."), field="decided_on")])
    made = [_relief(by, campaign, person, percent, reason, decision, decided_on) for person in people]
    if not made:
        raise Refused([Reason(_("Choose who pays less."), field="people")])
    reconcile_campaign(by=by, campaign=campaign)
    return made


def _relief(
    by: Actor,
    campaign: DuesCampaign,
    person: Person,
    percent: int,
    reason: str,
    decision: str,
    decided_on: date,
) -> DuesRelief:
    if reason not in relief_reasons(by.on):
        raise Refused([Reason(_("Choose one of the reasons."), field="reason")])
    year = date(campaign.year, 1, 1), date(campaign.year, 12, 31)
    if not any(
        belongings_under([campaign.unit_id], day).filter(person=person).exists() for day in (*year, by.on)
    ):
        told = {"name": person.full_name}
        text = _("%(name)s is no member of the unit in that year.")
        raise Refused([Reason(text % told, field="people")])
    if campaign.reliefs.filter(person=person).exists():
        told = {"name": person.full_name}
        raise Refused([Reason(_("%(name)s has a relief in this year already.") % told, field="people")])
    relief = DuesRelief(
        campaign=campaign,
        person=person,
        percent=percent,
        reason=reason,
        decision=decision.strip(),
        decided_on=decided_on,
    )
    relief.full_clean()
    relief.save()
    record(
        by=by,
        act="members.grant_relief",
        subject=relief,
        after=snapshot(relief, ["person", "percent", "reason", "decision", "decided_on"]),
    )
    return relief


@transaction.atomic
def end_relief(*, by: Actor, relief: DuesRelief, reason: str) -> None:
    """Take a relief back, with a reason; what is owed follows at once."""
    by = acting(by, DUES_MANAGE, relief.campaign.unit_id)
    campaign = locked(relief.campaign, CampaignState.OPEN)
    if not reason.strip():
        raise Refused(Reason(pgettext("members", "Say the reason."), field="reason"))
    before = snapshot(relief, ["person", "percent", "reason", "decision", "decided_on"])
    record(by=by, act="members.end_relief", subject=relief, before=before, reason=reason.strip())
    relief.delete()
    reconcile_campaign(by=by, campaign=campaign)


@transaction.atomic
def set_rate(
    *, by: Actor, top: Unit, kind: Kind, monthly: int, first_on: date, decision: str, confirmed: bool
) -> DuesRate:
    """A new rate from a day on; the one before ends the day before. Open campaigns follow when reconciled."""
    by = acting(by, DUES_RULES, top.pk)
    rate = DuesRate(
        kind=kind,
        monthly=monthly,
        decision=decision.strip(),
        confirmed=confirmed,
        during=DateRange(first_on, None),
    )
    _end_before(by, DuesRate.objects.filter(kind=kind), first_on)
    return _enter(by, rate, {"kind": kind, "monthly": monthly})


@transaction.atomic
def set_shares(
    *,
    by: Actor,
    top: Unit,
    branch: int,
    base: int,
    upper: int,
    first_on: date,
    decision: str,
    confirmed: bool,
) -> DuesShares:
    """New percentages from a day on; receipts of before keep theirs."""
    by = acting(by, DUES_RULES, top.pk)
    if branch + base + upper != 100:
        raise Refused([_("The three shares must make 100 percent.")])
    shares = DuesShares(
        branch=branch,
        base=base,
        upper=upper,
        decision=decision.strip(),
        confirmed=confirmed,
        during=DateRange(first_on, None),
    )
    _end_before(by, DuesShares.objects.all(), first_on)
    return _enter(by, shares, {"branch": branch, "base": base, "upper": upper})


def _end_before(by: Actor, rows: models.QuerySet[Any], first_on: date) -> None:
    """The open row ends the day before; refuses where that would leave it no day."""
    rows = rows.select_for_update()
    if later := rows.filter(during__startswith__gte=first_on).order_by("during").first():
        told = _("One already begins on %(day)s. Choose a later day.")
        raise Refused([Reason(told % {"day": format_date(later.during.lower)}, field="first_on")])
    for row in rows.filter(during__contains=first_on):
        before = {"last_on": row.during.upper and row.during.upper - timedelta(days=1)}
        row.during = DateRange(row.during.lower, first_on)
        row.save(update_fields=["during"])
        after = {"last_on": first_on - timedelta(days=1)}
        record(by=by, act="members.end_term", subject=row, before=before, after=after)


def _enter(by: Actor, row: AnyTerm, values: Mapping[str, Any]) -> AnyTerm:
    row.full_clean()
    row.save()
    after = {**values, "first_on": row.during.lower, "decision": row.decision, "confirmed": row.confirmed}
    record(by=by, act="members.set_term", subject=row, after=after)
    return row
