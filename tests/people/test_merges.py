"""One person entered twice: found, merged with everything attached, taken back from the log."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from foundation.refusal import Refused
from ledger.actor import Actor, NotAllowed
from ledger.models import AuditEntry
from people import hooks
from people.actions.contacts import set_contacts, set_identity_number
from people.actions.duplicates import find_pairs, tell_apart
from people.actions.merges import merge_people, undo_merge
from people.actors import system_actor
from people.enums import BelongingKind, OfficeCode, PairState, PersonState
from people.models import Belonging, Consent, Merge, Pair, Person, Phone, Sighting
from people.queries.duplicates import alike, visible_merges, visible_pairs
from people.queries.register import Wanted, register
from people.rules.similarity import likeness
from redcross.registry import merge_everywhere
from tests.conftest import Cast
from tests.factories import people, sheets

pytestmark = pytest.mark.django_db
ABSORBERS = [hooks.absorb_person]


@pytest.fixture
def doubles(cast: Cast) -> tuple[Person, Person]:
    """Bình twice in ward 1, born the same day, the second with a phone, a number and an account."""
    one = people.person("Nguyễn Văn Bình", cast.ward, with_user=False)
    two = people.person("NGUYỄN VĂN BÌNH", cast.ward, username="binh")
    for person in (one, two):
        person.birth_date = date(1990, 5, 6)
        person.clean()
        person.save()
    set_contacts(by=system_actor(), person=one, phones=["0901000001"])
    set_contacts(by=system_actor(), person=two, phones=["0901000001", "0901000002"])
    set_identity_number(by=system_actor(), person=two, number="999090000001")
    return one, two


def merge(by: Actor, kept: Person, absorbed: Person) -> Merge:
    return merge_people(by=by, kept=kept, absorbed=absorbed, absorbers=ABSORBERS)


def stand(*persons: Person) -> dict[str, object]:
    """Everything attached to these people, for comparing before and after."""
    rows: dict[str, object] = {}
    for person in persons:
        found = Person.objects.get(pk=person.pk)
        rows[str(person.pk)] = (
            found.state,
            found.user_id,
            found.email,
            sorted((b.unit_id, b.kind, str(b.during)) for b in found.belongings.all()),
            sorted(found.phones.values_list("number", flat=True)),
            sorted(found.identity_numbers.values_list("digest", flat=True)),
            sorted(found.consents.values_list("purpose", "withdrawn_at")),
            sorted(found.offices.values_list("office", flat=True)),
            found.sightings.count(),
        )
    return rows


def test_doubles_are_found_with_points_and_reasons_and_once(
    cast: Cast, doubles: tuple[Person, Person]
) -> None:
    assert find_pairs(by=system_actor()) == 1
    assert find_pairs(by=system_actor()) == 0

    pair = Pair.objects.get()

    assert (pair.one, pair.other, pair.state) == (*doubles, PairState.OPEN)
    assert pair.reasons == ["phone", "name", "birth_date"]
    assert pair.score == 85


def test_the_set_based_finder_says_what_the_rule_says(cast: Cast, doubles: tuple[Person, Person]) -> None:
    third = people.person("Nguyễn Văn Bình", cast.other_ward, with_user=False)
    Person.objects.filter(pk=third.pk).update(birth_date=date(1990, 5, 6), birth_year=1990, sex="female")
    Person.objects.filter(pk=doubles[0].pk).update(sex="male")
    set_identity_number(by=system_actor(), person=third, number="999190000009")

    found = alike(system_actor().on)

    assert len(found) == 2
    for _one, _other, score, reasons in found:
        verdict = likeness(reasons, on=system_actor().on)
        assert (verdict.score, verdict.is_pair, sorted(verdict.reasons)) == (score, True, sorted(reasons))


def test_pairs_that_are_alike_no_more_go_and_two_people_stay_two(
    cast: Cast, doubles: tuple[Person, Person]
) -> None:
    find_pairs(by=system_actor())
    by = people.actor(cast.unit_officer)
    with pytest.raises(Refused):
        tell_apart(by=by, pair=Pair.objects.get(), reason=" ")
    tell_apart(by=by, pair=Pair.objects.get(), reason="Hai anh em họ")
    find_pairs(by=system_actor())
    assert Pair.objects.get().state == PairState.DIFFERENT

    Pair.objects.update(state=PairState.OPEN)
    Person.objects.filter(pk=doubles[0].pk).update(
        search_name=" le van khac", birth_date=date(1991, 1, 1), birth_year=1991
    )
    find_pairs(by=system_actor())
    assert not Pair.objects.exists()


def test_merged_with_everything_and_taken_back_row_by_row(cast: Cast, doubles: tuple[Person, Person]) -> None:
    one, two = doubles
    Belonging.objects.filter(person=one).update(during=DateRange(date(2025, 10, 1), None))
    Belonging.objects.filter(person=two).update(during=DateRange(date(2025, 7, 1), date(2026, 1, 1)))
    people.belong(two, cast.ward, BelongingKind.VOLUNTEER)
    Consent.objects.create(person=one, purpose="messages", text_version=date(2026, 1, 1), channel="portal")
    Consent.objects.create(person=two, purpose="messages", text_version=date(2026, 1, 1), channel="portal")
    Consent.objects.create(person=two, purpose="pictures", text_version=date(2026, 1, 1), channel="portal")
    Sighting.objects.create(person=two, what="record")
    Person.objects.filter(pk=two.pk).update(email="binh@example.org")
    find_pairs(by=system_actor())
    before = stand(one, two)
    by = people.actor(cast.unit_officer)

    done = merge_everywhere(by, one, two)

    one.refresh_from_db()
    two.refresh_from_db()
    assert (two.state, two.merged_into, two.user) == (PersonState.MERGED, one, None)
    assert one.user is not None
    assert (one.user.username, one.email) == ("binh", "binh@example.org")
    assert {(b.kind, str(b.during.lower), b.during.upper) for b in one.belongings.all()} == {
        ("record", "2025-07-01", None),
        ("volunteer", "2025-07-01", None),
    }
    assert sorted(phone.number for phone in one.phones.all()) == ["+84901000001", "+84901000002"]
    assert one.identity_numbers.count() == 1
    assert sorted(one.consents.values_list("purpose", flat=True)) == ["messages", "pictures"]
    assert one.sightings.count() == 1
    assert Pair.objects.get().state == PairState.MERGED
    assert two not in list(register(by, Wanted(query="Binh"))[:10])

    left = undo_merge(by=by, merge=done, reason="Nhầm hai anh em")

    assert left == []
    assert stand(one, two) == before
    assert Pair.objects.get().state == PairState.DIFFERENT
    acts = set(AuditEntry.objects.filter(subject_type="people.person").values_list("act", flat=True))
    assert {"people.merge_people", "people.be_merged", "people.undo_merge", "people.be_unmerged"} <= acts


def test_what_was_changed_since_stays_and_is_told(cast: Cast, doubles: tuple[Person, Person]) -> None:
    one, two = doubles
    by = people.actor(cast.unit_officer)
    Person.objects.filter(pk=two.pk).update(email="binh@example.org")
    two.refresh_from_db()
    done = merge(by, one, two)
    Person.objects.filter(pk=one.pk).update(email="moi@example.org")
    Phone.objects.filter(number="+84901000002").delete()

    left = undo_merge(by=by, merge=done, reason="Nhầm")

    one.refresh_from_db()
    assert sorted(left) == ["people.person", "people.phone"]
    assert one.email == "moi@example.org"


def test_two_numbers_and_two_accounts_stay_apart_and_are_told(
    cast: Cast, doubles: tuple[Person, Person]
) -> None:
    one, two = doubles
    set_identity_number(by=system_actor(), person=one, number="999090000002")
    one.user = people.user()
    one.save()

    done = merge(people.actor(cast.unit_officer), one, two)

    assert {note["told"] for note in done.moved if "told" in note} == {"identity", "login"}
    two.refresh_from_db()
    assert (two.identity_numbers.count(), two.user is not None) == (1, True)


def test_a_list_finds_the_kept_record_by_the_absorbed_number(
    cast: Cast, doubles: tuple[Person, Person]
) -> None:
    one, two = doubles
    set_identity_number(by=system_actor(), person=one, number="999090000002")
    by = people.actor(cast.unit_officer)
    merge(by, one, two)

    row = [1, "Nguyễn Văn Bình", "Nam", "06/05/1990", "999090000001", None, None]
    batch = sheets.tried(by, sheets.sent(by, cast.ward, sheets.xlsx([sheets.HEAD, row])))

    assert batch.rows.get().person == one
    assert batch.counts == {"update": 1}


def test_merges_are_undone_from_the_latest(cast: Cast, doubles: tuple[Person, Person]) -> None:
    one, two = doubles
    three = people.person("Nguyễn Văn Bình", cast.ward, with_user=False)
    by = people.actor(cast.unit_officer)
    first = merge(by, two, three)
    second = merge(by, one, two)
    three.refresh_from_db()
    assert three.merged_into == one

    with pytest.raises(Refused):
        undo_merge(by=by, merge=first, reason="Nhầm")
    undo_merge(by=by, merge=second, reason="Nhầm")
    undo_merge(by=by, merge=first, reason="Nhầm")
    with pytest.raises(Refused):
        undo_merge(by=by, merge=first, reason="Nhầm")

    assert Person.objects.filter(state=PersonState.MERGED).count() == 0


def test_who_may_not_merge(cast: Cast, doubles: tuple[Person, Person]) -> None:
    one, two = doubles
    far = people.person("Nguyễn Văn Bình", cast.other_ward, with_user=False)
    by = people.actor(cast.unit_officer)
    with pytest.raises(NotAllowed):
        merge(by, one, far)
    with pytest.raises(NotAllowed):
        merge(people.actor(cast.member), one, two)
    with pytest.raises(Refused):
        merge(by, one, one)
    with pytest.raises(Refused):
        merge(by, cast.unit_officer, one)

    holder = people.officer(OfficeCode.EDITOR, cast.ward, "Nguyễn Văn Bình")
    with pytest.raises(Refused):
        merge(by, one, holder)

    find_pairs(by=system_actor())
    assert not visible_pairs(people.actor(cast.member)).exists()
    assert not visible_merges(people.actor(cast.member)).exists()
    assert Merge.objects.count() == 0
