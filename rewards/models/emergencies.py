"""A call in an emergency, disaster or for defence: who answered it may be honoured beyond the count."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Emergency(models.Model):
    """One call, answered at a drive and declared by a decision (Decision 122/QĐ-BCĐQG, Art. 9)."""

    name = models.CharField(_("name"), max_length=160)
    drive = models.OneToOneField(
        "donors.Drive", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("rewards", "drive")
    )
    decision_number = models.CharField(_("number of the decision"), max_length=60)
    decided_on = models.DateField(_("day of the decision"))
    declared_at = models.DateTimeField(
        pgettext_lazy("rewards", "entered"), default=timezone.now, editable=False
    )

    class Meta:
        verbose_name = _("call in an emergency")
        verbose_name_plural = _("calls in emergencies")

    def __str__(self) -> str:
        return self.name
