"""Who may see which donors: the one door."""

from django.db.models import QuerySet

from donors.enums import SEE
from donors.models import Donor, Family
from donors.models.donors import DonorQuerySet
from ledger.actor import Actor
from people.queries import visible_people
from people.rules import offices_that_may


def visible_donors(by: Actor) -> DonorQuerySet:
    """Donors among the people the actor may see, for who holds the right to see donors."""
    if not by.may(SEE):
        return Donor.objects.none()
    if by.is_system or any(hold.is_top and {SEE, "people.see"} <= hold.may for hold in by.holds):
        return Donor.objects.all()
    return Donor.objects.filter(person__in=visible_people(by))


def visible_families(by: Actor) -> QuerySet[Family]:
    """Families of the units in which the actor may see donors."""
    if by.is_system or any(hold.is_top and SEE in hold.may for hold in by.holds):
        return Family.objects.all()
    return Family.objects.filter(unit__in=by.unit_ids(offices_that_may(SEE, by.on)))
