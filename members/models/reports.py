"""What a branch tells its unit about a member: a death, a move. The report itself changes nothing."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.enums import ReportKind, ReportState


class LifeReport(models.Model):
    """One report about one membership, answered by the unit."""

    membership = models.ForeignKey(
        "members.Membership", models.PROTECT, related_name="reports", verbose_name=_("membership")
    )
    what = models.CharField(_("what is reported"), max_length=5, choices=ReportKind.choices)
    on = models.DateField(_("day it happened"))
    words = models.CharField(pgettext_lazy("members", "words"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=ReportState.choices, default=ReportState.WAITING
    )
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reported by"),
    )
    at = models.DateTimeField(pgettext_lazy("members", "when"), default=timezone.now)
    approval = models.OneToOneField(
        "people.Approval",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="life_report",
        verbose_name=pgettext_lazy("members", "approval"),
    )

    class Meta:
        verbose_name = _("report about a member")
        verbose_name_plural = _("reports about members")
        constraints = [
            models.UniqueConstraint(
                "membership",
                "what",
                condition=models.Q(state=ReportState.WAITING),
                name="lifereport_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.what}"
