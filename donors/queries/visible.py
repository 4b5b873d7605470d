"""Who may see which donors: the one door."""

from donors.enums import SEE
from donors.models import Donor
from donors.models.donors import DonorQuerySet
from ledger.actor import Actor
from people.queries import visible_people


def visible_donors(by: Actor) -> DonorQuerySet:
    """Donors among the people the actor may see, for who holds the right to see donors."""
    if not by.may(SEE):
        return Donor.objects.none()
    return Donor.objects.filter(person__in=visible_people(by))
