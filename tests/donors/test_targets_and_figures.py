"""Targets of the year and figures: rolled up, small numbers hidden outside the office."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from donors.actions.targets import set_targets
from donors.models import CountedYear, Donation, DriveTarget
from donors.queries.figures import LARGE, counted, due_years, year_figures
from donors.queries.targets import due_by, progress
from donors.rules.shown import hidden
from donors.tasks import count_years
from foundation.dates import today
from foundation.refusal import Refused
from people.actors import system_actor
from people.enums import OfficeCode, Sex
from people.models import Person, Unit
from tests.conftest import Cast, sign_in
from tests.factories import donors, members, people

BY = system_actor()


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        ({"a": 4, "b": 5, "c": 6}, {"a", "b"}),
        ({"a": 4, "b": 3, "c": 6}, {"a", "b"}),
        ({"a": 5, "b": 6}, set()),
        ({"a": 0, "b": 6}, set()),
        ({"a": 1}, {"a"}),
    ],
)
def test_a_small_number_is_hidden_and_not_to_be_worked_out(counts: dict[str, int], wanted: set[str]) -> None:
    assert hidden(counts, 5) == wanted


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2025, 12, 31), 0),
        (date(2026, 1, 1), 1),
        (date(2026, 7, 2), 183),
        (date(2026, 12, 31), 365),
        (date(2027, 1, 1), 365),
    ],
)
def test_an_even_course_of_the_year(on: date, due: int) -> None:
    assert due_by(365, 2026, on) == due


def _gave(name: str, unit: Unit, on: date, ml: int = 350, sex: str = Sex.FEMALE) -> None:
    person = people.person(name, unit, with_user=False)
    Person.objects.filter(pk=person.pk).update(birth_year=today().year - 30, sex=sex)
    donors.donation(donors.donor(person, unit), unit, on, volume_ml=ml)


@pytest.mark.django_db
def test_targets_are_set_by_one_decision_and_given_turns_of_branches_count_for_the_ward(cast: Cast) -> None:
    branch = members.branch(cast.ward)
    _gave("Người Phường", cast.ward, today())
    _gave("Người Chi Hội", branch, today())
    turns = {cast.ward.pk: 100, cast.other_ward.pk: 0}
    assert set_targets(by=BY, year=today().year, turns=turns, decision="QĐ 05/QĐ-CTĐ") == 1
    assert set_targets(by=BY, year=today().year, turns=turns, decision="QĐ 06/QĐ-CTĐ") == 0
    with pytest.raises(Refused):
        set_targets(by=BY, year=today().year, turns=turns, decision=" ")

    row = next(one for one in progress(BY, today().year, today()) if one.unit == cast.ward)
    assert (row.target, row.given, row.decision) == (100, 2, "QĐ 05/QĐ-CTĐ")


@pytest.mark.django_db
def test_targets_are_typed_on_one_page_and_a_bad_number_keeps_what_was_typed(cast: Cast) -> None:
    client = sign_in(people.officer(OfficeCode.CITY_OFFICER, cast.city))
    name = f"u{cast.ward.pk}"
    for wrong in ("nhiều", "²", "99999999999"):
        bad = client.post(reverse("target_edit"), {name: wrong, "decision": "QĐ 1"})
        assert (bad.status_code, f'value="{wrong}"' in bad.content.decode()) == (200, True)
    client.post(reverse("target_edit"), {name: "150", "decision": "QĐ 1"})
    assert DriveTarget.objects.get().turns == 150
    assert "150" in client.get(reverse("target_list")).content.decode()
    assert client.get(reverse("target_list"), {"nam": "²"}).context["year"] == today().year
    assert client.get(reverse("target_list") + "?nam=%00").status_code == 400


@pytest.mark.django_db
def test_figures_of_a_year_add_up(cast: Cast) -> None:
    for n in range(6):
        _gave(f"Người {n}", cast.ward, today(), 250 if n else 350)
    _gave("Người Khác", cast.other_ward, today(), 450, Sex.MALE)
    again = Person.objects.get(full_name="Người 0").donor
    donors.donation(again, cast.ward, today().replace(year=today().year - 2, day=1), volume_ml=350)

    whole, ward = year_figures(today().year, today()), year_figures(today().year, today(), cast.ward)
    assert (whole.total.turns, whole.total.bags, whole.total.ml, whole.people) == (7, 7, 2050, 7)
    assert (ward.total.turns, ward.total.ml, ward.mix) == (6, 1600, {"250": 5, "350": 1})
    assert (ward.repeat, ward.repeat_percent) == ({"first": 5, "again": 1}, 17)
    assert sum(ward.ages.values()) == sum(ward.blood.values()) == 6


@pytest.mark.django_db
def test_a_large_year_is_counted_beforehand_and_says_the_same(cast: Cast) -> None:
    year, on = today().year, today()
    _gave("Người Một", cast.ward, on)
    _gave("Người Hai", cast.other_ward, on.replace(month=1, day=1), 250, Sex.MALE)
    donors.donation(Person.objects.get(full_name="Người Một").donor, cast.ward, on - timedelta(days=800))
    units = [cast.ward.pk, cast.other_ward.pk]
    direct = year_figures(year, on, below=units)
    assert [due for due in due_years(on) if due == year] == [year]

    count_years()
    small = year_figures(year, on, below=units, may_be_counted=True)
    CountedYear.objects.update(turns=LARGE)
    kept = year_figures(year, on, below=units, may_be_counted=True)
    assert (small.counted_at, kept.counted_at is None) == (None, False)
    assert replace(kept, counted_at=None) == direct
    assert list(year_figures(year, on, below=units[:1], may_be_counted=True).units) == units[:1]
    assert year_figures(year, on, cast.ward, may_be_counted=True).counted_at is None
    assert "Đếm lúc" in sign_in(cast.city_officer).get(reverse("drive_figures")).content.decode()

    _gave("Người Ba", cast.ward, on)
    assert year_figures(year, on, may_be_counted=True).people == 2
    count_years()
    assert year_figures(year, on).people == 3
    assert CountedYear.objects.get(year=year).turns == 3


@pytest.mark.django_db
def test_an_old_count_is_made_anew_and_not_shown_meanwhile(cast: Cast) -> None:
    year, on, now = today().year, today(), timezone.now()
    count_years()
    long_ago = now - timedelta(hours=30)

    def aged(of: int, hours: float) -> tuple[list[int], bool]:
        """What is to be counted anew, and whether the count of so many hours ago is shown."""
        CountedYear.objects.update(turns=LARGE, counted_at=now - timedelta(minutes=20))
        CountedYear.objects.filter(year=of).update(counted_at=now - timedelta(hours=hours))
        return due_years(on), counted(of, on) is not None

    assert aged(year, 0.4) == ([], True)
    assert aged(year, 0.6) == ([year], True)
    assert aged(year, 2) == ([year], False)
    assert aged(year - 1, 23) == ([], True)
    assert aged(year - 1, 25) == ([year - 1], True)
    assert aged(year - 1, 49) == ([year - 1], False)
    assert counted(year - 5, on) is None

    _gave("Người Mới", cast.ward, on - timedelta(days=400))
    moved = (on - timedelta(days=400)).year
    assert aged(year, 0.4) == ([moved], True)
    Donation.objects.update(recorded_at=long_ago)
    assert aged(year, 0.4) == ([], True)
    Donation.objects.update(decided_at=now)
    assert aged(year, 0.4) == ([moved], True)
    CountedYear.objects.filter(year=year).update(until=on)
    assert counted(year, on - timedelta(days=1)) is None


@pytest.mark.django_db
def test_the_office_sees_all_others_no_small_number(cast: Cast) -> None:
    for n in range(7):
        _gave(f"Người {n}", cast.ward, today(), 250 if n < 2 else 350)
    client = sign_in(cast.unit_officer)

    assert ">dưới 5<" not in client.get(reverse("drive_figures")).content.decode()
    public = Client().get(reverse("public_figures")).content.decode()
    assert "dưới 5" in public
    assert cast.ward.name not in public
    answer = client.get(reverse("drive_figures_xlsx"))
    sheet = load_workbook(BytesIO(answer.content))["Túi máu theo thể tích"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)] == [
        ["Thể tích", "Số lượng"],
        ["250 ml", "dưới 5"],
        ["350 ml", "dưới 5"],
    ]


@pytest.mark.django_db
def test_figures_of_fewer_than_five_people_are_not_public_at_all(cast: Cast) -> None:
    _gave("Một Mình", cast.ward, today())
    page = Client().get(reverse("public_figures")).content.decode()

    assert "Năm nay chưa có số liệu" in page


@pytest.mark.parametrize(("name", "queries"), [("drive_figures", 11), ("target_list", 8)])
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.django_db
def test_pages_ask_as_often_for_one_as_for_three(
    cast: Cast, name: str, queries: int, count: int, django_assert_num_queries: Callable[..., object]
) -> None:
    for n in range(count):
        _gave(f"Người {n}", cast.ward, today() - timedelta(days=n))
    client = sign_in(cast.city_officer)
    with django_assert_num_queries(queries):  # type: ignore[attr-defined]
        client.get(reverse(name))
