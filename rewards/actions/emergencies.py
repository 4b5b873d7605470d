"""Declaring a call in an emergency: a run then proposes who answered it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from donors.models import Drive
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from rewards.actions.policies import checked
from rewards.enums import APPROVE
from rewards.models import Emergency
from rewards.permissions import acting_city


@transaction.atomic
def declare_emergency(
    *, by: Actor, name: str, drive: Drive, decision_number: str, decided_on: date
) -> Emergency:
    """The drive answered a call in an emergency, by a decision (QĐ 122/QĐ-BCĐQG, Điều 9). Returns it."""
    by = acting_city(by, APPROVE)
    if decided_on > by.on:
        raise Refused([Reason(pgettext("rewards", "The day lies in the future."), field="decided_on")])
    if not decision_number.strip():
        raise Refused([Reason(_("Enter the number of the decision."), field="decision_number")])
    made = Emergency(
        name=" ".join(name.split()),
        drive=drive,
        decision_number=" ".join(decision_number.split()),
        decided_on=decided_on,
    )
    checked(made)
    made.save()
    record(
        by=by,
        act="rewards.declare_emergency",
        subject=made,
        after={"drive": drive.pk, "decided_on": decided_on},
    )
    return made
