"""Phones and identity numbers of a person: kept in one form, numbers sealed."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from people.enums import PersonState
from people.models import IdentityNumber, Person, Phone
from people.permissions import acting_with
from people.rules.findings import Finding, words_of
from people.rules.identity import read_identity
from people.rules.phones import PhoneFound, read_phones
from people.sealing import identity_digest, seal, tail_digest

RIGHT = "people.enter"


@transaction.atomic
def set_contacts(*, by: Actor, person: Person, phones: Sequence[str]) -> Person:
    """The person's phones are these, as given; refuses with a reason for each that is none."""
    person, by = _locked(by, person)
    reasons: list[Reason] = []
    wanted: dict[str, PhoneFound] = {}
    for given in phones:
        read = read_phones(given, on=by.on)
        wanted |= {phone.number: phone for phone in read.phones}
        if any(finding.code == "phone_unreadable" for finding in read.findings):
            reasons.append(Reason(_("%(given)s is no phone number.") % {"given": given}, field="phones"))
    if reasons:
        raise Refused(reasons)
    held = {phone.number: phone for phone in person.phones.all()}
    if held.keys() == wanted.keys():
        return person
    for number, phone in held.items():
        if number not in wanted:
            phone.delete()
    for number, found in wanted.items():
        if number not in held:
            row = Phone(person=person, number=number, as_given=found.as_given, kind=found.kind)
            row.full_clean()
            row.save()
    before, after = {"phones": sorted(held)}, {"phones": sorted(wanted)}
    record(by=by, act="people.set_contacts", subject=person, before=before, after=after)
    return person


@transaction.atomic
def set_identity_number(*, by: Actor, person: Person, number: str) -> tuple[Finding, ...]:
    """The person's identity number is this; "" takes the numbers away. Returns what there is to say of it.

    Doubts are told and never block; only what is no number at all is refused. The log keeps its kind.
    """
    person, by = _locked(by, person)
    held = {row.kind: row for row in person.identity_numbers.all()}
    if not number.strip():
        person.identity_numbers.all().delete()
        if held:
            before: dict[str, object] = {"kinds": sorted(held)}
            record(
                by=by, act="people.set_identity_number", subject=person, before=before, after={"kinds": []}
            )
        return ()
    read = read_identity(number, on=by.on, sex=person.sex, birth_year=person.birth_year)
    if not read.number:
        raise Refused([Reason(words_of(read.findings[0].as_json()), field="number")])
    digest = identity_digest(read.number)
    row = held.get(read.kind)
    if row is not None and row.digest == digest:
        return read.findings
    row = row or IdentityNumber(person=person, kind=read.kind)
    row.sealed, row.key_version = seal(read.number)
    row.digest, row.tail_digest = digest, tail_digest(read.number)
    row.full_clean()
    row.save()
    record(
        by=by,
        act="people.set_identity_number",
        subject=person,
        before={"kinds": sorted(held)},
        after={"kinds": sorted({*held, read.kind}), "changed": read.kind},
    )
    return read.findings


def _locked(by: Actor, person: Person) -> tuple[Person, Actor]:
    person = Person.objects.select_for_update().get(pk=person.pk)
    by = acting_with(by, RIGHT, person)
    if person.state != PersonState.STANDING:
        raise Refused([_("This record is closed: nothing can be changed on it.")])
    return person, by
