"""Comments on a post: threads of one depth, each settled or open."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.models.posts import Post


class Comment(models.Model):
    """Something said about a post in the newsroom; `thread` is the first of its thread, None for it."""

    post = models.ForeignKey(
        Post, models.CASCADE, related_name="comments", verbose_name=pgettext_lazy("news", "post")
    )
    thread = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(pgettext_lazy("news", "comment"), max_length=2000)
    # The words of the post that are meant, as they stood then.
    quote = models.CharField(_("about these words"), max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = pgettext_lazy("news", "comment")
        verbose_name_plural = pgettext_lazy("news", "comments")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(thread=None) | Q(settled_at=None, quote=""), name="comment_thread_is_settled"
            ),
        ]
        indexes = [
            models.Index(fields=["post"], name="comment_open", condition=Q(thread=None, settled_at=None)),
        ]

    def __str__(self) -> str:
        return self.text[:60]
