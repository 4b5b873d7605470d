"""Volunteers and congresses for tests."""

from datetime import date, timedelta

from foundation.dates import today
from members.enums import Channel, DelegateState, DelegateWay, Kind, TitleLevel
from members.models import (
    ConductSigning,
    Congress,
    Delegate,
    Membership,
    ServiceDay,
    VolunteerLanguage,
    VolunteerProfile,
    VolunteerSkill,
    VolunteerTitle,
)
from members.rules.volunteers import conduct
from people.models import Person, Unit
from tests.factories import members, people


def volunteer(name: str, unit: Unit, since: date = members.SINCE) -> Membership:
    """A volunteer of a unit, with nothing entered."""
    return members.member(people.person(name, unit, with_user=False), unit, Kind.VOLUNTEER, since)


def skill(person: Person, code: str = "first_aid_1", expires_on: date | None = None) -> VolunteerSkill:
    return VolunteerSkill.objects.create(
        person=person, code=code, evidence="Giấy chứng nhận 12/2025", expires_on=expires_on
    )


def language(person: Person, code: str = "en") -> VolunteerLanguage:
    return VolunteerLanguage.objects.create(person=person, code=code, level="good")


def profile(person: Person, **values: object) -> VolunteerProfile:
    row = VolunteerProfile(person=person, **values)
    row.full_clean()
    row.save()
    return row


def served(person: Person, unit: Unit, on: date | None = None, minutes: int = 120) -> ServiceDay:
    return ServiceDay.objects.create(
        person=person,
        unit=unit,
        on=on or today() - timedelta(days=10),
        minutes=minutes,
        what="Trực sơ cấp cứu",
    )


def signed(person: Person, on: date | None = None) -> ConductSigning:
    on = on or today()
    return ConductSigning.objects.create(
        person=person, version=conduct(on).version, signed_on=on, channel=Channel.PAPER
    )


def title(person: Person, level: TitleLevel = TitleLevel.SILVER) -> VolunteerTitle:
    return VolunteerTitle.objects.create(
        person=person, level=level, given_on=date(2026, 5, 8), decision="21/QĐ-CTĐ", given_by="Thành Hội"
    )


def congress(unit: Unit, held_on: date | None = None) -> Congress:
    """A congress of the unit this year, with nothing allotted."""
    day = held_on or date(today().year, 12, 20)
    return Congress.objects.create(
        unit=unit,
        name=f"Đại hội {unit.name}",
        held_on=day,
        term_first=day,
        term_last=date(day.year + 5, day.month, day.day),
        counted_on=today(),
        seats=20,
    )


def delegate(
    of_congress: Congress, person: Person, branch: Unit | None, number: int | None = None
) -> Delegate:
    return Delegate.objects.create(
        congress=of_congress,
        person=person,
        branch=branch,
        way=DelegateWay.ELECTED if branch else DelegateWay.OFFICE,
        state=DelegateState.CONFIRMED if number else DelegateState.NAMED,
        number=number,
    )
