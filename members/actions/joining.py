"""An application becomes a person with a membership; called by the acts that admit, in their transaction."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.refusal import Refused
from foundation.text import search_text
from ledger.actor import Actor
from ledger.audit import record
from members.models import Application, Membership
from members.queries.applications import unit_of
from members.queries.units import base_of
from members.rules import kind_rules
from papers.models import Paper
from people.enums import BelongingKind, PersonState
from people.models import Belonging, Consent, Person, Phone, UnitCover
from people.rules.phones import read_phones


def join(
    by: Actor, application: Application, day: date, *, decision: str = "", paper: Paper | None = None
) -> Membership:
    """The applicant is what was applied for from the day on, in the unit applied to. Returns it."""
    unit = unit_of(application)
    person = application.person or known(application, by.on) or entered(by, application, day)
    application.person = person
    person = Person.objects.select_for_update().get(pk=person.pk)
    held = Membership.objects.filter(person=person, kind=application.kind)
    if held.filter(during__overlap=DateRange(day, None)).exists():
        told = {"name": person.full_name, "kind": kind_rules(day)[application.kind].name}
        raise Refused([_("%(name)s is %(kind)s already.") % told])
    membership = Membership(
        person=person,
        kind=application.kind,
        during=DateRange(day, None),
        decision=decision,
        decided_on=day if decision else None,
        paper=paper,
        predecessor=held.order_by("-during").first(),
    )
    membership.full_clean()
    membership.save()
    settle(membership, unit.pk, day)
    keep_consents(application, person)
    after = {"kind": application.kind, "unit": unit.code, "from": day, "decision": decision}
    record(by=by, act="members.join", subject=membership, after=after)
    return membership


def settle(membership: Membership, unit_id: int, day: date) -> None:
    """From the day on the membership is lived in this unit, and in no other of its kind."""
    kind = kind_rules(day)[membership.kind].belongs
    rows = Belonging.objects.select_for_update().filter(person=membership.person_id, kind=kind)
    for row in rows.filter(during__overlap=DateRange(day, None)):
        if row.during.lower is not None and row.during.lower >= day:
            row.delete()
        else:
            row.during = DateRange(row.during.lower, day)
            row.save(update_fields=["during"])
    Belonging.objects.create(
        person_id=membership.person_id,
        unit_id=unit_id,
        kind=kind,
        during=DateRange(day, None),
        cause=f"membership:{membership.pk}",
    )


def leave_unit(membership: Membership, first_day_out: date) -> list[dict[str, object]]:
    """The membership is lived nowhere from the day on; what was changed, for an undo."""
    rules = kind_rules(first_day_out)
    kind = rules[membership.kind].belongs
    alike = [code for code, rule in rules.items() if rule.belongs == kind]
    others = Membership.objects.on(first_day_out).filter(person=membership.person_id, kind__in=alike)
    if others.exclude(pk=membership.pk).exists():
        return []  # another kind of membership is lived in the same place
    rows = Belonging.objects.select_for_update().filter(
        person=membership.person_id, kind=kind, during__contains=first_day_out
    )
    changed: list[dict[str, object]] = []
    for row in rows:
        until = row.during.upper
        if row.during.lower == first_day_out:
            changed.append(
                {"dropped": row.unit_id, "kind": kind, "from": str(row.during.lower), "until": _day(until)}
            )
            row.delete()
        else:
            changed.append({"cut": row.pk, "until": _day(until)})
            row.during = DateRange(row.during.lower, first_day_out)
            row.save(update_fields=["during"])
    return changed


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def known(application: Application, on: date) -> Person | None:
    """The one person of the base unit with the same name and day of birth or phone; else None."""
    base = base_of(unit_of(application), on)
    below = UnitCover.objects.filter(ancestor=base, during__contains=on)
    numbers = (
        [one.number for one in read_phones(application.phone, on=on).phones] if application.phone else []
    )
    same = Q(phones__number__in=numbers)
    if application.birth_date:
        same |= Q(birth_date=application.birth_date)
    found = (
        Person.objects.filter(
            same, search_name=search_text(application.full_name), state=PersonState.STANDING
        )
        .filter(belongings__unit__in=below.values("unit"), belongings__during__contains=on)
        .distinct()[:2]
    )
    return found[0] if len(found) == 1 else None


def entered(by: Actor, application: Application, day: date) -> Person:
    """A new record out of the application, kept by its unit."""
    born = application.birth_date
    person = Person(
        full_name=application.full_name,
        sex=application.sex,
        birth_date=born,
        birth_year=born.year if born else None,
        email=application.email,
        address=application.address,
    )
    person.full_clean()
    person.save()
    Belonging.objects.create(
        person=person, unit=unit_of(application), kind=BelongingKind.RECORD, during=DateRange(day, None)
    )
    for found in read_phones(application.phone, on=by.on).phones if application.phone else ():
        Phone.objects.create(person=person, number=found.number, as_given=found.as_given, kind=found.kind)
    record(by=by, act="members.enter_person", subject=person, after={"application": application.pk})
    return person


def keep_consents(application: Application, person: Person) -> None:
    """What was ticked on the form becomes the person's consents, in the words of that day."""
    for purpose, version in application.consents.items():
        if not Consent.objects.filter(person=person, purpose=purpose, withdrawn_at=None).exists():
            Consent.objects.create(
                person=person,
                purpose=purpose,
                text_version=date.fromisoformat(version),
                given_at=application.submitted_at or timezone.now(),
                channel="portal",
                source=application.code,
            )
