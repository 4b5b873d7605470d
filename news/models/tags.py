"""Tags: what a post is about beside its category; a programme is a tag with a page that says so."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from news.enums import TagKind


class Tag(models.Model):
    """A word or a programme (Tết Nhân ái, Học kỳ Nhân đạo) with its own page."""

    kind = models.CharField(
        pgettext_lazy("news", "kind"), max_length=10, choices=TagKind.choices, default=TagKind.WORD
    )
    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        folder = "chuong-trinh" if self.kind == TagKind.PROGRAMME else "the"
        return f"/tin-tuc/{folder}/{self.slug}/"
