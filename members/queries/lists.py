"""The lists of members as of a day: each a name, who is on it, its columns, what narrows it.

A new list is a row of LISTS. Rows are read through `listed`: within the actor's units as of the day, by name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any, cast

from django.db.models import DateField, Exists, F, Func, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, ExtractYear
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.dated import in_force, load_table
from foundation.text import matching
from ledger.actor import Actor
from members.enums import CardState, DelegateState, Kind, TransferState
from members.models import Card, ConductSigning, Delegate, DuesCharge, Membership, Transfer
from members.queries.list_columns import CHARGE, DELEGATE, MEMBERSHIP, TRANSFER, person_columns
from members.queries.scope import Scope, aged, lived_in, scope_of
from members.queries.volunteers import active_only, with_language, with_profile, with_skill, without_conduct
from members.rules import kind_rules
from members.rules.volunteers import conduct
from people.models import Belonging, Phone, Unit
from people.queries.exports import SOURCES, Column, Source

RIGHT = "members.see"
EXPORT = "people.export"


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows a list: its day and unit, a period, and the filters by name."""

    on: date
    unit: Unit | None = None
    first: date | None = None
    last: date | None = None
    q: str = ""
    kind: str = ""
    sex: str = ""
    age_from: int | None = None
    age_to: int | None = None
    ending: str = ""
    year: int | None = None
    active: str = ""
    skill: str = ""
    language: str = ""
    field: str = ""
    free: str = ""
    area: str = ""
    conduct: str = ""

    def stored(self) -> dict[str, Any]:
        """The same as plain values, for the row of an export."""
        kept: dict[str, Any] = {
            name: getattr(self, name) for name in TEXTS if getattr(self, name) not in ("", None)
        }
        kept |= {name: getattr(self, name).isoformat() for name in DAYS if getattr(self, name)}
        return kept | ({"unit": self.unit.code} if self.unit else {})


DAYS = ("on", "first", "last")
TEXTS = tuple(name for name in Asked.__dataclass_fields__ if name not in (*DAYS, "unit"))


def asked_again(stored: Mapping[str, Any]) -> Asked:
    """What was asked, from `stored`; a unit that is gone raises Unit.DoesNotExist."""
    given: dict[str, Any] = {name: stored[name] for name in TEXTS if name in stored}
    given |= {name: date.fromisoformat(stored[name]) for name in DAYS if name in stored}
    unit = Unit.objects.get(code=stored["unit"]) if "unit" in stored else None
    return Asked(**given, unit=unit)


@dataclass(frozen=True, slots=True)
class ListRule:
    """One list: rows within a scope, columns, filters of its own; `path` leads from a row to the person."""

    code: str
    title: Promise
    about: Promise
    rows: Callable[[Scope, Asked], QuerySet[Any]]
    columns: Mapping[str, Column]
    shown: tuple[str, ...]
    filters: tuple[str, ...] = ()
    path: str = "person"
    read: tuple[str, ...] = ()
    only_files: tuple[str, ...] = ()  # columns that stand in an Excel list alone

    def all_columns(self) -> dict[str, Column]:
        """Columns by code: the person's, then the list's own, protected ones last."""
        of_person = person_columns(attrgetter(self.path.replace("__", ".")))
        own = {code: self.columns[code] for code in self.shown if code in self.columns}
        plain = {code: column for code, column in of_person.items() if not column.is_protected}
        if "branch" in own or "source" in own:
            plain.pop("unit")
        return {**plain, **own, **{c: one for c, one in of_person.items() if one.is_protected}}


def _on_day(kinds: Sequence[Kind]) -> Callable[[Scope, Asked], QuerySet[Any]]:
    """Memberships of these kinds that hold on the day."""

    def rows(scope: Scope, asked: Asked) -> QuerySet[Any]:
        chosen = [kind for kind in kinds if asked.kind in ("", kind)]
        found = Membership.objects.on(scope.on).filter(kind__in=chosen)
        found = found.annotate(list_day=Value(scope.on, output_field=DateField()))
        here: QuerySet[Any] = lived_in(found, scope, chosen)
        return here

    return rows


def _volunteers(scope: Scope, asked: Asked) -> QuerySet[Any]:
    found: QuerySet[Any] = lived_in(
        Membership.objects.on(scope.on).filter(kind=Kind.VOLUNTEER), scope, [Kind.VOLUNTEER]
    )
    if asked.active:
        found = active_only(found, scope.on, asked.active == "yes")
    if asked.skill:
        found = with_skill(found, asked.skill, scope.on)
    if asked.language:
        found = with_language(found, asked.language)
    if asked.field or asked.free or asked.area.strip():
        found = with_profile(found, field=asked.field, free=asked.free, area=asked.area)
    if asked.conduct == "no":
        found = without_conduct(found, scope.on)
    elif asked.conduct == "yes":
        found = found.exclude(pk__in=without_conduct(found, scope.on).values("pk"))
    counts = active_only(Membership.objects.filter(pk=OuterRef("pk")), scope.on)
    signed = ConductSigning.objects.filter(person=OuterRef("person"), version=conduct(scope.on).version)
    return cast("QuerySet[Any]", found.annotate(is_active=Exists(counts), has_signed=Exists(signed)))


def _begun(scope: Scope, asked: Asked) -> QuerySet[Any]:
    first, last = _period(asked)
    found = Membership.objects.filter(during__startswith__range=(first, last))
    kinds = [asked.kind] if asked.kind else list(Kind.values)
    return lived_in(found.filter(kind__in=kinds), scope, kinds, _first_day(OuterRef("during")))


def _ended(scope: Scope, asked: Asked) -> QuerySet[Any]:
    first, last = _period(asked)
    found = Membership.objects.filter(during__endswith__range=(first, last)).exclude(ending="")
    kinds = [asked.kind] if asked.kind else list(Kind.values)
    found = found.filter(kind__in=kinds)
    if asked.ending:
        found = found.filter(ending=asked.ending)
    return lived_in(found, scope, kinds, _last_day())


def _first_day(during: F) -> Func:
    return Func(during, function="lower", output_field=DateField())


def _last_day() -> Combinable:
    """The last day of a row's membership."""
    return Cast(Func(OuterRef("during"), template="upper(%(expressions)s) - 1"), DateField())


def _period(asked: Asked) -> tuple[date, date]:
    """The period asked for; without one the year so far."""
    last = asked.last or asked.on
    return asked.first or date(last.year, 1, 1), last


def _unpaid(scope: Scope, asked: Asked) -> QuerySet[Any]:
    found = DuesCharge.objects.filter(amount__gt=F("paid"), campaign__year=asked.year or scope.on.year)
    return found if scope.units is None else found.filter(branch__in=scope.units)


def _without_card(scope: Scope, asked: Asked) -> QuerySet[Any]:
    kinds = [code for code, rule in kind_rules(scope.on).items() if rule.has_card]
    kinds = [asked.kind] if asked.kind in kinds else kinds
    held = Card.objects.filter(membership=OuterRef("pk"), issued_on__lte=scope.on)
    held = held.filter(Q(state__in=[CardState.MADE, CardState.HANDED]) | Q(proof__ended_on__gt=scope.on))
    found = Membership.objects.on(scope.on).filter(kind__in=kinds)
    return lived_in(found, scope, kinds).exclude(Exists(held))


def _transferred(scope: Scope, asked: Asked) -> QuerySet[Any]:
    first, last = _period(asked)
    found = Transfer.objects.filter(
        Q(state=TransferState.RECEIVED, decided_on__range=(first, last))
        | Q(state=TransferState.WAITING, asked_on__lte=last)
    )
    if scope.units is None:
        return found
    return found.filter(Q(source__in=scope.units) | Q(target__in=scope.units))


def _jubilees(scope: Scope, asked: Asked) -> QuerySet[Any]:
    year = asked.year or scope.on.year
    entry = in_force(load_table("members", "lists"), scope.on)
    begun = [year - years for years in entry.values["jubilee_years"]]
    kinds = [asked.kind] if asked.kind else [Kind.MEMBER, Kind.VOLUNTEER]
    found = Membership.objects.on(scope.on).filter(kind__in=kinds)
    found = found.annotate(
        year=Value(year, output_field=IntegerField()), first_year=ExtractYear(_first_day(F("during")))
    ).filter(first_year__in=begun)
    return lived_in(found, scope, kinds)


def _incomplete(scope: Scope, asked: Asked) -> QuerySet[Any]:
    found = _on_day(list(Kind))(scope, asked)
    phones = Phone.objects.filter(person=OuterRef("person"))
    return found.filter(
        Q(person__birth_date=None) | Q(person__sex="") | Q(person__address="") | ~Exists(phones)
    )


def _delegates(scope: Scope, asked: Asked) -> QuerySet[Any]:
    found = Delegate.objects.exclude(state=DelegateState.REFUSED)
    found = found.filter(congress__held_on__year=asked.year or scope.on.year)
    return found if scope.units is None else found.filter(congress__unit__in=scope.units)


PERIOD = ("first", "last")
LISTS = {
    one.code: one
    for one in (
        ListRule(
            "hoi-vien", pgettext_lazy("list", "Members"), _("Who is a member on the day."),
            _on_day([Kind.MEMBER, Kind.HONORARY]), MEMBERSHIP, ("kind", "since", "decision", "state"),
            ("kind:member,honorary", "sex", "age"),
        ),
        ListRule(
            "tinh-nguyen-vien", pgettext_lazy("list", "Volunteers"),
            _("Who can do what, who serves, who has signed."),
            _volunteers, MEMBERSHIP, ("since", "active", "skills", "languages", "titles", "conduct"),
            ("active", "skill", "language", "field", "free", "area", "conduct", "age"),
            read=("person__skills", "person__languages", "person__volunteer_titles"),
            only_files=("sex", "birth_year"),
        ),
        ListRule(
            "thanh-thieu-nien", _("Youth by age"), _("Red Cross youth and juniors, by age on the day."),
            _on_day([Kind.YOUTH, Kind.JUNIOR]), MEMBERSHIP, ("age", "kind", "since"),
            ("kind:youth,junior", "sex", "age"),
        ),
        ListRule(
            "moi", pgettext_lazy("list", "New"), _("Who was admitted or received in a period."),
            _begun, MEMBERSHIP, ("kind", "since", "decision"), ("period", "kind", "sex"),
        ),
        ListRule(
            "ket-thuc", pgettext_lazy("list", "Ended"), _("Whose membership ended in a period, and why."),
            _ended, MEMBERSHIP, ("kind", "ended_on", "ending", "end_reason", "end_decision"),
            ("period", "kind", "ending"),
        ),
        ListRule(
            "chua-nop", _("Dues unpaid"), _("Who still owes dues of a year, as of now."),
            _unpaid, CHARGE, ("branch", "year", "months", "owed", "paid", "open"), ("year",),
            read=("campaign", "branch"),
        ),
        ListRule(
            "chua-the", _("Without a card"), _("Whose kind has a card and who holds none on the day."),
            _without_card, MEMBERSHIP, ("kind", "since", "decision"), ("kind:member,volunteer,honorary",),
        ),
        ListRule(
            "chuyen", pgettext_lazy("list", "Transferred"),
            _("Who moved between units in a period, and who waits."),
            _transferred, TRANSFER, ("kind", "source", "target", "asked_on", "decided_on", "state"),
            ("period",), path="membership__person", read=("source", "target"),
        ),
        ListRule(
            "ky-niem", _("Jubilees"), _("Who has been with the chapter for a round number of years."),
            _jubilees, MEMBERSHIP, ("kind", "since", "years"), ("year", "kind:member,volunteer"),
        ),
        ListRule(
            "thieu-du-lieu", _("Incomplete data"), _("What a record still lacks."),
            _incomplete, MEMBERSHIP, ("kind", "lacks"), ("kind",), read=("person__phones",),
        ),
        ListRule(
            "dai-bieu", pgettext_lazy("list", "Delegates"), _("Delegates to the congresses of a year."),
            _delegates, DELEGATE, ("congress", "branch", "way", "number", "state"), ("year",),
            read=("congress", "branch"),
        ),
    )
}  # fmt: skip


def listed(by: Actor, rule: ListRule, asked: Asked, right: str = RIGHT) -> QuerySet[Any]:
    """The rows of a list, within what the actor's offices cover with the right, in the order of names."""
    scope = scope_of(by, right, asked.unit, asked.on)
    rows = rule.rows(scope, replace(asked, on=scope.on))
    if asked.q.strip():
        rows = rows.filter(matching(f"{rule.path}__search_name", asked.q))
    if asked.sex:
        rows = rows.filter(**{f"{rule.path}__sex": asked.sex})
    if asked.age_from is not None or asked.age_to is not None:
        rows = rows.filter(aged(f"{rule.path}__", asked.age_from, asked.age_to, scope.on))
    return rows.order_by(f"{rule.path}__sort_key", f"{rule.path}_id", "pk")


def with_read(rows: QuerySet[Any], rule: ListRule, on: date, columns: Sequence[str]) -> QuerySet[Any]:
    """The rows with what the columns read, in a fixed number of queries a page or chunk."""
    places = Belonging.objects.filter(during__contains=on).only("person", "unit", "kind")
    places = places.prefetch_related(Prefetch("unit", Unit.objects.only("code", "name")))
    wanted: list[Any] = [Prefetch(f"{rule.path}__belongings", places, to_attr="places")]
    wanted += rule.read
    if "phone" in columns and f"{rule.path}__phones" not in rule.read:
        wanted.append(f"{rule.path}__phones")
    return rows.select_related(rule.path).prefetch_related(*wanted)


def _source(rule: ListRule) -> Source:
    def rows(by: Actor, stored: Mapping[str, Any], columns: Sequence[str]) -> QuerySet[Any]:
        asked = asked_again(stored)
        return with_read(listed(by, rule, asked, EXPORT), rule, asked.on, columns)

    person_id = attrgetter(f"{rule.path.replace('__', '.')}_id")
    return Source(
        title=lambda stored: str(rule.title),
        columns=lambda stored: rule.all_columns(),
        rows=rows,
        person_id=person_id,
        day=lambda by, stored: asked_again(stored).on,
    )


def register_lists() -> None:
    """Let every list leave the portal as people's exports do: asked, with a reason, logged."""
    for rule in LISTS.values():
        SOURCES[f"members.{rule.code}"] = _source(rule)
