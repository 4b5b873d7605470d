"""Categories: the sections of the news."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A section with its own page."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ("order", "name")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/tin-tuc/chuyen-muc/{self.slug}/"
