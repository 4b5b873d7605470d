"""The donor card, the share code, the confirmation of how many times. Never a certificate of a donation.

"Giấy chứng nhận hiến máu tình nguyện" (QĐ 1995/2004/QĐ-BYT) is the collecting facility's alone.
"""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from donors.enums import ENTER
from donors.models import Confirmation, Donor
from foundation.refusal import Refused
from foundation.text import mask_name
from ledger.actor import Actor
from ledger.audit import record
from papers.actions.proofs import end_proof, make_proof
from people.permissions import acting_for_self, acting_with

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another
LENGTH = 8


@transaction.atomic
def issue_card(*, by: Actor, donor: Donor) -> Donor:
    """A new digital card; the one before, if there was one, holds no longer."""
    donor = _locked(donor)
    by = self_or(by, donor)
    if donor.card is not None:
        end_proof(by=by, proof=donor.card, on=by.on)
    donor.card = make_proof(
        by=by, kind=_("Blood donor card"), holder=mask_name(donor.person.full_name), day=by.on
    )
    donor.save(update_fields=["card"])
    record(by=by, act="donors.issue_card", subject=donor)
    return donor


@transaction.atomic
def renew_share_code(*, by: Actor, donor: Donor) -> Donor:
    """A new code that opens the count to whom the holder gives it; the one before opens nothing more."""
    donor = _locked(donor)
    acting_for_self(by, donor.person)
    _renew(donor)
    record(by=by, act="donors.renew_share_code", subject=donor)
    return donor


@transaction.atomic
def confirm_turns(*, by: Actor, donor: Donor) -> Confirmation:
    """The count of today as a paper with its proof; one of today with the same count is given again."""
    donor = _locked(donor)
    by = self_or(by, donor)
    figures = donor.donations.counting(by.on).figures()
    if figures.turns < 1:
        raise Refused([_("No confirmed voluntary donation stands yet: there is nothing to confirm.")])
    same = donor.confirmations.filter(on=by.on, turns=figures.turns, ml=figures.ml, proof__ended_on=None)
    found = same.select_related("proof").first()
    if found is not None:
        return found
    if not donor.share_code:
        _renew(donor)
    proof = make_proof(
        by=by,
        kind=_("Confirmation of how many times blood was given"),
        holder=mask_name(donor.person.full_name),
        day=by.on,
    )
    paper = Confirmation(donor=donor, proof=proof, on=by.on, turns=figures.turns, ml=figures.ml)
    paper.full_clean()
    paper.save()
    record(by=by, act="donors.confirm_turns", subject=donor, after={"turns": figures.turns, "ml": figures.ml})
    return paper


def self_or(by: Actor, donor: Donor) -> Actor:
    """The donor, or an officer who enters donations of the donor's unit; refuses anybody else."""
    if by.user is not None and donor.person.user_id == by.user.pk:
        return by
    return acting_with(by, ENTER, donor.person)


def _locked(donor: Donor) -> Donor:
    rows = Donor.objects.select_for_update(of=("self",)).select_related("person", "card")
    return rows.get(pk=donor.pk)


def _renew(donor: Donor) -> None:
    donor.share_code = "".join(secrets.choice(LETTERS) for _each in range(LENGTH))
    donor.save(update_fields=["share_code"])
