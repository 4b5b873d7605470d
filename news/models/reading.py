"""What readers leave behind: how often a post was opened on a day; and the post an editor put first."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.models.posts import Post


class Reading(models.Model):
    """How often the page of a post was opened on a day in Vietnam. No word about who."""

    post = models.ForeignKey(
        Post, models.CASCADE, related_name="readings", verbose_name=pgettext_lazy("news", "post")
    )
    on = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("times read"))

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [models.UniqueConstraint(fields=["on", "post"], name="reading_once_a_day")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.on}: {self.count}"


class LeadStory(models.Model):
    """The post an editor put first on the home page, until a moment; then the newest leads again."""

    post = models.OneToOneField(
        Post, models.CASCADE, related_name="lead", verbose_name=pgettext_lazy("news", "post")
    )
    chosen_at = models.DateTimeField(_("chosen at"))
    until_at = models.DateTimeField(_("leads until"))

    class Meta:
        verbose_name = _("lead story")
        verbose_name_plural = _("lead stories")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_at__gt=models.F("chosen_at")), name="leadstory_ends_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post_id} – {self.until_at}"
