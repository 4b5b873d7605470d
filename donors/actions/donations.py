"""A donation is recorded, confirmed, voided. A broken rule becomes a flag."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from donors.enums import CONFIRM, ENTER, DonationState, Source
from donors.models import Confirmation, Donation, Donor
from donors.queries.flags import OTHER_UNIT, refresh_flags
from donors.queries.reconciling import waits_for_the_facility
from donors.queries.rules import giving_rules
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, snapshot
from papers.actions.proofs import end_proof
from people.actions.files import drop_file
from people.models import Belonging, Unit, UnitCover
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

    Refuses a day to come, more millilitres than can be drawn, a day or a serial that stands already. What
    broke a rule is written with its flag, and so are the later donations it comes before.
    """
    by = acting(by, ENTER, unit.pk)
    donor = Donor.objects.select_for_update().get(pk=donor.pk)
    donation = Donation(donor=donor, unit=unit, source=source, recorded_by=by.user)
    for name in FIELDS:
        if name in values:
            setattr(donation, name, values[name])
    refuse_what_cannot_be(by, donation)
    if is_elsewhere(donor, unit, by.on):
        donation.flags = [OTHER_UNIT]
    donation.full_clean()
    donation.save()
    refresh(donation)
    after = {name: value for name, value in snapshot(donation, FIELDS).items() if value not in ("", None)}
    record(by=by, act="donors.record", subject=donation, after=after)
    return donation


def refuse_what_cannot_be(by: Actor, donation: Donation) -> None:
    """Refuses with a sentence for each thing that cannot have happened."""
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


@transaction.atomic
def use_certificate(*, by: Actor, donation: Donation, ml: int) -> Donation:
    """So many millilitres of the donation's certificate were given back as blood; the rest is left.

    Nothing else is kept of it: not where, not why.
    """
    donation = Donation.objects.select_for_update().get(pk=donation.pk)
    by = acting(by, ENTER, donation.unit_id)
    if donation.state == DonationState.VOIDED:
        raise Refused([_("This donation is voided already.")])
    if not donation.certificate_serial:
        raise Refused([Reason(_("No certificate is noted for this donation."), field="ml")])
    if ml < 1:
        raise Refused([Reason(_("Type how many millilitres were used."), field="ml")])
    left = donation.certificate_left_ml
    if ml > left:
        words = _("Only %(left)s ml are left on this certificate.")
        raise Refused([Reason(words % {"left": left}, field="ml")])
    before = {"certificate_used_ml": donation.certificate_used_ml}
    donation.certificate_used_ml += ml
    donation.full_clean()
    donation.save(update_fields=["certificate_used_ml"])
    after = {"certificate_used_ml": donation.certificate_used_ml}
    record(by=by, act="donors.use_certificate", subject=donation, before=before, after=after)
    return donation


def refresh(donation: Donation) -> None:
    """Flags of the donor's donations found anew, and read back."""
    refresh_flags([donation.donor_id])
    donation.refresh_from_db(fields=["flags"])


def is_elsewhere(donor: Donor, unit: Unit, on: date) -> bool:
    """True if the donor belongs to other units alone: neither to this one, nor below or above it."""
    own = Belonging.objects.filter(person=donor.person_id, during__contains=on).values("unit")
    covers = UnitCover.objects.filter(during__contains=on)
    near = covers.filter(ancestor=unit, unit__in=own) | covers.filter(unit=unit, ancestor__in=own)
    return own.exists() and not near.exists()


def _decide(by: Actor, donation: Donation, state: DonationState, act: str, reason: str) -> Donation:
    """The state, and what rests on it: the photo goes, flags are found anew, papers that counted it end."""
    before = {"state": donation.state}
    photo, donation.photo = donation.photo, None
    was_counted = donation.state == DonationState.CONFIRMED
    donation.state, donation.decided_by, donation.decided_at = state, by.user, timezone.now()
    donation.full_clean()
    donation.save()
    if photo is not None:
        drop_file(by=by, stored=photo)
    record(by=by, act=act, subject=donation, before=before, after={"state": state}, reason=reason)
    refresh(donation)
    if was_counted:
        told = Confirmation.objects.filter(donor=donation.donor_id, on__gte=donation.on)
        for paper in told.select_related("proof"):
            end_proof(by=by, proof=paper.proof, on=by.on)
    return donation
