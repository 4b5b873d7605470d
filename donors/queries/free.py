"""Against whom no dated rule stands on a day: the one place where calls ask the verdict over many donors."""

from datetime import date

from django.db.models import QuerySet

from donors.enums import Component
from donors.models import Donor
from donors.queries.rules import giving_rules
from donors.queries.verdicts import facts_of
from donors.rules.verdict import Outcome, assess


def free_on(donors: QuerySet[Donor], on: date) -> QuerySet[Donor]:
    """Those of the donors whom age, interval and deferral let give on the day."""
    entry = giving_rules(on)
    free = [
        donor.pk
        for donor in donors.select_related("person")
        if assess(facts_of(donor, Component.WHOLE_BLOOD), entry, on=on).outcome != Outcome.NOT_YET
    ]
    return donors.filter(pk__in=free)
