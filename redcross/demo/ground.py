"""The demo's ground: how the ward of the stories came to be, who sits in which body, what waits.

Days of the past stand as they are told; what waits is dated from the day of loading.
"""

import random
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from foundation.dates import today
from ledger.actor import Actor
from ledger.models import User
from people.actions.acts import Line, NewUnit, Plan, Rename, confirm_act, enter_act
from people.actions.bodies import (
    ask_recognition,
    end_body,
    found_body,
    put_in_charge,
    recognise_body,
    seat_member,
    step_down,
)
from people.actions.duplicates import find_pairs
from people.actions.requests import ask_about_data
from people.actors import actor_for
from people.enums import ActKind, BelongingKind, BodyKind, PhoneKind, RequestKind, UnitKind
from people.models import Approval, Belonging, Body, DataRequest, Person, Phone, Unit
from people.queries.acts import preview_act
from redcross.demo.names import invent
from redcross.demo.people import NOTE
from redcross.demo.units import FOUNDED_ON

MERGED_ON = date(2025, 10, 1)
CONGRESS_ON = date(2026, 3, 20)
RECOGNISED_ON = date(2026, 4, 1)
TERM_ENDS = date(2031, 3, 19)
# Wards whose provisional committee waits to be recognised: the first two are late.
WAITING = ("P003", "P004", "P005", "X001")
PROVISIONAL = (*(f"P{n:03}" for n in range(2, 22)), "X001", "X002", "X054")
DECIDED_BY = "Ban Thường vụ Thành Hội (mẫu)"
CHAIR, DEPUTY, MEMBER = "Chủ tịch", "Phó Chủ tịch", "Ủy viên Ban Chấp hành"


def load_merger(by: Actor, units: dict[str, Unit]) -> int:
    """Phường Mẫu 1 took in 1A and 1B whole and two branches of phường Mẫu 2; returns how many people came."""
    chance = random.Random(1101)  # noqa: S311  chance, not secrecy
    old = [units.pop("P001A"), units.pop("P001B")]
    people = [neighbour(unit, chance) for unit in old for _n in range(24)]
    act = enter_act(
        by=by,
        kind=ActKind.MERGE,
        decision_number="128/QĐ-CTĐ",
        decided_on=MERGED_ON - timedelta(days=6),
        issuer=DECIDED_BY,
        effective_on=MERGED_ON,
        plan=Plan(
            lines=[
                *(Line(source=unit, target=units["P001"], is_whole=True) for unit in old),
                *(
                    Line(source=units["P002"], part=units[code], target=units["P001"])
                    for code in ("P001-KP07", "P001-KP08")
                ),
            ]
        ),
    )
    confirm_act(by=by, act=act)
    return len(people)


def neighbour(unit: Unit, chance: random.Random) -> Person:
    """Somebody who belonged to a unit from its first day."""
    invented = invent(chance)
    person = Person(
        full_name=invented.full_name,
        sex=invented.sex,
        birth_year=chance.randrange(1950, 2005),
        note=NOTE,
    )
    person.clean()
    person.save()
    Belonging.objects.create(
        person=person, unit=unit, kind=BelongingKind.RECORD, during=(FOUNDED_ON, None), cause="demo"
    )
    return person


def load_ground(by: Actor, units: dict[str, Unit], users: dict[str, User], on: date) -> int:
    """Acts to come, bodies, doubles, requests; returns how many things were written."""
    load_acts(by, units, on)
    bodies = load_bodies(by, units, users)
    doubles = load_doubles(by, units)
    load_requests(users, on)
    return bodies + doubles + 4


def load_acts(by: Actor, units: dict[str, Unit], on: date) -> None:
    """Two communes merge next month; a rename waits for its decision (redcross.demo.papers drafts it)."""
    decided = on - timedelta(days=12)
    merge = enter_act(
        by=by,
        kind=ActKind.MERGE,
        decision_number="207/QĐ-CTĐ",
        decided_on=decided,
        issuer=DECIDED_BY,
        effective_on=on + timedelta(days=25),
        plan=Plan(
            new_units=[
                NewUnit("X055", UnitKind.COMMUNE, "Hội Chữ thập đỏ xã Mẫu Giang", units["TP"], "Mẫu Giang")
            ],
            lines=[
                Line(source=units["X052"], target_code="X055", is_whole=True),
                Line(source=units["X053"], target_code="X055", is_whole=True),
            ],
        ),
    )
    confirm_act(by=by, act=merge, people_count=preview_act(merge).people_total)
    enter_act(
        by=by,
        kind=ActKind.RENAME,
        is_outside=False,
        effective_on=on + timedelta(days=5),
        plan=Plan(renames=[Rename(units["P112"], "Hội Chữ thập đỏ phường Mẫu Hòa")]),
    )


def load_bodies(by: Actor, units: dict[str, Unit], users: dict[str, User]) -> int:
    """The city's five bodies; the ward's provisional and elected ones; provisional ones elsewhere."""
    head, deputy = users["thu-truong"].person, users["thanh-hoi"].person
    ward = people_of(units["P001"], 14)
    city = people_of(units["P010"], 5) + people_of(units["P011"], 5)
    made = [
        body(by, units["TP"], BodyKind.EXECUTIVE, [(head, CHAIR), (deputy, DEPUTY), *members(city, MEMBER)]),
        body(
            by,
            units["TP"],
            BodyKind.STANDING,
            [(head, CHAIR), (deputy, DEPUTY), *members(city[:3], "Ủy viên Ban Thường vụ")],
        ),
        body(
            by,
            units["TP"],
            BodyKind.INSPECTION,
            [(users["kiem-tra"].person, "Trưởng ban"), *members(city[3:5], "Ủy viên")],
        ),
        body(
            by,
            units["TP"],
            BodyKind.STEERING,
            [
                (deputy, "Trưởng ban"),
                (users["hien-mau"].person, "Phó Trưởng ban"),
                *members(city[5:8], "Thành viên"),
            ],
        ),
        body(
            by,
            units["TP"],
            BodyKind.AWARD_COUNCIL,
            [
                (head, "Chủ tịch Hội đồng"),
                (users["khen-thuong"].person, "Phó Chủ tịch Hội đồng"),
                *members(city[:5], "Ủy viên"),
            ],
        ),
    ]
    for one in made:
        recognise_body(by=by, body=one, decision_number="31/QĐ-TƯHCTĐ", decided_on=date(2025, 8, 15))
    first = found_body(
        by=by,
        unit=units["P001"],
        kind=BodyKind.EXECUTIVE,
        first_on=MERGED_ON,
        last_on=None,
        is_provisional=True,
    )
    seat_all(by, first, [(ward[0], CHAIR), (ward[1], DEPUTY), *members(ward[2:7], MEMBER)], MERGED_ON)
    recognise_body(by=by, body=first, decision_number="133/QĐ-CTĐ", decided_on=MERGED_ON)
    end_body(by=by, body=first, last_on=CONGRESS_ON - timedelta(days=1), reason="Đại hội bầu Ban Chấp hành")
    for kind, post, number in (
        (BodyKind.EXECUTIVE, MEMBER, "45/QĐ-CTĐ"),
        (BodyKind.STANDING, "Ủy viên Ban Thường vụ", "46/QĐ-CTĐ"),
    ):
        elected = found_body(by=by, unit=units["P001"], kind=kind, first_on=CONGRESS_ON, last_on=TERM_ENDS)
        rest = ward[2:11] if kind == BodyKind.EXECUTIVE else ward[2:4]
        seat_all(by, elected, [(ward[0], CHAIR), (ward[1], DEPUTY), *members(rest, post)], CONGRESS_ON)
        recognise_body(by=by, body=elected, decision_number=number, decided_on=RECOGNISED_ON)
        made.append(elected)
    leaving = made[-2].seats.filter(post=MEMBER).order_by("-pk")[0]
    step_down(
        by=by, seat=leaving, last_on=date(2026, 9, 30), reason="Chuyển nơi ở", decision_number="88/QĐ-CTĐ"
    )
    made += [provisional(by, units[code], code in WAITING) for code in PROVISIONAL]
    hurry(made[-len(PROVISIONAL) :])
    return len(made) + 1


def provisional(by: Actor, unit: Unit, is_waiting: bool) -> Body:
    """A provisional committee since the reorganisation; recognised, or still waiting."""
    chosen = people_of(unit, 5)
    made = found_body(
        by=by, unit=unit, kind=BodyKind.EXECUTIVE, first_on=MERGED_ON, last_on=None, is_provisional=True
    )
    chair = [(chosen[0], CHAIR)] if unit.code != "P006" else []
    seat_all(by, made, [*chair, (chosen[1], DEPUTY), *members(chosen[2:], MEMBER)], MERGED_ON)
    if unit.code == "P006":  # nobody is chairman: a deputy is in charge
        seat = made.seats.get(post=DEPUTY)
        put_in_charge(by=by, seat=seat, first_on=date(2026, 2, 2), decision_number="19/QĐ-CTĐ")
    if is_waiting:
        ask_recognition(by=by, body=made)
    else:
        recognise_body(by=by, body=made, decision_number="141/QĐ-CTĐ", decided_on=date(2025, 10, 8))
    return made


def hurry(bodies: list[Body]) -> None:
    """What was asked is days old: two are past their deadline."""
    asked = Approval.objects.filter(body__in=bodies).order_by("pk")
    for approval, days in zip(asked, (21, 17, 6, 2), strict=False):
        late = {"due_on": today() - timedelta(days=days - 14)}
        Approval.objects.filter(pk=approval.pk).update(
            asked_at=timezone.now() - timedelta(days=days), **(late if days > 14 else {})
        )


def body(by: Actor, unit: Unit, kind: BodyKind, seats: list[tuple[Person, str]]) -> Body:
    """A body of the unit since its first day, with its members."""
    made = found_body(by=by, unit=unit, kind=kind, first_on=FOUNDED_ON, last_on=date(2027, 8, 29))
    seat_all(by, made, seats, FOUNDED_ON)
    return made


def seat_all(by: Actor, made: Body, seats: list[tuple[Person, str]], first_on: date) -> None:
    for person, post in seats:
        seat_member(by=by, body=made, person=person, post=post, first_on=first_on)


def members(people: list[Person], post: str) -> list[tuple[Person, str]]:
    return [(person, post) for person in people]


def people_of(unit: Unit, count: int) -> list[Person]:
    """So many grown people of a unit or its branches, by number; made where there are fewer."""
    own = Q(pk=unit.pk) | Q(code__startswith=f"{unit.code}-")
    here = Unit.objects.filter(own).values_list("pk", flat=True)
    belonging = Belonging.objects.filter(unit__in=list(here)).values("person")
    known = list(
        Person.objects.filter(pk__in=belonging, user=None, birth_year__lt=2000).order_by("pk")[:count]
    )
    chance = random.Random(unit.code)  # noqa: S311  chance, not secrecy
    return [*known, *(neighbour(unit, chance) for _n in range(count - len(known)))]


def load_doubles(by: Actor, units: dict[str, Unit]) -> int:
    """Three people of the big ward were entered twice, as it happens; the nightly search finds them."""
    known = Person.objects.filter(
        belongings__unit__code__startswith="P001-", birth_date__isnull=False, phones__isnull=False
    ).distinct()
    for number, person in enumerate(known.order_by("pk")[:3]):
        twin = Person(
            full_name=person.full_name.upper() if number == 1 else person.full_name,
            sex=person.sex,
            birth_date=person.birth_date if number != 2 else None,
            birth_year=person.birth_year,
            note=NOTE,
        )
        twin.clean()
        twin.save()
        Belonging.objects.create(
            person=twin,
            unit=units[f"P001-KP{number + 2:02}"],
            kind=BelongingKind.RECORD,
            during=(date(2026, 1, 5), None),
            cause="demo",
        )
        phone = person.phones.get()
        if number != 0:
            Phone.objects.create(
                person=twin, number=phone.number, as_given=phone.as_given, kind=PhoneKind.MOBILE
            )
    find_pairs(by=by)
    return 3


def load_requests(users: dict[str, User], on: date) -> None:
    """A volunteer asks that the address be corrected; the answer is due tomorrow."""
    user = users["tinh-nguyen"]
    asked = on - timedelta(days=1)
    me = replace(actor_for(user), on=asked)
    request = ask_about_data(
        by=me,
        person=user.person,
        kind=RequestKind.CORRECT,
        words="Xin sửa địa chỉ: tôi đã chuyển sang khu phố 5.",
    )
    DataRequest.objects.filter(pk=request.pk).update(asked_at=timezone.now() - timedelta(days=1))
