"""The scanned decision behind a policy or a dossier: kept once, read through a guarded view only."""

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from people.actions.files import store_file
from rewards.enums import MANAGE, POLICY, PolicyState
from rewards.models import Dossier, Policy
from rewards.permissions import acting_city


@transaction.atomic
def attach_policy_file(*, by: Actor, policy: Policy, file: "File[Any]", file_type: str) -> Policy:
    """The decision's file of a policy. A draft's can be replaced, one in force keeps what it has."""
    by = acting_city(by, POLICY)
    policy = Policy.objects.select_for_update().get(pk=policy.pk)
    if policy.file_id is not None and policy.state != PolicyState.DRAFT:
        raise Refused([Reason(_("The decision's file is here already and stays."), field="file")])
    name = file.name or policy.name
    policy.file = store_file(by=by, name=name, content_type=file_type, file=file, days=None)
    policy.save(update_fields=["file"])
    record(by=by, act="rewards.attach_file", subject=policy, after={"file": policy.file_id})
    return policy


@transaction.atomic
def attach_dossier_file(*, by: Actor, dossier: Dossier, file: "File[Any]", file_type: str) -> Dossier:
    """Their decision as a file. Refused before the decision is entered, and a second time."""
    by = acting_city(by, MANAGE)
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if not dossier.decision_number:
        raise Refused([Reason(_("Enter their decision first."), field="file")])
    if dossier.file_id is not None:
        raise Refused([Reason(_("The decision's file is here already and stays."), field="file")])
    name = file.name or dossier.decision_number
    dossier.file = store_file(by=by, name=name, content_type=file_type, file=file, days=None)
    dossier.save(update_fields=["file"])
    record(by=by, act="rewards.attach_file", subject=dossier, after={"file": dossier.file_id})
    return dossier
