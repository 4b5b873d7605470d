"""Stable codes of the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Via(models.TextChoices):
    """Through which door an act came."""

    WEB = "web", _("web page")
    JOB = "job", _("background job")
    COMMAND = "command", _("command line")
    ADMIN = "admin", _("administration")


class JobState(models.TextChoices):
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    ABANDONED = "abandoned", _("abandoned")
