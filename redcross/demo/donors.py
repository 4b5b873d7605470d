"""The demo's donors: three years of donations, set-based, and what every unit was asked for."""

import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat, LPad
from django.utils import timezone

from donors.enums import CallState, Component, DonationState, GroupKnown, Source
from donors.models import CallUp, Donation, Donor, DriveTarget
from foundation.dates import ZONE
from ledger.audit import record_many
from ledger.models import User
from people.actors import system_actor
from people.enums import BelongingKind, UnitKind
from people.models import Belonging, Consent, Person, Unit
from redcross.demo.drives import BIG, load_drives

BATCH = 5_000
EVERY = 5  # one in so many grown people gives blood
YEARS = 3
INTERVAL = 84
BASES = (UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE)
GROUPS = (
    [("O", "+")] * 42 + [("B", "+")] * 30 + [("A", "+")] * 21 + [("AB", "+")] * 5 + [("O", "-"), ("B", "-")]
)
FACILITY = "Trung tâm Hiến máu (mẫu)"


def load_donors(units: dict[str, Unit], users: dict[str, User], on: date) -> int:
    """Donors, their past, targets, the drives of the big ward; returns how many donations stand."""
    chance = random.Random(14062026)  # noqa: S311  chance, not secrecy
    donors = made_donors(units, on, chance)
    Donation.objects.bulk_create(past(donors, on, chance), batch_size=BATCH)
    targets(units, on)
    load_drives(units, users, on, [donor for donor, unit in donors if unit.code.startswith(BIG)])
    called(units, users, on)
    keys = Donation.objects.order_by("pk").values_list("pk", flat=True)
    record_many(
        by=system_actor(), act="donors.record", model=Donation, rows=((pk, None, None) for pk in keys)
    )
    return len(keys)


def made_donors(units: dict[str, Unit], on: date, chance: random.Random) -> list[tuple[Donor, Unit]]:
    """One in EVERY of the grown people without an account, each with the base unit that keeps the record."""
    bases = {unit.pk: unit for unit in units.values()}
    grown = Belonging.objects.filter(
        kind=BelongingKind.RECORD,
        person__user=None,
        person__donor=None,
        person__birth_year__range=(on.year - 58, on.year - 20),
        during__contains=on,
    )
    rows = grown.order_by("person_id").values_list("person_id", "unit_id").distinct()
    chosen = {person: unit for person, unit in rows if person % EVERY == 0 and unit in bases}
    places = [bases[unit] for unit in chosen.values()]
    donors = Donor.objects.bulk_create((donor_of(pk, chance) for pk in chosen), batch_size=BATCH)
    since = DateRange(on - timedelta(days=365 * YEARS), None)
    kept = [base_of(unit, units) for unit in places]
    Belonging.objects.bulk_create(
        (
            Belonging(person_id=d.person_id, unit=unit, kind=BelongingKind.DONOR, during=since, cause="demo")
            for d, unit in zip(donors, kept, strict=True)
        ),
        batch_size=BATCH,
    )
    reachable(donors, on)
    return list(zip(donors, places, strict=True))


def donor_of(person: int, chance: random.Random) -> Donor:
    """A donor of a known or unknown group; one in three can be called."""
    group, rhesus = chance.choice(GROUPS) if chance.random() < 0.8 else ("", "")
    return Donor(
        person_id=person,
        code=f"~{person}",
        group=group,
        rhesus=rhesus,
        group_known=GroupKnown.FACILITY if group else "",
        is_reserve=chance.random() < 0.33,
        is_rare=rhesus == "-",
        is_available=chance.random() < 0.95,
    )


def number_donors() -> None:
    """Codes as the portal gives them, by the donor's own key: written last, for who was written in bulk."""
    number = LPad(Cast("pk", CharField()), 7, Value("0"))
    Donor.objects.filter(code__startswith="~").update(code=Concat(Value("HM"), number))


def base_of(unit: Unit, units: dict[str, Unit]) -> Unit:
    """The ward of a branch, else the unit itself."""
    return units.get(unit.code.split("-")[0], unit)


def reachable(donors: list[Donor], on: date) -> None:
    """Every fourth has an e-mail; every twelfth agreed to messages."""
    people = [Person(pk=d.person_id, email=f"hien-mau-{d.person_id}@example.org") for d in donors[::4]]
    Person.objects.bulk_update(people, ["email"], batch_size=BATCH)
    Consent.objects.bulk_create(
        (
            Consent(person_id=d.person_id, purpose="messages", text_version=date(2026, 1, 1), channel="paper")
            for d in donors[::12]
        ),
        batch_size=BATCH,
    )


def past(donors: Iterable[tuple[Donor, Unit]], on: date, chance: random.Random) -> Iterator[Donation]:
    """Each gave once to three times in three years, at least the interval apart: no rung of honour yet."""
    first = on - timedelta(days=365 * YEARS)
    for donor, unit in donors:
        day = first + timedelta(days=chance.randrange(900))
        for _turn in range(chance.choice((1, 2, 2, 3, 3))):
            if day >= on - timedelta(days=20):
                break
            yield given(donor, unit, day, chance.choices((250, 350, 450), (9, 73, 18))[0])
            day += timedelta(days=INTERVAL + chance.randrange(10, 240))


def given(donor: Donor, unit: Unit, day: date, ml: int, **more: Any) -> Donation:
    """A confirmed donation of whole blood."""
    at = datetime.combine(day, time(10), ZONE)
    told = {"place": FACILITY, "source": Source.IMPORT, "state": DonationState.CONFIRMED} | more
    return Donation(
        donor=donor,
        unit=unit,
        on=day,
        volume_ml=ml,
        component=Component.WHOLE_BLOOD,
        recorded_at=at,
        decided_at=at if told["state"] == DonationState.CONFIRMED else None,
        **told,
    )


def targets(units: dict[str, Unit], on: date) -> None:
    """Every base unit was asked for something this year, some for more than they reach."""
    asked = [unit for unit in units.values() if unit.kind in BASES]
    DriveTarget.objects.bulk_create(
        DriveTarget(
            unit=unit,
            year=on.year,
            turns=400 if unit.code == BIG else 6 + n % 5,
            decision=f"Quyết định 18/QĐ-CTĐ (mẫu), tháng 01/{on.year}",
        )
        for n, unit in enumerate(asked)
    )


def called(units: dict[str, Unit], users: dict[str, User], on: date) -> None:
    """A call that is over."""
    at = timezone.now() - timedelta(days=30)
    CallUp.objects.create(
        unit=units["TP"],
        area=units["TP"],
        groups=["O-", "B-"],
        on=on - timedelta(days=30),
        cap=50,
        words="Bệnh viện Mẫu cần máu nhóm Rh− cho một ca mổ (mẫu).",
        state=CallState.DONE,
        found=23,
        sent=23,
        made_by=users["hien-mau"],
        made_at=at,
        ended_at=at + timedelta(minutes=3),
    )
