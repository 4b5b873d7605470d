"""Story S2: the drive of 14/06/2026 in phường Mẫu 1, the one before it still to compare, the next one."""

import random
import uuid
from datetime import date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from donors.enums import (
    CheckInState,
    Component,
    Conflict,
    DonationState,
    DriveState,
    RowState,
    SignUpState,
    Source,
)
from donors.models import (
    CheckIn,
    CheckInDevice,
    Donation,
    Donor,
    Drive,
    DriveDossier,
    FacilityRow,
    SignUp,
    Slot,
)
from foundation.dates import ZONE
from ledger.models import User
from people.enums import BelongingKind
from people.models import Belonging, Person, Unit
from redcross.demo.names import invent
from redcross.demo.people import NOTE

BIG = "P001"
JUNE = date(2026, 6, 14)
NEXT = date(2026, 12, 13)
SIGNED, CAME, PASSED, FIRST = 168, 151, 134, 41
VOLUMES = [250] * 12 + [350] * 96 + [450] * 24
WORDS = {
    "head": "Bà Võ Thị Phương Nhất",
    "duties": "Đón tiếp: chi hội khu phố 4\nHậu cần, quà: chi hội khu phố 2\nTruyền thông: Ban Thanh niên",
    "guests": "Đảng ủy, UBND, UBMTTQ phường Mẫu 1\nCác chi hội khu phố",
    "budget": "Quà của Hội: 132 áo mưa × 45.000 đ = 5.940.000 đ, quỹ Hội phường (mẫu)",
}


def load_drives(units: dict[str, Unit], users: dict[str, User], on: date, donors: list[Donor]) -> None:
    """June, one closed and not compared, the next open one; one donor of many years."""
    ward = units[BIG]
    chance = random.Random(132)  # noqa: S311  chance, not secrecy
    crowd = gathered(ward, donors, chance)
    crowd.insert(FIRST, faithful(ward, users["tinh-nguyen"], on))
    earlier(ward, crowd[FIRST : len(VOLUMES)])
    june(ward, users["phuong-1"], crowd)
    to_compare(ward, on, crowd[SIGNED : SIGNED + 24])
    coming(ward, on, crowd[45:])


def gathered(ward: Unit, donors: list[Donor], chance: random.Random) -> list[Donor]:
    """Enough donors of the ward for the story: first who never gave, then the known ones; made where few."""
    made = []
    for _n in range(FIRST + max(0, SIGNED + 24 - FIRST - len(donors))):
        invented = invent(chance)
        person = Person(
            full_name=invented.full_name,
            sex=invented.sex,
            birth_year=chance.randrange(JUNE.year - 50, JUNE.year - 20),
            note=NOTE,
        )
        person.clean()
        made.append(person)
    people = Person.objects.bulk_create(made)
    Belonging.objects.bulk_create(
        Belonging(person=person, unit=ward, kind=kind, during=DateRange(date(2026, 1, 5), None), cause="demo")
        for person in people
        for kind in (BelongingKind.RECORD, BelongingKind.DONOR)
    )
    fresh = Donor.objects.bulk_create(
        Donor(person=person, code=f"~{person.pk}", is_reserve=True) for person in people
    )
    near = (JUNE - timedelta(days=84), JUNE + timedelta(days=84))
    ids = [donor.pk for donor in donors]
    close = Donation.objects.filter(donor__in=ids, on__range=near)
    close.delete()  # nobody of the story gave within the interval of that day
    return [*fresh[:FIRST], *donors, *fresh[FIRST:]][: SIGNED + 24]


def earlier(ward: Unit, donors: list[Donor]) -> None:
    """All but the first-timers gave before."""
    known = set(
        Donation.objects.filter(donor__in=donors, on__lt=JUNE).values_list("donor", flat=True).distinct()
    )
    Donation.objects.bulk_create(
        Donation(
            donor=donor,
            unit=ward,
            on=JUNE - timedelta(days=190 + n),
            volume_ml=350,
            source=Source.IMPORT,
            state=DonationState.CONFIRMED,
        )
        for n, donor in enumerate(donors)
        if donor.pk not in known
    )


def planned(ward: Unit, on: date, seats: int, state: DriveState, **about: object) -> tuple[Drive, list[Slot]]:
    """A drive of the ward, 7:00 to 11:30, with hourly slots."""
    values: dict[str, object] = {
        "name": "Giọt hồng tháng Sáu",
        "facility": "Trung tâm Hiến máu (mẫu)",
        "place": "Nhà văn hóa Mẫu 1",
        "starts_at": time(7),
        "ends_at": time(11, 30),
        "target": 150,
        "contact": "Bà Phương Nhất, 0509 999 001 (số mẫu)",
    }
    drive = Drive.objects.create(unit=ward, on=on, state=state, **(values | about))
    slots = [Slot(drive=drive, starts_at=time(hour), seats=seats) for hour in range(7, 11)]
    return drive, Slot.objects.bulk_create(slots)


def seated(drive: Drive, slots: list[Slot], people: list[Donor], signed: date) -> list[SignUp]:
    """A seat for each, hour by hour."""
    at = datetime.combine(signed, time(20), ZONE)
    rows = [
        SignUp(
            drive=drive,
            slot=slots[n % len(slots)],
            person_id=donor.person_id,
            state=SignUpState.SEATED,
            signed_at=at,
        )
        for n, donor in enumerate(people)
    ]
    for slot in slots:
        slot.taken = sum(row.slot is slot for row in rows)
    Slot.objects.bulk_update(slots, ["taken"])
    return SignUp.objects.bulk_create(rows)


def june(ward: Unit, officer: User, crowd: list[Donor]) -> None:
    """168 signed up, 151 came, 132 gave: 12, 96 and 24 of each bag; 41 for the first time."""
    drive, slots = planned(
        ward,
        JUNE,
        45,
        DriveState.RECONCILED,
        came=CAME,
        passed=PASSED,
        minutes="12/BB-CTĐ, 16/06/2026",
        reconciled_on=date(2026, 6, 16),
        reconciled={"theirs": 132, "confirmed": 132, "left": 0},
    )
    DriveDossier.objects.create(drive=drive, words=WORDS)
    places = seated(drive, slots, crowd[:SIGNED], JUNE - timedelta(days=9))
    checked_in(drive, places[:CAME], officer)
    at = datetime.combine(date(2026, 6, 16), time(9), ZONE)
    giving = crowd[: len(VOLUMES)]
    Donation.objects.bulk_create(
        donation(drive, donor, ml, n, state=DonationState.CONFIRMED, decided_at=at)
        for n, (donor, ml) in enumerate(zip(giving, VOLUMES, strict=True))
    )
    # One was 60 years and 2 months old: it happened, it is recorded, it is flagged.
    old = giving[-1]
    Person.objects.filter(pk=old.person_id).update(birth_date=date(1966, 4, 14), birth_year=1966)
    Donation.objects.filter(drive=drive, donor=old).update(flags=["age"])


def donation(drive: Drive, donor: Donor, ml: int, n: int, **more: object) -> Donation:
    """What a donor gave at the drive, with a certificate."""
    return Donation(
        donor=donor,
        unit=drive.unit,
        drive=drive,
        on=drive.on,
        place=drive.place,
        volume_ml=ml,
        component=Component.WHOLE_BLOOD,
        source=Source.DRIVE,
        certificate_issuer=drive.facility,
        certificate_serial=f"MAU{drive.on:%y%m}{n + 1:04}",
        recorded_at=datetime.combine(drive.on, time(11), ZONE),
        **more,
    )


def checked_in(drive: Drive, places: list[SignUp], officer: User) -> None:
    """Two devices; one line was entered on both while there was no network."""
    until = datetime.combine(drive.on + timedelta(days=1), time(6), ZONE)
    tables = [
        CheckInDevice(
            drive=drive,
            name=f"Điện thoại bàn số {n}",
            digest=uuid.uuid5(uuid.NAMESPACE_OID, f"{drive.pk}-{n}").hex,
            opened_by=officer,
            opened_at=datetime.combine(drive.on, time(6), ZONE),
            list_until=until,
            seen_at=datetime.combine(drive.on, time(11), ZONE),
        )
        for n in (1, 2)
    ]
    devices = CheckInDevice.objects.bulk_create(tables)
    rows = [came(drive, devices[n % 2], place, n) for n, place in enumerate(places)]
    double = came(drive, devices[1], places[0], len(places))
    double.state, double.conflict = CheckInState.DROPPED, Conflict.TWICE
    CheckIn.objects.bulk_create([*rows, double])


def came(drive: Drive, device: CheckInDevice, place: SignUp, n: int) -> CheckIn:
    at = datetime.combine(drive.on, time(7), ZONE) + timedelta(minutes=n * 1.6)
    return CheckIn(
        drive=drive,
        device=device,
        key=uuid.uuid5(uuid.NAMESPACE_OID, f"{drive.pk}-{device.name}-{n}"),
        sign_up=place,
        came_at=at,
        received_at=at + timedelta(minutes=20),
        state=CheckInState.COUNTED,
    )


def to_compare(ward: Unit, on: date, people: list[Donor]) -> None:
    """A small drive of three weeks ago: closed, and the facility's list says three things otherwise."""
    drive, slots = planned(
        ward,
        on - timedelta(days=19),
        10,
        DriveState.CLOSED,
        name="Hiến máu chi hội khu phố 2",
        place="Trụ sở khu phố 2",
        target=25,
        came=23,
        passed=21,
    )
    seated(drive, slots, people, drive.on - timedelta(days=6))
    Donation.objects.filter(donor__in=people, on__gt=drive.on - timedelta(days=84)).delete()
    given = Donation.objects.bulk_create(
        donation(drive, donor, 350, n) for n, donor in enumerate(people[:20])
    )
    names = dict(Person.objects.filter(donor__in=people).values_list("donor", "full_name"))
    years = dict(Person.objects.filter(donor__in=people).values_list("donor", "birth_year"))
    rows = [
        FacilityRow(
            drive=drive,
            line=n + 4,
            full_name=names[one.donor_id],
            birth_year=years[one.donor_id],
            volume_ml=one.volume_ml,
            serial=one.certificate_serial,
            donation=one,
            state=RowState.SAME,
        )
        for n, one in enumerate(given[:19])
    ]
    rows[4].volume_ml, rows[4].state = 450, RowState.VOLUME
    extra = people[20]
    twice = {"full_name": names[extra.pk], "birth_year": years[extra.pk], "volume_ml": 350}
    rows += [
        FacilityRow(drive=drive, line=23, serial=given[18].certificate_serial, state=RowState.TWICE, **twice),
        FacilityRow(drive=drive, line=24, full_name="Lê Thị Vãng Lai (mẫu)", birth_year=1994, volume_ml=250),
    ]
    FacilityRow.objects.bulk_create(rows)


def coming(ward: Unit, on: date, crowd: list[Donor]) -> None:
    """62 of 120 seats taken; 8:00 is full and five wait."""
    day = NEXT if on < NEXT - timedelta(days=3) else on + timedelta(days=21 - on.weekday() - 1)
    drive, slots = planned(
        ward, day, 30, DriveState.OPEN, name="Giọt hồng cuối năm", target=120, ends_at=time(11)
    )
    places = [slots[1]] * 30 + [slots[0]] * 14 + [slots[2]] * 12 + [slots[3]] * 6
    at = datetime.combine(min(on, day - timedelta(days=4)), time(19), ZONE) - timedelta(days=3)
    rows = [
        SignUp(
            drive=drive,
            slot=slot,
            person_id=donor.person_id,
            state=SignUpState.SEATED,
            signed_at=at + timedelta(minutes=7 * n),
        )
        for n, (slot, donor) in enumerate(zip(places, crowd, strict=False))
    ]
    rows += [
        SignUp(
            drive=drive,
            slot=slots[1],
            person_id=donor.person_id,
            state=SignUpState.WAITING,
            signed_at=at + timedelta(hours=9, minutes=n),
            waiting_since=at + timedelta(hours=9, minutes=n),
        )
        for n, donor in enumerate(crowd[62:67])
    ]
    SignUp.objects.bulk_create(rows)
    for slot in slots:
        slot.taken = places.count(slot)
    Slot.objects.bulk_update(slots, ["taken"])
    DriveDossier.objects.create(drive=drive, words=WORDS)


def faithful(ward: Unit, user: User, on: date) -> Donor:
    """Thirty-four years old: the 17th time in June, the 18th on 20/11/2026, again from 12/02/2027."""
    person = user.person
    Person.objects.filter(pk=person.pk).update(birth_date=date(1992, 3, 8), birth_year=1992, sex="female")
    donor, _made = Donor.objects.get_or_create(
        person=person,
        defaults={
            "code": f"~{person.pk}",
            "group": "O",
            "rhesus": "+",
            "group_known": "card",
            "is_reserve": True,
        },
    )
    Belonging.objects.get_or_create(
        person=person,
        unit=ward,
        kind=BelongingKind.DONOR,
        defaults={"during": DateRange(date(2023, 1, 1), None), "cause": "demo"},
    )
    confirmed = {"state": DonationState.CONFIRMED, "unit": ward, "donor": donor}
    rows = [
        Donation(
            on=date(2023, 12, 31),
            turns=12,
            source=Source.CARRIED,
            proof="Giấy xác nhận 31/XN-TTHM (mẫu)",
            **confirmed,
        )
    ]
    days = [date(2024, 6, 16), date(2024, 12, 15), date(2025, 6, 15), date(2025, 12, 14)]
    days += [date(2026, 11, 20)] if on >= date(2026, 11, 20) else []
    rows += [
        Donation(on=day, volume_ml=350, source=Source.IMPORT, place="Nhà văn hóa Mẫu 1", **confirmed)
        for day in days
    ]
    Donation.objects.bulk_create(rows)
    return donor
