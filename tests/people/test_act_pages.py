"""Units and acts as an officer meets them on pages."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from foundation.dates import format_date, today
from people.actions.acts import Line, NewUnit, Plan, Rename, confirm_act, enter_act
from people.actors import system_actor
from people.enums import ActKind, ActState, BelongingKind, OfficeCode, UnitKind
from people.models import Unit, UnitAct
from tests.conftest import Cast, sign_in
from tests.factories import people

pytestmark = pytest.mark.django_db
TODAY = today()
PAST = TODAY - timedelta(days=30)


@pytest.fixture
def city(cast: Cast) -> Client:
    return sign_in(cast.city_officer)


def new_act(client: Client, kind: ActKind, effective_on: str = format_date(TODAY)) -> UnitAct:
    """A draft entered through the page."""
    response = client.post(
        reverse("act_new"),
        {
            "kind": kind,
            "decision": "outside",
            "decision_number": "12/QĐ-CTĐ",
            "issuer": "Ban Thường vụ Thành Hội",
            "decided_on": format_date(PAST),
            "effective_on": effective_on,
            "decision_file": SimpleUploadedFile("quyet-dinh.pdf", b"%PDF-1.7 mau", "text/html"),
        },
    )
    act = UnitAct.objects.latest("pk")
    assert response.headers["Location"] == reverse("act", args=[act.pk])
    return act


def add(client: Client, act: UnitAct, what: str, query: str = "", **data: object) -> None:
    """One thing put into the draft through its page."""
    response = client.post(reverse("act_add", args=[act.pk, what]) + query, data)
    assert response.status_code == 302, response.context["form"].errors


def test_an_act_goes_from_draft_to_effect_through_its_pages(cast: Cast, city: Client) -> None:
    branch = people.unit("Chi hội khu phố 7", cast.other_ward, UnitKind.BRANCH, code="KP7")
    people.belong(people.person("Người Khu Phố", None, with_user=False), branch, BelongingKind.MEMBER)
    act = new_act(city, ActKind.MERGE)
    add(city, act, "moi", code="P114", kind="ward", name="Hội phường Mẫu 114", parent="TP")
    add(city, act, "nguyen", source="phuong mau 1", target="P114")
    add(city, act, "phan", "?tu=P002", parts=[branch.pk], target="hội phường mẫu 114")
    add(city, act, "nguoi", "?tu=P002", people=[cast.nobody.pk], target="P114")
    add(city, act, "ten", unit="P002", name="Hội Chữ thập đỏ phường Mẫu Còn Lại")

    page = city.get(reverse("act_confirm", args=[act.pk]))
    assert page.context["preview"].people_total == 4
    assert page.context["form"] is None
    city.post(reverse("act_confirm", args=[act.pk]))

    act.refresh_from_db()
    made = Unit.objects.get(code="P114")
    assert (act.state, act.details["summary"]["people_total"]) == (ActState.DONE, 4)
    assert Unit.objects.get(code="P002").name == "Hội Chữ thập đỏ phường Mẫu Còn Lại"
    page = city.get(reverse("unit", args=["P114"]))
    assert page.context["counts"].total == 4
    assert [child.code for child, _name, _count in page.context["children"]] == ["KP7"]
    assert {passage.other.code for passage in page.context["predecessors"]} == {"P001", "P002"}
    page = city.get(reverse("unit", args=["P002"]), {"ngay": format_date(TODAY - timedelta(days=1))})
    assert (page.context["name"], page.context["counts"].total) == ("Hội Chữ thập đỏ phường Mẫu 2", 2)
    assert made.parent_links.get().parent == cast.city


def test_the_decision_is_kept_as_a_file_and_only_as_what_it_is(cast: Cast, city: Client) -> None:
    act = new_act(city, ActKind.RENAME)
    response = city.get(reverse("act_file", args=[act.pk]))
    assert (response.headers["Content-Type"], b"".join(response)) == ("application/pdf", b"%PDF-1.7 mau")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert act.decision_file is not None
    assert act.decision_file.delete_after is None

    page = city.post(
        reverse("act_new"),
        {
            "kind": "rename",
            "decision": "outside",
            "decision_number": "1",
            "issuer": "Thành Hội",
            "decided_on": "01/10/2026",
            "effective_on": "01/10/2026",
            "decision_file": SimpleUploadedFile("a.pdf", b"<html>"),
        },
    )
    assert page.context["form"].errors["decision_file"] == ["Tệp này không phải PDF, JPEG hoặc PNG."]


def test_a_draft_that_cannot_be_says_why_and_is_not_confirmed(cast: Cast, city: Client) -> None:
    act = new_act(city, ActKind.DISSOLVE)
    add(city, act, "nguyen", source="P002", target="")

    page = city.get(reverse("act", args=[act.pk]))
    assert page.context["problems"] == ["Hội Chữ thập đỏ phường Mẫu 2 còn 1 người: hãy ghi họ chuyển về đâu."]
    assert reverse("act_confirm", args=[act.pk]) not in page.content.decode()
    city.post(reverse("act_confirm", args=[act.pk]))
    act.refresh_from_db()
    assert act.state == ActState.DRAFT


def test_a_name_that_fits_several_units_is_not_guessed(cast: Cast, city: Client) -> None:
    act = new_act(city, ActKind.RENAME)
    page = city.post(reverse("act_add", args=[act.pk, "ten"]), {"unit": "phường mẫu", "name": "Mới"})
    (told,) = page.context["form"].errors["unit"]
    assert "P001 (Hội Chữ thập đỏ phường Mẫu 1)" in told
    page = city.post(reverse("act_add", args=[act.pk, "ten"]), {"unit": "không có", "name": "Mới"})
    assert page.context["form"].errors["unit"] == ["Không có đơn vị phụ trách nào mang mã hoặc tên này."]


def test_a_waiting_act_is_listed_and_cancelled_with_a_reason(cast: Cast, city: Client) -> None:
    tomorrow = TODAY + timedelta(days=1)
    plan = Plan(renames=[Rename(cast.ward, "Hội phường Mẫu Mới")])
    act = confirm_act(
        by=system_actor(),
        act=enter_act(
            by=system_actor(),
            kind=ActKind.RENAME,
            decision_number="13/QĐ-CTĐ",
            decided_on=TODAY,
            effective_on=tomorrow,
            plan=plan,
        ),
    )
    page = city.get(reverse("act_list"), {"trang-thai": "waiting"})
    assert list(page.context["page"]) == [act]
    city.post(reverse("act_cancel", args=[act.pk]), {"reason": "Đổi phương án"})
    act.refresh_from_db()
    assert (act.state, act.details["cancelled"]) == (ActState.CANCELLED, "Đổi phương án")


def test_an_act_not_carried_out_waits_in_the_queue_and_can_be_tried_again(cast: Cast, city: Client) -> None:
    act = people.act(cast.ward)
    UnitAct.objects.filter(pk=act.pk).update(state=ActState.WAITING, failure="Đơn vị không tồn tại.")
    queue = city.get(reverse("work_home")).context["items"]
    assert [(item.title, item.note) for item in queue] == [
        (f"Chưa thực hiện được: {act}", "Đơn vị không tồn tại.")
    ]
    city.post(reverse("act_retry", args=[act.pk]))
    act.refresh_from_db()
    assert (act.state, act.failure) == (ActState.DONE, "")
    assert [item.title for item in city.get(reverse("work_home")).context["items"]] == []


def test_the_register_finds_a_unit_that_has_gone_and_says_what_it_became(cast: Cast, city: Client) -> None:
    plan = Plan(
        new_units=[NewUnit("P114", UnitKind.WARD, "Hội phường Bình Minh (mẫu)", cast.city)],
        lines=[Line(source=unit, target_code="P114", is_whole=True) for unit in (cast.ward, cast.other_ward)],
    )
    act = enter_act(
        by=system_actor(),
        kind=ActKind.MERGE,
        decision_number="14/QĐ",
        decided_on=PAST,
        effective_on=PAST,
        plan=plan,
    )
    confirm_act(by=system_actor(), act=act)

    rows = city.get(reverse("unit_list"), {"q": "phuong mau 2"}).context["rows"]
    assert [(u.code, stands, [h.code for h in became]) for u, _p, stands, became, _mine in rows] == [
        ("P002", False, ["P114"])
    ]
    listed = city.get(reverse("unit_list")).context["rows"]
    assert [row[0].code for row in listed] == ["P114", "TP"]
    heir = sign_in(people.officer(OfficeCode.UNIT_OFFICER, Unit.objects.get(code="P114")))
    assert heir.get(reverse("unit", args=["P001"])).status_code == 200


def test_a_ward_officer_sees_neither_other_units_nor_their_acts(cast: Cast) -> None:
    ward = sign_in(cast.unit_officer)
    foreign = people.act(cast.other_ward)
    UnitAct.objects.update(state=ActState.WAITING)
    own = people.act(cast.ward)
    UnitAct.objects.update(state=ActState.WAITING)

    assert ward.get(reverse("unit", args=["P002"])).status_code == 404
    assert ward.get(reverse("act", args=[foreign.pk])).status_code == 404
    assert list(ward.get(reverse("act_list")).context["page"]) == [own]
    assert ward.get(reverse("act_new")).status_code == 403


def test_the_register_of_units_asks_the_same_number_of_questions_for_any_length(
    cast: Cast, city: Client, django_assert_max_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            city.get(reverse("unit", args=["TP"]))
        return len(queries)

    first = asked()
    for number in range(5):
        people.unit(f"Phường thêm {number}", cast.city)
    assert asked() == first
