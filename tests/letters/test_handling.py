"""What officers may do with letters, and only with those of their units."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.models import AuditEntry
from letters.actions import cancel_letter, mark_arrived, mark_told, retry_letter
from letters.enums import LetterState, Trouble
from letters.models import Letter
from letters.panels import figures, queue
from letters.queries import found, visible_to
from people.enums import OfficeCode
from tests.conftest import Cast
from tests.factories import letters, people

ACTIONS = (cancel_letter, mark_arrived, mark_told, retry_letter)
TO_CALL: dict[str, Any] = {"state": LetterState.TO_CALL, "trouble": Trouble.REFUSED, "attempts": 3}


@pytest.fixture
def city(cast: Cast) -> Actor:
    return people.actor(cast.city_officer)


@pytest.fixture
def clerk(cast: Cast) -> Actor:
    """Văn thư of ward 1: manages that ward's letters."""
    return people.actor(people.officer(OfficeCode.CLERK, cast.ward))


def unsure(**more: Any) -> Letter:
    return letters.letter(state=LetterState.UNSURE, handing_over_at=timezone.now(), **more)


def test_the_called_are_noted_with_who_and_when(city: Actor) -> None:
    letter = mark_told(by=city, letter=letters.letter(**TO_CALL))

    assert (letter.state, letter.told_by) == (LetterState.TOLD, city.user)
    assert letter.told_at is not None
    entry = AuditEntry.objects.get(act="letters.mark_told")
    assert (entry.user_id, entry.office, entry.unit) == (city.user and city.user.pk, "city_officer", "TP")
    with pytest.raises(Refused):
        mark_told(by=city, letter=letter)


def test_a_retry_begins_anew(city: Actor) -> None:
    letter = retry_letter(by=city, letter=letters.letter(**TO_CALL))

    assert (letter.state, letter.attempts, letter.trouble) == (LetterState.WAITING, 0, "")
    assert Letter.objects.due(timezone.now(), is_quiet=False).get() == letter


def test_a_dropped_code_cannot_be_sent_again(city: Actor) -> None:
    letter = letters.letter(template=letters.SECRET, body="", **TO_CALL)

    with pytest.raises(Refused):
        retry_letter(by=city, letter=letter)


def test_an_unsure_letter_is_settled_either_way(city: Actor) -> None:
    begun, again = unsure(), unsure()

    arrived = mark_arrived(by=city, letter=begun)
    resent = retry_letter(by=city, letter=again)

    assert (arrived.state, arrived.sent_at) == (LetterState.SENT, begun.handing_over_at)
    assert (resent.state, resent.handing_over_at) == (LetterState.WAITING, None)


def test_what_is_sent_or_being_sent_stays(city: Actor) -> None:
    sent = letters.letter(state=LetterState.SENT, sent_at=timezone.now())

    for action in ACTIONS:
        with pytest.raises(Refused):
            action(by=city, letter=sent)
    assert cancel_letter(by=city, letter=letters.letter()).state == LetterState.CANCELLED


@pytest.mark.parametrize("action", ACTIONS)
def test_only_who_manages_the_unit(action: Callable[..., Letter], cast: Cast, clerk: Actor) -> None:
    state: dict[str, Any] = {
        "mark_arrived": {"state": LetterState.UNSURE, "handing_over_at": timezone.now()},
    }.get(action.__name__, TO_CALL)
    own, other, unitless = (letters.letter(unit_code=code, **state) for code in ("P001", "P002", ""))
    auditor = people.actor(people.officer(OfficeCode.AUDITOR, cast.city))
    strangers = [people.actor(cast.member), people.actor(cast.unit_officer), auditor]

    for letter in (other, unitless):
        with pytest.raises(Refused):
            action(by=clerk, letter=letter)
    for stranger in strangers:
        with pytest.raises(Refused):
            action(by=stranger, letter=own)
    before = own.state
    assert action(by=clerk, letter=own).state != before


def test_each_sees_the_letters_of_their_units(cast: Cast, city: Actor, clerk: Actor) -> None:
    own, other, unitless = (letters.letter(unit_code=code) for code in ("P001", "P002", ""))

    assert set(visible_to(city)) == {own, other, unitless}
    assert set(visible_to(clerk)) == {own}
    assert set(visible_to(people.actor(cast.member))) == set()


def test_search_finds_without_diacritics_and_filters(city: Actor) -> None:
    hang = letters.letter("hang@example.org", name="Bùi Xuân Hằng (mẫu)")
    letters.letter("dung@example.org", name="Lê Dũng (mẫu)", **TO_CALL)

    def names(**filters: str) -> list[str]:
        asked = {"query": "", "state": "", "channel": "", "template": ""} | filters
        return sorted(found(visible_to(city), **asked).values_list("recipient_name", flat=True))

    assert names(query="hang") == [hang.recipient_name]
    assert names(query="HẰNG bui") == [hang.recipient_name]
    assert names(query="dung@example.org") == ["Lê Dũng (mẫu)"]
    assert names(state="to_call") == ["Lê Dũng (mẫu)"]
    assert names(channel="sms") == []
    assert len(names(template=letters.URGENT)) == 2


def test_the_queue_names_what_needs_somebody(city: Actor, clerk: Actor, cast: Cast) -> None:
    letters.letter(**TO_CALL)
    letters.letter(**TO_CALL)
    unsure()
    letters.letter()

    assert [item.url.rpartition("=")[2] for item in queue(city)] == ["to_call", "unsure"]
    assert next(iter(queue(city))).title.startswith("2 ")
    assert list(queue(clerk)) == []
    assert [figure.value for figure in figures(city)] == [1]
    assert list(figures(people.actor(cast.member))) == []
