"""Everything that happened to a record: who, in which office, why; values only to who may."""

import pytest
from django.urls import reverse

from ledger.models import AuditEntry
from people.actions import grant_office, make_sign_in_code
from people.actions.acts import confirm_act
from people.actions.contacts import set_contacts
from people.actions.persons import change_person
from people.enums import OfficeCode
from people.queries.rights import timeline
from tests.conftest import Cast, sign_in
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_latest_first_with_office_unit_and_what_changed(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    change_person(by=by, person=cast.member, version=1, values={"sex": "female", "birth_year": 1990})
    set_contacts(by=by, person=cast.member, phones=["0912345678"])
    make_sign_in_code(by=by, person=cast.member)

    events = timeline(by, cast.member, with_values=True)
    assert [event.act for event in events] == [
        "people.make_sign_in_code",
        "people.set_contacts",
        "people.change_person",
    ]
    assert (events[2].who, events[2].office) == ("Võ Thị Phương", "Cán bộ đơn vị")
    assert events[2].values == [("giới tính", "", "nữ"), ("năm sinh", "", "1990")]
    assert events[1].values == [("điện thoại", "", "+84912345678")]


def test_offices_given_stand_on_it_too(cast: Cast) -> None:
    admin = people.actor(people.officer(OfficeCode.ADMINISTRATOR, cast.city))
    grant_office(
        by=admin,
        person=cast.member,
        office=OfficeCode.EDITOR,
        unit=cast.ward,
        from_on=admin.on,
        until_on=None,
        reason="QĐ 05/QĐ-CTĐ",
    )
    event = timeline(admin, cast.member, with_values=False)[0]
    assert (event.act, event.reason, event.values) == ("people.grant_office", "QĐ 05/QĐ-CTĐ", [])


def test_an_auditor_reads_acts_and_no_values(cast: Cast) -> None:
    change_person(
        by=people.actor(cast.unit_officer),
        person=cast.member,
        version=1,
        values={"address": "Số 9 đường Kín"},
    )
    url = reverse("person_panel", args=[cast.member.key, "nhat-ky"])
    auditor = people.officer(OfficeCode.AUDITOR, cast.city)

    assert "Số 9 đường Kín" in sign_in(cast.unit_officer).get(url).content.decode()
    page = sign_in(auditor).get(url).content.decode()
    assert "Đã sửa hồ sơ" in page
    assert "Số 9 đường Kín" not in page


def test_the_audit_register_is_filtered_by_record_and_by_days(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    change_person(by=by, person=cast.member, version=1, values={"note": "Gọi sau 17 giờ"})
    change_person(by=by, person=cast.unit_officer, version=1, values={"note": "Trực thứ Hai"})
    client = sign_in(people.officer(OfficeCode.AUDITOR, cast.city))
    day = f"{by.on:%d/%m/%Y}"

    def subjects(query: str) -> list[str]:
        page = client.get(reverse("audit_register") + query)
        return [row.entry.subject_id for row in page.context["rows"]]

    assert subjects(f"?ho_so={cast.member.key}") == [str(cast.member.pk)]
    assert subjects(f"?ho_so={cast.member.key}&tu={day}&den={day}") == [str(cast.member.pk)]
    assert subjects("?viec=people.change_person&den=01/01/2020") == []
    assert (
        len(subjects("?viec=people.change_person"))
        == AuditEntry.objects.filter(act="people.change_person").count()
    )
    assert subjects("?tu=bay-gio") == subjects("")


def test_every_record_leads_to_its_own_log_for_who_reads_the_log(cast: Cast) -> None:
    """Units, bodies with their seats, acts, papers; an officer without the right sees no link."""
    seat = people.seat(cast.member, cast.ward)
    act = people.act(cast.ward)
    auditor = sign_in(people.officer(OfficeCode.AUDITOR, cast.city))
    pages = {
        reverse("unit", args=["P001"]): (f"people.unit:{cast.ward.pk}", ["people.found_unit"]),
        reverse("body", args=[seat.body_id]): (
            f"people.body:{seat.body_id}",
            ["people.seat_member", "people.found_body"],
        ),
    }
    for url, (record, acts) in pages.items():
        link = f"{reverse('audit_register')}?doi_tuong={record}"
        assert link in auditor.get(url).content.decode()
        assert link not in sign_in(cast.city_officer).get(url).content.decode()
        assert [row.entry.act for row in auditor.get(link).context["rows"]] == acts
    confirm_act(by=people.actor(cast.city_officer), act=act)
    shown = auditor.get(reverse("audit_register"), {"doi_tuong": f"people.unitact:{act.pk}"})
    assert [row.entry.act for row in shown.context["rows"]][-2:] == [
        "people.change_unit_act",
        "people.enter_unit_act",
    ]
