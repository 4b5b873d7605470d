"""What background jobs did."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ledger.enums import JobState


class JobRun(models.Model):
    """One run of one job: what it saw, changed, skipped, failed, and why.

    `touched_at` is the run's last sign of life: a killed run is known by its silence.
    """

    job = models.CharField(_("job"), max_length=60)
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.RUNNING)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    touched_at = models.DateTimeField(_("last sign of life"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)
    seen = models.PositiveIntegerField(_("seen"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    skipped = models.PositiveIntegerField(_("skipped"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    reasons = models.JSONField(_("reasons"), default=dict, blank=True)

    class Meta:
        verbose_name = _("job run")
        verbose_name_plural = _("job runs")
        indexes = [models.Index(fields=["job", "-started_at"], name="jobrun_latest")]

    def __str__(self) -> str:
        return f"{self.job} {self.started_at:%Y-%m-%d %H:%M:%S}"
