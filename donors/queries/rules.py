"""The law, the place's own rule, and where to book, on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from donors.models import BookingLink, LocalRule
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


@dataclass(frozen=True, slots=True)
class Booking:
    """Where one books at the city's blood centre, and who told so."""

    name: str
    url: str
    citation: str
    confirmed: bool


def booking(on: date) -> Booking:
    """The officer's latest row in force on the day, else the first setting of the table. 1 query."""
    row = BookingLink.objects.filter(effective_from__lte=on).order_by("-effective_from").first()
    if row is not None:
        return Booking(row.name, row.url, row.citation, row.confirmed)
    first = load_table("donors", "booking")[-1]
    return Booking(first.values["name"], first.values["url"], first.citation, first.confirmed)
