"""What signing in says in place of allauth's own sentences."""

from django.utils.translation import gettext_lazy as _

WRONG_LOGIN = _("The login name or e-mail and the password do not go together.")
TOO_MANY = _(
    "Too many wrong tries from here. Wait 5 minutes, use a passkey, or ask for a code at your ward's chapter."
)

ERRORS = {
    "account_inactive": _("This account is closed."),
    "duplicate_email": _("This e-mail is on your account already."),
    "email_password_mismatch": WRONG_LOGIN,
    "username_password_mismatch": WRONG_LOGIN,
    "phone_password_mismatch": WRONG_LOGIN,
    "invalid_login": WRONG_LOGIN,
    "enter_current_password": _("The current password is wrong."),
    "incorrect_code": _("The code is wrong."),
    "incorrect_password": _("The password is wrong."),
    "invalid_password_reset": _("This link has been used or has run out. Ask for a new one."),
    "invalid_or_expired_key": _("This link has been used or has run out. Ask for a new one."),
    "max_email_addresses": _("One new e-mail at a time: confirm or drop the one that waits."),
    "too_many_login_attempts": TOO_MANY,
    "rate_limited": _("That was too fast. Wait a minute and try again."),
    "same_as_current": _("This is what stands there already."),
    "unverified_primary_email": _("Confirm this e-mail first."),
    "cannot_remove_primary_email": _("This e-mail is in use: change it instead."),
}

MESSAGES = {
    "account/messages/logged_out": _("You have signed out."),
    "account/messages/password_changed": _("The password is changed."),
    "account/messages/password_set": _("The password is set."),
    "account/messages/email_confirmed": _("The e-mail %(email)s is confirmed."),
    "account/messages/email_confirmation_failed": _("The e-mail %(email)s cannot be used."),
    "account/messages/email_deleted": _("The e-mail %(email)s is taken off."),
    "account/messages/unverified_primary_email": _("Confirm this e-mail first."),
    "account/messages/cannot_delete_primary_email": _("This e-mail is in use: change it instead."),
    "mfa/messages/totp_activated": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated": _("The authenticator app is taken off."),
    "mfa/messages/recovery_codes_generated": _("New recovery codes are made; earlier ones no longer work."),
    "mfa/messages/webauthn_added": _("The passkey is added."),
    "mfa/messages/webauthn_removed": _("The passkey is removed."),
}

# What a notice to the account's e-mail says happened.
NOTICES = {
    "password_changed": _("The password of your account was changed."),
    "password_reset": _("The password of your account was reset by e-mail."),
    "password_set": _("A password was set on your account."),
    "email_changed": _("The e-mail of your account was changed."),
    "email_confirm": _("An e-mail was confirmed on your account."),
    "email_deleted": _("An e-mail was taken off your account."),
    "totp_activated": _("An authenticator app was set up as second step."),
    "totp_deactivated": _("The authenticator app was taken off your account."),
    "recovery_codes_generated": _("New recovery codes were made for your account."),
    "webauthn_added": _("A passkey was added to your account."),
    "webauthn_removed": _("A passkey was removed from your account."),
}

CONFIRM_WITH = {
    "reauthenticate": _("With the password"),
    "mfa_reauthenticate": _("With a code from the app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}
