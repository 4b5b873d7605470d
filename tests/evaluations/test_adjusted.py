"""Who was paid on a closed sheet and falls out later: taken back to the đồng, or told why not."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from evaluations import actions
from evaluations.enums import Level, RatingState
from evaluations.models import Cycle, Employment, Rating, Sheet
from evaluations.printing.excel import write_pay_sheet
from evaluations.printing.pdf import pay_sheet_pdf
from people.enums import OfficeCode
from people.models import Person
from redcross.demo.papers import as_of
from redcross.registry import merge_everywhere
from tests.conftest import Cast, SignIn
from tests.factories import evaluations as make
from tests.factories import people

pytestmark = pytest.mark.django_db

NAMES = (
    *("Không Xếp Loại", "Đang Chấm Lại", "Nghỉ Từ Trước", "Mất Giữa Quý"),
    *(
        "Chuyển Đã Chốt",
        "Chuyển Chưa Chốt",
        "Hồ Sơ Gộp",
        "Hồ Sơ Giữ",
        "Không Hoàn Thành",
        "Thiếu Hệ Số",
        "Không Đổi",
    ),
)
CLOSED, LATER = date(2026, 10, 9), date(2026, 10, 28)
MONTH = 11_385_000  # 3.00 × 2.530.000 × 1,5


def paid_in_full(cast: Cast) -> tuple[Cycle, dict[str, Rating]]:
    """Everybody of NAMES excellent and paid three whole months on a closed sheet."""
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
    for name in NAMES:
        make.employed(people.person(name, cast.ward, with_user=name == NAMES[0]), cast.ward)
    cycle = make.opened(cast.ward)
    finish(cycle)
    close(cycle, CLOSED)
    return cycle, {one.person.full_name: one for one in cycle.ratings.select_related("person", "employment")}


def finish(cycle: Cycle, *people_: str) -> None:
    rows = cycle.ratings.filter(person__full_name__in=people_) if people_ else cycle.ratings.all()
    rows.update(state=RatingState.FINAL, level=Level.EXCELLENT, final_on=CLOSED)


def close(cycle: Cycle, on: date) -> Sheet:
    return actions.close_sheet(by=as_of(on), sheet=actions.make_sheet(by=as_of(on), cycle=cycle))


def move(person: Person, cast: Cast) -> None:
    """From 1 August in another unit, as somebody finds out in October."""
    make.employed(person, cast.other_ward, date(2026, 8, 1))


def test_whoever_falls_out_of_a_closed_sheet_is_taken_back_or_told(cast: Cast, client_for: SignIn) -> None:
    cycle, by_name = paid_in_full(cast)
    by = as_of(LATER)
    for name in ("Không Xếp Loại", "Đang Chấm Lại", "Không Hoàn Thành"):
        actions.reopen_rating(by=by, rating=by_name[name], reason="Phát hiện sai")
    actions.exempt_rating(by=by, rating=by_name["Không Xếp Loại"], reason="Nghỉ không lương cả quý")
    Rating.objects.filter(pk=by_name["Không Hoàn Thành"].pk).update(
        state=RatingState.FINAL, level=Level.POOR, final_on=LATER
    )
    for name, last_on in (("Nghỉ Từ Trước", date(2026, 6, 30)), ("Mất Giữa Quý", date(2026, 8, 31))):
        job = by_name[name].employment
        actions.end_employment(by=by, employment=job, last_on=last_on, reason="Nhập muộn")
    for name in ("Chuyển Đã Chốt", "Chuyển Chưa Chốt"):
        move(by_name[name].person, cast)
    there = make.opened(cast.other_ward, CLOSED)
    finish(there, "Chuyển Đã Chốt")
    merge_everywhere(as_of(LATER), by_name["Hồ Sơ Giữ"].person, by_name["Hồ Sơ Gộp"].person)
    Employment.objects.filter(pk=by_name["Thiếu Hệ Số"].employment_id).update(salary=None)

    extra = actions.make_sheet(by=by, cycle=cycle)

    found = {one.rating.person.full_name: one for one in extra.lines.select_related("rating__person")}
    told = {name: (line.entitled, line.amount, line.inputs["why"]) for name, line in found.items()}
    gone = "không có công việc theo hồ sơ nhân sự, trước đó: (3 + 0) × 2.530.000 × 1,5."
    assert told == {
        "Không Xếp Loại": (0, -3 * MONTH, ["Không còn xếp loại quý này: Nghỉ không lương cả quý"]),
        "Không Hoàn Thành": (
            0,
            -3 * MONTH,
            ["Xếp loại “không hoàn thành nhiệm vụ”, trước đó “hoàn thành xuất sắc nhiệm vụ”."],
        ),
        "Nghỉ Từ Trước": (0, -3 * MONTH, [f"{month}/2026: {gone}" for month in ("07", "08", "09")]),
        "Mất Giữa Quý": (2 * MONTH, -MONTH, [f"09/2026: {gone}"]),
        "Chuyển Đã Chốt": (
            0,
            -3 * MONTH,
            ["Đã xếp loại và chi quý này ở Hội Chữ thập đỏ phường Mẫu 2: mỗi người chi một lần."],
        ),
        "Hồ Sơ Gộp": (0, -3 * MONTH, ["Hồ sơ đã gộp vào hồ sơ khác của Hồ Sơ Giữ: chi ở đó, một lần."]),
    }
    assert extra.missing == [
        (
            "Chuyển Chưa Chốt: cũng được xếp loại ở Hội Chữ thập đỏ phường Mẫu 2, ở đó chưa chốt;"
            " số đã chi ở đây (34.155.000 đ) giữ nguyên đến khi đó."
        ),
        "Thiếu Hệ Số: thiếu hệ số lương.",
        (
            "Đang Chấm Lại: đang xếp loại lại (đã nộp bản tự đánh giá); số đã chi (34.155.000 đ) giữ nguyên"
            " đến khi chốt."
        ),
    ]
    moved = actions.make_sheet(by=by, cycle=there)
    assert [(one.amount, one.inputs.get("why")) for one in moved.lines.all()] == [(3 * MONTH, None)]

    accountant = client_for(people.officer(OfficeCode.ACCOUNTANT, cast.ward, "Kế Toán"))
    page = accountant.get(reverse("pay_sheet", args=[extra.key])).content.decode()
    assert "Nghỉ không lương cả quý" in page
    assert "Không xếp loại" in page
    head = client_for(people.officer(OfficeCode.UNIT_HEAD, cast.ward, "Thủ Trưởng"))
    chosen = head.get(reverse("rating_cycle", args=[cycle.pk]), {"xem": "khong-xep-loai"})
    assert [row.rating.person.full_name for row in chosen.context["page"]] == ["Không Xếp Loại"]
    assert ("khong-xep-loai", "không xếp loại trong kỳ", 1) in chosen.context["counts"]
    write_pay_sheet(io.BytesIO(), extra)
    assert pay_sheet_pdf(extra)
    actions.close_sheet(by=by, sheet=extra)
    mine = client_for(by_name["Không Xếp Loại"].person)
    page = mine.get(reverse("mine_rating", args=[by_name["Không Xếp Loại"].key])).content.decode()
    assert "-34.155.000 đ" in page
    assert page.count("Nghỉ không lương cả quý") == 2
    again = actions.make_sheet(by=by, cycle=cycle)
    assert not again.lines.exists(), "taken back once"


def test_a_rating_taken_up_again_is_paid_anew(cast: Cast) -> None:
    """Left out, taken back, then rated after all: the sums of the sheets are what is due."""
    cycle, by_name = paid_in_full(cast)
    rating = by_name["Không Xếp Loại"]
    actions.reopen_rating(by=as_of(LATER), rating=rating, reason="Xem lại")
    actions.exempt_rating(by=as_of(LATER), rating=rating, reason="Nghỉ cả quý")
    close(cycle, LATER)
    actions.reopen_rating(by=as_of(LATER), rating=rating, reason="Có đi làm")
    finish(cycle, "Không Xếp Loại")
    close(cycle, LATER)

    lines = rating.pay_lines.order_by("sheet__number")
    assert [line.amount for line in lines] == [3 * MONTH, -3 * MONTH, 3 * MONTH]
    assert "trước đó “không xếp loại trong kỳ”" in lines[2].inputs["why"][0]
