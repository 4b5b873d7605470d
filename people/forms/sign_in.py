"""allauth's forms in our words, and our own: printed code, phone."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.sign_in_words import ERRORS

Attributes = dict[str, str]
USED_CODE_SECONDS = 120  # longer than a code is good for, tolerance counted in

DIGITS: Attributes = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
LOGIN: Attributes = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
FOCUS: Attributes = {"autofocus": ""}
NEW_PASSWORD = _("At least 10 signs, not only digits, nothing easily guessed. A short sentence is best.")


class OurWords:
    """Labels, help and attributes of an allauth form; its placeholders go, since labels stay in sight."""

    labels: ClassVar[dict[str, Any]] = {}
    helps: ClassVar[dict[str, Any]] = {}
    attributes: ClassVar[dict[str, Attributes]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        fields.pop("password2", None)  # one field that can be shown beats two that cannot
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs |= self.attributes.get(name, {})
            if isinstance(field.widget, forms.PasswordInput):
                field.widget.attrs["data-rc-show"] = _("Show the password")


class SignInForm(OurWords, account.LoginForm):
    labels = {"login": _("E-mail or login name"), "password": _("Password")}
    attributes = {"login": LOGIN | {"inputmode": "email"} | FOCUS}


class SignUpForm(OurWords, account.SignupForm):
    field_order = ("full_name", "email", "password1")
    labels = {"full_name": _("Full name"), "email": _("E-mail"), "password1": _("Password")}
    helps = {
        "full_name": _("As on the identity card, with accents."),
        "email": _("A code goes there to confirm it is yours."),
        "password1": NEW_PASSWORD,
    }


class ResetForm(OurWords, account.ResetPasswordForm):
    labels = {"email": _("E-mail")}
    attributes = {"email": FOCUS}


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):
    labels = {"password1": _("New password")}
    helps = {"password1": NEW_PASSWORD}
    attributes = {"password1": FOCUS}


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    labels = {"oldpassword": _("Current password"), "password1": _("New password")}
    helps = {"password1": NEW_PASSWORD}


class SetPasswordForm(OurWords, account.SetPasswordForm):
    labels = {"password1": _("Password")}
    helps = {"password1": NEW_PASSWORD}


class ConfirmPasswordForm(OurWords, account.ReauthenticateForm):
    labels = {"password": _("Password")}
    attributes = {"password": FOCUS}


class AddEmailForm(OurWords, account.AddEmailForm):
    labels = {"email": _("New e-mail")}
    helps = {"email": _("A code goes there; the old one holds until it is confirmed.")}


class ConfirmEmailForm(OurWords, account.ConfirmEmailVerificationCodeForm):
    labels = {"code": _("Code from the e-mail")}
    attributes = {"code": DIGITS | FOCUS}


class PhoneCodeForm(OurWords, account.ConfirmLoginCodeForm):
    labels = {"code": _("Code from the message")}
    attributes = {"code": DIGITS | FOCUS}


class UseOnce:
    """A code of an app works once, also at the edges of its half minute."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        signs = "".join(sign for sign in code if sign.isalnum())
        if not cache.add(f"second-step:{self.user.pk}:{signs}", 1, USED_CODE_SECONDS):  # type: ignore[attr-defined]
            raise ValidationError(_("This code has been used. Wait for the next one."))
        return code


class SecondStepForm(UseOnce, OurWords, mfa.AuthenticateForm):
    labels = {"code": _("Code from the app, or a recovery code")}
    attributes = {"code": DIGITS | FOCUS}


class ConfirmSecondStepForm(UseOnce, OurWords, mfa.ReauthenticateForm):
    labels = {"code": _("Code from the app, or a recovery code")}
    attributes = {"code": DIGITS | FOCUS}


class SetUpAppForm(OurWords, totp.ActivateTOTPForm):
    labels = {"code": _("The six digits the app shows now")}
    attributes = {"code": DIGITS}


class AddPasskeyForm(OurWords, webauthn.AddWebAuthnForm):
    labels = {
        "name": _("Name of the passkey"),
        "passwordless": _("Sign in with it alone, without a password"),
    }
    helps = {
        "name": _("So that you know it again: “Phone of Ms An”, “Office key”."),
        "passwordless": _("The device then asks for a fingerprint, face or PIN each time."),
    }


class NamePasskeyForm(OurWords, webauthn.EditWebAuthnForm):
    labels = {"name": _("Name of the passkey")}
    attributes = {"name": FOCUS | {"maxlength": "60"}}


class CodeForm(forms.Form):
    """A login name and the code printed for it."""

    username = forms.CharField(
        label=_("Login name"),
        help_text=_("It stands on the slip, above the code."),
        max_length=60,
        widget=forms.TextInput(attrs=LOGIN | FOCUS),
    )
    code = forms.CharField(
        label=_("Code on the slip"),
        help_text=_("Twelve letters and digits; dashes and capitals do not matter."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "rc-code-input",
            }
        ),
    )

    def refuse(self) -> None:
        """The same answer for an unknown name, a wrong, used and outdated code."""
        self.add_error(None, _("Name and code do not go together, or the code has been used or has run out."))

    def refuse_for_now(self) -> None:
        self.add_error(None, ERRORS["too_many_login_attempts"])


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("Phone"),
        help_text=_("The number your ward's chapter keeps for you."),
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"} | FOCUS),
    )

    def clean_phone(self) -> str:
        """The number as accounts keep it: +84 and nine digits."""
        digits = "".join(sign for sign in self.cleaned_data["phone"] if sign.isdigit())
        national = digits.removeprefix("0084").removeprefix("84").removeprefix("0")
        if len(national) != 9 or national[0] not in "35789":
            raise ValidationError(_("A Vietnamese mobile number has ten digits and begins with 0."))
        return f"+84{national}"
