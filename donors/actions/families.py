"""Families of donors: who belongs, since when; honoured as one."""

from datetime import date, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from donors.enums import ENTER
from donors.models import Donor, Family, FamilyMember
from foundation.dates import format_date
from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from people.models import Unit
from people.permissions import acting, acting_with


@transaction.atomic
def found_family(*, by: Actor, unit: Unit, name: str) -> Family:
    """A family without members yet, kept by the unit."""
    by = acting(by, ENTER, unit.pk)
    name = " ".join(name.split())
    if not name:
        raise Refused(Reason(_("Give the family a name."), field="name"))
    family = Family(name=name, unit=unit)
    family.full_clean()
    family.save()
    record(by=by, act="donors.found_family", subject=family, after={"name": name, "unit": unit.code})
    return family


@transaction.atomic
def join_family(*, by: Actor, family: Family, donor: Donor, since: date) -> FamilyMember:
    """The donor belongs to the family from the day on; to one family on a day."""
    family = Family.objects.select_for_update().get(pk=family.pk)
    by = acting(by, ENTER, family.unit_id)
    acting_with(by, ENTER, donor.person)
    donor = Donor.objects.select_for_update().get(pk=donor.pk)
    if since > by.on:
        raise Refused(Reason(_("The day lies in the future."), field="since"))
    standing = FamilyMember.objects.filter(donor=donor, during__overlap=DateRange(since, None))
    other = standing.select_related("family").first()
    if other is not None:
        told = {"family": other.family.name, "day": format_date(other.during.lower)}
        raise Refused(
            Reason(_("This donor belongs to “%(family)s” since %(day)s: end that first.") % told, field="who")
        )
    member = FamilyMember(family=family, donor=donor, during=DateRange(since, None))
    member.full_clean()
    member.save()
    after = {"donor": donor.code, "since": since.isoformat()}
    record(by=by, act="donors.join_family", subject=family, after=after)
    return member


@transaction.atomic
def leave_family(*, by: Actor, member: FamilyMember, last_on: date) -> FamilyMember:
    """The donor belonged up to and with the day."""
    member = FamilyMember.objects.select_for_update(of=("self",)).select_related("family").get(pk=member.pk)
    by = acting(by, ENTER, member.family.unit_id)
    since = member.during.lower
    if member.during.upper is not None:
        raise Refused([_("This belonging has ended already.")])
    if not since <= last_on <= by.on:
        told = {"day": format_date(since)}
        raise Refused(Reason(_("The day lies between %(day)s and today.") % told, field="last_on"))
    member.during = DateRange(since, last_on + timedelta(days=1))
    member.save(update_fields=["during"])
    after = {"donor": member.donor_id, "last_on": last_on.isoformat()}
    record(by=by, act="donors.leave_family", subject=member.family, after=after)
    return member
