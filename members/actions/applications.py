"""An application: begun and submitted by the person or typed by an officer; opinion, questions, an answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from members.actions.joining_letters import tell
from members.enums import ADMIT, ENTER, ApplicationState, Channel, Kind
from members.models import Application, ApplicationStep
from members.queries.applications import stale_drafts, unit_of
from members.queries.units import base_of
from members.rules import may_join, terms
from members.rules.joining import needs_guardian
from people.actions.approvals import ask, decide
from people.actions.forgetting import ERASED_NAME
from people.enums import ApprovalState, OfficeCode, UnitKind
from people.models import Unit
from people.permissions import acting
from people.rules.phones import read_phones
from people.rules.rights import consent_texts

OPINION, MEETING = "members.opinion", "members.meeting"
FIELDS = (
    "kind", "unit", "full_name", "sex", "birth_date", "phone", "email", "address", "words",
    "guardian_name", "guardian_phone",
)  # fmt: skip
UNDER_WAY = (ApplicationState.SUBMITTED, ApplicationState.MEETING)


@transaction.atomic
def begin_application(*, by: Actor, kind: Kind) -> Application:
    """An empty draft of somebody on the public pages; kept for a set time. Returns it."""
    application = Application(kind=kind)
    application.full_clean()
    application.save()
    return application


@transaction.atomic
def save_application(*, by: Actor, application: Application, values: Mapping[str, Any]) -> Application:
    """Keep what was filled in so far; nothing is checked before it is submitted. Returns the draft."""
    application = locked(application)
    if application.state != ApplicationState.DRAFT:
        raise Refused([_("This application was submitted already.")])
    _put(application, values)
    application.save()
    return application


@transaction.atomic
def submit_application(*, by: Actor, application: Application, consents: Mapping[str, bool]) -> Application:
    """The person's application goes to the branch, or to the base unit where it has none. Returns it.

    `consents` are the purposes ticked; none is needed, silence is none.
    """
    application = locked(application)
    if application.state != ApplicationState.DRAFT:
        raise Refused([_("This application was submitted already.")])
    _check(application, by.on)
    texts = consent_texts(by.on)
    application.consents = {
        purpose: texts[purpose].version.isoformat()
        for purpose, is_given in consents.items()
        if is_given and purpose in texts
    }
    if application.guardian_name:
        application.guardian_agreed_at = timezone.now()
    return _send(by, application)


@transaction.atomic
def enter_application(*, by: Actor, values: Mapping[str, Any], guardian_agreed: bool = False) -> Application:
    """An application on paper, typed by an officer; goes the same way. Returns it."""
    unit: Unit | None = values.get("unit")
    by = acting(by, ENTER, unit.pk if unit else None)
    application = Application(channel=Channel.PAPER)
    _put(application, values)
    if guardian_agreed:
        application.guardian_agreed_at = timezone.now()
    _check(application, by.on)
    return _send(by, application)


@transaction.atomic
def give_opinion(*, by: Actor, application: Application, agrees: bool, words: str = "") -> Application:
    """The branch's opinion; it decides nothing, the base unit's meeting follows. Returns the application.

    Only the office asked, or the one above it once the term has passed, gives it.
    """
    application = locked(application)
    if application.approval is None or application.approval.kind != OPINION:
        raise Refused([_("The branch is not asked for its opinion on this application.")])
    if not agrees and not words.strip():
        raise Refused(Reason(_("Say what stands against it."), field="words"))
    reason = words.strip() or _("The branch agrees.")
    decide(by=by, approval=application.approval, decision=ApprovalState.APPROVED, reason=reason)
    application.opinion, application.opinion_words = agrees, words.strip()
    application.state = ApplicationState.MEETING
    note(by, application, "opinion", words)
    _ask_meeting(by, application)
    _save(application)
    record(by=by, act="members.give_opinion", subject=application, after={"agrees": agrees}, reason=words)
    return application


@transaction.atomic
def ask_more(*, by: Actor, application: Application, words: str) -> Application:
    """Something is missing: the applicant reads what, and answers with the code. Returns the application."""
    application, by = _mine(by, application, *UNDER_WAY)
    if not words.strip():
        raise Refused(Reason(_("Say what is missing."), field="words"))
    close_approval(by, application, ApprovalState.RETURNED, words)
    application.state, application.answer = ApplicationState.RETURNED, words.strip()
    asked = note(by, application, "asked_more", words)
    _save(application)
    tell(by, application, "asked_more", asked.pk, words=words.strip())
    record(by=by, act="members.ask_more", subject=application, reason=words)
    return application


@transaction.atomic
def answer_more(*, by: Actor, application: Application, words: str) -> Application:
    """The applicant answers what was asked; the application goes on to the meeting. Returns it."""
    application = locked(application)
    if application.state != ApplicationState.RETURNED:
        raise Refused([_("Nothing is asked of you at the moment.")])
    if not words.strip():
        raise Refused(Reason(_("Write your answer."), field="words"))
    note(by, application, "answered", words)
    application.answer = ""
    if application.opinion is None and _is_branch(application.unit):
        application.state = ApplicationState.SUBMITTED
        _ask_opinion(by, application)
    else:
        application.state = ApplicationState.MEETING
        _ask_meeting(by, application)
    _save(application)
    record(by=by, act="members.answer_more", subject=application)
    return application


@transaction.atomic
def refuse_application(*, by: Actor, application: Application, reason: str) -> Application:
    """Not admitted, with the reason the applicant reads. Returns the application."""
    application, by = _mine(by, application, *UNDER_WAY, ApplicationState.RETURNED, ApplicationState.AGREED)
    if not reason.strip():
        raise Refused(Reason(pgettext("members", "Say the reason."), field="words"))
    close_approval(by, application, ApprovalState.REFUSED, reason)
    application.state, application.answer = ApplicationState.REFUSED, reason.strip()
    application.admission = None
    note(by, application, "refused", reason)
    _save(application)
    tell(by, application, "refused", "", words=reason.strip())
    record(by=by, act="members.refuse_application", subject=application, reason=reason)
    return application


@transaction.atomic
def withdraw_application(*, by: Actor, application: Application) -> Application:
    """The applicant takes it back before the decision. Returns the application."""
    application = locked(application)
    if application.state not in (*UNDER_WAY, ApplicationState.RETURNED, ApplicationState.AGREED):
        raise Refused([_("This application is decided already.")])
    close_approval(by, application, ApprovalState.WITHDRAWN, _("Withdrawn by the applicant."))
    application.state, application.admission = ApplicationState.WITHDRAWN, None
    note(by, application, "withdrawn")
    _save(application)
    record(by=by, act="members.withdraw_application", subject=application)
    return application


@transaction.atomic
def clear_drafts(*, by: Actor) -> int:
    """Delete drafts nobody went on with for a set time; returns how many."""
    rows = stale_drafts(by.on, terms(by.on).draft_calendar_days)
    return rows.delete()[0]


def locked(application: Application) -> Application:
    """The row under a lock. What hangs on it is read after the lock: joined, it would be as of before."""
    return Application.objects.select_for_update().get(pk=application.pk)


def note(by: Actor, application: Application, step: str, words: str = "") -> ApplicationStep:
    """One line of the application's history."""
    return ApplicationStep.objects.create(
        application=application,
        user=by.user,
        office=by.acting.office if by.acting else "",
        step=step,
        words=words.strip()[:500],
    )


def _mine(by: Actor, application: Application, *states: str) -> tuple[Application, Actor]:
    application = locked(application)
    by = acting(by, ADMIT, unit_of(application).pk)
    if application.state not in states:
        told = {"state": application.get_state_display()}
        raise Refused([_("This application is no longer there: %(state)s.") % told])
    return application, by


def _put(application: Application, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(
                application,
                name,
                values[name] if values[name] is not None or name in {"unit", "birth_date"} else "",
            )
    application.clean()


def _check(application: Application, on: date) -> None:
    """Refuses with everything that is missing or stands against it."""
    reasons: list[Reason] = []
    if not application.full_name:
        reasons.append(Reason(_("Write the full name as on the identity card."), field="full_name"))
    if application.unit is None or on not in application.unit.valid:
        reasons.append(Reason(_("Choose the branch or unit."), field="unit"))
    phones = read_phones(application.phone, on=on) if application.phone else None
    if phones is None and not application.email:
        reasons.append(Reason(_("A phone or an e-mail is needed to reach the applicant."), field="phone"))
    elif phones is not None and not phones.phones:
        reasons.append(Reason(_("This is no phone number."), field="phone"))
    if application.birth_date is not None and application.birth_date > on:
        reasons.append(Reason(_("The date of birth lies in the future."), field="birth_date"))
    else:
        reasons += may_join(application.kind, application.birth_date, on)
    has_guardian = bool(application.guardian_name and application.guardian_phone)
    is_young = application.birth_date is not None and needs_guardian(application.birth_date, on)
    if is_young and not has_guardian and not reasons:
        text = _("Under 18 years a guardian agrees too: name and phone are needed.")
        reasons.append(Reason(text, field="guardian_name"))
    if reasons:
        raise Refused(reasons)


def _send(by: Actor, application: Application) -> Application:
    application.submitted_at = timezone.now()
    application.state = (
        ApplicationState.SUBMITTED if _is_branch(application.unit) else ApplicationState.MEETING
    )
    application.full_clean(exclude=["consents"])
    application.save()
    note(by, application, "submitted")
    if application.state == ApplicationState.SUBMITTED:
        _ask_opinion(by, application)
    else:
        _ask_meeting(by, application)
    _save(application)
    tell(by, application, "received", "")
    record(
        by=by,
        act="members.submit_application",
        subject=application,
        after={"unit": unit_of(application).code, "kind": application.kind, "channel": application.channel},
    )
    return application


def _ask_opinion(by: Actor, application: Application) -> None:
    unit = unit_of(application)
    title = _("The branch's opinion: %(name)s, %(unit)s")
    application.approval = ask(
        by=by,
        kind=OPINION,
        title=title % {"name": application.full_name, "unit": unit.name},
        office=OfficeCode.BRANCH_HEAD,
        unit=unit,
        working_days=terms(by.on).opinion_working_days,
    )


def _ask_meeting(by: Actor, application: Application) -> None:
    unit = base_of(unit_of(application), by.on)
    title = _("To be considered: %(name)s, %(unit)s")
    application.approval = ask(
        by=by,
        kind=MEETING,
        title=title % {"name": application.full_name, "unit": unit_of(application).name},
        office=OfficeCode.UNIT_OFFICER,
        unit=unit,
        working_days=terms(by.on).meeting_working_days,
    )


def close_approval(by: Actor, application: Application, decision: ApprovalState, words: str) -> None:
    """What was asked is answered by this act; the act has checked its own right."""
    approval = application.approval
    if approval is not None and approval.state == ApprovalState.WAITING:
        # Withdrawing is no answer an office gives: it counts as returned to who asked.
        answer = ApprovalState.RETURNED if decision == ApprovalState.WITHDRAWN else decision
        decide(by=replace(by, is_system=True), approval=approval, decision=answer, reason=words)


def _save(application: Application) -> None:
    application.version += 1
    application.full_clean(exclude=["consents"])
    application.save()


def _is_branch(unit: Unit | None) -> bool:
    return unit is not None and unit.kind in {UnitKind.BRANCH, UnitKind.TEAM, UnitKind.CLUB}


@transaction.atomic
def forget_application(*, by: Actor, pk: int) -> bool:
    """Of an application refused or taken back long ago only its course is kept. True if emptied now."""
    application = Application.objects.select_for_update().get(pk=pk)
    if application.state not in (ApplicationState.REFUSED, ApplicationState.WITHDRAWN):
        return False
    if application.search_name == "" or application.person_id is not None:
        return False
    for name in (*FIELDS[2:], "opinion_words", "answer"):
        setattr(application, name, None if name == "birth_date" else "")
    application.full_name, application.consents = ERASED_NAME, {}
    application.save()
    Application.objects.filter(pk=pk).update(search_name="")
    application.steps.exclude(words="").update(words="")
    record(by=by, act="members.forget_application", subject=application)
    return True
