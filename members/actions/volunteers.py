"""A volunteer's page: kept by the volunteer and by the unit; titles and checks by the unit alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, snapshot
from members.enums import ACT, ENTER, Channel, TitleLevel
from members.models import (
    ConductSigning,
    Membership,
    ServiceDay,
    VolunteerLanguage,
    VolunteerProfile,
    VolunteerSkill,
    VolunteerTitle,
)
from members.rules.volunteers import conduct, named
from people.models import Person, Unit
from people.permissions import acting, acting_with

PROFILE = (
    "availability",
    "fields",
    "area",
    "vehicle",
    "emergency_name",
    "emergency_relation",
    "emergency_phone",
)


def _keeper(by: Actor, person: Person, right: str = ENTER) -> Actor:
    """The volunteer, or an officer over a unit of theirs; refuses for all others."""
    if right == ENTER and by.user is not None and person.user_id == by.user.pk:
        return by
    return acting_with(by, right, person)


def _known(by: Actor, what: str, *codes: str, field: str = "code") -> None:
    if any(code not in named(what, by.on) for code in codes):
        raise Refused([Reason(_("Choose one of the list."), field=field)])


@transaction.atomic
def save_volunteer(*, by: Actor, person: Person, version: int, values: Mapping[str, Any]) -> VolunteerProfile:
    """Keep what the volunteer offers and whom to call; saving is looking it through. Returns the page.

    `version` is the one that was shown: refuses if somebody saved in between.
    """
    by = _keeper(by, person)
    Person.objects.select_for_update().get(pk=person.pk)
    if not Membership.objects.filter(person=person, kind="volunteer").exists():
        raise Refused([_("This person is no volunteer.")])
    row = VolunteerProfile.objects.filter(person=person).first() or VolunteerProfile(person=person, version=0)
    if row.version != version:
        raise Refused([_("Somebody else has changed this page. Look at it again, then save.")])
    _known(by, "availability", *values.get("availability", ()), field="availability")
    _known(by, "fields", *values.get("fields", ()), field="fields")
    if values.get("vehicle"):
        _known(by, "vehicles", values["vehicle"], field="vehicle")
    before = snapshot(row, PROFILE)
    for name in PROFILE:
        if name in values:
            setattr(row, name, values[name])
    if bool(row.emergency_name.strip()) != bool(row.emergency_phone.strip()):
        text = _("Whom to call in an emergency: the name and the phone, or neither.")
        raise Refused([Reason(text, field="emergency_phone")])
    row.reviewed_on, row.version = by.on, version + 1
    row.full_clean()
    row.save()
    record(by=by, act="members.save_volunteer", subject=person, before=before, after=snapshot(row, PROFILE))
    return row


@transaction.atomic
def set_skill(
    *,
    by: Actor,
    person: Person,
    code: str,
    evidence: str = "",
    got_on: date | None = None,
    expires_on: date | None = None,
) -> VolunteerSkill:
    """A skill with its evidence, new or changed; changed evidence has to be seen again. Returns it."""
    by = _keeper(by, person)
    _known(by, "skills", code)
    if got_on and got_on > by.on:
        raise Refused([Reason(_("The day lies in the future."), field="got_on")])
    row = VolunteerSkill.objects.select_for_update().filter(person=person, code=code).first()
    row = row or VolunteerSkill(person=person, code=code)
    names = ["code", "evidence", "got_on", "expires_on"]
    before = snapshot(row, names) if row.pk else None
    row.evidence, row.got_on, row.expires_on = " ".join(evidence.split()), got_on, expires_on
    if before and before != snapshot(row, names):
        row.checked_on = row.checked_by = None
    row.full_clean()
    row.save()
    record(by=by, act="members.set_skill", subject=row, before=before, after=snapshot(row, names))
    return row


@transaction.atomic
def drop_skill(*, by: Actor, skill: VolunteerSkill) -> None:
    """Take a skill off the page."""
    by = _keeper(by, skill.person)
    names = ["person", "code", "evidence", "got_on", "expires_on"]
    record(by=by, act="members.drop_skill", subject=skill, before=snapshot(skill, names))
    skill.delete()


@transaction.atomic
def check_skill(*, by: Actor, skill: VolunteerSkill) -> VolunteerSkill:
    """An officer has seen the evidence. Returns the skill."""
    by = _keeper(by, skill.person, ACT)
    skill = VolunteerSkill.objects.select_for_update(of=("self",)).select_related("person").get(pk=skill.pk)
    if not skill.evidence:
        raise Refused([_("Write what shows the skill first.")])
    if by.user is not None and skill.person.user_id == by.user.pk:
        raise Refused([_("Another officer looks at your own evidence.")])
    skill.checked_on, skill.checked_by = by.on, by.user
    skill.save(update_fields=["checked_on", "checked_by"])
    record(by=by, act="members.check_skill", subject=skill, after={"checked_on": by.on})
    return skill


@transaction.atomic
def set_language(*, by: Actor, person: Person, code: str, level: str) -> None:
    """A language and how well; without a level it is taken off."""
    by = _keeper(by, person)
    _known(by, "languages", code)
    row = VolunteerLanguage.objects.select_for_update().filter(person=person, code=code).first()
    before = {"code": code, "level": row.level} if row else None
    if not level:
        if row is not None:
            record(by=by, act="members.set_language", subject=person, before=before)
            row.delete()
        return
    _known(by, "levels", level, field="level")
    row = row or VolunteerLanguage(person=person, code=code)
    row.level = level
    row.full_clean()
    row.save()
    after = {"code": code, "level": level}
    record(by=by, act="members.set_language", subject=person, before=before, after=after)


@transaction.atomic
def sign_conduct(*, by: Actor, person: Person, signed_on: date) -> ConductSigning:
    """The code of conduct of the day is signed: by the volunteer here, or on paper. Returns the signing."""
    is_own = by.user is not None and person.user_id == by.user.pk
    by = _keeper(by, person)
    if signed_on > by.on:
        raise Refused([Reason(_("The day lies in the future."), field="signed_on")])
    version = conduct(signed_on).version
    row, is_new = ConductSigning.objects.get_or_create(
        person=person,
        version=version,
        defaults={"signed_on": signed_on, "channel": Channel.WEB if is_own else Channel.PAPER},
    )
    if not is_new:
        told = {"day": format_date(row.signed_on)}
        raise Refused([_("This version was signed on %(day)s already.") % told])
    record(by=by, act="members.sign_conduct", subject=row, after={"version": version, "on": signed_on})
    return row


@transaction.atomic
def give_title(
    *, by: Actor, person: Person, level: TitleLevel, given_on: date, decision: str, given_by: str
) -> VolunteerTitle:
    """Record a title with its decision. Returns it; what it takes to be given one is not established."""
    by = _keeper(by, person, ACT)
    if given_on > by.on:
        raise Refused([Reason(_("The day lies in the future."), field="given_on")])
    if not decision.strip():
        raise Refused([Reason(pgettext("members", "Write the decision's number."), field="decision")])
    if not Membership.objects.filter(
        person=person, kind="volunteer", during__startswith__lte=given_on
    ).exists():
        raise Refused([Reason(_("This person was no volunteer on that day."), field="given_on")])
    row = VolunteerTitle(
        person=person,
        level=level,
        given_on=given_on,
        decision=decision.strip(),
        given_by=" ".join(given_by.split()),
    )
    row.full_clean()
    row.save()
    names = ["level", "given_on", "decision", "given_by"]
    record(by=by, act="members.give_title", subject=row, after=snapshot(row, names))
    return row


@transaction.atomic
def revoke_title(*, by: Actor, title: VolunteerTitle, reason: str) -> VolunteerTitle:
    """The title holds no more from today on; it stays on record. Returns it."""
    by = _keeper(by, title.person, ACT)
    title = VolunteerTitle.objects.select_for_update().get(pk=title.pk)
    if title.ended_on is not None:
        raise Refused([_("This title was revoked already.")])
    if not reason.strip():
        raise Refused([Reason(pgettext("members", "Say the reason."), field="reason")])
    title.ended_on, title.end_reason = by.on, reason.strip()[:300]
    title.save(update_fields=["ended_on", "end_reason"])
    record(by=by, act="members.revoke_title", subject=title, after={"ended_on": by.on}, reason=reason)
    return title


@transaction.atomic
def note_service(
    *, by: Actor, person: Person, unit: Unit, on: date, minutes: int, what: str, cause: str = ""
) -> ServiceDay:
    """A day on which the person served the unit; an activity gives its `cause` and is noted once.

    Returns the day. Late entry is an ordinary thing: any day up to today.
    """
    by = acting(by, ENTER, unit.pk)
    if on > by.on:
        raise Refused([Reason(_("The day lies in the future."), field="on")])
    if cause and (known := ServiceDay.objects.filter(person=person, cause=cause).first()):
        return known
    day = ServiceDay.objects.filter(person=person, on=on)
    if sum(day.values_list("minutes", flat=True)) + minutes > 24 * 60:
        raise Refused(
            [Reason(_("A day has 24 hours: look at what is entered for it already."), field="hours")]
        )
    row = ServiceDay(
        person=person, unit=unit, on=on, minutes=minutes, what=" ".join(what.split()), cause=cause
    )
    row.full_clean()
    row.save()
    names = ["person", "unit", "on", "minutes", "what"]
    record(by=by, act="members.note_service", subject=row, after=snapshot(row, names))
    return row


@transaction.atomic
def drop_service(*, by: Actor, day: ServiceDay, reason: str) -> None:
    """Take back a day that was entered wrongly."""
    by = acting(by, ENTER, day.unit_id)
    if day.cause:
        raise Refused([_("This day comes from an activity: correct it there.")])
    if not reason.strip():
        raise Refused([Reason(pgettext("members", "Say the reason."), field="reason")])
    names = ["person", "unit", "on", "minutes", "what"]
    record(by=by, act="members.drop_service", subject=day, before=snapshot(day, names), reason=reason.strip())
    day.delete()
