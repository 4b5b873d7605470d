"""What the portal attests of a donor: how many times, up to which day. Never a certificate of a donation."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Confirmation(models.Model):
    """A "giấy xác nhận số lần hiến máu": the count as it stood, and its proof.

    It ends when a donation it counted is voided.
    """

    donor = models.ForeignKey(
        "donors.Donor", models.PROTECT, related_name="confirmations", verbose_name=_("donor")
    )
    proof = models.OneToOneField("papers.Proof", models.PROTECT, related_name="+", verbose_name=_("proof"))
    on = models.DateField(pgettext_lazy("donors", "as of"))
    turns = models.PositiveIntegerField(_("turns"))
    ml = models.PositiveIntegerField(_("volume (ml)"))
    made_at = models.DateTimeField(pgettext_lazy("donors", "made"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("confirmation of donations")
        verbose_name_plural = _("confirmations of donations")
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return f"{self.donor_id} {self.on}"
