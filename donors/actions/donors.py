"""A person becomes a donor."""

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from donors.enums import ENTER
from donors.models import Donor
from ledger.actor import Actor
from ledger.audit import record
from people.enums import BelongingKind
from people.models import Belonging, Person, Unit
from people.permissions import acting


@transaction.atomic
def register_donor(*, by: Actor, person: Person, unit: Unit) -> Donor:
    """The person's donor row with a code of its own, kept by the unit from today; an existing one stays."""
    by = acting(by, ENTER, unit.pk)
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
