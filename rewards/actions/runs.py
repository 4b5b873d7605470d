"""Asking for a run, pausing, going on, cancelling; answering what a run found."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.locks import lock
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from rewards.enums import MANAGE, FindingKind, RunState, Step
from rewards.models import DueRow, Finding, Nomination, RewardRun
from rewards.permissions import acting_city
from rewards.queries.due import not_run_yet, spans_in_force
from rewards.rules import dossier_values

OPEN = (RunState.WAITING, RunState.RUNNING)


@transaction.atomic
def ask_run(*, by: Actor, as_of: date, since: datetime | None = None) -> RewardRun:
    """A run as of a day waits to begin; with `since` only over what changed. One at a time. Returns it."""
    by = acting_city(by, MANAGE)
    lock("rewards.run")
    reasons = []
    if as_of > by.on:
        reasons.append(
            Reason(_("A run counts up to today at the latest; for later days simulate."), field="as_of")
        )
    if not spans_in_force(as_of):
        reasons.append(Reason(_("No policy is in force up to that day."), field="as_of"))
    if reasons:
        raise Refused(reasons)
    run = RewardRun(as_of=as_of, since=since, brake=brake_of(by.on), asked_by=by.user)
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError:
        raise Refused([_("Another run is under way. Wait until it ends, or cancel it.")]) from None
    record(by=by, act="rewards.ask_run", subject=run, after={"as_of": as_of, "brake": run.brake})
    return run


@transaction.atomic
def ask_nightly(*, by: Actor, as_of: date) -> RewardRun | None:
    """A run over what changed since the last one began; None before a first full run or without a policy.

    A full one where a policy put in force since then reaches back (`not_run_yet`).
    """
    by = acting_city(by, MANAGE)
    if not_run_yet() and spans_in_force(as_of):
        return ask_run(by=by, as_of=as_of)
    # A run as of an earlier day has not seen what was given after it: only one up to its own day counts.
    whole = RewardRun.objects.filter(state=RunState.DONE, as_of__gte=F("asked_at__date"))
    last = whole.order_by("-pk").first()
    if last is None or not spans_in_force(as_of):
        return None
    return ask_run(by=by, as_of=as_of, since=last.asked_at)


@transaction.atomic
def pause_run(*, by: Actor, run: RewardRun) -> RewardRun:
    """It stops after the chunk in hand; what it proposed stays."""
    by = acting_city(by, MANAGE)
    run = locked(run, *OPEN)
    run.looked_at = None
    DueRow.objects.filter(run=run).delete()
    return moved(by, run, RunState.PAUSED, "rewards.pause_run")


@transaction.atomic
def resume_run(*, by: Actor, run: RewardRun) -> RewardRun:
    """A paused run goes on where it stopped; one stopped by the brake begins, the brake released."""
    by = acting_city(by, MANAGE)
    run = locked(run, RunState.PAUSED, RunState.BRAKED)
    run.is_released = run.is_released or run.state == RunState.BRAKED
    try:
        with transaction.atomic():
            return moved(by, run, RunState.WAITING, "rewards.resume_run")
    except IntegrityError:
        raise Refused([_("Another run is under way. Wait until it ends, or cancel it.")]) from None


@transaction.atomic
def cancel_run(*, by: Actor, run: RewardRun, reason: str) -> RewardRun:
    """It ends here, and the proposals it made that nobody has checked yet are withdrawn with it."""
    by = acting_city(by, MANAGE)
    run = locked(run, *OPEN, RunState.PAUSED, RunState.BRAKED)
    if not reason.strip():
        raise Refused([Reason(_("Say why."), field="reason")])
    run.reason, run.ended_at = reason.strip()[:300], timezone.now()
    # Nobody has worked with them: the run's own proposals fall with it, so that a later run makes them anew.
    DueRow.objects.filter(run=run).delete()
    Finding.objects.filter(run=run, is_accepted=None).delete()
    fallen = Nomination.objects.filter(run=run, step=Step.PROPOSED, round=None)
    count = fallen.count()
    fallen.delete()
    record(by=by, act="rewards.cancel_run", subject=run, after={"proposals": count}, reason=reason)
    run.state = RunState.CANCELLED
    run.touched_at = timezone.now()
    run.save()
    return run


@transaction.atomic
def answer_finding(*, by: Actor, finding: Finding, accept: bool, answer: str) -> Finding:
    """Follow what a run found, or not, with the reason. Only now does the nomination change."""
    by = acting_city(by, MANAGE)
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    if finding.is_accepted is not None:
        raise Refused([_("This finding has been answered already.")])
    if not answer.strip():
        raise Refused([Reason(_("Say why."), field="answer")])
    finding.is_accepted, finding.answer = accept, answer.strip()[:300]
    finding.answered_at = timezone.now()
    finding.save()
    if accept:
        nomination = Nomination.objects.select_for_update().get(pk=finding.nomination_id)
        if nomination.step == Step.GRANTED:
            raise Refused([_("It has been granted: revoke the award, with the decision of who granted it.")])
        nomination.step = Step.WITHDRAWN if finding.kind == FindingKind.WITHDRAW else Step.PROPOSED
        nomination.count, nomination.as_of = finding.count, finding.run.as_of
        nomination.round = nomination.dossier = None
        nomination.reason = finding.answer
        nomination.step_at = timezone.now()
        nomination.save()
    record(
        by=by,
        act="rewards.answer_finding",
        subject=finding,
        after={"accepted": accept},
        reason=answer.strip(),
    )
    return finding


def brake_of(on: date) -> int:
    """Beyond so many nominations a run stops: a multiple of the usual run, never under the table's least."""
    values = dossier_values(on)
    past = sorted(
        RewardRun.objects.filter(state=RunState.DONE, since=None)
        .order_by("-pk")
        .values_list("proposed", flat=True)[:9]
    )
    usual = past[len(past) // 2] if past else 0
    return int(max(values["brake_least"], usual * values["brake_times_usual"]))


def locked(run: RewardRun, *states: RunState) -> RewardRun:
    """The locked run in one of the states; else refused."""
    run = RewardRun.objects.select_for_update().get(pk=run.pk)
    if run.state not in states:
        raise Refused(
            [
                _("This is not possible in the state it is in now: %(state)s.")
                % {"state": run.get_state_display()}
            ]
        )
    return run


def moved(by: Actor, run: RewardRun, state: RunState, act: str) -> RewardRun:
    """The run in its new state, in the log."""
    before = run.state
    run.state, run.touched_at = state, timezone.now()
    run.save()
    record(by=by, act=act, subject=run, before={"state": before}, after={"state": state})
    return run
