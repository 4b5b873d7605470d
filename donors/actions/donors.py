"""A person becomes a donor; what is kept of a donor: group, willingness, a date of deferral."""

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from donors.enums import ENTER, Group, GroupKnown, Rhesus
from donors.models import Deferral, Donor
from donors.queries.flags import refresh_flags
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record, snapshot
from people.enums import BelongingKind
from people.models import Belonging, Person, Unit
from people.permissions import acting, acting_for_self, acting_with

WILLING = ("is_reserve", "is_rare", "is_available")
FURTHEST_YEARS = 5


@transaction.atomic
def register_donor(*, by: Actor, person: Person, unit: Unit) -> Donor:
    """The person's donor row with a code of its own, kept by the unit from today; an existing one stays."""
    return registered(acting(by, ENTER, unit.pk), person, unit)


def registered(by: Actor, person: Person, unit: Unit) -> Donor:
    """The person's donor row, made if there is none; called by acts that have asked whether they may."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    found = Donor.objects.filter(person=person).first()
    if found is not None:
        return found
    donor = Donor(person=person, code=f"~{person.pk}")
    donor.full_clean()
    donor.save()
    donor.code = f"HM{donor.pk:07}"
    donor.save(update_fields=["code"])
    Belonging.objects.get_or_create(
        person=person,
        unit=unit,
        kind=BelongingKind.DONOR,
        during__contains=by.on,
        defaults={"during": DateRange(by.on, None)},
    )
    record(by=by, act="donors.register", subject=donor, after={"code": donor.code})
    return donor


@transaction.atomic
def set_willing(*, by: Actor, donor: Donor, is_reserve: bool, is_rare: bool, is_available: bool) -> Donor:
    """Whether the donor can be called, stands in the rare-blood list, can come now: the donor's own word.

    An officer may write it down for a donor of the own units. Being eligible is another question.
    """
    donor = Donor.objects.select_for_update(of=("self",)).select_related("person").get(pk=donor.pk)
    by = _self_or_officer(by, donor)
    before = snapshot(donor, WILLING)
    donor.is_reserve, donor.is_rare, donor.is_available = is_reserve, is_rare, is_available
    donor.save(update_fields=list(WILLING))
    after = snapshot(donor, WILLING)
    if after != before:
        record(by=by, act="donors.set_willing", subject=donor, before=before, after=after)
    return donor


@transaction.atomic
def set_group(*, by: Actor, donor: Donor, group: str, rhesus: str, known: str) -> Donor:
    """ABO and Rh with how they are known; all empty takes them away."""
    donor = Donor.objects.select_for_update(of=("self",)).select_related("person").get(pk=donor.pk)
    by = acting_with(by, ENTER, donor.person)
    reasons = []
    if group not in {"", *Group.values} or rhesus not in {"", *Rhesus.values}:
        reasons.append(Reason(_("Choose among the blood groups."), field="group"))
    if (group or rhesus) and known not in GroupKnown.values:
        reasons.append(Reason(_("Say how the blood group is known."), field="group_known"))
    if reasons:
        raise Refused(reasons)
    fields = ("group", "rhesus", "group_known")
    before = snapshot(donor, fields)
    donor.group, donor.rhesus, donor.group_known = group, rhesus, known if group or rhesus else ""
    donor.full_clean()
    donor.save(update_fields=fields)
    after = snapshot(donor, fields)
    if after != before:
        record(by=by, act="donors.set_group", subject=donor, before=before, after=after)
    return donor


@transaction.atomic
def defer_donor(*, by: Actor, donor: Donor, until_on: date) -> Deferral:
    """From today the donor gives again on the day told by the facility: a date, no kind, no reason."""
    donor = Donor.objects.select_for_update(of=("self",)).select_related("person").get(pk=donor.pk)
    by = acting_with(by, ENTER, donor.person)
    if until_on <= by.on:
        raise Refused(
            Reason(_("The day lies in the past: a deferral ends on a day to come."), field="until_on")
        )
    if until_on.year > by.on.year + FURTHEST_YEARS:
        words = _("Choose a day within five years; for longer the donor takes the call-ups off.")
        raise Refused(Reason(words, field="until_on"))
    deferral = Deferral(donor=donor, from_on=by.on, until_on=until_on)
    deferral.full_clean()
    deferral.save()
    record(by=by, act="donors.defer", subject=donor, after={"until_on": until_on.isoformat()})
    return deferral


@transaction.atomic
def drop_deferral(*, by: Actor, deferral: Deferral) -> None:
    """It was entered by mistake, or lifted: it goes, and what it flagged is found anew."""
    deferral = (
        Deferral.objects.select_for_update(of=("self",)).select_related("donor__person").get(pk=deferral.pk)
    )
    donor = deferral.donor
    by = acting_with(by, ENTER, donor.person)
    record(
        by=by, act="donors.drop_deferral", subject=donor, before={"until_on": deferral.until_on.isoformat()}
    )
    deferral.delete()
    refresh_flags([donor.pk])


def _self_or_officer(by: Actor, donor: Donor) -> Actor:
    if by.user is not None and donor.person.user_id == by.user.pk:
        acting_for_self(by, donor.person)
        return by
    return acting_with(by, ENTER, donor.person)
