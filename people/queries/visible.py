"""What an actor may see, and who belongs where."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from ledger.actor import Actor, Hold
from ledger.models import AuditEntry, User
from people.enums import UnitKind
from people.models import Belonging, OfficeGrant, Person, Unit, UnitCover
from people.rules import office_rules, offices_that_may


def holds_of(user: User, on: date) -> tuple[Hold, ...]:
    """The offices a user holds on the day, each with the ids of the units it covers. 2 queries."""
    grants = list(
        OfficeGrant.objects.in_force(on)
        .filter(person__user=user, unit__valid__contains=on)
        .select_related("unit")
        .order_by("office", "unit_id")
    )
    if not grants:
        return ()
    covered: dict[int, dict[int, str]] = defaultdict(dict)
    rows = UnitCover.objects.filter(
        ancestor_id__in={g.unit_id for g in grants}, during__contains=on
    ).values_list("ancestor_id", "unit_id", "unit__code")
    for ancestor_id, unit_id, code in rows:
        covered[ancestor_id][unit_id] = code
    rules = office_rules(on)
    return tuple(
        Hold(
            g.office,
            g.unit_id,
            g.unit.code,
            g.unit.name,
            frozenset(covered[g.unit_id]),
            frozenset(covered[g.unit_id].values()),
            rules[g.office].may,
            g.unit.kind == UnitKind.CITY,
        )
        for g in grants
    )


def name_of(user: User) -> str:
    """The person's name behind a login, or the login name."""
    name = Person.objects.filter(user=user).values_list("full_name", flat=True).first()
    return name or user.username


def visible_units(by: Actor) -> QuerySet[Unit]:
    """Units the actor's offices cover; all of them for the system."""
    if by.is_system:
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=by.unit_ids(offices_that_may("unit.see", by.on)))


def visible_people(by: Actor) -> QuerySet[Person]:
    """People who belong today to a unit the actor's offices cover, and the actor.

    Who covers a top of the tree sees everybody, also those who belong nowhere yet.
    """
    if by.is_system:
        return Person.objects.all()
    holds = [hold for hold in by.holds if "people.see" in hold.may]
    if any(hold.is_top for hold in holds):
        return Person.objects.all()
    mine = Q(user=by.user) if by.user else Q(pk=None)
    units = frozenset().union(*(hold.unit_ids for hold in holds))
    if not units:
        return Person.objects.filter(mine)
    here = Belonging.objects.filter(person=OuterRef("pk"), unit__in=units, during__contains=by.on)
    return Person.objects.filter(mine | Exists(here))


def units_of(person: Person, on: date) -> QuerySet[Unit]:
    """The units a person belongs to on the day, each once."""
    return Unit.objects.filter(
        pk__in=Belonging.objects.filter(person=person, during__contains=on).values("unit")
    ).order_by("code")


def with_units(people: Iterable[Person], on: date) -> list[tuple[Person, list[str]]]:
    """Each person with the names of the units they belong to on the day. 1 query."""
    listed = list(people)
    names: dict[int, dict[str, None]] = defaultdict(dict)
    rows = Belonging.objects.filter(person__in=listed, during__contains=on).order_by("unit__code")
    for person_id, name in rows.values_list("person_id", "unit__name"):
        names[person_id][name] = None
    return [(person, list(names[person.pk])) for person in listed]


def visible_grants(by: Actor) -> QuerySet[OfficeGrant]:
    """Offices held on units the actor covers with the right to see them."""
    if by.is_system:
        return OfficeGrant.objects.all()
    return OfficeGrant.objects.filter(unit__in=by.unit_ids(offices_that_may("office.see", by.on)))


def visible_entries(by: Actor) -> QuerySet[AuditEntry]:
    """Audit entries made in the units an actor's offices cover, and the actor's own acts.

    An entry without a unit (jobs, commands, sign-ins) is seen by those who cover a
    top of the tree: it carries no unit to go by.
    """
    if by.is_system:
        return AuditEntry.objects.all()
    holds = [hold for hold in by.holds if "audit.see" in hold.may]
    seen = Q(unit__in={code for hold in holds for code in hold.unit_codes})
    if any(hold.is_top for hold in holds):
        seen |= Q(unit="")
    if by.user is not None:
        seen |= Q(user_id=by.user.pk)
    return AuditEntry.objects.filter(seen)
