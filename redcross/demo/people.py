"""The demo's 20,000 people: invented names, numbers that cannot exist, one big ward and many small ones."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from ledger.actor import Actor
from ledger.models import AuditEntry
from people.enums import BelongingKind, IdKind, PhoneKind, UnitKind
from people.models import Belonging, IdentityNumber, Person, Phone, Unit
from people.sealing import identity_digest, seal, tail_digest
from redcross.demo.copying import copy_in
from redcross.demo.names import invent

PEOPLE = 20_000
BIG_WARD, BIG_WARD_PEOPLE = "P001", 2_500
NOTE = "Hồ sơ mẫu, không phải người thật"
BASE_KINDS = {UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE}
SEALED_SHARE = 3  # every so many people an identity number


def load_people(by: Actor, units: dict[str, Unit], on: date, count: int = PEOPLE) -> int:
    """Write the people, their contacts and where they belong, set-based; how many."""
    chance = random.Random(23111946)  # noqa: S311  chance, not secrecy
    places = places_of(units, count, chance)
    people = copy_in(persons(len(places), on, chance))
    since = [DateRange(date(2025, 7, 1) + timedelta(days=chance.randrange(480)), None) for _p in people]
    copy_in(
        (
            Belonging(person=person, unit=unit, kind=BelongingKind.RECORD, during=during, cause="demo")
            for person, unit, during in zip(people, places, since, strict=True)
        )
    )
    copy_in(phones(people, chance))
    copy_in(identity_numbers(people, chance))
    copy_in(
        AuditEntry(
            via=by.via,
            run_id=by.run_id,
            act="people.add_person",
            subject_type="people.person",
            subject_id=str(person.pk),
        )
        for person in people
    )
    with connection.cursor() as cursor:  # who plans the rest of the demo knows that there are many now
        cursor.execute("ANALYZE people_person, people_belonging, people_phone, people_unit")
    return len(people)


def places_of(units: dict[str, Unit], count: int, chance: random.Random) -> list[Unit]:
    """A branch (or the base unit where it has none) for every person; the big ward first."""
    bases = [unit for unit in units.values() if unit.kind in BASE_KINDS]
    branches: dict[str, list[Unit]] = {}
    for unit in units.values():
        if unit.kind == UnitKind.BRANCH:
            branches.setdefault(unit.code.rsplit("-", 1)[0], []).append(unit)
    big = min(BIG_WARD_PEOPLE, count // 8)
    small = [unit for unit in bases if unit.code != BIG_WARD]
    chosen = [units[BIG_WARD]] * big + [small[n % len(small)] for n in range(count - big)]
    return [chance.choice(branches.get(base.code) or [base]) for base in chosen]


def persons(count: int, on: date, chance: random.Random) -> Iterator[Person]:
    """Invented people of 12 to 85 years; some with the year of birth only."""
    for _n in range(count):
        invented = invent(chance)
        born = on - timedelta(days=chance.randrange(12 * 365, 85 * 365))
        person = Person(
            full_name=invented.full_name,
            sex=invented.sex,
            birth_date=born if chance.random() < 0.8 else None,
            birth_year=born.year,
            note=NOTE,
        )
        person.clean()
        yield person


def phones(people: list[Person], chance: random.Random) -> Iterator[Phone]:
    """Numbers of 050, a prefix nobody holds, for most."""
    for n, person in enumerate(people):
        if chance.random() < 0.85:
            tail = f"50{n:07}"
            yield Phone(person=person, number=f"+84{tail}", as_given=f"0{tail}", kind=PhoneKind.MOBILE)


def identity_numbers(people: list[Person], chance: random.Random) -> Iterator[IdentityNumber]:
    """Numbers of province 999, which no register has assigned, for some."""
    for n, person in enumerate(people):
        if n % SEALED_SHARE:
            continue
        century = (2 if (person.birth_year or 0) >= 2000 else 0) + (person.sex == "female")
        number = f"999{century}{(person.birth_year or 0) % 100:02}{n:06}"
        sealed, version = seal(number)
        yield IdentityNumber(
            person=person,
            kind=IdKind.CCCD,
            sealed=sealed,
            key_version=version,
            digest=identity_digest(number),
            tail_digest=tail_digest(number),
        )
