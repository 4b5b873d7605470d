"""Approvals: something waits for an office on a unit, with a deadline."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.enums import ApprovalState, OfficeCode


class Approval(models.Model):
    """Asked of an office on a unit; the upper row that asks has a OneToOne to this."""

    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("what is asked"), max_length=200)
    office = models.CharField(_("office"), max_length=40, choices=OfficeCode.choices)
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="approvals", verbose_name=_("unit"))
    person = models.ForeignKey(
        "people.Person",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="approvals",
        verbose_name=_("person"),
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    due_on = models.DateField(pgettext_lazy("people", "due"))
    escalated_at = models.DateTimeField(_("escalated"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ApprovalState.choices, default=ApprovalState.WAITING
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        indexes = [
            models.Index(
                fields=["unit", "office", "asked_at"],
                condition=models.Q(state="waiting"),
                name="approval_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ApprovalEvent(models.Model):
    """One step of an approval's history."""

    approval = models.ForeignKey(Approval, models.CASCADE, related_name="events", verbose_name=_("approval"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    user_id = models.BigIntegerField(_("account"), null=True)
    office = models.CharField(_("office"), max_length=40, blank=True)
    step = models.CharField(_("step"), max_length=20)
    words = models.CharField(_("words"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("step of an approval")
        verbose_name_plural = _("steps of approvals")

    def __str__(self) -> str:
        return f"{self.approval_id} {self.step}"
