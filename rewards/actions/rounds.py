"""A round: opened, filled, checked by units and city, voted on, sent, decided elsewhere."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dates import add_working_days
from foundation.locks import lock
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, record_many
from people.models import Unit
from people.permissions import acting
from rewards.actions.awarding import give
from rewards.actions.dossiers import complete, keep_papers
from rewards.actions.policies import checked
from rewards.actions.steps import moved, taken
from rewards.enums import CHECK, MANAGE, Grantor, Step
from rewards.models import Award, Dossier, Meeting, Nomination, Round, UnitReport, holder_of
from rewards.permissions import acting_city
from rewards.queries.crosscheck import cross_facts
from rewards.rules import authorities

# Sent and not answered yet.
WITH_THEM = (Step.SENT, Step.APPRAISED)


@transaction.atomic
def open_round(
    *,
    by: Actor,
    name: str,
    cut_off: date,
    deadline: date,
    ceremony_on: date,
    place: str = "",
    guidance: str = "",
) -> Round:
    """A round with every proposal reached up to the cut-off that stands in no round yet. Returns it."""
    by = acting_city(by, MANAGE)
    made = Round(
        name=" ".join(name.split()),
        cut_off=cut_off,
        deadline=deadline,
        ceremony_on=ceremony_on,
        place=place,
        guidance=guidance,
    )
    checked(made)
    made.save()
    record(by=by, act="rewards.open_round", subject=made, after={"cut_off": cut_off, "deadline": deadline})
    fill(by, made)
    return made


@transaction.atomic
def fill_round(*, by: Actor, cycle: Round) -> int:
    """Take in proposals that a later run added up to the cut-off; returns how many."""
    return fill(acting_city(by, MANAGE), Round.objects.select_for_update().get(pk=cycle.pk))


@transaction.atomic
def report_unit(*, by: Actor, cycle: Round, unit: Unit, on: date) -> UnitReport:
    """The unit has handed in its list, with people or without; refused while a proposal waits."""
    by = acting(by, CHECK, unit.pk)
    waiting = Nomination.objects.filter(round=cycle, unit=unit, step=Step.PROPOSED).count()
    if waiting:
        raise Refused([_("%(count)s proposals of this unit are still to be checked.") % {"count": waiting}])
    report, is_new = UnitReport.objects.get_or_create(round=cycle, unit=unit, defaults={"reported_on": on})
    if is_new:
        record(by=by, act="rewards.report_unit", subject=report, after={"on": on})
    return report


@transaction.atomic
def check_nomination(*, by: Actor, nomination: Nomination, proof: str) -> Nomination:
    """The unit confirms the proposal and names the proof. Returns it."""
    by = acting(by, CHECK, nomination.unit_id)
    nomination = taken(nomination, Step.CHECKED)
    if not proof.strip():
        raise Refused(
            [Reason(_("Name the proof: certificate, or confirmation of the facility."), field="proof")]
        )
    nomination.proof = proof.strip()[:300]
    return moved(by, nomination, Step.CHECKED, "rewards.check_nomination")


@transaction.atomic
def cross_check(
    *, by: Actor, nomination: Nomination, is_posthumous: bool = False, note: str = ""
) -> Nomination:
    """The city has looked: not honoured already, no discipline, alive or else after death. Returns it.

    Where the portal knows of a discipline the note says why it is proposed all the same; who is known to
    have died is honoured after death only.
    """
    by = acting_city(by, MANAGE)
    nomination = taken(nomination, Step.CROSS_CHECKED)
    known = cross_facts(nomination, by.on)
    reasons: list[Reason] = []
    if known.is_held:
        reasons.append(Reason(_("This person holds this honour already.")))
    if known.is_dead and not is_posthumous:
        reasons.append(
            Reason(_("A death is entered: the honour is given after death."), field="is_posthumous")
        )
    if known.is_disciplined and not note.strip():
        reasons.append(
            Reason(_("A discipline is known: say why the person is proposed all the same."), field="note")
        )
    if reasons:
        raise Refused(reasons)
    nomination.is_posthumous, nomination.reason = is_posthumous, " ".join(note.split())[:300]
    return moved(by, nomination, Step.CROSS_CHECKED, "rewards.cross_check", nomination.reason)


@transaction.atomic
def withdraw_nomination(*, by: Actor, nomination: Nomination, reason: str) -> Nomination:
    """Take it out before a decision; the reason stays. Returns it."""
    by = acting_city(by, MANAGE)
    nomination = taken(nomination, Step.WITHDRAWN)
    if not reason.strip():
        raise Refused([Reason(_("Say why."), field="reason")])
    nomination.reason = reason.strip()[:300]
    return moved(by, nomination, Step.WITHDRAWN, "rewards.withdraw_nomination", reason)


@transaction.atomic
def record_meeting(
    *,
    by: Actor,
    cycle: Round,
    held_on: date,
    present: int,
    members: int,
    minutes_number: str,
    against: Mapping[int, int] | None = None,
    failed: Collection[int] = (),
) -> Meeting:
    """The council's minutes on everybody cross-checked: agreed with all votes but those `against`.

    `against` holds votes against by nomination; those in `failed` were not agreed. Returns the meeting.
    """
    by = acting_city(by, MANAGE)
    if held_on > by.on:
        raise Refused([Reason(pgettext("rewards", "The day lies in the future."), field="held_on")])
    meeting = Meeting(
        round=cycle, held_on=held_on, present=present, members=members, minutes_number=minutes_number.strip()
    )
    checked(meeting)
    waiting = list(of_round(cycle, Step.CROSS_CHECKED))
    if not waiting:
        raise Refused([_("Nobody in this round is cross-checked and waits for the council.")])
    votes_against = against or {}
    if (set(votes_against) | set(failed)) - {one.pk for one in waiting}:
        raise Refused([_("A number is not in the list of those who wait for the council.")])
    if any(not 0 <= n <= present for n in votes_against.values()):
        raise Refused([_("More votes than members present.")])
    meeting.save()
    for nomination in waiting:
        nomination.meeting, nomination.votes_cast = meeting, present
        nomination.votes_for = present - votes_against.get(nomination.pk, 0)
        nomination.step = Step.REFUSED if nomination.pk in failed else Step.AGREED
        nomination.step_at = timezone.now()
    Nomination.objects.bulk_update(
        waiting, ["meeting", "votes_cast", "votes_for", "step", "step_at"], batch_size=500
    )
    record(
        by=by,
        act="rewards.record_meeting",
        subject=meeting,
        after={"present": present, "nominations": len(waiting)},
    )
    log_steps(by, "rewards.vote", waiting)
    return meeting


@transaction.atomic
def send_dossier(*, by: Actor, cycle: Round, grantor: str, submission_number: str, sent_on: date) -> Dossier:
    """Everybody agreed, or returned and completed, whose honour that authority grants. Returns it."""
    by = acting_city(by, MANAGE)
    if grantor not in authorities(by.on) or grantor == Grantor.CHAPTER:
        raise Refused([Reason(_("No dossier goes to this authority."), field="grantor")])
    if sent_on > by.on:
        raise Refused([Reason(pgettext("rewards", "The day lies in the future."), field="sent_on")])
    return sent(by, cycle, grantor, " ".join(submission_number.split()), sent_on, waiting_for(cycle, grantor))


def waiting_for(cycle: Round, grantor: str) -> list[Nomination]:
    """The locked nominations that go to that authority next: agreed, or returned and completed."""
    rows = of_round(cycle, Step.AGREED, Step.RETURNED).filter(rung__grantor=grantor)
    return list(rows.select_related("rung", *holder_of()))


def sent(
    by: Actor, cycle: Round, grantor: str, number: str, on: date, going: Sequence[Nomination]
) -> Dossier:
    """The dossier of these people, in the caller's transaction."""
    if not going:
        raise Refused([Reason(_("Nobody in this round waits for this authority."), field="grantor")])
    complete(cycle, grantor, by.on)
    dossier = Dossier(
        round=cycle,
        grantor=grantor,
        submission_number=number,
        sent_on=on,
        expected_on=add_working_days(on, authorities(by.on)[grantor]["working_days"]),
    )
    checked(dossier)
    dossier.save()
    keep_papers(by, dossier)
    for nomination in going:
        nomination.dossier, nomination.step, nomination.step_at = dossier, Step.SENT, timezone.now()
        nomination.reason = ""
    Nomination.objects.bulk_update(going, ["dossier", "step", "step_at", "reason"], batch_size=500)
    record(by=by, act="rewards.send_dossier", subject=dossier, after={"people": len(going), "sent_on": on})
    log_steps(by, "rewards.send", going)
    return dossier


@transaction.atomic
def return_nomination(*, by: Actor, nomination: Nomination, reason: str) -> Nomination:
    """The authority asks for more about this person; the others stay with it. Returns it."""
    by = acting_city(by, MANAGE)
    nomination = taken(nomination, Step.RETURNED)
    if not reason.strip():
        raise Refused([Reason(pgettext("rewards", "Say what is missing."), field="reason")])
    nomination.reason = reason.strip()[:300]
    return moved(by, nomination, Step.RETURNED, "rewards.return_nomination", reason)


@transaction.atomic
def appraise_dossier(*, by: Actor, dossier: Dossier, on: date, words: str = "") -> Dossier:
    """Their office has appraised who is still with them; the decision is awaited. Returns the dossier."""
    by = acting_city(by, MANAGE)
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    reasons: list[Reason] = []
    if dossier.decision_number:
        reasons.append(Reason(_("The decision on this dossier has been entered already.")))
    if not dossier.sent_on <= on <= by.on:
        reasons.append(Reason(_("The day lies between the sending and today."), field="on"))
    waiting = list(Nomination.objects.select_for_update().filter(dossier=dossier, step=Step.SENT))
    if not waiting and not reasons:
        reasons.append(Reason(_("Nobody of this dossier waits for the appraisal.")))
    if reasons:
        raise Refused(reasons)
    for one in waiting:
        one.step, one.step_at = Step.APPRAISED, timezone.now()
    Nomination.objects.bulk_update(waiting, ["step", "step_at"], batch_size=500)
    dossier.appraised_on, dossier.appraisal = on, " ".join(words.split())[:300]
    dossier.save(update_fields=["appraised_on", "appraisal"])
    record(by=by, act="rewards.appraise_dossier", subject=dossier, after={"people": len(waiting), "on": on})
    log_steps(by, "rewards.appraise", waiting)
    return dossier


@transaction.atomic
def take_decision(
    *,
    by: Actor,
    dossier: Dossier,
    decision_number: str,
    decided_on: date,
    signer: str,
    refused: Mapping[int, str] | None = None,
) -> Dossier:
    """Their decision: everybody with them is granted but those `refused`, each with a reason.

    `refused` holds the reason by nomination. A decision entered twice is refused. Returns the dossier.
    """
    by = acting_city(by, MANAGE)
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if dossier.decision_number:
        raise Refused([_("The decision on this dossier has been entered already.")])
    if decided_on > by.on:
        raise Refused([Reason(pgettext("rewards", "The day lies in the future."), field="decided_on")])
    no = refused or {}
    waiting = list(
        Nomination.objects.select_for_update(of=("self",))
        .filter(dossier=dossier, step__in=WITH_THEM)
        .select_related("rung", *holder_of())
    )
    if set(no) - {one.pk for one in waiting} or any(not reason.strip() for reason in no.values()):
        raise Refused([_("Each refusal needs its reason and a person of this dossier.")])
    if not waiting:
        raise Refused([_("Nobody of this dossier waits for a decision.")])
    dossier.decision_number = " ".join(decision_number.split())
    dossier.decided_on, dossier.signer = decided_on, signer.strip()[:120]
    if not dossier.decision_number:
        raise Refused([Reason(_("Enter the number of their decision."), field="decision_number")])
    lock("rewards.decision", dossier.grantor, dossier.decision_number.casefold(), decided_on.year)
    used = Dossier.objects.filter(
        grantor=dossier.grantor,
        decision_number__iexact=dossier.decision_number,
        decided_on__year=decided_on.year,
    )
    if used.exists():
        raise Refused([Reason(_("This decision has been entered already."), field="decision_number")])
    checked(dossier)
    dossier.save()
    for one in waiting:
        one.step = Step.REFUSED if one.pk in no else Step.GRANTED
        one.reason, one.step_at = no.get(one.pk, "")[:300], timezone.now()
    Nomination.objects.bulk_update(waiting, ["step", "reason", "step_at"], batch_size=500)
    taken_in = [one for one in waiting if one.step == Step.GRANTED]
    give(by, taken_in, dossier.decision_number, decided_on)
    record(
        by=by,
        act="rewards.take_decision",
        subject=dossier,
        after={"number": dossier.decision_number, "granted": len(taken_in), "refused": len(no)},
    )
    log_steps(by, "rewards.grant", waiting)
    return dossier


@transaction.atomic
def grant_by_chapter(*, by: Actor, cycle: Round, decision_number: str, decided_on: date) -> list[Award]:
    """The chapter's own decision on everybody agreed whose honour it grants itself. Returns the awards."""
    by = acting_city(by, MANAGE)
    decision_number = " ".join(decision_number.split())
    reasons = []
    if not decision_number:
        reasons.append(Reason(_("Enter the number of the decision."), field="decision_number"))
    if decided_on > by.on:
        reasons.append(Reason(pgettext("rewards", "The day lies in the future."), field="decided_on"))
    going = waiting_for(cycle, Grantor.CHAPTER)
    if not going:
        reasons.append(Reason(_("Nobody in this round waits for the chapter's decision.")))
    if reasons:
        raise Refused(reasons)
    return granted(by, going, decision_number, decided_on)


def granted(by: Actor, going: Sequence[Nomination], number: str, on: date) -> list[Award]:
    """The chapter's awards, each with its certificate's proof, in the caller's transaction.

    One number serves one decision of a year: used twice it is refused, whoever comes second.
    """
    lock("rewards.decision", Grantor.CHAPTER, number.casefold(), on.year)
    used = Award.objects.filter(
        nomination__rung__grantor=Grantor.CHAPTER,
        decision_number__iexact=number,
        decided_on__year=on.year,
        revoked_on=None,
    )
    if used.exists():
        raise Refused([Reason(_("This decision has been entered already."), field="decision_number")])
    for one in going:
        one.step, one.step_at = Step.GRANTED, timezone.now()
    Nomination.objects.bulk_update(going, ["step", "step_at"], batch_size=500)
    awards = give(by, going, number, on, has_certificate=True)
    log_steps(by, "rewards.grant", going)
    return awards


def fill(by: Actor, made: Round) -> int:
    """Every proposal reached up to the cut-off and in no round, taken in."""
    free = Nomination.objects.filter(round=None, step=Step.PROPOSED, reached_on__lte=made.cut_off)
    pks = list(free.select_for_update().values_list("pk", flat=True))
    Nomination.objects.filter(pk__in=pks).update(round=made)
    record_many(
        by=by,
        act="rewards.fill_round",
        model=Nomination,
        rows=((pk, {"round": None}, {"round": made.pk}) for pk in pks),
    )
    return len(pks)


def of_round(cycle: Round, *steps: Step) -> QuerySet[Nomination]:
    """The locked nominations of a round at these steps."""
    return (
        Nomination.objects.select_for_update(of=("self",)).filter(round=cycle, step__in=steps).order_by("pk")
    )


def log_steps(by: Actor, act: str, nominations: Iterable[Nomination]) -> None:
    """One entry for each person of a decision over many."""
    rows = ((one.pk, None, {"step": str(one.step)}) for one in nominations)
    record_many(by=by, act=act, model=Nomination, rows=rows)
