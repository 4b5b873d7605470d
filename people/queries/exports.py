"""Lists that leave the portal: their columns, their rows, who may fetch a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ledger.actor import Actor
from ledger.models import StoredFile
from people.enums import BelongingKind
from people.models import Belonging, Export, ImportBatch, Person, Unit
from people.queries.register import everyone, wanted_again
from people.sealing import unseal

CHUNK = 2_000
STALE_SECONDS = 300
Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its head, its value, its width in signs; a protected one needs a reason."""

    code: str
    label: Promise
    value: Callable[[Any], Value]
    width: int = 16
    is_protected: bool = False


def places_of(person: Person) -> list[Belonging]:
    """The belongings that `for_list` fetched, in order of units."""
    places: list[Belonging] = person.places  # type: ignore[attr-defined]
    return sorted(places, key=lambda place: (place.unit.code, place.kind))


def unit_names(person: Person) -> str:
    return ", ".join(dict.fromkeys(place.unit.name for place in places_of(person)))


def kind_names(person: Person) -> str:
    """Why the person belongs, in words; that a unit keeps the record is said only where it is all."""
    kinds = dict.fromkeys(place.kind for place in places_of(person))
    told = [kind for kind in kinds if kind != BelongingKind.RECORD] or list(kinds)
    return capfirst(", ".join(str(BelongingKind(kind).label) for kind in told))


def national(number: str) -> str:
    """A stored phone as people write it: 0912345678."""
    return "0" + number.removeprefix("+84") if number.startswith("+84") else number


def phone_numbers(person: Person) -> str:
    return ", ".join(national(phone.number) for phone in person.phones.all())


def _numbers(person: Person) -> str:
    return ", ".join(unseal(row.sealed, row.key_version) for row in person.identity_numbers.all())


COLUMNS = {
    column.code: column
    for column in (
        Column("full_name", _("Full name"), lambda person: person.full_name, 28),
        Column("sex", _("Sex"), lambda person: capfirst(str(person.get_sex_display())), 10),
        Column("birth_year", _("Year of birth"), lambda person: person.birth_year, 10),
        Column("unit", _("Unit"), unit_names, 36),
        Column("kinds", _("Belongs as"), kind_names, 24),
        Column("entered", _("Entered on"), lambda person: timezone.localdate(person.created_at), 12),
        Column("birth_date", _("Date of birth"), lambda person: person.birth_date, 12, True),
        Column("phone", _("Phone"), phone_numbers, 18, True),
        Column("email", _("E-mail"), lambda person: person.email, 26, True),
        Column("address", _("Address"), lambda person: person.address, 36, True),
        Column("identity", _("Identity number"), _numbers, 18, True),
    )
}


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of list that leaves the portal; an upper app adds its own to SOURCES when it starts.

    `rows` reads what was asked (plain values) with the rights of an actor, as of its day, ready for the
    columns; it may refuse. `asked` are the filters as `Export.filters` keeps them.
    """

    title: Callable[[Mapping[str, Any]], str]
    columns: Callable[[Mapping[str, Any]], Mapping[str, Column]]
    rows: Callable[[Actor, Mapping[str, Any], Sequence[str]], QuerySet[Any]]
    person_id: Callable[[Any], int]
    day: Callable[[Actor, Mapping[str, Any]], date] = lambda by, asked: by.on


def _people(by: Actor, asked: Mapping[str, Any], columns: Sequence[str]) -> QuerySet[Person]:
    return for_list(everyone(by, wanted_again(asked), "people.export")[0], by.on, columns)


SOURCES: dict[str, Source] = {
    "people": Source(
        lambda asked: str(_("List of people")), lambda asked: COLUMNS, _people, lambda person: person.pk
    )
}
PLAIN = [code for code, column in COLUMNS.items() if not column.is_protected]


def for_list(people: QuerySet[Person], on: date, columns: Iterable[str]) -> QuerySet[Person]:
    """The people with what the columns read, in a fixed number of queries a chunk."""
    return people.prefetch_related(*read_by(on, columns))


def read_by(on: date, columns: Iterable[str]) -> "list[str | Prefetch[Any]]":
    """What the columns read of a person beside the person."""
    # The units apart: a chunk of people shares few of them.
    places = Belonging.objects.filter(during__contains=on).only("person", "unit", "kind")
    places = places.prefetch_related(Prefetch("unit", Unit.objects.only("code", "name")))
    wanted: list[str | Prefetch[Any]] = [Prefetch("belongings", places, to_attr="places")]
    wanted += ["phones"] if "phone" in columns else []
    wanted += ["identity_numbers"] if "identity" in columns else []
    return wanted


def visible_exports(by: Actor) -> QuerySet[Export]:
    """The actor's own exports; with the right to read the log those of the covered units too."""
    if by.is_system:
        return Export.objects.all()
    seen = Q(by_user=by.user)
    holds = [hold for hold in by.holds if "audit.see" in hold.may]
    if holds:
        seen |= Q(unit_code__in={code for hold in holds for code in hold.unit_codes})
    return Export.objects.filter(seen)


def due_exports() -> list[int]:
    """Ids of exports to be made: not finished, and nobody gave a sign of life for a while."""
    silent = timezone.now() - timedelta(seconds=STALE_SECONDS)
    due = Export.objects.filter(finished_at=None).filter(Q(claimed_at=None) | Q(claimed_at__lt=silent))
    return list(due.order_by("created_at").values_list("pk", flat=True))


def file_for(by: Actor, key: UUID) -> StoredFile | None:
    """A private file, for whoever made or uploaded it; None for all others."""
    if by.user is None:
        return None
    mine = Q(pk__in=Export.objects.filter(by_user=by.user).exclude(file=None).values("file"))
    for field in ("file", "result"):
        mine |= Q(pk__in=ImportBatch.objects.filter(by_user=by.user).exclude(**{field: None}).values(field))
    return StoredFile.objects.filter(mine, key=key).exclude(file="").first()


def old_files() -> list[int]:
    """Ids of files whose day to go has come."""
    old = StoredFile.objects.filter(delete_after__lte=timezone.now()).exclude(file="")
    return list(old.values_list("pk", flat=True))
