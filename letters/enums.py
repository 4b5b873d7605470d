"""Stable codes of the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("SMS")
    ZALO = "zalo", _("Zalo")
    CALL = "call", _("call or print")


class LetterState(models.TextChoices):
    """waiting → sending → sent; what cannot be sent → to_call; a kill between hand-over and record → unsure."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    UNSURE = "unsure", _("unsure")
    TO_CALL = "to_call", _("to call or print")
    TOLD = "told", _("told")
    CANCELLED = "cancelled", _("cancelled")
