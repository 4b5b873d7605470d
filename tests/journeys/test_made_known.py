"""A resolution goes to 168 units, is read, late, reminded of, carried out, and followed down to zero."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F
from django.urls import reverse

from foundation.dates import today
from letters.models import Letter
from news.models import Receipt, Sending
from news.tasks import write_to_units
from people.enums import OfficeCode, UnitKind
from people.models import Unit, UnitCover, UnitLink
from tests.conftest import Cast
from tests.factories import documents, people
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
UNITS = 168


def wards(city: Unit, count: int) -> None:
    """So many wards more under the city."""
    period = DateRange(date(2025, 7, 1), None)
    made = [
        Unit(
            code=f"W{n:03}",
            kind=UnitKind.WARD,
            name=f"Hội Chữ thập đỏ phường Mẫu {n}",
            short_name=f"Phường Mẫu {n}",
            search_name=f" mau {n}",
            valid=period,
        )
        for n in range(3, 3 + count)
    ]
    Unit.objects.bulk_create(made)
    UnitLink.objects.bulk_create(UnitLink(unit=one, parent=city, during=period) for one in made)
    covers = [UnitCover(ancestor=one, unit=one, depth=0, during=period) for one in made]
    covers += [UnitCover(ancestor=city, unit=one, depth=1, during=period) for one in made]
    UnitCover.objects.bulk_create(covers)


def test_a_resolution_at_168_units(arrive: Arrive, cast: Cast) -> None:
    wards(cast.city, UNITS - 2)
    document = documents.published(cast.city, summary="Mỗi Hội cơ sở hai ngày hội một năm.")
    clerk = enter(arrive(), people.officer(OfficeCode.CLERK, cast.city))
    page = clerk.page
    clerk.open(reverse("document_edit", args=[document.pk]))
    found = clerk.axe_finds()
    page.get_by_role("link", name="Gửi các đơn vị").click()
    page.get_by_label(f"Phường ({UNITS})").check()
    page.get_by_label("Hạn thực hiện").fill(f"{today() + timedelta(days=20):%d/%m/%Y}")
    clerk.press("Tiếp tục")
    page.get_by_role("heading", name=f"Gửi văn bản này đến {UNITS} đơn vị?").wait_for()
    found += clerk.axe_finds()
    clerk.press(f"Gửi {UNITS} đơn vị")
    page.get_by_text(f"{UNITS} trên {UNITS} đơn vị chưa xác nhận").wait_for()
    sending = Sending.objects.get()
    assert sending.receipts.count() == UNITS
    write_to_units()
    assert Letter.objects.filter(template__code="news.document_sent").count() == 1

    ward = enter(arrive(width=390), cast.unit_officer)
    ward.open(reverse("received_list"))
    found += ward.axe_finds()
    ward.page.get_by_role("link", name="Nghị quyết 07/NQ-BCH").click()
    ward.press("Đã đọc, đã nắm")
    ward.page.get_by_text("Võ Thị Phương xác nhận lúc").wait_for()
    ward.page.get_by_label("Đã làm gì").or_(ward.page.locator("[name=note]")).first.fill("Đã họp 12 chi hội")
    ward.press("Báo nơi gửi")
    ward.page.get_by_text("Nơi gửi thấy ngay").wait_for()
    found += ward.axe_finds()

    Sending.objects.update(sent_at=F("sent_at") - timedelta(days=12), due_on=today() - timedelta(days=3))
    rest = list(sending.receipts.filter(acknowledged_at=None).order_by("unit__code"))
    for number, row in enumerate(rest[:-7]):
        row.acknowledged_at = sending.sent_at - timedelta(days=12 - min(number // 14, 11))
    Receipt.objects.bulk_update(rest[:-7], ["acknowledged_at"])
    clerk.open(reverse("sending", args=[sending.pk]))
    page.get_by_role("heading", name=f"7 trên {UNITS} đơn vị chưa xác nhận").wait_for()
    assert page.locator(".rc-wall__unit--bad").count() == 7
    found += clerk.axe_finds()
    clerk.press("Nhắc 7 đơn vị")
    page.get_by_text("Đang nhắc 7 đơn vị").wait_for()
    with page.expect_download() as book:
        page.get_by_role("link", name="Xuất Excel").click()
    assert book.value.suggested_filename == f"quan-triet-{sending.pk}.xlsx"

    for row in rest[-7:]:
        row.acknowledged_at = sending.sent_at
    Receipt.objects.bulk_update(rest[-7:], ["acknowledged_at"])
    clerk.open(reverse("sending", args=[sending.pk]))
    page.get_by_role("heading", name="Mọi đơn vị đã xác nhận").wait_for()
    assert page.locator(".rc-chart__value").last.inner_html() == "0"
    assert found == []
