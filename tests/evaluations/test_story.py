"""Story S4 to the đồng, and who may not do or see what."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import Count
from django.urls import reverse

from evaluations import actions
from evaluations.enums import Level, RatingState, SheetState
from evaluations.models import Cycle, Rating, Sheet, SheetLine
from evaluations.queries import visible_cycles, visible_sheets, visible_to
from evaluations.queries.board import calendar, limit_by_law
from evaluations.queries.twice import rated_elsewhere
from foundation.dates import today
from foundation.refusal import Refused
from ledger.actor import NotAllowed
from ledger.models import AuditEntry
from people.enums import BelongingKind, OfficeCode
from people.models import Belonging
from redcross.demo.evaluations import load_evaluations
from redcross.demo.papers import as_of
from tests.conftest import Cast, SignIn
from tests.factories import evaluations as make
from tests.factories import people

pytestmark = pytest.mark.django_db


def levels(cycle: Cycle) -> dict[str, int]:
    rows = Rating.objects.filter(cycle=cycle).values_list("level").annotate(Count("pk"))
    return dict(rows.order_by("level"))


def test_s4_of_the_city_office_to_the_dong(cast: Cast) -> None:
    units = {"TP": cast.city}
    for code in ("VP", "TC-KT", "CTXH", "SCC", "TTN-TT"):
        units[code] = people.unit(f"Ban {code}", cast.city, code=code)
    logins = ("van-thu", "truong-ban", "danh-gia", "ke-toan", "hien-mau", "khen-thuong")
    users = {login: people.person(f"Người {login}", cast.city, username=login).user for login in logins}

    assert load_evaluations(units, users) == 25  # type: ignore[arg-type]

    cycle = Cycle.objects.get(number=3)
    assert levels(cycle) == {Level.EXCELLENT: 17, Level.GOOD: 8}
    asking = Rating.objects.get(cycle=cycle, person__user__username="van-thu")
    told = [(event.state, event.score, event.level) for event in asking.events.all() if event.level]
    assert told == [
        (RatingState.DECIDED, Decimal(74), Level.FAIR),
        (RatingState.PUBLISHED, Decimal(74), Level.FAIR),
        (RatingState.PETITIONED, Decimal(74), Level.FAIR),
        (RatingState.FINAL, Decimal(76), Level.GOOD),
    ]
    main, extra = Sheet.objects.filter(cycle=cycle)
    assert (main.lines.count(), main.closed_on, extra.first) == (24, date(2026, 10, 9), main)
    assert [(line.rating_id, line.amount) for line in extra.lines.all()] == [(asking.pk, 27_324_000)]
    step = SheetLine.objects.get(sheet=main, rating__person__user__username="truong-ban")
    assert [month["exact"].rstrip("0").rstrip(".") for month in step.inputs["months"]] == [
        "14155350",
        "15407700",
        "15407700",
    ]
    assert (step.amount, step.inputs["confirmed"]) == (44_970_750, False)
    driver = SheetLine.objects.get(sheet=main, rating__employment__track="fixed")
    assert (driver.level, driver.amount) == (Level.GOOD, 7_200_000)
    assert len(main.digest) == 64
    with pytest.raises(Refused):
        actions.make_sheet(by=as_of(date(2026, 10, 20)), cycle=cycle)


def scored(cast: Cast) -> Rating:
    make.criteria(cast.ward)
    make.employed(cast.member, cast.ward)
    rating = make.form_of(make.opened(cast.ward), cast.member)
    mine = replace(people.actor(cast.member), on=date(2026, 9, 25))
    given = {one.pk: one.most for one in rating.criteria_set.criteria.all()}  # type: ignore[union-attr]
    rating = actions.hand_over_report(by=mine, rating=rating, version=1, words="Xong việc", given=given)
    head = people.actor(people.officer(OfficeCode.DEPARTMENT_HEAD, cast.ward))
    return actions.score_rating(by=head, rating=rating, version=rating.version, given=given)


def test_nobody_scores_or_decides_himself(cast: Cast) -> None:
    people.grant(cast.member, OfficeCode.DEPARTMENT_HEAD, cast.ward)
    people.grant(cast.member, OfficeCode.UNIT_HEAD, cast.ward)
    rating = scored(cast)
    by = people.actor(cast.member)

    with pytest.raises(Refused, match="chấm cho chính mình"):
        actions.score_rating(by=by, rating=rating, version=rating.version, given={})
    with pytest.raises(Refused, match="chấm cho chính mình"):
        actions.decide_rating(by=by, rating=rating, version=rating.version, score=Decimal(100))
    assert not visible_to(by).filter(pk=rating.pk).exists()


def test_the_head_decides_only_what_the_department_scored_and_says_why_he_changes(cast: Cast) -> None:
    rating = scored(cast)
    head = people.actor(people.officer(OfficeCode.UNIT_HEAD, cast.ward, "Thủ Trưởng"))

    with pytest.raises(Refused, match="phải ghi lý do"):
        actions.decide_rating(by=head, rating=rating, version=rating.version, score=Decimal(80))
    with pytest.raises(Refused, match="đã được người khác lưu"):
        actions.decide_rating(by=head, rating=rating, version=1, score=Decimal(100))
    rating = actions.decide_rating(
        by=head, rating=rating, version=rating.version, score=Decimal(80), reason="Chậm báo cáo"
    )
    assert (rating.level, rating.state) == (Level.GOOD, RatingState.DECIDED)


def test_walls_of_ratings_and_pay(cast: Cast) -> None:
    rating = scored(cast)
    colleague = people.actor(people.person("Đồng Nghiệp", cast.ward))
    other = people.actor(people.officer(OfficeCode.UNIT_HEAD, cast.other_ward, "Nơi Khác"))
    head = people.actor(people.officer(OfficeCode.UNIT_HEAD, cast.ward, "Thủ Trưởng"))
    Sheet.objects.create(cycle=rating.cycle, number=1, made_on=date(2026, 10, 9))
    accountant = people.actor(people.officer(OfficeCode.ACCOUNTANT, cast.ward, "Kế Toán"))

    for by in (colleague, other):
        assert (visible_to(by).count(), visible_cycles(by).count(), visible_sheets(by).count()) == (0, 0, 0)
    assert (visible_to(head).count(), visible_sheets(head).count()) == (1, 0)
    assert (visible_to(accountant).count(), visible_sheets(accountant).count()) == (0, 1)
    with pytest.raises(NotAllowed):
        actions.hand_over_report(by=colleague, rating=rating, version=1, words="Thay", given={})


def test_a_petition_has_a_last_day_and_becomes_final_after_it(cast: Cast) -> None:
    rating = scored(cast)
    head = people.actor(people.officer(OfficeCode.UNIT_HEAD, cast.ward, "Thủ Trưởng"))
    rating = actions.decide_rating(by=head, rating=rating, version=rating.version, score=Decimal(100))
    actions.publish_cycle(by=replace(head, on=date(2026, 10, 2)), cycle=rating.cycle, decision="9/QĐ")
    mine = replace(people.actor(cast.member), on=date(2026, 10, 8))

    with pytest.raises(Refused, match="07/10/2026"):
        actions.file_petition(by=mine, rating=rating, words="Xin xem lại")
    assert not actions.make_final(by=as_of(date(2026, 10, 7)), rating=rating)
    assert actions.make_final(by=as_of(date(2026, 10, 8)), rating=rating)
    assert not actions.make_final(by=as_of(date(2026, 10, 9)), rating=rating)


def test_the_limit_passed_by_a_day_needs_a_reason(cast: Cast) -> None:
    rating = scored(cast)
    head = people.actor(people.officer(OfficeCode.UNIT_HEAD, cast.ward, "Thủ Trưởng"))
    actions.decide_rating(by=head, rating=rating, version=rating.version, score=Decimal(100))
    late = replace(head, on=date(2026, 10, 5))

    with pytest.raises(Refused, match="đã qua"):
        actions.publish_cycle(by=late, cycle=rating.cycle, decision="9/QĐ")
    done = actions.publish_cycle(by=late, cycle=rating.cycle, decision="9/QĐ", late_reason="Họp muộn")
    assert done.published_on == date(2026, 10, 5)


def test_employment_ends_the_day_before_the_next_and_never_overlaps(cast: Cast) -> None:
    first = make.employed(cast.member, cast.ward)
    make.employed(cast.member, cast.ward, date(2026, 8, 1), salary=Decimal("3.33"))
    first.refresh_from_db()

    assert first.during.upper == date(2026, 8, 1)
    with pytest.raises(Refused, match="công tác khác"):
        make.employed(cast.member, cast.ward, date(2026, 1, 1))


def test_the_last_employment_carries_the_belonging_and_ends_it(cast: Cast) -> None:
    """A salary step in the same unit, then a unit that goes up in another: leaving still ends it."""
    first = make.employed(cast.member, cast.ward)
    step = make.employed(cast.member, cast.ward, date(2026, 8, 1), salary=Decimal("3.33"))
    mine = Belonging.objects.filter(person=cast.member, kind=BelongingKind.STAFF)
    assert [(one.cause, one.during.lower) for one in mine] == [(f"employment:{step.pk}", make.SINCE)]

    by = as_of(date(2026, 9, 30))
    first.refresh_from_db()
    actions.end_employment(by=by, employment=first, last_on=date(2026, 7, 30), reason="Nhập sai ngày")
    assert mine.get().during.upper is None, "the step carries it"
    mine.update(cause="act:1", unit=cast.other_ward)
    actions.end_employment(by=by, employment=step, last_on=date(2026, 9, 30), reason="Nghỉ hưu")
    assert mine.get().during.upper == date(2026, 10, 1)


def test_a_sheet_says_what_is_missing_and_for_whom(cast: Cast) -> None:
    make.employed(cast.member, cast.ward, salary=None)
    cycle = make.opened(cast.ward)
    Rating.objects.filter(cycle=cycle).update(
        state=RatingState.FINAL, level=Level.GOOD, final_on=date(2026, 10, 8)
    )
    sheet = actions.make_sheet(by=as_of(date(2026, 10, 9)), cycle=cycle)

    assert (sheet.lines.count(), sheet.state) == (0, SheetState.DRAFT)
    assert sheet.missing[-1] == "Trương Thị An: thiếu hệ số lương."
    assert "Thiếu hệ số năm cho ngày 01/07/2026." in sheet.missing


def test_a_quarter_before_the_scale_says_so_and_computes_nothing(cast: Cast) -> None:
    cycle = Cycle.objects.create(
        unit=cast.ward,
        kind="quarter",
        year=2023,
        number=3,
        first_on=date(2023, 7, 1),
        last_on=date(2023, 9, 30),
        opened_on=date(2023, 9, 21),
        limit_on=date(2023, 10, 5),
    )

    sheet = actions.make_sheet(by=as_of(date(2023, 10, 9)), cycle=cycle)

    assert sheet.missing == ["Thiếu thang xếp loại cho ngày 30/09/2023."]
    assert not sheet.lines.exists()


def test_nobody_gets_two_forms_of_one_period(cast: Cast, client_for: SignIn) -> None:
    """Trees that overlap, a transfer entered after the old unit opened, a published result."""
    stays, moves, told = (
        people.person(name, cast.ward, with_user=False) for name in ("Ở Lại", "Chuyển Đi", "Đã Công Bố")
    )
    for someone in (stays, moves, told):
        make.employed(someone, cast.ward)
    old = make.opened(cast.ward)
    Rating.objects.filter(cycle=old, person=told).update(
        state=RatingState.PUBLISHED, level=Level.GOOD, published_on=make.OPENED
    )
    with pytest.raises(Refused, match="đã có phiếu"):
        make.opened(cast.city)

    make.employed(moves, cast.other_ward, date(2026, 9, 25))
    make.employed(told, cast.other_ward, date(2026, 9, 25))
    new = make.opened(cast.other_ward)

    assert {one.person for one in new.ratings.all()} == {moves, told}
    fallen = make.form_of(old, moves)
    assert (fallen.state, fallen.reasons) == (
        RatingState.EXEMPT,
        [f"Từ đó làm việc ở {cast.other_ward.name}: xếp loại ở đó."],
    )
    with pytest.raises(Refused, match="không ai có hai phiếu"):
        actions.reopen_rating(by=as_of(make.OPENED), rating=fallen, reason="Nhầm")
    assert make.form_of(old, told).state == RatingState.PUBLISHED
    assert [(one.name, one.is_told) for one in rated_elsewhere(new)] == [("Đã Công Bố", True)]

    late = people.person("Vào Sau", cast.city, with_user=False)
    make.employed(late, cast.city)
    officer = client_for(people.officer(OfficeCode.EVALUATION_OFFICER, cast.city, "Cán Bộ Đánh Giá"))
    asked = {"unit": cast.city.code, "year": 2026, "number": 3, "steps": ["council"]}
    page = officer.post(reverse("rating_cycles"), asked, follow=True).content.decode()
    whole = Cycle.objects.get(unit=cast.city)
    assert [one.person for one in whole.ratings.all()] == [late]
    assert "Ở Lại · Hội Chữ thập đỏ phường Mẫu 1" in page
    assert "Chuyển Đi · Hội Chữ thập đỏ phường Mẫu 2" in page


def test_the_limit_of_an_open_period_is_moved_with_a_reason_and_every_day_follows(
    cast: Cast, client_for: SignIn
) -> None:
    make.employed(people.person("Người Làm Việc", cast.ward, with_user=False), cast.ward)
    cycle, by = make.opened(cast.ward), as_of(date(2026, 9, 22))
    for day, why, match in (
        (date(2026, 10, 9), " ", "(?i)vì sao|lý do"),
        (date(2026, 10, 5), "Nghỉ bù", "đã là ngày này"),
        (date(2026, 9, 22), "Nghỉ bù", "sau hôm nay"),
        (date(2028, 1, 1), "Nghỉ bù", "hơn một năm"),
    ):
        with pytest.raises(Refused, match=match):
            actions.move_calendar(by=by, cycle=cycle, limit_on=day, reason=why)

    moved = actions.move_calendar(by=by, cycle=cycle, limit_on=date(2026, 10, 8), reason="Nghỉ bù, CV 12")

    days = calendar(moved)
    assert (days.limit, days.decision_by, days.self_report_by, limit_by_law(moved)) == (
        date(2026, 10, 8),
        date(2026, 10, 7),
        date(2026, 9, 30),
        date(2026, 10, 5),
    )
    entry = AuditEntry.objects.get(act="evaluations.move_calendar")
    assert entry.reason == "Nghỉ bù, CV 12"
    officer = client_for(people.officer(OfficeCode.EVALUATION_OFFICER, cast.ward, "Cán Bộ Đánh Giá"))
    page = officer.get(reverse("rating_cycle", args=[cycle.pk])).content.decode()
    assert "Hạn theo quy định là 05/10/2026; đã dời sang 08/10/2026: Nghỉ bù, CV 12" in page
    url = reverse("rating_move", args=[cycle.pk])
    page = officer.post(url, {"limit_on": "2026-10-01", "reason": "Gõ dở"}).content.decode()
    assert "sau hôm nay" in page
    assert "Gõ dở" in page
    far = {"limit_on": f"{today() + timedelta(days=20):%Y-%m-%d}", "reason": "Họp lại"}
    assert officer.post(url, far).status_code == 302
    Cycle.objects.update(state="published")
    with pytest.raises(Refused, match="đã công bố"):
        actions.move_calendar(by=by, cycle=cycle, limit_on=date(2026, 10, 9), reason="Muộn")
