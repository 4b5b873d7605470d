"""Royalties: what appeared in a month, by the rate of its day, closed once; posts counted by unit."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from foundation.dates import ZONE
from foundation.refusal import Refused
from news.actions.royalties import close_royalties, set_royalty_rate
from news.models import RoyaltyRate, RoyaltySheet
from news.queries.royalties import counts_of_units, royalty_lines
from news.rules.royalties import Made, Rate, lines_of
from people.actors import system_actor
from people.enums import OfficeCode
from tests.conftest import Cast, sign_in
from tests.factories import news, people

JUNE = date(2026, 6, 1)
SHEET = "/lam-viec/tin-bai/nhuan-but/"


def rate(cast: Cast, piece: str, amount: int, on: date = date(2026, 1, 1), **more: Any) -> None:
    set_royalty_rate(
        by=system_actor(), unit=cast.city, piece=piece, amount=amount, from_on=on, citation="QĐ (mẫu)", **more
    )


def at(day: int, month: int = 6, hour: int = 8) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZONE)


def test_each_piece_by_the_rate_of_its_day() -> None:
    rates = [
        Rate("article", date(2026, 1, 1), date(2026, 6, 15), 300, 5, True),
        Rate("article", date(2026, 6, 15), None, 400, 5, False),
        Rate("news", date(2026, 1, 1), None, 100, 0, True),
    ]
    days = [date(2026, 6, 14), date(2026, 6, 15), date(2026, 6, 16)]
    made = [Made("An", f"Bài {day}", day, "article", 5) for day in days]
    made += [Made("An", "Tin ngắn", days[0], "article", 4), Made("Bình", "Ảnh", days[0], "picture")]
    told = [(one.author, one.piece, one.amount, one.confirmed) for one in lines_of(made, rates)]
    assert told == [
        ("An", "article", 300, True),
        ("An", "news", 100, True),
        ("An", "article", 400, False),
        ("An", "article", 400, False),
        ("Bình", "picture", None, False),
    ]


@pytest.mark.django_db
def test_a_month_is_counted_and_closed_once(cast: Cast) -> None:
    shown = news.picture(cast.ward, credit="Lê Ảnh")
    first = news.published(cast.ward, "Tháng Năm", at=at(31, 5, 23), author_line="Trần Viết", cover=shown)
    news.published(cast.ward, "Đầu tháng", at=at(1, 6, 0), author_line="Trần Viết", cover=shown)
    new = news.picture(cast.ward, credit="Lê Ảnh", alt="Ảnh mới")
    news.published(cast.ward, "Cuối tháng", at=at(30, 6, 23), author_line="Phạm Tin", cover=new)
    news.published(cast.ward, "Tháng Bảy", at=at(1, 7), author_line="Phạm Tin")
    news.post(cast.ward, "Còn nháp", author_line="Phạm Tin")
    assert first.cover == shown
    with pytest.raises(Refused):
        close_royalties(by=system_actor(), unit=cast.ward, month=JUNE)  # no rate yet
    rate(cast, "article", 300_000)
    rate(cast, "picture", 50_000)
    lines = [(one.author, one.title, one.amount) for one in royalty_lines(cast.ward, JUNE)]
    assert lines == [
        ("Lê Ảnh", "Ảnh mới", 50_000),
        ("Phạm Tin", "Cuối tháng", 300_000),
        ("Trần Viết", "Đầu tháng", 300_000),
    ]
    sheet = close_royalties(by=system_actor(), unit=cast.ward, month=JUNE)
    rate(cast, "article", 900_000, date(2026, 6, 2))
    again = close_royalties(by=system_actor(), unit=cast.ward, month=date(2026, 6, 9))
    assert (again.pk, again.total, again.is_confirmed) == (sheet.pk, 650_000, False)
    assert RoyaltySheet.objects.count() == 1


@pytest.mark.django_db
def test_the_sheet_as_page_excel_and_pdf(cast: Cast) -> None:
    publisher = people.officer(OfficeCode.PUBLISHER, cast.city)
    client = sign_in(publisher)
    news.published(cast.city, "=Bài lạ", at=at(3), author_line="Trần Viết")
    rate(cast, "article", 300_000)
    query = f"?don-vi={cast.city.code}&thang=2026-06"
    page = client.get(SHEET + query).content.decode()
    assert "Ba trăm nghìn đồng" in page
    assert "chưa được xác nhận" in page
    book = openpyxl.load_workbook(BytesIO(client.get(f"{SHEET}excel/{query}").content))
    rows = list(book.worksheets[0].iter_rows(min_row=6, max_row=8, values_only=True))
    assert rows[0][1:4] == ("Trần Viết", "'=Bài lạ", "Bài")
    assert rows[1][5] == "=SUM(F6:F6)"
    assert rows[2][0] == "Bằng chữ: Ba trăm nghìn đồng."
    assert client.get(f"{SHEET}pdf/{query}").content.startswith(b"%PDF")
    answer = client.post(
        f"{SHEET}muc/", {"piece": "news", "amount": "100000", "words_from": "0", "from_on": "2026-02-01"}
    )
    assert (answer.status_code, "Quyết định" in answer.content.decode()) == (422, True)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_posts_of_units_are_counted(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        news.published(cast.ward, f"Bài {number}", at=at(10 + number), cover=news.picture(cast.ward))
    news.published(cast.other_ward, "Bài khác", at=at(9, 7))
    with django_assert_num_queries(4):
        told = counts_of_units(system_actor(), JUNE, date(2026, 6, 30))
    assert told[0] == (cast.ward, count, count, 0, 0, "")
    assert {row.posts for row in told[1:]} == {0}
    client: Client = sign_in(people.officer(OfficeCode.PUBLISHER, cast.city))
    page = client.get("/lam-viec/tin-bai/theo-don-vi/?tu=2026-06-01&den=2026-06-30")
    assert page.status_code == 200
    excel = client.get("/lam-viec/tin-bai/theo-don-vi/?tu=2026-06-01&den=2026-06-30&excel=1")
    assert openpyxl.load_workbook(BytesIO(excel.content)).worksheets[0]["C6"].value == count


@pytest.mark.django_db
def test_the_accountant_reads_and_the_publisher_confirms(cast: Cast) -> None:
    news.published(cast.city, "Bài tháng Sáu", at=at(3), author_line="Trần Viết")
    rate(cast, "article", 300_000)
    query = f"?don-vi={cast.city.code}&thang=2026-06"
    accountant = sign_in(people.officer(OfficeCode.ACCOUNTANT, cast.city))
    publisher = sign_in(people.officer(OfficeCode.PUBLISHER, cast.city))
    assert "Ba trăm nghìn đồng" in accountant.get(SHEET + query).content.decode()
    assert accountant.get(f"{SHEET}excel/{query}").status_code == 200
    rates = accountant.get(f"{SHEET}muc/").content.decode()
    assert ("QĐ (mẫu)" in rates, "Mức mới" in rates, "Đã xem quyết định" in rates) == (True, False, False)
    confirm = f"{SHEET}muc/{RoyaltyRate.objects.get().pk}/xac-nhan/"
    refused = [accountant.post(address).status_code for address in (SHEET + query, f"{SHEET}muc/", confirm)]
    assert refused == [302, 403, 403]  # the first says on the page that the office does not allow it
    assert not RoyaltySheet.objects.exists()
    assert not RoyaltyRate.objects.get().confirmed
    assert publisher.post(confirm).status_code == 302
    assert RoyaltyRate.objects.get().confirmed
    assert "chưa được xác nhận" not in accountant.get(SHEET + query).content.decode()
    publisher.post(SHEET + query)
    assert "Đã chốt: 06/2026" in accountant.get(SHEET).content.decode()
