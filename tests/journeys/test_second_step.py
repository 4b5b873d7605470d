"""Signing in, in a real browser: second step forced, passkey made and used; and all of it without script."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from people.enums import OfficeCode
from redcross.demo.accounts import ACCOUNTS
from redcross.demo.load import load_account
from tests.conftest import Cast
from tests.factories import people
from tests.journeys.conftest import Arrive, Visitor
from tests.people.signing import code, login_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def give_device(visitor: Visitor) -> None:
    """A device of this browser that makes and shows passkeys, as a phone with a fingerprint does."""
    devtools = visitor.context.new_cdp_session(visitor.page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def give_password(visitor: Visitor, username: str, path: str = "/lam-viec/") -> None:
    visitor.open(path)
    visitor.page.get_by_label("Thư điện tử hoặc tên đăng nhập").fill(username)
    visitor.page.get_by_label("Mật khẩu").fill(people.PASSWORD)
    visitor.press("Đăng nhập")


def use_passkey(visitor: Visitor, page: str, then: str) -> None:
    """Opens the page and presses the button, three times at most, as a person does when a device was slow.

    Rarely, at the end of a long run on a busy machine, the browser's own make-believe device answers
    nothing (84 presses alone on a busy machine: never).
    """
    for _try in range(3):
        visitor.open(page)
        visitor.press("Dùng khóa truy cập")
        try:
            visitor.page.wait_for_url(visitor.home + then, timeout=10_000)
        except PlaywrightTimeoutError:
            continue
        return
    pytest.fail(f"{visitor.path()}: {visitor.page.inner_text('main')}")


def test_an_officer_is_made_to_set_up_a_passkey_and_then_comes_in_with_it_alone(
    arrive: Arrive, cast: Cast
) -> None:
    people.grant(cast.nobody, OfficeCode.EDITOR, cast.city)
    visitor = arrive(width=390)
    page = visitor.page
    give_device(visitor)
    found = []

    give_password(visitor, login_of(cast.nobody).username)
    assert visitor.path().split("?")[0] == reverse("second_step_needed")
    found += visitor.axe_finds()
    page.get_by_role("link", name="Khóa truy cập").click()
    found += visitor.axe_finds()
    page.get_by_label("Tên khóa truy cập").fill("Điện thoại")
    page.get_by_label("Chỉ cần khóa này để đăng nhập, không cần mật khẩu").check()
    visitor.press("Thêm khóa truy cập")
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")
    found += visitor.axe_finds()
    page.get_by_role("link", name="Đã cất giữ, tiếp tục").click()
    assert visitor.path() == reverse("work_home")

    visitor.open(reverse("account_logout"))
    visitor.press("Đăng xuất")
    visitor.open("/cua-toi/bao-mat/")
    found += visitor.axe_finds()
    use_passkey(visitor, "/cua-toi/bao-mat/", "/cua-toi/bao-mat/")
    found += visitor.axe_finds()

    assert page.get_by_text("Tài khoản có bước xác nhận thứ hai").is_visible()
    assert Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN).wrap().name == "Điện thoại"
    assert found == []


def test_a_passkey_serves_as_second_step_after_the_password(arrive: Arrive, cast: Cast) -> None:
    visitor = arrive()
    page = visitor.page
    give_device(visitor)
    give_password(visitor, login_of(cast.member).username, "/cua-toi/")
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    visitor.press("Thêm khóa truy cập")
    page.wait_for_url(f"**{reverse('mfa_view_recovery_codes')}")
    visitor.context.clear_cookies()

    give_password(visitor, login_of(cast.member).username, "/cua-toi/")
    assert visitor.path() == reverse("mfa_authenticate")
    assert visitor.axe_finds() == []
    use_passkey(visitor, reverse("mfa_authenticate"), "/cua-toi/")


def test_signing_in_and_out_needs_no_script(arrive: Arrive, cast: Cast) -> None:
    visitor = arrive(width=390, has_script=False)
    page = visitor.page

    give_password(visitor, login_of(cast.unit_officer).username)
    assert visitor.path() == reverse("mfa_authenticate")
    assert not page.get_by_role("button", name="Dùng khóa truy cập").is_visible()
    page.get_by_label("Mã trên ứng dụng, hoặc mã dự phòng").fill(code())
    visitor.press("Đăng nhập")
    assert visitor.path() == reverse("work_home")

    visitor.open(reverse("account_logout"))
    visitor.press("Đăng xuất")
    visitor.open("/lam-viec/")
    assert visitor.path().startswith(reverse("account_login"))


def test_one_press_walks_in_as_an_account_of_the_demo(arrive: Arrive, cast: Cast) -> None:
    account = next(a for a in ACCOUNTS if a.username == "thanh-hoi")
    load_account(account, {account.unit: cast.city})
    visitor = arrive()

    visitor.open(reverse("account_login"))
    found = visitor.axe_finds()
    visitor.press("Vào bằng tài khoản thanh-hoi")
    visitor.page.wait_for_url(f"**{reverse('work_home')}")

    assert found == []
