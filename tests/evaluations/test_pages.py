"""The pages of evaluation: who sees what, what is shown late, two people at one form, how many queries."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluations import actions
from evaluations.enums import Level, RatingState, Stage, Step
from evaluations.models import Cycle, MonthWorked, Rating
from people.enums import OfficeCode
from people.models import Person
from redcross.demo.papers import as_of
from tests.conftest import Cast, SignIn, sign_in
from tests.factories import evaluations as make
from tests.factories import people

pytestmark = pytest.mark.django_db
PAGES = ("rating_cycles", "criteria_sets", "staff_list", "pay_sheets")


def staff(cast: Cast, count: int, steps: tuple[str, ...] = (Step.COUNCIL,)) -> Cycle:
    """So many people of the ward, their forms handed over in the third quarter of 2026."""
    make.criteria(cast.ward)
    for number in range(count):
        someone = people.person(f"Người Số {number}", cast.ward, with_user=False)
        make.employed(someone, cast.ward)
    cycle = actions.open_cycle(by=as_of(make.OPENED), unit=cast.ward, year=2026, number=3, steps=steps)
    for rating in Rating.objects.filter(cycle=cycle):
        make.reported(rating)
    return cycle


def officer(cast: Cast, office: OfficeCode) -> Person:
    return people.officer(office, cast.ward, f"Người {office}")


@pytest.mark.parametrize("count", [1, 4])
def test_the_heads_page_asks_as_often_for_many_as_for_one(
    cast: Cast, count: int, client_for: SignIn, django_assert_max_num_queries: object
) -> None:
    cycle = staff(cast, count)
    client = client_for(officer(cast, OfficeCode.UNIT_HEAD))
    url = reverse("rating_cycle", args=[cycle.pk])
    client.get(url)
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        page = client.get(url).content.decode()
    assert page.count("Người Số") == count
    assert "Đã qua hạn 05/10/2026" in page


@pytest.mark.parametrize("count", [1, 4])
def test_the_column_of_one_criterion_asks_as_often_for_many(
    cast: Cast, count: int, client_for: SignIn, django_assert_max_num_queries: object
) -> None:
    cycle = staff(cast, count)
    client = client_for(officer(cast, OfficeCode.DEPARTMENT_HEAD))
    url = reverse("rating_grid", args=[cycle.pk])
    client.get(url)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        page = client.get(url).content.decode()
    assert page.count('type="hidden" name="v') == count
    assert "đ</" not in page  # nobody's pay stands on it


def test_scoring_by_criterion_across_people_ends_in_scored_forms(cast: Cast, client_for: SignIn) -> None:
    cycle = staff(cast, 2)
    client = client_for(officer(cast, OfficeCode.DEPARTMENT_HEAD))
    for number, given in ((1, "28,5"), (2, "65")):
        forms = list(Rating.objects.filter(cycle=cycle).order_by("pk"))
        typed = {f"p{one.pk}": given for one in forms} | {f"v{one.pk}": str(one.version) for one in forms}
        url = reverse("rating_grid", args=[cycle.pk]) + f"?nhom=professional&tieu-chi={number}"
        assert client.post(url, typed).status_code == 302
    found = Rating.objects.filter(cycle=cycle).values_list("state", "score")
    assert list(found) == [(RatingState.SCORED, Decimal("93.50"))] * 2


def test_the_second_at_one_form_sees_both(cast: Cast, client_for: SignIn) -> None:
    rating = make.rated(cast.ward)
    first, second = rating.criteria_set.criteria.all()  # type: ignore[union-attr]
    client = client_for(officer(cast, OfficeCode.DEPARTMENT_HEAD))
    url = reverse("rating_score", args=[rating.key])
    opened_at = rating.version
    make.scored(rating)  # somebody else saves 30 and 70 meanwhile

    typed = {"version": opened_at, f"c{first.pk}": "12,25", f"c{second.pk}": "61"}
    page = client.post(url, typed).content.decode()

    assert "Người khác vừa lưu" in page
    assert 'value="12,25"' in page
    assert 'value="61"' in page
    rating.refresh_from_db()
    assert rating.score == 100
    assert client.post(url, typed | {"version": rating.version}).status_code == 302
    rating.refresh_from_db()
    assert rating.score == Decimal("73.25")
    kept = [event.kept["points"] for event in rating.events.filter(state=RatingState.SCORED)]
    assert [[given for _name, given in one] for one in kept] == [["30.00", "70.00"], ["12.25", "61.00"]]


def test_an_officer_of_another_unit_sees_nothing(cast: Cast, client_for: SignIn) -> None:
    rating = make.rated(cast.ward)
    paid = make.paid(rating)
    for office in (OfficeCode.EVALUATION_OFFICER, OfficeCode.UNIT_HEAD, OfficeCode.ACCOUNTANT):
        client = client_for(people.officer(office, cast.other_ward, f"Nơi khác {office}"))
        told = [
            reverse("rating_cycle", args=[rating.cycle_id]),
            reverse("rating", args=[rating.key]),
            reverse("staff", args=[rating.employment_id]),
            reverse("pay_sheet", args=[paid.sheet.key]),
            reverse("pay_line", args=[paid.sheet.key, paid.pk]),
            reverse("pay_sheet_excel", args=[paid.sheet.key]),
        ]
        assert {client.get(url).status_code for url in told} <= {403, 404}
        for name in PAGES:
            page = client.get(reverse(name))
            assert page.status_code == 403 or "Người Được Chấm" not in page.content.decode()


def test_a_draft_and_a_result_not_published_are_read_by_nobody_else(cast: Cast, client_for: SignIn) -> None:
    make.criteria(cast.ward)
    make.employed(cast.member, cast.ward)
    rating = make.form_of(make.opened(cast.ward), cast.member)
    mine = client_for(cast.member)
    url = reverse("mine_rating", args=[rating.key])
    fields = {f"c{one.pk}": "20" for one in rating.criteria_set.criteria.all()}  # type: ignore[union-attr]

    typed = {"version": rating.version, "words": "Đang viết dở", "draft": "1", **fields}
    assert mine.post(url, typed).status_code == 302
    head = client_for(officer(cast, OfficeCode.UNIT_HEAD))
    assert "Đang viết dở" not in head.get(reverse("rating", args=[rating.key])).content.decode()
    rating.refresh_from_db()
    assert mine.post(url, typed | {"draft": "", "version": 99}).content.decode().count("Đang viết dở") >= 1
    handed = {key: value for key, value in typed.items() if key != "draft"} | {"version": rating.version}
    handed["late_reason"] = "Đi công tác"
    assert mine.post(url, handed).status_code == 302
    rating.refresh_from_db()
    assert rating.state == RatingState.REPORTED
    make.scored(rating)
    page = mine.get(url).content.decode()
    assert "Kết quả hiện ở đây sau khi công bố" in page
    assert rating.points.filter(stage=Stage.DEPARTMENT).count() == 2
    assert page.count('data-label="Phòng, ban chấm" class="rc-figure">–<') == 2
    other = client_for(people.person("Đồng Nghiệp", cast.ward))
    assert other.get(url).status_code == 404


def test_a_timesheet_is_shown_then_written_and_its_absences_count(cast: Cast, client_for: SignIn) -> None:
    cycle = staff(cast, 2)
    client = client_for(officer(cast, OfficeCode.ACCOUNTANT))
    first, second = Rating.objects.filter(cycle=cycle).order_by("pk")
    lines = [
        "Mã;Họ và tên;Ngày công trong tháng;Ngày làm việc thực tế;Nghỉ ốm;Đi công tác",
        f"{first.employment_id};Người Số 0;22;17;2;3",
        f"{second.employment_id};Người Số 1;22;22;2;",
        ";Người Lạ;22;22;;",
    ]
    file = SimpleUploadedFile("cham-cong.csv", "\n".join(lines).encode())
    answer = client.post(reverse("timesheet"), {"unit": cast.ward.code, "month": "09/2026", "file": file})
    page = answer.content.decode()
    assert "24 ngày làm việc và vắng mặt nhiều hơn 22 ngày công" in page
    assert "Không có người nào tên này" in page
    assert MonthWorked.objects.count() == 0

    client.post(reverse("timesheet"), {"rows": answer.context["signed"]})
    row = MonthWorked.objects.get()
    assert (row.person, row.worked, row.absences) == (
        first.person,
        Decimal(17),
        {"sick": "2", "business_trip": "3"},
    )
    set_rate(cast)
    Rating.objects.update(state=RatingState.FINAL, level=Level.EXCELLENT, final_on=date(2026, 10, 8))
    sheet = actions.make_sheet(by=as_of(date(2026, 10, 9)), cycle=cycle)
    line = sheet.lines.get(rating=first)
    # 3.00 × 2.530.000 × 1,5 = 11.385.000; September 20 of 22 days (three on a trip count, two sick do not)
    assert line.amount == 11_385_000 * 2 + 10_350_000


def set_rate(cast: Cast) -> None:
    actions.set_year_rate(
        by=as_of(date(2026, 7, 1)),
        unit=cast.city,
        first_on=date(2026, 1, 1),
        last_on=date(2026, 12, 31),
        coefficient=Decimal("1.5"),
        fixed_sum=3_000_000,
        decision="Mẫu",
        is_confirmed=False,
    )


def test_who_comes_or_goes_within_a_month_has_its_working_days(cast: Cast) -> None:
    """From 16 September 11 of 21 working days (2 September and the day beside it are holidays)."""
    set_rate(cast)
    comer, goer = (people.person(name, cast.ward, with_user=False) for name in ("Người Đến", "Người Đi"))
    make.employed(comer, cast.ward, date(2026, 9, 16))
    gone = make.employed(goer, cast.ward)
    actions.end_employment(
        by=as_of(date(2026, 9, 15)), employment=gone, last_on=date(2026, 8, 31), reason="Nghỉ hưu"
    )
    for office, page, said in (
        (OfficeCode.EVALUATION_OFFICER, "staff_list", "– 31/08/2026"),
        (OfficeCode.ACCOUNTANT, "year_rates", "01/01/2026 – 31/12/2026"),
    ):
        client = sign_in(people.officer(office, cast.city, f"Người Xem {page}"))
        text = client.get(reverse(page), {"xem": "tat-ca"}).content.decode()
        assert said in text, "a period is told with its last day, not the day after"
    cycle = make.opened(cast.ward)
    assert set(cycle.ratings.values_list("person__full_name", flat=True)) == {"Người Đến", "Người Đi"}
    Rating.objects.update(state=RatingState.FINAL, level=Level.EXCELLENT, final_on=date(2026, 10, 8))
    sheet = actions.make_sheet(by=as_of(date(2026, 10, 9)), cycle=cycle)
    parts = {line.rating.person.full_name: line for line in sheet.lines.all()}
    assert parts["Người Đi"].amount == 11_385_000 * 2
    only = parts["Người Đến"].inputs["months"]
    assert [(one["month"], one["worked"]) for one in only] == [("2026-09-01", "11")]
    assert parts["Người Đến"].amount == round(11_385_000 * 11 / int(only[0]["working"]))


def test_reopened_after_the_sheet_was_closed_the_difference_is_negative(cast: Cast) -> None:
    cycle = staff(cast, 1, steps=())
    set_rate(cast)
    rating = make.scored(cycle.ratings.get())
    by, day = as_of(date(2026, 10, 2)), date(2026, 10, 9)
    actions.decide_rating(by=by, rating=rating, version=rating.version, score=Decimal(100))
    actions.publish_cycle(by=by, cycle=cycle, decision="9/QĐ")
    actions.make_final(by=as_of(date(2026, 10, 8)), rating=rating)
    first = actions.make_sheet(by=as_of(day), cycle=cycle)
    actions.close_sheet(by=as_of(day), sheet=first)

    again = actions.reopen_rating(by=as_of(date(2026, 10, 20)), rating=rating, reason="Phát hiện sai số liệu")
    again = make.scored(again, Decimal(26))
    actions.decide_rating(
        by=as_of(date(2026, 10, 21)), rating=again, version=again.version, score=Decimal(80), reason="Theo BB"
    )
    actions.publish_cycle(by=as_of(date(2026, 10, 21)), cycle=cycle, decision="11/QĐ", late_reason="Sửa sai")
    actions.make_final(by=as_of(date(2026, 10, 27)), rating=rating)
    extra = actions.make_sheet(by=as_of(date(2026, 10, 28)), cycle=cycle)

    line = extra.lines.get()
    assert (extra.first, line.entitled, line.amount) == (first, 27_324_000, -6_831_000)
    assert first.lines.get().amount == 34_155_000
    assert list(rating.events.values_list("reason", flat=True)).count("Phát hiện sai số liệu") == 1


@pytest.mark.parametrize(("count", "is_shown"), [(1, False), (4, False), (5, True)])
def test_the_head_reads_no_sum_that_tells_one_persons_pay(
    cast: Cast, count: int, is_shown: bool, client_for: SignIn
) -> None:
    set_rate(cast)
    cycle = staff(cast, count)
    for rating in cycle.ratings.all():
        make.scored(rating)
    head, accountant = (
        client_for(officer(cast, office)) for office in (OfficeCode.UNIT_HEAD, OfficeCode.ACCOUNTANT)
    )
    total = f"{34_155_000 * count:,}".replace(",", ".")
    for name in ("rating_cycle", "rating_publish"):
        page = head.get(reverse(name, args=[cycle.pk])).content.decode()
        assert (total in page, "Tổng số chỉ hiện khi có từ 5 người" in page) == (is_shown, not is_shown)
    assert total in accountant.get(reverse("rating_fund", args=[cycle.pk])).content.decode()
