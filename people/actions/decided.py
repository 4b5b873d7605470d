"""An act whose decision is a paper drafted here: planned, decided when that paper is issued, or dropped.

The paper stands a floor above: papers.actions.unit_acts calls these in the transactions that draft,
issue and give up the paper. Their rights are those over the paper of the unit that issues it.
"""

from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.dates import today
from foundation.locks import lock
from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from people.actions.acts import ready_to_confirm, take_effect
from people.enums import ActState
from people.models import Unit, UnitAct
from people.permissions import acting, acting_over
from people.queries.act_problems import act_problems
from people.queries.acts import units_touched


@transaction.atomic
def await_decision(*, by: Actor, act: UnitAct, unit: Unit, people_count: int | None = None) -> UnitAct:
    """The plan stands and waits for a decision of `unit`; its lines do not change any more. Returns it."""
    act = UnitAct.objects.select_for_update().get(pk=act.pk)
    by = acting_over(by, "unit.reorganise", units_touched(act) | {unit.pk})
    moved = ready_to_confirm(act, people_count)
    if act.is_outside:
        raise Refused([_("The decision on this act came from outside: it is confirmed, not drafted.")])
    act.state, act.issuing_unit, act.issuer = ActState.AWAITING, unit, unit.name
    act.details["people_confirmed"] = moved
    act.full_clean()
    act.save(update_fields=["state", "issuing_unit", "issuer", "details"])
    after = {"unit": unit.code, "effective_on": act.effective_on, "people": moved}
    record(by=by, act="people.await_unit_decision", subject=act, after=after)
    return act


@transaction.atomic
def decide_act(*, by: Actor, act: UnitAct, number: str, decided_on: date, is_outside: bool) -> UnitAct:
    """Its paper is issued: the act takes effect on its day, now if that day has come. Returns it.

    `by` is the clerk who gives the number. The act was planned under the right to reorganise, and its
    facts are asked again; so it is carried out for the clerk as for the job that does it on its day.
    """
    lock("units")
    act = UnitAct.objects.select_for_update().get(pk=act.pk)
    by = acting(by, "paper.number", act.issuing_unit_id)
    if act.state != ActState.AWAITING:
        raise Refused([_("This act does not wait for its decision.")])
    problems = act_problems(act)
    if problems:
        raise Refused(problems)
    act.state, act.decision_number, act.decided_on = ActState.WAITING, number, decided_on
    act.is_outside = is_outside
    act.full_clean()
    act.save(update_fields=["state", "decision_number", "decided_on", "is_outside"])
    after = {"number": number, "decided_on": decided_on}
    record(by=by, act="people.decide_unit_act", subject=act, after=after)
    return take_effect(replace(by, is_system=True), act) if act.effective_on <= today() else act


@transaction.atomic
def drop_undecided(*, by: Actor, act: UnitAct, reason: str) -> UnitAct:
    """Its draft is given up: the act is cancelled, nothing was changed. Returns it."""
    act = UnitAct.objects.select_for_update().get(pk=act.pk)
    by = acting(by, "paper.draft", act.issuing_unit_id)
    if act.state != ActState.AWAITING:
        raise Refused([_("This act does not wait for its decision.")])
    before = {"state": act.state}
    act.state = ActState.CANCELLED
    act.details["cancelled"] = reason.strip()[:300]
    act.save(update_fields=["state", "details"])
    after = {"state": act.state}
    record(by=by, act="people.cancel_unit_act", subject=act, before=before, after=after, reason=reason)
    return act
