"""Granting and ending offices."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.audit import record
from people.enums import OfficeCode
from people.models import OfficeGrant, Person, Unit
from people.permissions import acting


@transaction.atomic
def grant_office(
    *,
    by: Actor,
    person: Person,
    office: OfficeCode,
    unit: Unit,
    from_on: date,
    until_on: date | None,
    reason: str,
) -> OfficeGrant:
    """`person` holds `office` on `unit` from a day through `until_on` (None: open). Returns the grant.

    Nobody grants an office to themselves, and the ground must be said.
    """
    by = acting(by, "office.grant", unit.pk)
    # An act on units that runs at this moment is waited for: the unit may stand no more.
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    reasons = []
    ends = unit.valid.upper
    if from_on not in unit.valid or (ends is not None and (until_on is None or until_on >= ends)):
        reasons.append(_("%(unit)s does not stand through all of this period.") % {"unit": unit.name})
    if by.user is not None and person.user_id == by.user.pk:
        reasons.append(_("Nobody grants an office to themselves."))
    if not reason.strip():
        reasons.append(_("Say the ground: the decision's number and day."))
    if until_on is not None and until_on < from_on:
        reasons.append(_("The last day lies before the first."))
    if reasons:
        raise Refused(reasons)
    grant = OfficeGrant(
        person=person,
        office=office,
        unit=unit,
        during=DateRange(from_on, until_on + timedelta(days=1) if until_on else None),
        reason=reason.strip(),
    )
    try:
        grant.full_clean()
    except ValidationError as error:
        if "officegrant_once_a_day" in str(error) or error.error_dict.get("__all__"):
            raise Refused(
                [_("This person holds that office on that unit in this period already.")]
            ) from error
        raise
    grant.save()
    record(
        by=by,
        act="people.grant_office",
        subject=grant,
        after={"person": person.pk, "office": office, "unit": unit.code, "from": from_on, "until": until_on},
        reason=reason,
    )
    return grant


@transaction.atomic
def end_office(*, by: Actor, grant: OfficeGrant, last_on: date, reason: str) -> OfficeGrant:
    """The office is held through `last_on` and no longer; rights end with that day. Returns the grant."""
    grant = OfficeGrant.objects.select_for_update().get(pk=grant.pk)
    by = acting(by, "office.grant", grant.unit_id)
    reasons = []
    if not reason.strip():
        reasons.append(_("Say why the office ends."))
    if last_on < grant.during.lower:
        reasons.append(_("The last day lies before the first."))
    if grant.during.upper is not None and last_on + timedelta(days=1) > grant.during.upper:
        reasons.append(_("The office ends before that day already."))
    if by.user is not None and grant.person.user_id == by.user.pk:
        reasons.append(_("Nobody ends their own office: ask another administrator."))
    if reasons:
        raise Refused(reasons)
    before = {"until": grant.during.upper}
    grant.during = DateRange(grant.during.lower, last_on + timedelta(days=1))
    grant.full_clean()
    grant.save(update_fields=["during"])
    record(
        by=by,
        act="people.end_office",
        subject=grant,
        before=before,
        after={"until": grant.during.upper},
        reason=reason,
    )
    return grant
