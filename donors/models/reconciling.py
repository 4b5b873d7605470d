"""The collecting facility's list of a drive, beside ours, until both agree."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from donors.enums import RowState


class FacilityRow(models.Model):
    """One line of the facility's list. It goes once the drive is reconciled: the counts stay."""

    drive = models.ForeignKey(
        "donors.Drive", models.CASCADE, related_name="facility_rows", verbose_name=_("drive")
    )
    line = models.PositiveIntegerField(_("line"))
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    volume_ml = models.PositiveIntegerField(_("volume (ml)"), null=True, blank=True)
    serial = models.CharField(_("certificate serial"), max_length=30, blank=True)
    donation = models.ForeignKey(
        "donors.Donation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="facility_rows",
        verbose_name=_("donation"),
    )
    state = models.CharField(_("state"), max_length=10, choices=RowState.choices, default=RowState.MISSING)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("line of the facility's list")
        verbose_name_plural = _("lines of the facility's list")
        ordering = ("line",)
        constraints = [
            models.UniqueConstraint(fields=["drive", "line"], name="facilityrow_line_once"),
            models.UniqueConstraint(fields=["donation"], name="facilityrow_donation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.drive_id} {self.line}"
