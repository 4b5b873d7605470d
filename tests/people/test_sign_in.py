"""Signing up and in: by e-mail, by password, by printed code, by phone; and what a guesser learns."""

import re
from typing import Any

import celery
import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from ledger.models import AuditEntry, User
from letters.models import Letter
from people.actions import make_sign_in_code
from people.actors import system_actor
from people.models import Person
from tests.conftest import Cast
from tests.factories.people import PASSWORD
from tests.people.signing import (
    digits_in,
    give_code,
    give_password,
    is_in,
    latest_letter,
    login_of,
    said,
)

pytestmark = pytest.mark.django_db
PHONES = "letters.channels.phone_file.PhoneFileChannel"
NEW = {"full_name": "Trần Thị Bích", "email": "bich@example.org", "password1": "con mèo ngồi trên mái"}


def acts() -> list[str]:
    """What the log says of people, without the cast's units."""
    entries = AuditEntry.objects.filter(act__startswith="people.").exclude(act="people.found_unit")
    return list(entries.order_by("pk").values_list("act", flat=True))


def test_who_signs_up_confirms_the_e_mail_and_has_a_name(client: Client) -> None:
    response = client.post(reverse("account_signup"), NEW)
    assert response.headers["Location"] == reverse("account_email_verification_sent")
    assert not is_in(client)

    wrong = client.post(response.headers["Location"], {"code": "000000", "action": "verify"})
    assert "Mã không đúng" in said(wrong)
    right = digits_in(latest_letter("account.confirm_email"))
    response = client.post(response.headers["Location"], {"code": right, "action": "verify"})

    assert response.headers["Location"] == reverse("start")
    assert is_in(client)
    person = Person.objects.get(full_name="Trần Thị Bích")
    assert login_of(person).email == "bich@example.org"
    assert re.fullmatch(r"tk-[a-z2-9]{8}", login_of(person).username)
    assert acts() == ["people.sign_up", "people.sign_in"]


def test_signing_up_with_a_taken_e_mail_looks_the_same(client: Client, cast: Cast) -> None:
    EmailAddress.objects.create(
        user=login_of(cast.member), email="bich@example.org", verified=True, primary=True
    )
    people_before = Person.objects.count()

    response = client.post(reverse("account_signup"), NEW)

    assert response.headers["Location"] == reverse("account_email_verification_sent")
    assert "bich@example.org" in said(client.get(response.headers["Location"]))
    assert Person.objects.count() == people_before
    assert list(Letter.objects.values_list("template__code", flat=True)) == ["account.exists"]


def test_a_refused_sign_up_keeps_what_was_typed_but_no_password(client: Client) -> None:
    page = said(client.post(reverse("account_signup"), NEW | {"password1": "12345678901"}))

    assert 'value="Trần Thị Bích"' in page
    assert 'value="bich@example.org"' in page
    assert "12345678901" not in page
    assert User.objects.count() == 0


def test_a_wrong_password_and_an_unknown_login_are_told_apart_by_nobody(client: Client, cast: Cast) -> None:
    def answer(login: str) -> str:
        page = said(give_password(client, login, "sai-mat-khau"))
        assert f'value="{login}"' in page
        assert "sai-mat-khau" not in page
        return re.sub(r'csrfmiddlewaretoken" value="\w+"|data-rc-demo-code="[^"]+">\d+', "", page)

    known, unknown = login_of(cast.member).username, "khong-co-ai"

    assert answer(known).replace(known, "") == answer(unknown).replace(unknown, "")
    assert acts() == ["people.sign_in_failed"]  # for the account that exists; the other is not kept


def test_wrong_tries_close_the_account_for_their_own_address_only(cast: Cast) -> None:
    login = login_of(cast.member).username
    guesser = Client(REMOTE_ADDR="203.0.113.9")
    for _n in range(5):
        give_password(guesser, login, "doan-bua")

    refused = give_password(guesser, login)
    owner = Client(REMOTE_ADDR="203.0.113.77")
    give_password(owner, login)

    assert "Hãy đợi 5 phút" in said(refused)
    assert not is_in(guesser)
    assert is_in(owner)


def test_a_guesser_with_many_addresses_is_stopped_but_not_the_owner_at_home(
    cast: Cast, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_everywhere": "3/10m/key"}
    login = login_of(cast.member).username
    give_password(Client(REMOTE_ADDR="198.51.100.1"), login)  # the owner's home, known from now on
    for n in range(3):
        give_password(Client(REMOTE_ADDR=f"203.0.113.{n}"), login, "doan-bua")

    stopped = Client(REMOTE_ADDR="203.0.113.200")
    give_password(stopped, login)
    owner = Client(REMOTE_ADDR="198.51.100.1")
    give_password(owner, login)

    assert (is_in(stopped), is_in(owner)) == (False, True)


def test_an_address_in_a_header_counts_only_from_a_trusted_proxy(cast: Cast, settings: Settings) -> None:
    login = login_of(cast.member).username
    for n in range(6):
        client = Client(headers={"X-Forwarded-For": f"203.0.113.{n}"})
        answer = said(give_password(client, login, "doan-bua"))
    assert "Hãy đợi 5 phút" in answer

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    told = Client(headers={"X-Forwarded-For": "192.0.2.1, 203.0.113.50"})
    give_password(told, login)
    assert is_in(told)
    assert AuditEntry.objects.latest("pk").address == "203.0.113.50"


def test_resetting_tells_nobody_who_has_an_account_and_never_skips_the_second_step(
    client: Client, cast: Cast
) -> None:
    officer = login_of(cast.unit_officer)
    EmailAddress.objects.create(user=officer, email="phuong@example.org", verified=True, primary=True)
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in ("phuong@example.org", "khong-co@example.org")
    ]
    assert [a.headers["Location"] for a in answers] == [reverse("account_reset_password_done")] * 2
    assert sorted(Letter.objects.values_list("template__code", flat=True)) == [
        "account.reset_password",
        "account.unknown",
    ]

    found = re.search(r"https?://\S+", latest_letter("account.reset_password").body)
    assert found is not None
    path = "/" + found.group().split("/", 3)[3]
    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "mật khẩu hoàn toàn mới"})

    assert not is_in(client)
    assert "không còn dùng được" in said(Client().get(path, follow=True))
    response = give_password(client, "phuong@example.org", "mật khẩu hoàn toàn mới")
    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    give_code(client)
    assert is_in(client)


def test_a_printed_code_opens_once_for_who_has_no_e_mail(client: Client, cast: Cast) -> None:
    user = login_of(cast.member)
    printed = make_sign_in_code(by=system_actor(), person=cast.member)
    page = reverse("sign_in_code")

    typed = printed.lower().replace("-", " ")
    response = client.post(page, {"username": user.username, "code": typed})
    again = Client().post(page, {"username": user.username, "code": printed})

    assert response.headers["Location"] == reverse("start")
    assert is_in(client)
    assert "mã đã dùng hay đã hết hạn" in said(again)
    unknown = Client().post(page, {"username": "khong-co-ai", "code": printed})
    assert "mã đã dùng hay đã hết hạn" in said(unknown)


def test_who_came_by_printed_code_sets_a_password_and_comes_back_without_e_mail(cast: Cast) -> None:
    user = login_of(cast.member)
    user.set_unusable_password()
    user.save()
    client = Client()
    printed = make_sign_in_code(by=system_actor(), person=cast.member)
    client.post(reverse("sign_in_code"), {"username": user.username, "code": printed})

    client.post(reverse("account_set_password"), {"password1": "một câu ngắn dễ nhớ"})
    later = Client()
    give_password(later, user.username, "một câu ngắn dễ nhớ")

    assert is_in(client)
    assert is_in(later)


def test_a_printed_code_replaces_the_password_and_never_the_second_step(client: Client, cast: Cast) -> None:
    user = login_of(cast.unit_officer)
    printed = make_sign_in_code(by=system_actor(), person=cast.unit_officer)

    response = client.post(reverse("sign_in_code"), {"username": user.username, "code": printed})

    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_wrong_printed_codes_slow_a_guesser_and_leave_the_slip_good(cast: Cast) -> None:
    username = login_of(cast.member).username
    printed = make_sign_in_code(by=system_actor(), person=cast.member)
    guesser, page = Client(REMOTE_ADDR="203.0.113.9"), reverse("sign_in_code")
    for _n in range(6):
        answer = guesser.post(page, {"username": username, "code": "2222-2222-2222"})
    owner = Client(REMOTE_ADDR="198.51.100.1")
    owner.post(page, {"username": username, "code": printed})

    assert "Hãy đợi 5 phút" in said(answer)
    assert is_in(owner)


def test_a_phone_gets_a_code_and_an_unknown_one_the_same_page(
    client: Client, cast: Cast, settings: Settings
) -> None:
    settings.LETTERS_CHANNELS = settings.LETTERS_CHANNELS | {"sms": PHONES}
    user = login_of(cast.member)
    user.phone = "+84912345678"
    user.save()

    known = client.post(reverse("phone_code"), {"phone": "0912 345 678"})
    stranger = Client()
    unknown = stranger.post(reverse("phone_code"), {"phone": "0987654321"})

    confirm = reverse("account_confirm_login_code")
    assert known.headers["Location"] == unknown.headers["Location"] == confirm
    assert stranger.get(confirm).status_code == 200
    letter = Letter.objects.get()
    assert (letter.channel, letter.address, letter.user) == ("sms", "+84912345678", user)

    client.post(confirm, {"code": digits_in(letter), "action": "verify"})
    assert is_in(client)


def test_no_code_is_promised_to_phones_while_nothing_sends_messages(client: Client) -> None:
    assert reverse("phone_code") not in said(client.get(reverse("account_login")))
    assert client.get(reverse("phone_code")).status_code == 404


@pytest.mark.parametrize(
    ("asked", "opened"),
    [
        ("/cua-toi/bao-mat/", "/cua-toi/bao-mat/"),
        ("//example.com/", "/bat-dau/"),
        ("https://example.com/cua-toi/", "/bat-dau/"),
        ("javascript:alert(1)", "/bat-dau/"),
    ],
)
def test_after_signing_in_the_asked_page_opens_if_it_is_ours(cast: Cast, asked: str, opened: str) -> None:
    client = Client()
    data = {"login": login_of(cast.member).username, "password": PASSWORD, "next": asked}

    assert client.post(reverse("account_login"), data).headers["Location"] == opened


def test_the_admin_is_no_door(cast: Cast) -> None:
    client = Client()
    for path in ("/quan-tri/", "/quan-tri/login/"):
        data = {"username": login_of(cast.city_officer).username, "password": PASSWORD}
        for response in (client.get(path), client.post(path, data)):
            assert response.headers["Location"].startswith(reverse("account_login"))
    assert not is_in(client)


def test_doors_are_never_cached(client: Client) -> None:
    for name in ("account_login", "account_signup", "account_reset_password", "sign_in_code"):
        assert "no-store" in client.get(reverse(name)).headers["Cache-Control"], name


def test_signing_up_and_in_works_while_valkey_is_gone(
    client: Client,
    cast: Cast,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    nowhere = "/nowhere/v.sock"
    settings.REDIS_URL = f"unix://{nowhere}"
    monkeypatch.setattr(celery.current_app.conf, "broker_url", f"redis+socket://{nowhere}")

    with django_capture_on_commit_callbacks(execute=True):
        give_password(client, login_of(cast.unit_officer).username)
        response: Any = give_code(client)
        Client().post(reverse("account_signup"), NEW)

    assert response.headers["Location"] == reverse("start")
    assert is_in(client)
    assert client.get(reverse("work_home")).status_code == 200
    assert latest_letter("account.confirm_email").state == "waiting"


def test_the_demo_box_stands_in_the_demo_only(client: Client, settings: Settings) -> None:
    page = reverse("account_login")
    settings.MODE = "demo"
    shown = said(client.get(page))
    for mode in ("local", "production"):
        settings.MODE = mode
        hidden = said(client.get(page))
        assert "rc-demo" not in hidden
        assert "mau-chu-thap-do-2026" not in hidden

    assert "mau-chu-thap-do-2026" in shown
    assert "bien-tap" in shown


@pytest.mark.django_db
def test_a_short_password_is_refused_in_vietnamese(client: Client) -> None:
    typed = {"full_name": "Trần Thị Thử", "email": "thu@example.org", "password1": "ngan"}
    page = client.post("/tai-khoan/dang-ky/", typed).content.decode()

    assert "Mật khẩu quá ngắn: cần ít nhất 10 ký tự." in page
    assert 'value="Trần Thị Thử"' in page
