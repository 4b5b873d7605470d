"""Taking a wrong approval back: the act and the taking back both stay in the record."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.locks import lock
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, record_many
from people.permissions import acting
from rewards.actions.awarding import end_certificate
from rewards.actions.rounds import log_steps
from rewards.actions.steps import moved
from rewards.enums import APPROVE, CHECK, MANAGE, PolicyState, RunState, Step
from rewards.models import Award, Dossier, Meeting, Nomination, Policy, RewardRun, Round
from rewards.permissions import acting_city
from rewards.rules import BACK

OPEN_RUNS = (RunState.WAITING, RunState.RUNNING, RunState.PAUSED, RunState.BRAKED)


@transaction.atomic
def undo_policy(*, by: Actor, policy: Policy, reason: str) -> Policy:
    """Take the putting in force back; the policy it succeeded gets its days again. Returns it.

    Proposals under it that nobody has worked with fall, so that a run makes them anew. Refused once a
    proposal stands in a round: then it is succeeded by another version.
    """
    by = acting_city(by, APPROVE)
    lock("rewards.run")
    policy = Policy.objects.select_for_update().get(pk=policy.pk)
    reasons = _why(reason)
    if policy.state != PolicyState.APPROVED:
        reasons.append(Reason(_("This policy is not in force.")))
    if policy.successors.filter(state=PolicyState.APPROVED).exists():
        reasons.append(Reason(_("Another policy has succeeded it: take that one back first.")))
    if RewardRun.objects.filter(state__in=OPEN_RUNS).exists():
        reasons.append(Reason(_("Another run is under way. Wait until it ends, or cancel it.")))
    under_it = Nomination.objects.filter(rung__policy=policy)
    free = under_it.filter(step=Step.PROPOSED, round=None)
    worked = under_it.count() - free.count()
    if worked:
        text = ngettext(
            "%(n)s proposal under it is being worked with: succeed it with a new version.",
            "%(n)s proposals under it are being worked with: succeed it with a new version.",
            worked,
        )
        reasons.append(Reason(text % {"n": worked}))
    if reasons:
        raise Refused(reasons)
    fallen = list(free.values_list("pk", flat=True))
    free.delete()
    policy.state, policy.undone_on, policy.undone_reason = PolicyState.REVERSED, by.on, _short(reason)
    policy.save(update_fields=["state", "undone_on", "undone_reason"])
    record(by=by, act="rewards.undo_policy", subject=policy, after={"proposals": len(fallen)}, reason=reason)
    before = policy.predecessor
    if before is not None and before.effective_to == policy.effective_from - timedelta(days=1):
        ended, before.effective_to = before.effective_to, policy.predecessor_to
        before.save(update_fields=["effective_to"])
        record(
            by=by,
            act="rewards.restore_policy",
            subject=before,
            before={"effective_to": ended},
            after={"effective_to": before.effective_to},
        )
    return policy


@transaction.atomic
def step_back(*, by: Actor, nomination: Nomination, reason: str) -> Nomination:
    """A wrong check, cross-check or withdrawal is taken back: one step, with its reason. Returns it."""
    row = Nomination.objects.select_for_update(of=("self",)).select_related("rung").get(pk=nomination.pk)
    if row.step == Step.CHECKED:
        by = acting(by, CHECK, row.unit_id)
    else:
        by = acting_city(by, MANAGE)
    then = BACK.get(row.step)
    if then is None:
        text = _("This is not possible in the state it is in now: %(state)s.")
        raise Refused([text % {"state": row.get_step_display()}])
    if reasons := _why(reason):
        raise Refused(reasons)
    row.reason = _short(reason)
    return moved(by, row, then, "rewards.step_back", reason)


@transaction.atomic
def undo_meeting(*, by: Actor, meeting: Meeting, reason: str) -> Meeting:
    """The minutes were entered wrong: everybody of theirs waits for the council again. Returns the meeting.

    Refused once somebody of it has gone on.
    """
    by = acting_city(by, MANAGE)
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    reasons = _why(reason)
    rows = list(Nomination.objects.select_for_update().filter(meeting=meeting).order_by("pk"))
    if meeting.undone_on is not None:
        reasons.append(Reason(_("These minutes have been taken back already.")))
    if any(one.step not in {Step.AGREED, Step.REFUSED} or one.dossier_id for one in rows):
        reasons.append(Reason(_("Some of them have been sent or decided: take that back first.")))
    if reasons:
        raise Refused(reasons)
    for one in rows:
        one.step, one.step_at, one.meeting = Step.CROSS_CHECKED, timezone.now(), None
        one.votes_for = one.votes_cast = None
    fields = ["step", "step_at", "meeting", "votes_for", "votes_cast"]
    Nomination.objects.bulk_update(rows, fields, batch_size=500)
    meeting.undone_on, meeting.undone_reason = by.on, _short(reason)
    meeting.save(update_fields=["undone_on", "undone_reason"])
    record(by=by, act="rewards.undo_meeting", subject=meeting, after={"people": len(rows)}, reason=reason)
    log_steps(by, "rewards.step_back", rows)
    return meeting


@transaction.atomic
def undo_decision(*, by: Actor, cycle: Round, decision_number: str, reason: str) -> int:
    """A decision was entered wrong: its awards are revoked and its people wait for a decision again.

    Theirs or the chapter's own; the dossier can take the right one then. Refused once a paper of it has
    been handed over: those are revoked one by one. Returns how many awards.
    """
    by = acting_city(by, APPROVE)
    number = " ".join(decision_number.split())
    reasons = _why(reason)
    awards = list(
        Award.objects.select_for_update(of=("self",))
        .filter(nomination__round=cycle, decision_number=number, revoked_on=None)
        .select_related("nomination", "proof")
        .order_by("pk")
    )
    dossiers = list(Dossier.objects.select_for_update().filter(round=cycle, decision_number=number))
    if not number or not (awards or dossiers):
        reasons.append(Reason(_("No decision of this round has this number."), field="decision_number"))
    if any(one.handed_on for one in awards):
        reasons.append(Reason(_("Papers of it have been handed over: revoke them one by one.")))
    if reasons:
        raise Refused(reasons)
    for award in awards:
        end_certificate(by, award, by.on)
        award.revoked_on, award.revoked_reason = by.on, _short(reason)
    Award.objects.bulk_update(awards, ["revoked_on", "revoked_reason"], batch_size=500)
    rows = ((one.pk, {"revoked_on": None}, {"revoked_on": by.on}) for one in awards)
    record_many(by=by, act="rewards.revoke_award", model=Award, rows=rows)
    back = [award.nomination for award in awards]
    back += Nomination.objects.select_for_update().filter(dossier__in=dossiers, step=Step.REFUSED)
    for one in back:
        one.step = Step.SENT if one.dossier_id else Step.AGREED
        one.step_at, one.reason = timezone.now(), ""
    Nomination.objects.bulk_update(back, ["step", "step_at", "reason"], batch_size=500)
    log_steps(by, "rewards.step_back", back)
    for dossier in dossiers:
        before = {"number": dossier.decision_number, "decided_on": dossier.decided_on}
        dossier.decision_number, dossier.decided_on, dossier.signer = "", None, ""
        dossier.save(update_fields=["decision_number", "decided_on", "signer"])
        record(by=by, act="rewards.undo_decision", subject=dossier, before=before, reason=reason)
    record(
        by=by,
        act="rewards.undo_decision",
        subject=cycle,
        after={"number": number, "awards": len(awards)},
        reason=reason,
    )
    return len(awards)


def _why(reason: str) -> list[Reason]:
    return [] if reason.strip() else [Reason(_("Say why."), field="reason")]


def _short(reason: str) -> str:
    return " ".join(reason.split())[:300]
