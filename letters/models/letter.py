"""The outbox row: a letter exists before it is sent."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.enums import Channel, LetterState


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, now: datetime) -> "LetterQuerySet":
        """Waiting letters whose time has come."""
        return self.filter(state=LetterState.WAITING, next_try_at__lte=now)


class Letter(models.Model):
    """One message to one recipient by one channel; `key` makes asking twice harmless."""

    key = models.CharField(_("idempotency key"), max_length=120, unique=True)
    template = models.ForeignKey("letters.LetterTemplate", models.PROTECT, verbose_name=_("template"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("account"),
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    address = models.CharField(_("address"), max_length=254, blank=True)
    recipient_name = models.CharField(_("recipient"), max_length=120, blank=True)
    unit_code = models.CharField(_("unit"), max_length=40, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("body"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=LetterState.choices, default=LetterState.WAITING
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    handing_over_at = models.DateTimeField(_("hand-over begun"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(state="waiting"), name="letter_due"),
            models.Index(fields=["state", "-created_at"], name="letter_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"
