"""Revisions: a post as each save left it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.models.posts import Post


class Revision(models.Model):
    """One version of a post. `values` are its fields as stored (relations by id); never changed."""

    post = models.ForeignKey(
        Post, models.CASCADE, related_name="revisions", verbose_name=pgettext_lazy("news", "post")
    )
    version = models.PositiveIntegerField(pgettext_lazy("news", "version"))
    # Nobody: the portal itself, or an account that is gone.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("saved at"), auto_now_add=True)
    values = models.JSONField()
    # The version whose values were restored, if this one came about so.
    restored = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ("-version",)
        constraints = [models.UniqueConstraint(fields=["post", "version"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.version}"
