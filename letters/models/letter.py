"""The outbox row: a letter exists before it is sent."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.text import search_text
from letters.enums import Channel, LetterState, Trouble

NEEDS_SOMEBODY = (LetterState.TO_CALL, LetterState.UNSURE)


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, now: datetime, *, is_quiet: bool) -> "LetterQuerySet":
        """Waiting letters whose time has come; in quiet hours only those that go out at night too."""
        due = self.filter(state=LetterState.WAITING, next_try_at__lte=now)
        return due.filter(template__ignores_quiet_hours=True) if is_quiet else due

    def needing_somebody(self) -> "LetterQuerySet":
        """Letters an officer must settle: to call, or unsure."""
        return self.filter(state__in=NEEDS_SOMEBODY)


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
    search_text = models.TextField(editable=False, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=LetterState.choices, default=LetterState.WAITING
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    claim = models.UUIDField(_("claim"), null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    handing_over_at = models.DateTimeField(_("hand-over begun"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    trouble = models.CharField(_("trouble"), max_length=12, choices=Trouble.choices, blank=True)
    last_error = models.CharField(_("last error"), max_length=60, blank=True)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("told by"),
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="letter_sent_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="told") | models.Q(told_at__isnull=False),
                name="letter_told_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sending") | models.Q(claim__isnull=False),
                name="letter_sending_is_claimed",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="unsure") | models.Q(handing_over_at__isnull=False),
                name="letter_unsure_was_handed_over",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=models.Q(state="waiting"), name="letter_due"
            ),
            models.Index(fields=["claimed_at"], condition=models.Q(state="sending"), name="letter_claimed"),
            models.Index(fields=["state", "-created_at"], name="letter_by_state"),
            models.Index(fields=["-created_at"], name="letter_latest"),
            models.Index(fields=["user", "-created_at"], name="letter_by_user"),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="letter_search"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    def clean(self) -> None:
        self.search_text = search_text(self.recipient_name, self.address, self.subject)

    @property
    def is_secret_gone(self) -> bool:
        """The body held a token and was dropped."""
        return self.template.is_secret and not self.body
