"""Lists as of a day: who is on them, the day before, of and after; what leaves the portal; queries."""

from datetime import date, timedelta
from io import BytesIO
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from foundation.dates import today
from ledger.models import AuditEntry
from members import actions
from members.actions.dues_campaigns import reconcile_campaign
from members.actions.dues_money import take_receipt
from members.actions.life import Wanted
from members.enums import Ending, Kind
from members.models import Membership
from members.queries.lists import LISTS, Asked, listed
from papers.models import Paper
from people.actions.acts import Line, Plan, carry_out_act, confirm_act, enter_act
from people.actors import system_actor
from people.enums import ActKind, OfficeCode
from people.models import Export, Person, Unit
from tests.conftest import Cast, sign_in
from tests.factories import dues, people
from tests.factories import members as make
from tests.factories import volunteers as vol

pytestmark = pytest.mark.django_db
D = date(2026, 11, 1)


def who(code: str, by: Any, **asked: Any) -> list[str]:
    """Names on the list, as it stands in its order."""
    rule = LISTS[code]
    asked.setdefault("on", today())
    rows = listed(by, rule, Asked(**asked))
    person_of = attrgetter(rule.path.replace("__", "."))
    return [person_of(row).full_name for row in rows]


def one(
    name: str, unit: Unit, kind: Kind = Kind.MEMBER, since: date = make.SINCE, **person: Any
) -> Membership:
    row = make.member(people.person(name, unit, with_user=False), unit, kind, since)
    Person.objects.filter(pk=row.person_id).update(**person)
    return row


def test_members_as_of_a_day_within_the_own_units(cast: Cast) -> None:
    officer, city = people.actor(cast.unit_officer), people.actor(cast.city_officer)
    stays = one("Lê An", cast.ward)
    leaves = one("Lê Bình", cast.ward)
    one("Lê Châu", cast.other_ward)
    one("Lê Dung", cast.ward, since=D + timedelta(days=1))
    actions.change_life(by=system_actor(), membership=leaves, wanted=Wanted(Ending.LEFT, D, "wish"))

    assert who("hoi-vien", officer, on=D - timedelta(days=1)) == ["Lê An", "Lê Bình"]
    assert who("hoi-vien", officer, on=D) == ["Lê An"]
    assert who("hoi-vien", officer, on=D + timedelta(days=1)) == ["Lê An", "Lê Dung"]
    assert who("hoi-vien", city, on=D) == ["Lê An", "Lê Châu"]
    assert who("hoi-vien", city, on=D, unit=cast.other_ward) == ["Lê Châu"]
    assert who("hoi-vien", officer, on=D, unit=cast.other_ward) == []
    assert who("hoi-vien", officer, on=D, q="le an") == ["Lê An"]
    assert stays.during == DateRange(make.SINCE, None)


def test_after_a_merger_the_heir_lists_the_days_before(cast: Cast) -> None:
    """The old ward's members of an earlier day are the heir's to list, of no other neighbour."""
    old = people.unit("Hội Chữ thập đỏ phường Mẫu 1A", cast.city, code="P001A")
    branch = make.branch(old, code="A-KP1")
    one("Lê Cũ", branch)
    merged = today() - timedelta(days=5)
    act = enter_act(
        by=system_actor(), kind=ActKind.MERGE, decision_number="1/QĐ", decided_on=merged, effective_on=merged,
        plan=Plan(lines=[Line(source=old, target=cast.ward, is_whole=True)]),
    )  # fmt: skip
    act = confirm_act(by=system_actor(), act=act)
    if act.state != "done":
        carry_out_act(by=system_actor(), pk=act.pk)
    officer, other = people.actor(cast.unit_officer), people.actor(cast.city_officer)

    assert who("hoi-vien", officer) == ["Lê Cũ"]
    assert who("hoi-vien", officer, on=merged - timedelta(days=1)) == ["Lê Cũ"]
    assert who("hoi-vien", officer, on=merged - timedelta(days=1), unit=cast.ward) == ["Lê Cũ"]
    assert who("hoi-vien", other, on=merged - timedelta(days=1), unit=cast.other_ward) == []
    neighbour = people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward, "Láng Giềng")
    assert who("hoi-vien", people.actor(neighbour), on=merged - timedelta(days=1)) == []


def test_youth_by_age_on_the_day_of_the_birthday(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    one("Vừa Tròn", cast.ward, Kind.YOUTH, birth_date=date(2010, 11, 1), birth_year=2010)
    one("Năm Sinh", cast.ward, Kind.YOUTH, birth_year=2010)
    one("Nhuận", cast.ward, Kind.JUNIOR, birth_date=date(2012, 2, 29), birth_year=2012)

    assert who("thanh-thieu-nien", by, on=D, age_from=16) == ["Năm Sinh", "Vừa Tròn"]
    assert who("thanh-thieu-nien", by, on=D - timedelta(days=1), age_from=16) == ["Năm Sinh"]
    assert who("thanh-thieu-nien", by, on=D, age_to=14) == ["Nhuận"]
    assert who("thanh-thieu-nien", by, on=date(2026, 2, 28), age_to=13) == ["Nhuận"]
    assert who("thanh-thieu-nien", by, on=date(2026, 3, 1), age_to=13) == []


def test_new_and_ended_in_a_period_by_reason(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    one("Mới Đầu", cast.ward, since=D)
    one("Mới Sau", cast.ward, since=D + timedelta(days=1))
    gone, dead = one("Đi Rồi", cast.ward), one("Qua Đời", cast.ward)
    for row, act, code in ((gone, Ending.LEFT, "moved"), (dead, Ending.DECEASED, "death")):
        actions.change_life(by=system_actor(), membership=row, wanted=Wanted(act, D, code))

    assert who("moi", by, first=D, last=D) == ["Mới Đầu"]
    assert who("moi", by, first=D) == ["Mới Đầu", "Mới Sau"]
    assert who("ket-thuc", by, first=D, last=D) == ["Qua Đời", "Đi Rồi"] or who(
        "ket-thuc", by, first=D, last=D
    ) == ["Đi Rồi", "Qua Đời"]
    assert who("ket-thuc", by, first=D, last=D, ending="death") == ["Qua Đời"]
    assert who("ket-thuc", by, first=D - timedelta(days=9), last=D - timedelta(days=1)) == []


def test_unpaid_without_card_jubilee_incomplete_transferred_delegates(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    payer = one(
        "Đã Nộp", cast.ward, birth_date=D.replace(year=1990), birth_year=1990, sex="male", address="Hẻm 1"
    )
    payer.person.phones.create(number="+84500000009", as_given="0500000009", kind="mobile")
    owing = one("Còn Nợ", cast.ward)
    actions.report_lost(by=system_actor(), card=make.card(owing), reason="Rơi")
    long_ago = date(today().year - 20, 3, 1)
    Membership.objects.filter(pk=owing.pk).update(during=DateRange(long_ago, None))
    campaign = dues.campaign(cast.ward, today().year)
    [charge] = [row for row in dues.charges(campaign) if row.person_id == payer.person_id]
    take_receipt(
        by=system_actor(), campaign=campaign, branch=cast.ward, amounts={charge.pk: charge.amount},
        payer="Chi hội", received_on=today(),
    )  # fmt: skip
    congress = vol.congress(cast.ward)
    vol.delegate(congress, payer.person, cast.ward, 1)

    assert who("chua-nop", by) == ["Còn Nợ"]
    assert who("chua-nop", by, year=2001) == []
    assert who("chua-the", by) == ["Còn Nợ"]
    assert who("ky-niem", by) == ["Còn Nợ"]
    assert who("ky-niem", by, year=today().year + 1) == []
    assert who("thieu-du-lieu", by) == ["Còn Nợ"]
    assert who("dai-bieu", by) == ["Đã Nộp"]
    make.transfer(payer, cast.other_ward)
    assert who("chuyen", by) == ["Đã Nộp"]
    assert who("chuyen", people.actor(people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward))) == ["Đã Nộp"]


def test_volunteers_by_what_they_bring(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    able, idle, fresh = (
        vol.volunteer(name, cast.ward, since)
        for name, since in (
            ("Giỏi Nghề", date(2024, 1, 1)),
            ("Lâu Vắng", date(2024, 1, 1)),
            ("Mới Nhận", today()),
        )
    )
    vol.skill(able.person)
    vol.skill(idle.person, expires_on=today() - timedelta(days=1))
    vol.language(able.person)
    vol.profile(able.person, fields=["first_aid"], availability=["emergency"], area="Phường Mẫu 3")
    vol.served(able.person, cast.ward)
    vol.signed(able.person)

    assert who("tinh-nguyen-vien", by) == ["Giỏi Nghề", "Mới Nhận", "Lâu Vắng"]
    assert who("tinh-nguyen-vien", by, active="yes") == ["Giỏi Nghề", "Mới Nhận"]
    assert who("tinh-nguyen-vien", by, active="no") == ["Lâu Vắng"]
    for asked in (
        {"skill": "first_aid_1"}, {"language": "en"}, {"field": "first_aid"}, {"free": "emergency"},
        {"area": "mau 3"}, {"conduct": "yes"},
    ):  # fmt: skip
        assert who("tinh-nguyen-vien", by, **asked) == ["Giỏi Nghề"], asked
    assert who("tinh-nguyen-vien", by, conduct="no") == ["Mới Nhận", "Lâu Vắng"]
    assert fresh.person.full_name == "Mới Nhận"


@pytest.mark.parametrize("code", list(LISTS))
def test_a_page_takes_as_many_queries_with_one_row_as_with_three(cast: Cast, code: str) -> None:
    client = sign_in(cast.unit_officer)

    def fill(n: int) -> None:
        branch = make.branch(cast.ward, f"Chi hội {n}", f"KP{n}")
        for kind in (Kind.VOLUNTEER, Kind.YOUTH, Kind.MEMBER):
            row = one(f"Người {n} {kind}", branch, kind)
        vol.skill(Person.objects.get(full_name=f"Người {n} volunteer"))
        Membership.objects.filter(pk=row.pk).update(during=DateRange(date(today().year - 5, 1, 1), None))
        ended = one(f"Người Đi {n}", branch)
        actions.change_life(by=system_actor(), membership=ended, wanted=Wanted(Ending.LEFT, today(), "wish"))
        make.transfer(one(f"Người Chuyển {n}", branch), cast.other_ward)
        lost = one(f"Người Mất Thẻ {n}", branch)
        actions.report_lost(by=system_actor(), card=make.card(lost), reason="Rơi")
        vol.delegate(congress, row.person, branch, n)

    congress = vol.congress(cast.ward)
    fill(1)
    if code == "chua-nop":
        campaign = dues.campaign(cast.ward, today().year)
    url = reverse("member_list", args=[code])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        assert "Người" in client.get(url).content.decode()
    fill(2)
    fill(3)
    if code == "chua-nop":
        reconcile_campaign(by=system_actor(), campaign=campaign)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).content.decode().count("data-label=") > 6
    assert len(many) == len(few) <= 32


def test_to_excel_with_a_reason_for_protected_columns(cast: Cast) -> None:
    one("Lê An", cast.ward)
    one("Lê Châu", cast.other_ward)
    client = sign_in(cast.unit_officer)
    url = reverse("member_list_export", args=["hoi-vien"]) + "?" + urlencode({"ngay": f"{D:%d/%m/%Y}"})
    assert client.get(url).status_code == 200
    refused = client.post(url, {"columns": ["unit", "kind"], "protected": ["phone"], "reason": ""})
    assert refused.status_code == 200
    assert not Export.objects.exists()
    client.post(url, {"columns": ["unit", "kind"], "protected": ["phone"], "reason": "Gọi dự họp"})

    export = Export.objects.get()
    assert (export.what, export.rows, export.with_protected) == ("members.hoi-vien", 1, True)
    assert export.file is not None
    with export.file.file.open("rb") as file:
        sheet = load_workbook(BytesIO(file.read())).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "Hội viên"
    assert "01/11/2026" in rows[1][0]
    assert rows[-1][:4] == [1, "Lê An", "Hội Chữ thập đỏ phường Mẫu 1", "Hội viên"]
    assert AuditEntry.objects.filter(act="people.ask_export").count() == 1
    assert "Hội viên" in client.get(reverse("export_list")).content.decode()


def test_on_paper_and_as_annex(cast: Cast) -> None:
    row = one("Lê An", cast.ward)
    row.person.phones.create(number="+84500000123", as_given="0500000123", kind="mobile")
    client = sign_in(cast.unit_officer)
    printed = client.get(reverse("member_list_print", args=["hoi-vien"])).content.decode()
    assert "Lê An" in printed
    assert "0500000123" not in printed
    client.post(reverse("member_list_paper", args=["hoi-vien"]))
    paper = Paper.objects.get()
    assert "Lê An" in str(paper.form)
    assert paper.unit == cast.ward


def test_a_filter_that_makes_no_sense_is_not_given(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    url = reverse("member_list", args=["hoi-vien"])
    for query in ({"ngay": "31/02/2026"}, {"tuoi_tu": "x"}, {"don_vi": "???"}, {"loai": "vua"}):
        assert client.get(url, query).status_code == 200, query
    assert client.get(reverse("member_list", args=["khong-co"])).status_code == 404
