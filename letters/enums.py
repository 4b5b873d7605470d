"""Stable codes of the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# The rights of people/tables/offices.toml that concern letters.
SEE, MANAGE = "letters.see", "letters.manage"


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("SMS")
    ZALO = "zalo", _("Zalo")
    CALL = "call", _("call or print")


class LetterState(models.TextChoices):
    """waiting → sending → sent; what cannot be sent → to_call; handed over without a word → unsure."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    UNSURE = "unsure", _("unsure")
    TO_CALL = "to_call", _("to call or print")
    TOLD = "told", _("told")
    CANCELLED = "cancelled", _("cancelled")


class Trouble(models.TextChoices):
    """Why a letter is not sent (yet)."""

    NO_ADDRESS = "no_address", _("no address, or one that cannot be right")
    NO_CHANNEL = "no_channel", _("this channel is not set up")
    REFUSED = "refused", _("the recipient's server refuses it for good")
    NOT_NOW = "not_now", _("the recipient's server does not take it now")
    AWAY = "away", _("our mail server does not answer")
    FAULT = "fault", _("the letter could not be written")
    KILLED = "killed", _("the worker ended on the way")
    NO_ANSWER = "no_answer", _("handed over, but nobody said whether it was taken")
