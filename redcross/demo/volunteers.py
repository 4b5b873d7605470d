"""The demo's volunteers and congresses: skills that run out, codes not signed, one congress to come."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from foundation.dates import ZONE
from ledger.models import User
from members.actions import give_card
from members.actions.congress import allot_seats, check_credential, name_delegate, plan_congress
from members.enums import Channel, CongressState, DelegateState, DelegateWay, Kind, TitleLevel
from members.models import (
    ConductSigning,
    Congress,
    CongressResult,
    Delegate,
    Membership,
    ServiceDay,
    VolunteerLanguage,
    VolunteerProfile,
    VolunteerSkill,
    VolunteerTitle,
)
from members.queries.congress import branch_seats, electable
from members.queries.units import branches_of
from members.rules.volunteers import conduct, named
from people.enums import BelongingKind, BodyKind
from people.models import Belonging, Seat, Unit, UnitCover
from redcross.demo.names import invent
from redcross.demo.papers import as_of

SEEN = 400  # volunteers with something entered
DEEDS = (
    "Trực sơ cấp cứu ngày hội hiến máu", "Phát quà Tết Nhân ái",
    "Dọn vệ sinh hẻm, phát tờ rơi phòng sốt xuất huyết",
    "Hỗ trợ lớp sơ cấp cứu", "Thăm địa chỉ nhân đạo", "Tập huấn ứng phó thiên tai",
)  # fmt: skip
HELD_ON = date(2026, 3, 20)


def load_volunteers(units: dict[str, Unit], users: dict[str, User], on: date) -> int:
    """What volunteers bring and have done, the congresses; returns how many rows were written."""
    own_page(users["tinh-nguyen"], units, on)
    written = pages(units["P001"], on)
    return written + congress_held(units, on) + congress_prepared(units["X054"], on)


def own_page(user: User, units: dict[str, Unit], on: date) -> None:
    """The demo's volunteer: a page with an expiring skill, waiting for the code of conduct to be signed."""
    person = user.person
    since = date(2026, 4, 2)
    if not Membership.objects.filter(person=person, kind=Kind.VOLUNTEER).exists():
        row = Membership.objects.create(person=person, kind=Kind.VOLUNTEER, during=DateRange(since, None))
        Belonging.objects.create(
            person=person,
            unit=units["P001-KP04"],
            kind=BelongingKind.VOLUNTEER,
            during=DateRange(since, None),
            cause=f"membership:{row.pk}",
        )
        give_card(by=as_of(since), membership=row, on=since)
    profile = VolunteerProfile(
        person=person,
        fields=["first_aid", "disaster"],
        availability=["saturday", "sunday", "emergency"],
        area="Phường Mẫu 1, phường Mẫu 2",
        vehicle="motorbike",
        emergency_name=f"{invent(random.Random(81)).full_name} (mẫu)",  # noqa: S311
        emergency_relation="chị",
        emergency_phone="0509999081",
        reviewed_on=on - timedelta(days=40),
    )
    profile.full_clean()
    profile.save()
    VolunteerSkill.objects.create(
        person=person,
        code="first_aid_1",
        evidence="Giấy chứng nhận 118/2024 (mẫu), Thành Hội",
        got_on=on - timedelta(days=700),
        expires_on=on + timedelta(days=25),
        checked_on=on - timedelta(days=600),
    )
    VolunteerSkill.objects.create(person=person, code="swimming", evidence="Thẻ bơi (mẫu)")
    VolunteerLanguage.objects.create(person=person, code="en", level="good")
    ServiceDay.objects.bulk_create(
        ServiceDay(person=person, unit=units["P001"], on=on - timedelta(days=days), minutes=180, what=what)
        for days, what in zip((12, 47, 110, 165), DEEDS, strict=False)
    )


def pages(ward: Unit, on: date) -> int:
    """Volunteers of the ward and its branches, each with what chance gives; the same every time."""
    chance = random.Random(1863)  # noqa: S311  chance, not secrecy
    below = UnitCover.objects.filter(ancestor=ward, during__contains=on).values("unit")
    here = Belonging.objects.filter(unit__in=below, kind=BelongingKind.VOLUNTEER, during__contains=on)
    people = list(
        here.filter(person__volunteer_profile=None).order_by("person").values_list("person", flat=True)
    )[:SEEN]
    fields, times = list(named("fields", on)), list(named("availability", on))
    skills, tongues = list(named("skills", on)), list(named("languages", on))
    made = VolunteerProfile.objects.bulk_create(
        cleaned(
            VolunteerProfile(
                person_id=person,
                fields=chance.sample(fields, 2),
                availability=chance.sample(times, 2),
                area=f"Phường Mẫu {chance.randrange(1, 6)}",
                vehicle=chance.choice(("motorbike", "none", "car")),
                emergency_name=f"{invent(chance).full_name} (mẫu)" if n % 4 else "",
                emergency_phone=f"05099{n:05}" if n % 4 else "",
                reviewed_on=on - timedelta(days=chance.randrange(20, 520)),
            )
            for n, person in enumerate(people)
            if n % 3 != 2
        )
    )
    VolunteerSkill.objects.bulk_create(
        VolunteerSkill(
            person_id=person,
            code=code,
            evidence=f"Giấy chứng nhận {chance.randrange(10, 400)}/2025 (mẫu)" if n % 5 else "",
            got_on=on - timedelta(days=400),
            expires_on=on + timedelta(days=chance.choice((-40, -5, 14, 45, 300, 600))) if n % 2 else None,
            checked_on=on - timedelta(days=300) if n % 3 else None,
        )
        for n, person in enumerate(people)
        for code in chance.sample(skills, 1 + n % 2)
    )
    VolunteerLanguage.objects.bulk_create(
        VolunteerLanguage(
            person_id=person, code=chance.choice(tongues), level=chance.choice(("some", "good"))
        )
        for n, person in enumerate(people)
        if n % 4 == 0
    )
    version = conduct(on).version
    ConductSigning.objects.bulk_create(
        ConductSigning(
            person_id=person,
            version=version,
            signed_on=on - timedelta(days=chance.randrange(30, 400)),
            channel=Channel.PAPER,
        )
        for n, person in enumerate(people)
        if n % 4 != 1
    )
    titles = (TitleLevel.SILVER, TitleLevel.SILVER, TitleLevel.GOLD, TitleLevel.PLATINUM)
    VolunteerTitle.objects.bulk_create(
        VolunteerTitle(
            person_id=person,
            level=titles[n % 4],
            given_on=date(2026, 5, 8),
            decision="26/QĐ-CTĐ (mẫu)",
            given_by="Hội Chữ thập đỏ Thành phố (mẫu)",
        )
        for n, person in enumerate(people[:60:5])
    )
    days = ServiceDay.objects.bulk_create(
        ServiceDay(
            person_id=person,
            unit=ward,
            on=on - timedelta(days=chance.randrange(5, 600)),
            minutes=chance.choice((90, 120, 180, 240)),
            what=chance.choice(DEEDS),
        )
        for n, person in enumerate(people)
        for _time in range(n % 4)
    )
    return len(made) + len(days)


def cleaned(rows: Iterator[VolunteerProfile]) -> Iterator[VolunteerProfile]:
    """bulk_create calls no clean: the searched form of the place is made here."""
    for row in rows:
        row.clean()
        yield row


def congress_held(units: dict[str, Unit], on: date) -> int:
    """The ward's congress of March: its committee is the body that stands, as far as the demo has it."""
    ward = units["P001"]
    congress = Congress.objects.create(
        unit=ward,
        name="Đại hội Hội Chữ thập đỏ phường Mẫu 1 lần thứ I (mẫu)",
        held_on=HELD_ON,
        place="Nhà văn hóa Mẫu 1",
        term_first=HELD_ON,
        term_last=date(2031, 3, 19),
        counted_on=date(2026, 2, 28),
        seats=60,
        basis="Kế hoạch 05/KH-CTĐ ngày 02/02/2026 (mẫu)",
    )
    allot_seats(by=as_of(on), congress=congress)
    came = [
        (person, line.unit)
        for line in branch_seats(congress)
        for person in electable(congress, line.unit)[: line.seats]
    ]
    Delegate.objects.bulk_create(
        Delegate(
            congress=congress,
            person=person,
            branch=branch,
            way=DelegateWay.ELECTED,
            state=DelegateState.CONFIRMED,
            number=n,
            came_at=datetime.combine(HELD_ON, time(7, 30), ZONE),
        )
        for n, (person, branch) in enumerate(came, 1)
    )
    elected = Seat.objects.filter(body__unit=ward, body__kind=BodyKind.EXECUTIVE, body__is_provisional=False)
    CongressResult.objects.bulk_create(
        CongressResult(
            congress=congress,
            body_kind=BodyKind.EXECUTIVE,
            person_id=seat.person_id,
            post=seat.post,
            rank=seat.rank,
            votes=max(len(came) - 3 - n, 1),
            seat=seat,
        )
        for n, seat in enumerate(elected.order_by("rank", "pk").distinct())
    )
    Congress.objects.filter(pk=congress.pk).update(state=CongressState.HELD)
    return 1


def congress_prepared(commune: Unit, on: date) -> int:
    """The commune's congress next month: most branches have named, one is late, one credential is refused."""
    held = on + timedelta(days=26)
    congress = plan_congress(
        by=as_of(on),
        unit=commune,
        values={
            "name": f"Đại hội {commune.name} lần thứ I",
            "held_on": held,
            "place": "Hội trường xã Mẫu Đông",
            "term_first": held,
            "term_last": date(held.year + 5, held.month, min(held.day, 28)),
            "counted_on": on - timedelta(days=5),
            "seats": 24,
            "basis": "Kế hoạch 31/KH-CTĐ (mẫu)",
        },
    )
    if not branches_of(commune, congress.counted_on):
        return 1
    allot_seats(by=as_of(on), congress=congress)
    for place, line in enumerate(branch_seats(congress)):
        if place == 2:
            continue
        for person in list(electable(congress, line.unit)[: max(line.seats - place % 2, 0)]):
            name_delegate(
                by=as_of(on), congress=congress, person=person, branch=line.unit, way=DelegateWay.ELECTED
            )
    named_ = list(Delegate.objects.filter(congress=congress, state=DelegateState.NAMED).order_by("pk"))
    for row in named_[: len(named_) * 2 // 3]:
        check_credential(by=as_of(on), delegate=row, is_right=True)
    if named_:
        check_credential(
            by=as_of(on), delegate=named_[-1], is_right=False, reason="Đã chuyển sinh hoạt đi (mẫu)"
        )
    return 1 + len(named_)
