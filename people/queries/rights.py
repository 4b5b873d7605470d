"""What a person may know: what is held, who has seen it, what was done; and the requests to be worked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledger.actor import Actor
from ledger.models import AuditEntry
from people.enums import OfficeCode, RequestState, Sex
from people.models import Body, Consent, DataRequest, Person, Seat, Sighting, Unit
from people.queries.register import people_with
from people.queries.visible import visible_people
from people.rules.rights import ConsentText, consent_texts, consent_title

OPEN = (RequestState.OPEN, RequestState.ANSWERED)
LATEST = 100
WHAT: dict[str, Promise] = {
    "record": _("opened the record"),
    "identity": _("opened the identity number"),
    "lookup": _("found by identity number"),
    "export": _("was in an exported list"),
}
# Values an entry may show, and what they are called; others stay closed.
FIELDS: dict[str, Promise] = {
    "full_name": _("full name"),
    "sex": _("sex"),
    "birth_date": _("date of birth"),
    "birth_year": _("year of birth"),
    "email": _("e-mail"),
    "address": _("address as given"),
    "note": _("note"),
    "phones": _("phones"),
    "username": _("login name"),
    "purpose": _("purpose"),
    "unit": _("unit"),
    "from": _("from"),
    "until": _("until"),
    "office": _("office"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody looked: when, in which office of which unit, at what, why."""

    at: datetime
    office: str
    unit: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """One act on a record; name and values only as far as the reader may know them."""

    at: datetime
    act: str
    who: str
    office: str
    unit: str
    reason: str
    values: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One purpose: its words in force, and the open consent with the words it was given to."""

    text: ConsentText
    held: Consent | None

    @property
    def is_older(self) -> bool:
        return self.held is not None and self.held.text_version != self.text.version


def office_label(code: str) -> str:
    return str(OfficeCode(code).label) if code in OfficeCode.values else ""


def unit_names(codes: set[str]) -> dict[str, str]:
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "name"))


def sightings_of(person: Person, limit: int = LATEST) -> list[Seen]:
    """Who has seen the record, latest first; offices and units, no names. 2 queries."""
    rows = list(Sighting.objects.filter(person=person).order_by("-at")[:limit])
    names = unit_names({row.unit for row in rows})
    return [
        Seen(
            row.at,
            office_label(row.office),
            names.get(row.unit, ""),
            str(WHAT.get(row.what, "")),
            row.reason,
        )
        for row in rows
    ]


def about_person(person: Person) -> Q:
    """The condition that an entry is about the person: the record, offices, requests, doubles merged in."""
    ids = {
        "people.person": [person.pk, *person.absorbed.values_list("pk", flat=True)],
        "people.officegrant": list(person.offices.values_list("pk", flat=True)),
        "people.datarequest": list(person.data_requests.values_list("pk", flat=True)),
    }
    about = Q(pk=None)
    for kind, keys in ids.items():
        about |= Q(subject_type=kind, subject_id__in=[str(key) for key in keys])
    return about


def about_record(kind: str, key: int) -> Q:
    """The condition that an entry is about a record ("people.unit", its id); a body with its seats."""
    about = Q(subject_type=kind, subject_id=str(key))
    if kind == Body._meta.label_lower:
        seats = [str(pk) for pk in Seat.objects.filter(body=key).values_list("pk", flat=True)]
        about |= Q(subject_type=Seat._meta.label_lower, subject_id__in=seats)
    return about


def timeline(by: Actor, person: Person, *, with_values: bool, limit: int = LATEST) -> list[Event]:
    """What was done to the person's record, latest first."""
    return events(by, about_person(person), with_values=with_values, limit=limit)


def events(by: Actor, about: Q, *, with_values: bool = False, limit: int = LATEST) -> list[Event]:
    """What was done, latest first; an officer is named to who may see that officer. 3 queries."""
    entries = list(AuditEntry.objects.filter(about).select_related("value").order_by("-at", "-pk")[:limit])
    users = {entry.user_id for entry in entries if entry.user_id}
    names = dict(visible_people(by).filter(user__in=users).values_list("user_id", "full_name"))
    units = unit_names({entry.unit for entry in entries})
    return [
        Event(
            entry.at,
            entry.act,
            names.get(entry.user_id or 0, ""),
            office_label(entry.office),
            units.get(entry.unit, ""),
            entry.reason,
            values_of(entry) if with_values else [],
        )
        for entry in entries
    ]


def values_of(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """The values of an entry that may be shown: label, before, after."""
    value = getattr(entry, "value", None)
    if value is None:
        return []
    before, after = value.before or {}, value.after or {}
    names = [name for name in FIELDS if name in before or name in after]
    return [
        (str(FIELDS[name]), _text(name, before.get(name)), _text(name, after.get(name))) for name in names
    ]


def _text(name: str, value: object) -> str:
    if value in (None, ""):
        return ""
    if name == "sex" and value in Sex.values:
        return str(Sex(value).label)
    if name == "office":
        return office_label(str(value))
    if name in {"birth_date", "from", "until"}:
        return f"{date.fromisoformat(str(value)[:10]):%d/%m/%Y}"
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)


def choices_of(person: Person, on: date) -> list[Choice]:
    """Every purpose asked for today, with the person's open consent."""
    held = {row.purpose: row for row in Consent.objects.filter(person=person, withdrawn_at=None)}
    return [Choice(text, held.get(purpose)) for purpose, text in consent_texts(on).items()]


def consents_of(person: Person) -> list[tuple[str, Consent]]:
    """Every consent ever given, latest first, with the title of its wording."""
    rows = Consent.objects.filter(person=person).order_by("-given_at")
    return [(consent_title(row.purpose, row.text_version), row) for row in rows]


def visible_requests(by: Actor) -> QuerySet[DataRequest]:
    """Requests of the people whose requests the actor works; none for others."""
    return DataRequest.objects.filter(person__in=people_with(by, "data.manage"))


def open_requests(by: Actor) -> QuerySet[DataRequest]:
    """Requests not closed, the most urgent first."""
    return visible_requests(by).filter(state__in=OPEN).order_by("answer_by", "done_by", "pk")
