"""What a person may know and ask: consents, requests with their clock, erasure and what it leaves."""

import json
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from foundation.dated import in_force, load_table
from foundation.dates import add_working_days, today
from foundation.refusal import Refused
from ledger.actor import Actor, NotAllowed
from ledger.models import AuditEntry, AuditValue, User
from letters.models import Letter
from people.actions.consents import give_consent, withdraw_consent
from people.actions.contacts import set_contacts, set_identity_number
from people.actions.persons import change_person
from people.actions.requests import answer_request, ask_about_data, carry_out_request, refuse_request
from people.actors import system_actor
from people.enums import OfficeCode, RequestKind, RequestState
from people.models import Consent, DataRequest, Person
from people.panels import queue
from people.rules.rights import clock, consent_texts, what_stays
from redcross.registry import PERSON_HOOKS, forget_everywhere, held_about
from tests.conftest import Cast, sign_in
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(cast: Cast) -> Actor:
    return people.actor(people.officer(OfficeCode.DATA_OFFICER, cast.city, "Lê Thị Dữ Liệu"))


def asked(cast: Cast, kind: RequestKind = RequestKind.ERASE, words: str = "") -> DataRequest:
    return ask_about_data(by=people.actor(cast.member), person=cast.member, kind=kind, words=words)


def test_every_app_that_points_to_a_person_gives_its_hooks() -> None:
    pointing = {
        model._meta.app_label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) is Person and field.concrete
    }
    given = {hooks.__name__.split(".")[0] for hooks in PERSON_HOOKS}

    assert pointing - given == set()
    for hooks in PERSON_HOOKS:
        assert callable(hooks.personal_data)
        assert callable(hooks.forget_person)


def test_consents_are_asked_one_by_one_and_none_is_given_beforehand(cast: Cast) -> None:
    page = sign_in(cast.member).get(reverse("mine_data"))

    assert [choice.held for choice in page.context["choices"]] == [None] * len(consent_texts(today()))
    assert "checked" not in page.content.decode()


def test_a_consent_keeps_its_wording_and_its_withdrawal(cast: Cast) -> None:
    by = people.actor(cast.member)
    given = give_consent(by=by, person=cast.member, purpose="messages")
    assert give_consent(by=by, person=cast.member, purpose="messages") == given
    assert given.text_version == in_force(load_table("people", "consents"), by.on).effective_from

    withdraw_consent(by=by, person=cast.member, purpose="messages")
    with pytest.raises(Refused):
        withdraw_consent(by=by, person=cast.member, purpose="messages")
    again = give_consent(by=by, person=cast.member, purpose="messages")

    assert again != given
    assert Consent.objects.filter(withdrawn_at=None).get() == again
    assert Consent.objects.count() == 2


def test_a_new_wording_is_asked_for_again(cast: Cast) -> None:
    by = people.actor(cast.member)
    older = give_consent(by=by, person=cast.member, purpose="messages")
    Consent.objects.filter(pk=older.pk).update(text_version=date(2025, 1, 1))

    newer = give_consent(by=by, person=cast.member, purpose="messages")
    older.refresh_from_db()
    assert older.withdrawn_at is not None
    assert newer.text_version == date(2026, 1, 1)


def test_nobody_consents_or_asks_for_another(cast: Cast) -> None:
    for other in (cast.unit_officer, cast.city_officer):
        by = people.actor(other)
        with pytest.raises(NotAllowed):
            give_consent(by=by, person=cast.member, purpose="messages")
        with pytest.raises(NotAllowed):
            ask_about_data(by=by, person=cast.member, kind=RequestKind.ERASE, words="")


def test_the_clock_counts_working_days_to_answer_and_days_to_carry_out() -> None:
    friday = date(2026, 5, 15)
    assert {kind: clock(kind, friday).done_by - friday for kind in RequestKind} == {
        RequestKind.SEE: timedelta(10),
        RequestKind.CORRECT: timedelta(10),
        RequestKind.COPY: timedelta(10),
        RequestKind.WITHDRAW: timedelta(15),
        RequestKind.RESTRICT: timedelta(15),
        RequestKind.ERASE: timedelta(20),
    }
    assert clock(RequestKind.ERASE, friday).answer_by == date(2026, 5, 19)
    assert not clock(RequestKind.ERASE, friday).confirmed
    assert clock(RequestKind.RESTRICT, friday).confirmed


def test_a_request_is_asked_once_and_waits_in_the_queue_of_its_officer(cast: Cast, officer: Actor) -> None:
    request = asked(cast)
    with pytest.raises(Refused):
        asked(cast)

    assert request.answer_by == add_working_days(today(), 2)
    assert [(item.url, item.due_on) for item in queue(officer)] == [
        (reverse("data_request", args=[request.pk]), request.answer_by)
    ]
    assert list(queue(people.actor(cast.city_officer))) == []
    answer_request(by=officer, request=request, answer="Đã nhận, sẽ xóa trong hạn.")
    assert [item.due_on for item in queue(officer)] == [request.done_by]


def test_what_is_to_be_corrected_must_be_said(cast: Cast) -> None:
    with pytest.raises(Refused):
        asked(cast, RequestKind.CORRECT, "  ")
    assert asked(cast, RequestKind.CORRECT, "Năm sinh là 1991").words == "Năm sinh là 1991"


def test_refusing_tells_the_reason_word_for_word(cast: Cast, officer: Actor) -> None:
    User.objects.filter(person=cast.member).update(email="an@example.org")
    request = asked(cast)
    with pytest.raises(Refused):
        refuse_request(by=officer, request=request, reason="  ")

    refuse_request(by=officer, request=request, reason="Đang có quyết định khen thưởng chưa trao.")
    request.refresh_from_db()
    assert (request.state, request.closed_at is None) == (RequestState.REFUSED, False)
    letter = Letter.objects.get(template__code="people.data_request")
    assert letter.address == "an@example.org"
    assert "Đang có quyết định khen thưởng chưa trao." in letter.body
    with pytest.raises(Refused):
        answer_request(by=officer, request=request, answer="Thôi")


def test_restricting_withdraws_every_consent(cast: Cast, officer: Actor) -> None:
    give_consent(by=people.actor(cast.member), person=cast.member, purpose="pictures")
    request = asked(cast, RequestKind.RESTRICT, "Không dùng ảnh của tôi")

    carry_out_request(by=officer, request=request, answer="Đã dừng.", forget=forget_everywhere)
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert Person.objects.get(pk=cast.member.pk).full_name == "Trương Thị An"


def test_erasing_leaves_figures_and_nothing_that_leads_to_the_person(cast: Cast, officer: Actor) -> None:
    by = people.actor(cast.unit_officer)
    change_person(
        by=by,
        person=cast.member,
        version=1,
        values={
            "birth_date": date(1990, 6, 5),
            "sex": "female",
            "address": "Số 9 đường Kín",
            "email": "an@example.org",
        },
    )
    set_contacts(by=system_actor(), person=cast.member, phones=["0912345678"])
    set_identity_number(by=system_actor(), person=cast.member, number="999190004321")
    give_consent(by=people.actor(cast.member), person=cast.member, purpose="messages")
    client = sign_in(cast.member)
    request = asked(cast, words="Tên tôi là Trương Thị An")

    carry_out_request(by=officer, request=request, answer="Đã xóa.", forget=forget_everywhere)

    person = Person.objects.select_related("user").get(pk=cast.member.pk)
    assert (person.full_name, person.email, person.address, person.birth_date) == ("Đã xóa", "", "", None)
    assert (person.birth_year, person.sex, person.state) == (1990, "female", "erased")
    assert list(person.belongings.values_list("unit__code", flat=True)) == ["P001"]
    assert not person.phones.exists()
    assert not person.identity_numbers.exists()
    assert person.user is not None
    assert (person.user.is_active, person.user.email, person.user.has_usable_password()) == (False, "", False)
    assert client.get(reverse("mine_data")).status_code == 302
    everything = str(list(AuditValue.objects.values_list("before", "after"))) + person.search_name
    assert "Kín" not in everything
    assert "Trương" not in everything
    assert "truong" not in everything
    assert AuditEntry.objects.filter(act="people.change_person", subject_id=str(person.pk)).exists()
    assert Consent.objects.filter(person=person).count() == 1
    request.refresh_from_db()
    assert all(sentence in request.answer for sentence in what_stays(today()))
    assert (request.words, request.state) == ("", RequestState.DONE)


def test_erasing_takes_the_doubles_along_and_stops_at_an_office(cast: Cast, officer: Actor) -> None:
    double = people.person("Trương Thị An", cast.ward, with_user=False)
    Person.objects.filter(pk=double.pk).update(state="merged", merged_into=cast.member)
    grant = people.grant(cast.member, OfficeCode.EDITOR, cast.ward)
    request = asked(cast)

    with pytest.raises(Refused):
        carry_out_request(by=officer, request=request, answer="Đã xóa.", forget=forget_everywhere)
    assert Person.objects.get(pk=cast.member.pk).full_name == "Trương Thị An"
    grant.delete()
    carry_out_request(by=officer, request=request, answer="Đã xóa.", forget=forget_everywhere)
    assert not Person.objects.filter(full_name__startswith="Trương").exists()


def test_only_the_data_officer_works_requests(cast: Cast) -> None:
    request = asked(cast)
    for office in (OfficeCode.CITY_OFFICER, OfficeCode.ADMINISTRATOR, OfficeCode.AUDITOR):
        by = people.actor(people.officer(office, cast.city))
        with pytest.raises(NotAllowed):
            carry_out_request(by=by, request=request, answer="Đã xóa.", forget=forget_everywhere)


def test_the_download_holds_what_the_page_says_and_nobody_else(cast: Cast) -> None:
    set_contacts(by=system_actor(), person=cast.member, phones=["0912345678"])
    set_identity_number(by=system_actor(), person=cast.member, number="999190004321")
    sign_in(cast.unit_officer).get(reverse("person", args=[cast.member.key]))
    client = sign_in(cast.member)

    file = client.get(reverse("mine_data_json"))
    held = json.loads(file.content)["held"]
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert [one["code"] for one in held] == [one.code for one in held_about(cast.member)]
    text = file.content.decode()
    assert "Trương Thị An" in text
    assert "0912345678" in text
    assert "cán bộ đơn vị" in text.lower()
    assert "Võ Thị Phương" not in text
    assert "Không Quyền Hạn" not in text
    page = client.get(reverse("mine_data_print")).content.decode()
    for one in held:
        for row in one["rows"]:
            assert row["label"] in page
