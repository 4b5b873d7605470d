"""The register of donors as a list that leaves the portal: its columns and rows, for people's exports."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Max, OuterRef, Prefetch, Subquery
from django.utils.translation import gettext_lazy as _

from donors.enums import Availability, Source
from donors.models import Donation, Donor
from donors.models.donors import DonorQuerySet
from donors.queries.register import KEPT, Wanted, everyone
from donors.queries.standings import free_on
from ledger.actor import Actor
from people.models import Belonging, Person, Unit
from people.queries.exports import COLUMNS as OF_PEOPLE
from people.queries.exports import Column, Value
from people.queries.exports import Source as ListSource

EXPORT = "people.export"
SOURCE = "donors"


def _of_person(code: str) -> Column:
    column = OF_PEOPLE[code]
    read: Callable[[Person], Value] = column.value
    return Column(code, column.label, lambda donor: read(donor.person), column.width, column.is_protected)


# The blood group is data about health: it leaves with a reason alone.
COLUMNS = {
    column.code: column
    for column in (
        _of_person("full_name"),
        Column("code", _("Donor code"), lambda donor: donor.code, 12),
        _of_person("birth_year"),
        _of_person("unit"),
        Column("turns", _("Turns"), lambda donor: donor.turns, 8),
        Column("last", _("Last donation"), lambda donor: donor.last_on, 12),
        Column("group", _("Blood group"), lambda donor: f"{donor.group}{donor.rhesus}", 10, True),
        _of_person("phone"),
        _of_person("email"),
        _of_person("address"),
    )
}


def listed(by: Actor, wanted: Wanted, right: str) -> DonorQuerySet:
    """All donors wanted whom the actor's offices cover with the right, in order."""
    donors, _is_small = everyone(by, wanted, right)
    if wanted.standing == Availability.FREE:
        donors = free_on(donors, by.on)
    return wanted.ordered(donors)


def rows(by: Actor, asked: Mapping[str, Any], columns: Sequence[str]) -> DonorQuerySet:
    """The donors with what the columns read, in a fixed number of queries a chunk."""
    wanted = Wanted(**{name: asked[name] for name in KEPT if name in asked})
    places = Belonging.objects.filter(during__contains=by.on).only("person", "unit", "kind")
    places = places.prefetch_related(Prefetch("unit", Unit.objects.only("code", "name")))
    given = Donation.objects.standing().exclude(source=Source.CARRIED).up_to(by.on)
    given = given.filter(donor=OuterRef("pk"))
    last = given.order_by().values("donor").annotate(last=Max("on")).values("last")
    found = listed(by, wanted, EXPORT).with_turns(by.on).annotate(last_on=Subquery(last))
    read: list[Any] = [Prefetch("person__belongings", places, to_attr="places")]
    read += ["person__phones"] if "phone" in columns else []
    return found.select_related("person").prefetch_related(*read)


def register_list() -> dict[str, ListSource]:
    """The register among the lists that people's exports know."""
    return {
        SOURCE: ListSource(
            title=lambda asked: str(_("List of blood donors")),
            columns=lambda asked: COLUMNS,
            rows=rows,
            person_id=_person_id,
        )
    }


def _person_id(donor: Donor) -> int:
    return donor.person_id
