"""Figures of a unit as of a day: by kind, new and ended, age and sex, dues; each in one reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.enums import Kind
from members.models import DuesCharge, Membership
from members.queries.lists import LISTS, Asked
from members.queries.scope import Scope, aged, lived_in

# Ages in full years, both ends included; the last is open.
BANDS: tuple[tuple[int, int | None, Promise], ...] = (
    (0, 15, _("under 16")),
    (16, 30, _("16 to 30")),
    (31, 45, _("31 to 45")),
    (46, 60, _("46 to 60")),
    (61, None, _("over 60")),
)


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind on the day: people, begun and ended in the year up to the day."""

    kind: str
    people: int
    new: int
    ended: int


@dataclass(frozen=True, slots=True)
class AgeRow:
    """Members of an age on the day: women, men, those whose sex is not stated."""

    label: Promise | str
    female: int
    male: int
    other: int

    @property
    def total(self) -> int:
        return self.female + self.male + self.other


@dataclass(frozen=True, slots=True)
class DuesRow:
    """Dues of a year: owed and paid, đồng; members who owe, members who paid all."""

    year: int
    owed: int
    paid: int
    members: int
    settled: int

    @property
    def percent(self) -> int:
        return min(100, self.paid * 100 // self.owed) if self.owed else 0


def by_kind(scope: Scope) -> list[KindRow]:
    """Each kind that has had anybody, in the order of kinds. 3 queries."""
    on, year = scope.on, Asked(on=scope.on)
    kinds = list(Kind.values)
    standing = _counted(lived_in(Membership.objects.on(on).filter(kind__in=kinds), scope, kinds))
    new = _counted(LISTS["moi"].rows(scope, year))
    ended = _counted(LISTS["ket-thuc"].rows(scope, year))
    return [
        KindRow(kind, standing.get(kind, 0), new.get(kind, 0), ended.get(kind, 0))
        for kind in kinds
        if kind in standing or kind in new or kind in ended
    ]


def _counted(rows: QuerySet[Any]) -> Mapping[str, int]:
    found = rows.order_by().values("kind").annotate(people=Count("pk")).values_list("kind", "people")
    return dict(found)


def by_age(scope: Scope, kind: str = Kind.MEMBER) -> list[AgeRow]:
    """People of the kind by age and sex on the day; who has no year of birth stands last. 1 query."""
    rows = lived_in(Membership.objects.on(scope.on).filter(kind=kind), scope, [kind])
    bands = [
        When(aged("person__", least, most, scope.on), then=Value(n))
        for n, (least, most, _l) in enumerate(BANDS)
    ]
    unknown = Q(person__birth_date=None, person__birth_year=None)
    found = (
        rows.order_by()
        .annotate(
            band=Case(When(unknown, then=Value(-1)), *bands, default=Value(-1), output_field=IntegerField())
        )
        .values("band", "person__sex")
        .annotate(people=Count("pk"))
    )
    counts: dict[int, dict[str, int]] = {}
    for row in found:
        here = counts.setdefault(row["band"], {})
        sex = row["person__sex"] if row["person__sex"] in ("female", "male") else ""
        here[sex] = here.get(sex, 0) + row["people"]

    def line(band: int, label: Promise | str) -> AgeRow:
        here = counts.get(band, {})
        return AgeRow(label, here.get("female", 0), here.get("male", 0), here.get("", 0))

    lines = [line(n, label) for n, (_least, _most, label) in enumerate(BANDS)]
    return [*lines, line(-1, _("not known"))] if -1 in counts else lines


def dues_share(units: frozenset[int] | None, year: int) -> DuesRow | None:
    """What branches of these units owe and paid in a year; None where no campaign counted. 1 query."""
    rows = DuesCharge.objects.filter(campaign__year=year, months__gt=0)
    if units is not None:
        rows = rows.filter(branch__in=units)
    found = rows.aggregate(
        members=Count("person", distinct=True, filter=Q(amount__gt=0)),
        settled=Count("person", distinct=True, filter=Q(amount__gt=0, paid__gte=F("amount"))),
        sum_owed=Coalesce(Sum("amount"), 0),
        sum_paid=Coalesce(Sum("paid"), 0),
    )
    if not found["members"]:
        return None
    return DuesRow(year, found["sum_owed"], found["sum_paid"], found["members"], found["settled"])
