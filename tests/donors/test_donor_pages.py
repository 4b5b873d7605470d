"""A donor's page and own pages: what is kept, what is attested, what follows when a donation is voided."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from donors.actions import confirm_donation, confirm_turns, issue_card, void_donation
from donors.enums import DonationState, Source
from donors.models import Confirmation, Donation, Donor, Family, LocalRule
from donors.queries.rules import booking, stricter_rules
from foundation.dates import today
from foundation.refusal import Refused
from ledger.models import AuditEntry, StoredFile
from papers.printing import address_of
from people.actions.exports import ask_list
from people.actors import actor_for, system_actor
from people.enums import OfficeCode
from people.models import Export, Person, Sighting
from tests.conftest import Cast, sign_in
from tests.factories import donors, news, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver(cast: Cast) -> Donor:
    return donors.donor(cast.member, cast.ward)


@pytest.fixture
def desk(cast: Cast) -> Client:
    """The donor officer of the city."""
    return sign_in(people.officer(OfficeCode.DONOR_OFFICER, cast.city))


def confirmed(giver: Donor, cast: Cast, on: date, **values: Any) -> Donation:
    return confirm_donation(by=system_actor(), donation=donors.donation(giver, cast.ward, on, **values))


def act(desk: Client, giver: Donor, name: str, **values: str) -> str:
    """The page after one act of the officer."""
    answer = desk.post(reverse("donor_act", args=[giver.code, name]), values, follow=True)
    return answer.content.decode()


def test_what_an_officer_keeps_of_a_donor(cast: Cast, giver: Donor, desk: Client) -> None:
    until = today() + timedelta(days=30)

    page = act(desk, giver, "nhom-mau", group="O", rhesus="-", group_known="card")
    assert "O-" in page
    page = act(desk, giver, "nhom-mau", group="O")
    assert "Ghi rõ biết nhóm máu từ đâu." in page
    act(desk, giver, "san-sang", is_rare="on", is_reserve="on")
    page = act(desk, giver, "tam-hoan", until_on=f"{until:%d/%m/%Y}")
    assert f"Hiến lại từ ngày {until:%d/%m/%Y}" in page
    page = act(desk, giver, "tam-hoan", until_on="01/01/2020")
    assert "Ngày này đã qua" in page
    assert 'value="01/01/2020"' in page

    giver.refresh_from_db()
    assert (giver.group, giver.rhesus, giver.is_rare, giver.is_reserve, giver.is_available) == (
        "O",
        "-",
        True,
        True,
        False,
    )
    act(desk, giver, "bo-hoan", deferral=str(giver.deferrals.get().pk))
    assert not giver.deferrals.exists()


def test_the_register_is_narrowed_by_group_and_standing(cast: Cast, giver: Donor, desk: Client) -> None:
    about: list[tuple[str, dict[str, Any]]] = [
        ("Người Rh Âm", {"group": "O", "rhesus": "-", "group_known": "card", "is_rare": True}),
        ("Người Sẵn Sàng", {"group": "A", "rhesus": "+", "group_known": "card", "is_reserve": True}),
        ("Người Đi Xa", {"is_reserve": True, "is_available": False}),
        ("Người Mới Hiến", {}),
    ]
    for name, values in about:
        made = donors.donor(people.person(name, cast.ward, with_user=False), cast.ward)
        Donor.objects.filter(pk=made.pk).update(**values)
    donors.donation(made, cast.ward, today() - timedelta(days=10))

    def found(**asked: str) -> set[str]:
        page = desk.get(reverse("donor_list"), asked)
        return {donor.person.full_name for donor in page.context["page"]}

    assert found(nhom="O-") == {"Người Rh Âm"}
    assert found(nhom="?", tinh_trang="tam-nghi") == {"Người Đi Xa"}
    assert found(tinh_trang="san-sang") == {"Người Sẵn Sàng"}
    assert found(tinh_trang="mau-hiem") == {"Người Rh Âm"}
    assert found(tinh_trang="het-han") == {"Trương Thị An", "Người Rh Âm", "Người Sẵn Sàng"}
    assert len(found(nhom="X+", tinh_trang="khong-co")) == 5
    assert found(q="nguoi ready", nhom="A+") == set()


@pytest.fixture
def three(cast: Cast, giver: Donor) -> Cast:
    """Three donors beside the member, of whom one gave twice."""
    for name, group in (("Nguyễn Thị Vy", "O"), ("Trần Văn Bình", "A"), ("Lê Thị Hà", "")):
        made = donors.donor(people.person(name, cast.ward, with_user=False), cast.ward)
        known = "card" if group else ""
        Donor.objects.filter(pk=made.pk).update(group=group, rhesus="+" if group else "", group_known=known)
        for days in (800, 400) if group == "O" else (200,) if group == "A" else ():
            confirmed(made, cast, today() - timedelta(days=days))
    return cast


# An = the member; by code: An, Vy, Bình, Hà.
ORDERS = {
    "ten": "An Bình Hà Vy",
    "-ten": "Vy Hà Bình An",
    "ma": "An Vy Bình Hà",
    "-ma": "Hà Bình Vy An",
    "-nhom": "Vy Bình Hà An",
    "-lan": "Vy Bình An Hà",
    "khong-co": "An Bình Hà Vy",
}


@pytest.mark.parametrize("limits", [{}, {"SMALL": 0}, {"SMALL": 0, "MANY": 0}, {"SMALL": 0, "MOST": 2}])
def test_the_register_stands_by_any_column_in_small_and_in_large_units(
    three: Cast, limits: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, limit in limits.items():
        monkeypatch.setattr(f"donors.queries.register.{name}", limit)
    client = sign_in(three.unit_officer)
    most = limits.get("MOST", 9)
    for order, names in ORDERS.items():
        context = client.get(reverse("donor_list"), {"sap_xep": order}).context
        shown = [donor.person.given_name for donor in context["page"]]
        if order == "-lan" and most < 4:
            assert (shown, context["is_other_order"]) == (["An", "Bình"], True)
        else:
            assert (shown, context["is_other_order"]) == (names.split()[:most], False), order
    assert context["count"] == ("hơn 2" if most < 4 else "4")
    for asked in ({"q": "vy"}, {"q": "tr", "nhom": "A+"}, {"nhom": "?"}, {"q": "hm"}):
        page = client.get(reverse("donor_list"), asked).context["page"]
        found = {donor.person.given_name for donor in page}
        assert found == {"vy": {"Vy"}, "tr": {"Bình"}, "hm": set()}.get(asked.get("q", ""), {"An", "Hà"})
    page = client.get(reverse("donor_list"), {"tinh_trang": "het-han"}).content.decode()
    assert ("hơn 2" in page) == (most < 4)
    assert 'aria-sort="ascending"' in page
    assert '<details class="rc-filters__fold" open>' in page, "what narrows the list is not folded away"
    page = client.get(reverse("donor_list")).content.decode()
    assert '<details class="rc-filters__fold">' in page
    assert {order for order in ORDERS if f'<option value="{order}"' in page} == ORDERS.keys() - {"khong-co"}


def test_another_unit_is_not_in_the_register(three: Cast) -> None:
    elsewhere = people.officer(OfficeCode.UNIT_OFFICER, three.other_ward)
    assert not sign_in(elsewhere).get(reverse("donor_list")).context["page"]


def test_whose_record_was_merged_is_in_no_register(three: Cast, giver: Donor, desk: Client) -> None:
    assert giver in desk.get(reverse("donor_list")).context["page"].object_list
    Person.objects.filter(pk=giver.person_id).update(state="merged", merged_into=three.nobody)
    assert giver not in desk.get(reverse("donor_list")).context["page"].object_list
    assert giver not in sign_in(three.unit_officer).get(reverse("donor_list")).context["page"].object_list


def test_the_register_leaves_as_a_list_with_a_reason_and_an_entry(three: Cast) -> None:
    client = sign_in(three.unit_officer)
    url = reverse("donor_list_export") + "?sap_xep=-ten&q=h"
    assert "1 người hiến máu" in client.get(url).content.decode()

    refused = client.post(url, {"columns": ["code", "turns"], "protected": ["group"]})
    assert (refused.status_code, Export.objects.exists()) == (200, False)
    url = reverse("donor_list_export") + "?sap_xep=-ten"
    client.post(
        url, {"columns": ["code", "turns", "last"], "protected": ["group"], "reason": "Gọi nhóm hiếm"}
    )
    export = Export.objects.get()
    assert export.file is not None
    with export.file.file.open("rb") as file:
        rows = [
            [cell.value for cell in row] for row in load_workbook(BytesIO(file.read())).active.iter_rows()
        ]
    assert rows[0][0] == "Danh sách người hiến máu"
    assert [row[1] for row in rows[-4:]] == ["Nguyễn Thị Vy", "Lê Thị Hà", "Trần Văn Bình", "Trương Thị An"]
    assert rows[-4][3] == 2
    assert rows[-4][5] == "O+"
    entry = AuditEntry.objects.get(act="people.ask_export")
    assert (entry.office, entry.reason) == ("unit_officer", "Gọi nhóm hiếm")
    assert Sighting.objects.filter(what="export").count() == 4

    free: dict[str, Any] = {"standing": "het-han"}
    asked: dict[str, Any] = {"what": "donors", "asked": free, "unit": None, "columns": [], "reason": ""}
    assert ask_list(by=people.actor(three.unit_officer), **asked).rows == 4
    protector = people.officer(OfficeCode.DATA_OFFICER, three.city)
    with pytest.raises(Refused):
        ask_list(by=people.actor(protector), **asked)


def test_donations_carried_over_are_one_row_with_its_proof(cast: Cast, giver: Donor, desk: Client) -> None:
    page = act(desk, giver, "mang-sang", turns="12", on="31/12/2024", proof="")
    assert not giver.donations.exists()
    assert 'value="12"' in page
    act(desk, giver, "mang-sang", turns="12", on="31/12/2024", proof="15/XN-TTHM")

    row = giver.donations.get()
    assert (row.source, row.turns, row.on, row.proof) == (
        Source.CARRIED,
        12,
        date(2024, 12, 31),
        "15/XN-TTHM",
    )


def test_a_certificate_is_used_up_and_no_further(cast: Cast, giver: Donor, desk: Client) -> None:
    donation = donors.donation(giver, cast.ward, date(2026, 6, 14), certificate_serial="0001")
    url = reverse("donation_decide", args=[donation.pk])

    desk.post(url, {"do": "use", "ml": "250"})
    page = desk.post(url, {"do": "use", "ml": "150"}, follow=True).content.decode()

    assert "chỉ còn 100 ml" in page
    donation.refresh_from_db()
    assert (donation.certificate_used_ml, donation.certificate_left_ml) == (250, 100)


def test_a_family_has_members_since_a_day(cast: Cast, giver: Donor, desk: Client) -> None:
    confirmed(giver, cast, date(2026, 6, 14))
    desk.post(reverse("family_list"), {"name": "Gia đình bà An", "unit": cast.ward.pk})
    family = Family.objects.get()
    url = reverse("donor_family", args=[family.pk])
    desk.post(url, {"who": giver.code, "since": "01/02/2025"})
    page = desk.post(url, {"who": giver.code, "since": "01/03/2025"}).content.decode()
    assert "thuộc gia đình “Gia đình bà An” từ 01/02/2025" in page
    member = family.members.get()

    desk.post(reverse("family_leave", args=[member.pk]), {"last_on": "30/06/2026"})
    member.refresh_from_db()
    assert (member.during.lower, member.during.upper) == (date(2025, 2, 1), date(2026, 7, 1))
    assert "Trương Thị An" in desk.get(url).content.decode()
    elsewhere = sign_in(people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward))
    assert elsewhere.get(url).status_code == 404


def test_a_stricter_rule_is_a_dated_row_of_the_chapter(cast: Cast, giver: Donor, desk: Client) -> None:
    url = reverse("donor_rules")
    rule = {
        "what": "rule",
        "subject": "least_kg_female",
        "value": "45",
        "effective_from": "01/01/2026",
        "citation": "Quyết định 1/QĐ-CTĐ (mẫu)",
    }
    assert "phải chặt hơn" in desk.post(url, {**rule, "value": "42"}).content.decode()
    desk.post(url, rule)
    assert "bắt đầu sau" in desk.post(url, {**rule, "value": "46"}).content.decode()
    desk.post(url, {**rule, "value": "46", "effective_from": "01/06/2026"})

    assert [row.value for row in stricter_rules(date(2026, 5, 31))] == [45]
    assert [row.value for row in stricter_rules(date(2026, 6, 1))] == [46]
    desk.post(reverse("local_rule_end", args=[LocalRule.objects.get(value=46).pk]), {"last_on": "30/06/2026"})
    assert stricter_rules(date(2026, 7, 1)) == []
    page = desk.get(url).content.decode()
    assert "Thông tư 26/2013/TT-BYT, Điều 6" in page
    ward = sign_in(people.officer(OfficeCode.DONOR_OFFICER, cast.ward, username="hien-mau-phuong"))
    assert ward.post(url, rule).status_code == 403


def test_the_place_of_booking_is_an_officers_row(cast: Cast, desk: Client) -> None:
    assert "giotmauvang.org.vn" in desk.get(reverse("blood_home")).content.decode()
    row = {
        "what": "booking",
        "name": "Nơi mới",
        "url": "https://dat-lich.example.org/",
        "effective_from": f"{today():%d/%m/%Y}",
        "citation": "Thông báo (mẫu)",
    }
    desk.post(reverse("donor_rules"), row)

    assert booking(today()).name == "Nơi mới"
    assert booking(today() - timedelta(days=1)).name == "Giọt máu vàng"
    assert "https://dat-lich.example.org/" in desk.get(reverse("blood_home")).content.decode()


def test_a_declared_donation_is_decided_and_its_photo_goes(cast: Cast, desk: Client) -> None:
    mine = sign_in(cast.member)
    typed = {"on": "10/01/2025", "component": "whole_blood", "volume_ml": "350", "place": "Bệnh viện (mẫu)"}

    def photo(name: str = "gcn.jpg", data: bytes | None = None) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, data if data is not None else news.jpeg(), "image/jpeg")

    page = mine.post(reverse("mine_declare"), {**typed, "photo": photo(data=b"%PDF-1.7")}).content.decode()
    assert "không phải ảnh" in page
    assert 'value="Bệnh viện (mẫu)"' in page
    page = mine.post(
        reverse("mine_declare"), {**typed, "on": "10/01/2999", "photo": photo()}
    ).content.decode()
    assert "chưa tới" in page

    mine.post(reverse("mine_declare"), {**typed, "photo": photo()})
    donation = Donation.objects.get()
    assert (donation.source, donation.state) == (Source.DECLARED, DonationState.RECORDED)
    assert "Trương Thị An" in desk.get(reverse("declared_list")).content.decode()
    assert "Lần hiến tự khai: Trương Thị An" in desk.get(reverse("work_home")).content.decode()
    picture = desk.get(reverse("donation_photo", args=[donation.pk]))
    assert b"".join(picture.streaming_content)[:2] == b"\xff\xd8"  # type: ignore[attr-defined]
    elsewhere = sign_in(people.officer(OfficeCode.UNIT_OFFICER, cast.other_ward))
    assert elsewhere.get(reverse("donation_photo", args=[donation.pk])).status_code == 404

    desk.post(reverse("donation_decide", args=[donation.pk]), {"do": "confirm", "next": "declared"})
    donation.refresh_from_db()
    assert (donation.state, donation.photo) == (DonationState.CONFIRMED, None)
    assert not StoredFile.objects.filter(content_type="image/jpeg").exists()


def test_the_count_is_told_to_a_stranger_with_the_share_code_alone(cast: Cast, giver: Donor) -> None:
    confirmed(giver, cast, date(2025, 1, 10))
    last = confirmed(giver, cast, date(2025, 6, 10))
    mine = sign_in(cast.member)
    mine.post(reverse("mine_donor_act", args=["giay-xac-nhan"]))
    paper = Confirmation.objects.select_related("proof").get()
    giver.refresh_from_db()
    url, stranger = reverse("donor_count", args=[paper.proof.code]), Client()

    pdf = mine.get(reverse("mine_confirmation", args=[paper.pk]))
    assert pdf.content.startswith(b"%PDF")
    page = stranger.get(url).content.decode()
    assert "còn giá trị" in page
    assert "2 lần" not in page
    assert "2 lần" not in stranger.post(url, {"ma": "AAAA2222"}).content.decode()
    assert (
        "2 lần hiến máu tình nguyện" in stranger.post(url, {"ma": giver.share_code.lower()}).content.decode()
    )

    mine.post(reverse("mine_donor_act", args=["ma-chia-se"]))
    assert "2 lần" not in stranger.post(url, {"ma": giver.share_code}).content.decode()
    void_donation(by=system_actor(), donation=last, reason="Ghi nhầm người")
    giver.refresh_from_db()
    page = stranger.post(url, {"ma": giver.share_code}).content.decode()
    assert "không còn giá trị" in page
    assert "2 lần" not in page
    assert mine.get(reverse("mine_confirmation", args=[paper.pk])).status_code == 404
    assert sign_in(cast.nobody).get(reverse("mine_confirmation", args=[paper.pk])).status_code == 404


def test_nothing_is_confirmed_before_a_donation_counts(cast: Cast, giver: Donor) -> None:
    donors.donation(giver, cast.ward, date(2025, 1, 10))
    with pytest.raises(Refused, match="Chưa có lần hiến tình nguyện nào"):
        confirm_turns(by=system_actor(), donor=giver)


def test_a_new_card_ends_the_one_before(cast: Cast, giver: Donor) -> None:
    assert giver.card is None
    member = cast.member.user
    assert member is not None
    first = issue_card(by=actor_for(member), donor=giver).card
    second = issue_card(by=actor_for(member), donor=giver).card
    assert first is not None
    assert second is not None
    first.refresh_from_db()
    assert (first.state, second.state) == ("ended", "valid")
    page = sign_in(cast.member).get(reverse("mine_donations")).content.decode()
    assert "<svg" in page
    assert Client().get(address_of(second).split("/", 3)[3].join(["/", ""])).status_code == 200
    with pytest.raises(Refused):
        issue_card(by=people.actor(cast.nobody), donor=giver)


def test_voiding_finds_later_flags_anew(cast: Cast, giver: Donor) -> None:
    first = donors.donation(giver, cast.ward, date(2026, 1, 10))
    second = donors.donation(giver, cast.ward, date(2026, 2, 10))
    assert second.flags == ["interval"]

    void_donation(by=system_actor(), donation=first, reason="Ghi nhầm người")
    second.refresh_from_db()
    assert second.flags == []
    donors.donation(giver, cast.ward, date(2026, 1, 20))
    second.refresh_from_db()
    assert second.flags == ["interval"]


def test_the_persons_page_shows_blood_to_who_looks_after_donors(
    cast: Cast, giver: Donor, desk: Client
) -> None:
    confirmed(giver, cast, date(2026, 6, 14))
    url = reverse("person_panel", args=[cast.member.key, "hien-mau"])
    assert giver.code in desk.get(url).content.decode()
    editor = sign_in(people.officer(OfficeCode.CLERK, cast.ward, username="van-thu"))
    assert giver.code not in editor.get(url).content.decode()
