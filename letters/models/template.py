"""What letters say, by version."""

import re

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LetterTemplate(models.Model):
    """One version of one template; a new wording is a new version, old letters keep theirs."""

    code = models.CharField(_("code"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("body"))
    is_secret = models.BooleanField(_("holds a token: body dropped once sent"), default=False)
    ignores_quiet_hours = models.BooleanField(_("goes out at night too"), default=False)
    digest = models.CharField(_("digest of the file"), max_length=64, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")
        constraints = [
            models.UniqueConstraint("code", "version", name="lettertemplate_version_unique"),
            models.UniqueConstraint("code", "digest", name="lettertemplate_wording_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    @property
    def name(self) -> str:
        """What officers know it by: its subject, "…" for what differs from letter to letter."""
        return re.sub(r"\{\{.*?\}\}", "…", self.subject)
