"""A year from the rows: by conditions, by products, by the unit's own points; facts; evidence; lateness."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluations import actions
from evaluations.enums import FactKind, LegalStatus, Level, Mode, RatingState, Reading
from evaluations.models import Evidence, Rating, StaffFact
from evaluations.queries.annual import final_years
from evaluations.queries.board import board, caps
from foundation.refusal import Refused
from ledger.models import StoredFile
from people.enums import OfficeCode
from redcross.demo.papers import as_of
from tests.conftest import Cast, SignIn
from tests.factories import evaluations as make
from tests.factories import people

pytestmark = pytest.mark.django_db
DECIDED, WELL = date(2026, 12, 10), {"done": Decimal(100), "on_time": Decimal(100)}


def facts(rating: Rating, **values: Any) -> Rating:
    values = {**WELL, "exceeded": Decimal(60), **values}
    return actions.score_year(by=as_of(DECIDED), rating=rating, version=rating.version, values=values)


def decided(rating: Rating, score: Decimal | None = None, **values: Any) -> Rating:
    return actions.decide_rating(
        by=as_of(DECIDED), rating=rating, version=rating.version, score=score, **values
    )


def test_a_public_employee_is_rated_by_conditions_and_another_level_needs_a_reason(cast: Cast) -> None:
    rating = facts(make.in_a_year(cast.ward), exceeded=Decimal(40))
    assert (rating.state, rating.level, rating.score) == (RatingState.SCORED, Level.GOOD, None)

    with pytest.raises(Refused, match="phải ghi lý do"):
        decided(rating, level=Level.EXCELLENT)
    rating = decided(rating, level=Level.FAIR, reason="Theo kết luận của tập thể lãnh đạo")
    assert rating.level == Level.FAIR
    assert rating.reasons[-1] == "Thủ trưởng quyết định khác: Theo kết luận của tập thể lãnh đạo"
    assert any("Nghị định 90/2020/NĐ-CP" in reason for reason in rating.reasons)
    kept = rating.events.filter(state=RatingState.SCORED).get().kept["facts"]
    assert ["trong đó vượt yêu cầu (%)", "40"] in [[name, str(Decimal(value))] for name, value in kept]


def test_what_is_not_known_leaves_the_level_open(cast: Cast) -> None:
    rating = facts(make.in_a_year(cast.ward), exceeded=None)
    assert rating.level == ""

    with pytest.raises(Refused, match="chọn mức"):
        decided(rating)
    assert decided(rating, level=Level.GOOD, reason="Không có số vượt").level == Level.GOOD


def test_a_civil_servant_has_points_a_discipline_takes_them(cast: Cast) -> None:
    rating = make.in_a_year(cast.ward, status=LegalStatus.CIVIL_SERVANT)
    given = {"general": 28, "assigned": 40, "finished": 40, "errors": 2, "delays": 4}
    rating = facts(rating, **{name: Decimal(value) for name, value in given.items()})
    assert rating.score == Decimal("97.13")

    with pytest.raises(Refused, match="phải ghi lý do"):
        decided(rating, Decimal(95))
    rating = decided(rating, Decimal("97.13"))
    assert (rating.level, len(rating.reasons)) == (Level.EXCELLENT, 3)
    make.fact(
        rating.employment,
        FactKind.DISCIPLINE,
        first_on=date(2026, 5, 4),
        last_on=None,
        penalty="reprimand",
        decision="45/QĐ-CTĐ",
    )
    rating = decided(rating, Decimal("97.13"))
    assert (rating.level, rating.is_disciplined) == (Level.POOR, True)
    assert "Bị kỷ luật ngày 04/05/2026, 45/QĐ-CTĐ." in rating.reasons


def test_staff_of_the_association_follow_the_units_own_points_or_the_heads_choice(cast: Cast) -> None:
    make.criteria(cast.ward)
    rating = make.scored(make.in_a_year(cast.ward, status=LegalStatus.ASSOCIATION_STAFF), Decimal(29))
    assert rating.score == 58
    with pytest.raises(Refused, match="chọn mức"):
        decided(rating, Decimal(58))
    assert decided(rating, Decimal(58), level=Level.FAIR).level == Level.FAIR

    actions.issue_regulation(
        by=as_of(date(2026, 1, 5)),
        unit=cast.ward,
        from_on=date(2026, 1, 1),
        decision="Quy chế 15/QC-CTĐ (mẫu)",
        values={"excellent": Decimal(90), "good": Decimal(55), "fair": Decimal(40)},
    )
    rating = Rating.objects.get(pk=rating.pk)
    rating = decided(rating, Decimal(58))
    assert rating.level == Level.GOOD
    assert "Quy chế 15/QC-CTĐ (mẫu)" in rating.reasons[0]
    with pytest.raises(Refused, match="điểm"):
        actions.issue_regulation(
            by=as_of(DECIDED),
            unit=cast.ward,
            from_on=DECIDED,
            decision="Sai",
            values={"excellent": Decimal(50), "good": Decimal(60), "fair": Decimal(40)},
        )


def test_six_months_of_leave_are_not_rated_and_stand_in_no_share(cast: Cast) -> None:
    rating = make.in_a_year(cast.ward)
    make.fact(rating.employment, first_on=date(2026, 2, 1), last_on=date(2026, 7, 31))
    rating = facts(rating)
    assert rating.level == ""

    with pytest.raises(Refused, match="không xếp loại"):
        decided(rating, level=Level.GOOD, reason="Vẫn tốt")
    rating = actions.exempt_rating(by=as_of(DECIDED), rating=rating, reason="Nghỉ sáu tháng")
    (row,) = board(as_of(date(2027, 2, 1)), rating.cycle, rating.cycle.ratings.all())
    assert (row.is_late, row.level, row.rating.state) == (False, "", RatingState.EXEMPT)
    assert actions.reopen_rating(by=as_of(DECIDED), rating=rating, reason="Tính sai").state == "reported"


def test_the_cap_of_a_year_stops_where_the_regulation_says_so(cast: Cast) -> None:
    """Five at excellent, none good: by "good or better" one may be, by "good" none."""
    make.criteria(cast.ward)
    for _number in range(5):
        decided(facts(make.in_a_year(cast.ward)))
    cycle = Rating.objects.all()[0].cycle
    found = caps(cycle, board(as_of(DECIDED), cycle, cycle.ratings.all()))
    assert found is not None
    assert (found.mode, found.reading, found.rows[0].most) == (
        Mode.WARN,
        Reading.GOOD,
        {"good": 0, "good_or_better": 1},
    )
    actions.issue_regulation(
        by=as_of(date(2026, 1, 5)),
        unit=cast.ward,
        from_on=date(2026, 1, 1),
        decision="Quy chế (mẫu)",
        values={"cap_mode": Mode.STOP, "cap_reading": Reading.GOOD_OR_BETTER},
    )
    cycle = type(cycle).objects.get(pk=cycle.pk)
    with pytest.raises(Refused, match="chưa công bố được"):
        actions.publish_cycle(by=as_of(DECIDED), cycle=cycle, decision="9/QĐ")
    keys = list(cycle.ratings.values_list("pk", flat=True))[1:]
    for one in Rating.objects.filter(pk__in=keys):
        decided(one, level=Level.GOOD, reason="Theo tỷ lệ")
    published = actions.publish_cycle(by=as_of(DECIDED), cycle=cycle, decision="9/QĐ")
    assert published.rules["public_employee"]["by"] == "conditions"


def test_only_final_years_are_told_upstairs(cast: Cast) -> None:
    rating = decided(facts(make.in_a_year(cast.ward)))
    actions.publish_cycle(by=as_of(DECIDED), cycle=rating.cycle, decision="9/QĐ")
    assert final_years(2026) == {}
    actions.make_final(by=as_of(date(2026, 12, 20)), rating=rating)
    assert final_years(2026) == {rating.person_id: [(2026, Level.EXCELLENT)]}
    assert final_years(2025) == {}


def test_a_report_a_day_late_is_handed_over_with_a_reason_that_is_shown(
    cast: Cast, client_for: SignIn
) -> None:
    make.criteria(cast.ward)
    make.employed(cast.member, cast.ward)
    rating = make.form_of(make.opened(cast.ward), cast.member)
    own = {"by": as_of(date(2026, 9, 25)), "rating": rating, "version": 1, "given": {}, "words": "Xong"}
    late = {**own, "by": as_of(date(2026, 9, 26))}

    with pytest.raises(Refused, match="đã qua hạn"):
        actions.hand_over_report(**late)
    actions.hand_over_report(**{**late, "is_draft": True})
    actions.hand_over_report(**{**late, "version": 2, "late_reason": "Đi công tác Cần Giờ"})
    page = client_for(people.officer(OfficeCode.UNIT_HEAD, cast.ward)).get(
        reverse("rating", args=[rating.key])
    )
    assert "Đi công tác Cần Giờ" in page.content.decode()


def test_evidence_is_a_file_of_its_criterion_read_after_it_is_handed_over(
    cast: Cast, client_for: SignIn
) -> None:
    make.criteria(cast.ward)
    make.employed(cast.member, cast.ward)
    rating = make.form_of(make.opened(cast.ward), cast.member)
    first = rating.criteria_set.criteria.all()[0]  # type: ignore[union-attr]
    mine, head = client_for(cast.member), client_for(people.officer(OfficeCode.UNIT_HEAD, cast.ward))
    url = reverse("mine_rating", args=[rating.key])
    typed = {"version": 1, "words": "Đang viết", "draft": "1"}

    wrong = SimpleUploadedFile("anh.svg", b"<svg/>")
    assert "PDF, JPEG hoặc PNG" in mine.post(url, {**typed, f"f{first.pk}": wrong}).content.decode()
    good = SimpleUploadedFile("bao-cao.pdf", b"%PDF-1.4 bao cao")
    assert mine.post(url, {**typed, f"f{first.pk}": good}).status_code == 302
    row = Evidence.objects.get()
    theirs = reverse("rating_evidence", args=[rating.key, row.pk])
    assert head.get(theirs).status_code == 404
    sent: Any = mine.get(reverse("mine_evidence", args=[rating.key, row.pk]))
    assert b"".join(sent.streaming_content) == b"%PDF-1.4 bao cao"
    assert client_for(cast.nobody).get(theirs).status_code == 403

    handed = {"version": 2, "words": "Xong", "late_reason": "Đi công tác"}
    assert mine.post(url, handed).status_code == 302
    assert head.get(theirs).status_code == 200
    assert "bao-cao.pdf" in head.get(reverse("rating", args=[rating.key])).content.decode()
    elsewhere = client_for(people.officer(OfficeCode.UNIT_HEAD, cast.other_ward, "Nơi Khác"))
    assert elsewhere.get(theirs).status_code == 404


def test_evidence_is_taken_away_with_its_bytes(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    rating = make.rated(cast.ward)
    rating.state, rating.reported_at = RatingState.OPEN, None
    rating.save()
    row = make.evidence(rating)
    with django_capture_on_commit_callbacks(execute=True):
        actions.hand_over_report(
            by=as_of(make.OPENED),
            rating=rating,
            version=rating.version,
            words="Xong",
            given={},
            drop=[row.pk],
        )
    assert (Evidence.objects.count(), StoredFile.objects.filter(pk=row.file_id).count()) == (0, 0)


def test_facts_of_a_working_life_are_entered_ended_and_taken_back(cast: Cast, client_for: SignIn) -> None:
    job = make.employed(cast.member, cast.ward)
    client = client_for(people.officer(OfficeCode.EVALUATION_OFFICER, cast.ward, "Người Xếp Loại"))
    new = reverse("staff_fact_new", args=[job.pk])

    bare = {"kind": "discipline", "first_on": "2026-05-04"}
    assert "Chọn hình thức kỷ luật" in client.post(new, bare).content.decode()
    told = client.post(new, {**bare, "penalty": "warning"}).content.decode()
    assert "Nhập số quyết định." in told
    assert client.post(new, {"kind": "maternity", "first_on": "2026-05-04"}).status_code == 302
    twice = client.post(new, {"kind": "maternity", "first_on": "2026-06-01"}).content.decode()
    assert "đã có" in twice
    row = StaffFact.objects.get()
    one = reverse("staff_fact", args=[row.pk])
    assert client.post(one, {"act": "end", "last_on": "2026-11-03"}).status_code == 302
    row.refresh_from_db()
    assert row.during.upper == date(2026, 11, 4)
    assert "04/05/2026 – 03/11/2026" in client.get(reverse("staff", args=[job.pk])).content.decode()
    assert client.post(one, {"act": "remove", "reason": "Nhập nhầm người"}).status_code == 302
    assert StaffFact.objects.count() == 0


def test_a_year_is_typed_decided_and_answered_on_pages(cast: Cast, client_for: SignIn) -> None:
    rating = make.in_a_year(cast.ward)
    scoring = client_for(people.officer(OfficeCode.DEPARTMENT_HEAD, cast.ward, "Trưởng Ban"))
    head = client_for(people.officer(OfficeCode.UNIT_HEAD, cast.ward, "Thủ Trưởng"))
    score, year = (reverse(name, args=[rating.key]) for name in ("rating_score", "rating_year"))

    assert scoring.get(score).headers["Location"] == year
    typed = {"version": rating.version, "done": "100", "on_time": "85,5", "exceeded": "60"}
    assert scoring.post(year, typed).status_code == 302
    old = scoring.post(year, typed).content.decode()
    assert "Người khác vừa lưu" in old
    assert 'value="85,5"' in old
    decide = reverse("rating_decide", args=[rating.key])
    page = head.get(decide).content.decode()
    assert "14,5 % số việc chậm hoặc chưa đạt" in page
    assert 'name="score"' not in page
    rating.refresh_from_db()
    assert head.post(decide, {"version": rating.version, "level": "fair"}).status_code == 302
    rating.refresh_from_db()
    actions.publish_cycle(by=as_of(DECIDED), cycle=rating.cycle, decision="9/QĐ")
    actions.file_petition(by=as_of(DECIDED), rating=rating, words="Xin xem lại")
    answer = reverse("rating_answer", args=[rating.key])
    reply = {"level": "good", "answer": "Chấp nhận", "late_reason": "Họp muộn"}
    assert head.post(answer, reply).status_code == 302
    rating.refresh_from_db()
    assert (rating.state, rating.level) == (RatingState.FINAL, Level.GOOD)
