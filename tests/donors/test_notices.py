"""Reminders and thanks: who is due, each once, never without consent or when unavailable."""

from datetime import date, timedelta

import pytest

from donors.actions.drives import step_drive
from donors.actions.signups import sign_up
from donors.enums import Component, DriveState, NoticeKind, Source
from donors.models import Deferral, Donor, Drive, Notice
from donors.queries.notices import due_again, due_cancelled, due_thanks, due_tomorrow
from donors.tasks import (
    remind_of_tomorrow,
    remind_who_may_give_again,
    tell_of_cancelled,
    thank_who_gave,
)
from foundation.dates import today
from letters.models import Letter
from people.actions.consents import give_consent, withdraw_consent
from people.actors import actor_for, system_actor
from people.models import Person
from tests.conftest import Cast
from tests.factories import donors, drives, people

pytestmark = pytest.mark.django_db
BY = system_actor()


def _donor(cast: Cast, name: str = "Người Hiến", *, agrees: bool = True) -> Donor:
    """Thirty years old, with an e-mail and (mostly) consent to messages."""
    person = people.person(name, cast.ward)
    Person.objects.filter(pk=person.pk).update(
        birth_date=today() - timedelta(days=30 * 366), birth_year=(today() - timedelta(days=30 * 366)).year
    )
    Person.objects.filter(pk=person.pk).update(email=f"nguoi{person.pk}@example.org")
    person.refresh_from_db()
    if agrees:
        assert person.user is not None
        give_consent(by=actor_for(person.user), person=person, purpose="messages")
    return donors.donor(person, cast.ward)


def _gave(donor: Donor, cast: Cast, days_ago: int, component: Component = Component.WHOLE_BLOOD) -> None:
    donors.donation(donor, cast.ward, today() - timedelta(days=days_ago), component=component)


@pytest.mark.parametrize(
    ("days_ago", "component", "is_due"),
    [
        (83, Component.WHOLE_BLOOD, False),
        (84, Component.WHOLE_BLOOD, True),
        (90, Component.WHOLE_BLOOD, True),
        (91, Component.WHOLE_BLOOD, False),
        (13, Component.PLATELETS, False),
        (14, Component.PLATELETS, True),
    ],
)
def test_a_donor_is_due_when_the_interval_is_over_and_a_week_longer(
    cast: Cast, days_ago: int, component: Component, is_due: bool
) -> None:
    donor = _donor(cast)
    _gave(donor, cast, days_ago, component)

    assert due_again(today()) == ([donor.pk] if is_due else [])


def test_told_once_an_interval(cast: Cast) -> None:
    donor = _donor(cast)
    _gave(donor, cast, 84)
    for _again in range(3):
        remind_who_may_give_again()

    letter = Letter.objects.get(template__code="donors.again")
    assert (letter.recipient_name, Notice.objects.count()) == ("Người Hiến", 1)
    assert "đã đủ" in letter.body


@pytest.mark.parametrize(
    "why", ["no consent", "withdrawn", "unavailable", "no e-mail", "gave since", "deferred"]
)
def test_who_is_not_reminded(cast: Cast, why: str) -> None:
    donor = _donor(cast, agrees=why != "no consent")
    _gave(donor, cast, 84)
    if why == "withdrawn":
        assert donor.person.user is not None
        withdraw_consent(by=actor_for(donor.person.user), person=donor.person, purpose="messages")
    if why == "unavailable":
        Donor.objects.update(is_available=False)
    if why == "no e-mail":
        Person.objects.filter(pk=donor.person_id).update(email="")
    if why == "gave since":
        _gave(donor, cast, 20)
    if why == "deferred":
        Deferral.objects.create(donor=donor, from_on=today(), until_on=today() + timedelta(days=30))
    remind_who_may_give_again()

    assert Letter.objects.filter(template__code="donors.again").count() == 0


def _signed_up(cast: Cast, on: date, name: str) -> Drive:
    drive = drives.opened(cast.ward, on)
    sign_up(by=BY, person=_donor(cast, name).person, slot=drive.slots.all()[0])
    return drive


def test_the_day_before_a_drive_each_seat_is_reminded_once(cast: Cast) -> None:
    _signed_up(cast, today() + timedelta(days=1), "Ngày Mai")
    _signed_up(cast, today() + timedelta(days=2), "Ngày Kia")
    _signed_up(cast, today(), "Hôm Nay")
    for _again in range(2):
        remind_of_tomorrow()

    letter = Letter.objects.get(template__code="donors.tomorrow")
    assert letter.recipient_name == "Ngày Mai"
    assert "07:00" in letter.subject
    assert due_tomorrow(today()) == []


def test_a_cancelled_drive_writes_to_who_signed_up(cast: Cast) -> None:
    drive = _signed_up(cast, today() + timedelta(days=5), "Người Một")
    sign_up(by=BY, person=people.person("Không Thư", cast.ward, with_user=False), slot=drive.slots.all()[1])
    step_drive(by=BY, drive=drive, wanted=DriveState.CANCELLED, reason="Mưa bão")
    for _again in range(2):
        tell_of_cancelled()

    letters = Letter.objects.filter(template__code="donors.cancelled").order_by("recipient_name")
    assert [(one.recipient_name, "Mưa bão" in one.body, one.state) for one in letters] == [
        ("Không Thư", True, "to_call"),
        ("Người Một", True, "waiting"),
    ]
    assert due_cancelled(today()) == []


def test_thanks_go_out_the_day_after(cast: Cast) -> None:
    drive = drives.opened(cast.ward, today())
    Drive.objects.filter(pk=drive.pk).update(on=today() - timedelta(days=1))
    donor = _donor(cast)
    donors.donation(donor, cast.ward, today() - timedelta(days=1), Source.DRIVE, drive=drive)
    for _again in range(2):
        thank_who_gave()

    assert Letter.objects.filter(template__code="donors.thanks").count() == 1
    assert Notice.objects.get().kind == NoticeKind.THANKS
    assert due_thanks(today()) == []
