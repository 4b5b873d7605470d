"""The second step: forced by an office, given once a session, never worked around."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import NoReverseMatch, reverse

from ledger.models import AuditEntry
from people.enums import OfficeCode
from tests.conftest import Cast, sign_in
from tests.factories import people
from tests.factories.people import TOTP_SECRET
from tests.people.signing import (
    age_session,
    code,
    give_code,
    give_password,
    is_in,
    login_of,
    said,
)

pytestmark = pytest.mark.django_db
SET_UP = {"mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "second_step_needed", "mine_security"}


def lands(client: Client, name: str) -> str:
    """Where asking for a page leads: its own path, or the path of the door."""
    response = client.get(reverse(name))
    return str(response.headers.get("Location", reverse(name))).split("?")[0]


def test_a_password_is_half_of_the_way(client: Client, cast: Cast) -> None:
    response = give_password(client, login_of(cast.unit_officer).username)
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    assert lands(client, "work_home") == reverse("account_login")

    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Mã không đúng" in said(wrong)
    give_code(client)
    assert lands(client, "work_home") == reverse("work_home")
    logged = AuditEntry.objects.exclude(act="people.found_unit").order_by("pk")
    assert list(logged.values_list("act", flat=True)) == ["people.second_step_failed", "people.sign_in"]


def test_a_code_works_once_at_every_door(client: Client, cast: Cast) -> None:
    username = login_of(cast.unit_officer).username
    give_password(client, username)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    second = Client()
    give_password(second, username)

    again = second.post(reverse("mfa_authenticate"), {"code": code()})
    elsewhere = client.post(reverse("mfa_reauthenticate"), {"code": code()})

    assert (is_in(client), is_in(second)) == (True, False)
    assert again.status_code == elsewhere.status_code == 200
    give_code(second, shift=1)
    assert is_in(second)


def test_an_officer_without_second_step_reaches_the_pages_that_set_one_up(cast: Cast) -> None:
    people.grant(cast.nobody, OfficeCode.EDITOR, cast.city)
    client = Client()
    give_password(client, login_of(cast.nobody).username)

    for name in ("work_home", "mine_home", "account_email", "usersessions_list", "account_change_password"):
        assert lands(client, name) == reverse("second_step_needed"), name
    for name in SET_UP:
        assert lands(client, name) == reverse(name), name


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_counts_in_this_session_and_in_no_other(cast: Cast) -> None:
    people.grant(cast.nobody, OfficeCode.EDITOR, cast.city)
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        give_password(client, login_of(cast.nobody).username)
    here.get(reverse("mfa_activate_totp"))
    secret = here.session["mfa.totp.secret"]

    done = here.post(reverse("mfa_activate_totp"), {"code": code(secret=secret)})

    assert done.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert lands(here, "work_home") == reverse("work_home")
    assert lands(elsewhere, "work_home") == reverse("mfa_reauthenticate")
    # Nor may the other session set up a second step of its own beside the first.
    assert lands(elsewhere, "mfa_add_webauthn") == reverse("mfa_reauthenticate")
    elsewhere.post(reverse("mfa_reauthenticate"), {"code": code(1, secret)})
    assert lands(elsewhere, "work_home") == reverse("work_home")


def test_an_office_granted_in_mid_session_asks_from_the_next_page_on(cast: Cast) -> None:
    plain, careful = sign_in(cast.member, second_step=False), sign_in(cast.nobody)
    TOTP.activate(login_of(cast.nobody), TOTP_SECRET)
    assert lands(plain, "mine_home") == lands(careful, "mine_home") == reverse("mine_home")

    for person in (cast.member, cast.nobody):
        people.grant(person, OfficeCode.EDITOR, cast.city)

    assert lands(plain, "mine_home") == reverse("second_step_needed")
    assert lands(careful, "work_home") == reverse("work_home")


def test_an_officer_keeps_the_last_second_step_and_a_member_may_drop_it(cast: Cast) -> None:
    officer, member = sign_in(cast.unit_officer), sign_in(cast.member)
    TOTP.activate(login_of(cast.member), TOTP_SECRET)
    page = reverse("mfa_deactivate_totp")

    refused = officer.post(page)
    dropped = member.post(page)

    assert "Chức vụ đang giữ bắt buộc" in said(refused)
    assert dropped.headers["Location"] == reverse("mfa_index")
    assert Authenticator.objects.filter(user=login_of(cast.unit_officer)).exists()
    assert not Authenticator.objects.filter(user=login_of(cast.member)).exists()


def test_the_last_passkey_of_an_officer_stays_and_another_persons_is_not_there(cast: Cast) -> None:
    user = login_of(cast.unit_officer)
    Authenticator.objects.filter(user=user).delete()
    passkey = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Khóa"})
    page = reverse("mfa_remove_webauthn", kwargs={"pk": passkey.pk})

    refused = sign_in(cast.unit_officer).post(page)
    foreign = sign_in(cast.city_officer).post(page)

    assert refused.headers["Location"] == reverse("mfa_list_webauthn")
    assert foreign.status_code == 404
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_a_recovery_code_is_a_second_step_once(cast: Cast) -> None:
    user = login_of(cast.unit_officer)
    spare = RecoveryCodes.activate(user).get_unused_codes()[0]
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, user.username)
        client.post(reverse("mfa_authenticate"), {"code": spare})

    assert lands(first, "work_home") == reverse("work_home")
    assert not is_in(second)
    assert AuditEntry.objects.filter(act="people.use_recovery_code").count() == 1


def test_no_browser_is_trusted(client: Client, cast: Cast) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("mfa_trust")
    give_password(client, login_of(cast.unit_officer).username)
    give_code(client, action="trust")
    assert "mfa_trusted" not in client.cookies


def test_a_copy_of_the_database_opens_no_second_step(cast: Cast) -> None:
    RecoveryCodes.activate(login_of(cast.unit_officer))
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert TOTP_SECRET not in stored
    app = Authenticator.objects.get(user=login_of(cast.unit_officer), type=Authenticator.Type.TOTP)
    assert app.wrap().validate_code(code())


def test_secrets_of_the_second_step_are_not_shown_in_the_admin(cast: Cast) -> None:
    admin = sign_in(people.officer(OfficeCode.ADMINISTRATOR, cast.city, "Nguyễn Quản Trị"))

    assert admin.get("/quan-tri/").status_code == 200
    assert admin.get("/quan-tri/mfa/authenticator/").status_code in {403, 404}


@pytest.mark.parametrize(("minutes", "door"), [(479, "work_home"), (480, "account_login")])
def test_a_session_lasts_as_long_as_the_office_lets_it(cast: Cast, minutes: int, door: str) -> None:
    client = sign_in(cast.unit_officer)
    age_session(client, minutes)

    assert lands(client, "work_home") == reverse(door)


def test_confirming_oneself_does_not_make_a_session_younger(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    age_session(client, 470)
    client.post(reverse("mfa_reauthenticate"), {"code": code()})
    age_session(client, 11)

    assert lands(client, "work_home") == reverse("account_login")


def test_an_ended_session_leads_back_to_the_page_it_ended_on(cast: Cast) -> None:
    def ended() -> Client:
        client = sign_in(cast.unit_officer)
        age_session(client, 500)
        return client

    page = "/lam-viec/nguoi/?q=an"
    back = f"{reverse('account_login')}?next=/lam-viec/nguoi/%3Fq%3Dan".replace(
        "/lam-viec/nguoi/", "%2Flam-viec%2Fnguoi%2F"
    )
    read = ended().get(page)
    written = ended().post("/lam-viec/nguoi/moi/", headers={"referer": f"http://testserver{page}"})
    fragment = ended().get(
        "/lam-viec/", headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    )
    foreign = ended().post("/lam-viec/nguoi/moi/", headers={"referer": "https://example.com/x"})

    assert read.headers["Location"] == written.headers["Location"] == fragment.headers["HX-Redirect"] == back
    assert foreign.headers["Location"].endswith("next=%2Fbat-dau%2F")


def test_who_holds_no_office_is_not_hurried(cast: Cast) -> None:
    client = sign_in(cast.member, second_step=False)
    age_session(client, 5000)

    assert lands(client, "mine_home") == reverse("mine_home")


def test_a_new_e_mail_asks_who_it_is_when_signing_in_was_long_ago(cast: Cast) -> None:
    client = sign_in(cast.member, second_step=False)
    age_session(client, 16)
    page, data = reverse("account_email"), {"email": "moi@example.org", "action_add": ""}

    asked = client.post(page, data)
    assert asked.headers["Location"].split("?")[0] == reverse("account_reauthenticate")
    done = client.post(asked.headers["Location"], {"password": people.PASSWORD, "next": page})

    assert done.headers["Location"] == reverse("account_email_verification_sent")


def test_sessions_are_listed_and_end_one_by_one_or_all(cast: Cast) -> None:
    username = login_of(cast.member).username
    here, phone, office = (
        Client(headers={"User-Agent": agent}) for agent in ("Firefox/1 Linux", "x iPhone Safari/1", "y")
    )
    for client in (here, phone, office):
        give_password(client, username)
    stranger = Client()
    give_password(stranger, login_of(cast.nobody).username)
    page = said(here.get(reverse("usersessions_list")))
    assert "Firefox, Linux" in page
    assert "Safari, iPhone" in page
    on_phone = UserSession.objects.get(session_key=phone.session.session_key)

    assert stranger.post(reverse("end_sessions"), {"session": on_phone.pk}).status_code == 404
    here.post(reverse("end_sessions"), {"session": on_phone.pk})
    assert lands(phone, "mine_home") == reverse("account_login")
    assert lands(office, "mine_home") == reverse("mine_home")
    here.post(reverse("end_sessions"))
    assert lands(office, "mine_home") == reverse("account_login")
    assert lands(here, "mine_home") == reverse("mine_home")


def test_a_new_password_ends_the_other_sessions(cast: Cast) -> None:
    username = login_of(cast.member).username
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        give_password(client, username)

    data = {"oldpassword": people.PASSWORD, "password1": "một mật khẩu khác hẳn"}
    here.post(reverse("account_change_password"), data)

    assert lands(here, "mine_home") == reverse("mine_home")
    assert lands(elsewhere, "mine_home") == reverse("account_login")
    assert AuditEntry.objects.latest("pk").act == "people.change_password"
