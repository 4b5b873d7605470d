"""Signing in and the account: allauth's views under our addresses, with the names it asks for.

Only what is used is here. Every view carries a marker of its own.
"""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, path, re_path

from people.access import confirming, entrance, mark_patterns, signed_in_only, signing_in
from people.views import sign_in

Marker = Callable[[Any], Any]


def _marked(marker: Marker, *patterns: URLPattern) -> list[URLPattern]:
    return mark_patterns(list(patterns), marker)


urlpatterns = [
    *_marked(
        entrance,
        path("dang-nhap/", account.login, name="account_login"),
        path("dang-nhap/khoa-truy-cap/", webauthn.login_webauthn, name="mfa_login_webauthn"),
        path("dang-nhap/buoc-hai/", mfa.authenticate, name="mfa_authenticate"),
        path("dang-nhap/ma-in-san/", sign_in.sign_in_code, name="sign_in_code"),
        path("dang-nhap/dien-thoai/", sign_in.phone_code, name="phone_code"),
        path("dang-nhap/dien-thoai/ma/", account.confirm_login_code, name="account_confirm_login_code"),
        path("dang-ky/", account.signup, name="account_signup"),
        path("dang-xuat/", account.logout, name="account_logout"),
        path("da-dong/", account.account_inactive, name="account_inactive"),
        path("xac-nhan-thu/", account.email_verification_sent, name="account_email_verification_sent"),
        path("quen-mat-khau/", account.password_reset, name="account_reset_password"),
        path("quen-mat-khau/da-gui/", account.password_reset_done, name="account_reset_password_done"),
        path(
            "quen-mat-khau/xong/",
            account.password_reset_from_key_done,
            name="account_reset_password_from_key_done",
        ),
        re_path(
            r"^quen-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            account.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
    ),
    *_marked(
        confirming,
        path("xac-nhan/mat-khau/", account.reauthenticate, name="account_reauthenticate"),
        path("xac-nhan/buoc-hai/", mfa.reauthenticate, name="mfa_reauthenticate"),
        path(
            "xac-nhan/khoa-truy-cap/",
            webauthn.reauthenticate_webauthn,
            name="mfa_reauthenticate_webauthn",
        ),
    ),
    *_marked(
        signing_in,
        path("buoc-hai/can-co/", sign_in.second_step_needed, name="second_step_needed"),
        path("buoc-hai/", mfa.index, name="mfa_index"),
        path("buoc-hai/ung-dung/", totp.activate_totp, name="mfa_activate_totp"),
        path("buoc-hai/ung-dung/bo/", totp.deactivate_totp, name="mfa_deactivate_totp"),
        path("buoc-hai/ma-du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
        path("buoc-hai/ma-du-phong/moi/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
        path("buoc-hai/ma-du-phong/tai/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
        path("buoc-hai/khoa-truy-cap/", webauthn.list_webauthn, name="mfa_list_webauthn"),
        path("buoc-hai/khoa-truy-cap/them/", webauthn.add_webauthn, name="mfa_add_webauthn"),
        path("buoc-hai/khoa-truy-cap/<int:pk>/ten/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
        path("buoc-hai/khoa-truy-cap/<int:pk>/bo/", sign_in.remove_passkey, name="mfa_remove_webauthn"),
    ),
    *_marked(
        signed_in_only,
        path("thu-dien-tu/", account.email, name="account_email"),
        path("mat-khau/", account.password_change, name="account_change_password"),
        path("mat-khau/dat/", account.password_set, name="account_set_password"),
        path("phien/", sign_in.sessions, name="usersessions_list"),
        path("phien/ket-thuc/", sign_in.end_sessions, name="end_sessions"),
    ),
]
