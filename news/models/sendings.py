"""Making known: a document sent to units, read and acknowledged, carried out; reminders; what happened."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.enums import SendingState, SendingStep
from news.models.documents import Document
from people.enums import OfficeCode
from people.models import Unit


class Sending(models.Model):
    """A document sent to units to be read by a day, and perhaps carried out by a later one."""

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="sendings", verbose_name=_("document")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    office = models.CharField(_("to be read by"), max_length=40, choices=OfficeCode.choices, blank=True)
    words = models.TextField(_("what is asked"), max_length=1000, blank=True)
    due_on = models.DateField(_("to be read by the day"))
    carry_out_on = models.DateField(_("to be carried out by"), null=True, blank=True)
    to_everyone = models.BooleanField(_("shown to members and volunteers"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=SendingState.choices, default=SendingState.SENT, editable=False
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    sent_at = models.DateTimeField(pgettext_lazy("news", "sent"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("document sent")
        verbose_name_plural = _("documents sent")
        constraints = [
            models.CheckConstraint(
                condition=Q(carry_out_on=None) | Q(carry_out_on__gte=F("due_on")),
                name="sending_read_before_carried_out",
            ),
            models.CheckConstraint(
                condition=~Q(state=SendingState.RECALLED) | ~Q(reason=""), name="sending_said_why"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-sent_at"], name="sending_of_unit"),
            models.Index(fields=["due_on"], name="sending_open", condition=Q(state=SendingState.SENT)),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.due_on}"


class Receipt(models.Model):
    """One unit that a document was sent to: who acknowledged it and when, what was done.

    `told_at` is when its officers were written to; `reminded_for`, `pressed_for` are the days of the table
    they were last reminded for, of reading and of carrying out; `asked_on` a day on which the sender asked.
    """

    sending = models.ForeignKey(
        Sending, models.CASCADE, related_name="receipts", verbose_name=_("document sent")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("acknowledged by"),
    )
    acknowledged_as = models.CharField(_("office"), max_length=40, choices=OfficeCode.choices, blank=True)
    done_note = models.TextField(_("what was done"), max_length=2000, blank=True)
    done_at = models.DateTimeField(_("carried out"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("told by"),
    )
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_for = models.DateField(null=True, blank=True, editable=False)
    pressed_for = models.DateField(null=True, blank=True, editable=False)
    asked_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("unit a document was sent to")
        verbose_name_plural = _("units a document was sent to")
        constraints = [
            models.UniqueConstraint(fields=["sending", "unit"], name="receipt_once"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_note="") | Q(done_at__isnull=False) & ~Q(done_note=""),
                name="receipt_done_with_words",
            ),
        ]
        indexes = [
            models.Index(
                fields=["unit"], name="receipt_open", condition=Q(acknowledged_at=None) | Q(done_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sending_id} {self.unit_id}"

    @property
    def reader_name(self) -> str:
        """Who acknowledged it, by name; "" if nobody has, or no account."""
        user = self.acknowledged_by
        if user is None:
            return ""
        person = getattr(user, "person", None)
        return person.full_name if person else user.username


class SendingEvent(models.Model):
    """What happened to a sending: sent, extended, reminded of, recalled."""

    sending = models.ForeignKey(
        Sending, models.CASCADE, related_name="events", verbose_name=_("document sent")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("account")
    )
    office = models.CharField(_("office"), max_length=40, choices=OfficeCode.choices, blank=True)
    step = models.CharField(_("step"), max_length=10, choices=SendingStep.choices)
    words = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("step of a sending")
        verbose_name_plural = _("steps of sendings")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.sending_id} {self.step}"
