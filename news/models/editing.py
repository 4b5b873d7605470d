"""What is on an editor's screen: text not saved yet, and who is editing. Neither is in the audit log."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from news.models.posts import Post

# A page that gives no sign of life for this long is closed.
SILENT = timedelta(seconds=60)


class Autosave(models.Model):
    """What one user typed into one post (None: a new one) and has not saved; `version` it began from."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="autosaves")
    version = models.PositiveIntegerField(default=0)
    values = models.JSONField()
    at = models.DateTimeField(_("kept at"))

    class Meta:
        verbose_name = _("text not saved yet")
        verbose_name_plural = _("texts not saved yet")
        constraints = [
            models.UniqueConstraint(fields=["user", "post"], name="autosave_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.post_id}"


class Editing(models.Model):
    """Who has a post open in the editor: the row is taken, kept warm, taken over, or grows cold."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="editing", primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("editing")
        verbose_name_plural = _("editing")

    def __str__(self) -> str:
        return f"{self.post_id} {self.user_id}"

    def is_warm(self, now: datetime) -> bool:
        """True while its page still gives signs of life."""
        return self.seen_at > now - SILENT
