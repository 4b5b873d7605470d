"""A drive: one day on which a unit invites donors to one place."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from donors.enums import DriveState


class Drive(models.Model):
    """Run by a unit; the blood is taken in by a named collecting facility."""

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="drives", verbose_name=_("unit"))
    name = models.CharField(_("name"), max_length=160)
    facility = models.CharField(_("collecting facility"), max_length=160)
    place = models.CharField(_("place"), max_length=200)
    on = models.DateField(_("day"))
    starts_at = models.TimeField(_("from (hour)"), null=True, blank=True)
    ends_at = models.TimeField(_("to (hour)"), null=True, blank=True)
    target = models.PositiveIntegerField(_("target (turns)"), default=0)
    state = models.CharField(
        _("state"), max_length=10, choices=DriveState.choices, default=DriveState.PLANNED
    )
    created_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("drive")
        verbose_name_plural = _("drives")
        indexes = [models.Index(fields=["on", "unit"], name="drive_by_day")]

    def __str__(self) -> str:
        return self.name
