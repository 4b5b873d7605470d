"""A donation is recorded, confirmed, voided. A broken rule becomes a flag."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from donors.enums import CONFIRM, ENTER, Component, DonationState, Source
from donors.models import Donation, Donor
from donors.queries.reconciling import waits_for_the_facility
from donors.queries.rules import giving_rules
from donors.queries.verdicts import facts_of
from donors.rules.verdict import Found, assess
from foundation.dated import NoRule
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, snapshot
from people.models import Unit
from people.permissions import acting

FIELDS = (
    "on",
    "place",
    "component",
    "volume_ml",
    "turns",
    "kind",
    "certificate_issuer",
    "certificate_serial",
    "proof",
    "drive",
    "mobilised_by",
)


@transaction.atomic
def record_donation(
    *, by: Actor, donor: Donor, unit: Unit, source: Source, values: Mapping[str, Any]
) -> Donation:
    """One donation, or one proven row carried over; `values` holds any of FIELDS.

    Refuses a day to come, more millilitres than can be drawn, a day or a serial that stands already.
    """
    by = acting(by, ENTER, unit.pk)
    donor = Donor.objects.select_for_update().get(pk=donor.pk)
    donation = Donation(donor=donor, unit=unit, source=source, recorded_by=by.user)
    for name in FIELDS:
        if name in values:
            setattr(donation, name, values[name])
    _refuse_what_cannot_be(by, donation)
    donation.flags = _flags(donation)
    donation.full_clean()
    donation.save()
    after = {name: value for name, value in snapshot(donation, FIELDS).items() if value not in ("", None)}
    record(by=by, act="donors.record", subject=donation, after=after)
    return donation


def _refuse_what_cannot_be(by: Actor, donation: Donation) -> None:
    reasons = []
    if donation.on > by.on:
        reasons.append(Reason(_("The day of donation lies in the future."), field="on"))
    top = max(tier["most_ml"] for tier in giving_rules(by.on).values["apheresis"])
    if donation.source != Source.CARRIED and donation.volume_ml is not None and donation.volume_ml > top:
        words = _("%(ml)s ml cannot be given at one time; the most is %(top)s ml.")
        reasons.append(Reason(words % {"ml": donation.volume_ml, "top": top}, field="volume_ml"))
    others = Donation.objects.standing()
    same = others.filter(donor=donation.donor_id, on=donation.on, component=donation.component)
    if donation.source != Source.CARRIED and same.exclude(source=Source.CARRIED).exists():
        reasons.append(Reason(_("This donation of this day stands already."), field="on"))
    serial = {
        "certificate_issuer": donation.certificate_issuer,
        "certificate_serial": donation.certificate_serial,
    }
    if donation.certificate_serial and others.filter(**serial).exists():
        reasons.append(
            Reason(_("This certificate serial stands on another donation."), field="certificate_serial")
        )
    if donation.source == Source.CARRIED and not donation.proof:
        reasons.append(
            Reason(_("Donations carried over need the number of the confirmation."), field="proof")
        )
    if reasons:
        raise Refused(reasons)


def _flags(donation: Donation) -> list[str]:
    """Codes of the rules that the donation broke on its day; none before the law's first day."""
    if donation.source == Source.CARRIED:
        return []
    try:
        entry = giving_rules(donation.on)
    except NoRule:
        return []
    facts = facts_of(donation.donor, Component(donation.component), before=donation.on)
    verdict = assess(facts, entry, on=donation.on)
    return sorted({check.code for check in verdict.checks if check.found == Found.FAILED})


@transaction.atomic
def confirm_donation(*, by: Actor, donation: Donation) -> Donation:
    """From recorded to confirmed: from now on it counts."""
    donation = Donation.objects.select_for_update().get(pk=donation.pk)
    by = acting(by, CONFIRM, donation.unit_id)
    if donation.state != DonationState.RECORDED:
        raise Refused([_("Only a recorded donation can be confirmed.")])
    if waits_for_the_facility(donation):
        raise Refused([_("The lists of the drive are compared with the facility's first.")])
    return _decide(by, donation, DonationState.CONFIRMED, "donors.confirm", "")


@transaction.atomic
def void_donation(*, by: Actor, donation: Donation, reason: str) -> Donation:
    """It counts no more, as if it had never been; the reason stays."""
    donation = Donation.objects.select_for_update().get(pk=donation.pk)
    by = acting(by, CONFIRM, donation.unit_id)
    if donation.state == DonationState.VOIDED:
        raise Refused([_("This donation is voided already.")])
    if not reason.strip():
        raise Refused([Reason(_("Say why the donation is voided."), field="reason")])
    donation.void_reason = reason.strip()
    return _decide(by, donation, DonationState.VOIDED, "donors.void", donation.void_reason)


def _decide(by: Actor, donation: Donation, state: DonationState, act: str, reason: str) -> Donation:
    before = {"state": donation.state}
    donation.state, donation.decided_by, donation.decided_at = state, by.user, timezone.now()
    donation.full_clean()
    donation.save()
    record(by=by, act=act, subject=donation, before=before, after={"state": state}, reason=reason)
    return donation
