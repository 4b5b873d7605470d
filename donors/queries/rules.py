"""The law and the place's own rule on a day."""

from datetime import date

from django.db.models import Q

from donors.models import LocalRule
from donors.rules.verdict import Stricter
from foundation.dated import Entry, in_force, load_table


def giving_rules(on: date) -> Entry:
    """Circular 26/2013/TT-BYT as in force on the day; raises NoRule before 15/11/2013."""
    return in_force(load_table("donors", "giving"), on)


def stricter_rules(on: date) -> list[Stricter]:
    """The officer's dated rows on top of the law. 1 query."""
    rows = LocalRule.objects.filter(effective_from__lte=on).order_by("subject", "effective_from")
    rows = rows.filter(Q(effective_to=None) | Q(effective_to__gte=on))
    return [Stricter(row.subject, row.value, row.citation, row.confirmed) for row in rows]
