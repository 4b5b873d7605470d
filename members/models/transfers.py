"""Moving a membership from one unit to another: asked by one, received by the other."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.enums import TransferState


class Transfer(models.Model):
    """A membership goes to another unit once that one receives it."""

    membership = models.ForeignKey(
        "members.Membership", models.PROTECT, related_name="transfers", verbose_name=_("membership")
    )
    source = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("from"))
    target = models.ForeignKey("people.Unit", models.PROTECT, related_name="+", verbose_name=_("to"))
    reason = models.CharField(_("reason"), max_length=300)
    asked_on = models.DateField(pgettext_lazy("members", "asked"))
    due_on = models.DateField(pgettext_lazy("members", "due"))
    state = models.CharField(
        _("state"), max_length=9, choices=TransferState.choices, default=TransferState.WAITING
    )
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    approval = models.OneToOneField(
        "people.Approval",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="transfer",
        verbose_name=pgettext_lazy("members", "approval"),
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            models.UniqueConstraint(
                "membership",
                condition=models.Q(state=TransferState.WAITING),
                name="transfer_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.source_id} > {self.target_id}"
