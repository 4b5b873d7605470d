"""Titles of staff: each condition at its edge; a year from final ratings to recognised titles."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from evaluations.enums import FactKind, Level, RatingState
from evaluations.models import Employment
from foundation.dated import NoRule, in_force, load_table
from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import NotAllowed
from people.enums import OfficeCode
from people.models import Person
from redcross.demo.papers import as_of
from rewards.actions import titles
from rewards.enums import Reach, StaffTitle, TitleState
from rewards.models import Participation, TitleAward
from rewards.queries.titles import candidates
from rewards.rules.titles import Career, assess_titles, most_fighters
from tests.conftest import Cast, SignIn
from tests.factories import evaluations as make
from tests.factories import people
from tests.factories import rewards as make_rewards

ENTRY = in_force(load_table("rewards", "titles"), date(2026, 12, 31))
ON, YEAR = date(2027, 1, 10), 2026
BASE, CITY = StaffTitle.BASE_FIGHTER, StaffTitle.CITY_FIGHTER


def met(**known: Any) -> set[str]:
    known = {"taking_part": frozenset({YEAR}), **known}
    return {one.title for one in assess_titles(Career(**known), YEAR, ENTRY, on=ON) if one.is_met}


@pytest.mark.parametrize(
    ("level", "initiatives", "expected"),
    [
        ("fair", (), set()),
        ("good", (), {"advanced"}),
        ("good", ((2026, Reach.BASE),), {"advanced", "base_fighter"}),
        ("good", ((2025, Reach.NATION),), {"advanced"}),
        ("excellent", (), {"advanced", "base_fighter"}),
    ],
)
def test_advanced_worker_and_fighter_of_the_base(
    level: str, initiatives: tuple[tuple[int, str], ...], expected: set[str]
) -> None:
    assert met(levels={YEAR: level}, initiatives=initiatives) == expected


def test_without_registering_or_a_final_rating_there_is_nothing() -> None:
    assert met(levels={YEAR: "excellent"}, taking_part=frozenset()) == set()
    assert met(levels={2025: "excellent"}) == set()


def test_titles_in_a_row() -> None:
    """Three years as fighter of the base and an initiative for the city; two of the city and the nation."""
    three = frozenset((year, BASE) for year in (2024, 2025, 2026))
    here: tuple[tuple[int, str], ...] = ((2025, Reach.CITY),)

    assert CITY in met(titles=three, initiatives=here)
    assert CITY not in met(titles=three - {(2025, BASE)}, initiatives=here)
    assert CITY not in met(titles=three, initiatives=((2025, Reach.BASE),))
    assert CITY not in met(titles=three, initiatives=((2023, Reach.CITY),))
    two = frozenset({(2025, CITY), (2026, CITY)})
    assert StaffTitle.NATIONAL_FIGHTER in met(titles=two, initiatives=((2026, Reach.NATION),))
    assert StaffTitle.NATIONAL_FIGHTER not in met(titles=two, initiatives=here)


def test_certificates_of_merit() -> None:
    years = dict.fromkeys(range(2022, 2027), "good")
    held = frozenset({*((year, BASE) for year in (2022, 2024, 2026)), (2023, StaffTitle.CITY_MERIT)})

    assert StaffTitle.STATE_MERIT in met(levels=years, titles=held)
    assert StaffTitle.STATE_MERIT not in met(levels={**years, 2024: "fair"}, titles=held)
    assert StaffTitle.STATE_MERIT not in met(levels=years, titles=held - {(2024, BASE)})
    assert StaffTitle.STATE_MERIT not in met(levels=years, titles=held - {(2023, StaffTitle.CITY_MERIT)})
    two = {2025: "excellent", 2026: "excellent"}
    ideas = ((2025, Reach.BASE), (2026, Reach.BASE))
    assert StaffTitle.CITY_MERIT in met(levels=two, initiatives=ideas)
    assert StaffTitle.CITY_MERIT not in met(levels=two, initiatives=ideas[:1])
    assert StaffTitle.CITY_MERIT not in met(levels={**two, 2025: "good"}, initiatives=ideas)


@pytest.mark.parametrize(
    ("day", "is_barred"),
    [(date(2026, 1, 10), False), (date(2026, 1, 11), True), (ON, True)],
)
def test_a_warning_bars_for_a_year(day: date, is_barred: bool) -> None:
    assert (met(levels={YEAR: "good"}, warned=(day,)) == set()) is is_barred


def test_prosecution_bars_and_every_reason_is_cited() -> None:
    assert met(levels={YEAR: "excellent"}, is_prosecuted=True) == set()
    told = assess_titles(Career({YEAR: "good"}, frozenset({YEAR})), YEAR, ENTRY, on=ON)
    assert all(reason.citation for one in told for reason in one.reasons)
    assert [one.title for one in told if one.confirmed] == ["state_merit", "national_fighter"]
    with pytest.raises(NoRule):
        in_force(load_table("rewards", "titles"), date(2023, 12, 31))


def test_the_share_of_fighters_is_rounded_down() -> None:
    assert [most_fighters(number, ENTRY) for number in (6, 7, 13, 14, 20)] == [0, 1, 1, 2, 3]


def final(cast: Cast, level: str = Level.GOOD) -> int:
    return make.made_final(make.in_a_year(cast.ward), level).person_id


@pytest.mark.django_db
def test_a_year_from_final_ratings_to_recognised_titles(cast: Cast, client_for: SignIn) -> None:
    best, good, fair = (final(cast, level) for level in (Level.EXCELLENT, Level.GOOD, Level.FAIR))
    published = make.in_a_year(cast.ward)
    published.state, published.level = RatingState.PUBLISHED, Level.EXCELLENT
    published.save()
    office = people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen Thưởng")
    client, url = client_for(office), reverse("reward_titles") + "?nam=2026"

    assert client.get(url).content.decode().count('name="tham-gia"') == 3
    assert client.post(url, {"act": "register", "tham-gia": [best, good, fair]}).status_code == 302
    assert Participation.objects.count() == 3
    page = client.get(url).content.decode()
    assert page.count('name="de-nghi"') == 3
    wanted = [f"{best}:advanced", f"{best}:base_fighter", f"{good}:advanced"]
    client.post(url, {"act": "propose", "de-nghi": [*wanted, f"{fair}:advanced"]})
    assert TitleAward.objects.count() == 0
    client.post(url, {"act": "propose", "de-nghi": wanted})
    assert TitleAward.objects.filter(state=TitleState.PROPOSED).count() == 3
    keys = list(TitleAward.objects.values_list("pk", flat=True))
    bare = client.post(url, {"act": "decide", "quyet-dinh": keys, "outcome": "recognised"}).content.decode()
    assert "Số quyết định" in bare
    typed = {"act": "decide", "quyet-dinh": keys, "outcome": "recognised", "decision": "300/QĐ-CTĐ"}
    assert client.post(url, {**typed, "decided_on": f"{today():%d/%m/%Y}"}).status_code == 302
    assert TitleAward.objects.filter(state=TitleState.RECOGNISED, decision="300/QĐ-CTĐ").count() == 3
    person = client.get(reverse("reward_title_person", args=[best, 2026])).content.decode()
    assert "Luật 06/2022/QH15, Điều 23" in person
    again = titles.propose_titles(by=as_of(ON), year=2026, wanted=[(best, "advanced")])
    assert again == 0

    row = TitleAward.objects.get(person=best, title="advanced")
    revoke = {"decision": "9/QĐ", "decided_on": f"{today():%d/%m/%Y}", "note": "Kê khai sai"}
    assert client.post(reverse("reward_title_revoke", args=[row.pk]), revoke).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.note) == (TitleState.REVOKED, "Kê khai sai")


@pytest.mark.django_db
def test_walls_of_titles(cast: Cast, client_for: SignIn) -> None:
    someone = final(cast)
    elsewhere = people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward, "Nơi Khác")
    by = people.actor(elsewhere)

    assert candidates(by, 2026) == []
    with pytest.raises(NotAllowed):
        titles.register_emulation(by=by, year=2026, people=[someone])
    assert client_for(elsewhere).get(reverse("reward_title_person", args=[someone, 2026])).status_code == 404
    make.fact(
        Employment.objects.get(person=someone),
        FactKind.DISCIPLINE,
        first_on=date(2026, 9, 1),
        last_on=None,
        penalty="warning",
        decision="4/QĐ",
    )
    titles.register_emulation(by=as_of(ON), year=2026, people=[someone])
    with pytest.raises(Refused, match="chưa đủ điều kiện"):
        titles.propose_titles(by=as_of(ON), year=2026, wanted=[(someone, "advanced")])


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_candidates_ask_as_often_for_many(
    cast: Cast, count: int, client_for: SignIn, django_assert_max_num_queries: Any
) -> None:
    for _number in range(count):
        make_rewards.title(Person.objects.get(pk=final(cast)), cast.ward)
    client = client_for(people.officer(OfficeCode.REWARD_OFFICER, cast.city, "Cán Bộ Khen Thưởng"))
    url = reverse("reward_titles") + "?nam=2026"
    client.get(url)
    with django_assert_max_num_queries(19):
        page = client.get(url).content.decode()
    assert page.count("Người Của Năm") >= count
