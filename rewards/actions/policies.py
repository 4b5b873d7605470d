"""Drafting a policy, changing the draft, putting it in force. In force it is only succeeded."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dated import NoRule
from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, snapshot
from rewards.enums import APPROVE, POLICY, FamilyCounting, GroupCounting, PolicyState
from rewards.models import Policy, Rung
from rewards.permissions import acting_city
from rewards.rules import first_rungs

RUNG = ("honour", "grantor", "bonus_vnd", "gift", "citation", "source", "is_confirmed")


@transaction.atomic
def draft_policy(
    *,
    by: Actor,
    name: str,
    effective_from: date,
    effective_to: date | None = None,
    reached_from: date | None = None,
    budget_vnd: int | None = None,
    family_counting: str = FamilyCounting.WHILE,
    group_counting: str = GroupCounting.PLACE,
    copy_of: Policy | None = None,
) -> Policy:
    """A new draft with the rungs of another policy, else with those of the table. Returns it."""
    by = acting_city(by, POLICY)
    policy = Policy(
        name=" ".join(name.split()),
        effective_from=effective_from,
        effective_to=effective_to,
        reached_from=reached_from,
        budget_vnd=budget_vnd,
        family_counting=family_counting or FamilyCounting.WHILE,
        group_counting=group_counting or GroupCounting.PLACE,
    )
    checked(policy)
    policy.save()
    Rung.objects.bulk_create(
        copied(policy, copy_of) if copy_of is not None else from_table(policy, effective_from)
    )
    record(by=by, act="rewards.draft_policy", subject=policy, after={"effective_from": effective_from})
    return policy


@transaction.atomic
def set_rung(*, by: Actor, policy: Policy, kind: str, threshold: int, values: Mapping[str, Any]) -> Rung:
    """A rung of a draft, entered or changed; `values` are fields of Rung. Returns it."""
    by = acting_city(by, POLICY)
    policy = draft_of(policy)
    rung = Rung.objects.filter(policy=policy, kind=kind, threshold=threshold).first()
    before = snapshot(rung, RUNG) if rung else None
    rung = rung or Rung(policy=policy, kind=kind, threshold=threshold)
    for field in RUNG:
        if field in values:
            setattr(rung, field, values[field])
    checked(rung)
    rung.save()
    record(by=by, act="rewards.set_rung", subject=rung, before=before, after=snapshot(rung, RUNG))
    return rung


@transaction.atomic
def drop_policy(*, by: Actor, policy: Policy, reason: str) -> Policy:
    """Give up a draft; the reason stays in the log."""
    by = acting_city(by, POLICY)
    policy = draft_of(policy)
    if not reason.strip():
        raise Refused([Reason(_("Say why."), field="reason")])
    policy.state = PolicyState.DROPPED
    policy.save(update_fields=["state"])
    record(by=by, act="rewards.drop_policy", subject=policy, reason=reason)
    return policy


@transaction.atomic
def approve_policy(*, by: Actor, policy: Policy, decision_number: str, decided_on: date) -> Policy:
    """Put a draft in force by a decision. The policy in force before it ends the day before. Returns it."""
    by = acting_city(by, APPROVE)
    policy = draft_of(policy)
    others = Policy.objects.select_for_update().filter(state=PolicyState.APPROVED)
    reasons: list[Reason] = []
    if decided_on > by.on:
        reasons.append(Reason(pgettext("rewards", "The day lies in the future."), field="decided_on"))
    if decided_on > policy.effective_from:
        reasons.append(
            Reason(_("A policy holds from the day of its decision at the earliest."), field="decided_on")
        )
    if not policy.rungs.exists():
        reasons.append(Reason(_("A policy needs at least one rung.")))
    later = others.filter(effective_from__gte=policy.effective_from).order_by("effective_from").first()
    if later is not None and (policy.effective_to is None or policy.effective_to >= later.effective_from):
        reasons.append(
            Reason(
                _("%(policy)s is in force from %(day)s: end this one before that day.")
                % {"policy": later.name, "day": format_date(later.effective_from)}
            )
        )
    before = others.filter(effective_from__lt=policy.effective_from).order_by("-effective_from").first()
    if before is not None and policy.reached_from and policy.reached_from < policy.effective_from:
        reasons.append(
            Reason(_("Rungs reached earlier were judged by %(policy)s.") % {"policy": before.name})
        )
    if reasons:
        raise Refused(reasons)
    if before is not None and (before.effective_to is None or before.effective_to >= policy.effective_from):
        old = before.effective_to
        policy.predecessor, policy.predecessor_to = before, old
        before.effective_to = policy.effective_from - timedelta(days=1)
        before.save(update_fields=["effective_to"])
        record(
            by=by,
            act="rewards.succeed_policy",
            subject=before,
            before={"effective_to": old},
            after={"effective_to": before.effective_to},
        )
    policy.decision_number, policy.decided_on = " ".join(decision_number.split()), decided_on
    policy.state, policy.approved_at = PolicyState.APPROVED, timezone.now()
    checked(policy)
    try:
        with transaction.atomic():
            policy.save()
    except IntegrityError:
        # Another approval was first by a moment: the constraints say the same as full_clean.
        raise Refused([_("Another policy was put in force at the same moment. Look again.")]) from None
    record(
        by=by,
        act="rewards.approve_policy",
        subject=policy,
        after={"decision_number": policy.decision_number, "decided_on": decided_on},
    )
    return policy


def draft_of(policy: Policy) -> Policy:
    """The locked draft; refuses one that is in force or given up."""
    policy = Policy.objects.select_for_update().get(pk=policy.pk)
    if policy.state != PolicyState.DRAFT:
        raise Refused([_("Only a draft is changed. What is in force is succeeded by a new version.")])
    return policy


def checked(row: models.Model) -> None:
    """Fields and constraints hold; else refused with their own sentences."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(
            [
                Reason(message, field=field if field != "__all__" else "")
                for field, messages in error.message_dict.items()
                for message in messages
            ]
        ) from error


def copied(policy: Policy, source: Policy) -> list[Rung]:
    """The rungs of another policy, for this one."""
    return [
        Rung(policy=policy, kind=rung.kind, threshold=rung.threshold, **{f: getattr(rung, f) for f in RUNG})
        for rung in source.rungs.select_related("gift")
    ]


def from_table(policy: Policy, on: date) -> list[Rung]:
    """The rungs of the table in force on the day; refuses a day before it."""
    try:
        rows = first_rungs(on)
    except NoRule:
        raise Refused(
            [Reason(_("No ladder of honours is known for that day."), field="effective_from")]
        ) from None
    return [
        Rung(
            policy=policy,
            kind=row["kind"],
            threshold=row["threshold"],
            honour=row["honour"],
            grantor=row["grantor"],
            citation=row["citation"],
            source=row["source"],
            is_confirmed=row["confirmed"],
        )
        for row in rows
    ]
