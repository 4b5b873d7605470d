"""The papers of a drive, made from one form."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donors.enums import DrivePaperKind


class DriveDossier(models.Model):
    """What the form asked beyond the drive itself: words the seven papers are filled with."""

    drive = models.OneToOneField(
        "donors.Drive", models.CASCADE, related_name="dossier", verbose_name=_("drive")
    )
    words = models.JSONField(pgettext_lazy("donors", "words"), default=dict)

    class Meta:
        verbose_name = _("papers of a drive")
        verbose_name_plural = _("papers of drives")

    def __str__(self) -> str:
        return str(self.drive_id)


class DrivePaper(models.Model):
    """One of the papers, as it was drafted through papers; a cancelled one may be drafted anew."""

    drive = models.ForeignKey("donors.Drive", models.CASCADE, related_name="papers", verbose_name=_("drive"))
    kind = models.CharField(_("kind"), max_length=12, choices=DrivePaperKind.choices)
    paper = models.OneToOneField("papers.Paper", models.PROTECT, related_name="+", verbose_name=_("paper"))

    class Meta:
        verbose_name = _("paper of a drive")
        verbose_name_plural = _("papers of drives, one by one")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.drive_id} {self.kind}"
